"""``dragoman serve``: an archive in the browser and over HTTP, or a new token for it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError

_NEEDED = ("fastapi", "uvicorn")


def serve(archive: Path | None, options: dict[str, Any]) -> int:
    """Serve an archive until it is ended."""
    check_installed()
    from dragoman.http.serving import Serving, serve_archive

    return serve_archive(archive, Serving(**options))


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
