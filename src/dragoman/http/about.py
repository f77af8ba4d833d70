"""``/v1/health``, ``snapshots``, ``feeds``, ``codebook``, ``method``: what answers here, and by what rules."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman import __version__
from dragoman.archive import Archive
from dragoman.archive.feeds import find_feeds
from dragoman.archive.schema import FORMAT
from dragoman.archive.snapshots import cite_snapshot, hash_snapshot, list_snapshots
from dragoman.http import formats
from dragoman.http.asking import answer_one, told
from dragoman.http.filters import Asked
from dragoman.http.opened import Shelf
from dragoman.interchange.citation import write_bibtex
from dragoman.interchange.method import RULES
from dragoman.relations.levels import list_rules

router = APIRouter(tags=["about"])

_FEED_KEYS = ("address", "title", "added", "state", "last", "failures", "next", "reason")


@router.get("/v1/health", responses=told(dict[str, Any]))
async def get_health(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Whether the archive answers, and how much it holds."""
    is_read_only = not request.app.state.writes
    shelf: Shelf = request.app.state.shelf

    def find(archive: Archive) -> dict[str, Any]:
        counts = archive.engine.find_rows(
            "SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM claims) AS claims, "
            "(SELECT count(*) FROM events) AS events",
            tables=["reports", "claims", "events"],
        )[0]  # fmt: skip
        return {
            "status": "ok", "version": __version__, "snapshot": archive.snapshot.number, "format": FORMAT, **counts,
            "read_only": is_read_only, **({"tally": archive.tally is not None} if shelf.is_large(archive) else {}),
        }  # fmt: skip

    state = "tally" if shelf.has_tally else ""
    return await answer_one(request, find, snapshot=asked.snapshot, state=state)


@router.get("/v1/snapshots", responses=told(dict[str, Any]))
async def get_snapshots(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """All snapshots, the newest first, and how to cite the one asked."""

    def find(archive: Archive) -> dict[str, Any]:
        cited = cite_snapshot(archive.engine)
        entries = [
            {
                "number": e.number, "name": e.name, "created": e.created, "note": e.note, "reports": e.reports,
                "claims": e.claims,
            }
            for e in list_snapshots(archive.path)
        ]  # fmt: skip
        return {
            "items": entries[::-1], "snapshot": archive.snapshot.number, "sha256": hash_snapshot(archive.snapshot),
            "citation": cited.text, "bibtex": write_bibtex([cited]),
        }  # fmt: skip

    return await answer_one(request, find, snapshot=asked.snapshot)


@router.get("/v1/feeds", responses=told(dict[str, Any]))
async def get_feeds(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The feeds that the archive follows, and how each is. They change between snapshots, so this isn't kept by anybody."""
    shelf: Shelf = request.app.state.shelf

    feeds = await shelf.ask(request, lambda archive: find_feeds(archive.path), snapshot=asked.snapshot)
    return formats.answer({"items": [{name: getattr(feed, name) for name in _FEED_KEYS} for feed in feeds]})


@router.get("/v1/codebook", responses=told(dict[str, Any]))
async def get_codebook(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The kinds of act: types and modes with their quads, scores and definitions; statuses and contexts."""
    return await answer_one(request, lambda _: _load_codebook(), snapshot=asked.snapshot)


@router.get("/v1/method", responses=told(dict[str, Any]))
async def get_method(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """What the numbers mean, and what made the claims."""

    def find(archive: Archive) -> dict[str, Any]:
        return {
            "version": __version__, "rules": dict(RULES),
            "levels": [{"word": word, "rule": rule} for word, rule in list_rules()],
            "coders": {key: dict(made) for key, made in archive.snapshot.coders.items()},
            "errors": _load_data("error_rates.json"),
            "snapshot": archive.snapshot.number, "citation": cite_snapshot(archive.engine).text,
        }  # fmt: skip

    return await answer_one(request, find, snapshot=asked.snapshot)


@lru_cache(maxsize=2)
def _load_data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("dragoman") / "_data" / name).read_bytes())
    return data


@lru_cache(maxsize=1)
def _load_codebook() -> dict[str, Any]:
    data = _load_data("codebook.json")
    return {
        "types": data["types"], "contexts": data["contexts"],
        "statuses": ["occurred", "ongoing", "planned", "conditional", "denied", "historical"],
    }  # fmt: skip
