"""Why an act that fits a frame is still no claim of its own."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.slots import Filled, Parties
from dragoman.coding.speech import is_first_person
from dragoman.coding.tree import Tree

_HOLDS_ITS_ACT = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN"))
"""Types whose promised, demanded, refused or threatened act is not coded again."""
_INSIDE = ("xcomp", "ccomp", "obj", "obl", "nmod", "acl", "advcl", "conj", "nsubj:pass")
_DOMESTIC = frozenset(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "RETREAT", "ACCUSE"))
"""Types that count also where a state acts on its own people or bodies."""
_SURE_ALONE = {
    "MOBILIZE": 0.6, "PROTEST": 0.6, "RETREAT": 0.6, "ASSAULT": 0.75, "COERCE": 0.6, "SANCTION": 0.85,
    "THREATEN": 0.8, "AGREE": 0.8, "ACCUSE": 0.85, "REJECT": 0.85, "CONCEDE": 0.85, "REQUEST": 0.9,
}  # fmt: skip
"""How sure a frame must be for an act of its type to stand without another party; other types never do. Chosen by reading
claims drawn from raw news and on the dev gold (benchmarks/claims)."""
_JOINT = frozenset(("AGREE", "COOPERATE"))
"""Types that several states do together without another: "announced joint action"."""
_DEEDS = frozenset(("MOBILIZE", "PROTEST", "RETREAT", "ASSAULT", "COERCE", "SANCTION"))
_NAMED_DEEDS = frozenset(("MOBILIZE", "PROTEST", "RETREAT"))
"""Deeds that stand without another party also where only a noun names them ("the withdrawal of its forces")."""
_WEAK = 0.45
"""A frame less sure than this needs a known party on both sides."""
_SURE_AGENTLESS = 0.8
"""How sure a frame must be for a passive without an agent."""


def find_reason_against(tree: Tree, filled: Filled, acts: Sequence[Filled], parties: Parties) -> str | None:
    """A short, countable reason, or ``None`` where the act stands."""
    if not filled.actors and not filled.recipients:
        return "no party"
    if tree.tokens[-1].text == "?" and tree[filled.top].relation not in ("ccomp", "parataxis"):
        return "asked, not told"
    if not filled.actors and not _may_lack_actor(tree, filled):
        return "no actor"
    if _is_purpose(tree, filled):
        return "a purpose, not an act"
    if filled.act.event_type == "RETREAT" and _is_of_others(tree, filled, parties):
        return "another's war"
    if _is_held(tree, filled, acts):
        return "inside an act that holds it"
    if is_domestic(filled):
        return "one state on both sides"
    sides = (*filled.actors, *filled.recipients)
    if all(p.code == "UNK" for p in sides) or (
        not filled.act.actor and all(p.code == "UNK" for p in filled.recipients)
    ):
        return "no known party"
    if filled.act.score < _WEAK and not _knows_both(filled):
        return "too weak a frame for one party"
    if filled.act.event_type not in _DEEDS and not _knows_other(filled):
        return "no known other side"
    if filled.act.lemma == "join" and not any(p.id.startswith("org:") for p in filled.recipients):
        return "company, not membership"
    if filled.act.event_type == "ASSAULT" and any(is_first_person(p.text) for p in filled.recipients):
        return "a figure of speech"
    if _is_weak_noun(filled):
        return "too weak a noun"
    if filled.act.mode == "visit" and not filled.recipients:
        return "no host"
    if filled.act.mutual:
        is_body = sides[0].id.startswith("org:") and (filled.act.pos == "verb" or filled.carrier is not None)
        return None if len(sides) > 1 or is_body else "one party of a mutual act"
    if not filled.recipients and not _stands_alone(filled):
        return "no recipient"
    return None


def _knows_other(filled: Filled) -> bool:
    """Whether the other side of a verbal or friendly act, where one is named, is anybody we know."""
    if filled.act.mutual:
        return len([p for p in (*filled.actors, *filled.recipients) if p.code != "UNK"]) > 1 or not filled.recipients
    return not filled.recipients or any(p.code != "UNK" for p in filled.recipients)


def _is_weak_noun(filled: Filled) -> bool:
    """A friendly noun that nothing carries ("US support for Ukraine"): more often a topic than an act told."""
    is_bare = filled.act.pos == "noun" and filled.carrier is None
    return is_bare and filled.act.event_type in _FRIENDLY and filled.act.score < _SURE_NOUN


_FRIENDLY = frozenset(("SUPPORT", "AID", "AGREE", "CONCEDE"))
_SURE_NOUN = 0.6


def _is_purpose(tree: Tree, filled: Filled) -> bool:
    """Whether the act is only what something is for: "met to discuss", "efforts to hold them accountable"."""
    token = tree[filled.top]
    is_infinitive = "VerbForm=Inf" in token.feats and any(
        tree[m].text.lower() == "to" for m in tree.find(filled.top, "mark")
    )
    if not is_infinitive or token.head < 0 or token.relation not in ("advcl", "acl"):
        return False
    return tree[token.head].lemma.lower() not in _LEADS_TO


_LEADS_TO = frozenset("vote decide decision choose move plan intention intent order go set due ready".split())
"""Words whose infinitive is an act done or planned, not a mere purpose."""


def _is_of_others(tree: Tree, filled: Filled, parties: Parties) -> bool:
    """Whether the war that is to end is somebody else's: "pressed to stop the Kremlin's aggression"."""
    wars = [o for o in tree.find_objects(filled.predicate) if tree[o].lemma.lower() in _WARS]
    owners = [c for o in wars for c in (*tree.find(o, "nmod:poss"), *tree.find_modifiers(o))]
    found, _ = parties.get(owners)
    own = {p.country or p.code for p in filled.actors}
    return bool(found) and not own & {p.country or p.code for p in found}


_WARS = frozenset("war aggression invasion offensive attack assault campaign violence bloodshed fighting".split())


def _knows_both(filled: Filled) -> bool:
    known = [p for p in filled.actors if p.code != "UNK"]
    return bool(known) and (len(known) > 1 or any(p.code != "UNK" for p in filled.recipients))


def _stands_alone(filled: Filled) -> bool:
    """Whether the act is told without its other side and still is one: "fired a missile", "ratified the treaty"."""
    act = filled.act
    is_joint = act.event_type in _JOINT and len({p.country or p.code for p in filled.actors}) > 1
    if is_joint or "treaty" in act.objects:
        return True
    is_verbless = act.pos == "noun" and filled.carrier is None
    is_ours = bool(filled.actors) and is_first_person(filled.actors[0].text)
    if (is_verbless and act.event_type not in _NAMED_DEEDS) or (is_ours and act.event_type not in _DEEDS):
        return False
    return act.score >= _SURE_ALONE.get(act.event_type, 1.01)


_MAY_LACK_ACTOR = frozenset(("ASSAULT", "COERCE", "SANCTION"))


def _may_lack_actor(tree: Tree, filled: Filled) -> bool:
    """Agentless passives of deeds against or for a known party: "was attacked", "were sent to Russia"."""
    known = any(p.code != "UNK" for p in filled.recipients)
    is_deed = filled.act.event_type in _MAY_LACK_ACTOR
    return known and is_deed and tree.is_passive(filled.predicate) and filled.act.score >= _SURE_AGENTLESS


def _is_held(tree: Tree, filled: Filled, acts: Sequence[Filled]) -> bool:
    holders = {f.predicate: f for f in acts if f.act.event_type in _HOLDS_ITS_ACT and f is not filled}
    holders |= {f.top: f for f in holders.values()}
    node = filled.top
    for head in tree.climb(node):
        if tree[node].relation.split(":")[0] not in {r.split(":")[0] for r in _INSIDE}:
            return False
        if tree[node].relation == "conj" and head in holders:
            return False
        if head in holders and head != filled.predicate:
            return True
        node = head
    return _is_topic(tree, filled, acts) or _is_object_of_denial(tree, filled, acts)


def _is_object_of_denial(tree: Tree, filled: Filled, acts: Sequence[Filled]) -> bool:
    """Whether an event noun is only what another act withholds: "suspended its aid"."""
    token = tree[filled.predicate]
    ends = {f.predicate for f in acts if f.act.event_type == "SANCTION" and f is not filled}
    return token.upos == "NOUN" and token.relation in ("obj", "nsubj:pass", "conj") and token.head in ends


def _is_topic(tree: Tree, filled: Filled, acts: Sequence[Filled]) -> bool:
    """Whether an event noun is only what others talk about: "discussed further support"."""
    token = tree[filled.predicate]
    if token.upos not in ("NOUN", "PROPN") or token.head < 0:
        return False
    is_named = token.relation == "obj" or bool({"on", "about", "of"} & set(tree.get_cases(filled.predicate)))
    talks = {f.predicate for f in acts if f.act.event_type == "CONSULT" and f is not filled}
    return is_named and token.head in talks


def _is_among_own(filled: Filled) -> bool:
    """Whether a state and its people, parties or companies ask, refuse or threaten one another: politics at home counts."""
    sides = [{p.code if p.id == "unknown" else p.id for p in side} for side in (filled.actors, filled.recipients)]
    is_between_two = bool(sides[0] and sides[1]) and not sides[0] & sides[1]
    is_of_people = any("-" in p.code for p in (*filled.actors, *filled.recipients))
    return filled.act.event_type in _POLITICAL and is_between_two and is_of_people


_POLITICAL = frozenset(("REQUEST", "REJECT", "THREATEN", "CONCEDE"))


def is_domestic(filled: Filled) -> bool:
    """Whether one state stands on both sides of an act of words or friendship; its people it may pardon."""
    is_pardon = filled.act.event_type == "CONCEDE" and any("-" in p.code for p in filled.recipients)
    if filled.act.event_type in _DOMESTIC or is_pardon or _is_among_own(filled):
        return False
    sides = [{p.country or p.code for p in side if p.code != "UNK"} for side in (filled.actors, filled.recipients)]
    if filled.act.mutual:
        codes = {p.code for p in (*filled.actors, *filled.recipients)}
        return len(filled.actors) + len(filled.recipients) > 1 and len(codes) == 1 and len(sides[0] | sides[1]) == 1
    return bool(sides[0]) and sides[0] == sides[1]
