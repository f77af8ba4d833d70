"""Events with the sentences that tell them, as a stream: what exports are written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from dragoman.domain import Event
from dragoman.interchange.told import Evidence, Told

if TYPE_CHECKING:
    from dragoman.archive import Archive

_BATCH = 500
"""Events whose claims are fetched at once."""
_CLAIMS = (
    "SELECT claim_id, c.report_id, c.outlet, c.url, coalesce(c.title, r.title) AS title, c.report_date AS day, "
    "r.language, r.characters, sentence, c.text, sentence_start, sentence_end, trigger, trigger_start, "
    "actor_starts[1] AS actor_start, recipient_starts[1] AS recipient_start, status, claimant, confidence "
    "FROM claims c LEFT JOIN reports r USING (report_id) WHERE claim_id IN (SELECT unnest(?::VARCHAR[]))"
)


def iterate_told(archive: Archive, filters: Mapping[str, Any], *, least_texts: int = 1) -> Iterator[Told]:
    """Events that meet the filters, the oldest first, each with its claims by day of report and id.

    Args:
        archive: The archive, opened.
        filters: Keywords of ``Archive.events``.
        least_texts: Independent texts that tell an event, at least.
    """
    events = (event for event in archive.events(**filters).order("day") if event.texts >= least_texts)
    for batch in _batch(events):
        names = [name for event in batch for name in event.claims]
        rows = archive.engine.find_rows(_CLAIMS, [names], tables=["claims", "reports"])
        claims = {row["claim_id"]: _read(row) for row in rows}
        for event in batch:
            yield Told(event, tuple(claims[name] for name in event.claims if name in claims))


def _batch(events: Iterable[Event]) -> Iterator[list[Event]]:
    stream = iter(events)
    while found := list(islice(stream, _BATCH)):
        yield found


def _read(row: dict[str, Any]) -> Evidence:
    return Evidence(**{**row, "day": row["day"].isoformat() if row["day"] else None})
