"""Events as acts: for each event one row for every ordered pair of its parties, straight from the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.where import Where
from dragoman.domain import Act, Coverage, Unit

APART = ("REB", "SEP", "OPP", "CRM")
"""Sectors that don't act for the state they live in: rebels, separatists, the opposition, criminals. Source: PLOVER 2.0."""
PERIODS: dict[Unit, str] = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
"""How each unit's periods are written (ISO 8601)."""

_KEYS = (
    "list_distinct(list_transform(list_zip({0}_codes, {0}_countries, {0}_sectors), lambda x: CASE WHEN x[2] IS NOT NULL "
    f"AND coalesce(x[3], '') NOT IN {APART} THEN x[2] ELSE coalesce(x[1], 'UNK') END))"
)
_ACTS = f"""
WITH sides AS (
  SELECT *, {_KEYS.format("actor")} AS acting, {_KEYS.format("recipient")} AS acted FROM events {{where}}
), pairs AS (
  SELECT * EXCLUDE (acting, acted), unnest(acting) AS actor, acted AS others, false AS both_ways FROM sides WHERE NOT mutual
  UNION ALL
  SELECT * EXCLUDE (acting, acted), unnest(list_distinct(acting || acted)) AS actor, list_distinct(acting || acted) AS others, true
  FROM sides WHERE mutual
), acts AS (
  SELECT *, unnest(CASE WHEN len(others) = 0 THEN [NULL] ELSE others END) AS recipient FROM pairs
)
SELECT event_id, coalesce(day, first_report)::VARCHAR AS day, actor, recipient, event_type, mode, quad, intensity, status, mutual,
  confidence, {{reports}} AS reports, {{outlets}} AS outlets, texts, context
FROM acts WHERE coalesce(day, first_report) IS NOT NULL AND NOT (both_ways AND actor IS NOT DISTINCT FROM recipient) {{pair}}
ORDER BY 2, 1, 3, 4
"""


def get_counted_code(code: str | None, country: str | None, sector: str | None) -> str:
    """The code that a party's acts are counted under: its state's unless it doesn't act for it, else its own."""
    return country if country and sector not in APART else code or "UNK"


def find_acts(
    engine: Engine,
    where: Where | None = None,
    *,
    between: tuple[Sequence[str], Sequence[str]] | None = None,
    with_reports: bool = True,
) -> list[Act]:
    """The acts of the events that meet a condition, by day.

    Args:
        engine: The archive's views.
        where: A condition on rows of ``events``; by default all.
        between: Codes of two sides: acts of one toward the other, either way.
        with_reports: Whether acts name their reports and outlets; without them a whole archive takes half the memory.
    """
    where = where or Where()
    pair, values = "", list(where.values)
    if between is not None:
        both = "list_contains(?::VARCHAR[], actor) AND list_contains(?::VARCHAR[], recipient)"
        pair, first, second = f"AND (({both}) OR ({both}))", list(between[0]), list(between[1])
        values += [first, second, second, first]
    query = _ACTS.format(
        where=f"WHERE {where.sql}" if where.sql else "",
        pair=pair,
        reports="reports" if with_reports else "[]",
        outlets="outlets" if with_reports else "[]",
    )
    return [_read_act(row) for row in engine.find_rows(query, values, tables=["events", *sorted(where.tables)])]


def find_pairs(engine: Engine, where: Where) -> set[tuple[str, str]]:
    """Which two parties the events that meet a condition have acts between, each pair once, its codes sorted."""
    acts = _ACTS.format(where=f"WHERE {where.sql}", pair="", reports="[]", outlets="[]")
    query = (
        f"SELECT DISTINCT least(actor, recipient) AS one, greatest(actor, recipient) AS other FROM ({acts}) "
        "WHERE actor <> recipient AND actor <> 'UNK' AND recipient <> 'UNK'"
    )
    rows = engine.find_rows(query, where.values, tables=["events", *sorted(where.tables)])
    return {(row["one"], row["other"]) for row in rows}


def find_coverage(engine: Engine, unit: Unit) -> list[Coverage]:
    """Reports that were read of each period, copies included, by day of publication; periods without any are left out."""
    query = (
        f"SELECT strftime(date, '{PERIODS[unit]}') AS period, count(*) AS reports, count(DISTINCT outlet) AS outlets "
        "FROM reports WHERE date IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    return [Coverage(**row) for row in engine.find_rows(query, tables=["reports"])]


def _read_act(row: dict[str, Any]) -> Act:
    lists = {name: tuple(row[name] or ()) for name in ("reports", "outlets", "context")}
    return Act(**{**row, **lists})
