"""The weights of ``dragoman.coding.confidence``, fitted on our own dev reports and the dev gold: no head was trained on them.

    python benchmarks/claims/calibrate.py

Prints the weights to put into ``WEIGHTS``. Right is a claim whose type and parties are those of a hand-coded one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "claims")]

from machine import find_gold  # noqa: E402
from own import make_report, rate_claims, read_part  # noqa: E402
from run import load_scorer, read_gold_reports  # noqa: E402

import dragoman  # noqa: E402
from dragoman.coding import claims as coder  # noqa: E402
from dragoman.coding.confidence import Signs, weigh  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402

RIDGE = 1.0


def collect() -> tuple[Any, Any]:
    """Signs of every claim on our dev reports and on the dev gold, and whether it is right.

    Confidence carries the claim's number while this runs.
    """
    signs: list[tuple[float, ...]] = []

    def note(found: Signs) -> float:
        signs.append(weigh(found))
        return float(len(signs) - 1)

    coder.rate = note
    folder = find_gold(None)
    scorer, parts = load_scorer(folder), dragoman.load_parts()
    reports, gold, said = {}, {}, {}
    for record in read_part("dev"):
        report, reports[record["id"]] = make_report(record)
        gold[record["id"]] = record["claims"]
        said[record["id"]] = dragoman.to_json(read_report(report, parts))["claims"]
    coded = {k: v["claims"] for k, v in scorer.load_dir(str(folder / "claims")).items()}
    found = read_gold_reports(folder, parts)
    for key, report in scorer.load_dir(str(folder / "reports")).items():
        reports[key], gold[key], said[key] = report, coded[key], found.get(key, [])
    rated = rate_claims(scorer, reports, gold, said)
    return np.array([signs[int(n)] for n, _ in rated]), np.array([right for _, right in rated], dtype=float)


def fit(x: Any, y: Any) -> Any:
    """Logistic regression by Newton's method, with a small ridge."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + RIDGE * weights
        weights -= np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + RIDGE * np.eye(len(weights)), slope)
    return weights


def main() -> None:
    x, y = collect()
    weights = fit(x, y)
    print(f"{len(y)} claims, {y.mean():.3f} right")
    print("WEIGHTS = (" + ", ".join(f"{w:.3f}" for w in weights) + ")")


if __name__ == "__main__":
    main()
