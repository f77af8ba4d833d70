"""Differences between snapshots, as they show themselves, with the reason."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from kept import NEWER, fill, make_kept, read_again
from make import MAKER

from dragoman.archive.compact import compact
from dragoman.archive.diff import TAKEN_OUT, Diff, Difference, diff
from dragoman.archive.keeper import open_keeper
from dragoman.archive.manifest import load_snapshot
from dragoman.archive.repair import repair
from dragoman.archive.rows import find_coder
from dragoman.domain import Reading
from dragoman.errors import ArchiveError

UNITS = [range(0, 3), range(3, 6)]
NONE = dict.fromkeys((f"{t} {w}" for t in ("claims", "reports") for w in ("added", "changed", "withdrawn")), 0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("diff") / "news"
    fill(folder, UNITS)
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    """A copy to go on with."""
    return Path(shutil.copytree(made, tmp_path / "news"))


def compare(archive: Path, old: int, new: int) -> Diff:
    return diff(archive, load_snapshot(archive, old), load_snapshot(archive, new))


def find_claim(reading: Reading) -> tuple[str, str]:
    return reading.claims[0].id, reading.report.id


def test_what_was_added_is_told_with_its_reports(archive: Path) -> None:
    found = compare(archive, 1, 2)

    assert found.count() == {**NONE, "claims added": 3, "reports added": 4}
    claim = Difference("claims", *find_claim(make_kept(3)), "added", (), "new report")
    assert claim in found.rows


def test_backwards_it_is_withdrawn(archive: Path) -> None:
    assert compare(archive, 2, 1).count() == {**NONE, "claims withdrawn": 3, "reports withdrawn": 4}


def test_from_nothing_all_is_new(archive: Path) -> None:
    assert compare(archive, 0, 2).count() == {**NONE, "claims added": 6, "reports added": 8}


def test_compacting_changes_nothing(archive: Path) -> None:
    with open_keeper(archive, "compact") as keeper:
        compact(keeper)

    assert compare(archive, 2, 3).rows == ()


def test_a_newer_coder_that_finds_the_same_changes_nothing(archive: Path) -> None:
    read_again(archive, [replace_maker(make_kept(1))], NEWER, "again")

    assert compare(archive, 2, 3).rows == ()


def test_a_newer_coder_changes_adds_and_withdraws(archive: Path) -> None:
    changed, withdrawn, other = make_kept(0, status="planned", confidence=0.5), make_kept(1), make_kept(2)
    new = replace(other.claims[0], id="cl_new")
    read_again(
        archive, [changed, replace(withdrawn, claims=()), replace(other, claims=(*other.claims, new))], NEWER, "again"
    )

    rows = compare(archive, 2, 3).rows

    by = f"by the newer coder {find_coder(NEWER)}"
    assert rows == (
        Difference("claims", "cl_new", other.report.id, "added", (), f"found {by}"),
        Difference("claims", *find_claim(changed), "changed", ("status", "confidence"), f"told otherwise {by}"),
        Difference("claims", *find_claim(withdrawn), "withdrawn", (), f"not found {by}"),
    )


def test_a_report_read_again_by_the_same_coder(archive: Path) -> None:
    reading = make_kept(4)
    read_again(archive, [replace(reading, claims=())], MAKER, "redo", replaces=True)

    rows = compare(archive, 2, 3).rows
    assert rows == (
        Difference("claims", *find_claim(reading), "withdrawn", (), "not found when its report was read again"),
    )


def test_what_the_doctor_took_out_is_told_so(archive: Path) -> None:
    part = next(part for part in load_snapshot(archive).find_parts("codings") if part.unit == "u3")
    (archive / part.name).unlink()
    repair(archive, redraw=False)

    found = compare(archive, 2, 3)
    assert found.count() == {**NONE, "claims withdrawn": 3, "reports withdrawn": 4}
    assert {row.reason for row in found.rows} == {TAKEN_OUT}
    assert found.unreadable == (part.name,)


def test_parts_that_both_have_are_not_read(archive: Path) -> None:
    """What is in them is the same, so that a damaged one doesn't hinder."""
    part = next(part for part in load_snapshot(archive).find_parts("claims") if part.unit == "u0")
    (archive / part.name).write_bytes(b"")

    assert compare(archive, 1, 2).count()["claims added"] == 3
    with pytest.raises(ArchiveError, match="damaged"):
        compare(archive, 0, 1)
    assert compare(archive, 1, 0).unreadable == (part.name,)


def replace_maker(reading: Reading) -> Reading:
    return replace(reading, claims=tuple(replace(claim, maker=NEWER) for claim in reading.claims))
