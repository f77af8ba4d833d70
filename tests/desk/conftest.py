"""The desk in a real browser: a real archive of our own reports, the real server, Debian's Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.batch.merging import merge_archive

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REPORTS = Path(__file__).parent / "reports.jsonl"
"""Twelve reports of three outlets on one affair: a copy, figures that differ, a plan, a denial."""


@pytest.fixture(scope="session")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The one-time link of a server that may write, on an archive of the reports."""
    if CHROMIUM is None:
        pytest.skip("no chromium here: apt-get install chromium")
    folder = tmp_path_factory.mktemp("desk") / "news"
    run("add", str(REPORTS), "--archive", str(folder), "--workers", "1", "-q")
    merge_archive(folder)
    server = subprocess.Popen(
        [sys.executable, "-m", "dragoman", "serve", "--archive", str(folder), "--port", "0", "--write", "--no-open"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=find_environment(),
    )  # fmt: skip
    try:
        yield read_link(server)
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed")
    if CHROMIUM is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def state(browser: Any, link: str) -> Any:
    """The cookie that the link was exchanged for."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.wait_for_selector("h1")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def page(browser: Any, link: str, state: Any) -> Iterator[Any]:
    """A page of its own, under the server's policy; anything the browser refuses or a script throws fails the test."""
    context = browser.new_context(base_url=link.partition("?")[0], storage_state=state)
    context.set_default_timeout(10_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda told: faults.append(told.text) if "Content Security Policy" in told.text else None)
    yield opened
    context.close()
    assert faults == []


def run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "dragoman", *arguments], check=True, env=find_environment(), capture_output=True, timeout=120
    )


def find_environment() -> dict[str, str]:
    """This environment, with the package that is being tested first on the path."""
    source = str(Path(dragoman.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))}


def read_link(server: subprocess.Popen[str]) -> str:
    """The link that a server prints when it is ready."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line):
            return found[0]
    raise AssertionError("the server ended before it printed its link")
