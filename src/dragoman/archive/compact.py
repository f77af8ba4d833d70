"""Many small parts become few large, sorted ones; what no snapshot that is kept names can be deleted.

A process may be killed at any moment. New parts count only once their snapshot is renamed, and old files are deleted
only after nothing that stays needs them, the newest first, since each may build on those before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
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
from dragoman.archive.parts import check_parts, connect, quote, write_query
from dragoman.archive.schema import TABLES, TableName
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    import duckdb

PART_ROWS = 1_000_000
PART_BYTES = 256 * 2**20
"""A part is full with either. Parts from half of that on are left as they are."""
MEMORY = "1GB"
"""What sorting may take; more goes to the archive's ``work`` folder."""


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
        rows: Rows of a full part.
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
        if is_full or (part.rows < rows / 2 and part.bytes < size / 2):
            unit = part.unit if part.table in ("imports", "imported") else None
            groups.setdefault((part.table, part.coder, unit), []).append(part)
    yield from (group for group in groups.values() if len(group) > 1)


def _merge(keeper: Keeper, old: Sequence[Part], rows: int, size: int, memory: str) -> list[Part]:
    """Parts with the rows of the old ones, cut where the first column of the order changes."""
    check_parts(keeper.archive, old)
    table, coder, total = TABLES[old[0].table], old[0].coder, sum(part.rows for part in old)
    pieces = max(-(-total // rows), -(-sum(part.bytes for part in old) // size))
    files = ", ".join(quote(str(keeper.archive / part.name)) for part in old)
    source = f"read_parquet([{files}])"
    work = keeper.archive / "work"
    work.mkdir(exist_ok=True)
    unit = old[0].unit if len({part.unit for part in old}) == 1 else None
    group = "-".join(filter(None, [coder or "all", unit]))
    new: list[Part] = []
    with connect(memory=memory, spill=work) as connection:
        for number, where in enumerate(_cut(connection, source, table.order[0], pieces)):
            name = f"compacted-{keeper.snapshot.number + 1}-{group}-{number}"
            query = f"SELECT * FROM {source} WHERE {where}"
            part = write_query(connection, keeper.archive, table, query, name, coder=coder)
            if part.rows:
                new.append(replace(part, unit=unit))
            else:
                (keeper.archive / part.name).unlink()
    if sum(part.rows for part in new) != total:
        raise ArchiveError(f"{keeper.archive / table.name}: rows were lost while compacting; nothing was changed")
    return new


def _cut(connection: duckdb.DuckDBPyConnection, source: str, key: str, pieces: int) -> Iterator[str]:
    """Conditions that cut rows into about equal pieces by a column; null goes with the first."""
    shares = [n / pieces for n in range(1, pieces)]
    query = f'SELECT quantile_disc("{key}", {shares}) FROM {source}'
    found = connection.execute(query).fetchall()[0][0] if shares else None
    cuts = [quote(value) for value in dict.fromkeys(found or ())]
    if not cuts:
        yield "true"
        return
    yield f'("{key}" IS NULL OR "{key}" <= {cuts[0]})'
    yield from (f'"{key}" > {low} AND "{key}" <= {high}' for low, high in pairwise(cuts))
    yield f'"{key}" > {cuts[-1]}'
