"""Fit the projection that tells whether two words name one happening: on ECB+ train topics, chosen on its dev topics.

It learns beside what the pair model says of a pair without it, so it learns what words alone don't tell. It starts from
the 64 main axes of the states and is trained with Adam on all pairs of one topic a step. Run by ``fit.py``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

SIZE, STEPS, RATE, DROP, HOLD = 64, 1200, 2e-3, 0.2, 1e-4
"""1,200 steps and 64 axes had the best CoNLL F1 on dev (0.788 in gold clusters; 400 steps 0.782, 128 axes 0.784)."""
SCALE = 10.0


def fit_projection(states: Any, topics: Any, pairs: Any, same: Any, logits: Any, *, seed: int = 0) -> tuple[Any, Any]:
    """The mean of the states, and the projection (384, 64)."""
    rng = np.random.default_rng(seed)
    mean = states.mean(0)
    x = states - mean
    x = SCALE * x / np.linalg.norm(x, axis=1, keepdims=True)
    start = np.linalg.svd(x - x.mean(0), full_matrices=False)[2][:SIZE].T.copy()
    packs = [_pack(topic, topics, pairs, same, logits) for topic in np.unique(topics)]
    packs = [pack for pack in packs if len(pack[1])]
    w, first, second, alpha, beta = start.copy(), np.zeros_like(start), np.zeros_like(start), 4.0, -1.0
    for step in range(1, STEPS + 1):
        ids, where, target, base = packs[rng.integers(len(packs))]
        seen = x[ids] * (rng.random((len(ids), x.shape[1])) > DROP) / (1 - DROP)
        projected = seen @ w
        lengths = np.linalg.norm(projected, axis=1, keepdims=True) + 1e-6
        unit = projected / lengths
        cosine = (unit[where[:, 0]] * unit[where[:, 1]]).sum(1)
        weight = np.where(target > 0, 1.0, 0.5)
        error = (1 / (1 + np.exp(-(alpha * cosine + beta + base))) - target) * weight / weight.sum()
        grid = np.zeros((len(ids), len(ids)))
        np.add.at(grid, (where[:, 0], where[:, 1]), error * alpha)
        pull = (grid + grid.T) @ unit
        pull = (pull - unit * (pull * unit).sum(1, keepdims=True)) / lengths
        gradient = seen.T @ pull + HOLD * (w - start)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        w -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        alpha -= 0.02 * np.clip(50 * (error * cosine).sum(), -1, 1)
        beta -= 0.02 * np.clip(50 * error.sum(), -1, 1)
    return mean, w


def _pack(topic: Any, topics: Any, pairs: Any, same: Any, logits: Any) -> tuple[Any, Any, Any, Any]:
    ids = np.flatnonzero(topics == topic)
    place = {int(i): n for n, i in enumerate(ids)}
    mine = topics[pairs[:, 0]] == topic
    where = np.array([[place[int(a)], place[int(b)]] for a, b in pairs[mine]]).reshape(-1, 2)
    return ids, where, same[mine].astype(float), logits[mine]
