"""Waiting on the desk. The line for live news never rests, so the network's rest tells nothing; and the page's policy
forbids ``wait_for_function``, which would evaluate text in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

_SETTLED = """() => Boolean(document.querySelector('main h1, main .note'))
    && !document.querySelector('main .skeleton, main [aria-busy=true]')"""
_SECONDS = 30


def wait_until(page: Any, holds: Callable[[], bool]) -> None:
    """Wait until something holds of a page."""
    until = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < until, f"not so after {_SECONDS} s on {page.url}"
        page.wait_for_timeout(60)


def settle(page: Any) -> None:
    """Wait until a screen has drawn all it asked for: nothing is awaited, for two looks in a row."""
    for _ in range(2):
        wait_until(page, lambda: bool(page.evaluate(_SETTLED)))
        page.wait_for_timeout(80)
