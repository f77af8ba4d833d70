"""Disks that are full or read-only: one clear line, nothing committed is lost, and the next run completes."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from added import UNIT, export, find_faults, make_command, make_environment, run_add

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits and mounts are things of POSIX")


def mount(folder: Path, options: str) -> bool:
    """Mount a file system in memory; false where this user may not."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or not mount(folder, "size=200k"):
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def grow(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


def test_a_full_disk_is_told_and_the_next_run_completes(disk: Path, unbroken, is_long: bool, record_property) -> None:
    archive, sizes = disk / "archive", range(60, 640, 20) if is_long else (200, 330)
    full = 0
    for size in sizes:
        grow(disk, f"size={size}k")
        run = run_add(archive, unbroken.sources, *UNIT)
        if run.returncode == 3:
            break
        full += 1
        assert run.returncode == 1
        assert "Traceback" not in run.stderr
        assert "Make room" in run.stderr or "can't be" in run.stderr, run.stderr
        if list(archive.glob("snapshots/*.json")):
            assert find_faults(archive) == []
    assert full
    grow(disk, "size=64m")
    assert run_add(archive, unbroken.sources, *UNIT).returncode == 3
    assert export(archive) == unbroken.rows
    record_property("figures", f"{full} runs into a full disk in memory, then one with room")


@pytest.mark.parametrize("kilobytes", [6, 30])
def test_a_file_that_may_not_grow_is_told_and_the_next_run_completes(
    kilobytes: int, unbroken, tmp_path: Path, record_property
) -> None:
    archive = tmp_path / "archive"
    limit = kilobytes * 1_000
    run = subprocess.run(
        make_command(archive, unbroken.sources, *UNIT),
        env=make_environment(),
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr and "dragoman: " in run.stderr
    assert run_add(archive, unbroken.sources, *UNIT).returncode == 3
    assert export(archive) == unbroken.rows
    record_property("figures", f"no file over {kilobytes} kB, then any")


def test_a_read_only_folder_is_told(disk: Path, unbroken) -> None:
    archive = disk / "archive"
    grow(disk, "size=64m")
    assert run_add(archive, unbroken.sources, *UNIT).returncode == 3
    grow(disk, "ro")

    run = run_add(archive, unbroken.sources, *UNIT)
    grow(disk, "rw")

    assert run.returncode == 1
    assert "read-only" in run.stderr.lower() and "Traceback" not in run.stderr
    assert export(archive) == unbroken.rows


def test_a_place_where_no_archive_can_be_made_is_told(disk: Path, unbroken) -> None:
    grow(disk, "ro")
    run = run_add(disk / "archive", unbroken.sources)
    assert run.returncode == 1
    assert "name another folder with --archive" in run.stderr
