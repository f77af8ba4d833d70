"""What is counted from columns held in memory is what is counted from the files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.archive import Archive, open_archive
from dragoman.archive.filters import make_filters
from dragoman.archive.schema import TABLES
from dragoman.archive.tally_making import make_tally
from dragoman.batch.merging import merge_archive

TOLD = [
    {}, {"actor": "RUS"}, {"recipient": "RUS"}, {"either": "UKR"}, {"dyad": "RUS,UKR"}, {"actor": "RUS", "recipient": "UKR"},
    {"actor": ["USA", "CHN"]}, {"type": "CONSULT"}, {"quad": "material conflict", "either": "RUS"}, {"status": "planned"},
    {"since": "2024-06"}, {"until": "2024-06"}, {"since": "2024-06-19", "until": "2024-06-19"}, {"min_confidence": 0.8},
    {"actor": "FJI"},
]  # fmt: skip
NOT_TOLD = [
    {"text": "talks"}, {"place": "Geneva"}, {"outlet": "The Harbour Wire"}, {"claimant": "RUS"}, {"since": "2024", "by": "report"},
    {"actor": "RUS", "either": "UKR"}, {"actor": "person:vladimir-putin"},
]  # fmt: skip
"""What the narrow columns don't know, or no one row of them need meet."""


@pytest.fixture(scope="module")
def told(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The examples with their events, and their tally."""
    path = Path(shutil.copytree(folder, tmp_path_factory.mktemp("tally") / "news"))
    merge_archive(path)
    with open_archive(path) as opened:
        opened.engine.prepare(TABLES)
        opened.tally = make_tally(opened.engine)
        yield opened


def count_rows(archive: Archive, query: str, *values: Any) -> int:
    return int(archive.engine.find_rows(f"SELECT ({query}) AS n", values, tables=TABLES)[0]["n"])


@pytest.mark.parametrize("given", TOLD, ids=str)
def test_claims_are_counted_as_in_the_files(told: Archive, given: dict[str, Any]) -> None:
    assert told.tally
    counted = told.tally.count_claims(told.directory, make_filters("claims", given))

    whole = told.claims(**given).count()
    ids = [row["claim_id"] for row in told.claims(**given).rows()]
    query = "SELECT count(DISTINCT event_id) FROM event_claims WHERE list_contains(?::VARCHAR[], claim_id)"
    assert counted == {
        "claims": whole.claims, "events": count_rows(told, query, ids), "reports": whole.reports, "outlets": whole.outlets,
    }  # fmt: skip


@pytest.mark.parametrize("given", TOLD, ids=str)
def test_events_are_counted_as_in_the_files(told: Archive, given: dict[str, Any]) -> None:
    assert told.tally
    whole = told.events(**given).count()

    counted = told.tally.count_events(told.directory, make_filters("claims", given))

    assert counted == {"events": whole.events, "reports": whole.reports, "outlets": whole.outlets}


@pytest.mark.parametrize(
    "given", [{}, {"outlet": "the harbour wire"}, {"since": "2024-06-20"}, {"until": "1990"}], ids=str
)
def test_reports_are_counted_with_their_copies_and_events(told: Archive, given: dict[str, Any]) -> None:
    assert told.tally
    rows = list(told.reports(**given).rows())

    counted = told.tally.count_reports(make_filters("claims", given))

    query = "SELECT count(DISTINCT event_id) FROM event_claims WHERE list_contains(?::VARCHAR[], report_id)"
    events = count_rows(told, query, [row["copy_of"] or row["report_id"] for row in rows])
    outlets = {row["outlet"] for row in rows if row["outlet"]}
    assert counted == {"events": events, "reports": len(rows), "outlets": len(outlets)}


@pytest.mark.parametrize("given", NOT_TOLD, ids=str)
def test_what_the_columns_dont_know_is_left_to_the_files(told: Archive, given: dict[str, Any]) -> None:
    assert told.tally
    filters = make_filters("claims", given)

    assert told.tally.count_claims(told.directory, filters) is None
    assert told.tally.count_events(told.directory, filters) is None


def test_reports_of_certain_claims_are_left_to_the_files(told: Archive) -> None:
    assert told.tally

    assert told.tally.count_reports(make_filters("claims", {"type": "CONSULT"})) is None
