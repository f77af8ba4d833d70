"""What changed from one snapshot to another: claims and reports that were added, changed or withdrawn, and why.

Both are seen as they show themselves: of each report, what the newest coder that has read it found. What made a claim
(coder, version, model …) is not compared: a new version that finds the same claim changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dragoman.archive.manifest import Part, Snapshot, find_changes
from dragoman.archive.parts import check_parts, connect, find_faulty, quote
from dragoman.archive.schema import TABLES, TableName

if TYPE_CHECKING:
    import duckdb

_MAKERS = frozenset({"coder", "version", "model", "roster", "codebook", "overlay"})
_UNCOMPARED: Mapping[TableName, frozenset[str]] = {"claims": _MAKERS, "reports": frozenset({"unit"})}
TAKEN_OUT = "taken out with a damaged part; add its input again"


@dataclass(frozen=True, slots=True)
class Difference:
    """One claim or report that isn't the same in both."""

    table: Literal["claims", "reports"]
    id: str
    report_id: str
    what: Literal["added", "changed", "withdrawn"]
    columns: tuple[str, ...]
    """Those that differ, where it was changed."""
    reason: str


@dataclass(frozen=True, slots=True)
class Diff:
    """The differences between two snapshots, claims first, by what happened and id."""

    old: int
    new: int
    rows: tuple[Difference, ...]
    unreadable: tuple[str, ...]
    """Damaged parts that the newer one no longer has: what only they held is not among the rows."""

    def count(self) -> dict[str, int]:
        """``"claims added"`` … → how many; what didn't happen is zero."""
        found = Counter(f"{row.table} {row.what}" for row in self.rows)
        return {f"{t} {w}": found[f"{t} {w}"] for t in ("claims", "reports") for w in ("added", "changed", "withdrawn")}


def diff(archive: Path, old: Snapshot, new: Snapshot) -> Diff:
    """What changed between two snapshots. Parts that both have are read only where a report's newest coder changed.

    Raises:
        ArchiveError: A part that is needed is damaged or was deleted.
    """
    _, gone = find_changes(old.parts, new.parts)
    unreadable = {name for name, _ in find_faulty(archive, gone)}
    readable = replace(old, parts=tuple(part for part in old.parts if part.name not in unreadable))
    with connect(spill=archive / "work") as connection:
        for side, snapshot in (("old", readable), ("new", new)):
            _make_latest(connection, archive, side, snapshot)
        if unreadable:
            _add_latest(connection, archive, [part for part in gone if part.name not in unreadable])
        connection.execute(
            "CREATE TABLE moved AS SELECT report_id FROM old_latest o LEFT JOIN new_latest n USING (report_id) "
            "WHERE o.coder IS DISTINCT FROM n.coder"
        )
        _make_claims(connection, archive, readable, new)
        _make_reports(connection, archive, readable, new)
        rows = [*_compare(connection, "claims", "claim_id"), *_compare(connection, "reports", "report_id")]
    return Diff(old.number, new.number, tuple(rows), tuple(sorted(unreadable)))


def _make_latest(connection: duckdb.DuckDBPyConnection, archive: Path, side: str, snapshot: Snapshot) -> None:
    """A table with the newest coder of each report."""
    order = ", ".join(quote(coder) for coder in snapshot.coders)
    rows = _select(archive, "codings", snapshot.find_parts("codings"))
    connection.execute(
        f"CREATE TABLE {side}_latest AS SELECT report_id, "
        f"max_by(coder, list_position([{order}]::VARCHAR[], coder)) AS coder FROM ({rows}) GROUP BY report_id"
    )


def _add_latest(connection: duckdb.DuckDBPyConnection, archive: Path, parts: list[Part]) -> None:
    """Coders of reports whose codings can't be read any more, as their claims tell them."""
    rows = _select(archive, "claims", [part for part in parts if part.table == "claims"])
    connection.execute(
        f"INSERT INTO old_latest SELECT DISTINCT report_id, coder FROM ({rows}) ANTI JOIN old_latest USING (report_id)"
    )


def _make_claims(connection: duckdb.DuckDBPyConnection, archive: Path, old: Snapshot, new: Snapshot) -> None:
    """Tables with the claims of each side that may differ."""
    added, removed = find_changes(old.find_parts("claims"), new.find_parts("claims"))
    gone = {part.name for part in removed}
    both = [part for part in old.find_parts("claims") if part.name not in gone]
    has_moved = bool(connection.execute("SELECT 1 FROM moved LIMIT 1").fetchall())
    for side, parts in (("old", removed), ("new", added)):
        queries = [_select(archive, "claims", parts)]
        if has_moved and both:
            queries.append(f"{_select(archive, 'claims', both)} WHERE report_id IN (FROM moved)")
        rows = " UNION ALL ".join(queries)
        connection.execute(
            f"CREATE TABLE {side}_claims AS SELECT c.* FROM ({rows}) c JOIN {side}_latest USING (report_id, coder)"
        )


def _make_reports(connection: duckdb.DuckDBPyConnection, archive: Path, old: Snapshot, new: Snapshot) -> None:
    added, removed = find_changes(old.find_parts("reports"), new.find_parts("reports"))
    for side, parts in (("old", removed), ("new", added)):
        connection.execute(f"CREATE TABLE {side}_reports AS {_select(archive, 'reports', parts)}")


def _select(archive: Path, table: TableName, parts: list[Part]) -> str:
    if not parts:
        columns = ", ".join(f'NULL::{column.type} AS "{column.name}"' for column in TABLES[table].columns)
        return f"SELECT {columns} WHERE false"
    check_parts(archive, parts)
    return f"SELECT * FROM read_parquet([{', '.join(quote(str(archive / part.name)) for part in parts)}])"


def _compare(connection: duckdb.DuckDBPyConnection, table: Literal["claims", "reports"], key: str) -> list[Difference]:
    compared = [column.name for column in TABLES[table].columns if column.name not in {key, *_UNCOMPARED[table]}]
    cells = ", ".join(f'CASE WHEN o."{name}" IS DISTINCT FROM n."{name}" THEN {quote(name)} END' for name in compared)
    query = f"""
        SELECT coalesce(o.{key}, n.{key}) AS id, coalesce(o.report_id, n.report_id) AS report,
            CASE WHEN o.{key} IS NULL THEN 'added' WHEN n.{key} IS NULL THEN 'withdrawn' ELSE 'changed' END AS what,
            CASE WHEN o.{key} IS NULL OR n.{key} IS NULL THEN [] ELSE list_filter([{cells}], lambda x: x IS NOT NULL) END
                AS columns,
            ol.coder, nl.coder
        FROM old_{table} o FULL JOIN new_{table} n ON o.{key} = n.{key}
        LEFT JOIN old_latest ol ON ol.report_id = coalesce(o.report_id, n.report_id)
        LEFT JOIN new_latest nl ON nl.report_id = coalesce(o.report_id, n.report_id)
        WHERE what <> 'changed' OR len(columns) > 0 ORDER BY what, id"""
    return [
        Difference(table, id_, report, what, tuple(columns), _find_reason(table, what, before, after))
        for id_, report, what, columns, before, after in connection.execute(query).fetchall()
    ]


def _find_reason(table: str, what: str, before: str | None, after: str | None) -> str:
    """Why, from the newest coders that had read the report then and now."""
    if table == "reports":
        return {"added": "new report", "changed": "described otherwise", "withdrawn": TAKEN_OUT}[what]
    if before is None:
        return "new report"
    if after is None:
        return TAKEN_OUT
    again = "when its report was read again" if before == after else f"by the newer coder {after}"
    return {"added": f"found {again}", "changed": f"told otherwise {again}", "withdrawn": f"not found {again}"}[what]
