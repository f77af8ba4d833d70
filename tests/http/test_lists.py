"""Lists: filtered, sorted, paged, counted; what isn't known is refused."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from served import Client

LISTS = ("events", "claims", "reports", "actors", "places")


def walk(client: Client, path: str) -> list[Any]:
    """All items of a list, page by page."""
    found, cursor = [], None
    while True:
        page = client.get(path + (f"&cursor={cursor}" if cursor else "")).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize("name", LISTS)
def test_a_walk_by_cursor_gives_every_row_exactly_once(client: Client, name: str) -> None:
    whole = client.items(f"/v1/{name}?limit=1000")

    walked = walk(client, f"/v1/{name}?limit=9")

    assert walked == whole
    ids = [item["id"] for item in walked]
    assert len(set(ids)) == len(ids) > 3


@pytest.mark.parametrize("sort", ["day", "-day", "confidence", "-texts", "first_report", "event_id", "-event_id"])
def test_a_walk_is_whole_in_every_order(client: Client, sort: str) -> None:
    walked = walk(client, f"/v1/events?limit=13&sort={sort}")

    assert sorted(item["id"] for item in walked) == sorted(item["id"] for item in client.items("/v1/events?limit=1000"))
    column = {"event_id": "id"}.get(sort.lstrip("-"), sort.lstrip("-"))
    values = [item[column] for item in walked if item[column] is not None]
    assert values == sorted(values, reverse=sort.startswith("-"))


def test_a_page_names_the_next_in_a_link_too(client: Client) -> None:
    response = client.get("/v1/events?limit=2&type=CONSULT")

    link = response.headers["link"]
    assert link.endswith('; rel="next"')
    rest = client.get(link.partition(">")[0].lstrip("<")).json()["items"]
    assert rest and {item["type"] for item in rest} == {"CONSULT"}


@pytest.mark.parametrize("name", [*LISTS, "overview", "health", "codebook", "search"])
def test_an_unknown_parameter_is_refused_by_name(client: Client, name: str) -> None:
    response = client.get(f"/v1/{name}?actr=RUS&q=treaty" if name == "search" else f"/v1/{name}?actr=RUS")

    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    problem = response.json()
    assert (problem["status"], problem["parameter"]) == (400, "actr")


def test_a_near_miss_is_told(client: Client) -> None:
    assert "did you mean 'actor'" in client.get("/v1/events?actr=RUS").json()["detail"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=1001", "limit"), ("limit=0", "limit"), ("limit=x", "limit"), ("type=SING", "type"),
        ("since=yesterday", "since"), ("since=2024-02-31", "since"), ("min_confidence=2", "min_confidence"),
        ("min_confidence=nan", "min_confidence"), ("actor=Atlantis", "actor"), ("sort=words", "sort"),
        ("dyad=PRK", "dyad"), ("snapshot=0", "snapshot"), ("actor=", "actor"), ("actor=%00", "actor"),
    ],
)  # fmt: skip
def test_a_value_that_cant_be_is_refused_by_parameter(client: Client, query: str, parameter: str) -> None:
    response = client.get(f"/v1/events?{query}")

    assert (response.status_code, response.json().get("parameter")) == (400, parameter)


def test_values_of_one_filter_widen_and_filters_narrow(client: Client) -> None:
    every = client.items("/v1/events?limit=1000")

    two = client.items("/v1/events?limit=1000&type=CONSULT&type=ACCUSE")
    narrow = client.items("/v1/events?limit=1000&type=CONSULT&type=ACCUSE&either=RUS")

    assert {e["id"] for e in two} == {e["id"] for e in every if e["type"] in ("CONSULT", "ACCUSE")}
    parties = [
        {p["code"] for p in e["actors"] + e["recipients"]} | {p["country"] for p in e["actors"] + e["recipients"]}
        for e in narrow
    ]
    assert narrow and len(narrow) < len(two) and all("RUS" in names for names in parties)


def test_an_actor_may_be_named_as_people_do(client: Client) -> None:
    assert client.items("/v1/events?actor=North Korea") == client.items("/v1/events?actor=PRK") != []


def test_a_dyad_asks_both_ways(client: Client) -> None:
    both = {event["id"] for event in client.items("/v1/events?dyad=PRK,RUS&limit=1000")}
    one = {event["id"] for event in client.items("/v1/events?actor=PRK&recipient=RUS&limit=1000")}
    other = {event["id"] for event in client.items("/v1/events?actor=RUS&recipient=PRK&limit=1000")}

    assert one and other and both == one | other


@pytest.mark.parametrize("query", ["outlet=The Harbour Wire", "claimant=RUS", "text=treaty", "status=planned"])
def test_filters_of_claims_ask_for_events_too(client: Client, query: str) -> None:
    found = client.items(f"/v1/events?limit=1000&{query}")

    assert 0 < len(found) < len(client.items("/v1/events?limit=1000"))


def test_counts_are_three_and_those_of_all_pages(client: Client) -> None:
    whole = client.get("/v1/events?limit=1000").json()
    page = client.get("/v1/events?limit=1").json()

    assert page["count"] == whole["count"]
    assert page["count"]["events"] == len(whole["items"])
    assert set(page["count"]) == {"events", "reports", "outlets"}


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "!!!", base64.urlsafe_b64encode(json.dumps([1, "-day", "2024-13-99", "ev_"]).encode()).decode(),
        base64.urlsafe_b64encode(json.dumps([1, "-day; DROP", "2024-01-01", "ev_"]).encode()).decode(),
        base64.urlsafe_b64encode(json.dumps([1, "-day", {"a": 1}, "ev_"]).encode()).decode(),
        base64.urlsafe_b64encode(b"[" * 5000).decode(),
    ],
)  # fmt: skip
def test_a_cursor_of_somebody_elses_making_is_refused(client: Client, cursor: str) -> None:
    response = client.get("/v1/events", params={"cursor": cursor[:500]})

    assert (response.status_code, response.json()["parameter"]) == (400, "cursor")


def test_a_cursor_of_another_order_is_refused(client: Client) -> None:
    cursor = client.get("/v1/events?limit=1").json()["next"]

    assert client.get(f"/v1/events?sort=confidence&cursor={cursor}").status_code == 400


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_isnt_counted_is_the_same_list(client: Client, name: str) -> None:
    counted, bare = (client.get(f"/v1/{name}?limit=5{more}").json() for more in ("", "&count=no"))

    assert counted["count"] and bare["count"] is None
    assert [item["id"] for item in bare["items"]] == [item["id"] for item in counted["items"]]


def test_a_count_is_asked_for_or_not(client: Client) -> None:
    assert client.get("/v1/claims?count=maybe").status_code == 400
