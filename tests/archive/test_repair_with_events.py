"""An archive with events is repaired like one without: events stay until they are derived anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import add

from dragoman.archive import open_archive
from dragoman.archive.manifest import load_snapshot
from dragoman.archive.repair import repair
from dragoman.archive.schema import TableName
from dragoman.batch.merging import merge_archive


def test_claims_that_are_lost_go_from_events_when_these_are_derived(tmp_path: Path) -> None:
    archive = tmp_path / "news"
    add(archive, [0], None)
    add(archive, [5], None)
    merge_archive(archive)
    part = next(part for part in load_snapshot(archive).find_parts("claims") if part.unit == "unit-5")
    (archive / part.name).write_bytes(b"noise")

    repair(archive, redraw=False)
    merge_archive(archive)

    with open_archive(archive) as opened:
        assert [event.event_type for event in opened.events()] == ["ASSAULT"]


@pytest.mark.parametrize("table", ["events", "event_claims", "judgements"])
def test_a_damaged_part_of_what_is_derived_costs_no_claim(tmp_path: Path, table: TableName) -> None:
    archive = tmp_path / "news"
    add(archive, range(6), None)
    merge_archive(archive)
    with open_archive(archive) as opened:
        before, claims = list(opened.events()), opened.claims().count()
    (part,) = load_snapshot(archive).find_parts(table)
    (archive / part.name).write_bytes(b"noise")

    done = repair(archive, redraw=False)
    merge_archive(archive)

    assert (done.inputs, done.lines[-2 if done.lines[-1].startswith("ledger") else -1]) == (
        (), "events are derived anew by 'dragoman events --derive'",
    )  # fmt: skip
    with open_archive(archive) as opened:
        assert (list(opened.events()), opened.claims().count()) == (before, claims)
