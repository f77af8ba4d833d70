"""The pipeline before the model: what is read as one report, what as several, what as none."""

from __future__ import annotations

from pathlib import Path

import pytest
from make import make_claim, make_reading

import dragoman
from dragoman.domain import Reading
from dragoman.errors import InputError
from dragoman.pipeline import cut_report, keep_confident, read_all
from dragoman.reading import read_text

PROSE = "Envoys of Norway and Sweden met in the town hall on Monday and talked about fishing rights in the north."


def test_a_report_is_cut_into_blocks_and_sentences_that_quote_it() -> None:
    reading = cut_report(read_text(f"Envoys meet\n\n{PROSE} They will meet again in June.\n"))

    assert [sentence.text for sentence in reading.sentences] == ["Envoys meet", PROSE, "They will meet again in June."]
    assert all(sentence.span.cut(reading.report.text) == sentence.text for sentence in reading.sentences)
    assert reading.claims == ()


def test_without_parts_files_are_cut_in_order_and_errors_keep_their_place(tmp_path: Path) -> None:
    for name, text in (("b.txt", PROSE), ("a.txt", PROSE + " Again."), ("c.txt", "")):
        (tmp_path / name).write_text(text)

    found = list(read_all([tmp_path / "b.txt", tmp_path / "c.txt", tmp_path / "a.txt"], None))

    assert [type(item) for item in found] == [Reading, InputError, Reading]


@pytest.mark.parametrize("missing", ["nowhere.txt", "./nowhere", "C:/nowhere.html"])
def test_a_word_that_looks_like_a_path_is_one(missing: str) -> None:
    with pytest.raises(InputError, match="no such file"):
        dragoman.read(missing)


def test_an_address_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputError, match="save the page"):
        dragoman.read("https://strait-courier.example/world")


def test_several_reports_are_left_to_read_all() -> None:
    lines = f'{{"text": "{PROSE}"}}\n{{"text": "{PROSE}"}}\n'

    with pytest.raises(InputError, match="read_all"):
        dragoman.read(lines)


def test_claims_below_the_bar_are_rejected_with_the_reason() -> None:
    reading = keep_confident(make_reading(claims=(make_claim(confidence=0.3), make_claim(confidence=0.6))), 0.5)

    assert [claim.confidence for claim in reading.claims] == [0.6]
    assert reading.rejected[-1].reason == "below min_confidence"
    assert reading.rejected[-1].detail == "AID, PRK → RUS: confidence 0.30, asked for 0.50"


def test_without_a_bar_a_reading_stays_as_it_is() -> None:
    reading = make_reading(claims=(make_claim(confidence=0.0),))

    assert keep_confident(reading, 0.0) is reading
