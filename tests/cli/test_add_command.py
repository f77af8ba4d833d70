"""``dragoman add`` from the command line: what it keeps, what it says, and that events follow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.archive import open_archive
from dragoman.cli.app import app

REPORTS = [
    ("1", "Northern Wire", "Sweden imposed sanctions on Russia on Monday."),
    ("2", "Southern Wire", "Sweden imposed sanctions on Russia on Monday."),
    ("3", "Garden Post", "The roses are early this year."),
    ("4", "Garden Post", ""),
]


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, int]]:
    """An archive, the file it was filled from, and the totals that were printed."""
    folder = tmp_path_factory.mktemp("added")
    lines = [{"id": i, "outlet": o, "text": t, "date": "2024-03-05"} for i, o, t in REPORTS]
    (folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    code, out = run("add", str(folder / "in.jsonl"), "--archive", str(folder / "a"), "--json", "--quiet")
    assert code == 3
    return folder / "a", folder / "in.jsonl", json.loads(out)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


def test_the_totals_add_up(added: tuple[Path, Path, dict[str, int]]) -> None:
    totals = added[2]

    shares = [totals[name] for name in ("coded", "copies", "known", "without_parties", "rejected")]
    assert (totals["read"], shares) == (4, [1, 1, 0, 1, 1])


def test_events_are_there_without_asking(added: tuple[Path, Path, dict[str, int]]) -> None:
    code, out = run("events", "--json", "--archive", str(added[0]))

    event = json.loads(out)
    assert (code, event["event_type"], len(event["reports"]), event["texts"]) == (0, "SANCTION", 2, 1)


def test_a_second_run_finds_all_known_and_changes_nothing(added: tuple[Path, Path, dict[str, int]]) -> None:
    archive, source, _ = added
    with open_archive(archive) as opened:
        before = opened.snapshot.number

    _, out = run("add", str(source), "--archive", str(archive), "--json", "--quiet")

    assert json.loads(out)["known"] == 3
    with open_archive(archive) as opened:
        assert opened.snapshot.find_parts("claims") and opened.snapshot.number - before <= 1


def test_events_wait_where_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("Sweden imposed sanctions on Russia.", encoding="utf-8")
    run("add", str(tmp_path / "in.txt"), "--archive", str(tmp_path / "a"), "--no-events", "--quiet")

    assert run("events", "--archive", str(tmp_path / "a")) == (0, "")
