"""Events from the command line: what is listed, shown in full, judged, and undone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from building import add
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.language import load_model


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Six claims that are three events, derived."""
    add(tmp_path / "a", range(6), load_model())
    run(tmp_path / "a", "events", "--derive")
    return tmp_path / "a"


def run(archive: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words, "--archive", str(archive)])
    return result.exit_code, result.stdout


def find_ids(archive: Path, *words: str) -> list[str]:
    return re.findall(r"^ev_\w+", run(archive, "events", *words)[1], re.MULTILINE)


def test_events_are_listed_by_type_and_party(archive: Path) -> None:
    assert len(find_ids(archive)) == 3
    assert len(find_ids(archive, "--type", "ASSAULT", "--either", "SYR")) == 2
    assert find_ids(archive, "--min-texts", "4") == []


def test_an_event_says_what_and_how_often_it_is_told(archive: Path) -> None:
    _, out = run(archive, "events", "--type", "CONSULT", "--json")

    event = json.loads(out)
    assert (event["status"], [change["status"] for change in event["history"]]) == ("occurred", ["planned", "occurred"])
    assert (len(event["claims"]), event["texts"]) == (2, 2)


def test_one_event_is_shown_with_its_claims_and_why_they_are_one(archive: Path) -> None:
    (name,) = find_ids(archive, "--type", "CONSULT")

    code, out = run(archive, "events", name)

    assert (code, "The French president visited Kazakhstan for talks." in out, "same" in out) == (0, True, True)


def test_a_split_shows_what_changes_and_can_be_undone(archive: Path) -> None:
    (event,) = [e for e in find_ids(archive, "--type", "ASSAULT") if "cl_3" in run(archive, "events", e)[1]]

    _, out = run(archive, "split", event, "cl_3", "--reason", "another depot", "--by", "Ada")
    assert (out.count("\n+ "), "ev_3" in out) == (1, True)
    _, out = run(archive, "undo", "ev_3", "--reason", "the same depot after all")
    assert f"- ev_3: merged into {event}" in out


def test_a_merged_id_leads_to_the_event_that_is_left(archive: Path) -> None:
    first, second = sorted(find_ids(archive, "--type", "ASSAULT"))

    run(archive, "merge", first, second, "--reason", "one night")

    assert run(archive, "events", second)[1].startswith(f"{second} is now {first}")


def test_a_withdrawn_event_tells_why(archive: Path) -> None:
    (name,) = find_ids(archive, "--type", "CONSULT")

    run(archive, "withdraw", name, "--reason", "a rumour")

    result = CliRunner().invoke(app, ["events", name, "--archive", str(archive)])
    assert (result.exit_code, "withdrawn: a rumour" in result.stderr) == (1, True)


def test_splitting_off_a_strange_claim_is_refused(archive: Path) -> None:
    (name,) = find_ids(archive, "--type", "CONSULT")

    result = CliRunner().invoke(app, ["split", name, "cl_0", "--reason", "?", "--archive", str(archive)])

    assert (result.exit_code, f"cl_0: no claim of {name}" in result.stderr) == (1, True)


def test_of_events_told_by_several_texts_so_many_are_shown(archive: Path) -> None:
    every = find_ids(archive)

    assert len(every) > 1
    assert find_ids(archive, "--min-texts", "1", "--limit", "1") == every[:1]
