"""The desk in a real browser: Debian's Chromium, a real server on loopback, an archive of the bundled reports."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest
from launched import launch
from typer.testing import CliRunner

from dragoman.cli.app import app

STORIES = ("prk-rus", "lakeside-news-agency", "chollima")
"""Reports whose id begins so: enough for a living relation."""


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium here: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    lines = (files("dragoman") / "_data" / "demo.jsonl").read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if json.loads(line)["id"].startswith(STORIES)][:60]
    (folder / "in.jsonl").write_text("\n".join(chosen) + "\n", encoding="utf-8")
    result = CliRunner().invoke(
        app, ["add", str(folder / "in.jsonl"), "--archive", str(folder / "a"), "--quiet", "--timeout", "60"]
    )
    assert result.exit_code == 0, result.output
    return folder / "a"


@pytest.fixture(scope="session")
def link(archive: Path) -> Iterator[str]:
    """The link of a server that takes judgements; it ends with the tests."""
    server, found = launch(archive, "--write")
    try:
        yield found
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def session(link: str) -> tuple[str, str]:
    """Name and value of the cookie that the link is good for, once."""
    found = httpx.get(link, follow_redirects=False).headers["set-cookie"]
    name, _, value = found.partition(";")[0].partition("=")
    return name, value


@pytest.fixture(scope="module")
def context(browser: Any, link: str, session: tuple[str, str]) -> Iterator[Any]:
    """A browser's window that has the cookie; all its pages are served."""
    opened = browser.new_context(viewport={"width": 1200, "height": 900})
    opened.add_cookies([{"name": session[0], "value": session[1], "url": link.split("/?")[0]}])
    yield opened
    opened.close()


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A page on which no script may fail."""
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    opened.close()
    assert failures == []


@pytest.fixture(scope="session")
def base(link: str) -> str:
    return link.split("/?")[0]
