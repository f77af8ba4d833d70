"""Compacting and pruning: content stays, old snapshots stay readable, and a kill at any point harms nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from kept import NEWER, dump, fill, make_kept, read_again

from dragoman.archive import open_archive
from dragoman.archive.compact import compact, prune
from dragoman.archive.doctor import examine
from dragoman.archive.keeper import open_keeper
from dragoman.archive.manifest import find_numbers, load_snapshot
from dragoman.archive.parts import connect
from dragoman.archive.schema import KEPT
from dragoman.archive.snapshots import get_snapshot
from dragoman.errors import ArchiveError

UNITS = [range(n, n + 4) for n in range(0, 24, 4)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six units, some of whose reports a second coder has read."""
    folder = tmp_path_factory.mktemp("compact") / "news"
    fill(folder, UNITS)
    read_again(folder, [make_kept(n) for n in range(5)], NEWER, "again")
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(made, tmp_path / "news"))


@pytest.mark.parametrize("rows", [1_000_000, 11])
def test_content_stays_the_same(archive: Path, rows: int) -> None:
    before, old = dump(archive), load_snapshot(archive)

    with open_keeper(archive, "compact") as keeper:
        done = compact(keeper, rows=rows)

    assert dump(archive) == dump(archive, old) == before
    assert done.after < done.before
    assert examine(archive, is_thorough=True) == []


def test_full_sorts_large_parts_anew(archive: Path) -> None:
    with open_keeper(archive, "compact") as keeper:
        compact(keeper, rows=16)
    fill(archive, [range(24, 28)])
    before = dump(archive)

    with open_keeper(archive, "compact") as keeper:
        left = compact(keeper, rows=1)
        done = compact(keeper, rows=16, is_full=True)

    assert left.after == left.before > done.after
    assert dump(archive) == before
    assert_sorted(archive)


def test_parts_are_sorted_and_do_not_overlap(archive: Path) -> None:
    with open_keeper(archive, "compact") as keeper:
        compact(keeper, rows=64)

    assert_sorted(archive)


def assert_sorted(archive: Path) -> None:
    for table, coder in {(part.table, part.coder) for part in load_snapshot(archive).parts}:
        order = ", ".join(f'"{name}"' for name in KEPT[table].order)
        parts = [part for part in load_snapshot(archive).find_parts(table) if part.coder == coder]
        rows = []
        for part in parts:
            with connect() as connection:
                found = connection.execute(f"SELECT {order} FROM '{archive / part.name}'").fetchall()
                assert (
                    found
                    == connection.execute(f"SELECT {order} FROM '{archive / part.name}' ORDER BY {order}").fetchall()
                )
            rows.append(found)
        assert all(not {row[0] for row in one} & {row[0] for row in other} for one, other in pairwise(rows))


def test_a_second_time_there_is_nothing_to_do(archive: Path) -> None:
    with open_keeper(archive, "compact") as keeper:
        compact(keeper)
        number = keeper.snapshot.number
        compact(keeper)

    assert load_snapshot(archive).number == number


def test_adding_goes_on_and_knows_what_was_there(archive: Path) -> None:
    with open_keeper(archive, "compact") as keeper:
        compact(keeper)
        prune(keeper)

    fill(archive, [*UNITS, range(24, 28)])

    assert len(dump(archive)["claims"]) == 28 + 5
    assert examine(archive, is_thorough=True) == []


def test_a_damaged_part_is_not_laundered(archive: Path) -> None:
    part = archive / load_snapshot(archive).find_parts("claims")[0].name
    part.write_bytes(part.read_bytes()[:-1] + b"?")

    with open_keeper(archive, "compact") as keeper, pytest.raises(ArchiveError, match="damaged"):
        compact(keeper)
    assert load_snapshot(archive).number == 7


def test_pruning_keeps_named_and_newest_snapshots_and_what_they_need(archive: Path) -> None:
    with open_keeper(archive, "compact") as keeper:
        keeper.name_snapshot("paper")
        before = dump(archive)
        compact(keeper)
        done = prune(keeper)

    assert (find_numbers(archive), done.snapshots) == ([8, 9], (1, 2, 3, 4, 5, 6, 7))
    assert dump(archive, get_snapshot(archive, "paper")) == dump(archive) == before
    assert done.parts == 0


def test_pruning_deletes_parts_that_nothing_names(archive: Path) -> None:
    before = dump(archive)
    with open_keeper(archive, "compact") as keeper:
        compact(keeper)
        done = prune(keeper)

    named = {part.name for part in load_snapshot(archive).parts}
    assert {path.relative_to(archive).as_posix() for path in archive.rglob("*.parquet")} == named
    assert (done.parts > 20, done.bytes > 0, dump(archive)) == (True, True, before)


def test_the_chain_goes_on_past_a_complete_record_after_pruning(archive: Path) -> None:
    with open_keeper(archive, "compact") as keeper:
        prune(keeper)
        for number in range(60):
            keeper.name_snapshot(f"v{number}")
        prune(keeper, keep=2)

    assert len(find_numbers(archive)) == 60
    assert all(load_snapshot(archive, number).parts for number in find_numbers(archive))
    assert examine(archive) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from dragoman.archive import compact as room
from dragoman.archive.keeper import open_keeper
count = 0
def stop(event, arguments):
    global count
    if event in ("os.rename", "os.remove") and str(sys.argv[1]) in str(arguments[0]):
        count += 1
        if count == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(stop)
with open_keeper(Path(sys.argv[1]), "compact") as keeper:
    room.compact(keeper, rows=16)
    room.prune(keeper)
"""
"""Compacts and prunes; kills itself right before its n-th renaming or deleting in the archive."""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a thing of POSIX")
def test_a_kill_at_any_renaming_or_deleting_harms_nothing(tmp_path: Path, is_long: bool) -> None:
    source = Path(__file__).parents[2] / "src"
    fill(tmp_path / "news", UNITS[:3])
    before, ended = dump(tmp_path / "news"), 0
    for point in (1, 3, 6, 10, 14, 18, 22, 30, 40, 90) if is_long else (1, 6, 14, 22, 90):
        archive = tmp_path / f"copy{point}"
        subprocess.run(["cp", "-r", tmp_path / "news", archive], check=True)

        run = subprocess.run(
            [sys.executable, "-c", KILLED, archive, str(point)], env={**os.environ, "PYTHONPATH": str(source)}
        )

        ended += run.returncode == 0
        assert run.returncode in (0, -signal.SIGKILL)
        assert [
            finding for finding in examine(archive) if finding.severity == "error" and finding.where != "ledger.sqlite"
        ] == []
        with open_archive(archive):
            assert dump(archive) == before
        fill(archive, UNITS[:4])
        assert len(dump(archive)["claims"]) == 16
    assert 0 < ended < 8


FULL = """
import resource, sys
from pathlib import Path
from dragoman.archive.compact import compact
from dragoman.archive.keeper import open_keeper
with open_keeper(Path(sys.argv[1]), "compact") as keeper:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    try:
        compact(keeper)
    except OSError as error:
        sys.exit(f"OSError: {error}")
"""
"""Compacts where no file may grow beyond a size, as on a full disk."""


@pytest.mark.skipif(os.name == "nt", reason="limits are a thing of POSIX")
def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "news"
    fill(archive, UNITS, long=True)
    before = dump(archive)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}

    run = subprocess.run(
        [sys.executable, "-c", FULL, archive, "40000"], env=environment, capture_output=True, text=True
    )

    assert (run.returncode, "can't be written" in run.stderr) == (1, True), run.stderr
    assert (load_snapshot(archive).number, dump(archive)) == (6, before)
    assert [finding for finding in examine(archive) if finding.severity == "error"] == []
