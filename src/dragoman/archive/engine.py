"""DuckDB in memory over the parts of one snapshot. Each part is checked against its SHA-256 before it is first read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive.manifest import Part, Snapshot
from dragoman.archive.parts import check_parts, connect, quote, read_parts
from dragoman.archive.schema import KEPT, TableName

if TYPE_CHECKING:
    import duckdb

_CODED: frozenset[TableName] = frozenset({"claims", "dyads", "codings"})
"""Tables of which a report's rows are those of the newest coder that has read it."""

_NEWEST = "QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY generation DESC) = 1"
_DERIVED: Mapping[TableName, tuple[str, str, str]] = {
    "events": ("event_id", "true", "gone IS NULL"),
    "event_claims": ("claim_id", "true", "true"),
    "judgements": ("first, second", "rule <> 'person'", "verdict IS NOT NULL"),
}
"""Tables of which the newest row of each key counts, since nothing is erased when events are derived anew: that key, the rows of which
this holds, and the condition that the newest doesn't say there is nothing any more."""
_LAST = "SELECT * FROM {every} WHERE generation = {base} AND {rows} AND {lasts}"
_SINCE = """
  AND ({key}) NOT IN (SELECT {keys} FROM {every} WHERE generation > {base} AND {rows})
UNION ALL SELECT * FROM (SELECT * FROM {every} WHERE generation > {base} AND {rows} {newest}) WHERE {lasts}"""
"""Deriving everything anew writes one row a key, and all that count are of that generation, the least there is, or later: only the
few that came since are compared with one another."""


class Engine:
    """Views over one snapshot: ``claims``, ``reports`` …, and ``every.claims`` … with the rows of all coders."""

    def __init__(self, archive: Path, snapshot: Snapshot, *, coder: str | None = None, check: bool = True) -> None:
        self.archive = archive
        self.snapshot = snapshot
        self.connection = connect()
        self.coder = coder
        self._check = check
        self._ready: set[TableName] = set()
        self._generations: dict[TableName, tuple[int, int]] = {}
        self.held: set[TableName] = set()
        """Tables that are in memory and no views."""
        self.connection.execute("CREATE SCHEMA every")

    def execute(
        self, query: str, values: Sequence[Any] = (), *, tables: Iterable[TableName]
    ) -> duckdb.DuckDBPyConnection:
        """Run a query over the tables it names; values are bound, never pasted.

        Raises:
            ArchiveError: A part of one of these tables is missing or damaged.
        """
        self.prepare(tables)
        return self.connection.execute(query, list(values))

    def open_cursor(self, tables: Iterable[TableName]) -> duckdb.DuckDBPyConnection:
        """A connection of its own to the same views, so that several answers can be read side by side."""
        self.prepare(tables)
        return self.connection.cursor()

    def prepare(self, tables: Iterable[TableName]) -> None:
        """Check the parts of these tables and make their views, once."""
        for table in tables:
            if table in _CODED:
                self._prepare_one("codings")
            self._prepare_one(table)

    def find_rows(self, query: str, values: Sequence[Any] = (), *, tables: Iterable[TableName]) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        found = self.execute(query, values, tables=tables)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def select(self, table: TableName, parts: Sequence[Part]) -> str:
        """The SQL of the rows that count in some parts of a table, which must be prepared; of what is held in memory, or was derived
        in several steps, in all of them."""
        if table in _DERIVED:
            base, newest = self._find_generations(table)
            is_whole = table in self.held or newest > base or not parts or table == "judgements"
            return (
                f"SELECT * FROM {table}"
                if is_whole
                else self._select_last(table, read_parts(self.archive, parts), base, base)
            )
        return self._narrow(table, f"({self._select(table, parts)})")

    def _prepare_one(self, table: TableName) -> None:
        if table in self._ready:
            return
        parts = self.snapshot.find_parts(table)
        if self._check:
            check_parts(self.archive, parts)
        self.connection.execute(f"CREATE VIEW every.{table} AS {self._select(table, parts)}")
        self.connection.execute(f"CREATE VIEW {table} AS {self._narrow(table, f'every.{table}')}")
        self._ready.add(table)

    def _select(self, table: TableName, parts: Sequence[Part]) -> str:
        if not parts:
            columns = ", ".join(f'NULL::{column.type} AS "{column.name}"' for column in KEPT[table].columns)
            return f"SELECT {columns} WHERE false"
        return f"SELECT * FROM {read_parts(self.archive, parts)}"

    def _narrow(self, table: TableName, rows: str) -> str:
        """Of the rows of a coded table, those that count: of the coder asked for, else of the newest that has read the report."""
        if table in _DERIVED:
            return self._find_newest(table)
        coders = list(self.snapshot.coders)
        if table not in _CODED or (len(coders) <= 1 and self.coder is None):
            return f"SELECT * FROM {rows}"
        newest = self.coder or coders[-1]
        if self.coder or self._covers_all(newest):
            return f"SELECT * FROM {rows} WHERE coder = {quote(newest)}"
        order = ", ".join(quote(coder) for coder in coders)
        latest = f"SELECT report_id, max_by(coder, list_position([{order}], coder)) AS coder FROM every.codings GROUP BY report_id"
        return f"SELECT t.* FROM {rows} t JOIN ({latest}) USING (report_id, coder)"

    def _find_newest(self, table: TableName) -> str:
        """The rows of a derived table that count."""
        persons = "SELECT * FROM every.judgements WHERE rule = 'person' UNION ALL " if table == "judgements" else ""
        return persons + self._select_last(table, f"every.{table}", *self._find_generations(table))

    def _select_last(self, table: TableName, every: str, base: int, newest: int) -> str:
        key, rows, lasts = _DERIVED[table]
        keys, since = f"({key})" if "," in key else key, _SINCE if newest > base else ""
        return (_LAST + since).format(
            every=every, key=key, keys=keys, rows=rows, lasts=lasts, base=base, newest=_NEWEST.format(key=key)
        )

    def _find_generations(self, table: TableName) -> tuple[int, int]:
        """Of the rows of a derived table that count, the least generation; of all, the greatest."""
        if table not in self._generations:
            _, rows, lasts = _DERIVED[table]
            query = f"SELECT min(generation) FILTER ({lasts}), max(generation) FROM every.{table} WHERE {rows}"
            base, newest = self.connection.execute(query).fetchall()[0]
            self._generations[table] = (base or 0, newest or 0)
        return self._generations[table]

    def _covers_all(self, coder: str) -> bool:
        totals = self.snapshot.totals
        return totals.get(f"codings {coder}", 0) == totals.get("coded", 0) + totals.get("without parties", 0)
