"""The whole way, with the real parts: reports in, sourced claims out, the same every time."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

import dragoman
from dragoman.cli import app
from dragoman.domain import Reading
from dragoman.interchange.claims_json import to_json, write_line
from dragoman.pipeline import Parts, load_parts, read_all

EXAMPLES = sorted(Path(str(files("dragoman") / "_data" / "examples")).iterdir())
ENVOYS = "Russia condemned Sweden on Monday. The two countries will hold talks in Oslo in June, officials said.\n"


@pytest.fixture(scope="module")
def parts() -> Parts:
    return load_parts()


def read_files(paths: list[Path], parts: Parts) -> list[Reading]:
    return [item for item in read_all(paths, parts) if isinstance(item, Reading)]


def write_lines(readings: list[Reading]) -> list[str]:
    return [write_line(to_json(reading)) for reading in readings]


@pytest.fixture(scope="module")
def readings(parts: Parts) -> list[Reading]:
    return read_files(EXAMPLES, parts)


def test_a_long_line_is_a_text_and_no_name_of_a_file(parts: Parts) -> None:
    line = "Russia condemned Sweden on Monday, " + "as officials of both sides had long expected, " * 6 + "aides said."
    assert len(line) > 255
    assert [c.event_type for c in dragoman.read(line, parts=parts).claims] == ["ACCUSE"]


def test_every_example_gives_claims(readings: list[Reading]) -> None:
    assert len(readings) == 14
    assert [reading.report.id for reading in readings if not reading.claims] == []


def test_another_order_gives_the_same_bytes(readings: list[Reading], parts: Parts) -> None:
    assert sorted(write_lines(read_files(EXAMPLES[::-1], parts))) == sorted(write_lines(readings))


def test_parts_loaded_again_give_the_same_bytes(readings: list[Reading]) -> None:
    assert write_lines(read_files(EXAMPLES[:3], load_parts())) == write_lines(readings[:3])


def test_every_quoted_word_stands_in_the_original_text(readings: list[Reading]) -> None:
    for reading in readings:
        text = reading.report.text
        for claim in reading.claims:
            assert claim.sentence.span.cut(text) == claim.sentence.text
            named = [*claim.actors, *claim.recipients, *claim.magnitudes, *([claim.claimant] if claim.claimant else [])]
            assert [text[each.start : each.end] for each in named] == [each.text for each in named]


def test_claims_have_ids_of_their_own(readings: list[Reading]) -> None:
    ids = [claim.id for reading in readings for claim in reading.claims]

    assert len(ids) == len(set(ids))


def test_a_text_in_hand_is_read(parts: Parts) -> None:
    reading = dragoman.read(ENVOYS, date="2021-05-04", parts=parts)

    told = [(claim.event_type, claim.status, [party.code for party in claim.actors]) for claim in reading.claims]
    assert told == [("ACCUSE", "occurred", ["RUS"]), ("CONSULT", "planned", ["RUS", "SWE"])]
    assert reading.claims[0].date == "2021-05-03"


def test_a_claim_names_its_maker(parts: Parts) -> None:
    (claim, *_) = dragoman.read(ENVOYS, parts=parts).claims

    assert claim.maker == parts.maker
    assert claim.maker.version == dragoman.__version__
    assert claim.maker.overlay is None


def test_actors_beside_a_project_file_go_before_ours(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id,name,code,country,sector\norg:lake,Lake League,SWE-LAKE,SWE,NGO\n")
    reading = dragoman.read("Russia condemned the Lake League on Monday.\n", project=tmp_path)

    (claim,) = reading.claims
    assert [(party.id, party.code) for party in claim.recipients] == [("org:lake", "SWE-LAKE")]
    assert claim.maker.overlay


def test_a_bar_for_confidence_moves_claims_to_the_rejected(parts: Parts) -> None:
    everything = dragoman.read(ENVOYS, parts=parts)
    nothing = dragoman.read(ENVOYS, parts=parts, min_confidence=1.0)

    assert nothing.claims == ()
    assert len(nothing.rejected) == len(everything.rejected) + len(everything.claims)


def test_the_demo_shows_every_example_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    code = app.run(["demo", "--read"])
    shown, told = capsys.readouterr()

    assert code == 0
    assert "14 example reports" in told
    assert "Finland becomes NATO's 31st member" in shown
    assert "[actor: " in shown


def test_the_version_tells_all_that_makes_a_claim(capsys: pytest.CaptureFixture[str], parts: Parts) -> None:
    assert app.run(["--version", "--json"]) == 0
    maker = json.loads(capsys.readouterr().out)

    assert (maker["version"], maker["model"]) == (parts.maker.version, parts.maker.model)
    assert maker["roster"] and maker["codebook"]


def test_claims_of_a_batch_come_as_a_table(tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"

    assert app.run(["read", "-q", *map(str, EXAMPLES[:2]), "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8").count("\n") > 5
