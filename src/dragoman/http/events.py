"""``/v1/events``: what happened, each with its claims, reports and judgements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive, EventQuery
from dragoman.archive.event_queries import find_event_judgements
from dragoman.archive.event_rows import read_event
from dragoman.archive.schema import TABLES
from dragoman.domain import Event
from dragoman.http import shapes
from dragoman.http.asking import answer_one, brief_claims, check_id, find_claim_rows, told
from dragoman.http.briefs import brief_event, detail_event
from dragoman.http.errors import Problem
from dragoman.http.filters import Asked, ClaimsAsked, ListAsked
from dragoman.http.lists import Listing, answer_list

router = APIRouter(tags=["events"])
_HIDDEN = ("generation", "gone", "became")
FORMATS = ("json", "jsonl", "csv", "geojson", "atom")


def ask_events(archive: Archive, asked: ListAsked) -> EventQuery:
    """The question for events of a list's filters."""
    return archive.events(**asked.find_filters())


def brief_events(archive: Archive, rows: Sequence[Mapping[str, Any]]) -> list[shapes.EventBrief]:
    """Rows of events in the shape of the API."""
    return [brief_event(read_event(row)) for row in rows]


COUNT = (
    "SELECT (SELECT count(*) FROM chosen) AS events, (SELECT count(DISTINCT r) FROM (SELECT unnest(reports) AS r FROM chosen)) "
    "AS reports, (SELECT count(DISTINCT o) FROM (SELECT unnest(outlets) AS o FROM chosen)) AS outlets"
)
EVENTS = Listing(
    ask=ask_events,
    key="event_id",
    sorts={
        "day": "DATE", "confidence": "DOUBLE", "intensity": "DOUBLE", "texts": "INTEGER", "first_report": "DATE",
        "last_report": "DATE", "event_id": "VARCHAR",
    },
    default="-day",
    brief=brief_events,
    count=COUNT,
    columns=tuple(column.name for column in TABLES["events"].columns if column.name not in _HIDDEN),
    formats=FORMATS,
    find_place=lambda event: event["place"],
)  # fmt: skip


@router.get("/v1/events", responses=told(shapes.EventList, media=FORMATS))
async def list_events(request: Request, asked: Annotated[ClaimsAsked, Query()]) -> Response:
    """Events, the newest first."""
    return await answer_list(request, EVENTS, asked)


@router.get("/v1/events/{event_id}", responses=told(shapes.EventBrief))
async def get_event(request: Request, event_id: str, asked: Annotated[Asked, Query()]) -> Response:
    """One event in full. An id that was merged into another gives that one, with ``moved_from``."""
    check_id(event_id, "ev_")
    return await answer_one(request, lambda archive: find_event(archive, event_id), snapshot=asked.snapshot)


def find_event(archive: Archive, event_id: str) -> dict[str, Any]:
    """An event in full.

    Raises:
        Problem: There never was one of that id (404), or there is none any more (410); the reason is told.
    """
    event = follow_event(archive, event_id)
    claims = brief_claims(archive, find_claim_rows(archive, "claim_id", event.claims))
    reports = archive.engine.find_rows(
        "SELECT report_id, outlet, date, title, url, copy_of, version_of FROM reports "
        "WHERE report_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY date NULLS LAST, copy_of IS NOT NULL, report_id",
        [list(event.reports)], tables=["reports"],
    )  # fmt: skip
    record = detail_event(event, claims, reports, find_event_judgements(archive.engine, event.claims))
    return {**record, **({"moved_from": event_id} if event.id != event_id else {})}


def follow_event(archive: Archive, event_id: str) -> Event:
    """The event of that id, or the one that it was merged into.

    Raises:
        Problem: As ``find_event``.
    """
    name, seen = event_id, {event_id}
    while True:
        rows = archive.engine.find_rows(
            "SELECT * FROM every.events WHERE event_id = ? ORDER BY generation DESC LIMIT 1", [name], tables=["events"]
        )
        if not rows:
            raise Problem(404, f"no event {event_id!r} in snapshot {archive.snapshot.number}")
        if rows[0]["gone"] is None:
            return read_event(rows[0])
        if len(rows[0]["became"]) != 1 or rows[0]["became"][0] in seen:
            raise Problem(410, f"event {event_id} is no more: {rows[0]['gone']}")
        name = rows[0]["became"][0]
        seen.add(name)
