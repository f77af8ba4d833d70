"""CSV and TSV with a header line, row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from dragoman.errors import InputError
from dragoman.reading.kinds import decode_head, split_header
from dragoman.reading.limits import MAX_RECORD_BYTES, MEGABYTE
from dragoman.reading.raw import RawRecord
from dragoman.reading.sources import Source


def split_table(source: Source) -> Iterator[RawRecord | InputError]:
    """One record or error for each row: its cells under the names of the header, as a JSON object."""
    delimiter, _ = split_header(decode_head(source.head).lstrip().partition("\n")[0].rstrip("\r"))
    lines = _Lines(source)
    header: list[str] | None = None
    for place, row in _rows(csv.reader(lines, delimiter=delimiter), lines):
        if isinstance(row, InputError):
            yield row
        elif header is None:
            header = [cell.strip() for cell in row] if any(row) else None
        elif any(cell.strip() for cell in row):
            yield _cut_row(header, row, place)


class _Lines:
    """The lines of a table; none is longer, and no row made of them, than one record may be."""

    def __init__(self, source: Source) -> None:
        encoding = "utf-16" if source.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        self._text = io.TextIOWrapper(source.stream, encoding=encoding, errors="surrogateescape", newline="")
        self._source = source
        self._row_chars = 0
        self._line = 0
        self._is_over = False

    @property
    def is_cut(self) -> bool:
        """Whether a fault ended the lines, so that the row at hand isn't whole."""
        return self._is_over and self._source.fault is not None

    def begin_row(self) -> str:
        """The place of the row that begins with the next line."""
        self._row_chars = 0
        return f"{self._source.name}:{self._line + 1}"

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_RECORD_BYTES)
        whole = line.endswith(("\n", "\r"))
        if not line or (self._source.fault and not whole):
            self._is_over = True
            raise StopIteration
        self._line += 1
        self._row_chars += len(line)
        if self._row_chars >= MAX_RECORD_BYTES:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(MAX_RECORD_BYTES)
            raise csv.Error(f"more than {MAX_RECORD_BYTES // MEGABYTE} MB")
        return line


def _rows(rows: Iterator[list[str]], lines: _Lines) -> Iterator[tuple[str, list[str] | InputError]]:
    """(place of its first line, row or error)."""
    while True:
        place = lines.begin_row()
        try:
            row = _next_row(rows)
        except csv.Error as error:
            yield place, InputError(f"broken row ({error}); check its quotes", place=place, reason="broken row")
            continue
        except UnicodeDecodeError as error:
            yield place, undecodable_row(place, f" ({error.reason})")
            return
        if row is None or lines.is_cut:
            return
        yield place, row


def _next_row(rows: Iterator[list[str]]) -> list[str] | None:
    """The csv module's limit on a cell is one for the whole process: ours holds only while we read."""
    before = csv.field_size_limit(MAX_RECORD_BYTES)
    try:
        return next(rows, None)
    finally:
        csv.field_size_limit(before)


def _cut_row(header: list[str], row: list[str], place: str) -> RawRecord | InputError:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        return InputError(
            f"the row has {len(row)} cells, the header {len(header)}; quote cells that hold the delimiter",
            place=place,
            reason="broken row",
        )
    cells = {name: cell for name, cell in zip(header, row, strict=False) if name}
    try:
        data = json.dumps(cells, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return undecodable_row(place)
    return RawRecord("row", place, data)


def undecodable_row(place: str, why: str = "") -> InputError:
    return InputError(
        f"the row isn't UTF-8{why}; convert the file with iconv -t UTF-8", place=place, reason="undecodable"
    )
