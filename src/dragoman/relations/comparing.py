"""Two sets of events side by side: the same ordered pairs in the same periods, found by both or by one.

Agreement is no accuracy: two sets can agree and both be wrong, or differ since one read more. Only the periods that both sets
cover are compared, and every number can be opened to the events and rows that made it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dragoman.domain import Act, Unit
from dragoman.relations.periods import get_period
from dragoman.relations.series import is_counted

By = Literal["all", "quad", "type"]
BYS: tuple[By, ...] = ("all", "quad", "type")
"""What a cell is told apart by beyond pair and period: nothing, the quad class, the PLOVER type."""
LEAST_RANKED = 3
"""Cells or pairs from which a rank correlation is told: of two it can only be 1, 0 or -1."""
_KINDS_OF_ALL = "all"


@dataclass(frozen=True, slots=True)
class Cell:
    """One ordered pair in one period, of one kind: what each set tells of it."""

    period: str
    actor: str
    recipient: str
    kind: str
    """``all``, a quad class or a type."""
    first: tuple[str, ...]
    """Ids of the first set's events or rows, sorted."""
    second: tuple[str, ...]

    @property
    def found_by(self) -> Literal["both", "first", "second"]:
        return "both" if self.first and self.second else "first" if self.first else "second"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two sets agree on cells of one kind."""

    by: By
    kind: str
    both: int
    """Cells that both have."""
    only_first: int
    only_second: int
    share_of_first: float | None
    """Of the first set's cells, the share that the second has too; ``None`` where it has none."""
    share_of_second: float | None
    jaccard: float | None
    """Shared cells by all cells."""
    rank_cells: float | None
    """Spearman's rank correlation of the counts of all cells that either has; absent is 0."""
    rank_pairs: float | None
    """The same of the counts of ordered pairs over the whole time."""
    pairs: int
    """Ordered pairs that either has."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sets compared."""

    first: str
    second: str
    unit: Unit
    since: str | None
    """First period that both cover; ``None`` where they have none in common."""
    until: str | None
    """Last period that both cover."""
    agreements: tuple[Agreement, ...]
    cells: tuple[Cell, ...]
    """All cells, by kind of cut, period and pair."""
    left_out: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Set → reason → acts that are not compared."""


def compare_sets(
    first: tuple[str, Sequence[Act]],
    second: tuple[str, Sequence[Act]],
    unit: Unit = "month",
    *,
    among: Collection[str] | None = None,
    domestic: bool = False,
) -> Comparison:
    """Compare two sets of acts.

    Args:
        first: Name and acts of a set.
        second: Those of the other.
        unit: Length of a period.
        among: Codes of the parties that count, such as those of states; by default all that are known.
        domestic: Also what a party does to itself, as governments and their people do.
    """
    left: dict[str, dict[str, int]] = {}
    kept = [_choose(name, acts, among, domestic, left) for name, acts in (first, second)]
    since, until = _find_span(kept, unit)
    spans = [
        [act for act in acts if since is not None and until is not None and since <= get_period(act.day, unit) <= until]
        for acts in kept
    ]
    for (name, _), acts, within in zip((first, second), kept, spans, strict=True):
        if len(within) < len(acts):
            left[name][f"outside the {unit}s that both cover"] = len(acts) - len(within)
    cells = [cell for by in BYS for cell in make_cells(spans[0], spans[1], unit, by)]
    return Comparison(
        first[0], second[0], unit, since, until, tuple(_agree_all(cells)), tuple(cells),
        {name: dict(sorted(why.items())) for name, why in left.items()},
    )  # fmt: skip


def make_cells(first: Iterable[Act], second: Iterable[Act], unit: Unit, by: By) -> list[Cell]:
    """The cells that either set has, sorted."""
    found: dict[tuple[str, str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for side, acts in enumerate((first, second)):
        for act in acts:
            key = (get_period(act.day, unit), act.actor, act.recipient or "", _find_kind(act, by))
            found[key][side].add(act.event_id)
    return [Cell(*key, tuple(sorted(one)), tuple(sorted(two))) for key, (one, two) in sorted(found.items())]


def find_rank_correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's rank correlation, ties at their mean rank; ``None`` of fewer than three, or where one side is all alike."""
    if len(first) < LEAST_RANKED:
        return None
    a, b = _rank(first), _rank(second)
    middle = (len(a) + 1) / 2
    spread = sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b)
    if spread <= 0:
        return None
    return round(sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True)) / math.sqrt(spread), 4)


def _choose(
    name: str, acts: Sequence[Act], among: Collection[str] | None, domestic: bool, left: dict[str, dict[str, int]]
) -> list[Act]:
    """The acts that can be compared; the others are counted by reason."""
    why: dict[str, int] = defaultdict(int)
    kept = []
    for act in acts:
        reason = _find_reason(act, among, domestic)
        if reason:
            why[reason] += 1
        else:
            kept.append(act)
    left[name] = why
    return kept


def _find_reason(act: Act, among: Collection[str] | None, domestic: bool) -> str | None:
    if not is_counted(act):
        return "not told as having happened"
    if act.recipient is None:
        return "no recipient"
    if "UNK" in (act.actor, act.recipient):
        return "a party that isn't known"
    if among is not None and not (act.actor in among and act.recipient in among):
        return "not between states"
    return "within one state" if act.actor == act.recipient and not domestic else None


def _find_span(sets: Sequence[Sequence[Act]], unit: Unit) -> tuple[str | None, str | None]:
    """The periods that both sets cover: from the later first one to the earlier last one."""
    periods = [{get_period(act.day, unit) for act in acts} for acts in sets]
    if not all(periods):
        return None, None
    since, until = max(map(min, periods)), min(map(max, periods))
    return (since, until) if since <= until else (None, None)


def _find_kind(act: Act, by: By) -> str:
    return _KINDS_OF_ALL if by == "all" else act.quad if by == "quad" else act.event_type


def find_by(cell: Cell) -> By:
    """What a cell is cut by."""
    return "all" if cell.kind == _KINDS_OF_ALL else "quad" if cell.kind.islower() else "type"


def _agree_all(cells: Iterable[Cell]) -> list[Agreement]:
    """Agreement on each kind: all together, then quad classes, then types."""
    kinds: dict[tuple[int, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        kinds[BYS.index(find_by(cell)), cell.kind].append(cell)
    return [_agree(BYS[number], kind, own) for (number, kind), own in sorted(kinds.items())]


def _agree(by: By, kind: str, cells: Sequence[Cell]) -> Agreement:
    both = sum(cell.found_by == "both" for cell in cells)
    one, two = (sum(cell.found_by == which for cell in cells) for which in ("first", "second"))
    pairs: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for cell in cells:
        pairs[cell.actor, cell.recipient][0] += len(cell.first)
        pairs[cell.actor, cell.recipient][1] += len(cell.second)
    return Agreement(
        by, kind, both, one, two, _share(both, both + one), _share(both, both + two), _share(both, both + one + two),
        find_rank_correlation([len(c.first) for c in cells], [len(c.second) for c in cells]),
        find_rank_correlation([n for n, _ in pairs.values()], [n for _, n in pairs.values()]),
        len(pairs),
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _rank(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranks[place] = (start + end) / 2 + 1
        start = end + 1
    return ranks
