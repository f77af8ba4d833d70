"""Parquet, row by row, by DuckDB."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.reading.limits import MAX_RECORD_BYTES, MEGABYTE
from dragoman.reading.raw import RawRecord
from dragoman.reading.records import is_text_key
from dragoman.reading.sources import Source

if TYPE_CHECKING:
    import duckdb

_ROWS = 128
"""Rows taken at a time."""
_MEMORY = "1GB"
_GLOB = frozenset("*?[]{}")


def split_parquet(source: Source) -> Iterator[RawRecord | InputError]:
    """One record for each row: its columns as a JSON object, days and times in ISO 8601 (UTC).

    Raises:
        InputError: the file is damaged, or has no column that holds text.
    """
    import duckdb

    number = 0
    with _as_file(source) as path:
        try:
            connection = _open(path)
            rows = connection.execute(_query(connection, str(path), source.name), [str(path)])
            while batch := rows.fetchmany(_ROWS):
                for (row,) in batch:
                    number += 1
                    yield _cut_row(row, f"{source.name}:row {number}")
        except duckdb.Error as error:
            what = str(error).partition("\n")[0].replace(str(path), source.name)[:200]
            raise InputError(
                f"the Parquet file can't be read after row {number} ({what}); write it again",
                place=source.name,
                reason="damaged Parquet",
            ) from error


@contextmanager
def _as_file(source: Source) -> Iterator[Path]:
    """DuckDB reads files: anything else is written to one first, and so is a file whose name is a pattern to DuckDB."""
    if source.path and not _GLOB & set(str(source.path)):
        yield source.path
        return
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / "table.parquet"
        with path.open("wb") as file:
            shutil.copyfileobj(source.stream, file)
        if source.fault:
            raise source.fault
        yield path


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read this file and nothing else."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": _MEMORY,
        "temp_directory": "",
        "autoinstall_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET allowed_paths = [?]", [str(path)])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _query(connection: duckdb.DuckDBPyConnection, path: str, name: str) -> str:
    """A row as one JSON object. Bytes are read as UTF-8 where they are, as old writers of Parquet store text."""
    columns = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
    names = [str(column[0]) for column in columns]
    if not any(is_text_key(column) for column in names):
        raise InputError(
            f"a table without a text column (it has {', '.join(names[:8])}); name one text, content or body",
            place=name,
            reason="no text column",
        )
    fields = ", ".join(f"{_literal(column)}, {_value(column, str(kind))}" for column, kind, *_ in columns)
    return f"SELECT json_object({fields})::VARCHAR FROM read_parquet(?)"


def _value(column: str, kind: str) -> str:
    quoted = '"' + column.replace('"', '""') + '"'
    if kind == "BLOB":
        return f"try(decode({quoted}))"
    return f"{quoted}::VARCHAR" if kind.startswith(("TIMESTAMP", "DATE", "TIME", "FLOAT", "DOUBLE")) else quoted


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _cut_row(row: str, place: str) -> RawRecord | InputError:
    data = row.encode("utf-8")
    if len(data) > MAX_RECORD_BYTES:
        return InputError(f"a row of more than {MAX_RECORD_BYTES // MEGABYTE} MB", place=place, reason="too large")
    return RawRecord("row", place, data)
