"""Snapshots: what is saved is loaded again, whatever happened before, and nothing damaged passes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.archive.manifest import (
    FOLDER,
    Change,
    Part,
    Snapshot,
    Unit,
    apply,
    load_snapshot,
    save_complete,
    save_snapshot,
    snapshot_path,
)
from dragoman.errors import ArchiveError

NAMES = st.sampled_from([f"claims/p{n}.parquet" for n in range(12)])
TEXT = st.text(st.characters(codec=None), max_size=12)
COUNTS = st.dictionaries(st.sampled_from(["read", "coded", "claims"]), st.integers(-9, 10**12), max_size=3)
PARTS = st.builds(
    Part, st.just("claims"), NAMES, st.integers(0, 10**9), st.integers(0, 10**12), st.text("0123456789abcdef"),
    st.none() | TEXT, st.none() | TEXT,
)  # fmt: skip
CHANGES = st.builds(
    Change,
    added=st.lists(PARTS, max_size=3, unique_by=lambda part: part.name).map(tuple),
    removed=st.lists(NAMES, max_size=3, unique=True).map(tuple),
    units=st.lists(st.builds(Unit, TEXT, st.sampled_from(["c1", "c2"]), COUNTS), max_size=2).map(tuple),
    undone=st.lists(st.tuples(TEXT, st.sampled_from(["c1", "c2"])), max_size=2).map(tuple),
    coders=st.dictionaries(st.sampled_from(["c1", "c2"]), st.dictionaries(TEXT, st.none() | TEXT, max_size=2)),
    totals=COUNTS, note=TEXT, name=st.none() | TEXT,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=7), st.integers(44, 51), st.data())
def test_what_is_saved_is_loaded_again(changes: list[Change], first: int, data: st.DataObject) -> None:
    """Over records that tell a change and those that tell all, also where old ones were pruned."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder)
        (archive / FOLDER).mkdir()
        snapshot = Snapshot(number=first, created="2026-01-01T00:00:00+00:00", version="0.1.0")
        save_complete(archive, snapshot)
        made = []
        for change in changes:
            snapshot = apply(snapshot, change, version="0.1.0")
            save_snapshot(archive, snapshot, change)
            made.append(snapshot)
        kept = data.draw(st.sampled_from(made))

        assert [load_snapshot(archive, one.number) for one in made] == made
        save_complete(archive, kept)
        for number in range(first, kept.number):
            snapshot_path(archive, number).unlink()
        assert load_snapshot(archive, kept.number) == kept
        assert load_snapshot(archive) == made[-1]


def test_a_newer_format_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    save_complete(tmp_path, Snapshot(number=1, version="9.0.0"))
    path = snapshot_path(tmp_path, 1)
    path.write_text(path.read_text().replace('"format": 2', '"format": 3'))

    with pytest.raises(ArchiveError, match=r"written by Dragoman 9\.0\.0 in format 3.*Install the newer Dragoman"):
        load_snapshot(tmp_path)


def test_the_file_of_one_snapshot_does_not_pass_for_another(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    save_complete(tmp_path, Snapshot(number=1))
    snapshot_path(tmp_path, 1).rename(snapshot_path(tmp_path, 2))

    with pytest.raises(ArchiveError, match="damaged"):
        load_snapshot(tmp_path)


def test_an_existing_snapshot_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    save_complete(tmp_path, Snapshot(number=1))

    with pytest.raises(ArchiveError, match="another process has committed"):
        save_snapshot(tmp_path, Snapshot(number=1), Change())


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd", "../other/claims/p1.parquet", "claims/../../p1.parquet", "claims/p1.parquet/../../x.parquet",
        "events/p1.parquet", "claims/p1.txt", "claims/.p1.parquet", "claims\\\\p1.parquet", "C:/claims/p1.parquet",
        "claims/a\0.parquet", "claims/https://a.example/p1.parquet", "claims/*.parquet", "",
    ],
)  # fmt: skip
def test_a_part_outside_of_its_tables_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / FOLDER).mkdir()
    save_complete(tmp_path, Snapshot(number=1, parts=(Part("claims", name, 1, 1, "0"),)))

    with pytest.raises(ArchiveError, match="none of an archive's"):
        load_snapshot(tmp_path)
