"""What passes between parties, over HTTP: every entry with its sentences; briefs as data, text and HTML."""

from __future__ import annotations

import pytest
from hostile import Tags, check_page
from served import Client


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
