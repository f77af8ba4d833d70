"""What is too much to be counted at once: the page says what to do, and a press narrows it. The server's refusal is played
to the page as it is told of a large archive (tests/http/test_large.py has the real one); shorter spans are really asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from settled import settle, wait_until

from dragoman.http.errors import Problem, busy

SPANS = [
    {"since": "2024-12-14", "until": "2025-12-13", "days": 365, "events": 1234},
    {"since": "2025-11-14", "until": "2025-12-13", "days": 30, "events": 1},
]
ASKED = (
    "/v1/dyads",
    "/v1/ledger",
    "/v1/tallies",
    "/v1/commitments",
    "/v1/warnings",
    "/v1/network",
    "/v1/blocs",
    "/v1/actors",
    "/v1/places",
)


@pytest.fixture
def refused(page: Any) -> Iterator[Any]:
    """A page whose questions about relations are refused unless they are of some days."""
    problem = Problem(400, "more than 200,000 events; ask for a shorter span", parameter="since", more={"spans": SPANS})
    body = json.dumps(problem.tell())

    def answer(route: Any) -> None:
        address = urlsplit(route.request.url)
        if address.path.startswith(ASKED) and "since" not in parse_qs(address.query):
            route.fulfill(status=400, content_type="application/problem+json", body=body)
        else:
            route.continue_()

    page.route("**/v1/**", answer)
    yield page
    page.unroute("**/v1/**")


@pytest.mark.parametrize("path", ["/dyads/PRK-RUS", "/network?of=PRK", "/actors/PRK", "/dyads", "/actors", "/map", "/"])
def test_a_press_narrows_what_is_too_much(refused: Any, base: str, path: str) -> None:
    refused.goto(base + path)
    settle(refused)
    said = refused.locator(".too-much").first
    assert "Too much for one look" in said.inner_text() and "200,000 events" in said.inner_text()
    assert "14 Dec 2024 to 13 Dec 2025, 1,234 events" in said.inner_text()
    assert refused.locator("[role=alert]").count() == 0
    said.get_by_role("button", name="The last year").click()
    wait_until(refused, lambda: "since=2024-12-14" in refused.url)
    settle(refused)

    assert refused.locator(".too-much").count() == 0
    assert path == "/" or "until=2025-12-13" in refused.url


@pytest.mark.parametrize("path", ["/dyads/PRK-RUS", "/network"])
def test_days_can_be_chosen_and_all_days_asked_again(refused: Any, base: str, path: str) -> None:
    refused.goto(base + path)
    settle(refused)
    said = refused.locator(".too-much").first
    said.get_by_label("from").fill("2024-10-01")
    said.get_by_label("to", exact=True).fill("2024-10-31")
    said.get_by_role("button", name="Show these days").click()
    wait_until(refused, lambda: "since=2024-10-01&until=2024-10-31" in refused.url)
    settle(refused)
    assert "1 Oct 2024 to 31 Oct 2024" in refused.locator(".days").inner_text()
    refused.locator(".days a").click()
    wait_until(refused, lambda: "since" not in refused.url)
    settle(refused)

    assert refused.locator(".too-much").count() >= 1


def test_where_no_span_holds_few_enough_days_can_still_be_chosen(page: Any, base: str) -> None:
    body = json.dumps(Problem(400, "more than 200,000 events; ask for a shorter span", more={"spans": []}).tell())
    page.route(
        "**/v1/network**", lambda route: route.fulfill(status=400, content_type="application/problem+json", body=body)
    )
    page.goto(base + "/network")
    settle(page)

    assert "hold few enough" in page.locator(".too-much").first.inner_text()
    assert page.locator(".too-much input[type=date]").count() >= 2


def test_what_took_too_long_can_be_narrowed_or_tried_again(page: Any, base: str) -> None:
    body = json.dumps(busy("this took longer than 10 s; ask for less: fewer days, one type", 10).tell())
    slow = [True]

    def answer(route: Any) -> None:
        if slow[0]:
            route.fulfill(status=503, content_type="application/problem+json", body=body)
        else:
            route.continue_()

    page.route("**/v1/dyads/PRK-RUS**", answer)
    page.goto(base + "/dyads/PRK-RUS")
    settle(page)
    said = page.locator(".too-much")
    assert "Too slow for one look" in said.inner_text() and said.locator("input[type=date]").count() == 2
    slow[0] = False
    said.get_by_role("button", name="try again").click()
    page.wait_for_selector("#series")
