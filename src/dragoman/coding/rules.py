"""Why an act that fits a frame is still no claim of its own."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.acts import Filled
from dragoman.coding.tree import Tree

_HOLDS_ITS_ACT = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN"))
"""Types whose promised, demanded, refused or threatened act is not coded again."""
_INSIDE = ("xcomp", "ccomp", "obj", "obl", "nmod", "acl", "advcl", "conj", "nsubj:pass")
_DOMESTIC = frozenset(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "RETREAT", "ACCUSE"))
"""Types that count also where a state acts on its own people or bodies."""
_ALONE = frozenset(("MOBILIZE", "PROTEST", "RETREAT", "CONCEDE", "ASSAULT", "COERCE", "SANCTION", "AGREE"))
"""Types that stand without a recipient."""


def find_reason_against(tree: Tree, filled: Filled, acts: Sequence[Filled]) -> str | None:
    """A short, countable reason, or ``None`` where the act stands."""
    if not filled.actors and not filled.recipients:
        return "no party"
    if tree.tokens[-1].text == "?" and tree[filled.top].relation not in ("ccomp", "parataxis"):
        return "asked, not told"
    if not filled.actors and not _may_lack_actor(tree, filled):
        return "no actor"
    if _is_held(tree, filled, acts):
        return "inside an act that holds it"
    if _is_domestic(filled):
        return "one state on both sides"
    if not filled.act.actor and not filled.recipients:
        return "no recipient"
    if filled.actors and all(p.code == "UNK" for p in (*filled.actors, *filled.recipients)):
        return "no known party"
    if (
        not filled.recipients
        and not filled.act.mutual
        and filled.act.event_type not in _ALONE
        and filled.act.score < _SURE
    ):
        return "no recipient"
    if filled.act.mode == "visit" and not filled.recipients:
        return "no host"
    if _is_bare_noun(filled) and not filled.recipients:
        return "no recipient"
    if filled.act.mutual and len(filled.actors) + len(filled.recipients) < 2 and filled.act.score < _SURE:
        return "one party of a mutual act"
    return None


_SURE = 0.6
"""A frame at least this sure stands without a recipient."""


_WANTS_OTHER = frozenset(("AGREE", "SUPPORT", "AID", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"))
_MAY_LACK_ACTOR = frozenset(("ASSAULT", "COERCE", "SANCTION"))


def _is_bare_noun(filled: Filled) -> bool:
    """An event noun that no light verb carries ("our commitment"): too little for an act without the other side."""
    is_verbless = filled.act.pos == "noun" and filled.carrier is None
    return is_verbless and not filled.act.mutual and filled.act.event_type in _WANTS_OTHER


def _may_lack_actor(tree: Tree, filled: Filled) -> bool:
    """Agentless passives of deeds against or for a known party: "was attacked", "were sent to Russia"."""
    known = any(p.code != "UNK" for p in filled.recipients)
    is_deed = filled.act.event_type in _MAY_LACK_ACTOR
    return known and is_deed and tree.is_passive(filled.predicate) and filled.act.score >= _SURE


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
    return _is_topic(tree, filled, acts)


def _is_topic(tree: Tree, filled: Filled, acts: Sequence[Filled]) -> bool:
    """Whether an event noun is only what others talk about: "discussed further support"."""
    token = tree[filled.predicate]
    if token.upos not in ("NOUN", "PROPN") or token.head < 0:
        return False
    is_named = token.relation == "obj" or bool({"on", "about", "of"} & set(tree.get_cases(filled.predicate)))
    talks = {f.predicate for f in acts if f.act.event_type == "CONSULT" and f is not filled}
    return is_named and token.head in talks


def _is_domestic(filled: Filled) -> bool:
    if filled.act.event_type in _DOMESTIC:
        return False
    sides = [{p.country or p.code for p in side if p.code != "UNK"} for side in (filled.actors, filled.recipients)]
    if filled.act.mutual:
        codes = {p.code for p in (*filled.actors, *filled.recipients)}
        return len(filled.actors) + len(filled.recipients) > 1 and len(codes) == 1 and len(sides[0] | sides[1]) == 1
    return bool(sides[0]) and sides[0] == sides[1]
