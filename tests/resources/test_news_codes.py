"""Hand-coded sentences of real news: places and codes only, no reader's words, each report in one part."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "training" / "news"
PARTS = ("train", "dev", "test")
ROW = {"source", "report", "date", "at", "check", "claims"}
CLAIM = {
    "trigger": {"start", "end"}, "actors": {"start", "end", "code"}, "recipients": {"start", "end", "code"},
    "claimant": {"start", "end", "code"}, "place": {"start", "end", "country"},
    "magnitudes": {"start", "end", "value", "unit", "kind"},
}  # fmt: skip
PLAIN = {"event_type", "status", "mode", "date", "doubt"}


def read(part: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("part", [*PARTS, "test-second"])
def test_rows_hold_places_and_codes_and_no_words_of_the_news(part: str) -> None:
    for row in read(part):
        assert set(row) == ROW
        for claim in row["claims"]:
            assert set(claim) <= set(CLAIM) | PLAIN
            for key, allowed in CLAIM.items():
                value = claim.get(key, [])
                for item in value if isinstance(value, list) else [value]:
                    assert set(item) <= allowed, (row["report"], key)


def test_no_report_stands_in_two_parts() -> None:
    reports = {part: {row["report"] for row in read(part)} for part in PARTS}
    assert not reports["train"] & reports["dev"]
    assert not reports["train"] & reports["test"]
    assert not reports["dev"] & reports["test"]


def test_no_sentence_that_is_trained_on_stands_in_another_part() -> None:
    """Agencies send the same lines more than once: the checksum of their words tells."""
    trained = {row["check"] for row in read("train")}
    assert not trained & {row["check"] for part in ("dev", "test") for row in read(part)}


def test_both_hands_coded_the_same_sentences() -> None:
    first, second = ([(r["report"], str(r["at"])) for r in read(part)] for part in ("test", "test-second"))
    assert first == second


def test_every_place_is_found_again_in_the_news() -> None:
    data = Path(os.environ.get("DRAGOMAN_DATA", ROOT.parent / "shared" / "data"))
    if not (data / "news_kcna_to_2024-08").is_dir():
        pytest.skip(f"needs the news: {data} is not there (DRAGOMAN_DATA)")
    sys.path.append(str(ROOT / "training" / "reader"))
    from news_claims import read_coded

    rows = list(read_coded(data, [FOLDER / "dev.jsonl"]))
    assert len(rows) == len(read("dev"))
    for row in rows:
        assert all(0 <= c["trigger"]["start"] < c["trigger"]["end"] <= len(row["text"]) for c in row["claims"])
