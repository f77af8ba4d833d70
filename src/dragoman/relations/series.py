"""A dyad through time: cooperation and conflict kept apart, how much was read beside them, every point with its events.

What counts as an act is what happened: events whose status is ``occurred`` or ``ongoing``. Planned, conditional, denied
and historical ones stand beside, by their number, and are never added in. An event counts once, however many reports
tell it and however many of its parties belong to one side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from dragoman.domain import Act, Balance, Counts, Coverage, Point, Series, ThirdParty, Unit
from dragoman.relations.periods import find_periods, get_period, get_start

COUNTED = ("occurred", "ongoing")
"""Statuses that count as acts."""
UNKNOWN = "UNK"
LEAST_WITH_EACH = 2
"""Events a third party must have with each of two to be told: one may be chance."""


def select_between(acts: Iterable[Act], first: str, second: str, *, directed: bool = False) -> list[Act]:
    """Acts of the first toward the second and, unless directed, the other way; a mutual event once, the first acting."""
    chosen: dict[str, Act] = {}
    for act in acts:
        if (act.actor, act.recipient) == (first, second):
            chosen[act.event_id] = act
        elif not directed and (act.actor, act.recipient) == (second, first):
            chosen.setdefault(act.event_id, act)
    return sorted(chosen.values(), key=lambda act: (act.day, act.event_id))


def is_counted(act: Act) -> bool:
    """Whether an act is told as having happened or happening."""
    return act.status in COUNTED


def make_series(
    acts: Iterable[Act],
    first: str,
    second: str,
    *,
    unit: Unit = "month",
    directed: bool = False,
    coverage: Iterable[Coverage] = (),
    since: str | None = None,
    until: str | None = None,
) -> Series:
    """The series of a dyad, every period filled from its first event (or ``since``) to its last (or ``until``).

    Args:
        acts: Acts of any dyads; those of this one are chosen.
        first: Code of a party.
        second: Code of the other.
        unit: Length of a period.
        directed: Only what the first does to the second.
        coverage: Reports read of each period of this unit.
        since: First day, ISO 8601.
        until: Last day.
    """
    chosen = [
        act
        for act in select_between(acts, first, second, directed=directed)
        if (since is None or act.day >= since) and (until is None or act.day <= until)
    ]
    read = {entry.period: entry.reports for entry in coverage}
    days = [day for day in (since, *(act.day for act in chosen), until) if day]
    by_period: dict[str, list[Act]] = defaultdict(list)
    for act in chosen:
        by_period[get_period(act.day, unit)].append(act)
    periods = find_periods(min(days), max(days), unit) if days else []
    points = tuple(_make_point(name, unit, by_period.get(name, ()), read.get(name, 0)) for name in periods)
    return Series(first, second, directed, unit, points)


def count_acts(acts: Iterable[Act]) -> Counts:
    """How many events, reports and outlets; copies of an event's acts count once."""
    events: set[str] = set()
    reports: set[str] = set()
    outlets: set[str] = set()
    for act in acts:
        events.add(act.event_id)
        reports.update(act.reports)
        outlets.update(act.outlets)
    return Counts(len(events), len(reports), len(outlets))


def sum_intensity(acts: Iterable[Act]) -> tuple[float, float]:
    """Cooperation and conflict: sums of intensities above zero and, as a figure above zero, below it."""
    scores = [act.intensity for act in acts]
    return sum(score for score in scores if score > 0), -sum(score for score in scores if score < 0)


def find_balance(acts: Sequence[Act], first: str, second: str) -> Balance:
    """How much of what passes between two goes one way; acts that count alone."""
    told = [act for act in acts if is_counted(act)]
    there = [act for act in told if (act.actor, act.recipient) == (first, second) and not act.mutual]
    back = [act for act in told if (act.actor, act.recipient) == (second, first) and not act.mutual]
    both = [act for act in told if act.mutual and {act.actor, act.recipient} == {first, second}]
    one_way = len({act.event_id for act in there}) + len({act.event_id for act in back})
    share = len({act.event_id for act in there}) / one_way if one_way else None
    return Balance(count_acts(there), count_acts(back), count_acts(both), share)


def find_third_parties(acts: Iterable[Act], first: str, second: str, *, most: int = 12) -> list[ThirdParty]:
    """Who deals with both of two parties, the most events first: the score of each with either, both ways."""
    withs: dict[str, dict[str, dict[str, Act]]] = defaultdict(lambda: {first: {}, second: {}})
    for act in acts:
        if not is_counted(act) or act.recipient is None:
            continue
        for own, other in ((act.actor, act.recipient), (act.recipient, act.actor)):
            if own in (first, second) and other not in (first, second, UNKNOWN):
                withs[other][own][act.event_id] = act
    found = [
        ThirdParty(code, _net(sides[first]), _net(sides[second]), tuple(sorted({*sides[first], *sides[second]})))
        for code, sides in withs.items()
        if min(len(sides[first]), len(sides[second])) >= LEAST_WITH_EACH
    ]
    return sorted(found, key=lambda party: (-len(party.events), party.code))[:most]


def find_dyads(acts: Iterable[Act], *, without: Collection[str] = (UNKNOWN,)) -> dict[tuple[str, str], list[Act]]:
    """Acts by dyad, its codes in alphabetical order, each event once; parties without a name and own affairs left out."""
    pairs: dict[tuple[str, str], dict[str, Act]] = defaultdict(dict)
    for act in acts:
        if act.recipient is None or act.actor == act.recipient or {act.actor, act.recipient} & set(without):
            continue
        first, second = sorted((act.actor, act.recipient))
        pairs[first, second].setdefault(act.event_id, act)
    return {pair: list(found.values()) for pair, found in sorted(pairs.items())}


def _net(acts: Mapping[str, Act]) -> float:
    cooperation, conflict = sum_intensity(acts.values())
    return round(cooperation - conflict, 3)


def _make_point(period: str, unit: Unit, acts: Sequence[Act], read: int) -> Point:
    told = [act for act in acts if is_counted(act)]
    cooperation, conflict = sum_intensity(told)
    return Point(
        period=period,
        start=get_start(period, unit),
        cooperation=round(cooperation, 3),
        conflict=round(conflict, 3),
        by_quad=dict(sorted(Counter(act.quad for act in told).items())),
        by_type=dict(sorted(Counter(act.event_type for act in told).items())),
        beside=dict(sorted(Counter(act.status for act in acts if not is_counted(act)).items())),
        counts=count_acts(told),
        read=read,
        events=tuple(act.event_id for act in told),
    )
