"""``/v1/live``: server-sent events when a snapshot comes: its number, and the claims that are new in it.

Source: HTML standard, server-sent events.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from dragoman.archive import Archive
from dragoman.archive.manifest import Part
from dragoman.archive.parts import connect, quote
from dragoman.http.errors import busy
from dragoman.http.filters import Asked
from dragoman.http.opened import Shelf

router = APIRouter(tags=["live"])
_LOOK = 1.0
"""Seconds between looks for a new snapshot."""
_BEAT = 15.0
"""Seconds after which silence is broken, so that nobody between takes the line for dead."""
_MOST_IDS = 1_000
"""Ids told of one snapshot; more are counted."""


@router.get("/v1/live", responses={200: {"content": {"text/event-stream": {}}}})
async def listen(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Events ``snapshot`` (``{"number"}``) and ``claims`` (``{"ids", "count"}``)."""
    state = request.app.state
    if state.listeners >= state.shelf.limits.streams:
        raise busy("too many listeners", 30)
    return StreamingResponse(_tell(request), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _tell(request: Request) -> AsyncIterator[str]:
    state, shelf = request.app.state, request.app.state.shelf
    state.listeners += 1
    try:
        async for line in _follow(request, shelf):
            yield line
    finally:
        state.listeners -= 1


async def _follow(request: Request, shelf: Shelf) -> AsyncIterator[str]:
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
        elif silent >= _BEAT:
            silent = 0.0
            yield ": still here\n\n"


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
