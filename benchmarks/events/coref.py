"""Scores of coreference: MUC, B³, CEAFe, their mean (CoNLL F1), and pairs of mentions.

Key and answer group the same mentions. Singletons stand in both, as is the custom for ECB+.

Sources: Vilain et al. 1995, A model-theoretic coreference scoring scheme (MUC); Bagga and Baldwin 1998, Algorithms for
scoring coreference chains (B³); Luo 2005, On coreference resolution performance metrics (CEAFe, φ4); Pradhan et al. 2014,
Scoring coreference partitions of predicted mentions (the mean of the three).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping

import numpy as np

Groups = Mapping[Hashable, Hashable]
"""Mention → name of its group."""


def score(key: Groups, answer: Groups) -> dict[str, float]:
    """Recall, precision and F1 of each measure, 0 to 1, and ``conll``: the mean of the three F1."""
    if set(key) != set(answer):
        raise ValueError("key and answer must group the same mentions")
    found: dict[str, float] = {}
    for name, measure in (("muc", score_muc), ("b3", score_b3), ("ceafe", score_ceafe), ("pairs", score_pairs)):
        recall, precision = measure(key, answer)
        found |= {f"{name} recall": recall, f"{name} precision": precision, f"{name} f1": f1(recall, precision)}
    found["conll"] = (found["muc f1"] + found["b3 f1"] + found["ceafe f1"]) / 3
    return found


def f1(recall: float, precision: float) -> float:
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def score_muc(key: Groups, answer: Groups) -> tuple[float, float]:
    """Links kept: each group of n mentions has n - 1."""
    return _find_links(key, answer), _find_links(answer, key)


def score_b3(key: Groups, answer: Groups) -> tuple[float, float]:
    """For each mention, the share of its group that the other side puts with it."""
    sizes, theirs, shared = _count(key, answer)
    total = len(key) or 1
    recall = sum(n * n / sizes[k] for (k, _), n in shared.items()) / total
    precision = sum(n * n / theirs[a] for (_, a), n in shared.items()) / total
    return recall, precision


def score_ceafe(key: Groups, answer: Groups) -> tuple[float, float]:
    """Groups paired one to one so that their likeness 2 |shared| / (|key| + |answer|) is greatest."""
    from scipy.optimize import linear_sum_assignment

    sizes, theirs, shared = _count(key, answer)
    rows, columns = {k: n for n, k in enumerate(sizes)}, {a: n for n, a in enumerate(theirs)}
    likeness = np.zeros((len(rows), len(columns)))
    for (k, a), n in shared.items():
        likeness[rows[k], columns[a]] = 2 * n / (sizes[k] + theirs[a])
    total = likeness[linear_sum_assignment(likeness, maximize=True)].sum()
    return total / max(len(rows), 1), total / max(len(columns), 1)


def score_pairs(key: Groups, answer: Groups) -> tuple[float, float]:
    """Pairs of mentions in one group."""
    sizes, theirs, shared = _count(key, answer)
    both = _pairs(shared)
    return both / max(_pairs(sizes), 1), both / max(_pairs(theirs), 1)


def _find_links(one: Groups, other: Groups) -> float:
    sizes, _, shared = _count(one, other)
    pieces = Counter(k for k, _ in shared)
    links = sum(sizes.values()) - len(sizes)
    return (sum(sizes.values()) - sum(pieces.values())) / links if links else 0.0


def _count(
    key: Groups, answer: Groups
) -> tuple[Counter[Hashable], Counter[Hashable], Counter[tuple[Hashable, Hashable]]]:
    return Counter(key.values()), Counter(answer.values()), Counter((key[m], answer[m]) for m in key)


def _pairs(counts: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())
