"""Other people's tables as streams of rows: plain, gzip or zip, tabs or commas, whatever the row's faults.

A row that can't be read is given as ``BadRow`` with its line; the next one is read on. Nothing is held but one row.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Literal, cast

from dragoman.errors import InputError
from dragoman.interchange.imported import BadRow

Line = tuple[int, Mapping[str, str]]
"""Number of a row's first line, and its cells by column."""
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_LONGEST_LINE = 10_000_000
"""Bytes of one line. A longer one is no row of a table."""
_MOST_RATIO = 200
"""Unpacked size over packed size from which a file counts as a bomb (others' tables pack 5 to 20 times)."""
_BOMB_FLOOR = 20_000_000
"""Bytes below which the ratio doesn't count."""
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)
"""What packed files raise where they are cut off or damaged."""
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a format's files are written."""

    columns: tuple[str, ...]
    """Columns in their order, for files without a header."""
    separator: Literal["\t", ",", ";"] = "\t"
    encoding: str = "utf-8"
    header: Literal["no", "yes", "maybe"] = "no"
    """``maybe``: the first row is a header where it names columns."""
    quoted: bool = False
    """Cells may stand in quotation marks and hold line breaks."""
    needed: tuple[str, ...] = ()
    """Columns without which a file with a header can't be read."""


def read_table(path: Path, layout: Layout) -> Iterator[Line | BadRow]:
    """The rows of a file.

    Raises:
        InputError: The file's header lacks a needed column, or it is a zip without a table.
        OSError: It can't be opened.
    """
    for stream in open_streams(path):
        yield from _read_stream(path, stream, layout)


def open_streams(path: Path) -> Iterator[IO[bytes]]:
    """The file unpacked: itself, or each table of a zip.

    Raises:
        InputError: A zip is damaged, locked or holds no file.
    """
    try:
        yield from _open(path)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(f"a zip file that can't be opened ({error})", place=str(path)) from error


def _open(path: Path) -> Iterator[IO[bytes]]:
    with ExitStack() as stack:
        file = stack.enter_context(open(path, "rb"))
        start = file.read(4)
        file.seek(0)
        if start.startswith(_GZIP):
            packed = stack.enter_context(gzip.open(file))
            yield io.BufferedReader(_Bounded(cast(IO[bytes], packed), file.tell))
        elif start == _ZIP:
            folder = stack.enter_context(zipfile.ZipFile(file))
            names = [i for i in folder.infolist() if not i.is_dir() and not i.filename.startswith("__MACOSX")]
            if not names:
                raise InputError("a zip file without a file in it", place=str(path))
            for info in names:
                with folder.open(info) as stream:
                    yield io.BufferedReader(_Bounded(stream, partial(int, info.compress_size)))
        else:
            yield file


class _Bounded(io.RawIOBase):
    """What a packed file unpacks to, as long as it is no bomb."""

    def __init__(self, stream: IO[bytes], tell_packed: Callable[[], int]) -> None:
        self._stream, self._tell_packed, self._count = stream, tell_packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._count += len(data)
        if self._count > _BOMB_FLOOR and self._count > _MOST_RATIO * self._tell_packed():
            raise zipfile.BadZipFile(f"it unpacks to more than {_MOST_RATIO} times its size (a decompression bomb)")
        buffer[: len(data)] = data
        return len(data)


def _read_stream(path: Path, stream: IO[bytes], layout: Layout) -> Iterator[Line | BadRow]:
    columns: Sequence[str] | None = layout.columns if layout.header == "no" else None
    for row in _guard(_read_cells(stream, layout)):
        if isinstance(row, BadRow):
            yield row
            continue
        line, cells = row
        if columns is None:
            columns = _find_columns(path, cells, layout)
            if columns is not layout.columns:
                continue
        yield _name_cells(line, cells, columns)


def _guard(rows: Iterator[tuple[int, list[str]] | BadRow]) -> Iterator[tuple[int, list[str]] | BadRow]:
    """A file that is cut off or damaged inside its packing ends with a bad row that says so."""
    line = 0
    try:
        for row in rows:
            line = row.line if isinstance(row, BadRow) else row[0]
            yield row
    except DAMAGED as error:
        yield BadRow(line + 1, "file cut off or damaged", str(error))


def _read_cells(stream: IO[bytes], layout: Layout) -> Iterator[tuple[int, list[str]] | BadRow]:
    return _read_quoted(stream, layout) if layout.quoted else _read_plain(stream, layout)


def _read_plain(stream: IO[bytes], layout: Layout) -> Iterator[tuple[int, list[str]] | BadRow]:
    """Lines cut at the separator, quotation marks being plain characters."""
    number = 0
    while data := stream.readline(_LONGEST_LINE):
        number += 1
        if len(data) == _LONGEST_LINE and not data.endswith(b"\n"):
            yield BadRow(number, "line too long", f"more than {_LONGEST_LINE:,} bytes")
            return
        try:
            text = data.decode("utf-8-sig" if number == 1 and layout.encoding == "utf-8" else layout.encoding)
        except UnicodeDecodeError as error:
            yield BadRow(number, f"not in {layout.encoding}", str(error))
            continue
        if text := text.rstrip("\r\n"):
            yield number, text.split(layout.separator)


def _read_quoted(stream: IO[bytes], layout: Layout) -> Iterator[tuple[int, list[str]] | BadRow]:
    """Rows of CSV; undecodable bytes become lone surrogates, by which their row is known."""
    encoding = "utf-8-sig" if layout.encoding == "utf-8" else layout.encoding
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    first = text.readline(_LONGEST_LINE)
    separator = max(",;\t", key=lambda mark: (first.count(mark), mark == layout.separator))
    reader = csv.reader(_chain(first, text), delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(line, "not a row of CSV", str(error))
            continue
        if any("\udc80" <= c <= "\udcff" for cell in cells for c in cell if c >= "\udc80"):
            yield BadRow(line, f"not in {layout.encoding}")
        elif cells:
            yield line, cells


def _chain(first: str, rest: io.TextIOBase) -> Iterator[str]:
    line = first
    while line:
        if len(line) == _LONGEST_LINE and not line.endswith("\n"):
            raise csv.Error(f"a line of more than {_LONGEST_LINE:,} characters")
        yield line
        line = rest.readline(_LONGEST_LINE)


def _find_columns(path: Path, cells: Sequence[str], layout: Layout) -> Sequence[str]:
    """The columns that a first row names, else those of the format."""
    named = [cell.strip() for cell in cells]
    known = {_fold(column): column for column in layout.columns}
    found = [known.get(_fold(name), name) for name in named]
    if not set(found) & set(layout.columns):
        if layout.header == "maybe":
            return layout.columns
        raise InputError(
            f"its first row names none of the columns {', '.join(layout.columns[:4])} …; is it another format?",
            place=str(path),
        )
    lacking = [column for column in layout.needed if column not in found]
    if lacking:
        raise InputError(f"has no column {', '.join(map(repr, lacking))}", place=str(path))
    return found


def _name_cells(line: int, cells: Sequence[str], columns: Sequence[str]) -> Line | BadRow:
    if len(cells) > len(columns) and not any(cell.strip() for cell in cells[len(columns) :]):
        cells = cells[: len(columns)]  # trailing separators, which some releases are full of
    if len(cells) != len(columns):
        return BadRow(line, "wrong number of columns", f"{len(cells)}, expected {len(columns)}")
    return line, dict(zip(columns, cells, strict=True))


def _fold(name: str) -> str:
    return name.casefold().replace(" ", "").replace("_", "").lstrip("\ufeff")
