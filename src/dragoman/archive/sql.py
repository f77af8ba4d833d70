"""Free questions in SQL, locked in: they see the tables of one snapshot, and neither other files nor the network."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.archive.engine import Engine
from dragoman.archive.parts import quote
from dragoman.archive.schema import TABLES
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    import duckdb

    from dragoman.archive import Archive

LIMIT = 10_000
"""Rows that an answer has at most."""
SECONDS = 5.0
"""Time that a question may take."""
_MEMORY, _THREADS = "1GB", 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a question in SQL gave."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    is_cut: bool
    """There are more rows than were asked for."""


def ask_sql(archive: Archive, query: str, *, limit: int, seconds: float) -> Answer:
    """Run one question on a connection of its own."""
    _check(query)
    archive.engine.prepare(TABLES)
    with closing(_open_locked(archive)) as connection, _timed(connection, seconds):
        found = connection.execute(query)
        columns = tuple(column[0] for column in found.description or ())
        rows = found.fetchmany(limit + 1)
        return Answer(columns, rows[:limit], len(rows) > limit)


def _check(query: str) -> None:
    """One statement that only asks; also within EXPLAIN, as EXPLAIN ANALYZE runs what it explains."""
    import duckdb

    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        raise _wrong(error) from error
    if len(statements) != 1:
        raise ArchiveError(f"expected one question in SQL, got {len(statements)}; ask them one after another")
    kind = statements[0].type
    if kind == duckdb.StatementType.EXPLAIN:
        _check(_explained(statements[0].query))
    elif kind != duckdb.StatementType.SELECT:
        raise ArchiveError(
            f"{kind.name} isn't allowed: an archive can be asked in SQL, not changed, and nothing beside it is read. "
            "Expected SELECT, WITH, EXPLAIN, DESCRIBE, SUMMARIZE or SHOW."
        )


def _explained(query: str) -> str:
    """What follows EXPLAIN and its options."""
    import duckdb

    tokens = duckdb.tokenize(query)
    words = [
        query[at:end].strip() for (at, _), end in zip(tokens, [*(at for at, _ in tokens[1:]), len(query)], strict=True)
    ]
    count = 1
    if words[count].upper() == "ANALYZE":
        count += 1
    elif words[count] == "(":
        count = words.index(")") + 1
    return query[tokens[count][0] :]


def _open_locked(archive: Archive) -> duckdb.DuckDBPyConnection:
    """Views over the snapshot, whose parts are the only files that can be read. The settings can't be changed again."""
    engine = Engine(archive.path, archive.snapshot, coder=archive.coder, check=False)
    engine.prepare(TABLES)
    connection = engine.connection
    files = ", ".join(quote(str(archive.path / part.name)) for part in archive.snapshot.parts)
    for setting in (
        f"threads = {_THREADS}",
        f"memory_limit = '{_MEMORY}'",
        "temp_directory = ''",
        "python_enable_replacements = false",
        "allow_community_extensions = false",
        f"allowed_paths = [{files}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


@contextmanager
def _timed(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Give up after so many seconds; DuckDB's errors become ours."""
    import duckdb

    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise ArchiveError(
            f"no answer after {seconds:g} seconds; ask for less, or allow more with --seconds"
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise ArchiveError(
            f"the question needs more than {_MEMORY} of memory; ask for fewer columns or rows"
        ) from error
    except duckdb.PermissionException as error:
        raise ArchiveError(
            f"not allowed: a question sees the tables {', '.join(TABLES)} and no other file ({_first_line(error)})"
        ) from error
    except duckdb.Error as error:
        raise _wrong(error) from error
    finally:
        timer.cancel()


def _wrong(error: Exception) -> ArchiveError:
    return ArchiveError(f"wrong SQL: {' '.join(str(error).split())}. The tables are {', '.join(TABLES)}.")


def _first_line(error: Exception) -> str:
    lines: Sequence[str] = str(error).splitlines()
    return lines[0]
