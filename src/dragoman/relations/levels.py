"""A relation's level in a word, by one stated rule for all dyads on the events of a window.

The rule reads the mean PLOVER intensity of the events (each once, both ways), the share of material conflict among
them, and whether there is military aid or cooperation. Rules are tried in order; the first that holds gives the word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.domain import Act, Level, LevelWord
from dragoman.relations.series import count_acts, is_counted, select_between

WINDOW_DAYS = 365
"""A level is that of the last year: shorter windows hold too few events for most dyads, longer ones hide a turn."""
LEAST_EVENTS = 5
"""Below it the answer is that there is too little evidence."""
_MILITARY = "military"
_JOINT = ("COOPERATE", "AID", "AGREE")


@dataclass(frozen=True, slots=True)
class _Figures:
    events: int
    mean: float
    material_conflict: float
    material_cooperation: float
    assaults: float
    conflict: float
    military: int


_RULES: tuple[tuple[LevelWord, str, Callable[[_Figures], bool]], ...] = (
    ("hostile", "the mean is -4 or less, or below zero with a tenth of the events assaults",
     lambda f: f.mean <= -4 or (f.mean < 0 and f.assaults >= 0.1)),
    ("strained", "the mean is below -0.5, or below 1.5 with a quarter of the events material conflict",
     lambda f: f.mean < -0.5 or (f.mean < 1.5 and f.material_conflict >= 0.25)),
    ("allied", "the mean is 4 or more, with two or more military acts of aid, cooperation or agreement, and at most one "
     "event in ten is conflict",
     lambda f: f.mean >= 4 and f.military >= 2 and f.conflict <= 0.1),
    ("partners", "the mean is 3.5 or more, a tenth of the events are material cooperation, and at most one in five is "
     "conflict",
     lambda f: f.mean >= 3.5 and f.material_cooperation >= 0.1 and f.conflict <= 0.2),
    ("working", "the mean is 1.5 or more", lambda f: f.mean >= 1.5),
    ("distant", "cooperation and conflict nearly weigh each other out", lambda f: True),
)  # fmt: skip
"""Word, rule in words, rule. The bounds are PLOVER's own steps: talks score 2.5, support 5, aid 10, blame -3, assault -9."""


def find_level(
    acts: Iterable[Act], first: str, second: str, *, until: str | None = None, days: int = WINDOW_DAYS
) -> Level:
    """How two parties stand to one another in a window that ends on a day, by default that of their newest event.

    Args:
        acts: Acts of any dyads.
        first: Code of a party.
        second: Code of the other.
        until: Last day of the window, ISO 8601.
        days: Length of the window.
    """
    told = [act for act in select_between(acts, first, second) if is_counted(act)]
    end = until or max((act.day for act in told), default=dt.date.today().isoformat())
    start = (dt.date.fromisoformat(end) - dt.timedelta(days=days - 1)).isoformat()
    inside = [act for act in told if start <= act.day <= end]
    ids, counts = tuple(act.event_id for act in inside), count_acts(inside)
    if len(inside) < LEAST_EVENTS:
        why = f"{len(inside)} events in {days} days; the rule asks for {LEAST_EVENTS}"
        return Level("too little evidence", why, start, end, counts, None, None, ids)
    figures = _find_figures(inside)
    word, rule = next((word, rule) for word, rule, holds in _RULES if holds(figures))
    why = f"{rule} ({_say(figures)})"
    return Level(word, why, start, end, counts, figures.mean, figures.material_conflict, ids)


def list_rules() -> list[tuple[str, str]]:
    """Each word and its rule, in the order they are tried."""
    return [(word, rule) for word, rule, _ in _RULES]


def _find_figures(acts: Sequence[Act]) -> _Figures:
    count = len(acts)
    return _Figures(
        events=count,
        mean=round(sum(act.intensity for act in acts) / count, 2),
        material_conflict=round(sum(act.quad == "material conflict" for act in acts) / count, 3),
        material_cooperation=round(sum(act.quad == "material cooperation" for act in acts) / count, 3),
        assaults=round(sum(act.event_type == "ASSAULT" for act in acts) / count, 3),
        conflict=round(sum(act.intensity < 0 for act in acts) / count, 3),
        military=sum(_MILITARY in act.context and act.event_type in _JOINT for act in acts),
    )


def _say(f: _Figures) -> str:
    return (
        f"{f.events} events, mean intensity {f.mean:+.1f}, material conflict {f.material_conflict:.0%}, material "
        f"cooperation {f.material_cooperation:.0%}, assaults {f.assaults:.0%}, conflict of any kind {f.conflict:.0%}, "
        f"{f.military} military act{'s' * (f.military != 1)} of aid, cooperation or agreement"
    )
