"""``/v1/live``: server-sent events when a snapshot comes: its number, the claims that are new in it, and what was watched for.

Source: HTML standard, server-sent events.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import Field

from dragoman.archive import Archive
from dragoman.archive.manifest import Part
from dragoman.archive.parts import connect, quote
from dragoman.batch.alerts import check_asked, find_alerts, find_generation, to_record
from dragoman.errors import ArchiveError
from dragoman.http.errors import Problem, busy
from dragoman.http.filters import Asked, Words
from dragoman.http.opened import Shelf

router = APIRouter(tags=["live"])
_LOOK = 1.0
"""Seconds between looks for a new snapshot."""
_BEAT = 15.0
"""Seconds after which silence is broken, so that nobody between takes the line for dead."""
_MOST_IDS = 1_000
"""Ids told of one snapshot; more are counted."""


_MOST_ALERTS = 50
"""New events told of one snapshot; more are counted."""


class LiveAsked(Asked):
    """What to be told of beside snapshots."""

    watch: Annotated[
        list[Words],
        Field(default_factory=list, max_length=50, description="`A,B` or `A`: tell new events of this pair or party."),
    ]


@router.get("/v1/live", responses={200: {"content": {"text/event-stream": {}}}})
async def listen(request: Request, asked: Annotated[LiveAsked, Query()]) -> Response:
    """Events ``snapshot`` (``{"number"}``), ``claims`` (``{"ids", "count"}``) and ``alerts`` (``{"items", "count"}``): new
    events of whom is watched, as ``dragoman watch`` tells them."""
    state = request.app.state
    if state.listeners >= state.shelf.limits.streams:
        raise busy("too many listeners", 30)
    if asked.watch:
        await state.shelf.ask(request, lambda archive: check_watched(archive, asked.watch))
    return StreamingResponse(
        _tell(request, asked.watch), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


async def _tell(request: Request, watched: Sequence[str]) -> AsyncIterator[str]:
    state, shelf = request.app.state, request.app.state.shelf
    state.listeners += 1
    try:
        async for line in _follow(request, shelf, watched):
            yield line
    finally:
        state.listeners -= 1


async def _follow(request: Request, shelf: Shelf, watched: Sequence[str]) -> AsyncIterator[str]:
    seen = await shelf.run(shelf.get)
    yield _write("snapshot", {"number": seen.snapshot.number})
    silent = 0.0
    while not request.app.state.is_ending:
        await asyncio.sleep(_LOOK)
        silent += _LOOK
        newest = await shelf.run(shelf.get)
        if newest.snapshot.number != seen.snapshot.number:
            before, seen, silent = seen, newest, 0.0
            yield _write("snapshot", {"number": newest.snapshot.number})
            ids, count = await shelf.run(lambda: find_new_claims(before, newest))  # noqa: B023
            if count:
                yield _write("claims", {"ids": ids, "count": count})
            tell_new = partial(find_new_events, before, watched=watched)
            if watched and (alerts := await shelf.ask(request, tell_new)):
                yield _write("alerts", {"items": alerts[:_MOST_ALERTS], "count": len(alerts)})
        elif silent >= _BEAT:
            silent = 0.0
            yield ": still here\n\n"


def check_watched(archive: Archive, watched: Sequence[str]) -> None:
    """Refuse names that nobody has.

    Raises:
        Problem: A name is unknown, or could be several parties (400).
    """
    try:
        check_asked(archive, watched)
    except ArchiveError as error:
        raise Problem(400, str(error), parameter="watch") from error


def find_new_events(before: Archive, after: Archive, watched: Sequence[str]) -> list[dict[str, Any]]:
    """Events of these parties and pairs that came between two snapshots."""
    alerts = find_alerts(after, find_generation(before), watched, with_new_pairs=False)
    return [to_record(alert) for alert in alerts]


def find_new_claims(before: Archive, after: Archive) -> tuple[list[str], int]:
    """Ids of the claims in the parts that a snapshot has and the other has not, and how many there are."""
    known = {part.name for part in before.snapshot.parts}
    parts = [part for part in after.snapshot.find_parts("claims") if part.name not in known]
    if not parts or _is_rewritten(before, after):
        return [], 0
    paths = ", ".join(quote(str(after.path / part.name)) for part in parts)
    connection = connect(threads=1)
    try:
        rows = connection.execute(
            f"SELECT claim_id FROM read_parquet([{paths}]) ORDER BY 1 LIMIT {_MOST_IDS}"
        ).fetchall()
    finally:
        connection.close()
    return [row[0] for row in rows], sum(part.rows for part in parts)


def _is_rewritten(before: Archive, after: Archive) -> bool:
    """Whether parts were only joined into larger ones: their claims are not new."""

    def count(parts: list[Part]) -> int:
        return sum(part.rows for part in parts)

    return count(before.snapshot.find_parts("claims")) == count(after.snapshot.find_parts("claims"))


def _write(event: str, data: dict[str, Any]) -> str:
    return f"event: {event}\ndata: {json.dumps(data)}\n\n"
