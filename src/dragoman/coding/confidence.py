"""How sure a claim is: the chance that a careful coder would record it so, type and parties, from its signs."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

CERTAIN = 0.995
"""Chances are held within this and its opposite before they are weighed."""
WEIGHTS = (0.242, 0.269, 0.290, -0.964, -1.419)
"""A constant and one weight for each sign. Fitted on our own dev reports and on hand-coded real news, neither of which the heads
were trained on (benchmarks/claims/calibrate.py); how well they hold is told on the test reports (benchmarks/claims/own.py)."""
TYPE_WEIGHTS: dict[str, float] = {}
"""What claims of a type are right more or less often than others with the same signs; fitted with them, drawn towards none."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a claim. ``seen`` is 0 to 1, the rest 0 or 1."""

    seen: float
    """The chance that the word names an act and that it is of this type."""
    frame: float
    """A frame of the codebook found the act too, with this type."""
    unknown: float
    """A side is nobody we know."""
    alone: float
    """No recipient."""


def rate(signs: Signs, event_type: str) -> float:
    """The chance of being right, 0 to 1, by logistic regression on the signs and the type."""
    log_odds = sum(w * x for w, x in zip(WEIGHTS, weigh(signs), strict=True)) + TYPE_WEIGHTS.get(event_type, 0.0)
    return round(1 / (1 + math.exp(-log_odds)), 3)


def weigh(signs: Signs) -> tuple[float, ...]:
    """The signs as the regression takes them: a one, the log-odds of the chance, the rest as it is."""
    seen, *rest = astuple(signs)
    held = min(max(seen, 1 - CERTAIN), CERTAIN)
    return (1.0, math.log(held / (1 - held)), *rest)
