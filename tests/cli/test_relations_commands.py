"""Relations from the command line: pairs, series, changes, ties, blocs, from an archive's events."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from building import add
from typer.testing import CliRunner

from dragoman.archive import open_archive
from dragoman.cli.app import app
from dragoman.language import load_model


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two strikes of Israel on Syria and a visit from France to Kazakhstan, planned first: three events."""
    folder = tmp_path_factory.mktemp("relations") / "a"
    add(folder, range(6), load_model())
    CliRunner().invoke(app, ["events", "--derive", "--archive", str(folder)])
    return folder


def ask(archive: Path, *words: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, [*words, "--archive", str(archive), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_pairs_have_their_counts_and_level(archive: Path) -> None:
    first, second = ask(archive, "dyads")

    assert (first["first"], first["second"], first["events"], first["reports"], first["net"]) == (
        "ISR",
        "SYR",
        2,
        4,
        -19.0,
    )
    assert (second["first"], second["second"], second["level"]) == ("FRA", "KAZ", "too little evidence")


def test_a_series_takes_names_and_names_its_events(archive: Path) -> None:
    (month,) = ask(archive, "series", "Israel", "SYR")

    assert (month["period"], month["events"], month["conflict"], month["read"]) == ("2024-03", 2, 19.0, 6)
    with open_archive(archive) as opened:
        assert {opened.get_event(name).event_type for name in month["event_ids"]} == {"ASSAULT"}  # type: ignore[attr-defined]


def test_a_directed_series_has_one_way_alone(archive: Path) -> None:
    assert ask(archive, "series", "SYR", "ISR", "--directed") == []


def test_movers_since_a_day(archive: Path) -> None:
    movers = ask(archive, "changes", "--since", "2024-03-10")

    assert [(m["first"], m["second"], m["change"]) for m in movers] == [("ISR", "SYR", 9.5), ("FRA", "KAZ", 4)]


def test_ties_and_blocs(archive: Path) -> None:
    (tie,) = ask(archive, "network")

    assert (tie["first"], tie["second"], tie["events"]) == ("ISR", "SYR", 2)
    assert ask(archive, "blocs") == []


def test_an_unknown_unit_or_party_is_told(archive: Path) -> None:
    for words, told in (
        (["series", "ISR", "SYR", "--unit", "decade"], "decade"),
        (["series", "Atlantis", "SYR"], "Atlantis"),
    ):
        result = CliRunner().invoke(app, [*words, "--archive", str(archive)])
        assert result.exit_code == 1
        assert told in result.stderr


def test_events_are_asked_for_with_the_filters_of_claims(archive: Path) -> None:
    with open_archive(archive) as opened:
        assert opened.events(outlet="Outlet 2").count().events == 1
        assert list(opened.events(status="planned")) == []  # it was planned and then made: its own status counts
        assert opened.events(dyad="FRA,KAZ", since="2024-03-15").count().events == 0
        acts = opened.events(type="ASSAULT").acts()
    assert {(act.actor, act.recipient, act.mutual) for act in acts} == {("ISR", "SYR", False)}
