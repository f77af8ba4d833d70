"""The weights of ``dragoman.coding.confidence``, fitted on our own dev reports and on hand-coded real news (its dev part).

    python benchmarks/claims/calibrate.py [--data DATA]

Prints the weights to put into ``WEIGHTS``. Right is a claim whose type and parties are those of a hand-coded one. Our own reports count
three times what the news counts: rules were mended on the latter, so claims on it are right more often than elsewhere. The dev gold is
left out for the same reason.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "claims")]

from machine import find_data, find_gold  # noqa: E402
from own import make_report, rate_claims, read_part  # noqa: E402
from real import read_all  # noqa: E402
from run import load_scorer  # noqa: E402

import dragoman  # noqa: E402
from dragoman.coding import claims as coder  # noqa: E402
from dragoman.coding.confidence import Signs, weigh  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402

RIDGE = 1.0


Rows = list[tuple[tuple[float, ...], bool]]
"""The signs of a claim, and whether it is right."""


def rate_own(signs: list[tuple[float, ...]], parts: dragoman.Parts) -> Rows:
    """Of every claim on our dev reports; confidence carries the place of its signs."""
    scorer = load_scorer(find_gold(None))
    reports, gold, said = {}, {}, {}
    for record in read_part("dev"):
        report, reports[record["id"]] = make_report(record)
        gold[record["id"]] = record["claims"]
        said[record["id"]] = dragoman.to_json(read_report(report, parts))["claims"]
    return [(signs[int(n)], right) for n, right in rate_claims(scorer, reports, gold, said)]


def rate_real(signs: list[tuple[float, ...]], parts: dragoman.Parts, data: Path) -> Rows:
    """Of every claim on the coded sentences of real news that are for choosing."""
    scorer = load_scorer(find_gold(None))
    reports, gold, said, _ = read_all(scorer, data, "dev", parts)
    return [(signs[int(n)], right) for n, right in rate_claims(scorer, reports, gold, said)]


def fit(x: Any, y: Any, share: Any) -> Any:
    """Logistic regression by Newton's method, with a small ridge; ``share`` is what each row counts."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (p - y)) + RIDGE * weights
        weights -= np.linalg.solve(x.T @ (x * (share * p * (1 - p))[:, None]) + RIDGE * np.eye(len(weights)), slope)
    return weights


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path)
    a = ap.parse_args()
    signs: list[tuple[float, ...]] = []

    def note(found: Signs) -> float:
        signs.append(weigh(found))
        return float(len(signs) - 1)

    coder.rate = note
    parts = dragoman.load_parts()
    for name, rows in (
        ("own dev reports", own := rate_own(signs, parts)),
        ("real news, dev", news := rate_real(signs, parts, find_data(a.data))),
    ):
        print(f"{name}: {len(rows)} claims, {np.mean([right for _, right in rows]):.3f} right")
    total = len(own) + len(news)
    share = np.concatenate([np.full(len(rows), part * total / len(rows)) for rows, part in ((own, 0.75), (news, 0.25))])
    weights = fit(*(np.array(side, dtype=float) for side in zip(*(own + news), strict=True)), share)
    print("WEIGHTS = (" + ", ".join(f"{w:.3f}" for w in weights) + ")")


if __name__ == "__main__":
    main()
