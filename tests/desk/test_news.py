"""News on the desk while the page is open: new claims, alerts of whom is watched, and a line that breaks. A server of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from launched import launch
from settled import settle, wait_until
from typer.testing import CliRunner

from dragoman.cli.app import app

TEXT = (
    "Sudden visit\n\nRussian Foreign Minister Sergei Lavrov visited Pyongyang on Friday. {} He met officials there.\n"
)


@pytest.fixture(scope="module")
def own_archive(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that grows."""
    return Path(shutil.copytree(archive, tmp_path_factory.mktemp("news") / "a"))


class Served:
    """A server that can be ended and begun again at the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.base, self.link = folder, "0", "", ""
        self.begin()

    def begin(self) -> None:
        self.process, self.link = launch(self.folder, port=self.port)
        self.base = self.link.split("/?")[0]
        self.port = self.base.rpartition(":")[2]

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def served(own_archive: Path) -> Iterator[Served]:
    server = Served(own_archive)
    yield server
    server.end()


@pytest.fixture(scope="module")
def window(browser: Any, served: Served) -> Iterator[Any]:
    found = httpx.get(served.link, follow_redirects=False).headers["set-cookie"].partition(";")[0].partition("=")
    opened = browser.new_context(viewport={"width": 1200, "height": 900})
    opened.add_cookies([{"name": found[0], "value": found[2], "url": served.base}])
    yield opened
    opened.close()


def add_report(folder: Path, number: int) -> None:
    """Another report, as a second process adds it while the page is open."""
    path = folder.parent / f"late-{number}.jsonl"
    record = {
        "id": f"late-{number}",
        "text": TEXT.format("Snow fell. " * number),
        "date": "2027-03-05",
        "outlet": f"Wire {number}",
    }
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["add", str(path), "--archive", str(folder), "--quiet"])
    assert result.exit_code == 0, result.output


def show_new(page: Any) -> None:
    """Asks for what is new, where something is: claims come in one snapshot, and the events made of them in the next."""
    page.get_by_role("button", name="Show new").evaluate_all("buttons => buttons.forEach(button => button.click())")


def test_new_claims_are_counted_and_shown_when_asked_for(window: Any, served: Served) -> None:
    page = window.new_page()
    page.goto(served.base + "/data?either=PRK&since=2027")
    settle(page)
    before = page.locator(".event-line").count()
    add_report(served.folder, 1)
    page.wait_for_selector("[data-news]")
    wait_until(page, lambda: "new claim" in page.locator("[data-news]").inner_text())
    assert page.locator(".event-line").count() == before

    wait_until(page, lambda: show_new(page) or page.locator(".event-line").count() > before)

    assert page.locator("[data-news]").count() == 0
    page.close()


def test_a_watched_pair_raises_an_alert_on_every_screen(window: Any, served: Served) -> None:
    page = window.new_page()
    page.goto(served.base + "/dyads/PRK-RUS")
    with page.expect_request("**/v1/live?watch=*"):
        page.locator("button.watch").click()
    page.locator("nav").get_by_role("link", name="Method").click()
    settle(page)
    record = {
        "id": "late-9",
        "text": "Talks\n\nNorth Korea rejected a Russian offer of grain on Monday, 5 April 2027.\n",
        "date": "2027-04-05",
        "outlet": "Wire 9",
    }
    path = served.folder.parent / "late-9.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["add", str(path), "--archive", str(served.folder), "--quiet"]).exit_code == 0
    page.wait_for_selector("[data-alerts] li")

    alert = page.locator("[data-alerts] li").first
    assert "PRK,RUS" in alert.inner_text() and "rejected a Russian offer" in alert.inner_text()
    alert.get_by_role("link").click()
    page.wait_for_selector("mark.is-trigger")
    alerts = page.locator("[data-alerts] li").count()
    page.locator("[data-alerts]").get_by_role("button", name="put away").first.click()
    assert page.locator("[data-alerts] li").count() == alerts - 1
    page.close()


def test_a_broken_line_is_told_until_the_server_is_back(window: Any, served: Served) -> None:
    page = window.new_page()
    page.goto(served.base + "/method")
    settle(page)
    served.end()
    page.wait_for_selector("[data-stale]")
    told = page.locator("[data-stale]").inner_text()
    assert "broke at" in told and "out of date" in told and "snapshot" in told

    served.begin()
    found = httpx.get(served.link, follow_redirects=False).headers["set-cookie"].partition(";")[0].partition("=")
    window.add_cookies([{"name": found[0], "value": found[2], "url": served.base}])
    page.get_by_role("button", name="Try now").click()
    wait_until(page, lambda: page.locator("[data-stale]").count() == 0)
    page.close()
