"""How long questions to a large archive take: opened afresh, and again when it is warm.

    python benchmarks/ingest/ask.py ARCHIVE [--rounds 7] [--out benchmarks/ingest/results/questions.json]

Made for what ``make_claims.py`` writes, before and after ``dragoman compact --full``; works on any archive. The first
answer of each kind includes checking the parts it reads against their SHA-256. Seconds are by the clock and of the
processor (all threads), the median of the rounds, each round another claim or pair; ``load_before`` tells how much else
the machine had to do. Text search is timed where the archive has full text (made-up claims have none).
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from machine import tell_run, write_result  # noqa: E402

import dragoman  # noqa: E402

DYAD_MONTHS = (
    "SELECT count(*) AS rows, sum(claims) AS claims FROM (SELECT actor, recipient, date_trunc('month', day) AS month, quad, "
    "count(*) AS claims, avg(intensity) AS intensity FROM dyads WHERE recipient IS NOT NULL GROUP BY ALL)"
)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("archive", type=Path)
    ap.add_argument("--rounds", type=int, default=7)
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    result = tell_run("ingest questions", data=a.archive.name, load_before=round(os.getloadavg()[0], 1))
    with dragoman.open(a.archive) as archive:
        result["parts"] = len(archive.snapshot.parts)
        result["claims"] = archive.snapshot.totals.get("claims")
        result["answers"] = [time_question(name, ask, a.rounds) for name, ask in find_questions(archive, a.rounds)]
    for row in result["answers"]:
        print(
            f"{row['question']:38} first {row['first_seconds']:7.3f} s   then {row['seconds'] * 1000:8.1f} ms   "
            f"processor {row['cpu_seconds'] * 1000:8.1f} ms   rows {row['rows']}"
        )
    write_result(result, a.out)


def find_questions(archive: dragoman.Archive, rounds: int) -> list[tuple[str, Callable[[int], int]]]:
    """Each question and how it is asked in a round; the answer is its number of rows."""
    count = rounds + 1
    find = archive.engine.find_rows
    ids = [
        row["claim_id"]
        for row in find(
            f"SELECT claim_id FROM claims USING SAMPLE reservoir({count} ROWS) REPEATABLE (1)", tables=["claims"]
        )
    ]
    pairs = find_pairs(archive, f"ORDER BY n DESC LIMIT {count}")
    # their claims lie far apart: the worst case
    rare = find_pairs(archive, f"HAVING n BETWEEN 20 AND 60 ORDER BY md5(actor || recipient) LIMIT {count}")
    months = "SELECT date_trunc('month', day) AS month, quad, count(*) FROM dyads WHERE actor = ? AND recipient = ? GROUP BY ALL"
    return [
        ("all pairs by month", lambda n: find(DYAD_MONTHS, tables=["dyads"])[0]["rows"]),
        ("one pair by month", lambda n: len(find(months, pairs[n % len(pairs)], tables=["dyads"]))),
        ("one pair's newest 50, without sentences", lambda n: len(list(archive.dyads(
            actor=pairs[n % len(pairs)][0], recipient=pairs[n % len(pairs)][1]).order("-day").limit(50)))),
        ("one pair's newest 50 claims, with sentences", lambda n: len(list(archive.claims(
            actor=pairs[n % len(pairs)][0], recipient=pairs[n % len(pairs)][1]).order("-day").limit(50)))),
        ("a rare pair's newest 50 claims", lambda n: len(list(archive.claims(
            actor=rare[n % len(rare)][0], recipient=rare[n % len(rare)][1]).order("-day").limit(50)))),
        ("one claim by its id", lambda n: len([archive.get_claim(ids[n % len(ids)])])),
    ]  # fmt: skip


def find_pairs(archive: dragoman.Archive, which: str) -> list[tuple[str, str]]:
    """Pairs by the SQL that chooses among them; ``n`` is how often each is told."""
    rows = archive.engine.find_rows(
        f"SELECT actor, recipient, count(*) AS n FROM dyads WHERE recipient IS NOT NULL GROUP BY ALL {which}",
        tables=["dyads"],
    )
    return [(row["actor"], row["recipient"]) for row in rows]


def time_question(name: str, ask: Callable[[int], int], rounds: int) -> dict[str, Any]:
    took = [time_once(ask, n) for n in range(rounds + 1)]
    return {
        "question": name, "first_seconds": took[0][0], "rows": took[-1][2],
        "seconds": statistics.median(clock for clock, _, _ in took[1:]),
        "least_seconds": min(clock for clock, _, _ in took[1:]),
        "cpu_seconds": statistics.median(cpu for _, cpu, _ in took[1:]),
    }  # fmt: skip


def time_once(ask: Callable[[int], int], n: int) -> tuple[float, float, int]:
    clock, cpu = time.perf_counter(), time.process_time()
    rows = ask(n)
    return time.perf_counter() - clock, time.process_time() - cpu, rows


if __name__ == "__main__":
    main()
