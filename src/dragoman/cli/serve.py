"""``dragoman serve``: an archive in the browser and over HTTP, or a new token for it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from dragoman.errors import DragomanError

_NEEDED = ("fastapi", "uvicorn")


_ENDING = 20
"""Seconds for a watch to end the question or unit at hand."""


def serve(archive: Path | None, options: dict[str, Any], *, watches: bool = False) -> int:
    """Serve an archive until it is ended; with ``watches`` its feeds are followed meanwhile, by a process of its own."""
    check_installed()
    from dragoman.http.serving import Serving, serve_archive

    with _watching(archive) if watches else nullcontext():
        return serve_archive(archive, Serving(**options))


@contextmanager
def _watching(archive: Path | None) -> Iterator[None]:
    """``dragoman watch`` beside this process: adding takes whole cores, and answers must not wait for it."""
    where = ["--archive", str(archive)] if archive else []
    before = signal.signal(signal.SIGTERM, _leave)
    watch = subprocess.Popen([sys.executable, "-m", "dragoman", "watch", *where])
    try:
        yield
    finally:
        watch.terminate()
        try:
            watch.wait(_ENDING)
        except subprocess.TimeoutExpired:
            watch.kill()
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """End as an exception, so that the watch is ended, too."""
    raise SystemExit(128 + number)


def make_token(path: Path | None, name: str, *, writes: bool) -> int:
    """Put a new token into a file and print it, once: the file holds its hash."""
    check_installed()
    from dragoman.http.tokens import add_token

    if path is None:
        raise DragomanError("name the file that holds the tokens: --token-file FILE")
    print(add_token(path, name, "write" if writes else "read"))
    return 0


def check_installed() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise DragomanError(f"this needs {' and '.join(missing)}: pip install 'dragoman[serve]'")
