"""Words that refer back: pronouns, "the two countries", "both sides", "the ministry"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.actors.pairs import PAIR_REACH, link_pair
from dragoman.actors.people import sketch
from dragoman.actors.scene import Antecedent, Scene
from dragoman.actors.sectors import make_collective
from dragoman.actors.view import Link, View, is_plural
from dragoman.domain import Party

REACH = 2
"""Sentences back that a pronoun may refer to."""
_HE = frozenset("he she him her his hers".split())
_IT = frozenset("it its".split())
_THEY = frozenset("they them their theirs".split())
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3}
_SINGULAR = ("state", "organisation", "group", "medium", "body")
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "said"))


def link_references(view: View, scene: Scene) -> None:
    """Link what refers back, from left to right, and remember every phrase for what comes after."""
    index = view.sentence.index
    for i, token in enumerate(view.tokens):
        link = view.links.get(i)
        if link is None and token.upos in ("PRON", "DET"):
            link = _link_pronoun(view, i, scene)
        elif (
            link is None
            and token.upos in ("NOUN", "PROPN", "NUM")
            and i not in view.name_at
            and i not in view.person_at
        ):
            link = _link_description(view, i, scene)
        if link is not None and i not in view.links:
            view.links[i] = link
        _remember(view, i, index, scene)


def _remember(view: View, i: int, index: int, scene: Scene) -> None:
    token, link = view.tokens[i], view.links.get(i)
    if link is None:
        if view.is_subject(i) and token.upos in ("NOUN", "PROPN"):
            scene.history.append(
                Antecedent(index, i, (), "thing", is_plural(token), True, clause=token.head, quoted=view.quoted[i])
            )
        return
    noun = (scene.nouns.get_noun(view, i) or "") if i not in view.name_at else ""
    is_individual = noun in scene.nouns.individuals and not is_plural(token) and len(link.parties) == 1
    kind = "person" if is_individual else get_kind(link)
    plural = link.plural or len(link.parties) > 1 or (kind == "people" and is_plural(token))
    is_modifier = token.relation.startswith(("amod", "compound", "nmod:desc", "flat")) and not view.is_subject(i)
    scene.history.append(
        Antecedent(index, i, link.parties, kind + (" modifier" if is_modifier else ""), plural, view.is_subject(i),
                   noun, token.head, view.quoted[i])
    )  # fmt: skip
    _remember_joined(view, i, index, scene)


def _remember_joined(view: View, i: int, index: int, scene: Scene) -> None:
    """ "Pyongyang and Moscow": both together, once the last of them has been read."""
    top = i
    while view.tokens[top].relation == "conj" and view.tokens[top].head >= 0 and view.tokens[top].head < top:
        top = view.tokens[top].head
    if top == i or any(view.tokens[c].relation == "conj" and c > i for c in view.children[top]):
        return
    chain = [top, *(c for c in view.children[top] if view.tokens[c].relation == "conj")]
    parties = tuple(
        {(p.id, p.code): p for c in sorted({*chain, i}) if c in view.links for p in view.links[c].parties}.values()
    )
    if len(parties) > 1:
        kind = get_kind(view.links[i])
        token = view.tokens[top]
        scene.history.append(
            Antecedent(index, i, parties, kind, True, view.is_subject(top), clause=token.head, quoted=view.quoted[i])
        )


def get_kind(link: Link) -> str:
    if not link.parties:
        return "thing"
    id = link.parties[0].id
    if link.why in ("nationality + noun", "organisation + members"):
        return "people" if link.plural else _kind_of_id(id)
    if id == "unknown":
        return "people" if link.plural else ("person" if link.parties[0].name[:1].isupper() else "people")
    if id.startswith("state:") and link.why in ("nationality + title", "named before"):
        return "person"
    return _kind_of_id(id)


def _kind_of_id(id: str) -> str:
    kinds = {
        "state": "state",
        "org": "organisation",
        "group": "group",
        "media": "medium",
        "body": "body",
        "person": "person",
    }
    return kinds.get(id.split(":")[0], "organisation")


# --- pronouns -------------------------------------------------------------------------------------------


def _link_pronoun(view: View, i: int, scene: Scene) -> Link | None:
    token = view.tokens[i]
    text = token.text.lower()
    if token.relation.startswith(("expl", "cop", "aux")) or (text in _IT and _is_empty(view, i)):
        return None
    if text == "both":
        return link_pair(view, i, 2, "any", scene) if not token.relation.startswith(("det", "cc", "advmod")) else None
    found = _find_antecedent(view, i, text, scene)
    if found is None or not found.parties:
        return None
    name = " and ".join(p.name for p in found.parties)
    return Link(found.parties, f"pronoun → {name}", i, i, plural=found.plural)


def _is_empty(view: View, i: int) -> bool:
    """ "It is clear that …", "it was reported …": nobody."""
    head = view.tokens[i].head
    if head < 0 or not view.is_subject(i):
        return False
    if any(view.tokens[c].relation == "cop" for c in view.children[head]) and view.tokens[head].upos in (
        "NOUN",
        "PROPN",
    ):
        return True
    clausal = any(view.tokens[c].relation.startswith(("csubj", "ccomp")) and c > i for c in view.children[head])
    return clausal and (view.tokens[head].upos in ("ADJ", "NOUN") or view.tokens[i].relation == "nsubj:pass")


def _find_antecedent(view: View, i: int, text: str, scene: Scene) -> Antecedent | None:
    if text in _HE:
        return _find_person(view, i, scene)
    if text in _IT:
        return _find_best(view, i, scene, _is_one)
    if text in _THEY:
        return _find_best(view, i, scene, _is_many) or _find_best(view, i, scene, _is_one)
    return None


def _find_person(view: View, i: int, scene: Scene) -> Antecedent | None:
    found = _find_best(view, i, scene, lambda a: a.kind == "person" and not a.plural)
    if found is None and scene.loose:
        found = _find_best(view, i, scene, lambda a: a.kind == "state" and a.subject and not a.plural)
    if found is None:
        found = _find_best(view, i, scene, lambda a: a.kind in ("people", "body") and not a.plural and bool(a.noun))
    return found


def _is_one(a: Antecedent) -> bool:
    return not a.plural and (
        a.kind in _SINGULAR or a.kind == "thing" or (a.kind == "people" and not a.plural and bool(a.noun))
    )


def _is_many(a: Antecedent) -> bool:
    return a.plural and not a.kind.endswith("modifier")


def _find_best(view: View, i: int, scene: Scene, fits: Callable[[Antecedent], bool]) -> Antecedent | None:
    """The most salient phrase that fits: near before far, subjects before others, that of the clause above first."""
    index = view.sentence.index
    best, best_score = None, -1.0
    for a in reversed(scene.history):
        if index - a.sentence > REACH:
            break
        if not fits(a) or (a.sentence == index and _is_barred(view, i, a)):
            continue
        score = _rate(view, i, a, index)
        if score > best_score:
            best, best_score = a, score
    return best


def _rate(view: View, i: int, a: Antecedent, index: int) -> float:
    is_own = view.tokens[i].relation == "nmod:poss"
    score = 3.0 - (_OWN_STEP if is_own else _STEP) * (index - a.sentence) + (1.5 if a.subject else 0.0)
    score -= _ACROSS_QUOTES if a.quoted != view.quoted[i] else 0.0
    if a.sentence == index:
        if a.subject and a.clause in _find_clauses_above(view, i):
            score += 1.5
        score += 0.2 * a.token / max(1, i)
    else:
        score += 0.2 * (1 - a.token / _LONG)
    return score


_STEP, _OWN_STEP = 1.2, 2.5
"""What each sentence back costs a pronoun's antecedent; possessives look into their own sentence first."""
_ACROSS_QUOTES = 3.5
"""Who speaks and who is spoken of seldom meet in one pronoun."""
_LONG = 200
"""Tokens of a long sentence: nearness to the sentence's start counts a little, and never more than a subject."""


def _find_clauses_above(view: View, i: int) -> set[int]:
    found, seen = set(), {i}
    while (head := view.tokens[i].head) >= 0 and head not in seen:
        seen.add(head)
        found.add(head)
        i = head
    return found


def _is_barred(view: View, i: int, a: Antecedent) -> bool:
    """A pronoun isn't the other argument of its own verb, nor part of the phrase it stands in."""
    token = view.tokens[i]
    if a.token == i:
        return True
    is_own = "Poss=Yes" in token.feats or token.relation == "nmod:poss"
    if not is_own and a.clause == token.head and not view.is_subject(i) and "self" not in token.text.lower():
        return True
    if is_own and token.head == a.token:
        return True
    head = token.head
    return is_own and head >= 0 and view.tokens[head].head == a.token and view.tokens[head].relation == "appos"


# --- descriptions ---------------------------------------------------------------------------------------


def _link_description(view: View, i: int, scene: Scene) -> Link | None:
    token = view.tokens[i]
    lemma = token.lemma.lower()
    first, last = view.find_phrase(i)
    count = _get_count(view, i)
    if count and is_plural(token):
        if lemma in scene.nouns.pairs_of_people:
            return link_pair(view, i, count, "person", scene)
        if lemma in scene.nouns.pairs:
            return link_pair(view, i, count, "any", scene)
    determiner = _get_determiner(view, i)
    if determiner == "the" and lemma in ("side", "party") and is_plural(token) and last == i:
        return link_pair(view, i, 2, "any", scene)
    owned = _link_by_possessor(view, i, scene)
    if owned is not None:
        return owned
    if determiner in _DEFINITE and not _is_specified(view, i):
        link = _link_definite(view, i, lemma, scene)
        if link is not None:
            return link
    return _link_unnamed(view, i, first, last, scene)


def _get_count(view: View, i: int) -> int | None:
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
    noun = scene.nouns.get_noun(view, i)
    if noun is None:
        return None
    for c in view.children[i]:
        link = view.links.get(c)
        if link is None or not view.tokens[c].relation.startswith("nmod:poss") or len(link.parties) != 1:
            continue
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


def _find_same(view: View, i: int, noun: str | None, scene: Scene) -> Antecedent | None:
    """Whom the same noun stood for last: "the Syrian army … the army"."""
    index = view.sentence.index
    for a in reversed(scene.history):
        if index - a.sentence > _FAR or noun is None:
            return None
        is_before = a.sentence < index or a.token < i
        if a.noun == noun and is_before and len(a.parties) == 1 and a.parties[0].id != "unknown":
            return a
    return None


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
    span = view.make_span(first, last)
    name = view.sentence.text[span.start - view.sentence.span.start : span.end - view.sentence.span.start]
    return Link(
        (Party("", 0, 0, "unknown", name, "UNK", None, sector),), "unnamed", first, last, is_plural(view.tokens[i])
    )
