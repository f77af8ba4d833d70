"""Snapshots to list, to find by name and to cite."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
from kept import dump, fill

from dragoman.archive import open_archive
from dragoman.archive.keeper import open_keeper
from dragoman.archive.manifest import load_snapshot
from dragoman.archive.snapshots import cite_snapshot, get_snapshot, hash_snapshot, list_snapshots
from dragoman.errors import ArchiveError


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two units, a name, one unit more."""
    fill(tmp_path / "news", [range(0, 3), range(3, 6)])
    with open_keeper(tmp_path / "news", "snapshot") as keeper:
        keeper.name_snapshot("paper", "for the paper")
    fill(tmp_path / "news", [range(6, 9)])
    return tmp_path / "news"


def test_the_list_tells_what_each_holds(archive: Path) -> None:
    shown = [(entry.number, entry.name, entry.note, entry.reports, entry.claims) for entry in list_snapshots(archive)]

    assert shown == [
        (1, None, "added u0", 4, 3),
        (2, None, "added u3", 8, 6),
        (3, "paper", "for the paper", 8, 6),
        (4, None, "added u6", 12, 9),
    ]


def test_a_snapshot_is_found_by_number_and_by_name(archive: Path) -> None:
    assert get_snapshot(archive, "paper") == get_snapshot(archive, 3) == get_snapshot(archive, "3")
    assert get_snapshot(archive).number == 4
    with pytest.raises(ArchiveError, match="no snapshot 'poster'; named are paper"):
        get_snapshot(archive, "poster")


def test_an_archive_opens_as_it_was(archive: Path) -> None:
    with open_archive(archive, snapshot="paper") as opened:
        assert opened.engine.execute("SELECT count(*) FROM claims", tables=["claims"]).fetchall() == [(6,)]


@pytest.mark.parametrize("name", ["paper", "7", "", "a b", "../x"])
def test_a_name_that_is_taken_or_no_name_is_refused(archive: Path, name: str) -> None:
    with open_keeper(archive, "snapshot") as keeper, pytest.raises(ArchiveError):
        keeper.name_snapshot(name)
    assert load_snapshot(archive).number == 4


def test_a_citation_names_versions_day_and_content(archive: Path) -> None:
    snapshot = get_snapshot(archive, "paper")

    with open_archive(archive, snapshot="paper") as opened:
        text = cite_snapshot(opened.engine).text

    assert text.startswith(
        f"news: an archive of claims, “paper” (snapshot 3) of {snapshot.created[:10]}, "
        "8 reports, 6 claims and 0 events, coded by Dragoman 0.1.0"
    )
    assert "(model 0123456789abcdef, roster r1, codebook c1)" in text
    assert text.endswith(f"SHA-256 of its content: {hash_snapshot(snapshot)}.")


def test_a_citation_of_an_old_snapshot_stays_the_same(archive: Path) -> None:
    with open_archive(archive, snapshot=1) as opened:
        before = cite_snapshot(opened.engine, ["Ada Okafor"])
    fill(archive, [range(9, 12)])

    with open_archive(archive, snapshot=1) as opened:
        assert cite_snapshot(opened.engine, ["Ada Okafor"]) == before
    assert (before.key, before.authors) == ("news-snapshot-1", ("Ada Okafor",))
    assert before.text.startswith("Ada Okafor: news: an archive of claims, snapshot 1 of ")
    assert "4 reports, 3 claims and 0 events" in before.text


def test_the_hash_can_be_made_with_a_shell(archive: Path) -> None:
    names = sorted(part.name for part in load_snapshot(archive).parts)
    lines = subprocess.run(["sha256sum", *names], cwd=archive, capture_output=True, check=True).stdout

    assert hashlib.sha256(lines).hexdigest() == hash_snapshot(load_snapshot(archive))


def test_a_note_may_hold_half_characters(archive: Path) -> None:
    """As names of files do that aren't UTF-8."""
    with open_keeper(archive, "snapshot") as keeper:
        keeper.name_snapshot("odd", "caf\udce9")

    assert get_snapshot(archive, "odd").note == "caf\udce9"
    assert dump(archive, get_snapshot(archive, "odd")) == dump(archive, get_snapshot(archive, 4))


def test_naming_wants_an_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive there"), open_keeper(tmp_path, "snapshot"):
        pass
