"""Claims by their ids, read only where they lie.

Claims lie by day, and a part of them is told by its first and last. Whoever knows a claim's day opens one part of it and
one run of its rows; who has the id alone learns the day from ``claim_days``, which compacting makes, and looks through the
parts that it doesn't list. Each part opened costs milliseconds, as claims have many columns.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.manifest import Part
from dragoman.archive.parts import read_parts
from dragoman.archive.where import Where

MOST = 5_000
"""Claims looked for by id at a time; more are found faster by reading all."""
_MORE = 4
"""How many times as many parts are looked through where a page wasn't full."""
_DAY = re.compile(r"\d{4}-")
"""How the range of a part by day begins; events lay by id once."""
Day = dt.date | None
Place = tuple[str, Day]
"""A claim's id and the day it lies under."""


def find_claims(engine: Engine, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of these claims, each once, in the order of the ids; of those that aren't there, none."""
    wanted, found = list(dict.fromkeys(ids)), dict[str, dict[str, Any]]()
    for start in range(0, len(wanted), MOST):
        rows, where = ask_places(engine, find_places(engine, wanted[start : start + MOST]))
        found |= {row["claim_id"]: row for row in engine.find_rows(where.after(rows), where.values, tables=["claims"])}
    return [found[id] for id in wanted if id in found]


def find_places(engine: Engine, ids: Sequence[str]) -> list[Place]:
    """Where these claims may lie; a claim that several coders found may lie under several days."""
    if not ids:
        return []
    engine.prepare(["claims", "claim_days"])
    lists = engine.snapshot.find_parts("claim_days")
    listed = {name for part in lists for name in part.of}
    low, high = min(ids), max(ids)
    able = [part for part in lists if may_hold(part, low, high)]
    rest = [part for part in engine.snapshot.find_parts("claims") if part.name not in listed]
    queries = [
        f"SELECT claim_id, day FROM {read_parts(engine.archive, parts)} WHERE claim_id IN ({_mark(ids)})"
        for parts in (able, rest)
        if parts
    ]
    rows = engine.find_rows(" UNION ".join(queries), [*ids] * len(queries), tables=["claims"]) if queries else []
    return [(row["claim_id"], row["day"]) for row in rows]


def ask_places(engine: Engine, places: Iterable[Place]) -> tuple[str, Where]:
    """The SQL of the claims in the parts where these may lie, and the condition that they are these."""
    engine.prepare(["claims"])
    known = list(places)
    days = sorted({day for _, day in known if day})
    ids = sorted({id for id, _ in known})
    is_dated = len(days) == len({day for _, day in known})
    parts = engine.snapshot.find_parts("claims")
    if is_dated:
        told = [day.isoformat() for day in days]
        parts = [part for part in parts if any(may_hold(part, day, day) for day in told)]
    if not (ids and parts):
        return "SELECT * FROM claims", Where("false")
    where = Where(f"claim_id IN ({_mark(ids)})", tuple(ids))
    if is_dated:
        where = Where(f"day IN ({_mark(days)})", tuple(days)) & where
    return f"SELECT * FROM ({engine.select('claims', parts)})", where


def walk_days(engine: Engine, *, is_falling: bool) -> Iterator[tuple[list[Part], str | None]]:
    """More and more parts of claims from one end of the days on, at last all; and the nearest day that the others may hold.

    Yields:
        Parts, and that day (ISO 8601); ``None`` with all of them. Parts of unknown range are among the first.
    """
    engine.prepare(["claims"])
    every = engine.snapshot.find_parts("claims")
    known = [(part.high if is_falling else part.low, part) for part in every if part.low and part.high]
    known.sort(key=lambda each: (each[0], each[1].name), reverse=is_falling)
    first = [part for part in every if not (part.low and part.high)]
    count = 1
    while count < len(known):
        yield [*first, *(part for _, part in known[:count])], known[count][0]
        count *= _MORE
    yield every, None


def find_bounds(engine: Engine, *, is_falling: bool) -> list[str]:
    """Days, each farther from one end of the days of events, with ever more parts from that end up to it."""
    parts = [part for part in engine.snapshot.find_parts("events") if _lies_by_day(part)]
    ends = sorted({(part.low if is_falling else part.high) or "" for part in parts}, reverse=is_falling)
    chosen, count = [], 1
    while count < len(ends):
        chosen.append(ends[count - 1])
        count *= _MORE
    return chosen


def ask_events(engine: Engine, places: Sequence[Place]) -> tuple[str, Where]:
    """The SQL of the events in the parts where these lie, and the condition that they are these."""
    engine.prepare(["events"])
    if not places:
        return "SELECT * FROM events", Where("false")
    where = Where(f"event_id IN ({_mark(places)})", tuple(sorted(id for id, _ in places)))
    parts = engine.snapshot.find_parts("events")
    if all(day for _, day in places):
        days = sorted({day for _, day in places if day})
        where = Where(f"day IN ({_mark(days)})", tuple(days)) & where
        told = [day.isoformat() for day in days]
        parts = [part for part in parts if not _lies_by_day(part) or any(may_hold(part, day, day) for day in told)]
    return f"SELECT * FROM ({engine.select('events', parts)})", where


def _lies_by_day(part: Part) -> bool:
    """Whether a part of events lies by day; once they lay by id."""
    return bool(part.low and part.high and _DAY.match(part.low))


def may_hold(part: Part, low: str, high: str) -> bool:
    """Whether a row of a part may lie in this range of the column that its rows are sorted by."""
    return part.low is None or part.high is None or (part.low <= high and part.high >= low)


def _mark(values: Sequence[Any]) -> str:
    """A place for each value, so that each is compared with the ranges that Parquet files tell of their rows."""
    return ", ".join("?" * len(values))
