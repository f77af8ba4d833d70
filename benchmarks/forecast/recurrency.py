"""The baselines: what happened before happens again, the sooner the later it last did; else what the act mostly falls on.

Source: Gastinger, Meilicke, Errica, Sztyler, Schuelke and Stuckenschmidt 2024, IJCAI, "History repeats itself" (strict and relaxed
recurrency, combined). One decay and one mixture for all relations, chosen like our own settings.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from dragoman.domain import Act


class Recurrency:
    def __init__(self, decay: float, mix: float) -> None:
        self._decay, self._mix = decay, mix
        self._last: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._falls_on: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, act: Act) -> None:
        day = dt.date.fromisoformat(act.day).toordinal()
        self._last[act.actor, act.event_type][str(act.recipient)] = day
        self._falls_on[act.event_type][str(act.recipient)] += 1

    def rank(self, actor: str, event_type: str, day: str) -> dict[str, float]:
        now = dt.date.fromisoformat(day).toordinal()
        falls_on = self._falls_on[event_type]
        whole = falls_on.total() or 1
        scores = {name: (1 - self._mix) * count / whole for name, count in falls_on.items()}
        for name, last in self._last[actor, event_type].items():
            scores[name] = scores.get(name, 0.0) + self._mix * 2 ** (-self._decay * (now - last))
        return scores


class Company:
    """The plainest rival: whom the actor has most often dealt with, whatever the act, either way; nothing fades."""

    def __init__(self) -> None:
        self._met: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, act: Act) -> None:
        self._met[act.actor][str(act.recipient)] += 1
        self._met[str(act.recipient)][act.actor] += 1

    def rank(self, actor: str, event_type: str, day: str) -> dict[str, float]:
        return dict(self._met[actor])
