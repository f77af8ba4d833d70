"""Fit what tells claims of one happening: the projection of meanings and the weights of the pair model. Minutes on one core.

    python training/events/fit.py [--data DATA] [--out SRC/dragoman]

Fitted on the train topics of ECB+, the texts of which carry validated coreference; its dev topics chose the number of
steps and axes and the threshold (benchmarks/events/run.py). Each topic's meanings are projected by what the other half of
the topics taught, so that the weights don't trust them too much. A weight may only have the sign that its feature means.
ECB+ tells no days, so the weights of days are set, not fitted.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "events"), str(Path(__file__).parent)]

from ecb import Trigger, get_topic, read_documents, read_triggers  # noqa: E402
from fit_meanings import fit_projection  # noqa: E402
from machine import find_data  # noqa: E402

from dragoman.coding.codebook import load_codebook  # noqa: E402
from dragoman.events.features import compare  # noqa: E402
from dragoman.pipeline import load_parts  # noqa: E402

AGAINST = frozenset((
    "other party", "no party word", "other place", "other figure", "same text",
    "same sentence",
))  # fmt: skip
"""Features that may only speak against; all others only for."""
UNFITTED = frozenset((
    "same day", "days overlap", "another day", "reports apart", "same mode", "other mode",
    "crossed party", "same party",
))  # fmt: skip
SET = {
    "same day": 1.0, "days overlap": 0.3, "another day": -3.0, "reports apart": -1.5, "same mode": 0.3,
    "other mode": -0.7, "crossed party": 0.3, "same party": 0.8,
}  # fmt: skip
"""Weights set by hand, in log odds: ECB+ tells too few days, modes and known parties to fit them."""
SAME, UNSURE = 0.45, 0.3
LEAST_WEIGHT = 0.01


def fit_logistic(x: Any, y: Any, bounds: Sequence[tuple[float | None, float | None]]) -> tuple[Any, float]:
    """Weights and intercept of a logistic model, L2-regularised with variance 1 on features scaled to unit variance."""
    from scipy.optimize import minimize

    scale = x.std(0) + 1e-6
    z = np.c_[x / scale, np.ones(len(x))]

    def lose(b: Any) -> tuple[float, Any]:
        score = z @ b
        error = 1 / (1 + np.exp(-score)) - y
        return (np.logaddexp(0, score) - y * score).sum() + 0.5 * (b[:-1] ** 2).sum(), z.T @ error + np.r_[b[:-1], 0]

    found = minimize(lose, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return found.x[:-1] / scale, float(found.x[-1])


def make_table(triggers: Sequence[Trigger]) -> tuple[list[str], Any, Any, Any]:
    """Names of features, features (M, F), whether one happening (M,), pairs (M, 2): all pairs of each topic."""
    by_topic = defaultdict(list)
    for n, trigger in enumerate(triggers):
        by_topic[get_topic(trigger.telling.story.report_id)].append(n)
    pairs = [pair for ids in by_topic.values() for pair in itertools.combinations(ids, 2)]
    found = [compare(triggers[a].telling, triggers[b].telling) for a, b in pairs]
    names = [name for name in found[0] if name not in UNFITTED]
    table = np.array([[features[name] for name in names] for features in found])
    same = np.array([triggers[a].chain == triggers[b].chain for a, b in pairs])
    return names, table, same, np.array(pairs)


def project(triggers: Sequence[Trigger], mean: Any, projection: Any) -> list[Trigger]:
    """The same mentions with vectors by this projection."""
    found = []
    for trigger in triggers:
        vector = (trigger.state - mean) @ projection
        vector = np.round(vector * 127 / np.abs(vector).max())
        found.append(replace(trigger, telling=replace(trigger.telling, vector=vector / np.linalg.norm(vector))))
    return found


def fit_base(triggers: Sequence[Trigger]) -> tuple[Any, Any, Any]:
    """What words alone say (halved: it is to help, not to win), whether one happening, pairs."""
    plain = [replace(t, telling=replace(t.telling, vector=None)) for t in triggers]
    _, table, same, pairs = make_table(plain)
    weights, intercept = fit_logistic(table, same, [(None, None)] * table.shape[1])
    return 0.5 * (table @ weights + intercept), same, pairs


def cross_project(triggers: Sequence[Trigger], states: Any, topics: Any, base: tuple[Any, Any, Any]) -> list[Trigger]:
    """Each half of the topics with vectors by what the other taught."""
    halves = [np.isin(topics, np.unique(topics)[n::2]) for n in (0, 1)]
    found: list[Trigger] = list(triggers)
    for mine, other in (halves, halves[::-1]):
        projected = project(
            [t for t, m in zip(triggers, mine, strict=True) if m], *_fit_half(states, topics, base, other)
        )
        for at, trigger in zip(np.flatnonzero(mine), projected, strict=True):
            found[at] = trigger
    return found


def _fit_half(states: Any, topics: Any, base: tuple[Any, Any, Any], chosen: Any) -> tuple[Any, Any]:
    logits, same, pairs = base
    place = np.cumsum(chosen) - 1
    mine = chosen[pairs[:, 0]]
    return fit_projection(states[chosen], topics[chosen], place[pairs[mine]], same[mine], logits[mine])


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--out", type=Path, default=ROOT / "src" / "dragoman")
    a = ap.parse_args()
    documents = read_documents(find_data(a.data) / "ecbplus_train_dev", "Train")
    triggers = list(read_triggers(documents, load_parts(), load_codebook()))
    states = np.array([t.state for t in triggers], dtype=np.float64)
    topics = np.array([int(get_topic(t.telling.story.report_id)) for t in triggers])
    base = fit_base(triggers)
    mean, projection = fit_projection(states, topics, base[2], base[1], base[0])
    np.savez(a.out / "_models" / "meanings.npz", mean=mean.astype(np.float16), projection=projection.astype(np.float16))
    names, table, same, _ = make_table(cross_project(triggers, states, topics, base))
    bounds = [(None, 0.0) if name in AGAINST else (0.0, None) for name in names]
    weights, intercept = fit_logistic(table, same, bounds)
    record = {
        "chosen by": "training/events/fit.py on ECB+ train topics; benchmarks/events/results",
        "fitted": {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= LEAST_WEIGHT},
        "set": SET, "intercept": round(intercept, 3), "same": SAME, "unsure": UNSURE,
    }  # fmt: skip
    (a.out / "_data" / "pair_model.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(record, indent=1))


if __name__ == "__main__":
    main()
