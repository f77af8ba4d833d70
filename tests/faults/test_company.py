"""Others who write or read at the same time, and a process that is stopped while it holds the lock."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from added import UNIT, export, find_faults, make_command, make_environment, make_record, run_add, write_lines

from dragoman.archive import open_archive
from dragoman.archive.manifest import find_numbers

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGSTOP is a thing of POSIX")


@pytest.fixture
def writing(unbroken, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A writer that holds the lock of ``tmp_path / "archive"``, and is stopped."""
    archive = tmp_path / "archive"
    command = make_command(archive, unbroken.sources, *UNIT)
    run = subprocess.Popen(command, env=make_environment(), stderr=subprocess.PIPE, text=True)
    while not (archive / "lock.holder").exists():
        assert run.poll() is None
        time.sleep(0.002)
    time.sleep(0.05)
    run.send_signal(signal.SIGSTOP)
    yield run
    run.send_signal(signal.SIGCONT)
    run.kill()
    run.wait()


def test_a_second_writer_is_refused_and_the_first_named(writing, unbroken, tmp_path: Path) -> None:
    second = run_add(tmp_path / "archive", unbroken.sources)
    assert second.returncode == 1
    assert f"process {writing.pid} (add " in second.stderr and "--wait" in second.stderr


def test_a_writer_that_waits_adds_its_own_when_the_first_is_done(writing, unbroken, tmp_path: Path) -> None:
    more = write_lines(tmp_path / "more.jsonl", [make_record(number) for number in (1, 70, 71, 72)])
    command = make_command(tmp_path / "archive", [str(more)], "--wait", "60")
    waiting = subprocess.Popen(command, env=make_environment(), stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    assert waiting.poll() is None
    writing.send_signal(signal.SIGCONT)
    assert writing.wait(120) == 3

    assert waiting.wait(120) == 0
    both = export(tmp_path / "archive")
    assert len(both["reports"]) == len(unbroken.rows["reports"]) + 3
    assert set(unbroken.rows["claims"]) < set(both["claims"])
    assert find_faults(tmp_path / "archive") == []


def test_the_lock_of_a_killed_writer_holds_nobody_up(writing, unbroken, tmp_path: Path) -> None:
    writing.kill()
    writing.wait()
    assert run_add(tmp_path / "archive", unbroken.sources, *UNIT).returncode == 3
    assert export(tmp_path / "archive") == unbroken.rows


def test_who_reads_while_another_writes_sees_whole_snapshots(unbroken, tmp_path: Path, record_property) -> None:
    archive = tmp_path / "archive"
    command = make_command(archive, unbroken.sources, "--commit-every", "3", "--workers", "1", "--quiet")
    run = subprocess.Popen(command, env=make_environment(), stderr=subprocess.DEVNULL)
    seen: list[int] = []
    looks = 0
    while run.poll() is None:
        if not find_numbers(archive):
            continue
        assert find_faults(archive) == []
        with open_archive(archive) as opened:
            totals = opened.snapshot.totals
            count = opened.engine.execute("SELECT count(*) FROM reports", tables=["reports"]).fetchall()[0][0]
            assert count == totals["coded"] + totals["copies"] + totals["without parties"]
            seen.append(opened.snapshot.number)
        looks += 1
    assert run.returncode == 3
    assert seen == sorted(seen) and len(set(seen)) > 2
    assert export(archive) == unbroken.rows
    record_property("figures", f"{looks} looks, {len(set(seen))} snapshots seen while they came")
