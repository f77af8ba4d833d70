"""What would be gathered from more events than can be told in time: refused at once, with shorter spans that hold few enough."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dragoman.archive import Archive
from dragoman.archive.query import Query
from dragoman.archive.where import Where
from dragoman.http.errors import Problem

MOST_EVENTS = 200_000
"""Events that relations and parties are gathered from at once; more are asked for by shorter spans (benchmarks/http)."""
SPAN_DAYS = (365, 90, 30, 7, 1)
"""Days of the spans that are offered instead."""


def refuse_too_much(archive: Archive, query: Query, where: Where, most: int) -> None:
    """Refuse what would be gathered from more events than can be told in time. Counting stops there.

    Raises:
        Problem: There are more (400).
    """
    if sum(part.rows for part in archive.snapshot.find_parts("events")) <= most:
        return
    if _count(archive, query, where, most) > most:
        raise tell_too_much(archive, query, where, most)


def tell_too_much(archive: Archive, query: Query, where: Where, most: int) -> Problem:
    """The problem, with ``spans``: those of the same question's last days that hold few enough."""
    spans = find_spans(archive, query, where, most)
    return Problem(400, f"more than {most:,} events; ask for a shorter span", parameter="since", more={"spans": spans})


def find_spans(archive: Archive, query: Query, where: Where, most: int) -> list[dict[str, Any]]:
    """Spans that end with the last day told of that isn't after the last report, the longest first, and their events.

    Each has ``since`` and ``until`` (ISO 8601), ``days`` and ``events``, 1 to ``most``.
    """
    read = Where("day <= (SELECT max(date) FROM reports)", (), frozenset({"reports"}))
    met = where & read
    rows = archive.engine.find_rows(
        met.after("SELECT max(day) AS last FROM events"), met.values, tables=(*query.tables, *met.tables)
    )
    last: dt.date | None = rows[0]["last"]
    if last is None:
        return []
    found = []
    for days in SPAN_DAYS:
        first = last - dt.timedelta(days=days - 1)
        events = _count(archive, query, where & Where("day BETWEEN ? AND ?", (first, last)), most)
        if 0 < events <= most:
            found.append({"since": first.isoformat(), "until": last.isoformat(), "days": days, "events": events})
    return found


def _count(archive: Archive, query: Query, where: Where, most: int) -> int:
    """Events that meet a condition; one more than ``most`` where there are more."""
    some = f"{where.after('SELECT 1 FROM events')} LIMIT {most + 1}"
    rows = archive.engine.find_rows(
        f"SELECT count(*) AS n FROM ({some})", where.values, tables=(*query.tables, *where.tables)
    )
    return int(rows[0]["n"])
