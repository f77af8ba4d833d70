"""Archives for tests of keeping one: synthetic reports of our own, written by the real writer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from make import MAKER, make_claim, make_reading, make_report

from dragoman.archive.copies import make_fingerprint
from dragoman.archive.engine import Engine
from dragoman.archive.manifest import Snapshot, load_snapshot
from dragoman.archive.parts import connect, quote
from dragoman.archive.rows import (
    hash_text,
    make_claim_rows,
    make_coding_row,
    make_rejected_row,
    make_report_row,
    name_report,
)
from dragoman.archive.schema import TABLES, TableName
from dragoman.archive.writer import Work, open_writer
from dragoman.domain import Maker, Reading, Rejected

NEWER = replace(MAKER, version="0.2.0")
_CARGOES = ("rice", "wheat", "“dark” tea", "salt, coarse", "=SUM(1)", "café\nsugar")


def make_kept(number: int, *, tail: str = "", **changes: Any) -> Reading:
    """A reading whose report is unlike those of other numbers, under its archive id."""
    cargo = f"{_CARGOES[number % len(_CARGOES)]} {' '.join(f'w{number}x{n}' for n in range(12))}"
    text = (
        f"Envoys gather\n\nKCNA said North Korea sent 500 tons of rice to Russia on Monday. No one else took part.\n"
        f"Ship {number} carried {cargo} 🚢.\n{tail}"
    )
    report = name_report(make_report(text, outlet=("The Strait Courier", None, "")[number % 3]))
    claim = make_claim(text, id=f"cl_{hash_text(text)[:16]}", report_id=report.id, **changes)
    return make_reading(text, (claim,), report=report)


def make_work(key: str, readings: Iterable[Reading], coder: str) -> Work:
    """A unit of work with these readings, something rejected, and a copy of the first."""
    work = Work(key)
    for reading in readings:
        report = reading.report
        work.reports.append(make_report_row(report, record_id=f"{key}-1", unit=key))
        work.marks[report.id] = make_fingerprint(report.text, hash_text(report.text), report.url)
        work.codings.append(make_coding_row(reading, coder))
        work.claims.extend(make_claim_rows(reading, coder))
        for rejected in reading.rejected:
            work.rejected.append(make_rejected_row(rejected, report, coder=coder, unit=key))
        work.count("coded")
    _add_copy(work, next(iter(work.reports)))
    bad = Rejected("read", "not in English", "NA")
    work.rejected.append(make_rejected_row(bad, None, coder=coder, unit=key, raw="e30="))
    work.count("rejected")
    return work


def fill(archive: Path, units: Iterable[range], maker: Maker = MAKER, *, long: bool = False) -> Snapshot:
    """Commit one unit for each range of numbers; of ``long`` reports where told so."""
    with open_writer(archive, maker, "add") as writer:
        for numbers in units:
            readings = (make_kept(number, tail=_make_noise(number) if long else "") for number in numbers)
            work = make_work(f"u{numbers.start}", readings, writer.coder)
            if not writer.has_unit(work.key):
                writer.commit(work, note=f"added {work.key}")
        return writer.snapshot


def read_again(archive: Path, readings: Iterable[Reading], maker: Maker, key: str, *, replaces: bool = False) -> None:
    """Commit what a coder finds in reports that are in the archive already."""
    with open_writer(archive, maker, "add") as writer:
        work = Work(key)
        for reading in readings:
            work.codings.append(make_coding_row(reading, writer.coder))
            work.claims.extend(make_claim_rows(reading, writer.coder))
            work.count("known")
        writer.commit(work, replaces=replaces)


def dump(archive: Path, snapshot: Snapshot | None = None) -> dict[str, list[str]]:
    """All rows of all tables, sorted: what must stay the same."""
    engine = Engine(archive, snapshot or load_snapshot(archive))
    rows: dict[str, list[str]] = {}
    for table in TABLES:
        found = engine.execute(f"SELECT * FROM every.{table}", tables=[table]).fetchall()
        rows[table] = sorted(map(repr, found))
    return rows


def rewrite(archive: Path, part: str, table: TableName, select: str) -> None:
    """Put what a query gives of ``old`` in the place of a part, as a bug might; the caller fixes the manifest."""
    path = archive / part
    with connect() as connection:
        connection.execute(f"CREATE TABLE old AS FROM {quote(str(path))}")
        connection.execute(f"COPY ({select}) TO {quote(str(path))} (FORMAT parquet)")


def _make_noise(number: int) -> str:
    """Some thousand letters that can't be packed."""
    return " ".join(sha256(f"{number} {n}".encode()).hexdigest() for n in range(100))


def _add_copy(work: Work, row: dict[str, Any]) -> None:
    copy = {**row, "report_id": f"{row['report_id']}-copy", "text": None, "copy_of": row["report_id"], "likeness": 1.0}
    work.reports.append(copy)
    work.marks[copy["report_id"]] = work.marks[row["report_id"]]
    work.count("copies")
