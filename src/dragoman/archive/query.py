"""A question to an archive that is answered when its rows are taken: as dictionaries, Arrow, pandas, polars, or in a file.

Nothing is read before; rows come as a stream, so what is asked may be larger than memory.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dragoman.archive.filters import hint
from dragoman.archive.schema import TableName
from dragoman.archive.where import Where
from dragoman.errors import ArchiveError
from dragoman.interchange.tables import Dialect, find_cell, write_cells, write_header

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

    from dragoman.archive import Archive

_FETCHED = 500
"""Rows fetched at a time."""


@dataclass(frozen=True)
class Query:
    """Rows of an archive, not yet read. ``order`` and ``limit`` give other queries."""

    archive: Archive
    source: str
    """The SQL without conditions, order and limit; with ``{where}`` where the conditions belong."""
    columns: tuple[str, ...]
    sorting: tuple[str, ...]
    """SQL terms that sort the rows, in full, so that the same archive gives the same rows in the same order."""
    tables: tuple[TableName, ...]
    find_where: Callable[[], Where]
    """The conditions; names are looked up when they are needed."""
    most: int | None = None
    rest: Where = field(default_factory=Where)
    """A condition on the columns of the rows themselves, such as that they come after others."""

    def limit(self, count: int) -> Self:
        """At most so many rows."""
        if count < 0:
            raise ArchiveError(f"limit is {count}; expected 0 or more")
        return replace(self, most=count)

    def order(self, *columns: str) -> Self:
        """Sort by these columns, each with ``-`` before it for falling; what is equal stays in the usual order.

        Raises:
            ArchiveError: There is no such column.
        """
        return replace(self, sorting=(*check_order(columns, self.columns), *self.sorting))

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows as dictionaries, as they are read."""
        found = self._execute()
        while rows := found.fetchmany(_FETCHED):
            for row in rows:
                yield dict(zip(self.columns, row, strict=True))

    def __iter__(self) -> Iterator[Any]:
        return self.rows()

    def count_rows(self) -> int:
        """How many rows there are."""
        sql = f"SELECT count(*) FROM ({self._sql(is_sorted=False)})"
        return int(self._cursor().execute(sql, self._values).fetchall()[0][0])

    def relation(self) -> duckdb.DuckDBPyRelation:
        """The question as a DuckDB relation."""
        near = self.draw_near()
        return near._cursor().sql(near._sql(), params=near._values or None)

    def arrow(self) -> pyarrow.Table:
        """An Arrow table. Needs pyarrow (``pip install 'dragoman[arrow]'``)."""
        _need("pyarrow", "arrow")
        return self.relation().to_arrow_table()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as a stream in the Arrow PyCapsule interface, which polars, pandas, pyarrow and others read."""
        return self.relation().__arrow_c_stream__(requested_schema)

    def df(self) -> pandas.DataFrame:
        """A pandas data frame. Needs pandas (``pip install 'dragoman[pandas]'``)."""
        _need("pandas", "pandas")
        return self.relation().df()

    def pl(self) -> polars.DataFrame:
        """A polars data frame. Needs polars (``pip install 'dragoman[polars]'``)."""
        _need("polars", "polars")
        import polars

        return polars.DataFrame(self)

    def to_parquet(self, path: str | Path) -> None:
        """Write a Parquet file (zstd), which appears when it is whole.

        Raises:
            OSError: It can't be written.
        """
        import duckdb

        with _beside(Path(path)) as beside:
            try:
                self.relation().write_parquet(str(beside), compression="zstd")
            except duckdb.IOException as error:
                raise OSError(f"{path}: can't be written ({str(error).splitlines()[0]})") from error

    def to_csv(self, path: str | Path, *, dialect: Dialect = "csv") -> None:
        """Write a table, which appears when it is whole: lists are joined with ``"; "``, missing is empty."""
        with _beside(Path(path)) as beside, open(beside, "w", encoding="utf-8", newline="") as stream:
            for line in self.write_table(dialect):
                stream.write(line)

    def write_table(self, dialect: Dialect) -> Iterator[str]:
        """The lines of such a table."""
        yield write_header(self.columns, dialect)
        for row in self.rows():
            yield write_cells([find_cell(value) for value in row.values()], dialect)

    @cached_property
    def _where(self) -> Where:
        return self.find_where()

    @property
    def _values(self) -> list[Any]:
        return [*self._where.values, *self.rest.values]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self.archive.engine.open_cursor((*self.tables, *self._where.tables))

    def draw_near(self) -> Self:
        """The same question, asked only of the files that hold its rows, where these can be told beforehand."""
        return self

    def _execute(self) -> duckdb.DuckDBPyConnection:
        near = self.draw_near()
        return near._cursor().execute(near._sql(), near._values)

    def _sql(self, *, is_sorted: bool = True) -> str:
        condition = f"WHERE {self._where.sql}" if self._where.sql else ""
        names = ", ".join(f'"{column}"' for column in self.columns)
        sql = f"SELECT {names} FROM ({self.source.replace('{where}', condition)})"
        sql = self.rest.after(sql)
        if is_sorted or self.most is not None:
            sql += f" ORDER BY {', '.join(self.sorting)}"
        return f"{sql} LIMIT {self.most}" if self.most is not None else sql


def check_order(names: Sequence[str], columns: Iterable[str]) -> tuple[str, ...]:
    """Columns to sort by, each with ``-`` before it for falling, as SQL.

    Raises:
        ArchiveError: There is no such column.
    """
    known = list(columns)
    terms = []
    for name in names:
        column = name.removeprefix("-")
        if column not in known:
            raise ArchiveError(f"can't be sorted by {column!r}. {hint(column, known)}")
        terms.append(f'"{column}" {"DESC" if name.startswith("-") else "ASC"} NULLS LAST')
    return tuple(terms)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A path beside another, renamed to it when all went well and removed when not."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(number)
    try:
        yield Path(name)
    except BaseException:
        os.unlink(name)
        raise
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(name, 0o666 & ~mask)  # temporary files are private; what a user asked for has the usual rights
    os.replace(name, path)


def _need(library: str, extra: str) -> None:
    from importlib.util import find_spec

    if find_spec(library) is None:
        raise ArchiveError(f"this needs {library}, which isn't installed: pip install 'dragoman[{extra}]'")
