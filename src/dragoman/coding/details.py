"""How much and where: which quantities and places of a sentence belong to which of its acts."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.flow import Passage
from dragoman.coding.nearness import FARTHEST, find_owner, find_place, get_head_of_span
from dragoman.coding.settling import Draft
from dragoman.coding.sides import pick
from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import Magnitude, PlaceMention

_OF_WORDS = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"))
"""Types that happen where somebody speaks, and not at whom it is about."""
_IN = frozenset(("in", "at", "near", "outside", "inside", "aboard"))
_ON_GROUND = frozenset(("ASSAULT", "COERCE"))
"""Types done to a state where it is."""


def find_sizes(passage: Passage, drafts: Sequence[Draft]) -> list[list[Magnitude]]:
    """The quantities that measure each act: those the model sees, unless they are another act's, else the nearest."""
    tree, found = passage.tree, passage.found.quantities
    kept = [d.filled for d in drafts]
    near = share_magnitudes(tree, kept, found)
    sizes = []
    for n, d in enumerate(drafts):
        below = set(tree.get_subtree(d.filled.top))
        others = {id(m) for k, own in near.items() if k != n and kept[k].top not in below for m in own}
        seen = [m for m in pick(passage.sentence, d.seen, "magnitude", found) if id(m) not in others]
        own = [m for m in seen if m.kind != "duration" or _lasts(tree, m, d.filled)] or near.get(n, [])
        sizes.append([m for m in own if _measures(tree, m, d.event_type)])
    return sizes


def _measures(tree: Tree, m: Magnitude, event_type: str) -> bool:
    """Not what is only talked of, nor since when there was no other: "talks about 13 containers", "the first in 18 years"."""
    if event_type == "CONSULT" and m.kind in ("items", "money"):
        return False
    head = get_head_of_span(tree, m.start, m.end)
    over = tree[head].head if head is not None else -1
    if m.kind != "duration" or over < 0 or "in" not in tree.get_cases(head or 0):
        return True
    return not any(t.endswith("est") or t in _ORDINALS for t in (tree[c].text.lower() for c in tree.find(over, "amod")))


_ORDINALS = frozenset(("first", "second", "third", "worst", "only", "last"))


def share_magnitudes(tree: Tree, acts: Sequence[Filled], found: Sequence[Magnitude]) -> dict[int, list[Magnitude]]:
    """Each quantity goes to the nearest act above it."""
    shared: dict[int, list[Magnitude]] = {}
    for m in found:
        head = get_head_of_span(tree, m.start, m.end)
        owner = find_owner(tree, head, acts) if head is not None else None
        if owner and owner[1] <= FARTHEST:
            shared.setdefault(owner[0], []).append(m)
    return shared


def _lasts(tree: Tree, m: Magnitude, f: Filled) -> bool:
    """Whether a duration stands in the act's own clause: "for two hours" of the clause beside it lasts that."""
    head = get_head_of_span(tree, m.start, m.end)
    return head is not None and find_owner(tree, head, [f]) is not None


def find_act_places(passage: Passage, drafts: Sequence[Draft]) -> list[PlaceMention | None]:
    """Where each act was, as far as the sentence says it."""
    kept = [d.filled for d in drafts]
    return [_find_place(passage, n, d, kept) for n, d in enumerate(drafts)]


def _find_place(passage: Passage, n: int, d: Draft, kept: Sequence[Filled]) -> PlaceMention | None:
    tree, found = passage.tree, passage.found.places
    if d.event_type in _OF_WORDS:
        found = tuple(m for m in found if _is_where_said(passage, m))
    elif d.event_type == "CONSULT":
        found = tuple(m for m in found if not _is_topic(passage, m, d.filled))
    seen = next(iter(pick(passage.sentence, d.seen, "place", found)), None)
    return seen or find_place(tree, kept[n], n, kept, found) or _find_place_of_recipient(passage, d)


def _is_where_said(passage: Passage, m: PlaceMention) -> bool:
    """Behind "in" or "at", and no part of a party's name: "thanked New Zealand", "police in Jakarta asked" say no place."""
    tree = passage.tree
    head = get_head_of_span(tree, m.span.start, m.span.end)
    if head is None or not set(tree.get_cases(head)) & _IN:
        return False
    over = tree[head].head
    return not (tree[head].relation == "nmod" and over in passage.parties.by_head)


def _is_topic(passage: Passage, m: PlaceMention, f: Filled) -> bool:
    """Whether a place is only where what is talked about is: "discussed the situation in the Middle East"."""
    tree = passage.tree
    head = get_head_of_span(tree, m.span.start, m.span.end)
    if head is None:
        return True
    for node in tree.climb(head):
        if node in (f.top, f.predicate):
            return False
        if tree[node].lemma.lower() in _TOPICS:
            return True
    return False


_TOPICS = frozenset(
    "situation war conflict crisis development event issue problem aggression invasion settlement peace security stability "
    "support assistance attack operation election cooperation threat action activity violence territory border".split()
)


def _find_place_of_recipient(passage: Passage, d: Draft) -> PlaceMention | None:
    """A state attacked or robbed is where that is, and a host where the visit is."""
    f = d.filled
    is_visit = d.event_type == "CONSULT" and f.act.mode == "visit"
    if d.event_type not in _ON_GROUND and not is_visit:
        return None
    actors = {p.country for p in f.actors}
    for p in f.recipients:
        inside = [m for m in passage.found.places if p.start <= m.span.start and m.span.end <= p.end]
        own = [m for m in inside if m.country == p.country and m.country not in actors]
        if own and (is_visit or d.event_type == "ASSAULT" or own[0].kind != "country"):
            return own[0]
        if d.event_type == "COERCE" and own and _is_taken_from(passage, own[0]):
            return own[0]
    return None


def _is_taken_from(passage: Passage, m: PlaceMention) -> bool:
    head = get_head_of_span(passage.tree, m.span.start, m.span.end)
    return head is not None and "from" in passage.tree.get_cases(head)
