"""What can be asked about actors, events and reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.archive import Archive, Hit
from dragoman.archive.parties import Named
from dragoman.archive.rows import read_claim
from dragoman.errors import ArchiveError
from dragoman.mcp.limits import IDS, REACH, find_place, tell_ids, tell_more, tell_some
from dragoman.mcp.telling import Told, find_carried, tell_claim, tell_counts, tell_event, tell_event_details

_MOST_CARRIED = 1_000
"""Events of a page of reports that are looked up."""


def find_actor(archive: Archive, name: str, limit: int, cursor: str | None) -> Told:
    """Who is meant by a name, and who else could be, each with the events they take part in."""
    named = archive.directory.find_named(name)
    place = find_place(archive.snapshot.number, {"find_actor": name}, cursor)
    page = named[place.start : place.start + limit]
    return {
        "meant": _find_meant(archive, name), "actors": [_tell_actor(archive, each) for each in page],
        **tell_more(place, len(page), len(named), "actors"),
    }  # fmt: skip


def list_events(archive: Archive, filters: Mapping[str, Any], limit: int, cursor: str | None) -> Told:
    """Events of these filters, the newest first."""
    query = archive.events(**filters)
    place = find_place(archive.snapshot.number, {"list_events": filters}, cursor)
    counts = query.count()
    events = list(query.limit(min(place.start + limit, REACH)))[place.start :]
    return {
        "counts": tell_counts(counts), "events": [tell_event(event) for event in events],
        **tell_more(place, len(events), counts.events, "events"),
    }  # fmt: skip


def get_event(archive: Archive, event_id: str, limit: int, cursor: str | None) -> Told:
    """An event in full, and its claims with the sentences that make it, by the day of their reports."""
    event = archive.get_event(event_id)
    place = find_place(archive.snapshot.number, {"get_event": event.id}, cursor)
    wanted = event.claims[place.start : place.start + limit]
    rows = {row["claim_id"]: row for row in archive.claims(claim=list(wanted)).rows()} if wanted else {}
    evidence = [tell_claim(read_claim(rows[claim_id]), rows[claim_id]) for claim_id in wanted if claim_id in rows]
    return {
        "event": tell_event_details(event), "evidence": evidence,
        **({"asked": event_id, "merged_into": event.id} if event.id != event_id else {}),
        **tell_more(place, len(wanted), len(event.claims), "claims"),
    }  # fmt: skip


def search_reports(archive: Archive, words: str, filters: Mapping[str, Any], limit: int, cursor: str | None) -> Told:
    """Reports by their words, the best first, and the events that each tells."""
    place = find_place(archive.snapshot.number, {"search_reports": words, **filters}, cursor)
    hits = archive.search(words, limit=REACH + 1, **filters)
    page = hits[place.start : min(place.start + limit, REACH)]
    ids = [hit.report_id for hit in page]
    events = list(archive.events(report=ids).limit(_MOST_CARRIED)) if ids else []
    carried = find_carried(events, ids)
    return {
        "reports": [_tell_hit(hit, carried[hit.report_id]) for hit in page],
        **tell_more(place, len(page), len(hits), "reports"),
        "total_is_at_least": len(hits) > REACH,
    }  # fmt: skip


def _find_meant(archive: Archive, name: str) -> Told:
    """Whom the filters take this name for; where it could be several or nobody, why."""
    try:
        found = archive.directory.find(name)
    except ArchiveError as error:
        return {"is_clear": False, "retrieved_text": str(error)}
    counted = found.codes | archive.directory.find_codes(found.ids)
    return {
        "is_clear": True, "codes": sorted(found.codes), "counted_under": sorted(counted),
        "retrieved_text": {"ids": sorted(found.ids)},
    }  # fmt: skip


def _tell_actor(archive: Archive, named: Named) -> Told:
    own = named.id.removeprefix("state:") if named.id.startswith("state:") else named.id
    query = archive.events(either=own)
    counts = query.count()
    newest = [row["event_id"] for row in query.limit(IDS).rows()]
    return {
        "code": named.code, "counts": tell_counts(counts), "event_ids": newest,
        "event_ids_left_out": counts.events - len(newest),
        "retrieved_text": {"id": named.id, **_tell_names(named.names)},
    }  # fmt: skip


def _tell_names(names: Sequence[str | None]) -> Told:
    known = [name for name in names if name]
    return {"name": known[0] if known else None, **tell_some(known[1:], "other_names")}


def _tell_hit(hit: Hit, event_ids: Sequence[str]) -> Told:
    return {
        "report_id": hit.report_id, "date": hit.date, "passage_start": hit.passage_start, **tell_ids(event_ids),
        "retrieved_text": {"title": hit.title, "outlet": hit.outlet, "passage": hit.passage},
    }  # fmt: skip
