"""Repairing an archive: what can't be read is taken out whole, so that its inputs can be added again.

A unit of work is taken out as one: its reports, what any coder found in them, what was rejected, and reports of other
units that repeat a text that is lost. Dyads are made from claims, so they are made again. Nothing is invented.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive.doctor import ASIDE, find_faulty_parts, find_last_whole, find_orphans
from dragoman.archive.drawing import draw_reports
from dragoman.archive.keeper import Keeper, check_folder
from dragoman.archive.ledger import FILE, Ledger
from dragoman.archive.lock import hold_lock
from dragoman.archive.manifest import (
    Change,
    Part,
    Snapshot,
    apply,
    find_numbers,
    save_complete,
    snapshot_path,
    walk_records,
)
from dragoman.archive.parts import connect, quote, write_query, write_rows
from dragoman.archive.rows import make_dyad_rows
from dragoman.archive.schema import TABLES, TableName
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    import duckdb

_OWN_TABLES = ("jobs", "feeds", "feed_states", "alerted", "outbox")
"""What stands in the ledger alone."""
_BY_UNIT: frozenset[TableName] = frozenset({"rejected", "imports", "imported"})
"""Tables whose rows go with their unit of work."""
_DERIVED: frozenset[TableName] = frozenset({"judgements", "events", "event_claims"})
"""What is derived anew where claims were lost; that an event names a lost claim is how it is known."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done, one line each, and what must be added again."""

    lines: tuple[str, ...]
    inputs: tuple[str, ...]
    """The files that it came from; where no report is left to tell, the notes of its snapshots or the keys of its units."""


def repair(archive: Path, *, redraw: bool, wait: float = 0.0) -> Repaired:
    """Make an archive sound again, as far as what is left of it allows.

    Args:
        archive: Its folder.
        redraw: Draw the ledger anew, also where no part was taken out.
        wait: Seconds to wait for another writer to end.

    Raises:
        ArchiveError: There is no archive, or another process writes.
        OSError: The disk is full or read-only. Each step is whole or hasn't happened.
    """
    check_folder(archive)
    with hold_lock(archive, "doctor", wait=wait):
        lines = _set_aside(archive)
        keeper = Keeper(archive)
        inputs, taken = _take_out(keeper)
        lines += [*taken, *_delete_orphans(archive)]
        if redraw or taken:
            lines.append(_redraw(archive, keeper.snapshot))
    return Repaired(tuple(lines), inputs)


def _find_inputs(
    connection: duckdb.DuckDBPyConnection, archive: Path, left: Sequence[Part], keys: Collection[str]
) -> tuple[str, ...]:
    """What brought these units, as their reports tell it, or else their snapshots."""
    rows = connection.execute(
        f"SELECT DISTINCT unit, regexp_replace(place, ':[0-9]+$', '') FROM ({_select(archive, 'reports', left)}) "
        "WHERE list_contains(?, unit) AND place <> ''",
        [sorted(keys)],
    ).fetchall()
    files = f"SELECT unit, file FROM ({_select(archive, 'imports', left)}) WHERE list_contains(?, unit)"
    rows += connection.execute(files, [sorted(keys)]).fetchall()
    notes = dict.fromkeys(set(keys) - {unit for unit, _ in rows}, "")
    for _, record in walk_records(archive):
        if not isinstance(record, ArchiveError) and not record["undone"]:
            new = [unit["key"] for unit in record["units"] if not notes.get(unit["key"], "known")]
            if len(new) == 1:  # one that tells everything again doesn't tell what brought it
                notes[new[0]] = record["note"]
    return tuple(sorted({place for _, place in rows} | {note or key for key, note in notes.items()}))


def _set_aside(archive: Path) -> list[str]:
    """Put away snapshots that can't be loaded; where the newest is among them, the last whole one becomes the newest."""
    good: set[int] = set()
    for number, record in walk_records(archive):
        if not isinstance(record, ArchiveError) and (record["complete"] or number - 1 in good):
            good.add(number)
    numbers = find_numbers(archive)
    bad = [number for number in numbers if number not in good]
    if not bad:
        return []
    whole, lines = find_last_whole(archive), []
    if bad[-1] == numbers[-1]:
        note = f"repaired: back to snapshot {whole.number}"
        after = replace(apply(whole, Change(note=note), version=whole.version), number=numbers[-1] + 1)
        save_complete(archive, after)
        lines.append(f"snapshot {after.number} is snapshot {whole.number} again")
    for number in reversed(bad):
        path = snapshot_path(archive, number)
        os.replace(path, path.with_name(path.name + ASIDE))
        lines.append(f"snapshot {number} can't be read: set aside as {path.name}{ASIDE}")
    return lines


def _take_out(keeper: Keeper) -> tuple[tuple[str, ...], list[str]]:
    """Commit a snapshot without damaged parts; gives the inputs of the units that went with them, and what was done."""
    archive, faulty = keeper.archive, find_faulty_parts(keeper.archive)
    bad = [part for part in keeper.snapshot.parts if part.name in faulty]
    if any(part.table == "claim_days" for part in bad):
        keeper.save(_unlist(keeper.snapshot))
        inputs, lines = _take_out(keeper)
        return inputs, ["claim_days was damaged: taken out; 'dragoman compact --full' makes it again", *lines]
    if not bad:
        return (), []
    if all(part.table in _DERIVED for part in bad):
        return (), _drop_derived(keeper, bad)
    if any(part.table in _DERIVED for part in bad):  # events of which a part is lost are no use without it
        bad += [part for part in keeper.snapshot.parts if part.table in ("events", "event_claims") and part not in bad]
    left = [part for part in keeper.snapshot.parts if part not in bad]
    if all(part.table == "dyads" for part in bad):
        new = _make_dyads(keeper, bad)
        keeper.save(Change(tuple(new), tuple(part.name for part in bad), note="repaired: dyads made again from claims"))
        return (), [f"{part.name} was damaged: made again from the claims" for part in bad]
    with connect(spill=archive / "work") as connection:
        keys = _find_lost(connection, archive, keeper.snapshot, bad, left)
        inputs = _find_inputs(connection, archive, left, keys)
        new, old = _rewrite(connection, keeper, keys, left)
        undone = tuple(key for key in keeper.snapshot.units if key[0] in keys)
        change = Change(
            tuple(new), tuple(part.name for part in [*bad, *old]), undone=undone,
            note=f"repaired: {len(bad)} damaged parts and {len(keys)} units taken out",
        )  # fmt: skip
        after = apply(keeper.snapshot, change, version=keeper.snapshot.version)
        keeper.save(replace(change, totals=_find_totals(keeper.snapshot, after, undone, connection, archive)))
    return inputs, [f"{part.name} is damaged or missing: taken out" for part in bad if part.name in faulty]


def _unlist(snapshot: Snapshot) -> Change:
    """Take out the days by id: claims are found without them, only slower."""
    names = tuple(part.name for part in snapshot.find_parts("claim_days"))
    return Change(removed=names, note="repaired: claims are to be listed anew")


def _drop_derived(keeper: Keeper, bad: Sequence[Part]) -> list[str]:
    """Take out what is derived, so that it is derived anew from claims; of judgements only the damaged part."""
    gone = {part.name for part in keeper.snapshot.parts if part.table in ("events", "event_claims")}
    gone |= {part.name for part in bad}
    keeper.save(Change(removed=tuple(sorted(gone)), note="repaired: events are to be derived anew"))
    lines = [f"{part.name} is damaged or missing: taken out" for part in bad]
    if any(part.table == "judgements" for part in bad):
        lines.append("judgements of persons that stood there are lost")
    return [*lines, "events are derived anew by 'dragoman events --derive'"]


def _find_lost(
    connection: duckdb.DuckDBPyConnection, archive: Path, snapshot: Snapshot, bad: Sequence[Part], left: Sequence[Part]
) -> set[str]:
    """Keys of the units to take out; makes the table ``kept`` of the reports that stay."""
    every = {key for key, _ in snapshot.units}
    brought = [part for part in bad if part.table not in _DERIVED]
    keys = every if any(part.unit is None for part in brought) else {part.unit for part in brought if part.unit}
    reports = _select(archive, "reports", left)
    connection.execute(f"CREATE TABLE kept AS SELECT report_id, copy_of, unit FROM ({reports})")
    while True:
        connection.execute("DELETE FROM kept WHERE list_contains(?, unit)", [sorted(keys)])
        more = connection.execute(
            "SELECT DISTINCT unit FROM kept c ANTI JOIN kept r ON c.copy_of = r.report_id WHERE c.copy_of IS NOT NULL"
        ).fetchall()
        if not more:
            return keys
        keys |= {unit for (unit,) in more}


def _rewrite(
    connection: duckdb.DuckDBPyConnection, keeper: Keeper, keys: set[str], left: Sequence[Part]
) -> tuple[list[Part], list[Part]]:
    """Parts with what stays of those that held rows of lost units, and those parts."""
    connection.execute("CREATE TABLE lost AS SELECT unnest(?) AS unit", [sorted(keys)])
    new, old = [], []
    for part in left:
        if part.table in _DERIVED or part.table == "claim_days":
            continue
        file = f"read_parquet({quote(str(keeper.archive / part.name))})"
        is_kept = "unit NOT IN (SELECT unit FROM lost)"
        stays = is_kept if part.table in _BY_UNIT else "report_id IN (SELECT report_id FROM kept)"
        count = connection.execute(f"SELECT count(*) FROM {file} WHERE {stays}").fetchall()[0][0]
        if count == part.rows:
            continue
        old.append(part)
        if count:
            name = f"{Path(part.name).stem}-{keeper.snapshot.number + 1}"
            query = f"SELECT * FROM {file} WHERE {stays}"
            kept = write_query(connection, keeper.archive, TABLES[part.table], query, name, coder=part.coder)
            new.append(replace(kept, unit=part.unit))
    return new, old


def _find_totals(
    before: Snapshot,
    after: Snapshot,
    undone: Iterable[tuple[str, str]],
    connection: duckdb.DuckDBPyConnection,
    archive: Path,
) -> dict[str, int]:
    """What to add to the totals: less what the units counted, and what is left of claims and codings."""
    totals: dict[str, int] = {}
    for key in undone:
        for name, count in before.units[key].counts.items():
            totals[name] = totals.get(name, 0) - count
    claims = sum(part.rows for part in after.find_parts("claims"))
    totals["claims"] = claims - before.totals.get("claims", 0)
    codings = _select(archive, "codings", after.parts)
    rows = dict(connection.execute(f"SELECT coder, count(*) FROM ({codings}) GROUP BY 1").fetchall())
    for coder in before.coders:
        totals[f"codings {coder}"] = rows.get(coder, 0) - before.totals.get(f"codings {coder}", 0)
    return totals


def _make_dyads(keeper: Keeper, bad: Sequence[Part]) -> list[Part]:
    """All dyads of the coders whose dyads were damaged that no other part holds, made from the claims."""
    archive, snapshot = keeper.archive, keeper.snapshot
    left = [part for part in snapshot.parts if part not in bad]
    with connect(spill=archive / "work") as connection:
        claims, dyads = _select(archive, "claims", left), _select(archive, "dyads", left)
        found = connection.execute(
            f"SELECT * FROM ({claims}) c ANTI JOIN ({dyads}) d USING (claim_id, coder) ORDER BY claim_id, coder"
        )
        names = [column[0] for column in found.description or ()]
        rows = (dict(zip(names, row, strict=True)) for row in iter(found.fetchone, None))
        made = write_rows(
            archive, "dyads", _make_rows(rows), f"repaired-{snapshot.number + 1}",
            coder=bad[0].coder if len({part.coder for part in bad}) == 1 else None,
        )  # fmt: skip
    return [replace(made, unit=bad[0].unit if len(bad) == 1 else None)] if made else []


def _make_rows(claims: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Dyads of claims, one claim at a time."""
    for claim in claims:
        yield from make_dyad_rows([claim])


def _select(archive: Path, table: TableName, parts: Sequence[Part]) -> str:
    files = [quote(str(archive / part.name)) for part in parts if part.table == table]
    if not files:
        columns = ", ".join(f'NULL::{column.type} AS "{column.name}"' for column in TABLES[table].columns)
        return f"SELECT {columns} WHERE false"
    return f"SELECT * FROM read_parquet([{', '.join(files)}])"


def _delete_orphans(archive: Path) -> list[str]:
    names = find_orphans(archive)
    for name in names:
        (archive / name).unlink(missing_ok=True)
    return [f"{name} belonged to no snapshot: deleted" for name in names]


def _redraw(archive: Path, snapshot: Snapshot) -> str:
    """Put a ledger drawn from the parts in the place of the old one; jobs and feeds are carried over where readable."""
    fresh_folder = archive / "work"
    fresh_folder.mkdir(exist_ok=True)
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (fresh_folder / name).unlink(missing_ok=True)
    fresh = Ledger(fresh_folder)
    draw_reports(fresh, archive, snapshot)
    carried = _carry_over(archive, fresh)
    fresh.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    fresh.close()
    for name in (f"{FILE}-wal", f"{FILE}-shm"):
        (archive / name).unlink(missing_ok=True)
    os.replace(fresh_folder / FILE, archive / FILE)
    return f"{FILE} drawn anew from the parts" + ("" if carried else "; its jobs and feeds could not be read")


def _carry_over(archive: Path, fresh: Ledger) -> bool:
    if not (archive / FILE).exists():
        return True
    with suppress(sqlite3.DatabaseError, ArchiveError):
        old = Ledger(archive, read_only=True)
        names = {name for (name,) in old.execute("SELECT name FROM sqlite_master")}
        for table in (table for table in _OWN_TABLES if table in names):
            for row in old.execute(f"SELECT * FROM {table}"):
                fresh.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        old.close()
        return True
    return False
