"""The desk in a browser that runs no JavaScript: one reads on from the overview to a sentence, by links alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def still(browser: Any, base: str, session: tuple[str, str]) -> Iterator[Any]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": session[0], "value": session[1], "url": base}])
    yield context.new_page()
    context.close()


def test_one_reads_on_from_the_overview_to_a_sentence_in_its_report(still: Any, base: str) -> None:
    still.goto(base + "/")
    assert "What the reports tell" in still.locator("h1").inner_text()
    still.locator("table a[href^='/dyads/']").first.click()
    assert still.locator("h2:has-text('Through time')").first.inner_text()
    still.locator("table a[href^='/events/']").first.click()
    assert still.locator("blockquote mark").first.inner_text()
    still.locator("a[href^='/claims/']").first.click()
    still.locator("a[href^='/reports/']").first.click()
    still.locator("a[href*='#at-']").first.click()

    still.wait_for_url("**#at-*")
    marked = still.locator(f"#{still.url.partition('#')[2]}")
    assert marked.is_visible() and len(marked.inner_text()) > 10


def test_a_party_is_readable_and_leads_to_its_relations(still: Any, base: str) -> None:
    still.goto(base + "/actors/PRK")
    assert "North Korea" in still.locator("h1").inner_text()
    still.locator("table a[href^='/dyads/']").first.click()

    assert "events" in still.locator(".facts").nth(1).inner_text()


def test_a_map_a_network_and_a_search_are_tables_and_a_form(still: Any, base: str) -> None:
    still.goto(base + "/map")
    still.locator("table a[href^='/data']").first.click()
    still.wait_for_url("**/data?place=*")
    still.locator("li a[href^='/events/']").first.wait_for(state="visible")
    still.get_by_role("link", name="Network").click()
    still.locator("table a[href^='/dyads/']").first.click()
    assert still.locator("h2:has-text('Through time')").first.inner_text()
    still.get_by_role("link", name="Search").click()
    still.get_by_label("Words").fill("treaty")
    still.get_by_role("button", name="Search").click()
    still.locator("li a[href^='/reports/']").first.click()

    assert still.locator("article").inner_text()


def test_review_says_what_it_is_and_shows_its_queue(still: Any, base: str) -> None:
    still.goto(base + "/review")
    assert "needs JavaScript" in still.locator("main").inner_text()
    still.locator("li a[href^='/claims/']").first.click()

    assert still.locator("blockquote mark").first.inner_text()


def test_a_screen_that_needs_javascript_says_where_to_read_on(still: Any, base: str) -> None:
    still.goto(base + "/sources")
    still.locator("noscript a", has_text="overview").click()

    assert "What the reports tell" in still.locator("h1").inner_text()
