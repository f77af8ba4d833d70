"""The ways through the desk: every number opens to the sentence that made it, and an address says all that is seen."""

from __future__ import annotations

from typing import Any

import pytest

LIT = "mark.span.is-trigger"


def find_event(page: Any, **asked: str) -> dict[str, Any]:
    """The first event that the API gives for these filters."""
    answer = page.request.get("/v1/events", params={**asked, "limit": "1"})
    found: dict[str, Any] = answer.json()["items"][0]
    return found


def test_an_event_shows_its_sentence_with_the_act_lit(page: Any) -> None:
    event = find_event(page, dyad="PRK,RUS", type="AID")
    page.goto(f"/events/{event['id']}")
    page.wait_for_selector(LIT)

    claim = page.request.get(f"/v1/events/{event['id']}").json()["reports"][0]["claims"][0]
    act = next(span["text"] for span in claim["spans"] if span["role"] == "trigger")
    assert page.locator(".said").first.locator(LIT).first.inner_text() == act
    assert page.locator(".said .lit").first.inner_text() == claim["sentence"]


def test_from_a_dyad_to_the_sentence_are_at_most_three_clicks(page: Any) -> None:
    page.goto("/dyads/PRK-RUS")
    page.locator("#events .event-line a").first.click()
    page.wait_for_selector(LIT)
    page.locator("a[data-evidence]").first.click()
    page.wait_for_selector(".text .is-picked-sentence " + LIT)

    assert page.url.partition("?")[2].startswith("claim=cl_")


def test_back_leads_to_where_one_was(page: Any) -> None:
    page.goto("/dyads/PRK-RUS?unit=year")
    page.locator("#events .event-line a").first.click()
    page.wait_for_selector(LIT)
    page.go_back()
    page.wait_for_selector("#series svg")

    assert page.url.endswith("/dyads/PRK-RUS?unit=year")


def test_a_filter_set_on_the_page_is_shared_by_its_link(page: Any, browser: Any, link: str, state: Any) -> None:
    page.goto("/data")
    page.select_option("#filter-name", "status")
    page.select_option("#filter-value", "planned")
    page.get_by_role("button", name="Add filter").click()
    page.wait_for_url("**/data?*status=planned*")
    context = browser.new_context(storage_state=state)
    other = context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".pill")

    assert "planned" in other.locator(".pill").inner_text()
    expected = page.request.get("/v1/events", params={"status": "planned"}).json()["count"]["events"]
    assert other.locator("main a[href^='/events/ev_']").count() == expected > 0
    context.close()


def test_pointing_at_a_field_lights_its_words_alone(page: Any) -> None:
    event = find_event(page, dyad="PRK,RUS", type="AID", status="occurred")
    page.goto(f"/events/{event['id']}")
    page.wait_for_selector(LIT)
    page.locator(".fields button", has_text="recipient").focus()
    page.wait_for_selector("mark.is-recipient.is-picked")

    assert page.locator("mark.is-trigger.is-picked:not(.is-recipient)").count() == 0


def test_a_word_of_a_report_finds_the_report(page: Any) -> None:
    page.goto("/")
    page.locator("#find").fill("grain")
    page.locator("#find").press("Enter")
    page.locator("#reports .hits a", has_text="grain").first.click()
    page.wait_for_selector(".text")

    assert "2,000 tonnes of grain" in page.locator(".text").inner_text()


def test_a_copy_is_folded_under_the_text_it_repeats(page: Any) -> None:
    events = page.request.get("/v1/events", params={"since": "2024-10-18", "until": "2024-10-21"}).json()["items"]
    event = next(each for each in events if each["counts"]["reports"] == 2 and each["texts"] == 1)
    page.goto(f"/events/{event['id']}")
    page.wait_for_selector(".copies summary")

    assert "from the same text" in page.locator(".copies summary").inner_text()


def test_a_text_with_markup_and_turned_direction_stays_text(page: Any) -> None:
    page.goto("/sources")
    page.locator("main textarea").fill("Russia attacked <img src=x onerror=alert(1)> Ukraine on Monday, \u202eofficials said.")
    page.locator("main form:has(textarea) button[type=submit]").click()
    page.wait_for_selector(LIT)

    assert page.locator("main img").count() == 0
    assert page.locator(".hidden-character").first.inner_text() == "U+202E"


def test_an_address_that_leads_nowhere_says_so(page: Any) -> None:
    page.goto("/events/ev_0000000000000000")
    page.wait_for_selector("main .note")

    assert "Not in this archive" in page.locator("main").inner_text()


@pytest.mark.parametrize("key, path", [("d", "/data"), ("n", "/network"), ("t", "/method")])
def test_keys_lead_to_screens(page: Any, key: str, path: str) -> None:
    page.goto("/")
    page.wait_for_selector("h1")
    page.keyboard.press("g")
    page.keyboard.press(key)
    page.wait_for_url(f"**{path}")


def test_keys_do_nothing_while_one_types(page: Any) -> None:
    page.goto("/")
    page.locator("#find").press_sequentially("gd")

    assert page.locator("#find").input_value() == "gd"
    assert page.evaluate("location.pathname") == "/"


def test_a_fix_in_review_is_kept_as_the_person_gave_it(page: Any) -> None:
    claim = page.request.get("/v1/review/next", params={"limit": "1"}).json()["items"][0]
    page.goto("/review")
    page.wait_for_selector(".review-card")
    page.keyboard.press("f")
    page.get_by_label("Type").select_option("CONSULT")
    page.get_by_role("button", name="Save the fix").click()
    page.get_by_text("1 judged now").wait_for()

    kept = page.request.get("/v1/reviews.json").json()["items"][-1]
    assert (kept["claim_id"], kept["verdict"], kept["fix"]) == (claim["id"], "fixed", {"event_type": "CONSULT"})


def test_python_copied_from_a_dyad_asks_for_that_dyad(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/dyads/PRK-RUS")
    page.locator("#series .copy summary").click()
    page.locator("#series").get_by_role("button", name="as Python").click()
    code = page.evaluate("navigator.clipboard.readText()")

    assert 'archive.events(dyad="PRK,RUS").df()' in code
