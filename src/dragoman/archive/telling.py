"""Events with the sentences that tell them, as a stream: what exports are written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.event_queries import EventFilters, iterate_events
from dragoman.domain import Event
from dragoman.interchange.told import Evidence, Told

_BATCH = 500
"""Events whose claims are fetched at once."""
_CLAIMS = (
    "SELECT claim_id, c.report_id, c.outlet, c.url, coalesce(c.title, r.title) AS title, c.report_date AS day, "
    "r.language, r.characters, sentence, c.text, sentence_start, sentence_end, trigger, trigger_start, "
    "actor_starts[1] AS actor_start, recipient_starts[1] AS recipient_start, status, claimant, confidence "
    "FROM claims c LEFT JOIN reports r USING (report_id) WHERE claim_id IN (SELECT unnest(?::VARCHAR[]))"
)


def iterate_told(engine: Engine, filters: EventFilters) -> Iterator[Told]:
    """Events that meet the filters, the oldest first, each with its claims by day of report and id."""
    for events in _batch(iterate_events(engine, filters)):
        names = [name for event in events for name in event.claims]
        rows = engine.find_rows(_CLAIMS, [names], tables=["claims", "reports"])
        claims = {row["claim_id"]: _read(row) for row in rows}
        for event in events:
            yield Told(event, tuple(claims[name] for name in event.claims if name in claims))


def _batch(events: Iterable[Event]) -> Iterator[list[Event]]:
    stream = iter(events)
    while found := list(islice(stream, _BATCH)):
        yield found


def _read(row: dict[str, Any]) -> Evidence:
    return Evidence(**{**row, "day": row["day"].isoformat() if row["day"] else None})
