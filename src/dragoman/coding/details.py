"""How much and where: which quantities and places of a sentence belong to which of its acts."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import Magnitude, PlaceMention

_WHERE = frozenset(
    "in at near on around outside inside off over across within along into to towards toward from between against".split()
)


def get_head_of_span(tree: Tree, start: int, end: int) -> int | None:
    """The token of a span whose own head lies outside it."""
    inside = [i for i, t in enumerate(tree.tokens) if t.start < end and t.end > start]
    return next((i for i in inside if tree[i].head not in inside), inside[0] if inside else None)


def find_owner(tree: Tree, i: int, acts: Sequence[Filled]) -> tuple[int, int] | None:
    """The act whose predicate (or light verb) is nearest above a token: its number, and the steps to it."""
    tops = {**{f.top: n for n, f in enumerate(acts)}, **{f.predicate: n for n, f in enumerate(acts)}}
    if i in tops:
        return tops[i], 0
    for steps, node in enumerate(tree.climb(i), 1):
        if node in tops:
            return tops[node], steps
    return None


def share_magnitudes(tree: Tree, acts: Sequence[Filled], found: Sequence[Magnitude]) -> dict[int, list[Magnitude]]:
    """Each quantity goes to the nearest act above it."""
    shared: dict[int, list[Magnitude]] = {}
    for m in found:
        head = get_head_of_span(tree, m.start, m.end)
        owner = find_owner(tree, head, acts) if head is not None else None
        if owner and owner[1] <= _FARTHEST:
            shared.setdefault(owner[0], []).append(m)
    return shared


_FARTHEST = 4
"""Steps in the tree beyond which a quantity isn't taken to measure an act."""


def find_place(
    tree: Tree, act: Filled, number: int, acts: Sequence[Filled], found: Sequence[PlaceMention]
) -> PlaceMention | None:
    """The place an act happens at: named after a preposition of place, nearest under the act."""
    best: tuple[int, int, int] | None = None
    for n, mention in enumerate(found):
        head = get_head_of_span(tree, mention.span.start, mention.span.end)
        if head is None:
            continue
        cases = tree.get_cases(head)
        owner = find_owner(tree, head, acts)
        if not cases or cases[-1] not in _WHERE or owner is None or owner[0] != number or owner[1] > _FARTHEST:
            continue
        if head in act.actor_heads or (head in act.recipient_heads and cases[-1] not in ("to", "in", "into", "at")):
            continue
        rank = (cases[-1] not in ("in", "at", "near", "on"), owner[1], n)
        best = rank if best is None or rank < best else best
    return found[best[2]] if best else None
