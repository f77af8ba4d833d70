"""Parts: immutable zstd Parquet files, written by DuckDB under a temporary name, synced, hashed and renamed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive.manifest import Part, sync_folder
from dragoman.archive.schema import TABLES, Table, TableName
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    import duckdb

ROW_GROUP = 20_480
CLAIM_ROW_GROUP = 10_240
"""Rows in a row group, and in one of the many columns of ``claims``: small enough that one claim's group is read in
milliseconds, large enough that the footers of ten million are (benchmarks/ingest)."""
_LARGEST_ROW = 200_000_000
"""Bytes of JSON in one row; a text has at most 20 million bytes, and escapes may multiply them."""
_HASHERS = 2


def connect(
    *, threads: int | None = None, memory: str | None = None, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that fetches nothing and reports nothing; what outgrows ``memory`` goes to ``spill``."""
    import duckdb

    config: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    if threads:
        config["threads"] = threads
    if memory:
        config["memory_limit"] = memory
    if spill:
        config["temp_directory"] = str(spill)
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET parquet_metadata_cache = true")  # a part never changes, so neither does its footer
    return connection


def write_rows(
    archive: Path, table: TableName, rows: Iterable[Mapping[str, Any]], name: str, *, coder: str | None
) -> Part | None:
    """Write rows as one part, sorted as its table says; ``None`` where there is no row.

    Args:
        archive: The archive's folder.
        table: Which kind of part.
        rows: Mappings with the table's columns; a missing key is null.
        name: File name without suffix.
        coder: The coder whose work it holds.

    Raises:
        OSError: The disk is full or read-only; no part appears then.
    """
    spool = archive / "work" / f"{table}-{name}.{os.getpid()}.jsonl"
    spool.parent.mkdir(exist_ok=True)
    try:
        # Half characters (lone surrogates) can't be stored; a question mark in their place keeps every offset.
        with open(spool, "w", encoding="utf-8", errors="replace", newline="\n") as stream:
            count = sum(1 for row in rows if stream.write(json.dumps(row, ensure_ascii=False, default=str) + "\n"))
        if not count:
            return None
        shape = ", ".join(f"\"{column.name}\": '{column.type}'" for column in TABLES[table].columns)
        source = (
            f"read_json({quote(str(spool))}, format='newline_delimited', columns={{{shape}}}, "
            f"maximum_object_size={_LARGEST_ROW})"
        )
        with connect(threads=1) as connection:
            return write_query(connection, archive, TABLES[table], f"SELECT * FROM {source}", name, coder=coder)
    finally:
        spool.unlink(missing_ok=True)


def write_query(
    connection: duckdb.DuckDBPyConnection, archive: Path, table: Table, query: str, name: str, *, coder: str | None
) -> Part:
    """Write what a query gives as one part of a table, in the table's order."""
    import duckdb

    folder = archive / table.name
    folder.mkdir(exist_ok=True)
    target, beside = folder / f"{name}.parquet", archive / "work" / f"{table.name}-{name}.{os.getpid()}.tmp"
    beside.parent.mkdir(exist_ok=True)
    order = ", ".join(f'"{column}"' for column in table.order)
    group = CLAIM_ROW_GROUP if table.name == "claims" else ROW_GROUP
    try:
        rows = connection.execute(
            f"COPY ({query} ORDER BY {order}) TO {quote(str(beside))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group})"
        ).fetchall()[0][0]
        size, checksum = _sync(beside)
        low, high = _find_range(connection, beside, table.order[0])
        os.replace(beside, target)
    except duckdb.IOException as error:
        raise OSError(f"{target}: can't be written ({str(error).splitlines()[0]})") from error
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(folder)
    return Part(table.name, f"{table.name}/{name}.parquet", rows, size, checksum, coder, low=low, high=high)


def read_parts(archive: Path, parts: Sequence[Part]) -> str:
    """The SQL that reads some parts, at least one, of one table."""
    return f"read_parquet([{', '.join(quote(str(archive / part.name)) for part in parts)}])"


def _find_range(connection: duckdb.DuckDBPyConnection, path: Path, key: str) -> tuple[str | None, str | None]:
    """The least and greatest value of a column; neither where a row has none."""
    file = f"read_parquet({quote(str(path))})"
    query = f'SELECT min("{key}")::VARCHAR, max("{key}")::VARCHAR, count(*) = count("{key}") FROM {file}'
    low, high, is_whole = connection.execute(query).fetchall()[0]
    return (low, high) if is_whole else (None, None)


def quote(text: str) -> str:
    """Text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def check_parts(archive: Path, parts: Sequence[Part]) -> None:
    """Compare each part with the size and SHA-256 of its snapshot.

    Raises:
        ArchiveError: A part is missing or differs; the first is named.
    """
    for _, message in find_faulty(archive, parts):
        raise ArchiveError(message)


def find_faulty(archive: Path, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """The name of each part that is missing or isn't what its snapshot says, and what is wrong in one line."""
    with ThreadPoolExecutor(_HASHERS) as pool:
        messages = pool.map(lambda part: _find_fault(archive / part.name, part), parts)
        yield from ((part.name, message) for part, message in zip(parts, messages, strict=True) if message)


def _find_fault(path: Path, part: Part) -> str | None:
    way_out = (
        "restore it from a copy of the archive, or 'dragoman doctor --repair' takes it out and adds its inputs again"
    )
    try:
        if path.stat().st_size != part.bytes or _hash(path) != part.sha256:
            return f"{path}: damaged (its content doesn't match its checksum); {way_out}"
    except FileNotFoundError:
        return f"{path}: missing; {way_out}"
    except OSError as error:
        return f"{path}: can't be read ({error.strerror}); {way_out}"
    return None


def _sync(path: Path) -> tuple[int, str]:
    with open(path, "rb+") as stream:
        os.fsync(stream.fileno())
    return path.stat().st_size, _hash(path)


def _hash(path: Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
