"""How likely a pair of claims tells of the same happening, and the words that say why."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from dragoman.domain import Judgement
from dragoman.events.anchors import find_anchor, is_one_act
from dragoman.events.conflicts import find_conflict
from dragoman.events.features import compare
from dragoman.events.merging import LASTS
from dragoman.events.telling import Telling

LEAST_KEPT = 0.1
"""Chance under which a pair isn't kept: nobody would look at it."""
UNANCHORED = 0.2
"""A pair that nothing ties to one happening counts so much."""
IN_TWO_WORDS = 0.95
"""Chance of a pair that one clause tells in two words."""
_REASONS = 5
"""Features that are told, the weightiest first."""
_LEAST_TOLD = 0.1


@dataclass(frozen=True, slots=True)
class PairModel:
    """A logistic model: weight of each feature, in log odds; how it was chosen stands in its file."""

    weights: Mapping[str, float]
    intercept: float
    same: float
    """Mean chance of all pairs between two groups from which they are one."""
    unsure: float
    """Chance from which a pair is worth a person's look."""


@lru_cache(maxsize=1)
def load_pair_model() -> PairModel:
    text = (resources.files("dragoman") / "_data" / "pair_model.json").read_text(encoding="utf-8")
    record = json.loads(text)
    return PairModel({**record["fitted"], **record["set"]}, record["intercept"], record["same"], record["unsure"])


def judge_pair(a: Telling, b: Telling, model: PairModel) -> Judgement | None:
    """What the model makes of a pair; ``None`` where it is too unlikely to be kept.

    A pair that something tells apart is kept as different where the words alone would have made it one.
    """
    first, second = (a, b) if a.id < b.id else (b, a)
    if a.lasting and a.lasting == b.lasting:
        return Judgement(first.id, second.id, "same", 1.0, LASTS, (f"both name a whole: {a.lasting}",))
    if is_one_act(first, second):
        return Judgement(
            first.id, second.id, "same", IN_TWO_WORDS, "own repetition", ("one act in two words of a sentence",)
        )
    features = compare(first, second)
    score = score_features(features, model)
    if score < LEAST_KEPT:
        return None
    conflict = find_conflict(first, second)
    rule = "own repetition" if first.story.report_id == second.story.report_id else "pair model"
    reasons = tell_reasons(features, model)
    if conflict:
        if score < model.unsure:
            return None  # nobody would have taken them for one
        return Judgement(first.id, second.id, "different", 0.0, rule, (conflict, *reasons))
    anchor = find_anchor(first, second, features)
    if anchor is None:
        return Judgement(first.id, second.id, "unsure", round(score * UNANCHORED, 4), rule, ("no anchor", *reasons))
    return Judgement(first.id, second.id, "same" if score >= model.same else "unsure", score, rule, (anchor, *reasons))


def score_features(features: Mapping[str, float], model: PairModel) -> float:
    """Chance that the pair is one happening, rounded to 1e-4."""
    total = model.intercept + sum(model.weights.get(name, 0.0) * value for name, value in features.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def tell_reasons(features: Mapping[str, float], model: PairModel) -> tuple[str, ...]:
    """The weightiest features with what they add, e.g. ``same lemma +2.58``."""
    added = {name: model.weights.get(name, 0.0) * value for name, value in features.items()}
    told = sorted(
        (name for name in added if abs(added[name]) >= _LEAST_TOLD), key=lambda name: (-abs(added[name]), name)
    )
    return tuple(f"{name} {added[name]:+.2f}" for name in told[:_REASONS])
