"""An archive asked through the protocol: real claims, events derived, one report written to mislead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bridged import Asker, build

pytest.importorskip("mcp.server.mcpserver", reason="needs the package mcp 2")


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("mcp") / "news")


@pytest.fixture(scope="session")
def ask(archive: Path) -> Iterator[Asker]:
    from dragoman.mcp.opened import Opened
    from dragoman.mcp.server import make_server

    opened = Opened(archive)
    yield Asker(make_server(opened))
    opened.close()
