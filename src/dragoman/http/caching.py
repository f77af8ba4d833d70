"""What need not be answered twice: an answer depends on the snapshot, the question and the version, and on nothing else."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from dragoman import __version__

_KEPT = ("content-type", "content-security-policy", "content-disposition", "link")
_PINNED = "private, max-age=86400, immutable"
"""An answer from a snapshot that the caller named; the version of Dragoman may change its words, so a day and not for ever."""
_NEWEST = "private, no-cache"


MOST_BYTES = 64_000_000
"""Bytes of answers that are kept: a morning's screens."""
_LARGEST = 4_000_000
"""Bytes of the largest answer that is kept."""


@dataclass(slots=True)
class Bodies:
    """Answers by their tag: the same question to the same snapshot is answered once. The longest unused are forgotten."""

    most: int = MOST_BYTES
    size: int = 0
    _known: OrderedDict[str, tuple[bytes, dict[str, str]]] = field(default_factory=OrderedDict)

    def find(self, tag: str) -> Response | None:
        """The answer of that tag."""
        if tag not in self._known:
            return None
        self._known.move_to_end(tag)
        body, headers = self._known[tag]
        return Response(body, headers=headers)

    def keep(self, tag: str, response: Response) -> None:
        """Keep an answer that is whole."""
        body = bytes(response.body)
        if response.status_code != 200 or len(body) > _LARGEST or tag in self._known:
            return
        self._known[tag] = (body, {name: response.headers[name] for name in _KEPT if name in response.headers})
        self.size += len(body)
        while self.size > self.most:
            _, (old, _) = self._known.popitem(last=False)
            self.size -= len(old)


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
