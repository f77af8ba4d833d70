"""An archive of the example reports, read with the real model: what the writer writes is what the keepers expect."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from kept import dump

from dragoman.archive import open_archive
from dragoman.archive.bundle import BundleOptions, export_bundle
from dragoman.archive.compact import compact, prune
from dragoman.archive.copies import make_fingerprint
from dragoman.archive.doctor import examine
from dragoman.archive.keeper import open_keeper
from dragoman.archive.rows import (
    hash_text,
    make_claim_rows,
    make_coding_row,
    make_rejected_row,
    make_report_row,
    name_report,
)
from dragoman.archive.writer import Work, open_writer
from dragoman.domain import Reading
from dragoman.pipeline import load_parts, read_all, read_report

EXAMPLES = Path(__file__).parents[2] / "src" / "dragoman" / "_data" / "examples"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One unit of work for each file."""
    archive, parts = tmp_path_factory.mktemp("real") / "examples", load_parts()
    with open_writer(archive, parts.maker, "add") as writer:
        for path in sorted(EXAMPLES.iterdir()):
            work = Work(path.stem)
            for found in read_all([path], None):
                assert isinstance(found, Reading)
                reading = read_report(name_report(found.report), parts)
                report = reading.report
                work.reports.append(make_report_row(report, record_id=found.report.id, unit=work.key))
                work.marks[report.id] = make_fingerprint(report.text, hash_text(report.text), report.url)
                work.codings.append(make_coding_row(reading, writer.coder))
                work.claims.extend(make_claim_rows(reading, writer.coder))
                work.rejected.extend(
                    make_rejected_row(rejected, report, coder=writer.coder, unit=work.key)
                    for rejected in reading.rejected
                )
                work.count("coded" if work.codings[-1]["state"] == "coded" else "without parties")
            writer.commit(work, note=path.name)
    return archive


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "examples")
    return tmp_path / "examples"


def test_the_doctor_finds_nothing(archive: Path) -> None:
    assert [finding for finding in examine(archive, is_thorough=True) if finding.severity == "error"] == []


def test_compacted_and_pruned_it_holds_the_same(archive: Path) -> None:
    before = dump(archive)
    with open_keeper(archive, "compact") as keeper:
        compact(keeper)
        prune(keeper)

    assert (dump(archive), len(before["claims"]) > 30) == (before, True)
    assert [finding for finding in examine(archive, is_thorough=True) if finding.severity == "error"] == []


def test_a_bundle_of_it_holds_every_claim(archive: Path, tmp_path: Path) -> None:
    with open_archive(archive) as opened:
        rows = export_bundle(opened.engine, tmp_path / "bundle", BundleOptions())

    assert {table: len(found) for table, found in dump(archive).items()} == rows
