"""What passes between parties, over HTTP: every entry with its sentences; briefs as data, text and HTML."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import httpx
import pytest
from hostile import Tags, check_page
from served import Client

from dragoman.relations.rows import COMMITMENTS, TALLIES, THREATS, TRANSFERS


def test_a_ledger_tells_what_passed_with_its_sentences(client: Client) -> None:
    ledger = client.get("/v1/ledger?a=United States").json()

    assert ledger["a"] == "USA" and ledger["b"] is None
    assert ledger["transfers"] and all(transfer["evidence"] for transfer in ledger["transfers"])
    for transfer in ledger["transfers"]:
        event = client.get(f"/v1/events/{transfer['event_id']}").json()
        sentences = {" ".join(c["sentence"].split()) for report in event["reports"] for c in report["claims"]}
        assert {evidence["quote"] for evidence in transfer["evidence"]} <= sentences


@pytest.mark.parametrize("name", ["commitments", "warnings"])
def test_the_newest_come_first_and_all_are_counted(client: Client, name: str) -> None:
    found = client.get(f"/v1/{name}?a=RUS&limit=2").json()

    days = [item["day"] or "" for item in found["items"]]
    assert days == sorted(days, reverse=True) and len(days) == min(2, found["count"]) > 0
    assert all(item["rule"] and item["evidence"] for item in found["items"])


def test_a_brief_names_what_bears_each_sentence_out(client: Client) -> None:
    brief = client.get("/v1/brief?a=PRK&b=RUS").json()

    sentences = [sentence for section in brief["sections"] for sentence in section["sentences"]]
    assert any(sentence["evidence"] for sentence in sentences)
    claims = {evidence["claim_id"] for sentence in sentences for evidence in sentence["evidence"]}
    assert all(f"/claims/{claim}" in brief["html"] for claim in claims)
    assert brief["title"] in brief["text"]
    check_page(brief["html"])


def test_a_brief_is_a_page_of_its_own_in_which_no_script_runs(client: Client) -> None:
    for _ in range(2):  # asked, and kept
        page = client.get("/v1/brief.html?a=PRK&b=RUS")
        assert page.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "script" not in page.headers["content-security-policy"]
        assert "<script" not in page.text
    assert client.get("/v1/brief.md?a=PRK&b=RUS").text == client.get("/v1/brief?a=PRK&b=RUS").json()["markdown"]


def test_a_brief_of_hostile_texts_holds_no_element_and_no_link_of_theirs(hostile: Client) -> None:
    page = hostile.get("/v1/brief.html?a=RUS").text

    tags = Tags()
    tags.feed(page)
    names = {tag for tag, _ in tags.found}
    assert "mark" in names and not names & {"script", "img", "iframe", "object", "form", "base"}
    for _, attributes in tags.found:
        assert not [name for name in attributes if name.startswith("on")]
        href = attributes.get("href") or "#"
        assert href.startswith(("#", "https://", "http://"))


def test_a_dyad_tells_its_exchanges_in_short(client: Client) -> None:
    dyad = client.get("/v1/dyads/PRK-RUS").json()

    assert dyad["ledger"]["transfers"] == len(client.get("/v1/ledger?a=PRK&b=RUS").json()["transfers"])
    whole = client.get("/v1/commitments?a=PRK&b=RUS&limit=10").json()
    assert dyad["commitments"]["count"] == whole["count"] > 0
    assert [item["evidence"] for item in dyad["commitments"]["items"]] == [item["evidence"] for item in whole["items"]]


@pytest.mark.parametrize(
    "query", ["", "?a=Atlantis", "?a=RUS&b=RUS", "?a=RUS&c=UKR", "?a=RUS&since=soon", "?a=RUS&limit=0"]
)
def test_what_cant_be_asked_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/v1/brief{query}").status_code == 400


TABLES = [
    ("ledger?a=USA", "transfers", TRANSFERS), ("commitments?a=RUS", "items", COMMITMENTS), ("warnings?a=RUS", "items", THREATS),
]  # fmt: skip


def ask(client: Client, question: str, form: str = "", more: str = "", **how: Any) -> httpx.Response:
    """A question such as ``ledger?a=USA``, in a form."""
    name, _, query = question.partition("?")
    return client.get(f"/v1/{name}{form}?{query}{more}", **how)


@pytest.mark.parametrize(("question", "key", "columns"), TABLES)
def test_all_entries_are_there_as_a_table_with_events_and_claims(
    client: Client, question: str, key: str, columns: tuple[str, ...]
) -> None:
    entries = ask(client, question, more="&limit=1000").json()[key]
    by_suffix = ask(client, question, ".csv")
    rows = list(csv.DictReader(io.StringIO(by_suffix.text)))

    assert ask(client, question, headers={"Accept": "text/csv"}).text == by_suffix.text
    assert by_suffix.headers["content-disposition"].startswith(f'attachment; filename="{question.partition("?")[0]}-')
    assert tuple(rows[0]) == columns
    for row, entry in zip(rows, entries, strict=True):
        assert row["event_id"] == entry["event_id"]
        assert row["claim_ids"].split("; ") == [evidence["claim_id"] for evidence in entry["evidence"]]
        assert entry["evidence"][0]["quote"] in row["evidence"]


@pytest.mark.parametrize(("question", "key", "columns"), TABLES)
def test_json_lines_are_the_entries_of_the_record(
    client: Client, question: str, key: str, columns: tuple[str, ...]
) -> None:
    lines = [json.loads(line) for line in ask(client, question, ".jsonl").text.splitlines()]

    assert lines == ask(client, question, more="&limit=1000").json()[key] != []


@pytest.mark.parametrize(("question", "key", "columns"), TABLES)
def test_a_limit_leaves_the_newest(client: Client, question: str, key: str, columns: tuple[str, ...]) -> None:
    every, two = (ask(client, question, more=f"&limit={limit}").json() for limit in (1000, 2))
    rows = list(csv.DictReader(io.StringIO(ask(client, question, ".csv", "&limit=2").text)))

    days = sorted((entry["day"] or "" for entry in every[key]), reverse=True)
    assert sorted((entry["day"] or "" for entry in two[key]), reverse=True) == days[:2]
    assert [row["event_id"] for row in rows] == [entry["event_id"] for entry in two[key]]
    assert two["count"] == every["count"] == len(every[key])


def test_a_ledger_is_there_counted_by_direction_and_kind(client: Client) -> None:
    question, told = "a=USA", client.get("/v1/ledger?a=USA").json()["tallies"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/v1/tallies.csv?{question}").text)))
    lines = [json.loads(line) for line in client.get(f"/v1/tallies.jsonl?{question}").text.splitlines()]
    first = client.get(f"/v1/tallies?{question}&limit=1").json()

    assert tuple(rows[0]) == TALLIES and lines == told
    assert [(row["giver"], row["receiver"], row["kind"]) for row in rows] == [
        (each["giver"], each["receiver"], each["kind"]) for each in told
    ]
    assert [int(row["events"]) for row in rows] == [each["counts"]["events"] for each in told]
    assert first["items"] == told[:1] and first["count"] == len(told) > 1


@pytest.mark.parametrize("name", ["ledger", "commitments", "warnings"])
def test_no_cell_of_what_passed_is_a_formula(hostile: Client, name: str) -> None:
    guarded, raw = (
        list(csv.reader(io.StringIO(hostile.get(f"/v1/{name}.csv?a=RUS{more}").text))) for more in ("", "&raw=true")
    )

    assert {len(row) for row in guarded} == {len(guarded[0])} and len(guarded) == len(raw)
    for cell in (cell for row in guarded[1:] for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or re.fullmatch(r"-?[\d.]+", cell), cell
    assert name != "ledger" or len(guarded) > 5


@pytest.mark.parametrize("name", ["ledger", "commitments", "warnings"])
def test_a_table_of_nothing_is_its_header_alone(client: Client, name: str) -> None:
    text = client.get(f"/v1/{name}.csv?a=RUS&since=1800&until=1800").text

    assert text.count("\n") == 1 and text.startswith("day,")
