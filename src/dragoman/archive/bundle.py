"""An archive to hand on: a folder with its tables, a page for each column, how to cite it and checksums of it all.

Nothing in it tells when it was made or by whom, but for the snapshot's own time: the same snapshot gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.export import describe_columns, export_table
from dragoman.archive.manifest import Snapshot
from dragoman.archive.schema import TABLES, Column, TableName
from dragoman.archive.snapshots import cite_snapshot
from dragoman.errors import ArchiveError
from dragoman.interchange.citation import Citation, write_cff

_TYPES = {"DATE": "date", "BOOLEAN": "boolean", "INTEGER": "integer", "DOUBLE": "number"}
"""DuckDB's types in Frictionless' words; all others, lists too, are strings in CSV."""
CHECKSUMS = "checksums.sha256"


@dataclass(frozen=True, slots=True)
class BundleOptions:
    """What a bundle holds."""

    with_text: bool = False
    is_packed: bool = False
    """CSV packed with gzip."""
    is_guarded: bool = False
    """CSV safe to open in a spreadsheet."""
    authors: tuple[str, ...] = ()
    """Whom to cite."""


def export_bundle(engine: Engine, folder: Path, options: BundleOptions) -> dict[TableName, int]:
    """Write a bundle; gives the rows of each table. The folder appears when it is whole.

    Raises:
        ArchiveError: The folder isn't empty, or a part is damaged.
        OSError: It can't be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(f"{folder}: is there and not empty; name a new folder for the bundle")
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        beside.mkdir(parents=True)
        rows = _write_tables(engine, beside, options)
        for name, text in _write_pages(engine, beside, options, rows).items():
            (beside / name).write_text(text, encoding="utf-8", newline="\n")
        (beside / CHECKSUMS).write_text(_list_checksums(beside), encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rmdir()
        os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return rows


def _csv_name(table: TableName, options: BundleOptions) -> str:
    return f"{table}.csv.gz" if options.is_packed else f"{table}.csv"


def _write_tables(engine: Engine, folder: Path, options: BundleOptions) -> dict[TableName, int]:
    rows: dict[TableName, int] = {}
    for table in TABLES:
        rows[table] = export_table(
            engine, table, folder / f"{table}.parquet", form="parquet", with_text=options.with_text
        )
        export_table(
            engine, table, folder / _csv_name(table, options), form="csv.gz" if options.is_packed else "csv",
            with_text=options.with_text, guarded=options.is_guarded,
        )  # fmt: skip
    return rows


def _write_pages(engine: Engine, folder: Path, options: BundleOptions, rows: Mapping[TableName, int]) -> dict[str, str]:
    columns = describe_columns(tuple(TABLES), with_text=options.with_text)
    citation = cite_snapshot(engine, options.authors)
    return {
        "codebook.csv": _codebook_csv(columns),
        "codebook.md": _codebook_page(columns),
        "datapackage.json": json.dumps(
            _describe_package(citation, engine.snapshot, folder, options), ensure_ascii=False, indent=2
        )
        + "\n",
        "CITATION.cff": write_cff(citation),
        "README.md": _readme(engine, options, rows, citation),
    }


def _codebook_csv(columns: Any) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["table", "column", "type", "holds"])
    writer.writerows([table, column.name, column.type, column.holds] for table, column in columns)
    return stream.getvalue()


def _codebook_page(columns: Any) -> str:
    lines = ["# Codebook", "", 'One row a column. `VARCHAR[]` is a list in Parquet; in CSV it is joined with `"; "`.']
    for table in TABLES.values():
        lines += ["", f"## {table.name}", table.holds, "", "| column | type | holds |", "|---|---|---|"]
        lines += [
            f"| `{column.name}` | {column.type} | {column.holds} |" for name, column in columns if name == table.name
        ]
    return "\n".join(lines) + "\n"


def _describe_package(citation: Citation, snapshot: Snapshot, folder: Path, options: BundleOptions) -> dict[str, Any]:
    """A Frictionless tabular data package, version 1. The CSV files are its tables."""
    return {
        "profile": "tabular-data-package",
        "name": citation.key,
        "title": citation.title,
        "version": str(snapshot.number),
        "created": snapshot.created,
        "resources": [_describe_table(folder, table, options) for table in TABLES],
    }


def _describe_table(folder: Path, table: TableName, options: BundleOptions) -> dict[str, Any]:
    path = folder / _csv_name(table, options)
    columns = [column for _, column in describe_columns([table], with_text=options.with_text)]
    packed = {"compression": "gz"} if options.is_packed else {}
    return {
        "profile": "tabular-data-resource", "name": table, "path": path.name, "description": TABLES[table].holds,
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", **packed, "bytes": path.stat().st_size,
        "hash": f"sha256:{_hash(path)}", "dialect": {"delimiter": ",", "doubleQuote": True, "header": True},
        "schema": {"fields": [_describe_column(column) for column in columns], "missingValues": [""]},
    }  # fmt: skip


def _describe_column(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": _TYPES.get(column.type, "string"), "description": column.holds}


def _readme(engine: Engine, options: BundleOptions, rows: Mapping[TableName, int], citation: Citation) -> str:
    snapshot = engine.snapshot
    tables = "\n".join(f"| `{table}` | {rows[table]} | {TABLES[table].holds} |" for table in TABLES)
    coders = "\n".join(
        f"| `{coder}` | {maker['version']} | `{maker['model']}` | `{maker['roster']}` | `{maker['codebook']}` "
        f"| {maker.get('overlay') or 'none'} |"
        for coder, maker in snapshot.coders.items()
    )
    counts = "\n".join(f"| {name} | {count} |" for name, count in snapshot.totals.items())
    name = _csv_name("claims", options)
    return _README.format(
        title=citation.title, tables=tables, coders=coders, counts=counts, number=snapshot.number,
        hash=citation.sha256, created=snapshot.created, cite=citation.text,
        view=f"what the coder `{engine.coder}` found" if engine.coder else
        "for each report, what the newest coder that has read it found",
        texts="Full texts of reports are in `reports.text`; they are their publishers' property."
        if options.with_text else "Full texts of reports are left out, since they are their publishers' property; "
        "the sentences of claims are kept as evidence, with offsets. Rows of `imported` are their makers', who say what "
        "may be done with them.",
        guard="\nCSV cells that a spreadsheet would run as a formula have an apostrophe before them.\n"
        if options.is_guarded else "",
        csv=name,
    )  # fmt: skip


_README = """# {title}

What one sentence of one report says that one party did, will do or did not do to another, on whose word. Claims are
not events: two reports of one happening are two claims.

| table | rows | holds |
|---|---|---|
{tables}

Each is there as Parquet and as CSV with the same rows; `codebook.md` tells every column. {texts}
{guard}
## Reading it
CSV is UTF-8 after RFC 4180; missing is empty, and lists are joined with `"; "`. The word NA is a word here:

    claims <- read.csv("{csv}", na.strings = "")                                  # R
    claims <- arrow::read_parquet("claims.parquet")                               # R, lists as lists
    claims = pandas.read_csv("{csv}", keep_default_na=False, na_values=[""])      # pandas
    claims = polars.read_parquet("claims.parquet")                                # polars

`sha256sum -c checksums.sha256` tells whether all files are as they were made.

## How it was made
Snapshot {number} of {created}. SHA-256 of its content: `{hash}`.
The tables hold {view}.

| coder | Dragoman | model | roster | codebook | own actors and acts |
|---|---|---|---|---|---|
{coders}

| read so far | count |
|---|---|
{counts}

What was read and not kept stands in `rejected`, with the reason.

## Citing it
{cite}
"""


def _hash(path: Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _list_checksums(folder: Path) -> str:
    return "".join(f"{_hash(path)}  {path.name}\n" for path in sorted(folder.iterdir()))
