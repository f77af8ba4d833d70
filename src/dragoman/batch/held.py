"""Texts that an archive holds and a coder hasn't read, as units of work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.parts import connect, quote
from dragoman.archive.rows import read_report
from dragoman.archive.writer import Writer
from dragoman.batch.run import Options
from dragoman.batch.unit import OpenUnit, make_coding_unit
from dragoman.batch.units import make_key


def find_held(writer: Writer, options: Options) -> Iterator[OpenUnit]:
    """Units of the reports that are no copies and that this coder hasn't read; with ``redo`` of all of them.

    One that it couldn't code within its limits is left aside, or each ``recode`` would wait for it again.
    """
    done = set() if options.redo else _find_done(writer)
    number = 0
    for part in writer.snapshot.find_parts("reports"):
        for rows in _read_part(writer, part.name, options.unit_records):
            reports = [read_report(row) for row in rows if row["report_id"] not in done]
            if reports:
                number += 1
                key = make_key(b"recode", *(report.id.encode() for report in reports))
                yield make_coding_unit(number, key, reports)


def _find_done(writer: Writer) -> set[str]:
    engine = Engine(writer.archive, writer.snapshot)
    query = (
        "SELECT report_id FROM every.codings WHERE coder = $1 "
        "UNION SELECT report_id FROM every.rejected WHERE coder = $1 AND step = 'limits' AND report_id IS NOT NULL"
    )
    rows = engine.find_rows(query, [writer.coder], tables=["codings", "rejected"])
    engine.connection.close()
    return {row["report_id"] for row in rows}


def _read_part(writer: Writer, name: str, most: int) -> Iterator[list[dict[str, Any]]]:
    query = f"SELECT * FROM read_parquet({quote(str(writer.archive / name))}) WHERE copy_of IS NULL ORDER BY report_id"
    with connect(threads=1) as connection:
        found = connection.execute(query)
        names = [column[0] for column in found.description or ()]
        while rows := found.fetchmany(most):
            yield [dict(zip(names, row, strict=True)) for row in rows]
