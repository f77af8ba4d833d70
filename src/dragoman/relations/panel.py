"""Panels: a row for every pair of states in every period, events or none, with the numbers that other data are joined by."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, get_args

from dragoman.domain import Act, PanelRow, Quad, Unit
from dragoman.errors import ArchiveError
from dragoman.relations.periods import find_periods, get_period, get_start
from dragoman.relations.series import UNKNOWN, count_acts, is_counted, sum_intensity
from dragoman.relations.states import find_numbers, find_states

PanelUnit = Literal["dyad-day", "dyad-week", "dyad-month", "dyad-year"]
QUADS: tuple[Quad, ...] = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_NONE: Mapping[str, int] = MappingProxyType(dict.fromkeys(QUADS, 0))
"""The quads of a pair without events, one for all of them."""
Pair = tuple[str, str]


def to_panel(
    acts: Iterable[Act],
    unit: PanelUnit = "dyad-month",
    *,
    fill_zero: bool = True,
    directed: bool = False,
    states: Collection[str] | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Iterator[PanelRow]:
    """Rows by period, then by pair, made one after the other: a panel of the world has 19,000 pairs a period.

    An event counts once in a row. Undirected, codes are in alphabetical order; directed, a mutual event stands in both rows.

    Args:
        acts: Acts of all parties; those that are told as happened or happening count.
        unit: ``dyad-month``, ``dyad-year``, ``dyad-week`` or ``dyad-day``.
        fill_zero: Pairs without events too.
        directed: A row for each order of a pair.
        states: Codes of the parties that make the pairs; by default the states that exist in the period's year. With
            codes of one's own, organisations and territories may be among them.
        since: First day, ISO 8601; by default that of the oldest act.
        until: Last day; by default that of the newest.

    Raises:
        ArchiveError: there is no such unit.
    """
    if unit not in get_args(PanelUnit):
        raise ArchiveError(f"unit {unit!r} can't be; there are {', '.join(get_args(PanelUnit))}")
    length: Unit = unit.removeprefix("dyad-")  # type: ignore[assignment]
    inside = [
        act
        for act in acts
        if is_counted(act) and (since is None or act.day >= since) and (until is None or act.day <= until)
    ]
    days = [day for day in (since, until, *(act.day for act in inside)) if day]
    return _make_rows(_group(inside, length, directed), length, days, states, (directed, fill_zero))


def _make_rows(
    by_period: dict[str, dict[Pair, list[Act]]],
    unit: Unit,
    days: Sequence[str],
    states: Collection[str] | None,
    how: tuple[bool, bool],
) -> Iterator[PanelRow]:
    directed, fill_zero = how
    given = None if states is None else tuple(sorted(set(states)))
    for period in find_periods(min(days), max(days), unit) if days else ():
        year = int(period[:4])
        codes = find_states(year) if given is None else given
        own = by_period.get(period, {})
        if fill_zero:
            pairs: Iterable[Pair] = itertools.permutations(codes, 2) if directed else itertools.combinations(codes, 2)
        else:
            known = set(codes)
            pairs = sorted(pair for pair in own if known.issuperset(pair))
        for pair in pairs:
            yield _make_row(period, get_start(period, unit), pair, own.get(pair, ()), year)


def _group(acts: Iterable[Act], unit: Unit, directed: bool) -> dict[str, dict[Pair, list[Act]]]:
    """Period → pair → its acts, each event once."""
    found: dict[str, dict[Pair, dict[str, Act]]] = defaultdict(lambda: defaultdict(dict))
    for act in acts:
        if act.recipient is None or act.actor == act.recipient or UNKNOWN in (act.actor, act.recipient):
            continue
        turned = not directed and act.recipient < act.actor
        pair = (act.recipient, act.actor) if turned else (act.actor, act.recipient)
        found[get_period(act.day, unit)][pair].setdefault(act.event_id, act)
    return {period: {pair: list(own.values()) for pair, own in pairs.items()} for period, pairs in found.items()}


def _make_row(period: str, start: str, pair: Pair, acts: Sequence[Act], year: int) -> PanelRow:
    (first_cow, first_gw), (second_cow, second_gw) = find_numbers(pair[0], year), find_numbers(pair[1], year)
    numbers = (first_cow, second_cow, first_gw, second_gw)
    if not acts:
        return PanelRow(period, start, *pair, *numbers, 0, 0, 0, 0.0, 0.0, _NONE, ())
    counts, (cooperation, conflict) = count_acts(acts), sum_intensity(acts)
    quads = Counter(act.quad for act in acts)
    return PanelRow(
        period, start, *pair, *numbers, counts.events, counts.reports, counts.outlets,
        round(cooperation, 3), round(conflict, 3), {quad: quads[quad] for quad in QUADS},
        tuple(dict.fromkeys(act.event_id for act in acts)),
    )  # fmt: skip
