"""How fast reports are read: reports a second and peak memory, on one process and on two, in one run.

    python benchmarks/speed/run.py [--data DATA] [--reports 300] [--out benchmarks/speed/results/speed.json]

Each process reads its share of the same reports on one thread. The model's pass alone, on the same sentences, is timed
in the same run, so that ratios hold on a noisy machine. Peak memory is with all readings of a process kept.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from machine import find_data, tell_run, write_result  # noqa: E402
from news import read_news  # noqa: E402


def read_share(data: Path, count: int, share: int, of: int) -> dict[str, Any]:
    """Read every ``of``-th report from ``share`` on; what it took."""
    import dragoman
    from dragoman.language.model import analyse
    from dragoman.pipeline import cut_report, read_report

    parts = dragoman.load_parts()
    every = [r for r in read_news(data) if not isinstance(r, Exception)]
    reports = every[:: max(1, len(every) // count)][:count][share::of]
    start, cpu = time.perf_counter(), time.process_time()
    readings = [read_report(r, parts) for r in reports]
    wall, used = time.perf_counter() - start, time.process_time() - cpu
    sentences = [s for r in reports for s in cut_report(r).sentences]
    start = time.perf_counter()
    analyse(parts.model, sentences)
    return {
        "reports": len(reports), "sentences": len(sentences), "claims": sum(len(r.claims) for r in readings),
        "seconds": round(wall, 2), "cpu_seconds": round(used, 2), "model_seconds": round(time.perf_counter() - start, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def run_shares(data: Path, count: int, of: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--data", str(data), "--reports", str(count), "--of", str(of), "--share"]
    env = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as the command line sets it
    began = [subprocess.Popen([*command, str(i)], stdout=subprocess.PIPE, text=True, env=env) for i in range(of)]
    each = [json.loads(p.communicate()[0]) for p in began]
    slowest = max(e["seconds"] for e in each)
    return {
        "processes": of,
        "reports_a_second": round(sum(e["reports"] for e in each) / slowest, 2),
        "sentences_a_second": round(sum(e["sentences"] for e in each) / slowest, 1),
        "share_of_time_in_model": round(sum(e["model_seconds"] for e in each) / sum(e["seconds"] for e in each), 3),
        "peak_mb_a_process": max(e["peak_mb"] for e in each),
        "each": each,
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--reports", type=int, default=300)
    ap.add_argument("--share", type=int)
    ap.add_argument("--of", type=int, default=1)
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    data = find_data(a.data)
    if a.share is not None:
        print(json.dumps(read_share(data, a.reports, a.share, a.of)))
        return
    runs = [run_shares(data, a.reports, of) for of in (1, 2)]
    result = tell_run("speed", data=f"{a.reports} reports drawn evenly from news_*") | {
        "runs": runs,
        "two_processes_over_one": round(runs[1]["reports_a_second"] / runs[0]["reports_a_second"], 2),
    }
    write_result(result, a.out)


if __name__ == "__main__":
    main()
