"""axe-core finds nothing against WCAG 2.2 A and AA on the main screens, light and dark; narrow screens scroll one way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCREENS = [
    "/", "/dyads", "/dyads/PRK-RUS", "event", "report", "/actors/PRK", "/network", "/map", "/search?q=treaty", "/review",
    "/sources", "/data", "/method",
]  # fmt: skip


@pytest.fixture(scope="module")
def bare(browser: Any, link: str, state: Any) -> Iterator[Any]:
    """A page whose policy lets the checker in."""
    if not AXE.is_file():
        pytest.skip("no axe-core here: npm ci in web/")
    context = browser.new_context(base_url=link.partition("?")[0], storage_state=state, bypass_csp=True)
    yield context.new_page()
    context.close()


def open_screen(page: Any, path: str) -> None:
    if path in ("event", "report"):
        event = page.request.get("/v1/events", params={"dyad": "PRK,RUS", "type": "AID", "limit": "1"}).json()["items"][0]
        told = page.request.get(f"/v1/events/{event['id']}").json()["reports"][0]
        path = f"/events/{event['id']}" if path == "event" else f"/reports/{told['report_id']}?claim={told['claims'][0]['id']}"
    page.goto(path)
    page.wait_for_selector("main h1, main h2")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("path", SCREENS)
def test_axe_finds_no_violation(bare: Any, path: str) -> None:
    open_screen(bare, path)
    bare.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for scheme, only in (("light", RULES), ("dark", ["color-contrast"])):  # the rest is the same in the dark
        bare.emulate_media(color_scheme=scheme)
        told = bare.evaluate("only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only)
        found += [(scheme, each["id"], each["nodes"][0]["html"][:200]) for each in told["violations"]]

    assert found == []


@pytest.mark.parametrize("path", SCREENS)
def test_a_narrow_screen_scrolls_one_way(page: Any, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_screen(page, path)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
