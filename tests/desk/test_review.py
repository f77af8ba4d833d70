"""Review on the desk: a claim put right field by field, split off its event, judged by two, and all by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from settled import wait_until


@pytest.fixture
def review(page: Any, base: str) -> Iterator[Any]:
    page.add_init_script("localStorage.setItem('dragoman.by', 'Ada')")
    page.goto(base + "/review")
    page.wait_for_selector(".review-card")
    yield page


def find_last(page: Any, base: str) -> dict[str, Any]:
    last: dict[str, Any] = page.request.get(base + "/v1/reviews.json").json()["items"][-1]
    return last


def test_parties_words_day_and_place_are_put_right_and_exported_in_the_guides_shape(review: Any, base: str) -> None:
    sentence = review.locator(".review-card .said").inner_text()
    words = sentence.split()[0]
    review.keyboard.press("f")
    form = review.locator("form.fix")
    form.get_by_label("Words of the act").fill(words)
    form.locator("fieldset", has_text="Recipients").get_by_role("button", name="add").click()
    side = form.locator("fieldset", has_text="Recipients").locator(".fix-party").last
    side.get_by_role("combobox").press_sequentially("sweden")
    side.locator("[role=option]").first.wait_for()
    side.get_by_role("combobox").press("Enter")
    form.get_by_label("Day, month or year").fill("2024-06")
    form.get_by_label("Words of the place").fill(words)
    form.get_by_label("Its state").fill("swe")
    review.keyboard.press("Control+Enter")
    review.wait_for_selector("text=1 judged now")

    fix = find_last(review, base)["fix"]
    assert fix["trigger"] == words and fix["date"] == "2024-06"
    assert fix["place"] == {"text": words, "country": "SWE"}
    assert fix["recipients"][-1] == {"text": "", "code": "SWE", "name": "Sweden"}
    lines = review.request.get(base + "/v1/reviews.jsonl?by=Ada").text().splitlines()
    coded = [claim for line in lines for claim in json.loads(line)["claims"] if not claim["doubt"]]
    assert any(claim["trigger"] == words and claim["place"] == fix["place"] for claim in coded)


def test_words_that_dont_stand_in_the_sentence_cant_be_saved(review: Any) -> None:
    review.keyboard.press("f")
    review.get_by_label("Words of the act").fill("sang a song")

    assert "doesn't stand in the sentence" in review.locator(".fix .bad").inner_text()
    assert review.get_by_role("button", name="Save the fix").is_disabled()
    review.keyboard.press("Escape")
    assert review.locator("form.fix").count() == 0


def test_marked_words_go_into_the_field_one_was_in(review: Any) -> None:
    review.keyboard.press("f")
    review.get_by_label("Words of the act").focus()
    word = review.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector('.review-card .said'), NodeFilter.SHOW_TEXT);
          let node = walker.nextNode();
          while (node && !/[a-z]{3}/.test(node.textContent)) node = walker.nextNode();
          const range = document.createRange();
          range.selectNodeContents(node);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          document.querySelector('.review-card .said').dispatchEvent(new MouseEvent('mouseup', {bubbles: true}));
          return node.textContent.trim();
        }"""
    )

    assert review.get_by_label("Words of the act").input_value() == word


def test_a_claim_is_split_off_its_event_by_key(review: Any, base: str) -> None:
    items = review.request.get(base + "/v1/review/next?by=Ada&limit=50").json()["items"]
    for item in items:
        event = review.request.get(f"{base}/v1/events/{item['event_id']}").json()
        if sum(len(report["claims"]) for report in event["reports"]) > 1:
            break
    else:
        pytest.fail("no claim of a larger event is in the queue")
    for _ in range(items.index(item)):
        review.keyboard.press("ArrowRight")
    review.wait_for_selector(f".review-card a[href*='claim={item['id']}']")
    review.keyboard.press("s")
    review.get_by_label("Why this sentence tells of something else").fill("another meeting")
    review.get_by_role("button", name="Split it off").click()
    review.wait_for_selector("text=Split off.")

    after = review.request.get(f"{base}/v1/claims/{item['id']}").json()
    held = review.request.get(f"{base}/v1/events/{after['event_id']}").json()
    told = [claim["id"] for report in held["reports"] for claim in report["claims"]]
    assert item["id"] in told and len(told) < sum(len(report["claims"]) for report in event["reports"])


def test_a_second_look_tells_how_two_agree(review: Any, base: str) -> None:
    review.keyboard.press("n")
    review.wait_for_selector("text=1 judged now")
    judged = find_last(review, base)["claim_id"]
    review.get_by_label("Your name").fill("Ben")
    review.get_by_role("button", name="second look").click()
    review.wait_for_url("**second=1**")
    review.wait_for_selector(".review-card")
    queue = [
        each["id"] for each in review.request.get(base + "/v1/review/next?by=Ben&second=true&limit=50").json()["items"]
    ]
    assert judged in queue
    for _ in range(queue.index(judged)):
        review.keyboard.press("ArrowRight")
    assert "you said" not in review.locator(".review-card").inner_text()
    review.keyboard.press("y")

    wait_until(review, lambda: "Ada and Ben" in review.locator("#agreement table").inner_text())
    pair = next(p for p in review.request.get(base + "/v1/review/agreement").json()["pairs"] if p["second"] == "Ben")
    assert judged in {each["claim_id"] for each in pair["differ"]}
