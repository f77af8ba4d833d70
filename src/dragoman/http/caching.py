"""What need not be answered twice: an answer depends on the snapshot, the question and the version, and on nothing else."""

from __future__ import annotations

import hashlib
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from dragoman import __version__

_PINNED = "private, max-age=86400, immutable"
"""An answer from a snapshot that the caller named; the version of Dragoman may change its words, so a day and not for ever."""
_NEWEST = "private, no-cache"


def find_tag(request: Request, snapshot: int, form: str) -> str:
    """A strong entity tag: number of the snapshot and a hash of everything else that the answer depends on."""
    asked = sorted((key, value) for key, value in request.query_params.multi_items() if key != "snapshot")
    text = repr((request.url.path, asked, form, __version__))
    return f'"{snapshot}-{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the caller has this very answer."""
    held = request.headers.get("if-none-match", "")
    return tag in {each.strip().removeprefix("W/") for each in held.split(",")}


def find_headers(tag: str, *, is_pinned: bool) -> dict[str, str]:
    """The headers of an answer that may be kept."""
    return {"ETag": tag, "Cache-Control": _PINNED if is_pinned else _NEWEST, "Vary": "Accept, Cookie, Authorization"}


def say_unchanged(headers: dict[str, str]) -> Response:
    return Response(status_code=304, headers=headers)


def keep(headers: dict[str, Any], response: Response) -> Response:
    """The response under these headers."""
    response.headers.update(headers)
    return response
