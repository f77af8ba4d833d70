"""One opened archive for many threads: each question gets a connection of its own, which can be interrupted."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dragoman.archive.engine import Engine
from dragoman.archive.schema import KEPT, TableName
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    import duckdb

    from dragoman.archive import Archive


MOST_HELD = 300_000
"""Rows of a table held in memory: about 1 kB each (benchmarks/http)."""
_HELD: Mapping[TableName, str] = {
    "events": "day DESC NULLS LAST, event_id",
    "event_claims": "claim_id",
    "judgements": "first, second",
}
"""Tables worth holding, and the order in which they are mostly asked."""


class Fork(Engine):
    """The views of another engine, seen through a connection of its own. All tables are prepared before."""

    def __init__(self, engine: Engine) -> None:
        self.__dict__.update(engine.__dict__)
        self.connection = engine.connection.cursor()
        self._opened = [self.connection]
        self._is_over = False

    def open_cursor(self, tables: Iterable[TableName]) -> duckdb.DuckDBPyConnection:
        cursor = super().open_cursor(tables)
        self._opened.append(cursor)
        return cursor

    def prepare(self, tables: Iterable[TableName]) -> None:
        """Nothing is left to prepare; a question that was given up asks no further.

        Raises:
            ArchiveError: It was given up.
        """
        if self._is_over:
            raise ArchiveError("the question was given up")

    def interrupt(self) -> None:
        """Give up whatever is asked through this connection, now and later. Safe from another thread."""
        self._is_over = True
        for connection in list(self._opened):
            connection.interrupt()

    def close(self) -> None:
        for connection in self._opened:
            connection.close()


def prepare_archive(archive: Archive) -> None:
    """Make all that forks share: the views of every table, and the directory of names.

    Events, their claims and judgements are views that look for the newest row of each id. Where they are not too many they are looked
    for once, here, and held in memory.
    """
    archive.engine.prepare(KEPT)
    for table, order in _HELD.items():
        if sum(part.rows for part in archive.snapshot.find_parts(table)) <= MOST_HELD:
            connection = archive.engine.connection
            connection.execute(f"CREATE TABLE held_{table} AS SELECT * FROM {table} ORDER BY {order}")
            connection.execute(f"DROP VIEW {table}")
            connection.execute(f"ALTER TABLE held_{table} RENAME TO {table}")
            archive.engine.held.add(table)
    archive.directory.find_state("")


def fork_archive(archive: Archive) -> tuple[Archive, Fork]:
    """The same snapshot through a connection of its own, and that connection to interrupt and to close.

    The archive must have been prepared by ``prepare_archive``.
    """
    fork = Fork(archive.engine)
    other = copy.copy(archive)
    other.engine = fork
    return other, fork
