"""Two persons judge the same claims: how they agree is counted, blind to one another."""

from __future__ import annotations

from typing import Any

import pytest
from served import Client

from dragoman.http.agreement import find_kappa
from dragoman.http.gold import check_fix


def judge(writer: Client, claim: dict[str, Any], by: str, verdict: str, **fix: object) -> None:
    body = {"claim_id": claim["id"], "verdict": verdict, "by": by, **({"fix": fix} if fix else {})}
    assert writer.post("/v1/reviews", body).status_code == 201


def test_agreement_is_counted_on_verdicts_and_field_by_field(writer: Client) -> None:
    one, two, three, alone = writer.items("/v1/review/next?limit=4")
    judge(writer, one, "Ada", "right")
    judge(writer, one, "Ben", "right")
    judge(writer, two, "Ada", "wrong")
    judge(writer, two, "Ben", "fixed", status="denied")
    judge(writer, three, "Ada", "fixed", status="planned")
    judge(writer, three, "Ben", "fixed", status="conditional")
    judge(writer, alone, "Ada", "right")

    told = writer.get("/v1/review/agreement").json()

    assert told["persons"] == [{"by": "Ada", "claims": 4}, {"by": "Ben", "claims": 3}]
    (pair,) = told["pairs"]
    assert (pair["first"], pair["second"], pair["claims"], pair["agreed"]) == ("Ada", "Ben", 3, 2)
    assert pair["kappa"] == find_kappa([("right", "right"), ("wrong", "fixed"), ("fixed", "fixed")])
    assert pair["fields"]["status"] == {"agreed": 1, "of": 2} and pair["fields"]["event_type"] == {"agreed": 2, "of": 2}
    assert {each["claim_id"] for each in pair["differ"]} == {two["id"], three["id"]}


def test_the_last_word_of_each_counts_and_one_agrees_with_nobody_alone(writer: Client) -> None:
    (claim,) = writer.items("/v1/review/next?limit=1")
    judge(writer, claim, "Ada", "wrong")
    assert writer.get("/v1/review/agreement").json()["pairs"] == []

    judge(writer, claim, "Ben", "right")
    judge(writer, claim, "Ada", "right")

    (pair,) = writer.get("/v1/review/agreement").json()["pairs"]
    assert (pair["agreed"], pair["differ_count"], pair["kappa"]) == (1, 0, None)


def test_a_second_look_is_at_what_others_judged(writer: Client) -> None:
    first, second, *_ = writer.items("/v1/review/next")
    judge(writer, first, "Ada", "right")

    assert [each["id"] for each in writer.items("/v1/review/next?by=Ben&second=true")] == [first["id"]]
    assert writer.items("/v1/review/next?by=Ada&second=true") == []
    assert writer.items("/v1/review/next?by=Ada")[0]["id"] == second["id"]
    assert writer.items("/v1/review/next?by=Ben")[0]["id"] == first["id"]
    assert writer.get("/v1/review/next?second=true").status_code == 400


def test_each_persons_word_is_exported_alone(writer: Client) -> None:
    (claim,) = writer.items("/v1/review/next?limit=1")
    judge(writer, claim, "Ada", "fixed", status="planned")
    judge(writer, claim, "Ben", "fixed", status="denied")

    for by, status in (("Ada", "planned"), ("Ben", "denied")):
        assert f'"status":"{status}"' in writer.get(f"/v1/reviews.jsonl?by={by}").text
    assert len(writer.items("/v1/reviews?by=Ada")) == 1


def test_what_a_fix_may_change_is_told_with_the_claim(writer: Client) -> None:
    (claim,) = writer.items("/v1/review/next?limit=1")

    check_fix(
        {name: value for name, value in claim["coded"].items() if name not in ("sentence", "doubt")}, claim["sentence"]
    )
    assert claim["coded"]["event_type"] == claim["type"] and claim["coded"]["actors"][0]["code"]


@pytest.mark.parametrize(
    ("verdicts", "kappa"),
    [
        ([("right", "right"), ("wrong", "wrong")], 1.0),
        ([("right", "wrong"), ("wrong", "right")], -1.0),
        (
            [("right", "right")] * 20
            + [("right", "wrong")] * 5
            + [("wrong", "right")] * 10
            + [("wrong", "wrong")] * 15,
            0.4,
        ),
        ([("right", "right")], None),
        ([], None),
    ],
)
def test_kappa_is_cohens(verdicts: list[tuple[str, str]], kappa: float | None) -> None:
    assert find_kappa(verdicts) == kappa
