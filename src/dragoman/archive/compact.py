"""Many small parts become few large, sorted ones; what no snapshot that is kept names can be deleted.

Claims lie by day, so a table of their ids goes along in which the day of each is found (``by_id``).

A process may be killed at any moment. New parts count only once their snapshot is renamed, and old files are deleted
only after nothing that stays needs them, the newest first, since each may build on those before it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.archive.keeper import Keeper
from dragoman.archive.ledger import Ledger
from dragoman.archive.manifest import (
    Change,
    Part,
    find_numbers,
    load_snapshot,
    save_complete,
    snapshot_path,
    walk_records,
)
from dragoman.archive.parts import check_parts, connect, quote, read_parts, write_query
from dragoman.archive.schema import KEPT, TableName
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    import duckdb

PART_ROWS = 1_000_000
PART_BYTES = 256 * 2**20
"""A part is full with either. Parts from half of that on are left as they are."""
_CLAIMS_SHARE = 4
"""Parts of claims, which have many columns, are full with a fourth of the rows: opening one is most of what a page costs."""
MEMORY = "1GB"
"""What sorting may take; more goes to the archive's ``work`` folder."""
_CUT_ROWS = 4_096
"""Rows of each piece held before they are written to it: claims take about 2 kB each in memory."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compacting did."""

    before: int
    """Parts of the newest snapshot."""
    after: int
    snapshot: int


@dataclass(frozen=True, slots=True)
class Pruned:
    """What pruning deleted."""

    snapshots: tuple[int, ...]
    parts: int
    bytes: int


def compact(
    keeper: Keeper, *, rows: int = PART_ROWS, size: int = PART_BYTES, memory: str = MEMORY, is_full: bool = False
) -> Compacted:
    """Merge the small parts of each table and coder, in one commit. Content and old snapshots stay as they are.

    Args:
        keeper: The archive, locked.
        rows: Rows of a full part; one of claims has a fourth of them.
        size: Bytes of a full part.
        memory: DuckDB's limit while sorting.
        is_full: Large parts too, so that each part holds its own range and one claim is found in one part.

    Raises:
        ArchiveError: A part is damaged.
        OSError: The disk is full. The archive is as it was then.
    """
    before = len(keeper.snapshot.parts)
    ledger = Ledger(keeper.archive)
    try:
        groups = list(_find_groups(keeper.snapshot.parts, rows, size, is_full=is_full))
        old = [part for group in groups for part in group]
        new = [part for group in groups for part in _merge(keeper, group, rows, size, memory)]
        if any(part.table == "claims" for part in new):
            listed, unlisted = _list_days(keeper, old, new, rows, memory)
            old, new = [*old, *unlisted], [*new, *listed]
        if old:
            gone = tuple(part.name for part in old)
            keeper.save(Change(tuple(new), gone, note=f"compacted {len(old)} parts to {len(new)}"))
            ledger.rename_parts(*([part.name for part in parts if part.table == "reports"] for parts in (old, new)))
    finally:
        ledger.close()
    return Compacted(before, len(keeper.snapshot.parts), keeper.snapshot.number)


def prune(keeper: Keeper, *, keep: int = 1) -> Pruned:
    """Delete snapshots that have no name, but for the newest, and the parts that only those name. For good.

    Args:
        keeper: The archive, locked.
        keep: How many of the newest snapshots stay, at least 1.

    Raises:
        ArchiveError: A snapshot is damaged; nothing is deleted then.
    """
    archive, numbers = keeper.archive, find_numbers(keeper.archive)
    kept, names, named = set(numbers[-max(keep, 1) :]), set(), set()
    for number, record in walk_records(archive):
        if isinstance(record, ArchiveError):
            raise record
        names |= {part["name"] for part in record["parts"]}
        if record["name"]:
            kept.add(number)
    for number in sorted(kept):
        snapshot = load_snapshot(archive, number)
        save_complete(archive, snapshot)
        named |= {part.name for part in snapshot.parts}
    gone = [number for number in reversed(numbers) if number not in kept]
    for number in gone:
        snapshot_path(archive, number).unlink()
    return Pruned(tuple(sorted(gone)), *_delete(archive, sorted(names - named)))


def _delete(archive: Path, names: Sequence[str]) -> tuple[int, int]:
    count = freed = 0
    for path in (archive / name for name in names):
        if path.exists():
            count, freed = count + 1, freed + path.stat().st_size
            path.unlink()
    return count, freed


def _find_groups(parts: Sequence[Part], rows: int, size: int, *, is_full: bool) -> Iterator[list[Part]]:
    """Parts of one table and one coder, where there are several: small ones, or all. Imported files stay apart, to be
    lost alone."""
    groups: dict[tuple[TableName, str | None, str | None], list[Part]] = {}
    for part in parts:
        full = _find_full(part.table, rows)
        if part.table != "claim_days" and (is_full or (part.rows < full / 2 and part.bytes < size / 2)):
            unit = part.unit if part.table in ("imports", "imported") else None
            groups.setdefault((part.table, part.coder, unit), []).append(part)
    yield from (group for group in groups.values() if len(group) > 1)


def _merge(keeper: Keeper, old: Sequence[Part], rows: int, size: int, memory: str) -> list[Part]:
    """Parts with the rows of the old ones, cut where the first column of the order changes."""
    check_parts(keeper.archive, old)
    table, total = old[0].table, sum(part.rows for part in old)
    pieces = max(-(-total // _find_full(table, rows)), -(-sum(part.bytes for part in old) // size))
    unit = old[0].unit if len({part.unit for part in old}) == 1 else None
    model = Part(table, "", 0, 0, "", coder=old[0].coder, unit=unit)
    new = _write(keeper, model, read_parts(keeper.archive, old), pieces, memory)
    if sum(part.rows for part in new) != total:
        raise ArchiveError(f"{keeper.archive / table}: rows were lost while compacting; nothing was changed")
    return new


def _find_full(table: TableName, rows: int) -> int:
    return max(rows // _CLAIMS_SHARE, 1) if table == "claims" else rows


def _list_days(
    keeper: Keeper, old: Sequence[Part], new: Sequence[Part], rows: int, memory: str
) -> tuple[list[Part], list[Part]]:
    """Parts of ``claim_days`` for the claims that none lists yet, and those they take the place of: the small and the outdated."""
    gone = {part.name for part in old}
    claims = [part for part in (*keeper.snapshot.parts, *new) if part.table == "claims" and part.name not in gone]
    lists, sets = keeper.snapshot.find_parts("claim_days"), dict[tuple[str, ...], int]()
    for part in lists:  # parts with the same claims were cut by id: they stay or go together
        sets[part.of] = sets.get(part.of, 0) + part.rows
    kept = [part for part in lists if sets[part.of] >= rows / 2 and not gone & set(part.of)]
    known = {name for part in kept for name in part.of}
    wanted = [part for part in claims if part.name not in known]
    total = sum(part.rows for part in wanted)
    unlisted = [part for part in lists if part not in kept]
    if not kept and total <= _find_full("claims", rows):
        return [], unlisted  # all lie in one part: there is nothing to find
    check_parts(keeper.archive, wanted)
    source = f"(SELECT claim_id, day FROM {read_parts(keeper.archive, wanted)})"
    model = Part("claim_days", "", 0, 0, "", of=tuple(part.name for part in wanted))
    return _write(keeper, model, source, -(-total // rows), memory), unlisted


def _write(keeper: Keeper, model: Part, source: str, pieces: int, memory: str) -> list[Part]:
    """Rows as parts like ``model``, cut where the first column of the order changes."""
    table, work = KEPT[model.table], keeper.archive / "work"
    work.mkdir(exist_ok=True)
    group = "-".join(filter(None, [model.coder or "all", model.unit]))
    new: list[Part] = []
    with connect(memory=memory, spill=work) as connection, _cut(connection, work, model, source, pieces) as rows:
        for number, piece in enumerate(rows):
            name = f"compacted-{keeper.snapshot.number + 1}-{group}-{number}"
            query = f"SELECT * FROM {piece}"
            part = write_query(connection, keeper.archive, table, query, name, coder=model.coder)
            new.append(replace(part, unit=model.unit, of=model.of))
    return new


@contextmanager
def _cut(
    connection: duckdb.DuckDBPyConnection, work: Path, model: Part, source: str, pieces: int
) -> Iterator[list[str]]:
    """Rows in about equal pieces by the first column of their order; null goes with the first. All are read once."""
    key = KEPT[model.table].order[0]
    shares = [n / pieces for n in range(1, pieces)]
    query = f'SELECT quantile_disc("{key}", {shares}) FROM {source}'
    found = connection.execute(query).fetchall()[0][0] if shares else None
    cuts = [quote(str(value)) for value in dict.fromkeys(found or ())]
    if not cuts:
        yield [source]
        return
    folder = work / f"{model.table}-cut.{os.getpid()}"
    whens = "".join(f' WHEN "{key}" <= {cut} THEN {number}' for number, cut in enumerate(cuts, 1))
    piece = f'CASE WHEN "{key}" IS NULL THEN 1{whens} ELSE {len(cuts) + 1} END'
    try:
        connection.execute(f"SET partitioned_write_flush_threshold = {_CUT_ROWS}")
        _copy(connection, f"SELECT *, {piece} AS piece FROM {source}", folder)
        found_pieces = [folder / f"piece={number}" for number in range(1, len(cuts) + 2)]
        files = [quote(str(each / "*.parquet")) for each in found_pieces if each.is_dir()]
        yield [f"read_parquet({each}, hive_partitioning = false)" for each in files]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, folder: Path) -> None:
    import duckdb

    try:
        connection.execute(
            f"COPY ({query}) TO {quote(str(folder))} "
            f"(FORMAT parquet, COMPRESSION lz4, PARTITION_BY (piece), ROW_GROUP_SIZE {_CUT_ROWS})"
        )
    except duckdb.IOException as error:
        raise OSError(f"{folder}: can't be written ({str(error).splitlines()[0]})") from error
