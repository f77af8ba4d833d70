"""Rows of an archive on their way out: as JSON, JSONL, tables, Parquet, or a plain table in a terminal, as they are read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

from dragoman.cli.ending import DONE
from dragoman.cli.output import Format, choose_format, open_output
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from dragoman.archive import Query

SHOWN = 50
"""Rows of a table in a terminal where no limit is asked for."""
_LONGEST_CELL = 60

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowOptions:
    """What is written, where."""

    format: Format
    path: Path | None = None
    parquet: Path | None = None
    limit: int | None = None


def choose_rows(
    flags: Mapping[str, bool], path: Path | None, parquet: Path | None = None, limit: int | None = None
) -> RowOptions:
    """The options that were set; a file named ``.parquet`` is one."""
    if path is not None and path.suffix.lower() == ".parquet" and not any(flags.values()):
        path, parquet = None, parquet or path
    if parquet is not None and (any(flags.values()) or path is not None):
        raise typer.BadParameter("--parquet writes its own file; leave out the other formats and -o.")
    return RowOptions(choose_format(flags, path), path, parquet, limit)


def write_query(query: Query, options: RowOptions, show: Callable[[Row], Row]) -> int:
    """Write a query's rows. ``show`` gives the cells of a row in a terminal."""
    if options.parquet is not None:
        (query if options.limit is None else query.limit(options.limit)).to_parquet(options.parquet)
        return DONE
    limit = SHOWN if options.limit is None and options.format == "table" else options.limit
    asked = query if limit is None else query.limit(limit)
    write_rows(asked.rows(), query.columns, options, show)
    if options.limit is None and options.format == "table" and (total := query.count_rows()) > SHOWN:
        print(f"{SHOWN} of {total:,} rows; --limit N shows more, -o FILE.csv writes all", file=sys.stderr)
    return DONE


def write_rows(
    rows: Iterable[Row], columns: Sequence[str], options: RowOptions, show: Callable[[Row], Row] = lambda row: row
) -> None:
    """Write rows as they come."""
    if options.parquet is not None:
        raise ArchiveError("this can't be written as Parquet; use --csv or --jsonl")
    with open_output(options.path) as stream:
        if options.format == "table":
            show_rows([show(row) for row in rows], stream)
            return
        for piece in _pieces(rows, columns, options.format):
            stream.write(piece)


def show_rows(rows: Sequence[Row], stream: TextIO) -> None:
    """A plain table; only the rows of one screen are held."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dragoman.cli.view import make_plain
    from dragoman.interchange.tables import find_cell

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in rows[0] if rows else ():
        is_number = all(isinstance(row[name], int | float | None) for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cut(make_plain(find_cell(value)))) for value in row.values()))
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    console.print(table if rows else "nothing found")


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_CELL else words[: _LONGEST_CELL - 1] + "…"


def _pieces(rows: Iterable[Row], columns: Sequence[str], form: Format) -> Iterator[str]:
    if form in ("csv", "tsv", "excel"):
        from dragoman.interchange.tables import find_cell, write_cells, write_header

        yield write_header(columns, form)
        yield from (write_cells([find_cell(row[name]) for name in columns], form) for row in rows)
        return
    from dragoman.interchange.claims_json import write_line

    lines = (write_line({name: _plain_number(value) for name, value in row.items()}) for row in rows)
    yield from (_list(lines) if form == "json" else (line + "\n" for line in lines))


def _list(lines: Iterable[str]) -> Iterator[str]:
    """One JSON list, also where there is one row or none."""
    count = 0
    for count, line in enumerate(lines, start=1):
        yield ("[\n" if count == 1 else ",\n") + line
    yield "\n]\n" if count else "[]\n"


def _plain_number(value: Any) -> Any:
    """Whole numbers are written without ``.0``, as everywhere."""
    if isinstance(value, list):
        return [_plain_number(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
