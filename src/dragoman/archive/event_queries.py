"""What can be asked of an archive's events: one by its id, which leads on where it has none any more, or those of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.event_rows import read_event, read_judgement
from dragoman.domain import Event, Judgement
from dragoman.errors import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilters:
    """What is asked for; what is ``None`` or empty asks for nothing."""

    party: tuple[str, ...] = ()
    """Codes, countries or roster ids that all stand on either side."""
    event_type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: str | None = None
    """First day, ``YYYY-MM-DD``."""
    until: str | None = None
    """Last day."""
    least_texts: int = 1
    """Independent texts that tell it, at least."""
    least_confidence: float = 0.0


def get_event(engine: Engine, event_id: str) -> Event:
    """The event of that id; an id that was merged into another leads to that one.

    Raises:
        ArchiveError: There is none: it never was, was split, or was withdrawn; the message says which.
    """
    name, seen = event_id, {event_id}
    while True:
        rows = engine.find_rows(
            "SELECT * FROM every.events WHERE event_id = ? ORDER BY generation DESC LIMIT 1", [name], tables=["events"]
        )
        if not rows:
            raise ArchiveError(f"{engine.archive}: no event {event_id!r} in snapshot {engine.snapshot.number}")
        if rows[0]["gone"] is None:
            return read_event(rows[0])
        if len(rows[0]["became"]) != 1 or rows[0]["became"][0] in seen:
            raise ArchiveError(f"{engine.archive}: event {event_id} is no more: {rows[0]['gone']}")
        name = rows[0]["became"][0]
        seen.add(name)


def find_events(engine: Engine, filters: EventFilters, *, limit: int | None = None) -> list[Event]:
    """Events that meet the filters, the newest first."""
    terms, values = _ask(filters)
    query = f"SELECT * FROM events WHERE {' AND '.join(terms)} ORDER BY day DESC NULLS LAST, event_id"
    if limit is not None:
        query += f" LIMIT {int(limit)}"
    return [read_event(row) for row in engine.find_rows(query, values, tables=["events"])]


def find_event_judgements(engine: Engine, claims: Sequence[str]) -> list[Judgement]:
    """All judgements on pairs of these claims, persons' first, then by falling chance."""
    if not claims:
        return []
    marks = ", ".join("?" * len(claims))  # each is compared with the ranges that files tell of their rows
    query = (
        f"SELECT * FROM judgements WHERE first IN ({marks}) AND second IN ({marks}) "
        "ORDER BY rule = 'person' DESC, score DESC, first, second"
    )
    return [read_judgement(row) for row in engine.find_rows(query, [*claims, *claims], tables=["judgements"])]


def _ask(filters: EventFilters) -> tuple[list[str], list[Any]]:
    columns = ("codes", "countries", "ids")
    side = " OR ".join(f"list_contains({s}_{c}, ?)" for s in ("actor", "recipient") for c in columns)
    terms: list[str] = ["texts >= ?", "confidence >= ?"]
    values: list[Any] = [filters.least_texts, filters.least_confidence]
    for party in filters.party:
        terms.append(f"({side})")
        values += [party] * (2 * len(columns))
    for column, wanted in (("event_type", filters.event_type), ("status", filters.status)):
        if wanted:
            terms.append(f"list_contains(?::VARCHAR[], {column})")
            values.append(list(wanted))
    for test, day in (("day >= CAST(? AS DATE)", filters.since), ("day <= CAST(? AS DATE)", filters.until)):
        if day:
            terms.append(test)
            values.append(day)
    return terms, values
