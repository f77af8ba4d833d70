"""The forms of an answer: chosen by the suffix of the address or by ``Accept``, and how rows are written in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape, quoteattr

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.http.errors import Problem
from dragoman.interchange.tables import Dialect, find_cell, write_cells, write_header

MEDIA = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "gexf": "application/gexf+xml",
    "atom": "application/atom+xml",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
_ACCEPTED = {
    **{media.partition(";")[0]: form for form, media in MEDIA.items()},
    "application/jsonl": "jsonl",
    "application/xml": "gexf",
}
_WHOLE = frozenset({"/v1/openapi.json"})
"""Paths that end like a suffix and have none."""


class Suffixes:
    """Takes the suffix of an address off, so that ``/v1/events.csv`` is ``/v1/events`` in another form."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/v1/") and scope["path"] not in _WHOLE:
            bare, dot, suffix = scope["path"].rpartition(".")
            if dot and suffix in MEDIA and "/" not in suffix:
                state = {**scope.get("state", {}), "suffix": suffix}
                scope = {**scope, "path": bare, "raw_path": bare.encode(), "state": state}
        await self.app(scope, receive, send)


def choose_format(request: Request, offered: Sequence[str]) -> str:
    """The form to answer in; the first offered where the caller doesn't mind.

    Raises:
        Problem: The form asked for isn't offered (406).
    """
    suffix = getattr(request.state, "suffix", None)
    if suffix:
        if suffix not in offered:
            raise Problem(406, f"not there as .{suffix}; there are {', '.join('.' + form for form in offered)}")
        return str(suffix)
    ranked = sorted(_read_accept(request.headers.get("accept", "")), key=lambda each: -each[1])
    for media, weight in ranked:
        if weight <= 0:
            continue
        if media in ("*/*", "application/*", "text/*", ""):
            return offered[0]
        if _ACCEPTED.get(media) in offered:
            return _ACCEPTED[media]
    if not ranked:
        return offered[0]
    raise Problem(
        406, f"not there in any of the types accepted; there are {', '.join(MEDIA[form] for form in offered)}"
    )


def link_next(request: Request, cursor: str | None) -> dict[str, str]:
    """The header that names the next page, in the same form; none where there is no next page."""
    if cursor is None:
        return {}
    rest = [(key, value) for key, value in request.query_params.multi_items() if key != "cursor"]
    suffix = getattr(request.state, "suffix", None)
    path = request.url.path + (f".{suffix}" if suffix else "")
    return {"Link": f'<{path}?{urlencode([*rest, ("cursor", cursor)])}>; rel="next"'}


def _read_accept(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(",")[:50]:
        media, *parameters = [piece.strip().lower() for piece in part.split(";")]
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        if media:
            try:
                yield media, float(weight)
            except ValueError:
                yield media, 0.0


def write_json(record: Any) -> bytes:
    """JSON in UTF-8. Half characters, which UTF-8 can't hold, become question marks; NaN never stands in it."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str, allow_nan=False).encode(
        "utf-8", "replace"
    )


def answer(record: Any, form: str = "json") -> Response:
    """A record as a JSON response."""
    return Response(write_json(record), media_type=MEDIA[form])


def write_lines(records: Iterable[Any]) -> Iterator[bytes]:
    """JSON Lines."""
    return (write_json(record) + b"\n" for record in records)


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, raw: bool = False) -> Iterator[bytes]:
    """CSV. Cells that spreadsheets would run as formulas begin with an apostrophe, unless they are asked for ``raw``."""
    dialect: Dialect = "csv" if raw else "excel"
    yield write_header(columns, "csv").encode()
    for row in rows:
        yield write_cells([find_cell(row.get(name)) for name in columns], dialect).encode("utf-8", "replace")


def write_geojson(
    records: Iterable[Mapping[str, Any]], find_place: Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
) -> dict[str, Any]:
    """A feature collection (RFC 7946) of records that have a place with coordinates.

    What the point stands for is the property ``precision``: the middle of a country is no address.
    """
    features = []
    for record in records:
        place = find_place(record)
        if place and place.get("lat") is not None and place.get("lon") is not None:
            point = {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
            properties = {**record, "precision": place.get("precision")}
            features.append({"type": "Feature", "id": record.get("id"), "geometry": point, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def write_atom(events: Sequence[Mapping[str, Any]], *, base: str, title: str, updated: str) -> str:
    """An Atom feed (RFC 4287) of event briefs; all text is plain and escaped."""
    entries = "".join(_write_entry(event, base, updated) for event in events)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{escape(base)}/v1/events</id><title>{escape(clean(title))}</title><updated>{_moment(updated)}</updated>"
        f"<author><name>Dragoman</name></author>{entries}</feed>"
    )


def _write_entry(event: Mapping[str, Any], base: str, updated: str) -> str:
    address = f"{base}/events/{quote(event['id'])}"
    return (
        f"<entry><id>{escape(address)}</id><title>{escape(clean(event['words']))}</title><link href={quoteattr(address)}/>"
        f"<updated>{_moment(event['last_report'] or event['day'] or updated)}</updated>"
        f"<category term={quoteattr(event['type'])}/><summary>{escape(clean(_summarise(event)))}</summary></entry>"
    )


def _summarise(event: Mapping[str, Any]) -> str:
    counts = event["counts"]
    return f"{event['status']}, {event['day'] or 'no day'}; {counts['reports']} reports, {counts['outlets']} outlets"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z" if len(day) == 10 else day


def clean(text: str) -> str:
    """Text without the characters that XML and HTML can't hold: a replacement character stands for each."""
    return "".join(character if _is_writable(character) else "\ufffd" for character in text)


def _is_writable(character: str) -> bool:
    if character < " ":
        return character in "\t\n\r"
    return not ("\x7f" <= character <= "\x9f" or "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff")
