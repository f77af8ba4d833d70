"""Events by the filters of claims, as a question that is answered when its rows are taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dragoman.archive.event_rows import read_event
from dragoman.archive.filters import Filters, ask_claims, make_filters
from dragoman.archive.parties import Directory
from dragoman.archive.query import Query
from dragoman.archive.schema import TABLES
from dragoman.archive.where import Where, ask_event_pairs, ask_side
from dragoman.domain import Event

if TYPE_CHECKING:
    from dragoman.archive import Archive

COLUMNS = tuple(column.name for column in TABLES["events"].columns if column.name not in ("gone", "became"))
_OF_CLAIMS = ("claimant", "text", "report", "claim")
"""Filters that ask for what only claims know: an event fits where one of its claims does."""


@dataclass(frozen=True)
class EventQuery(Query):
    """Events, not yet read. Iterating gives ``Event`` objects."""

    def __iter__(self) -> Iterator[Event]:
        return (read_event(row) for row in self.rows())


def ask_for_events(archive: Archive, given: Mapping[str, Any]) -> EventQuery:
    """Events by the keywords of ``Filters``, the newest first.

    Raises:
        ArchiveError: There is no such filter, or a value can't be. Names are looked up when rows are taken.
    """
    filters = make_filters("claims", given)
    return EventQuery(
        archive,
        "SELECT * FROM events {where}",
        COLUMNS,
        ('"day" DESC NULLS LAST', '"event_id"'),
        ("events", "event_claims"),
        lambda: ask_events(filters, archive.directory),
    )


def ask_events(filters: Filters, directory: Directory) -> Where:
    """The conditions on rows of ``events``. Of the parties asked for, an event's own decide, not those of one claim."""
    where = _ask_parties(filters, directory)
    where &= ask_claims(_keep(filters, ("type", "quad", "mode", "status", "place", "min_confidence")), directory)
    where &= ask_claims(_keep(filters, ("since", "until")), directory)
    if filters.outlet:
        outlets = [outlet.lower() for outlet in filters.outlet]
        where &= Where("list_has_any([lower(o) FOR o IN outlets], ?::VARCHAR[])", (outlets,))
    of_claims = _keep(filters, _OF_CLAIMS)
    if of_claims:
        claims = ask_claims(of_claims, directory).within("claim_id", "SELECT claim_id FROM claims", "claims")
        where &= claims.within("event_id", "SELECT event_id FROM event_claims", "event_claims")
    return where


def _ask_parties(filters: Filters, directory: Directory) -> Where:
    where = Where()
    if filters.actor and filters.recipient:
        where &= ask_event_pairs([(directory.find_all(filters.actor), directory.find_all(filters.recipient))])
    elif filters.actor:
        where &= ask_side("actor", directory.find_all(filters.actor))
    elif filters.recipient:
        where &= ask_side("recipient", directory.find_all(filters.recipient))
    if filters.either:
        either = directory.find_all(filters.either)
        where &= ask_side("actor", either) | ask_side("recipient", either)
    if filters.dyad:
        pairs = [tuple(directory.find(name) for name in pair.split(",")) for pair in filters.dyad]
        where &= ask_event_pairs([*((a, b) for a, b in pairs), *((b, a) for a, b in pairs)])
    return where


def _keep(filters: Filters, names: tuple[str, ...]) -> Filters:
    """These filters alone. The table of events has their columns under the names that claims have."""
    return replace(Filters(), **{name: getattr(filters, name) for name in names})
