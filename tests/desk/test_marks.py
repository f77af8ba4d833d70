"""What is seen: marks that open, fields that light their words, text that stays text, screens that are narrow."""

from __future__ import annotations

from typing import Any

import pytest
from settled import settle

LIT = "mark.span.is-trigger"


def test_a_mark_of_the_time_axis_opens_to_its_event_or_events(page: Any, base: str) -> None:
    page.goto(base + "/dyads/PRK-RUS")
    page.wait_for_selector(".dots a")
    words = page.locator(".dots a").first.get_attribute("aria-label")
    page.locator(".dots a").first.click()
    page.wait_for_selector("main .said, main .event-line")

    assert words and ("/events/ev_" in page.url or ("/data?" in page.url and "dyad=PRK,RUS" in page.url))


def test_back_leads_to_where_one_was(page: Any, base: str) -> None:
    page.goto(base + "/dyads/PRK-RUS?unit=year")
    page.locator("#events .event-line a[data-line]").first.click()
    page.wait_for_selector(LIT)
    page.go_back()
    page.wait_for_selector("#series svg")

    assert page.url.endswith("/dyads/PRK-RUS?unit=year")


def test_pointing_at_a_field_lights_its_words_alone(page: Any, base: str) -> None:
    events = page.request.get(base + "/v1/events?dyad=PRK,RUS&type=AID&limit=1").json()["items"]
    page.goto(f"{base}/events/{events[0]['id']}")
    page.wait_for_selector(LIT)
    page.locator(".fields button", has_text="recipient").focus()
    page.wait_for_selector("mark.is-recipient.is-picked")

    assert page.locator("mark.is-trigger.is-picked:not(.is-recipient)").count() == 0


def test_markup_and_turned_direction_stay_text(page: Any, base: str) -> None:
    page.goto(base + "/sources")
    page.fill("[data-paste]", "Russia attacked <img src=x onerror=alert(1)> Ukraine on Monday, \u202eofficials said.")
    page.click("text=Read it")
    page.wait_for_selector(".hidden-character")

    assert page.locator("main img").count() == 0
    assert page.locator(".hidden-character").first.inner_text() == "U+202E"


def test_an_event_that_never_was_is_told_so(page: Any, base: str) -> None:
    page.goto(base + "/events/ev_0000000000000000")
    page.wait_for_selector("main .note")

    assert "Not in this archive" in page.locator("main").inner_text()


def test_a_fix_in_review_is_kept_as_it_was_given(page: Any, base: str) -> None:
    claim = page.request.get(base + "/v1/review/next?limit=1").json()["items"][0]
    wanted = "CONSULT" if claim["type"] != "CONSULT" else "ACCUSE"
    page.goto(base + "/review")
    page.wait_for_selector(".review-card")
    page.keyboard.press("f")
    page.get_by_label("Type").select_option(wanted)
    page.get_by_role("button", name="Save the fix").click()
    page.wait_for_selector("text=1 judged now")

    kept = page.request.get(base + "/v1/reviews.json").json()["items"][-1]
    assert (kept["claim_id"], kept["verdict"], kept["fix"]) == (claim["id"], "fixed", {"event_type": wanted})


def test_python_copied_from_a_relation_asks_for_that_relation(context: Any, page: Any, base: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "/dyads/PRK-RUS")
    page.locator("#series .copy summary").click()
    page.locator("#series").get_by_role("button", name="as Python").click()
    page.wait_for_selector("text=Python copied")

    assert 'archive.events(dyad="PRK,RUS"' in page.evaluate("navigator.clipboard.readText()")


def test_events_without_a_place_are_counted_under_the_map(page: Any, base: str) -> None:
    every = page.request.get(base + "/v1/events?limit=1").json()["count"]["events"]
    placed = page.request.get(base + "/v1/places?limit=1").json()["count"]["events"]
    page.goto(base + "/map")
    page.wait_for_selector("text=no place:")

    assert f"no place: {every - placed} event" in page.locator("main").inner_text()


@pytest.mark.parametrize(
    "path", ["/", "/dyads", "/dyads/PRK-RUS", "/network", "/map", "/search?q=treaty", "/data", "/method"]
)
def test_a_narrow_screen_scrolls_one_way(page: Any, base: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(base + path)
    settle(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
