"""Words that refer back: pronouns, "the two countries", "both sides", "the ministry"."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.actors.descriptions import link_description
from dragoman.actors.pairs import link_half, link_pair
from dragoman.actors.phrases import UNNAMED
from dragoman.actors.scene import REACH, Antecedent, Scene
from dragoman.actors.view import Link, View, is_plural
from dragoman.domain import Party

_HE = frozenset("he she him her his hers".split())
_SOMEONE = frozenset("someone somebody".split())
_IT = frozenset("it its".split())
_THEY = frozenset("they them their theirs".split())
_SINGULAR = ("state", "organisation", "group", "medium", "body")


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
            link = link_half(view, i, scene) or link_description(view, i, scene)
        elif link is not None and link.why == UNNAMED and (half := link_half(view, i, scene)):
            link = view.links[i] = half
        if link is not None and i not in view.links:
            view.links[i] = link
        if i in view.links or token.upos in ("NOUN", "PROPN"):
            _remember(view, i, index, scene)


def _remember(view: View, i: int, index: int, scene: Scene) -> None:
    token, link = view.tokens[i], view.links.get(i)
    if link is None:
        if view.is_subject(i) and token.upos in ("NOUN", "PROPN"):
            scene.history.append(
                Antecedent(index, i, (), "thing", is_plural(token), True, clause=token.head, quoted=view.quoted[i])
            )
        return
    found = view.name_at.get(i)
    noun = scene.nouns.get_noun(view, found.last if found else i) or ""
    is_individual = noun in scene.nouns.individuals and not is_plural(token) and len(link.parties) == 1
    is_person = is_individual or i in view.person_at or token.text.lower() in _HE or link.why.startswith("title of")
    kind = "person" if is_person and len(link.parties) == 1 else get_kind(link)
    if kind == "person" and link.parties[0].id == "unknown" and i not in view.person_at and token.upos == "PROPN":
        kind = "organisation"
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
            Antecedent(
                index, i, parties, kind, True, view.is_subject(top), clause=token.head, quoted=view.quoted[i],
                reports=token.head >= 0 and view.tokens[token.head].lemma in _SAYING,
            )
        )  # fmt: skip


_SAYING = frozenset(("say", "announce", "report", "state", "add", "note", "declare", "confirm", "tell"))


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
    if text == "both" and any(view.tokens[c].text.lower() in ("whom", "which") for c in view.children[i]):
        return None
    if text == "both":
        return link_pair(view, i, 2, "any", scene) if not token.relation.startswith(("det", "cc", "advmod")) else None
    if text in _SOMEONE:
        return Link((Party("", 0, 0, "unknown", text, "UNK"),), "unnamed", i, i)
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
        return (
            _find_best(view, i, scene, _is_many) or _find_couple(view, i, scene) or _find_best(view, i, scene, _is_one)
        )
    return None


def _find_couple(view: View, i: int, scene: Scene) -> Antecedent | None:
    """ "The secretary thanked the minister, and they …": the two persons of the sentence, or of the one before."""
    index = view.sentence.index
    here: set[str | None] = set()
    for back in (0, 1):
        own = [a for a in scene.history if a.sentence == index - back and a.kind == "person" and (back or a.token < i)]
        parties = tuple({p.country or p.id: p for a in own for p in a.parties}.values())
        if len(parties) == 1 and not back:
            here = {p.country for p in parties}  # "the secretary thanked Togo, and they …": he and whom he met before
        elif parties:
            is_pair = len(parties) == 2 and here <= {p.country for p in parties}
            return Antecedent(index - back, i, parties, "person", True, False) if is_pair else None
    return None


def _find_person(view: View, i: int, scene: Scene) -> Antecedent | None:
    found = _find_best(view, i, scene, lambda a: a.kind == "person" and not a.plural)
    if found is None and scene.loose:
        found = _find_best(view, i, scene, lambda a: a.kind == "state" and a.subject and not a.plural)
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
    if is_own and a.sentence == index and _stands_before_for(view, i, a.token):
        return _FOR_ITS_OWN
    score = 3.0 - (_OWN_STEP if is_own else _STEP) * (index - a.sentence) + (1.5 if a.subject else 0.0)
    score -= _ACROSS_QUOTES if a.quoted != view.quoted[i] else 0.0
    if a.sentence == index:
        verbs = _find_verbs_above(view, i)
        if is_own and a.clause == verbs[0] and not a.subject and _speaks_of_object(view, i, verbs[0]):
            score += _OF_OBJECT
        if a.clause in verbs and (a.subject or (is_own and a.clause == verbs[0])):
            score += 1.5 / (1 + verbs.index(a.clause)) if is_own else 1.5
        score += (0.9 if is_own else 0.2) * a.token / max(1, i)
    else:
        score += 0.2 * (1 - a.token / _LONG)
    return score


def _stands_before_for(view: View, i: int, noun: int) -> bool:
    """ "Impose costs on Togo for its raid", "hold Togo accountable for its …": who is named right before the "for"."""
    at = i - 1
    if at < 1 or view.tokens[at].text.lower() != "for":
        return False
    at -= view.tokens[at - 1].text.lower() in ("accountable", "responsible")
    last = view.links[noun].last if noun in view.links else noun
    return at - 1 in (noun, last) and not view.is_subject(noun)


_FOR_ITS_OWN = 9.0
"""Above whatever else: "costs on Togo for its raid" speaks of Togo's."""
_JUDGING = frozenset(
    "thank praise blame criticise criticize congratulate accuse condemn commend honour honor reward punish fault applaud "
    "hail slam denounce sanction thank rebuke laud forgive hold".split()
)
"""Verbs after which "for his …", "on its …" speaks of the object: "thanked him for his help"."""
_RECEIVING = frozenset(("welcome", "receive", "greet", "host", "await", "invite"))
_OF_GUESTS = frozenset(("visit", "arrival", "return", "trip", "stay", "tour"))


def _speaks_of_object(view: View, i: int, verb: int) -> bool:
    """Whether "his" after a verb is that of its object: "thanked him for his help", "welcomed him on his visit"."""
    lemma, owned = view.tokens[verb].lemma, view.tokens[view.tokens[i].head].lemma
    return lemma in _JUDGING or (lemma in _RECEIVING and owned in _OF_GUESTS)


_OF_OBJECT = 2.0
_STEP, _OWN_STEP = 1.8, 2.5
"""What each sentence back costs a pronoun's antecedent; possessives look into their own sentence first."""
_ACROSS_QUOTES = 3.5
"""Who speaks and who is spoken of seldom meet in one pronoun."""
_LONG = 200
"""Tokens of a long sentence: nearness to the sentence's start counts a little, and never more than a subject."""


def _find_verbs_above(view: View, i: int) -> list[int]:
    """The verbs and predicates whose clauses a token stands in, the nearest first."""
    found, seen = [], {i}
    while (head := view.tokens[i].head) >= 0 and head not in seen:
        seen.add(head)
        if view.tokens[head].upos in ("VERB", "AUX") or view.find_subject(head) is not None:
            found.append(head)
        i = head
    return found or [-2]


def _is_barred(view: View, i: int, a: Antecedent) -> bool:
    """A pronoun isn't the other argument of its own verb, nor part of the phrase it stands in."""
    token = view.tokens[i]
    if a.token == i:
        return True
    is_own = "Poss=Yes" in token.feats or token.relation == "nmod:poss"
    if not is_own and a.clause == token.head and not view.is_subject(i) and "self" not in token.text.lower():
        return True
    if not is_own and not view.is_subject(i) and _is_who_acts(view, token.head, a):
        return True
    if is_own and token.head == a.token:
        return True
    head = token.head
    return is_own and head >= 0 and view.tokens[head].head == a.token and view.tokens[head].relation == "appos"


def _is_who_acts(view: View, verb: int, a: Antecedent) -> bool:
    """Whether a phrase stands for the subject of a verb, whose object is another: "courts of Togo jailed them"."""
    subject = view.find_subject(verb) if verb >= 0 else None
    link = view.links.get(subject) if subject is not None else None
    ids = {p.id for p in link.parties} if link else set()
    return bool(ids) and "unknown" not in ids and ids == {p.id for p in a.parties}
