"""The app: its resources, what stands before them, and what they share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from dragoman import __version__
from dragoman.domain import Act
from dragoman.http import (
    about,
    actors,
    claims,
    desk,
    events,
    exchanges,
    judging,
    live,
    overview,
    places,
    reading,
    relations,
    reports,
    reviews,
    roster,
    search,
)
from dragoman.http.caching import Bodies
from dragoman.http.errors import Problem, tell_errors
from dragoman.http.formats import Suffixes
from dragoman.http.limits import Limits
from dragoman.http.lists import Kept
from dragoman.http.opened import Shelf
from dragoman.http.reading import Reader
from dragoman.http.safety import LOCAL, Guard
from dragoman.http.shapes import ProblemRecord
from dragoman.http.tokens import Keyring

_READING = (about, overview, events, claims, reports, search, actors, roster, places, relations, exchanges, live)
_WRITING = (judging, reading, reviews)
_DESCRIPTION = (
    "What a Dragoman archive holds: events, the claims they are made of, and the reports that make them. Values of one filter "
    "widen a question, several filters narrow it; a parameter that isn't known is refused. Every count is three: events, "
    "reports, outlets."
)


_COUNTS, _ACTS = 500, 3
"""Counts and lists of acts that are kept; an act takes about 1 kB."""


def make_app(
    archive: Path,
    *,
    keyring: Keyring,
    writes: bool = False,
    hosts: Iterable[str] = LOCAL,
    port: int = 8321,
    limits: Limits | None = None,
    web: Path = desk.WEB,
    is_eager: bool = False,
) -> Guard:
    """The app that serves one archive.

    Args:
        archive: Its folder.
        keyring: The tokens that are good.
        writes: Whether judgements, reviews and new texts are taken.
        hosts: Names and addresses under which it may be asked.
        port: Its port: a part of its cookie's name.
        limits: What one caller may ask for.
        web: Folder of the desk's build.
        is_eager: Load the model when the server starts, so that the first text handed in is read at once.

    Raises:
        ArchiveError: There is no archive, or it is damaged.
    """
    limits = limits or Limits()
    app = FastAPI(
        title="Dragoman", version=__version__, description=_DESCRIPTION, openapi_url="/v1/openapi.json", docs_url=None,
        redoc_url=None, lifespan=_live_on, redirect_slashes=False,
    )  # fmt: skip
    _hand_out(app, archive, limits)
    app.state.writes, app.state.web, app.state.is_eager = writes, web, writes and is_eager
    tell_errors(app)
    for room in (*_READING, *(_WRITING if writes else ())):
        app.include_router(room.router)
    app.include_router(reviews.readable)
    if not writes:
        _refuse_writing(app)
    app.include_router(desk.router)
    _describe_problems(app)
    return Guard(Suffixes(app), keyring=keyring, hosts=hosts, port=port, limits=limits)


def _hand_out(app: FastAPI, archive: Path, limits: Limits) -> None:
    """What the resources share."""
    state = app.state
    state.shelf, state.reader = Shelf(archive, limits), Reader(limits.reading_seconds)
    state.counts, state.bodies = Kept[dict[str, int]](_COUNTS), Bodies()
    state.acts = Kept[list[Act]](_ACTS)
    state.writing, state.listeners, state.is_ending = asyncio.Lock(), 0, False


@asynccontextmanager
async def _live_on(app: FastAPI) -> AsyncIterator[None]:
    if app.state.is_eager:
        app.state.reader.warm()
    yield
    app.state.is_ending = True
    app.state.reader.close()
    app.state.shelf.close()


def _refuse_writing(app: FastAPI) -> None:
    """Say why nothing can be written, where a client asks for it."""

    async def refuse() -> None:
        raise Problem(403, "this server only reads; 'dragoman serve --write' takes judgements, reviews and texts")

    for path in ("judgements", "read", "add", "reviews"):
        app.add_api_route(f"/v1/{path}", refuse, methods=["POST"], include_in_schema=False)


def _describe_problems(app: FastAPI) -> None:
    """Put the shape of a problem into the description, to which all routes point."""
    from pydantic import TypeAdapter

    make = app.openapi

    def describe() -> dict[str, object]:
        described = make()
        schemas = described.setdefault("components", {}).setdefault("schemas", {})
        schemas["ProblemRecord"] = TypeAdapter(ProblemRecord).json_schema()
        for operations in described["paths"].values():
            for operation in operations.values():
                if "HTTPValidationError" in str(operation["responses"].get("422")):
                    del operation["responses"]["422"]  # what FastAPI would answer; here it is a problem of status 400
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        return described

    app.openapi = describe  # type: ignore[method-assign]
