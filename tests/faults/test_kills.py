"""A run may be killed at any moment: resumed, it ends where an unbroken one does, and its workers die with it."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from added import export, find_faults, make_command, make_environment, run_add

SHORT, LONG = 3, 500
LONG_SECONDS = float(os.environ.get("FAULTS_SECONDS", "3600"))
COMMITTING = ("work/*", "snapshots/.*", "ledger.sqlite-wal")
"""Files that are there while a unit is committed."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a thing of POSIX")


def start(archive: Path, sources: list[str], *options: str) -> subprocess.Popen[bytes]:
    command = make_command(archive, sources, "--quiet", *options)
    return subprocess.Popen(command, env=make_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill(run: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Kill a run alone, as ``kill -9`` does; gives those of its workers that outlive it by three seconds."""
    try:
        children = psutil.Process(run.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        children = []
    run.kill()
    run.wait()
    _, alive = psutil.wait_procs(children, timeout=3)
    return [each for each in alive if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def wait_for(run: subprocess.Popen[bytes], seconds: float, is_time: Callable[[], bool]) -> None:
    """Until it is time, or the run or the seconds are over."""
    until = time.monotonic() + seconds
    while run.poll() is None and time.monotonic() < until and not is_time():
        time.sleep(0.0005)


def count_parts(archive: Path) -> int:
    """Parts and pieces of parts: it changes in the course of a commit."""
    return sum(1 for pattern in ("*/*.parquet", "work/*", "snapshots/*", "snapshots/.*") for _ in archive.glob(pattern))


def disturb(run: subprocess.Popen[bytes], archive: Path, choose: random.Random, seconds: float) -> str:
    """Kill a run after some time, or some milliseconds into a commit; tells which."""
    if choose.random() < 0.4:
        wait_for(run, choose.uniform(0.3, 1.1 * seconds), lambda: False)
        how = "at random"
    else:
        before, steps = count_parts(archive), choose.randrange(1, 25)
        wait_for(run, 3 * seconds, lambda: count_parts(archive) not in range(before, before + steps))
        time.sleep(choose.uniform(0, 0.01))
        how = "in a commit"
    return how


def test_runs_killed_at_any_moment_end_where_an_unbroken_one_does(
    unbroken, tmp_path: Path, is_long: bool, record_property
) -> None:
    choose = random.Random(20240305)
    kills: dict[str, int] = {"at random": 0, "in a commit": 0}
    most, rounds, resumed = (LONG if is_long else SHORT), 0, 0
    until = time.monotonic() + LONG_SECONDS
    while sum(kills.values()) < most and time.monotonic() < until:
        rounds += 1
        archive = tmp_path / f"archive{rounds}"
        options = ("--commit-every", "12", "--workers", str(choose.choice((1, 2))))
        while sum(kills.values()) < most and time.monotonic() < until:
            run = start(archive, unbroken.sources, *options)
            how = disturb(run, archive, choose, unbroken.seconds)
            is_over = run.poll() is not None
            assert kill(run) == [], "workers outlived the run"
            if is_over:
                break
            kills[how] += 1
            if list(archive.glob("snapshots/*.json")):
                resumed += 1
                assert find_faults(archive) == []
        last = run_add(archive, unbroken.sources, *options)
        assert last.returncode == 3, last.stderr
        assert export(archive) == unbroken.rows
    figures = f"{sum(kills.values())} kills in {rounds} archives: " + ", ".join(
        f"{n} {how}" for how, n in kills.items()
    )
    record_property("figures", f"{figures}; {resumed} with units committed before")
