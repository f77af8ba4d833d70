"""Tables of an archive as files: Parquet, CSV (RFC 4180, lines end in LF) or JSON Lines, the same bytes each time.

In CSV, lists are joined with ``"; "`` and keep their places, and missing is empty. Texts are as they are, line breaks
and all; only with ``guarded`` does an apostrophe go before what a spreadsheet would run as a formula.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from dragoman.archive.engine import Engine
from dragoman.archive.parts import ROW_GROUP, quote
from dragoman.archive.schema import TABLES, Column, TableName
from dragoman.errors import ArchiveError

Form = Literal["parquet", "csv", "csv.gz", "jsonl"]
FORMS: tuple[Form, ...] = ("parquet", "csv", "csv.gz", "jsonl")
TEXTS = frozenset({"text", "extra", "raw", "original"})
"""Columns of ``reports``, ``rejected`` and ``imported`` that hold others' texts, whole or in unknown keys."""
_WITH_TEXTS: frozenset[TableName] = frozenset({"reports", "rejected", "imported"})
_KEYS: dict[TableName, tuple[str, ...]] = {
    "reports": ("report_id",), "codings": ("report_id", "coder"), "claims": ("claim_id", "coder"),
    "dyads": ("actor", "recipient", "day", "claim_id", "coder"), "imported": ("set_name", "day", "imported_id"),
}  # fmt: skip
"""What orders a table's rows without ties; where there is nothing such, all columns do."""
_FORMULA = r"^[=+\-@\t\r]"
_NUMBER = r"^[-+]?[0-9.]+(e[-+]?[0-9]+)?$"


def find_form(path: Path) -> Form:
    """The form that a file's name tells.

    Raises:
        ArchiveError: It tells none.
    """
    for form in FORMS:
        if path.name.lower().endswith(f".{form}"):
            return form
    raise ArchiveError(f"{path}: the name must end in {', '.join(f'.{form}' for form in FORMS)}")


def find_columns(table: TableName, *, with_text: bool) -> list[Column]:
    """The columns that an export of a table has."""
    hidden = TEXTS if table in _WITH_TEXTS and not with_text else frozenset()
    return [column for column in TABLES[table].columns if column.name not in hidden]


def export_table(
    engine: Engine, table: TableName, path: Path, *, form: Form, with_text: bool = False, guarded: bool = False
) -> int:
    """Write one table of a snapshot; gives the number of rows. The file appears when it is whole.

    Args:
        engine: The snapshot, opened; its view of the table counts (one coder for each report).
        table: Which table.
        path: The file.
        form: How it is written.
        with_text: Put in full texts and unknown keys of reports and records.
        guarded: Make a CSV safe to open in a spreadsheet, with a byte order mark.

    Raises:
        ArchiveError: A part of the table is damaged.
        OSError: The file can't be written.
    """
    import duckdb

    columns = find_columns(table, with_text=with_text)
    is_flat = form.startswith("csv")
    cells = ", ".join(
        f'{_flatten(column, guarded) if is_flat else _plain(column)} AS "{column.name}"' for column in columns
    )
    keys = ", ".join(f't."{key}"' for key in _KEYS.get(table) or [column.name for column in TABLES[table].columns])
    engine.prepare([table])
    with replacing(path) as beside:
        query = f"COPY (SELECT {cells} FROM {table} t ORDER BY {keys}) TO {quote(str(beside))} ({_OPTIONS[form]})"
        try:
            rows: int = engine.connection.execute(query).fetchall()[0][0]
        except duckdb.IOException as error:
            raise OSError(f"{path}: can't be written ({str(error).splitlines()[0]})") from error
        if guarded and is_flat:
            _mark(beside)
    return rows


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside a file, to write to; it takes the file's place at the end, or vanishes if something goes wrong."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield beside
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


_OPTIONS: dict[Form, str] = {
    "parquet": f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}",
    "csv": "FORMAT csv, HEADER",
    "csv.gz": "FORMAT csv, HEADER, COMPRESSION gzip",
    "jsonl": "FORMAT json",
}


def _plain(column: Column) -> str:
    return f't."{column.name}"'


def _flatten(column: Column, guarded: bool) -> str:
    """A column as the text of a CSV cell, null where it is empty."""
    name = _plain(column)
    if column.type.endswith("[]"):
        cells = f"list_transform({name}, lambda x: coalesce({_text('x', column.type[:-2])}, ''))"
        text = f"array_to_string({cells}, '; ')"
    else:
        text = _text(name, column.type)
    if guarded and column.type in ("VARCHAR", "VARCHAR[]"):
        is_formula = f"regexp_matches({text}, {quote(_FORMULA)}) AND NOT regexp_matches({text}, {quote(_NUMBER)})"
        text = f"CASE WHEN {is_formula} THEN '''' || {text} ELSE {text} END"
    return f"nullif({text}, '')"


def _text(name: str, kind: str) -> str:
    """SQL that gives a value as text; whole numbers without ``.0``, as ``dragoman read --csv`` writes them."""
    return f"regexp_replace({name}::VARCHAR, '\\.0$', '')" if kind == "DOUBLE" else f"{name}::VARCHAR"


def _mark(path: Path) -> None:
    """Put a byte order mark before a file: without it spreadsheets guess the encoding."""
    marked = path.with_name(f"{path.name}.bom")
    try:
        with open(path, "rb") as source, open(marked, "wb") as target:
            target.write(b"\xef\xbb\xbf")
            while chunk := source.read(2**20):
                target.write(chunk)
        os.replace(marked, path)
    finally:
        marked.unlink(missing_ok=True)


def describe_columns(tables: Collection[TableName], *, with_text: bool) -> Sequence[tuple[TableName, Column]]:
    """Every column of these tables as they are exported."""
    return [(table, column) for table in tables for column in find_columns(table, with_text=with_text)]
