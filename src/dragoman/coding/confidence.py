"""How sure a claim is: the chance that a careful coder would record it so, type and parties, from its signs."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

CERTAIN = 0.995
"""Chances are held within this and its opposite before they are weighed."""
WEIGHTS = (0.12, 0.33, 0.16, -0.713, -1.459)
"""A constant and one weight for each sign. Fitted on our own dev reports and on hand-coded real news, neither of which the heads
were trained on (benchmarks/claims/calibrate.py); how well they hold is told on the test reports (benchmarks/claims/own.py)."""
TYPE_WEIGHTS = {
    "ACCUSE": 0.148, "AGREE": 0.538, "AID": -0.613, "ASSAULT": -0.664, "COERCE": -0.522, "CONCEDE": 0.041, "CONSULT": 0.997,
    "COOPERATE": 0.125, "MOBILIZE": 0.637, "PROTEST": 0.384, "REJECT": -0.628, "REQUEST": -0.118, "RETREAT": -0.063, "SANCTION": -0.301,
    "SUPPORT": 0.483, "THREATEN": -0.324,
}  # fmt: skip
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
