"""The weights of ``dragoman.coding.confidence``, fitted on our own dev reports and on hand-coded real news (its dev part).

    python benchmarks/claims/calibrate.py [--data DATA]

Prints ``WEIGHTS`` and ``TYPE_WEIGHTS``, and the expected calibration error by five folds of reports. Right is a claim whose type and
parties are those of a hand-coded one. Our own reports count three times what the news counts: rules were mended on the latter, so claims
on it are right more often than elsewhere. The dev gold is left out for the same reason.
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
from own import expected_error, make_report, rate_claims, read_part  # noqa: E402
from real import read_all  # noqa: E402
from run import load_scorer  # noqa: E402

import dragoman  # noqa: E402
from dragoman.coding import claims as coder  # noqa: E402
from dragoman.coding.confidence import Signs, weigh  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402

RIDGE = 3.0
FOLDS = 5

Rows = list[tuple[tuple[float, ...], bool]]
"""The signs of a claim with its type, and whether it is right."""


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


def foretell(x: Any, y: Any, share: Any) -> Any:
    """The chance of each row by weights fitted on the others: five folds of neighbouring reports."""
    chance, fold = np.zeros(len(y)), np.arange(len(y)) * FOLDS // len(y)
    for n in range(FOLDS):
        weights = fit(x[fold != n], y[fold != n], share[fold != n])
        chance[fold == n] = 1 / (1 + np.exp(-x[fold == n] @ weights))
    return chance


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path)
    a = ap.parse_args()
    signs: list[tuple[float, ...]] = []
    parts = dragoman.load_parts()
    types = sorted(parts.codebook.types)

    def note(found: Signs, event_type: str) -> float:
        signs.append((*weigh(found), *(float(event_type == t) for t in types)))
        return float(len(signs) - 1)

    coder.rate = note
    own, news = rate_own(signs, parts), rate_real(signs, parts, find_data(a.data))
    total = len(own) + len(news)
    share = np.concatenate([np.full(len(rows), part * total / len(rows)) for rows, part in ((own, 0.75), (news, 0.25))])
    x, y = (np.array(side, dtype=float) for side in zip(*(own + news), strict=True))
    chance = foretell(x, y, share)
    for name, here in (("own dev reports", slice(len(own))), ("real news, dev", slice(len(own), total))):
        error = expected_error(list(zip(chance[here].tolist(), (y[here] > 0).tolist(), strict=True)))[0]
        print(f"{name}: {len(y[here])} claims, {y[here].mean():.3f} right, expected calibration error {error:.3f}")
    weights = fit(x, y, share).round(3).tolist()
    print(f"WEIGHTS = {tuple(weights[: -len(types)])}")
    print(f"TYPE_WEIGHTS = {dict(zip(types, weights[-len(types) :], strict=True))}")


if __name__ == "__main__":
    main()
