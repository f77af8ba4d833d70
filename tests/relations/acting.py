"""Builders of acts for the tests of relations."""

from __future__ import annotations

from itertools import count
from typing import Any

from dragoman.domain import Act

SCORES = {
    "CONSULT": 2.5,
    "AID": 10.0,
    "COOPERATE": 9.5,
    "ACCUSE": -3.0,
    "ASSAULT": -9.0,
    "SANCTION": -6.0,
    "SUPPORT": 5.0,
}
_MATERIAL = {"AID", "COOPERATE", "ASSAULT", "SANCTION"}
_numbers = count()


def act(day: str, actor: str, recipient: str | None, kind: str = "CONSULT", **more: Any) -> Act:
    """One act of an event of its own, unless ``event_id`` says which."""
    score = SCORES[kind]
    quad = f"{'material' if kind in _MATERIAL else 'verbal'} {'cooperation' if score > 0 else 'conflict'}"
    given = {
        "event_id": f"ev_{next(_numbers):06d}", "mode": None, "status": "occurred", "mutual": False, "confidence": 0.9,
        "reports": ("re_1",), "outlets": ("Wire",),
    }  # fmt: skip
    return Act(
        day=day, actor=actor, recipient=recipient, event_type=kind, quad=quad, intensity=score, **{**given, **more}
    )  # type: ignore[arg-type]


def both(day: str, first: str, second: str, kind: str = "CONSULT", **more: Any) -> list[Act]:
    """A mutual event: an act of each toward the other."""
    one = act(day, first, second, kind, mutual=True, **more)
    return [one, act(day, second, first, kind, mutual=True, **{**more, "event_id": one.event_id})]
