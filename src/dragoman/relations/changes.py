"""When a relation changed: runs of periods with steady rates, cut where two rates fit better than one; and what is new since a day.

Cooperative and conflicting events are counted apart and taken as Poisson counts whose rate is steady within a stretch,
measured against the reports that were read: a month in which twice as much was read may hold twice the events without
a change. A period that nothing was read of is left out, with what later reports recall of it: a silence of the archive is
no change of a relation. All ways to cut the series are weighed (dynamic programming), each cut must pay for
itself (a penalty in the manner of BIC). Source: Killick, Fearnhead and Eckley 2012, J. Am. Stat. Assoc. 107, 1590,
for the cost and penalty.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence

from dragoman.domain import Act, ChangePoint, Mover, Point, Series, Stretch
from dragoman.relations.series import find_dyads, is_counted, sum_intensity

LEAST_PERIODS = 2
"""Periods of a stretch, at least: one alone may be a single happening."""
PENALTY = 3.0
"""Times the logarithm of the number of periods that a cut must gain: two rates and the place of the cut."""
MOST_PERIODS = 1_200
"""Longer series are refused: a century of months, three years of days."""
SHOWN_EVENTS = 6
"""Events told for a change, those of the greatest intensity in the first three periods of the new stretch."""
_FIRST_PERIODS = 3


def find_changes(series: Series, acts: Iterable[Act] = ()) -> list[ChangePoint]:
    """The change points of a series, by day.

    Args:
        series: A dyad through time.
        acts: Its acts, from which those that made a change are told; without them the points' own order counts.

    Raises:
        ValueError: The series has more than 1,200 periods.
    """
    if len(series.points) > MOST_PERIODS:
        raise ValueError(
            f"{len(series.points)} periods; at most {MOST_PERIODS}: choose a longer unit or a shorter span"
        )
    points = _leave_out_unread(series.points)
    order = {point.period: n for n, point in enumerate(series.points)}
    counts = [_split(point.by_quad) for point in points]
    exposures = _find_exposures([point.read for point in points])
    cuts = _cut(counts, exposures)
    bounds = [0, *cuts, len(points)]
    strength = {act.event_id: abs(act.intensity) for act in acts}
    found = []
    for start, cut, end in zip(bounds, bounds[1:], bounds[2:], strict=False):
        before, after = _make_stretch(points, counts, start, cut), _make_stretch(points, counts, cut, end)
        costs = [_find_cost(counts, exposures, *pair) for pair in ((start, end), (start, cut), (cut, end))]
        gain = costs[0] - costs[1] - costs[2] - PENALTY * math.log(len(points))
        ids = [name for point in points[cut : min(end, cut + _FIRST_PERIODS)] for name in point.events]
        shown = sorted(ids, key=lambda name: (-strength.get(name, 0), ids.index(name)))[:SHOWN_EVENTS]
        unread = order[points[cut].period] - order[points[cut - 1].period] - 1
        words = _say(before, after, series.unit) + _say_unread(unread, series.unit)
        found.append(
            ChangePoint(points[cut].period, points[cut].start, before, after, round(gain, 2), words, tuple(shown))
        )
    return found


def find_movers(acts: Iterable[Act], since: str, until: str, *, most: int = 20) -> list[Mover]:
    """Dyads whose net score from ``since`` to ``until`` (ISO days) differs most from that of as long a time before."""
    days = (dt.date.fromisoformat(until) - dt.date.fromisoformat(since)).days + 1
    start = (dt.date.fromisoformat(since) - dt.timedelta(days=days)).isoformat()
    found = []
    for (first, second), own in find_dyads(acts).items():
        told = [act for act in own if is_counted(act) and act.day <= until]
        before = [act for act in told if start <= act.day < since]
        now = sorted((act for act in told if act.day >= since), key=lambda act: -abs(act.intensity))
        if not before and not now:
            continue
        known = {act.event_type for act in told if act.day < since}
        new = tuple(sorted({act.event_type for act in now} - known))
        scores = [round(c - x, 3) for c, x in (sum_intensity(before), sum_intensity(now))]
        ids = tuple(act.event_id for act in now)
        found.append(Mover(first, second, scores[0], scores[1], new, ids))
    return sorted(found, key=lambda m: (-abs(m.now - m.before), m.first, m.second))[:most]


def _split(by_quad: Mapping[str, int]) -> tuple[int, int]:
    quads = dict(by_quad)
    cooperation = sum(n for quad, n in quads.items() if quad.endswith("cooperation"))
    return cooperation, sum(quads.values()) - cooperation


def _find_exposures(read: Sequence[int]) -> list[float]:
    """Reports read of each period, by their mean; 1 everywhere where nothing is known of coverage."""
    mean = sum(read) / len(read) if read else 0
    return [n / mean for n in read] if mean else [1.0] * len(read)


def _find_cost(counts: Sequence[tuple[int, int]], exposures: Sequence[float], start: int, end: int) -> float:
    """Negative log likelihood of a stretch at its own rates, without terms that no cut changes."""
    exposure = sum(exposures[start:end])
    cost = 0.0
    for side in (0, 1):
        total = sum(count[side] for count in counts[start:end])
        cost += total - total * math.log(total / exposure) if total else 0.0
    return cost


def _cut(counts: Sequence[tuple[int, int]], exposures: Sequence[float]) -> list[int]:
    """Where the stretches after the first begin, in the division of least cost."""
    size = len(counts)
    if size < 2 * LEAST_PERIODS:
        return []
    sums = [_accumulate([float(count[side]) for count in counts]) for side in (0, 1)]
    spans = _accumulate(list(exposures))
    penalty = PENALTY * math.log(size)
    best, back = [-penalty, *[math.inf] * size], [0] * (size + 1)
    for end in range(LEAST_PERIODS, size + 1):
        for start in range(0, end - LEAST_PERIODS + 1):
            if best[start] == math.inf:
                continue
            cost = best[start] + penalty
            for total_of in sums:
                total = total_of[end] - total_of[start]
                cost += total - total * math.log(total / (spans[end] - spans[start])) if total else 0.0
            if cost < best[end] - 1e-9:
                best[end], back[end] = cost, start
    cuts, at = [], size
    while back[at]:
        at = back[at]
        cuts.append(at)
    return cuts[::-1]


def _accumulate(values: Sequence[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _leave_out_unread(points: Sequence[Point]) -> Sequence[Point]:
    """The periods of which something was read; all of them where nothing is known of coverage."""
    return [point for point in points if point.read] or points


def _say_unread(number: int, unit: str) -> str:
    return f", after {number} {unit}{'s' * (number > 1)} of which nothing was read" if number else ""


def _make_stretch(points: Sequence[Point], counts: Sequence[tuple[int, int]], start: int, end: int) -> Stretch:
    periods = end - start
    rates = [round(sum(count[side] for count in counts[start:end]) / periods, 2) for side in (0, 1)]
    return Stretch(points[start].period, points[end - 1].period, rates[0], rates[1], periods)


def _say(before: Stretch, after: Stretch, unit: str) -> str:
    pieces = []
    for what, old, new in (
        ("cooperative", before.cooperation, after.cooperation),
        ("conflicting", before.conflict, after.conflict),
    ):
        if abs(new - old) >= 0.1 * max(old, new, 0.1):
            pieces.append(f"{what} events {'rose' if new > old else 'fell'} from {old:g} to {new:g} a {unit}")
    return " and ".join(pieces) or "what was read changed more than what was told"
