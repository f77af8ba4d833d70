"""Writing: judgements that can be undone, reviews that can be taught, texts read in a process of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from served import Client

from dragoman.cli.train import read_corrections
from dragoman.http.gold import check_fix
from dragoman.language import load_model
from dragoman.language.fitting import make_lessons

TEXT = "Envoys gather\n\nSEOUL - North Korea sent 500 tons of rice to Russia on Monday, the Kremlin said.\n"


def test_events_are_merged_led_on_and_parted_again(writer: Client) -> None:
    first, second = (event["id"] for event in writer.items("/v1/events?limit=2&type=CONSULT"))
    who = {"reason": "one happening", "by": "Ada"}

    changed = writer.post("/v1/judgements", {"kind": "merge", "events": [first, second], **who}).json()["changed"]

    gone = next(each for each in changed if each["change"] == "gone")
    moved = writer.get(f"/v1/events/{gone['id']}").json()
    assert {moved["id"], gone["id"]} == {first, second} and moved["moved_from"] == gone["id"]
    assert any(j["rule"] == "person" and j["by"] == "Ada" for j in moved["judgements"])

    writer.post("/v1/judgements", {"kind": "undo", "events": [moved["id"]], **who})
    assert {event["id"] for event in writer.items("/v1/events?limit=2&type=CONSULT")} == {first, second}


def test_a_withdrawn_event_is_gone_with_its_reason(writer: Client) -> None:
    (event,) = writer.items("/v1/events?limit=1")

    body = {"kind": "withdraw", "events": [event["id"]], "reason": "a film, not the news", "by": "Ada"}
    assert writer.post("/v1/judgements", body).status_code == 200

    response = writer.get(f"/v1/events/{event['id']}")
    assert (response.status_code, "a film, not the news" in response.json()["detail"]) == (410, True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "merge", "events": ["ev_1"], "reason": "r", "by": "a"}, 404),
        ({"kind": "merge", "events": [], "reason": "r", "by": "a"}, 400),
        ({"kind": "explode", "events": [], "reason": "r", "by": "a"}, 400),
        ({"kind": "undo", "claims": ["cl_0000000000000000"], "reason": "r", "by": "a"}, 400),
        ({"kind": "merge", "reason": "", "by": "a"}, 400),
        ({"kind": "merge", "reason": "r", "by": "a", "sudo": True}, 400),
        ([], 400),
    ],
)
def test_a_judgement_that_cant_be_is_refused(refuser: Client, body: object, status: int) -> None:
    assert refuser.post("/v1/judgements", body).status_code == status


def test_another_writer_is_told_of(writer: Client, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.archive.keeper import open_keeper
    from dragoman.http import judging

    (event,) = writer.items("/v1/events?limit=1")
    monkeypatch.setattr(judging, "_WAIT", 0.0)
    with open_keeper(own_folder, "a test"):
        body = {"kind": "withdraw", "events": [event["id"]], "reason": "r", "by": "a"}
        response = writer.post("/v1/judgements", body)

    assert (response.status_code, int(response.headers["retry-after"]) > 0) == (409, True)


def test_reviews_become_lessons_that_training_takes(writer: Client, tmp_path: Path) -> None:
    claims = writer.items("/v1/claims?limit=1000")
    right, wrong, fixed = (
        claims[0],
        claims[5],
        next(c for c in claims if c["type"] == "CONSULT" and c["id"] not in (claims[0]["id"], claims[5]["id"])),
    )
    trigger = next(span["text"] for span in fixed["spans"] if span["role"] == "trigger")
    fix = {"event_type": "COOPERATE", "status": "planned", "trigger": trigger}
    for body in (
        {"claim_id": right["id"], "verdict": "right"},
        {"claim_id": wrong["id"], "verdict": "wrong"},
        {"claim_id": fixed["id"], "verdict": "fixed", "fix": fix},
    ):
        assert writer.post("/v1/reviews", {**body, "by": "Ada"}).status_code == 201

    path = tmp_path / "reviews.jsonl"
    path.write_text(writer.get("/v1/reviews.jsonl").text, encoding="utf-8")
    records = list(read_corrections(path))

    model = load_model()
    lessons = [lesson for place, record in records for lesson in make_lessons(model, record, place)]
    assert len(lessons) == len({(c["report_id"], c["sentence"]) for c in (right, wrong, fixed)})
    coded = [claim for _, record in records for claim in record["claims"]]
    assert [c["status"] for c in coded if c["event_type"] == "COOPERATE" and not c["doubt"]] == ["planned"]


def test_the_last_word_on_a_claim_counts(writer: Client) -> None:
    (claim,) = writer.items("/v1/claims?limit=1")
    for verdict in ("wrong", "right"):
        writer.post("/v1/reviews", {"claim_id": claim["id"], "verdict": verdict, "by": "Ada"})

    (record,) = [json.loads(line) for line in writer.get("/v1/reviews.jsonl").text.splitlines()]

    assert record["claims"] and len(writer.items("/v1/reviews")) == 2


def test_what_to_look_at_next_is_told_by_a_server_that_reads(client: Client) -> None:
    assert client.items("/v1/review/next?limit=3") and client.items("/v1/reviews") == []


@pytest.mark.parametrize(
    "fix",
    [
        {"event_type": "SING"}, {"status": "perhaps"}, {"trigger": "words that aren't there"}, {"mood": "bad"}, {"actors": []},
        {"actors": ["RUS"]}, {"actors": [{"text": "nobody", "code": "RUS"}]}, {"date": "2024-02-30"}, {"date": "yesterday"},
        {"actors": [{"text": "Russia", "code": "russia"}]}, {"recipients": [{"text": ""}]}, {"claimant": {"text": "", "code": 5}},
    ],
)  # fmt: skip
def test_a_fix_that_cant_be_taught_is_refused(fix: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        check_fix(fix, "Russia sent rice.")


def test_what_is_doubtful_and_weighs_most_comes_first_until_it_was_reviewed(writer: Client) -> None:
    first, second, *_ = writer.items("/v1/review/next")
    assert first["worth"] >= second["worth"]

    writer.post("/v1/reviews", {"claim_id": first["id"], "verdict": "right", "by": "Ada"})

    assert writer.items("/v1/review/next")[0]["id"] == second["id"]


def test_a_text_is_read_without_being_kept_and_then_kept(writer: Client) -> None:
    before = writer.get("/v1/health").json()

    read = writer.post("/v1/read", {"text": TEXT, "outlet": "The Strait Courier", "date": "2024-10-22"}).json()

    aid = next(claim for claim in read["claims"] if claim["type"] == "AID")
    assert [party["code"] for party in aid["actors"] + aid["recipients"]] == ["PRK", "RUS"]
    start, end = aid["at"]
    assert read["report"]["text"][start:end] == aid["sentence"]
    assert writer.get("/v1/health").json() == before

    kept = writer.post("/v1/add", {"text": TEXT, "outlet": "The Strait Courier", "date": "2024-10-22"}).json()
    assert (kept["read"], kept["coded"]) == (1, 1)
    assert set(kept["events"]) & {event["id"] for event in writer.items("/v1/events?limit=1000")}
    assert writer.get("/v1/health").json()["reports"] == before["reports"] + 1


INSIDE = [
    "http://127.0.0.1/x", "http://localhost:1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/",
    "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "http://192.168.0.1/", "file:///etc/passwd",
    "ftp://x.example/", "/etc/passwd", "gopher://x", "http://user@127.0.0.1/",
]  # fmt: skip


def test_addresses_inside_are_never_fetched(refuser: Client) -> None:
    for url in INSIDE:
        response = refuser.post("/v1/read", {"url": url})
        assert response.status_code == 422, url
        assert "root:" not in response.text


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "a", "url": "http://a.example"},
        {"text": ""},
        {"text": "x" * 200_001},
        {"text": "a", "date": "soon"},
    ],
)
def test_what_cant_be_read_is_refused_before_anything_is_started(refuser: Client, body: dict[str, str]) -> None:
    assert refuser.post("/v1/read", body).status_code == 400


def test_a_text_that_is_no_report_says_why(refuser: Client) -> None:
    response = refuser.post("/v1/read", {"text": "\0\0\0"})

    assert response.status_code in (200, 422)
    assert (response.status_code == 200 and response.json()["claims"] == []) or "detail" in response.json()
