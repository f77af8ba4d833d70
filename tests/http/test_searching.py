"""Reports found by words: opened where these stand, page by page, and whole as a file."""

from __future__ import annotations

import csv
import io
import json

import pytest
from served import Client

from dragoman.http import search
from dragoman.http.row_files import HITS


def test_a_search_opens_reports_where_the_words_stand(client: Client) -> None:
    (hit,) = client.items("/v1/search?q=treaty comradely")
    report = client.get(f"/v1/reports/{hit['report_id']}").json()

    (snippet,) = hit["snippets"]
    assert report["text"][snippet["start"] : snippet["end"]] == snippet["text"]
    marked = {snippet["text"][a:b].lower() for a, b in snippet["marks"]}
    assert marked <= {"treaty", "comradely"} and marked


def test_a_search_is_paged(client: Client) -> None:
    whole = [hit["report_id"] for hit in client.items("/v1/search?q=the&limit=200")]
    first = client.get("/v1/search?q=the&limit=5").json()
    rest = client.get(f"/v1/search?q=the&limit=200&cursor={first['next']}").json()

    assert [hit["report_id"] for hit in first["items"] + rest["items"]] == whole
    assert client.get("/v1/search?q=the&cursor=zz").status_code == 400


def test_all_that_is_found_is_there_as_a_table_with_its_claims(client: Client) -> None:
    hits = client.items("/v1/search?q=the&limit=200")
    response = client.get("/v1/search.csv?q=the")
    rows = list(csv.DictReader(io.StringIO(response.text)))

    assert response.headers["content-disposition"].startswith('attachment; filename="search-')
    assert client.get("/v1/search?q=the", headers={"Accept": "text/csv"}).text == response.text
    assert tuple(rows[0]) == HITS and len(hits) > 5
    for rank, (row, hit) in enumerate(zip(rows, hits, strict=True), 1):
        (snippet,) = hit["snippets"]
        assert (row["rank"], row["report_id"]) == (str(rank), hit["report_id"])
        assert row["claim_ids"] == "; ".join(snippet["claims"]) and (row["start"], row["end"]) == (
            str(snippet["start"]), str(snippet["end"]),
        )  # fmt: skip
        assert row["passage"].split() == snippet["text"].split()


def test_json_lines_are_what_a_page_gives(client: Client) -> None:
    lines = [json.loads(line) for line in client.get("/v1/search.jsonl?q=the").text.splitlines()]

    assert lines == client.items("/v1/search?q=the&limit=200")


def test_a_limited_file_names_the_rest_in_its_form(client: Client) -> None:
    first = client.get("/v1/search.csv?q=the&limit=5")
    link = first.headers["link"].partition(">")[0].removeprefix("<")
    ranks = [row["rank"] for row in csv.DictReader(io.StringIO(client.get(link).text))]

    assert link.startswith("/v1/search.csv?") and ranks[0] == "6"


def test_more_than_a_file_holds_is_refused_and_never_cut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "FARTHEST", 6)
    refused = client.get("/v1/search.csv?q=the OR zebra")
    last = client.get("/v1/search?q=the&limit=6").json()

    assert refused.status_code == 400 and refused.json()["parameter"] == "limit"
    assert (len(last["items"]), last["next"], last["is_counted"], last["count"]) == (6, None, False, {"reports": 6})
