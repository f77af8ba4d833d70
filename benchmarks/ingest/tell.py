"""What an archive's own snapshots tell of how it was filled: reports a second as it grew, bytes a report and a claim.

    python benchmarks/ingest/tell.py ARCHIVE [--out benchmarks/ingest/results/growth.json]

The clock is that of the commits, so other work on the machine shows; the processor seconds of a run come from ``time``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from machine import tell_run, write_result  # noqa: E402

from dragoman.archive.manifest import find_numbers, load_snapshot  # noqa: E402

STEPS = 8


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("archive", type=Path)
    ap.add_argument("--cpu-seconds", type=float, help="user and system time of the run, from time -v")
    ap.add_argument("--peak-mb", type=float, help="peak memory of the parent, from time -v")
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    numbers = find_numbers(a.archive)
    chosen = sorted({numbers[round(i * (len(numbers) - 1) / STEPS)] for i in range(STEPS + 1)})
    snapshots = [load_snapshot(a.archive, number) for number in chosen]
    last = snapshots[-1]
    sizes: Counter[str] = Counter()
    for part in last.parts:
        sizes[part.table] += part.bytes
    sizes["ledger"] = sum(path.stat().st_size for path in a.archive.glob("ledger.sqlite*"))
    reports, claims = last.totals["read"], last.totals["claims"]
    curve = []
    for before, after in pairwise(snapshots):
        seconds = (datetime.fromisoformat(after.created) - datetime.fromisoformat(before.created)).total_seconds()
        read = after.totals["read"] - before.totals["read"]
        curve.append({"to": after.totals["read"], "reports_a_second": round(read / max(seconds, 1), 1)})
    result = tell_run("ingest, growth") | {
        "totals": dict(last.totals), "curve": curve, "megabytes": {k: round(v / 1e6, 1) for k, v in sizes.items()},
        "bytes_a_report": round(sum(sizes.values()) / reports), "bytes_a_claim_in_claims": round(sizes["claims"] / max(claims, 1)),
        "cpu_ms_a_report": round(1000 * a.cpu_seconds / reports, 1) if a.cpu_seconds else None, "peak_mb_parent": a.peak_mb,
    }  # fmt: skip
    write_result(result, a.out)


if __name__ == "__main__":
    main()
