"""Hand-coded reports: read as people write them, with errors that name the line; the parts in the repository are whole."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "resources" / "training"
sys.path.insert(0, str(FOLDER))

from read_reports import STATUSES, TYPES, read_file, read_lines, read_second  # noqa: E402

LINES = """
=== x1 2024-10-21 | wire
H[headline]| Norway to lend Moldova 40 generators
> AID planned | t: to lend | a: Norway=NOR | r: Moldova=MDA | m: 40 generators=40 generators items
S| Norway urged Russia to stop; Russia refused.
> REQUEST occurred | t: urged | a: Norway=NOR | r: Russia=RUS | d: 2024-10-21 | mode: yield
> REJECT occurred | t: refused | a: Russia#2=RUS | r: =NOR | doubt
C| A worker in Chisinau.
""".strip().splitlines()


def test_words_stand_where_they_are_said_to_stand() -> None:
    (report,), errors = read_lines(LINES)
    assert errors == []
    for claim in report["claims"]:
        text = next(s["text"] for s in report["sentences"] if s["n"] == claim["sentence"])
        parts = [claim["trigger"], *claim["actors"], *claim["recipients"], *claim["magnitudes"]]
        assert all(text[p["start"] : p["end"]] == p["text"] for p in parts if p["text"])


def test_a_second_occurrence_is_taken_where_asked() -> None:
    (report,), _ = read_lines(LINES)
    assert report["claims"][2]["actors"][0]["start"] == report["sentences"][1]["text"].rindex("Russia")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("> HELP occurred | t: urged | a: Norway=NOR", "type HELP"),
        ("> REQUEST done | t: urged | a: Norway=NOR", "status done"),
        ("> REQUEST occurred | t: asked | a: Norway=NOR", "'asked' does not stand"),
        ("> REQUEST occurred | t: urged", "no actor"),
        ("> REQUEST occurred | t: urged | a: Norway", "not words=CODE"),
        ("> REQUEST occurred | t: urged | a: Norway=NOR | d: Monday", "date 'Monday'"),
        ("X| text", "begins with none of"),
    ],
)
def test_a_wrong_line_is_named(line: str, complaint: str) -> None:
    _, errors = read_lines([*LINES[:4], line])
    assert len(errors) == 1 and complaint in errors[0] and errors[0].startswith("line 5:")


def test_captions_carry_no_claim() -> None:
    _, errors = read_lines([*LINES, "> AID occurred | t: A | a: UNK"])
    assert "carry no claim" in errors[0]


def test_a_second_coder_writes_claims_by_report_and_sentence() -> None:
    reports, _ = read_lines(LINES)
    (second,), errors = read_second(["x1.2> REQUEST occurred | t: urged | a: Norway=NOR"], reports)
    assert errors == [] and [c["sentence"] for c in second["claims"]] == [2]


def read_part(part: str) -> list[dict]:
    return [r for path in sorted((FOLDER / part).glob("*.txt")) for r in read_file(path)]


def test_no_sentence_of_the_test_part_stands_in_another() -> None:
    test, rest = (
        {s["text"] for r in part for s in r["sentences"]}
        for part in (read_part("test"), read_part("train") + read_part("dev"))
    )
    assert not {t for t in test & rest if len(t.split()) > 4}


def test_the_test_part_is_balanced() -> None:
    claims = [c for r in read_part("test") for c in r["claims"]]
    types, statuses = (Counter(c[key] for c in claims) for key in ("event_type", "status"))
    assert min(types[t] for t in TYPES) >= 60
    assert min(statuses[s] for s in STATUSES) >= 60
    assert sum(bool(c["magnitudes"]) for c in claims) >= 300


def test_every_type_stands_with_every_status_somewhere() -> None:
    cells = {
        (c["event_type"], c["status"])
        for part in ("train", "dev", "test")
        for r in read_part(part)
        for c in r["claims"]
    }
    assert [f"{t}/{s}" for t in TYPES for s in STATUSES if (t, s) not in cells] == []
