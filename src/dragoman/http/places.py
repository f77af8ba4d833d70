"""``/v1/places``: where events happened. The coordinates of a country are its middle, and ``precision`` says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.archive.parts import quote
from dragoman.archive.query import Query as Question
from dragoman.http import shapes
from dragoman.http.asking import told
from dragoman.http.filters import ListAsked, PlacesAsked
from dragoman.http.lists import Listing, answer_list, ask_checked
from dragoman.http.paging import find_sql
from dragoman.http.too_much import MOST_EVENTS

router = APIRouter(tags=["places"])
FORMATS = ("json", "jsonl", "csv", "geojson")
_COLUMNS = ("id", "name", "country", "lat", "lon", "kind", "precision", "events", "reports", "outlets")
_PLACES = """
WITH chosen AS (SELECT * FROM events {where})
SELECT concat_ws('/', coalesce(place_country, '-'), place, coalesce(round(place_lat, 3)::VARCHAR, '-'),
        coalesce(round(place_lon, 3)::VARCHAR, '-')) AS id,
    any_value(place) AS name, any_value(place_country) AS country, any_value(place_lat) AS lat, any_value(place_lon) AS lon,
    max(place_kind) AS kind, max(place_precision) AS precision, count(*)::INTEGER AS events,
    len(list_distinct(flatten(list(reports))))::INTEGER AS reports,
    len(list_distinct(flatten(list(outlets))))::INTEGER AS outlets
FROM chosen WHERE place IS NOT NULL GROUP BY 1{having}"""


def ask_places(archive: Archive, asked: ListAsked) -> Question:
    """Where events of these filters happened."""
    events = archive.events(**asked.find_filters())
    known = asked.precision if isinstance(asked, PlacesAsked) else []
    having = f" HAVING max(place_precision) IN ({', '.join(quote(each) for each in known)})" if known else ""
    sql = _PLACES.replace("{having}", having)
    return Question(archive, sql, _COLUMNS, ('"events" DESC', '"id"'), events.tables, events.find_where)


def find_places(archive: Archive, asked: ListAsked, most: int) -> list[dict[str, Any]]:
    """Where most events of these filters happened, so many places."""
    query, where = ask_checked(archive, ask_places, asked)
    sql, values = find_sql(query, where)
    rows = archive.engine.find_rows(
        f"SELECT * FROM ({sql}) ORDER BY events DESC, id LIMIT {most:d}", values, tables=["events"]
    )
    return brief_places(archive, rows)


def brief_places(archive: Archive, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **{name: row[name] for name in ("id", "name", "country", "lat", "lon", "kind", "precision")},
            "counts": {name: row[name] for name in ("events", "reports", "outlets")},
        }
        for row in rows
    ]


PLACES = Listing(
    ask=ask_places,
    key="id",
    sorts={"events": "INTEGER", "reports": "INTEGER", "name": "VARCHAR", "country": "VARCHAR", "id": "VARCHAR"},
    default="-events",
    brief=brief_places,
    count="SELECT count(*) AS places, coalesce(sum(events), 0) AS events FROM chosen",
    columns=_COLUMNS,
    most_events=MOST_EVENTS,
    formats=FORMATS,
    find_place=lambda place: place,
)


@router.get("/v1/places", responses=told(shapes.RecordList, media=FORMATS))
async def list_places(request: Request, asked: Annotated[PlacesAsked, Query()]) -> Response:
    """Places of events, those of most events first."""
    return await answer_list(request, PLACES, asked)
