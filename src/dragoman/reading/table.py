"""CSV and TSV with a header line, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dragoman.errors import InputError
from dragoman.reading.draft import Draft
from dragoman.reading.kinds import decode_head, split_header
from dragoman.reading.limits import MAX_RECORD_BYTES
from dragoman.reading.records import read_record
from dragoman.reading.sources import Source


def read_table(source: Source) -> Iterator[Draft | InputError]:
    """One draft or error for each row."""
    encoding = "utf-16" if source.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    lines = io.TextIOWrapper(source.stream, encoding=encoding, errors="surrogateescape", newline="")
    delimiter, _ = split_header(decode_head(source.head).lstrip().partition("\n")[0].rstrip("\r"))
    rows = csv.reader(lines, delimiter=delimiter)
    header: list[str] | None = None
    for place, row in _rows(rows, source.name):
        if isinstance(row, InputError):
            yield row
        elif header is None:
            header = [cell.strip() for cell in row] if any(row) else None
        elif any(cell.strip() for cell in row):
            yield _read_row(header, row, place)


def _rows(rows: Iterator[list[str]], name: str) -> Iterator[tuple[str, list[str] | InputError]]:
    """(place of its first line, row or error)."""
    while True:
        place = f"{name}:{rows.line_num + 1}"  # type: ignore[attr-defined]
        try:
            row = _next_row(rows)
        except csv.Error as error:
            yield place, InputError(f"broken row ({error}); check its quotes", place=place, reason="broken row")
            continue
        if row is None:
            return
        yield place, row


def _next_row(rows: Iterator[list[str]]) -> list[str] | None:
    """The csv module's limit on a cell is one for the whole process: ours holds only while we read."""
    before = csv.field_size_limit(MAX_RECORD_BYTES)
    try:
        return next(rows, None)
    finally:
        csv.field_size_limit(before)


def _read_row(header: list[str], row: list[str], place: str) -> Draft | InputError:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        return InputError(
            f"the row has {len(row)} cells, the header {len(header)}; quote cells that hold the delimiter",
            place=place,
            reason="broken row",
        )
    if any("\udc80" <= char <= "\udcff" for cell in row for char in cell if char > "\ud7ff"):
        return InputError(
            "the row isn't UTF-8; convert the file with iconv -t UTF-8", place=place, reason="undecodable"
        )
    cells = {name: cell for name, cell in zip(header, row, strict=False) if name}
    try:
        return read_record(cells, place)
    except InputError as wrong:
        return wrong
