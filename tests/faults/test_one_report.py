"""One report that hangs, comes again, or comes under another name; a model that isn't ours; a clock that goes back."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from added import (
    SOURCE,
    export,
    find_faults,
    make_record,
    make_text,
    run_add,
    write_lines,
)


def add_json(archive: Path, *sources: Path) -> dict[str, int]:
    run = run_add(archive, [str(source) for source in sources], "--json", "--workers", "1")
    assert run.returncode == 0, run.stderr
    found: dict[str, int] = json.loads(run.stdout)
    return found


def test_a_report_that_takes_too_long_costs_the_others_nothing(tmp_path: Path, record_property) -> None:
    endless = " ".join(make_text(number) for number in range(9_000))  # minutes of work for the model
    records = [make_record(1), make_record(2), make_record(100, text=endless), make_record(3), make_record(4)]
    lines = write_lines(tmp_path / "in.jsonl", records)
    run = run_add(tmp_path / "archive", [str(lines)], "--timeout", "4", "--workers", "1", "--json")

    assert run.returncode == 3
    assert "in.jsonl:3" in run.stderr and "took longer than 4 s" in run.stderr
    found = json.loads(run.stdout)
    assert (found["coded"], found["rejected"]) == (4, 1)
    assert find_faults(tmp_path / "archive") == []
    record_property("figures", "a text of 1.6 million letters given up after twice 4 s; the 4 others coded")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of ten reports, each delivered once."""
    folder = tmp_path_factory.mktemp("delivered")
    lines = write_lines(folder / "in.jsonl", [make_record(number) for number in range(10)])
    assert add_json(folder / "archive", lines)["coded"] == 10
    return folder / "archive"


@pytest.fixture
def archive(delivered: Path, tmp_path: Path) -> Path:
    return shutil.copytree(delivered, tmp_path / "archive")


def test_reports_in_another_file_and_order_are_known(archive: Path, tmp_path: Path) -> None:
    before = export(archive)
    records = [make_record(number) for number in range(10)]
    random.Random(3).shuffle(records)
    found = add_json(archive, write_lines(tmp_path / "other.jsonl", records))

    assert (found["read"], found["known"], found["claims"]) == (10, 10, 0)
    assert export(archive) == before


def test_reports_under_addresses_with_tracking_are_copies_that_claim_nothing_again(
    archive: Path, tmp_path: Path
) -> None:
    before = export(archive)
    tracked = [make_record(n, url=f"https://www.harbour.example/{n}?utm_source=x&fbclid={n}#top") for n in range(10)]
    found = add_json(archive, write_lines(tmp_path / "tracked.jsonl", tracked))

    assert (found["read"], found["copies"], found["claims"]) == (10, 10, 0)
    assert export(archive)["claims"] == before["claims"]


def test_an_edited_report_under_a_tracked_address_is_a_version(archive: Path, tmp_path: Path) -> None:
    edited = make_record(1, text=make_text(50), url="http://harbour.example/1?utm_medium=mail")
    assert add_json(archive, write_lines(tmp_path / "edited.jsonl", [edited]))["coded"] == 1
    versions = [row for row in export(archive)["reports"] if "item 50 of" in row]
    original = next(row for row in export(archive)["reports"] if "item 1 of" in row)
    assert len(versions) == 1 and original.split("'")[1] in versions[0]


def test_a_report_twice_in_one_file_is_kept_once(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", [make_record(1), make_record(2), make_record(1)])
    found = add_json(tmp_path / "archive", lines)
    assert (found["coded"], found["known"]) == (2, 1)


def test_a_model_that_is_not_the_one_its_checksum_names_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "src" / "dragoman"
    shutil.copytree(SOURCE / "dragoman", package, ignore=shutil.ignore_patterns("__pycache__"))
    weights = package / "_models" / "reader.onnx"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    lines = write_lines(tmp_path / "in.jsonl", [make_record(1)])
    run = run_add(tmp_path / "archive", [str(lines)], PYTHONPATH=str(tmp_path / "src"))

    assert run.returncode == 1
    assert "reader.onnx has SHA-256" in run.stderr and "Traceback" not in run.stderr
    assert not (tmp_path / "archive").exists()
