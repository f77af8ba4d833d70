"""Which act of a sentence a word belongs to: the nearest above it in its own clause."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import PlaceMention

_WHERE = frozenset(
    "in at near on around outside inside off over across within along into to towards toward from between against".split()
)
FARTHEST = 4
"""Steps in the tree beyond which a quantity or a place isn't taken to belong to an act."""
_EDGES = frozenset(("acl", "acl:relcl", "advcl", "advcl:relcl", "ccomp", "parataxis", "csubj"))
"""Relations of clauses within a clause: what they tell is not of the act above them."""


def get_head_of_span(tree: Tree, start: int, end: int) -> int | None:
    """The token of a span whose own head lies outside it."""
    inside = [i for i, t in enumerate(tree.tokens) if t.start < end and t.end > start]
    return next((i for i in inside if tree[i].head not in inside), inside[0] if inside else None)


_HAPPENING = frozenset(("take", "occur", "happen", "continue", "begin", "start", "unfold", "rage"))
"""Verbs whose subject is the act: what stands under them is the act's own ("the offensive may take place in May")."""


def find_owner(tree: Tree, i: int, acts: Sequence[Filled]) -> tuple[int, int] | None:
    """The act whose predicate (or light verb) is nearest above a token: its number, and the steps to it."""
    tops = {**{f.top: n for n, f in enumerate(acts)}, **{f.predicate: n for n, f in enumerate(acts)}}
    for n, f in enumerate(acts):
        verb = tree[f.predicate].head
        if tree[f.predicate].relation == "nsubj" and verb >= 0 and tree[verb].lemma in _HAPPENING:
            tops.setdefault(verb, n)
    if i in tops:
        return tops[i], 0
    below = i
    for steps, node in enumerate(tree.climb(i), 1):
        is_edge = tree[below].relation in _EDGES and tree[below].upos in ("VERB", "AUX")
        if is_edge and not (node in tops and tree[node].upos == "NOUN"):  # "an offensive that is expected in May"
            return None
        if node in tops:
            return tops[node], steps
        below = node
    return None


def find_place(
    tree: Tree,
    act: Filled,
    number: int,
    acts: Sequence[Filled],
    found: Sequence[PlaceMention],
    *,
    farthest: int = FARTHEST,
) -> PlaceMention | None:
    """The place an act happens at: named after a preposition of place, nearest under the act and no farther than so many steps."""
    best: tuple[int, int, int] | None = None
    for n, mention in enumerate(found):
        head = get_head_of_span(tree, mention.span.start, mention.span.end)
        if head is None:
            continue
        cases = tree.get_cases(head)
        owner = find_owner(tree, head, acts)
        if not cases or cases[-1] not in _WHERE or owner is None or owner[0] != number or owner[1] > farthest:
            continue
        if head in act.actor_heads or (head in act.recipient_heads and cases[-1] not in ("to", "in", "into", "at")):
            continue
        rank = (cases[-1] not in ("in", "at", "near", "on"), owner[1], n)
        best = rank if best is None or rank < best else best
    return found[best[2]] if best else None
