"""Briefs, ledgers, commitments and warnings from the command line, from an archive's events."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from building import TOLD, add
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.language import load_model

LINES = [
    ("2024-10-22", "occurred AID", "state:PRK > state:RUS", "Pyongyang [sent] shells to Russia by rail.", "2024-10-20"),
    (
        "2024-11-05",
        "planned AID",
        "state:PRK > state:RUS",
        "Pyongyang will [send] engineers to Russia in spring.",
        None,
    ),
    (
        "2024-06-20",
        "occurred SUPPORT",
        "state:PRK + state:RUS",
        "The two leaders [signed] a treaty on Wednesday.",
        "2024-06-19",
    ),
    (
        "2024-07-02",
        "occurred THREATEN violence",
        "state:PRK > state:USA",
        "It [threatened] strikes if drills go on.",
        "2024-07-01",
    ),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of shells sent, engineers planned, a treaty and a threat, with its events derived."""
    folder = tmp_path_factory.mktemp("briefs") / "a"
    before = len(TOLD)
    TOLD.extend(LINES)
    try:
        add(folder, range(before, len(TOLD)), load_model())
    finally:
        del TOLD[before:]
    CliRunner().invoke(app, ["events", "--derive", "--archive", str(folder)])
    return folder


def run(archive: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--archive", str(archive)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_brief_takes_names_and_says_its_snapshot(archive: Path) -> None:
    text = run(archive, "brief", "Russia", "North Korea")

    assert text.startswith("Russia and North Korea\n") and text.splitlines()[2].endswith("a, snapshot 2")
    assert "North Korea supplied arms to Russia on 20 October 2024" in text
    assert "North Korea plans to send troops" in text or "North Korea plans to give help" in text


def test_since_leaves_out_what_was_before(archive: Path) -> None:
    assert "treaty" not in run(archive, "brief", "RUS", "PRK", "--since", "2024-07")


@pytest.mark.parametrize(("name", "beginning"), [("b.html", "<!doctype html>"), ("b.md", "# Russia"), ("b.json", "{")])
def test_the_suffix_chooses_the_format(archive: Path, tmp_path: Path, name: str, beginning: str) -> None:
    run(archive, "brief", "RUS", "PRK", "-o", str(tmp_path / name))

    assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)


def test_one_actor_and_a_bloc(archive: Path) -> None:
    assert "Partners and opponents" in run(archive, "brief", "PRK")
    assert "Pair by pair" in run(archive, "brief", "RUS", "PRK", "USA", "--bloc", "--format", "markdown")


def test_three_parties_without_bloc_are_refused(archive: Path) -> None:
    result = CliRunner().invoke(app, ["brief", "RUS", "PRK", "CHN", "--archive", str(archive)])

    assert (result.exit_code, "--bloc" in result.stderr) == (1, True)


def test_a_ledger_has_a_row_a_transfer_with_its_sentence(archive: Path) -> None:
    rows = json.loads(run(archive, "ledger", "PRK", "RUS", "--json"))

    assert [(row["givers"], row["told"]) for row in rows] == [(["PRK"], "passed"), (["PRK"], "planned")]
    assert rows[0]["evidence"] == ["Pyongyang sent shells to Russia by rail."] and rows[0]["kind"] == "arms"


def test_a_tally_as_csv_and_a_picture(archive: Path, tmp_path: Path) -> None:
    out = run(archive, "ledger", "PRK", "--tally", "--csv", "--plot", str(tmp_path / "l.svg"))

    rows = list(csv.DictReader(io.StringIO(out)))
    assert {(row["giver"], row["receiver"]) for row in rows} == {("PRK", "RUS")}
    assert (tmp_path / "l.svg").read_text(encoding="utf-8").startswith("<svg")


def test_commitments_by_kind(archive: Path) -> None:
    (treaty,) = json.loads(run(archive, "commitments", "PRK", "RUS", "--kind", "treaty", "--json"))

    assert (treaty["day"], treaty["fate"], treaty["topic"]) == ("2024-06-19", "pending", "an agreement")


def test_warnings_with_their_condition(archive: Path) -> None:
    (threat,) = json.loads(run(archive, "warnings", "--json"))

    assert (threat["by"], threat["to"], threat["condition"]) == (["PRK"], ["USA"], "if drills go on")


def test_an_unknown_fate_is_refused(archive: Path) -> None:
    result = CliRunner().invoke(app, ["commitments", "--fate", "lost", "--archive", str(archive)])

    assert (result.exit_code, "no fate 'lost'" in result.stderr) == (1, True)


@pytest.mark.parametrize("words", [("series", "RUS", "PRK"), ("blocs", "--least", "1")])
def test_series_and_blocs_are_drawn(archive: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    run(archive, *words, "--json", "--plot", str(tmp_path / "p.svg"))

    assert "<svg" in (tmp_path / "p.svg").read_text(encoding="utf-8")
