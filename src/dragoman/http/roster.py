"""``/v1/roster``: parties that the roster or the archive knows, found as one types: what a fix may name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from dragoman.archive import Archive
from dragoman.archive.parties import Named, load_listed
from dragoman.http import shapes
from dragoman.http.asking import answer_one, told
from dragoman.http.filters import Asked, Words

router = APIRouter(tags=["actors"])


class RosterAsked(Asked):
    """Who is meant."""

    q: Annotated[Words, Field(description="Beginning of a word of a name, or of a code.")]
    limit: Annotated[int, Field(ge=1, le=100)] = 20


@router.get("/v1/roster", responses=told(shapes.RecordList))
async def list_roster(request: Request, asked: Annotated[RosterAsked, Query()]) -> Response:
    """Parties whose code, or a word of whose name, begins so: those whose whole name or code it is first, then states."""

    def find(archive: Archive) -> dict[str, Any]:
        return {"items": find_begun(archive, asked.q, asked.limit), "snapshot": archive.snapshot.number}

    return await answer_one(request, find, snapshot=asked.snapshot)


def find_begun(archive: Archive, words: str, most: int) -> list[dict[str, Any]]:
    """Parties with a code; those of the archive that the roster lacks go along."""
    key = words.casefold().strip()
    named = {each.id: each for each in (*archive.directory.find_named(words), *load_listed()) if each.code}
    ranked = sorted(
        ((rank, not each.id.startswith("state:"), each.names[0] or "", each.id, each)
         for each in named.values() if (rank := _rank(each, key)) is not None),
        key=lambda row: row[:4],
    )  # fmt: skip
    return [{"id": each.id, "code": each.code, "name": each.names[0]} for *_, each in ranked[:most]]


def _rank(named: Named, key: str) -> int | None:
    """0: called so; 1: a code or name begins so; 2: a word of a name does; ``None``: none of these."""
    names = [name.casefold() for name in _words(named)]
    if key in names:
        return 0
    if any(name.startswith(key) for name in names):
        return 1
    return 2 if any(f" {key}" in name for name in names) else None


def _words(named: Named) -> Iterable[str]:
    return (name for name in (named.code, *named.names) if name)
