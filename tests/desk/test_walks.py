"""What a person does on the desk: from a relation to its sentence, a shared filter, a pasted text, a review, and all by key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from settled import settle

SCREENS = [
    "/",
    "/dyads",
    "/dyads/PRK-RUS",
    "/network",
    "/map",
    "/actors",
    "/search?q=treaty",
    "/review",
    "/sources",
    "/data",
    "/method",
]


def find_axe() -> str:
    """The script of axe-core that axe-playwright-python carries."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python isn't installed")
    return next(Path(package.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def test_from_a_relation_to_the_lit_sentence_in_three_clicks(page: Any, base: str) -> None:
    page.goto(base + "/")
    page.click("#dyads a:has-text('North Korea')")
    page.click("#events .event-line a[data-line]")
    page.wait_for_selector(".said mark.is-trigger")
    assert page.locator(".said mark.is-actor").count() >= 1
    page.click("[data-evidence]")

    assert page.locator(".text mark.is-trigger").first.inner_text()
    assert re.search(r"/reports/re_\w+\?claim=cl_", page.url)


def test_a_period_of_the_chart_opens_to_its_events(page: Any, base: str) -> None:
    page.goto(base + "/dyads/PRK-RUS")
    page.wait_for_selector(".chart .period")
    page.locator(".chart .period[aria-label*=' event']:not([aria-label*=' 0 events'])").first.click()

    page.wait_for_url("**period=*")
    assert "Events of" in page.locator("#events h2").inner_text()
    assert page.locator("#events .event-line").first.inner_text()


def test_a_filter_is_shared_by_its_link(context: Any, page: Any, base: str) -> None:
    page.goto(base + "/data?either=PRK")
    page.wait_for_selector(".event-line")
    page.select_option("#filter-name", "type")
    page.select_option("#filter-value", "AID")
    page.click("text=Add filter")
    page.wait_for_url("**type=AID**")
    settle(page)
    first = page.locator(".event-line a[data-line]").first.inner_text()

    other = context.new_page()
    other.goto(page.url)
    assert other.locator(".event-line a[data-line]").first.inner_text() == first
    other.close()


def test_a_pasted_text_is_read_at_once(page: Any, base: str) -> None:
    page.goto(base + "/sources")
    page.fill("[data-paste]", "Sweden imposed sanctions on Russia on Monday.")
    page.click("text=Read it")

    page.wait_for_selector(".claims button")
    assert "1 claim" in page.locator("#paste [role=status]").inner_text()
    assert page.locator(".text mark.is-trigger").inner_text() == "imposed"


def test_a_claim_is_judged_and_exported(page: Any, base: str) -> None:
    page.goto(base + "/review")
    page.wait_for_selector(".review-card")
    sentence = page.locator(".review-card .said").inner_text()
    page.keyboard.press("y")
    page.wait_for_selector("text=1 judged now")

    exported = page.request.get(base + "/v1/reviews.jsonl").text()
    assert sentence.strip()[:30] in exported


def test_the_keys_lead_through_a_list(page: Any, base: str) -> None:
    page.goto(base + "/dyads")
    page.wait_for_selector("[data-line]")
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    page.wait_for_url("**/dyads/*-*")
    page.wait_for_selector("#series")


def test_without_scripts_an_event_is_readable(browser: Any, context: Any, base: str) -> None:
    events = context.request.get(base + "/v1/events?limit=1").json()["items"]
    plain = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    page = plain.new_page()
    page.goto(f"{base}/events/{events[0]['id']}")

    assert events[0]["words"][:20] in page.inner_text("body")
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_are_accessible(context: Any, page: Any, base: str, scheme: str) -> None:
    axe = find_axe()
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in SCREENS:
        page.goto(base + path)
        settle(page)
        page.evaluate(axe)
        result = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        if result["violations"]:
            found[path] = [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]]
    assert found == {}


def test_nothing_is_asked_of_another_host(context: Any, page: Any, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/dyads/PRK-RUS", "/map"):
        page.goto(base + path)
        settle(page)

    assert asked and all(url.startswith(base) for url in asked)
