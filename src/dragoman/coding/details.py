"""How much, when and where: which quantities, times and places of a sentence belong to which of its acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import Magnitude, PlaceMention, TimeMention

_WHERE = frozenset(
    "in at near on around outside inside off over across within along into to towards toward from between against".split()
)
_CLAUSE_EDGES = frozenset(("ccomp", "parataxis", "acl:relcl"))


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


def share_times(tree: Tree, acts: Sequence[Filled], found: Sequence[TimeMention]) -> dict[int, TimeMention]:
    """For each act the time in its own clause, else that of the clause it is joined to."""
    heads = {
        n: h
        for n, m in enumerate(found)
        if (h := get_head_of_span(tree, m.span.start, m.span.end)) is not None and m.date and not _is_of_a_name(tree, h)
    }
    owners: dict[int, tuple[int, int]] = {}
    for n, head in heads.items():
        owner = find_owner(tree, head, acts)
        if owner and (owner[0] not in owners or owner[1] < owners[owner[0]][1]):
            owners[owner[0]] = (n, owner[1])
    shared = {act: found[n] for act, (n, _) in owners.items()}
    for number, act in enumerate(acts):
        if number not in shared and (inherited := _find_inherited(tree, act, heads)) is not None:
            shared[number] = found[inherited]
    return shared


def _is_of_a_name(tree: Tree, head: int) -> bool:
    """Whether a year only names something: "the 1988 Committee"."""
    token = tree[head]
    return token.relation in ("nummod", "compound", "amod") and token.head > head


def _find_inherited(tree: Tree, act: Filled, heads: Mapping[int, int]) -> int | None:
    node = act.top
    while tree[node].head >= 0 and tree[node].relation not in _CLAUSE_EDGES:
        node = tree[node].head
        for n, head in heads.items():
            if tree[head].head == node:
                return n
    return None


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
