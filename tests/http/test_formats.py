"""The forms of an answer, what may be kept of it, and snapshots that are pinned."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.responses import Response
from served import Client, close_client, open_client

from dragoman.archive.schema import TABLES
from dragoman.batch.merging import merge_archive
from dragoman.http.caching import Bodies


def test_the_suffix_and_accept_ask_for_the_same(client: Client) -> None:
    by_suffix = client.get("/v1/events.csv?limit=5")
    by_header = client.get("/v1/events?limit=5", headers={"Accept": "text/csv"})

    assert by_suffix.text == by_header.text
    assert by_suffix.headers["content-type"].startswith("text/csv")


def test_csv_holds_all_rows_under_the_archives_columns(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/events.csv").text)))

    assert list(rows[0]) == [c.name for c in TABLES["events"].columns if c.name not in ("generation", "gone", "became")]
    assert [row["event_id"] for row in rows] == [event["id"] for event in client.items("/v1/events?limit=1000")]


def test_json_lines_are_the_items_of_all_pages(client: Client) -> None:
    lines = [json.loads(line) for line in client.get("/v1/claims.jsonl").text.splitlines()]

    assert lines == client.items("/v1/claims?limit=1000")


def test_a_limited_download_names_the_rest(client: Client) -> None:
    response = client.get("/v1/claims.jsonl?limit=2")
    following = client.get(response.headers["link"].partition(">")[0].removeprefix("<"))

    assert len(response.text.splitlines()) == 2
    assert 'rel="next"' in response.headers["link"]
    lines = [json.loads(line) for line in (response.text + following.text).splitlines()]
    assert lines == client.items("/v1/claims?limit=4")


def test_geojson_tells_what_a_point_stands_for(client: Client) -> None:
    features = client.get("/v1/places.geojson?limit=1000").json()["features"]

    assert features
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90
        assert feature["properties"]["precision"] in ("point", "area", "line", "country", "water", "unknown")


def test_atom_is_a_feed_of_events(client: Client) -> None:
    feed = ElementTree.fromstring(client.get("/v1/events.atom?limit=7").content)
    name = "{http://www.w3.org/2005/Atom}"

    entries = feed.findall(f"{name}entry")
    assert len(entries) == 7
    assert [entry.findtext(f"{name}title") for entry in entries] == [
        event["words"] for event in client.items("/v1/events?limit=7")
    ]


@pytest.mark.parametrize(
    ("path", "accept"), [("/v1/events.gexf", "*/*"), ("/v1/events", "image/png"), ("/v1/health.csv", "*/*")]
)
def test_a_form_that_isnt_there_is_refused(client: Client, path: str, accept: str) -> None:
    assert client.get(path, headers={"Accept": accept}).status_code == 406


def test_a_browser_gets_json_where_it_takes_anything(client: Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    assert client.get("/v1/events?limit=1", headers={"Accept": accept}).json()["items"]


@pytest.mark.parametrize("path", ["/v1/events?limit=3", "/v1/overview", "/v1/claims.csv", "/v1/health", "/v1/codebook"])
def test_what_is_known_isnt_sent_again(client: Client, path: str) -> None:
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_tags_differ_by_question_and_form(client: Client) -> None:
    paths = ("/v1/events?limit=1", "/v1/events?limit=2", "/v1/events.csv?limit=1", "/v1/claims?limit=1")
    tags = [client.get(path).headers["etag"] for path in paths]

    assert len(set(tags)) == 4
    assert (
        client.get("/v1/events?limit=2&type=AID").headers["etag"]
        == client.get("/v1/events?type=AID&limit=2").headers["etag"]
    )


def test_a_pinned_snapshot_never_changes_and_a_walk_stays_in_its_own(own_folder: Path) -> None:
    client = open_client(own_folder, writes=True)
    try:
        before = client.get("/v1/events?limit=1000").json()
        page = client.get("/v1/events?limit=5").json()
        event = before["items"][-1]["id"]
        body = {"kind": "withdraw", "events": [event], "reason": "no happening", "by": "Ada"}
        assert client.post("/v1/judgements", body).status_code == 200

        after = client.get("/v1/events?limit=1000").json()
        rest = client.get(f"/v1/events?limit=1000&cursor={page['next']}").json()
        pinned = client.get(f"/v1/events?limit=1000&snapshot={before['snapshot']}")
    finally:
        close_client(client)

    assert after["snapshot"] > before["snapshot"] and event not in {e["id"] for e in after["items"]}
    assert page["items"] + rest["items"] == before["items"] == pinned.json()["items"]
    assert "immutable" in pinned.headers["cache-control"]


def test_a_snapshot_that_never_was_is_told(client: Client) -> None:
    assert client.get("/v1/events?snapshot=99999").status_code == 404


def test_another_process_adding_shows_within_seconds(own_folder: Path) -> None:
    import time

    client = open_client(own_folder)
    try:
        first = client.get("/v1/health").json()["snapshot"]
        merge_archive(own_folder, is_full=True)
        deadline = time.monotonic() + 5
        while client.get("/v1/health").json()["snapshot"] == first and time.monotonic() < deadline:
            time.sleep(0.1)
        newest = client.get("/v1/health").json()["snapshot"]
    finally:
        close_client(client)

    assert newest > first


def test_answers_are_kept_up_to_a_size_and_the_longest_unused_go() -> None:
    bodies = Bodies(most=250)
    for number in range(3):
        bodies.keep(str(number), Response(b"x" * 100, media_type="text/plain"))
        bodies.find("0")

    assert [bodies.find(str(number)) is not None for number in range(3)] == [True, False, True]
    assert bodies.size == 200


def test_a_problem_is_never_kept_as_an_answer(client: Client) -> None:
    path = "/v1/events/ev_00000000000000ff"

    assert [client.get(path).status_code for _ in range(2)] == [404, 404]
    assert "etag" not in client.get(path).headers
