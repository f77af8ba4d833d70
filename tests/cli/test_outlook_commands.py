"""What may come next, panels and triads from the command line, from an archive's events."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest
from building import add
from typer.testing import CliRunner

from dragoman.archive import open_archive
from dragoman.cli.app import app
from dragoman.language import load_model
from dragoman.relations.states import find_states


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two strikes of Israel on Syria and a visit from France to Kazakhstan: three events."""
    folder = tmp_path_factory.mktemp("outlook") / "a"
    add(folder, range(6), load_model())
    CliRunner().invoke(app, ["events", "--derive", "--archive", str(folder)])
    return folder


def ask(archive: Path, *words: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, [*words, "--archive", str(archive), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def test_next_tells_all_acts_then_types_and_names_the_events_seen(archive: Path) -> None:
    whole, first, *_ = ask(archive, "next", "Israel", "SYR")

    assert (whole["kind"], first["kind"], whole["seen"]) == ("all", "ASSAULT", 2)
    with open_archive(archive) as opened:
        assert {opened.get_event(name).event_type for name in whole["event_ids"]} == {"ASSAULT"}  # type: ignore[attr-defined]


def test_next_says_from_which_day_and_by_which_rule(archive: Path) -> None:
    result = CliRunner().invoke(app, ["next", "ISR", "SYR", "--archive", str(archive), "--json", "--days", "7"])

    assert "7 days of reading after 2024-03" in result.stderr and "half after 730 days" in result.stderr


def test_next_of_one_party_ranks_those_it_deals_with(archive: Path) -> None:
    assert ask(archive, "next", "ISR", "--limit", "1")[0]["party"] == "SYR"
    assert ask(archive, "next", "FRA", "--type", "consult", "--limit", "1")[0]["party"] == "KAZ"


def test_a_type_beside_two_parties_is_refused(archive: Path) -> None:
    assert CliRunner().invoke(app, ["next", "ISR", "SYR", "--type", "AID", "--archive", str(archive)]).exit_code == 2


def test_a_type_that_isnt_one_is_told_with_those_there_are(archive: Path) -> None:
    result = CliRunner().invoke(app, ["next", "ISR", "--type", "HUG", "--archive", str(archive)])

    assert result.exit_code != 0 and "CONSULT" in result.output


def test_a_panel_without_a_first_day_says_where_it_begins(archive: Path) -> None:
    result = CliRunner().invoke(app, ["panel", "--states", "ISR,SYR", "--archive", str(archive), "--csv"])

    assert "from 2024-03" in result.stderr and "--since" in result.stderr


def test_a_panel_of_named_states_is_filled_over_the_span_asked_for(archive: Path) -> None:
    rows = ask(archive, "panel", "--states", "Israel,SYR", "--since", "2024-01", "--until", "2024-04")

    assert [(row["period"], row["events"]) for row in rows] == [
        ("2024-01", 0),
        ("2024-02", 0),
        ("2024-03", 2),
        ("2024-04", 0),
    ]
    assert (rows[0]["first_cow"], rows[0]["second_gw"], rows[2]["material_conflict"]) == (666, 652, 2)


def test_a_panel_without_zeros_has_pairs_with_events_alone(archive: Path) -> None:
    rows = ask(archive, "panel", "--unit", "dyad-year", "--no-zeros", "--directed")

    assert ("ISR", "SYR") in [(row["first"], row["second"]) for row in rows]
    assert all(row["events"] for row in rows)


def test_a_panel_of_the_world_is_written_as_csv_and_parquet(archive: Path, tmp_path: Path) -> None:
    for name in ("world.csv", "world.parquet"):
        words = [
            "panel",
            "--unit",
            "dyad-year",
            "--since",
            "2024",
            "-o",
            str(tmp_path / name),
            "--archive",
            str(archive),
        ]
        assert CliRunner().invoke(app, words).exit_code == 0

    states = len(find_states(2024))
    with (tmp_path / "world.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    parquet = duckdb.read_parquet(str(tmp_path / "world.parquet"))
    assert len(rows) == len(parquet) == states * (states - 1) // 2
    assert parquet.columns == list(rows[0])
    assert duckdb.sql("SELECT sum(conflict), min(start)::VARCHAR FROM parquet").fetchall() == [(19.0, "2024-01-01")]
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("world.csv", "world.parquet")] == []


def test_an_unknown_panel_unit_is_one_line(archive: Path) -> None:
    result = CliRunner().invoke(app, ["panel", "--unit", "month", "--archive", str(archive)])

    assert result.exit_code != 0 and "dyad-month" in result.output and "Traceback" not in result.output


def test_a_folder_that_isnt_there_is_one_line(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "p.parquet"
    result = CliRunner().invoke(app, ["panel", "--states", "ISR,SYR", "-o", str(out), "--archive", str(archive)])

    assert result.exit_code != 0 and "Name a folder that is there" in result.output


def test_without_three_ties_there_are_no_triads_and_the_count_says_so(archive: Path) -> None:
    result = CliRunner().invoke(app, ["triads", "--least", "1", "--archive", str(archive), "--json"])

    assert json.loads(result.stdout) == [] and "2024: 0 triads" in result.stderr


def test_rivals_need_two_parties(archive: Path) -> None:
    assert CliRunner().invoke(app, ["triads", "--rivals", "--of", "ISR", "--archive", str(archive)]).exit_code == 2
    assert ask(archive, "triads", "--rivals", "--of", "ISR,FRA", "--least", "1") == []
