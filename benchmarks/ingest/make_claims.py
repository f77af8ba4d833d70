"""Write an archive of many made-up claims, to time questions on. Every column is filled; nothing is meant to be read.

    python benchmarks/ingest/make_claims.py FOLDER [--claims 10000000]

Parties follow a Zipf law over 300 codes, days run over twenty years, two claims in three have a recipient.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from dragoman.archive.manifest import Change, Part, apply, load_snapshot, save_snapshot
from dragoman.archive.parts import connect, write_query
from dragoman.archive.schema import CLAIMS, CODINGS, DYADS, REPORTS
from dragoman.archive.writer import make_folder

ROWS_A_PART = 1_000_000
CLAIMS_A_REPORT = 5

_BASE = """
SELECT n, 'cl_' || substr(md5(n::VARCHAR), 1, 16) AS claim_id, 're_' || substr(md5((n // {each})::VARCHAR || 'r'), 1, 16) AS report_id,
  DATE '2005-01-01' + (hash(n // {each}) % 7300)::INTEGER AS day,
  codes[1 + (300 * pow((hash(n, 1) % 100000) / 100000.0, 3))::INTEGER % 300] AS actor,
  CASE WHEN hash(n, 2) % 3 > 0 THEN codes[1 + (300 * pow((hash(n, 3) % 100000) / 100000.0, 3))::INTEGER % 300] END AS recipient,
  ['CONSULT', 'SUPPORT', 'AGREE', 'COOPERATE', 'AID', 'ACCUSE', 'THREATEN', 'ASSAULT', 'SANCTION', 'MOBILIZE'][1 + (hash(n, 4) % 10)::BIGINT] AS event_type,
  ['verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict'][1 + (hash(n, 4) % 4)::BIGINT] AS quad,
  (hash(n, 5) % 200) / 10.0 - 10 AS intensity, ['occurred', 'planned', 'ongoing', 'denied'][1 + (hash(n, 6) % 4)::BIGINT] AS status,
  (hash(n, 7) % 1000) / 1000.0 AS confidence, hash(n, 8) % 10 = 0 AS mutual
FROM range({start}, {stop}) t(n), (SELECT list(chr(65 + (i // 26 // 26)::INTEGER) || chr(65 + (i // 26 % 26)::INTEGER) || chr(65 + (i % 26)::INTEGER)) AS codes
  FROM (SELECT unnest(range(300)) * 53 AS i))
"""  # noqa: E501

_IF = "CASE WHEN recipient IS NULL THEN [] ELSE [{}] END"
_FIXED = {
    "coder": "'0123456789ab'", "report_date": "day", "date": "day::VARCHAR", "day_how": "'act'",
    "outlet": "'outlet ' || (hash(n // 5, 9) % 400)", "title": "'Title of report ' || (n // 5)",
    "url": "'https://example.org/' || (n // 5)", "sentence": "(n % 17)::INTEGER", "block": "'body'",
    "text": "'The ministry said that ' || actor || ' would act toward ' || coalesce(recipient, 'nobody') || ' on day ' || n",
    "sentence_start": "(n % 4000)::INTEGER", "sentence_end": "(n % 4000)::INTEGER + 90", "trigger": "'act'",
    "trigger_start": "(n % 4000)::INTEGER + 40", "trigger_end": "(n % 4000)::INTEGER + 43", "context": "['military']",
    "actors": "[actor]", "actor_codes": "[actor]", "actor_ids": "['state:' || actor]", "actor_countries": "[actor]",
    "actor_sectors": "['GOV']", "actor_texts": "[actor]", "actor_starts": "[(n % 4000)::INTEGER]",
    "actor_ends": "[(n % 4000)::INTEGER + 3]",
    "why": "['told as fact']", "actor_country": "actor", "recipient_country": "recipient",
    **dict.fromkeys(("recipients", "recipient_codes", "recipient_countries", "recipient_texts"), _IF.format("recipient")),
    "recipient_ids": _IF.format("'state:' || recipient"), "recipient_sectors": _IF.format("'GOV'"),
    "recipient_starts": _IF.format("(n % 4000)::INTEGER + 60"), "recipient_ends": _IF.format("(n % 4000)::INTEGER + 63"),
    "version": "'0.1.0'", "model": "'0123456789abcdef'", "roster": "'0123456789abcdef'", "codebook": "'0123456789abcdef'",
    "state": "'coded'", "sentences": "17", "claims": "5",
}  # fmt: skip


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--claims", type=int, default=10_000_000)
    a = ap.parse_args()
    make_folder(a.folder)
    parts: list[Part] = []
    begun = time.monotonic()
    for start in range(0, a.claims, ROWS_A_PART):
        parts += write_million(a.folder, start, min(start + ROWS_A_PART, a.claims))
        print(f"{min(start + ROWS_A_PART, a.claims):,} claims, {time.monotonic() - begun:.0f} s", flush=True)
    reports = -(-a.claims // CLAIMS_A_REPORT)
    change = Change(
        added=tuple(parts),
        coders={"0123456789ab": {"version": "0.1.0"}},
        totals={"read": reports, "coded": reports, "codings 0123456789ab": reports, "claims": a.claims},
        note="made-up claims",
    )
    snapshot = apply(load_snapshot(a.folder), change, version="0.1.0")
    save_snapshot(a.folder, snapshot, change)
    for table in ("claims", "dyads", "reports"):
        size = sum(part.bytes for part in parts if part.table == table)
        print(f"{table}: {size / 1e6:,.0f} MB, {size / a.claims:.1f} bytes a claim")


def write_million(folder: Path, start: int, stop: int) -> list[Part]:
    """The parts of one run of claims."""
    base = _BASE.format(start=start, stop=stop, each=CLAIMS_A_REPORT)
    once = f"(SELECT * FROM ({base}) WHERE n % {CLAIMS_A_REPORT} = 0)"
    with connect() as connection:
        return [
            write_query(connection, folder, table, select(table, rows), f"made-{start:09d}", coder=None)
            for table, rows in ((CLAIMS, f"({base})"), (DYADS, f"({base})"), (CODINGS, once), (REPORTS, once))
        ]


def select(table, rows: str) -> str:  # type: ignore[no-untyped-def]
    given = {
        "claim_id",
        "report_id",
        "day",
        "actor",
        "recipient",
        "event_type",
        "quad",
        "intensity",
        "status",
        "confidence",
        "mutual",
    }
    cells = [
        f'{c.name if c.name in given else _FIXED.get(c.name, "NULL")}::{c.type} AS "{c.name}"' for c in table.columns
    ]
    return f"SELECT {', '.join(cells)} FROM {rows}"


if __name__ == "__main__":
    main()
