"""Add made-up events to an archive of made-up claims (``make_claims.py``, then ``dragoman compact --full``).

    python benchmarks/ingest/make_events.py FOLDER

This is a recipe in SQL and not the merging: judging ten million claims takes a core hours. The claims of one week that name
the same parties and the same kind of act are one event; its first claim gives it its id. Each event gets one of 300 places;
a judgement joins each claim of it to the next. Rows stand as merging and ``compact --full`` would leave them.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

from dragoman.archive.keeper import open_keeper
from dragoman.archive.manifest import Change, Part
from dragoman.archive.parts import connect, read_parts, write_query
from dragoman.archive.schema import TABLES, TableName

_ROWS = 1_000_000
_SIDE = (
    "[{0}] AS {0}s, ['state:' || {0}] AS {0}_ids, [{0}] AS {0}_codes, [{0}] AS {0}_countries, ['GOV'] AS {0}_sectors, "
    "[1.0] AS {0}_shares"
)
_OTHER = ", ".join(
    f"CASE WHEN recipient IS NULL THEN [] ELSE [{cell}] END AS recipient{end}"
    for end, cell in (
        ("s", "recipient"), ("_ids", "'state:' || recipient"), ("_codes", "recipient"), ("_countries", "recipient"),
        ("_sectors", "'GOV'"), ("_shares", "1.0"),
    )
)  # fmt: skip
_EVENTS = f"""
WITH told AS (
  SELECT claim_id, report_id, outlet, day, actor_codes[1] AS actor, recipient_codes[1] AS recipient,
    mutual AND len(recipient_codes) > 0 AS mutual, event_type, quad, intensity, status, confidence
  FROM {{claims}}),
grouped AS (
  SELECT actor, recipient, mutual, event_type, mode(quad ORDER BY quad) AS quad, max(intensity) AS intensity,
    mode(status ORDER BY status) AS status, max(confidence) AS confidence, min(day) AS first, max(day) AS last,
    list(claim_id ORDER BY day, claim_id) AS claims, list(DISTINCT report_id ORDER BY report_id) AS reports,
    list(DISTINCT outlet ORDER BY outlet) AS outlets, list(status ORDER BY day, claim_id) AS statuses,
    list(day::VARCHAR ORDER BY day, claim_id) AS status_days
  FROM told GROUP BY actor, recipient, mutual, event_type, date_trunc('week', day)),
named AS (SELECT *, 'ev_' || substr(claims[1], 4) AS event_id, hash(claims[1]) % 300 AS spot FROM grouped)
SELECT 1 AS generation, event_id, NULL AS gone, [] AS became, event_type, 1.0 AS type_share, NULL AS mode, ['military'] AS context,
  quad, intensity, {_SIDE.format("actor")}, {_OTHER}, mutual, status, statuses, status_days,
  [NULL FOR c IN claims] AS status_claimants, claims AS status_claims, first AS earliest, last AS latest, first AS day, 'act' AS day_how,
  'Place ' || spot AS place, actor AS place_country, spot % 120 - 60.0 AS place_lat, spot - 150.0 AS place_lon, 'city' AS place_kind,
  'point' AS place_precision, 1.0 AS place_share, outlets, [1 FOR o IN outlets] AS outlet_counts, claims, reports,
  len(reports) AS texts, first AS first_report, last AS last_report, confidence
FROM named
"""


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    folder = ap.parse_args().folder
    begun = time.monotonic()
    with open_keeper(folder, "making events") as keeper:
        parts = write_events(folder, keeper.snapshot.find_parts("claims"))
        parts += write_lists(folder, parts)
        gone = tuple(p.name for p in keeper.snapshot.parts if p.table in ("events", "event_claims", "judgements"))
        keeper.save(Change(tuple(parts), gone, note="made-up events"))
    for table in ("events", "event_claims", "judgements"):
        own = [part for part in parts if part.table == table]
        print(f"{table}: {sum(p.rows for p in own):,} rows, {sum(p.bytes for p in own) / 1e6:,.0f} MB")
    print(f"{time.monotonic() - begun:.0f} s")


def write_events(folder: Path, claims: list[Part]) -> list[Part]:
    """The events of each part of claims, which holds days of its own."""
    parts = []
    with connect(memory="4GB", spill=folder / "work") as connection:
        for number, part in enumerate(sorted(claims, key=lambda each: each.low or "")):
            made = f"({_EVENTS.format(claims=read_parts(folder, [part]))})"
            query = f"SELECT {cells('events')} FROM {made}"
            parts.append(write_query(connection, folder, TABLES["events"], query, f"made-{number:03}", coder=None))
    return parts


def write_lists(folder: Path, events: list[Part]) -> list[Part]:
    """Which event each claim is of, and a judgement for each claim of an event and the next; cut by id."""
    source = read_parts(folder, events)
    pairs = f"(SELECT event_id, unnest(list_zip(claims, claims[2:])) AS pair FROM {source} WHERE len(claims) > 1)"
    queries: dict[TableName, str] = {
        "event_claims": "SELECT 1 AS generation, c.claim_id, c.event_id, d.report_id FROM (SELECT event_id, unnest(claims) AS "
        f"claim_id FROM {source}) c JOIN {read_claims(folder)} d USING (claim_id)",
        "judgements": "SELECT 1 AS generation, least(pair[1], pair[2]) AS first, greatest(pair[1], pair[2]) AS second, 'same' AS "
        f"verdict, 0.9 AS score, 'pair model' AS rule, ['the same words +1.2'] AS reasons FROM {pairs} WHERE pair[2] IS NOT NULL",
    }
    parts = []
    with connect(memory="4GB", spill=folder / "work") as connection:
        for table, query in queries.items():
            key = TABLES[table].order[0]
            connection.execute(f"CREATE TABLE made AS SELECT {cells(table)} FROM ({query})")
            for number in range(16):
                piece = f"SELECT * FROM made WHERE substr({key}, 4, 1) = '{number:x}'"
                part = write_query(connection, folder, TABLES[table], piece, f"made-{number:03}", coder=None)
                parts.append(replace(part))
            connection.execute("DROP TABLE made")
    return parts


def read_claims(folder: Path) -> str:
    from dragoman.archive.manifest import load_snapshot

    return f"(SELECT claim_id, report_id FROM {read_parts(folder, load_snapshot(folder).find_parts('dyads'))})"


def cells(table: TableName) -> str:
    """The columns of a table, those that the recipe doesn't fill empty."""
    filled = {
        "events": _EVENTS, "event_claims": "generation claim_id event_id report_id",
        "judgements": "generation first second verdict score rule reasons",
    }[table]  # fmt: skip
    return ", ".join(
        f'"{c.name}"' + f"::{c.type} AS \"{c.name}\"" if f" {c.name}" in f" {filled}" and has(table, c.name)
        else f'{"[]" if c.type.endswith("[]") else "NULL"}::{c.type} AS "{c.name}"'
        for c in TABLES[table].columns
    )  # fmt: skip


def has(table: TableName, name: str) -> bool:
    """Whether the recipe fills a column."""
    return table != "events" or not (name.startswith(("figure", "claimant")))


if __name__ == "__main__":
    main()
