"""Nouns that refer back or stand alone: "the ministry", "its troops", "the country", "gunmen"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.counterparts import link_counterpart
from dragoman.actors.pairs import PAIR_REACH, link_pair
from dragoman.actors.people import sketch
from dragoman.actors.phrases import link_west
from dragoman.actors.scene import REACH, Antecedent, Scene
from dragoman.actors.sectors import make_collective
from dragoman.actors.view import Link, View, find_forms, is_plural
from dragoman.domain import Party, Token

_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3}
_STANDS_ALONE = frozenset(("nsubj", "nsubj:pass", "obj", "obl", "obl:agent"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "said"))


def link_description(view: View, i: int, scene: Scene) -> Link | None:
    token = view.tokens[i]
    lemma, plural = _read_noun(token, scene)
    first, last = view.find_phrase(i)
    count = _get_count(view, i)
    if count and plural:
        if lemma in scene.nouns.pairs_of_people:
            return link_pair(view, i, count, "person", scene)
        if lemma in scene.nouns.pairs:
            return link_pair(view, i, count, "any", scene)
    counterpart = link_counterpart(view, i, scene)
    if counterpart is not None:
        return counterpart
    determiner = _get_determiner(view, i) or _get_shared_determiner(view, i)
    if token.upos == "NUM" and determiner == "the" and lemma in _COUNTS and token.relation in _STANDS_ALONE:
        return link_pair(view, i, _COUNTS[lemma], "met", scene)
    if determiner == "the" and lemma in ("side", "party") and plural and last == i:
        return link_pair(view, i, 2, "any", scene)
    owned = _link_by_possessor(view, i, scene)
    if owned is not None:
        return owned
    if determiner in _DEFINITE and not _is_specified(view, i):
        link = _link_definite(view, i, lemma, scene)
        if link is not None:
            return link
    return (
        _link_members(view, i) or _link_bare_organ(view, i, lemma, scene) or _link_unnamed(view, i, first, last, scene)
    )


def _link_members(view: View, i: int) -> Link | None:
    """ "Members of the Friendship Forum of Togo": who they are members of."""
    if view.tokens[i].lemma.lower() != "member":
        return None
    heads = [c for c in view.children[i] if c > i and "of" in view.get_cases(c) and c in view.links]
    parties = tuple(p for c in heads for p in view.links[c].parties if not p.id.startswith("state:") or p.sector)
    if not parties:
        return None
    first, last = view.find_phrase(i)
    return Link(parties, "members of " + parties[0].name, first, last, is_plural(view.tokens[i]))


def _read_noun(token: Token, scene: Scene) -> tuple[str, bool]:
    """A noun in the singular, and whether it is plural, also where it is written as a name: "the two Sides"."""
    lemma = token.lemma.lower()
    if token.upos != "PROPN":
        return lemma, is_plural(token)
    pairs, of_people = scene.nouns.pairs, scene.nouns.pairs_of_people
    known = next((f for f in find_forms(token.text, lemma) if f in pairs or f in of_people), lemma)
    return known, is_plural(token) or known != token.text.lower()


def _get_count(view: View, i: int) -> int | None:
    if not _get_determiner(view, i) and not any(view.tokens[c].text.lower() == "both" for c in view.children[i]):
        return None
    for c in view.children[i]:
        text = view.tokens[c].text.lower()
        if (
            c < i
            and text in _COUNTS
            and view.tokens[c].relation.startswith(("nummod", "det", "amod", "compound", "cc:preconj"))
        ):
            return _COUNTS[text]
    return None


def _get_determiner(view: View, i: int) -> str:
    for c in view.children[i]:
        if view.tokens[c].relation.startswith("det") and c < i:
            return view.tokens[c].text.lower()
    return ""


def _get_shared_determiner(view: View, i: int) -> str:
    """ "The Secretary and Foreign Minister": one article for both."""
    token = view.tokens[i]
    return _get_determiner(view, token.head) if token.relation == "conj" and 0 <= token.head < i else ""


def _is_specified(view: View, i: int) -> bool:
    """Whether the noun has an owner or description of its own ("the government of …", "the Kachin army")."""
    first, _ = view.find_phrase(i)
    return any(t.upos == "PROPN" for t in view.tokens[first:i]) or any(
        view.tokens[c].relation.startswith("nmod") and c > i and view.tokens[c].upos in ("PROPN", "NOUN")
        and set(view.get_cases(c)) & {"of"}
        for c in view.children[i]
    )  # fmt: skip


def _link_by_possessor(view: View, i: int, scene: Scene) -> Link | None:
    """ "its troops", "his government": the sector of the noun, the state of whom the pronoun stands for."""
    for c in view.children[i]:
        link = view.links.get(c)
        if link is None or not view.tokens[c].relation.startswith("nmod:poss") or len(link.parties) != 1:
            continue
        noun = scene.nouns.get_noun(view, i)
        if noun is None:
            return link_west(view, i, link.parties, scene)
        first, last = view.find_phrase(i)
        made = make_collective(link.parties[0], scene.nouns.sectors[noun], view.tokens[i].text)
        return Link(
            (made,),
            link.why if link.why.startswith("pronoun") else "nationality + noun",
            first,
            last,
            is_plural(view.tokens[i]),
        )
    return None


def _link_definite(view: View, i: int, lemma: str, scene: Scene) -> Link | None:
    """ "the ministry", "the country", "the alliance": what of that kind was named last, or the home of the outlet."""
    noun = scene.nouns.get_noun(view, i)
    first, last = view.find_phrase(i)
    if noun in scene.nouns.individuals and is_plural(view.tokens[i]):
        several = _find_several(view, i, noun, scene)
        if several:
            names = " and ".join(p.name for p in several)
            return Link(several, f"the {view.tokens[i].text.lower()} → {names}", first, last, plural=True)
        # "the ministers" are never one of them, "the three medical workers" no two states
        return link_pair(view, i, 2, "person", scene) if lemma in scene.nouns.pairs_of_people else None
    if lemma == "kingdom":
        return _link_kingdom(view, i, scene)
    kinds = [kind for kind, words in scene.nouns.anaphors.items() if lemma in words]
    a = _find_same(view, i, noun, scene)
    if a is None and not is_plural(view.tokens[i]):
        a = _find_of_kind(view, i, kinds, scene)
    if a is not None:
        return Link(a.parties, f"the {lemma} → {a.parties[0].name}", first, last, a.plural)
    if noun and noun in scene.nouns.home:
        owner = _find_only_state(view, i, scene)
        if owner is not None:
            made = make_collective(owner, scene.nouns.sectors[noun], view.tokens[i].text)
            return Link((made,), f"the {lemma} of {owner.name}", first, last, is_plural(view.tokens[i]))
    return None


def _link_kingdom(view: View, i: int, scene: Scene) -> Link | None:
    """The one kingdom that the report speaks of, or that its outlet is of."""
    states = [s for code in {**scene.states, scene.home or "": 1} if (s := scene.roster.get_state(code))]
    kingdoms = [s for s in states if any("kingdom" in name.lower() for name in s.names)]
    own = [s for s in kingdoms if s.code == scene.home] or kingdoms
    if len(own) != 1:
        return None
    first, last = view.find_phrase(i)
    return Link((sketch(own[0]),), f"the kingdom → {own[0].name}", first, last)


def _link_bare_organ(view: View, i: int, lemma: str, scene: Scene) -> Link | None:
    """ "Police detained …", "Authorities said …" in a report on one state: that state's."""
    first, last = view.find_phrase(i)
    if lemma not in _BARE_ORGANS or first != last or not view.is_subject(i):
        return None
    state = scene.get_default_state()
    if state is None:
        return None
    made = make_collective(sketch(state), scene.nouns.sectors[lemma], view.tokens[i].text)
    return Link((made,), f"{lemma} of {state.name}", first, last, plural=True)


_BARE_ORGANS = frozenset(("police", "authorities", "authority", "prosecutor", "parliament", "lawmaker"))


def _find_same(view: View, i: int, noun: str | None, scene: Scene) -> Antecedent | None:
    """Whom the same noun stood for last: "the Syrian army … the army"; on a ministry's page its own secretary first."""
    index = view.sentence.index
    found: list[Antecedent] = []
    for a in reversed(scene.history):
        if index - a.sentence > _FAR or noun is None:
            break
        is_before = a.sentence < index or a.token < i
        if a.noun == noun and is_before and len(a.parties) == 1 and a.parties[0].id != "unknown":
            found.append(a)
    is_ours = noun == "secretary" and scene.is_official and not is_plural(view.tokens[i])
    own = [a for a in found if is_ours and a.parties[0].country == scene.home]
    return next(iter(own or found), None)


def _find_of_kind(view: View, i: int, kinds: Sequence[str], scene: Scene) -> Antecedent | None:
    """What "the country", "the alliance" stands for: the nearest sentence's subject of that kind, else its last."""
    index = view.sentence.index
    for back in range(REACH + 1):
        own = [a for a in scene.history if a.sentence == index - back and (back or a.token < i) and len(a.parties) == 1]
        fitting = [a for a in own if a.kind.split(" ")[0] in kinds]
        if fitting:
            return max(fitting, key=lambda a: (a.subject, not a.kind.endswith("modifier"), a.token))
    return None


def _find_several(view: View, i: int, noun: str | None, scene: Scene) -> tuple[Party, ...]:
    """ "The ministers": those of that title named last, where they are more than one."""
    index = view.sentence.index
    for back in range(PAIR_REACH + 1):
        own = [a for a in scene.history if a.sentence == index - back and a.noun == noun and (back or a.token < i)]
        parties = tuple({p.country or p.code: p for a in own for p in a.parties if p.code != "UNK"}.values())
        if len(parties) > 1:
            return parties
    return ()


_FAR = 12
"""Sentences back in which the same noun ("the ministry") still is the same one."""


def _find_only_state(view: View, i: int, scene: Scene) -> Party | None:
    """The state of the outlet, else the only state that this sentence and the one before name."""
    index = view.sentence.index
    default = scene.get_default_state()
    if default is not None:
        return sketch(default)
    near = {a.parties[0].country: a.parties[0] for a in scene.history
            if index - a.sentence <= 1 and len(a.parties) == 1 and a.parties[0].country}  # fmt: skip
    state = scene.roster.get_state(next(iter(near)) or "") if len(near) == 1 else None
    return sketch(state) if state else None


def _link_unnamed(view: View, i: int, first: int, last: int, scene: Scene) -> Link | None:
    noun = scene.nouns.get_noun(view, i) or view.tokens[i].lemma.lower()
    if (
        noun in scene.nouns.individuals
        and not is_plural(view.tokens[i])
        and not (view.is_subject(i) or "by" in view.get_cases(i))
    ):
        return None
    if noun not in scene.nouns.unnamed or view.tokens[i].relation.startswith(("compound", "nmod:desc", "amod")):
        return None
    sector = scene.nouns.sectors.get(noun, "UNK")
    name = view.cut(first, last)
    return Link(
        (Party("", 0, 0, "unknown", name, "UNK", None, sector),), "unnamed", first, last, is_plural(view.tokens[i])
    )
