"""Acts of an imported set: each row as its ordered pairs see it, for whatever counts acts of coded events too."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.archive.engine import Engine
from dragoman.archive.filters import ask_days, make_filters
from dragoman.archive.imported_rows import make_acts
from dragoman.archive.where import Where
from dragoman.domain import Act
from dragoman.errors import ArchiveError

_FETCHED = 5_000
_COLUMNS = (
    "imported_id", "set_name", "day", "actor_codes", "actor_countries", "actor_sectors", "recipient_codes",
    "recipient_countries", "recipient_sectors", "mutual", "event_type", "mode", "context", "quad", "intensity", "status",
)  # fmt: skip


def iterate_acts(engine: Engine, set_name: str, *, since: str | None = None, until: str | None = None) -> Iterator[Act]:
    """The acts of a set by day and row, as they are read. Their ``origin`` is the set, their ``event_id`` the row's id.

    Rows without PLOVER type, day or actor make no act: ``count_left_out`` counts them.

    Args:
        engine: The snapshot.
        set_name: The set.
        since: First day: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        until: Last day, likewise; a month or year is meant to its end.

    Raises:
        ArchiveError: There is no such set, or a day can't be.
    """
    check_set(engine, set_name)
    where = Where("set_name = ?", (set_name,))
    where &= ask_days(make_filters("imported", {"since": since, "until": until}), "day")
    query = where.after(f"SELECT {', '.join(_COLUMNS)} FROM imported") + " ORDER BY day, imported_id"
    found = engine.open_cursor(["imported"]).execute(query, list(where.values))
    while rows := found.fetchmany(_FETCHED):
        for row in rows:
            yield from make_acts(dict(zip(_COLUMNS, row, strict=True)))


def count_left_out(engine: Engine, set_name: str) -> dict[str, int]:
    """Rows of a set that make no act, by what they lack; the first that is lacking counts.

    Raises:
        ArchiveError: There is no such set.
    """
    check_set(engine, set_name)
    query = (
        "SELECT CASE WHEN event_type IS NULL THEN 'no PLOVER type' WHEN day IS NULL THEN 'no day' ELSE 'no actor' END "
        "AS why, count(*) AS rows FROM imported WHERE set_name = ? "
        "AND (event_type IS NULL OR day IS NULL OR len(actor_codes) = 0) GROUP BY why ORDER BY why"
    )
    return {row["why"]: row["rows"] for row in engine.find_rows(query, [set_name], tables=["imported"])}


def check_set(engine: Engine, set_name: str) -> None:
    """Refuse a set that isn't there.

    Raises:
        ArchiveError: There is none; those there are named.
    """
    rows = engine.find_rows("SELECT DISTINCT set_name FROM imports ORDER BY 1", tables=["imports"])
    names = [row["set_name"] for row in rows]
    if set_name not in names:
        raise ArchiveError(
            f"{engine.archive}: no imported set {set_name!r}; there are {', '.join(names) or 'none'}. "
            "'dragoman import FORMAT FILE --set NAME' makes one."
        )
