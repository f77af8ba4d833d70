"""Rank correlation, area under the curve, likeness of two divisions, and how far a figure swings when pairs are drawn anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from math import comb

import numpy as np

SEED = 1
DRAWS = 200


def rank(values: np.ndarray) -> np.ndarray:
    """Ranks from 1 on, equal values at their mean."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    mean: np.ndarray = (ends - (count - 1) / 2)[place]
    return mean


def correlate(first: np.ndarray, second: np.ndarray) -> float:
    """Spearman's rank correlation, ties at mean ranks; not a number where one side never varies."""
    if len(first) < 3 or not np.ptp(first) or not np.ptp(second):
        return float("nan")
    return float(np.corrcoef(rank(first), rank(second))[0, 1])


def find_auc(scores: np.ndarray, labels: np.ndarray) -> float:
    """Chance that one with the label scores higher than one without, ties half. Source: Hanley and McNeil 1982."""
    positive = int(labels.sum())
    if not positive or positive == len(labels):
        return float("nan")
    ranks = rank(scores)[labels.astype(bool)].sum()
    return float((ranks - positive * (positive + 1) / 2) / (positive * (len(labels) - positive)))


def find_swing(
    measure: Callable[[np.ndarray, np.ndarray], float],
    first: np.ndarray,
    second: np.ndarray,
    groups: Sequence[Hashable],
) -> tuple[float, float]:
    """Middle 95 % of a measure when whole groups (dyads, with all their years) are drawn anew."""
    names = {name: n for n, name in enumerate(dict.fromkeys(groups))}
    group = np.array([names[name] for name in groups])
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(len(names) + 1))
    members = [order[starts[n] : starts[n + 1]] for n in range(len(names))]
    rng, found = np.random.default_rng(SEED), []
    for _ in range(DRAWS):
        rows = np.concatenate([members[n] for n in rng.integers(0, len(members), len(members))])
        found.append(measure(first[rows], second[rows]))
    low, high = np.nanpercentile(found, (2.5, 97.5))
    return float(low), float(high)


def compare_divisions(one: Mapping[str, Hashable], other: Mapping[str, Hashable]) -> float:
    """Adjusted Rand index over the members of both. Source: Hubert and Arabie 1985, J. Classif. 2, 193."""
    both = sorted(set(one) & set(other))
    cells = Counter((one[name], other[name]) for name in both)
    together = sum(comb(n, 2) for n in cells.values())
    rows = sum(comb(n, 2) for n in Counter(one[name] for name in both).values())
    columns = sum(comb(n, 2) for n in Counter(other[name] for name in both).values())
    pairs = comb(len(both), 2)
    expected = rows * columns / pairs if pairs else 0.0
    most = (rows + columns) / 2
    return (together - expected) / (most - expected) if most != expected else 0.0
