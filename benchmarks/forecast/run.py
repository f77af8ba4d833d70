"""What comes next: who is dealt with, by which act, and how often – our rules beside recurrency, on days they never saw.

    python benchmarks/forecast/run.py [--data DATA] [--out benchmarks/forecast/results/forecast.json]

Rows of the ICEWS tables (2005 to 2015) by day: the first eight tenths are history, settings are chosen on the ninth, figures are told of
the tenth. Every question sees all days before its own and nothing of it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "relations"), str(Path(__file__).parent)]

from icews import TABLE, Row, States, make_acts, read_rows  # noqa: E402
from machine import find_data, tell_run, write_result  # noqa: E402
from recurrency import Company, Recurrency  # noqa: E402

from dragoman.domain import Act  # noqa: E402
from dragoman.relations import forecast as shipped  # noqa: E402
from dragoman.relations.forecast import History, find_bounds, find_exposure  # noqa: E402

VALID, TEST = 0.8, 0.9
DAYS = 30
LEAST = 5
"""Acts of a dyad before a window, at least, for its count to be asked."""
BUSY = 1.0
"""Acts expected in a window from which a dyad is busy: of most dyads nothing is expected and nothing comes."""
FLOOR = 1e-6
Pair = tuple[str, str]


class Window(NamedTuple):
    """How often a dyad acted before a day, and in the days after."""

    acts: tuple[str, ...]
    start: str
    first: str
    count: int


def split(days: Sequence[str]) -> tuple[str, str]:
    """First day of the part that settings are chosen on, and of the last part."""
    return days[int(len(days) * VALID)], days[int(len(days) * TEST)]


# Whom: rank the recipient, given actor and act (raw names and CAMEO wordings, as work on knowledge graphs does).


def rank_recipients(acts: Sequence[Act], make: Callable[[], Any], since: str, until: str) -> dict[str, float]:
    """Mean reciprocal rank and hits, other true recipients of the same day left out of the ranking, ties at their mean."""
    model, names, ranks = make(), {str(act.recipient) for act in acts} | {act.actor for act in acts}, []
    for day, group in itertools.groupby(acts, key=lambda act: act.day):
        own = list(group)
        if day >= until:
            break
        if day >= since:
            true: dict[Pair, set[str]] = defaultdict(set)
            for act in own:
                true[act.actor, act.event_type].add(str(act.recipient))
            for (actor, kind), recipients in true.items():
                scores = model.rank(actor, kind, day)
                ranks += [_find_rank(scores, name, recipients, len(names)) for name in recipients]
        for act in own:
            model.add(act)
    return _tell_ranks(ranks)


def _find_rank(scores: Mapping[str, float], name: str, true: set[str], size: int) -> float:
    """Rank among all names; those without a score stand together at the end."""
    own = scores.get(name, 0.0)
    others = [score for other, score in scores.items() if other not in true]
    above = sum(score > own for score in others)
    if own:
        return 1 + above + sum(score == own for score in others) / 2
    left = size - len(others) - len(true)
    return 1 + above + max(left, 0) / 2


def _tell_ranks(ranks: Sequence[float]) -> dict[str, float]:
    n = len(ranks)
    hits = {f"hits@{k}": round(sum(rank <= k for rank in ranks) / n, 4) for k in (1, 3, 10)}
    return {"questions": n, "mrr": round(sum(1 / rank for rank in ranks) / n, 4), **hits}


def choose(
    acts: Sequence[Act], makes: Mapping[Any, Callable[[], Any]], valid: str, test: str
) -> tuple[Any, dict[str, Any]]:
    """The settings with the best rank on the ninth tenth, and what each gave there."""
    tried = {name: rank_recipients(acts, make, valid, test)["mrr"] for name, make in makes.items()}
    return max(tried, key=lambda name: tried[name]), {str(name): value for name, value in tried.items()}


# What: the type of an act, given actor and recipient (states, PLOVER types).


def ask_types(
    acts: Sequence[Act], since: str, until: str, half_life: float | None, strength: float, *, last_first: bool = False
) -> dict[str, float]:
    """Ranks of the true type, and the mean of minus its chance's logarithm; without a half-life nothing fades."""
    worlds: Counter[str] = Counter()
    pairs: dict[Pair, dict[str, float]] = defaultdict(dict)
    seen: dict[Pair, str] = {}
    ranks, losses, origin = [], [], dt.date.fromisoformat(acts[0].day)
    for day, group in itertools.groupby(acts, key=lambda act: act.day):
        own = list(group)
        if day >= until:
            break
        age = (dt.date.fromisoformat(day) - origin).days
        weight = 2.0 ** (age / half_life) if half_life else 1.0
        if day >= since:
            for act in own:
                pair = (act.actor, str(act.recipient))
                chances = _mix(pairs[pair], worlds, strength, weight)
                losses.append(-math.log(max(chances.get(act.event_type, 0.0), FLOOR)))
                if last_first and pair in seen:
                    chances[seen[pair]] = 2.0
                ranks.append(_find_rank(chances, act.event_type, {act.event_type}, 16))
        for act in own:
            pair = (act.actor, str(act.recipient))
            worlds[act.event_type] += weight  # type: ignore[assignment]
            pairs[pair][act.event_type] = pairs[pair].get(act.event_type, 0.0) + weight
            seen[pair] = act.event_type
    return _tell_ranks(ranks) | {"log loss": round(sum(losses) / len(losses), 4)}


def _mix(own: Mapping[str, float], world: Mapping[str, float], strength: float, weight: float) -> dict[str, float]:
    whole, all_acts = sum(own.values()) + strength * weight, sum(world.values())
    return {kind: (own.get(kind, 0.0) + strength * weight * n / all_acts) / whole for kind, n in world.items()}


# How often: the number of acts of a dyad in thirty days.


def find_windows(acts: Sequence[Act], since: str, until: str) -> Iterator[Window]:
    """Every dyad with acts enough before a day, for days thirty apart."""
    by_pair: dict[Pair, list[str]] = defaultdict(list)
    for act in acts:
        by_pair[act.actor, str(act.recipient)].append(act.day)
    day, end = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
    while day + dt.timedelta(days=DAYS) <= end:
        start, stop = day.isoformat(), (day + dt.timedelta(days=DAYS)).isoformat()
        for own in by_pair.values():
            before = tuple(one for one in own if one < start)
            if len(before) >= LEAST:
                yield Window(before, start, acts[0].day, sum(start <= one < stop for one in own))
        day += dt.timedelta(days=DAYS)


def judge_counts(windows: Sequence[Window], half_life: float, prior_days: float, mean_rate: float) -> dict[str, float]:
    """Mean logarithmic score and how often the middle eight tenths hold the count, of all windows and of busy ones."""
    scores, held, width, busy = [], [], 0, []
    for window in windows:
        last = (dt.date.fromisoformat(window.start) - dt.timedelta(days=1)).isoformat()
        exposure = find_exposure(window.first, last, int(half_life))
        end = dt.date.fromisoformat(last)
        weight = sum(2 ** (-(end - dt.date.fromisoformat(one)).days / half_life) for one in window.acts)
        shape, rate = mean_rate * prior_days + weight, prior_days + exposure
        scores.append(_log_chance(window.count, shape, rate))
        _, low, high, _ = find_bounds(shape, rate, DAYS)
        held.append(low <= window.count <= high)
        if shape * DAYS / rate >= BUSY:
            busy.append(held[-1])
        width += high - low
    n = len(windows)
    return {
        "windows": n, "log score": round(sum(scores) / n, 4), "inside 80 %": round(sum(held) / n, 3),
        "mean width": round(width / n, 2), "busy windows": len(busy),
        "inside 80 %, busy": round(sum(busy) / len(busy), 3) if busy else math.nan,
    }  # fmt: skip


def _log_chance(count: int, shape: float, rate: float) -> float:
    """Logarithm of the negative binomial's chance."""
    stay = rate / (rate + DAYS)
    return (
        math.lgamma(shape + count) - math.lgamma(shape) - math.lgamma(count + 1)
        + shape * math.log(stay) + count * math.log(1 - stay)
    )  # fmt: skip


def judge_plain(windows: Sequence[Window]) -> dict[str, float]:
    """The rival: the plain rate of all days before; nothing fades and no prior stands behind it."""
    return judge_counts(windows, 1e6, 1e-6, 1.0)


def run_whom(rows: Sequence[Row]) -> dict[str, Any]:
    acts = [
        Act(f"ic_{n:06d}", row.day, row.actor, row.recipient, row.relation, None, "verbal cooperation", 0.0, "occurred", False, 1.0)  # type: ignore[arg-type]
        for n, row in enumerate(rows)
    ]  # fmt: skip
    valid, test = split([act.day for act in acts])
    rivals = {
        (decay, mix): (lambda decay=decay, mix=mix: Recurrency(decay, mix))
        for decay in (0.0, 0.00005, 0.0002, 0.001)
        for mix in (0.5, 0.7, 0.9, 0.9999)
    }
    ours = {
        (half, *strengths): (lambda half=half, strengths=strengths: History(half_life=half, strengths=strengths))
        for half in (365, 730, 1460, 2920, 1e6)
        for strengths in ((1.0, 5.0, 50.0), (3.0, 5.0, 50.0), (10.0, 5.0, 50.0))
    }
    rival, rivals_tried = choose(acts, rivals, valid, test)
    own, own_tried = choose(acts, ours, valid, test)
    return {
        "from": {"valid": valid, "test": test},
        "company": rank_recipients(acts, Company, test, "9999"),
        "recurrency": {
            "chosen": rival,
            "valid": rivals_tried,
            "test": rank_recipients(acts, rivals[rival], test, "9999"),
        },
        "ours": {"chosen": own, "valid": own_tried, "test": rank_recipients(acts, ours[own], test, "9999")},
        "ours, as shipped": rank_recipients(acts, History, test, "9999"),
    }


def run_what(acts: Sequence[Act]) -> dict[str, Any]:
    valid, test = split([act.day for act in acts])
    settings = list(itertools.product((180, 365, 730, 1460), (2.0, 5.0, 10.0, 20.0)))
    tried = {one: ask_types(acts, valid, test, *one)["log loss"] for one in settings}
    best = min(tried, key=lambda one: tried[one])
    return {
        "shares of all dyads": ask_types(acts, test, "9999", None, 1e9),
        "own shares, none fades": ask_types(acts, test, "9999", None, 1.0),
        "last type first": ask_types(acts, test, "9999", None, 1.0, last_first=True),
        "ours": {
            "chosen": best, "valid": {str(one): loss for one, loss in tried.items()},
            "test": ask_types(acts, test, "9999", *best),
        },
        "ours, as shipped": ask_types(acts, test, "9999", shipped.HALF_LIFE_DAYS, shipped.TYPE_STRENGTH),
    }  # fmt: skip


def run_how_often(acts: Sequence[Act]) -> dict[str, Any]:
    valid, test = split([act.day for act in acts])
    before = [act for act in acts if act.day < valid]
    rate = shipped.find_prior(before, valid).rate
    on_valid, on_test = list(find_windows(acts, valid, test)), list(find_windows(acts, test, acts[-1].day))
    settings = list(itertools.product((90, 180, 365, 730, 1460), (30.0, 90.0, 365.0)))
    tried = {one: judge_counts(on_valid, *one, rate)["log score"] for one in settings}
    best = max(tried, key=lambda one: tried[one])
    return {
        "plain mean": judge_plain(on_test),
        "ours": {
            "chosen": best, "valid": {str(one): score for one, score in tried.items()},
            "test": judge_counts(on_test, *best, rate),
        },
        "ours, as shipped": judge_counts(on_test, shipped.HALF_LIFE_DAYS, shipped.PRIOR_DAYS, rate),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    began, folder = time.process_time(), find_data(given.data) / "icews_tables"
    rows = read_rows(folder)
    acts, _ = make_acts(rows, States(folder))
    result = tell_run(
        "forecast", data=TABLE, rows=len(rows), acts_between_states=len(acts),
        whom=run_whom(rows), what=run_what(acts), how_often=run_how_often(acts),
    )  # fmt: skip
    write_result(result | {"cpu_seconds": round(time.process_time() - began, 1)}, given.out)


if __name__ == "__main__":
    main()
