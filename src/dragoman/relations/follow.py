"""Later events that bear on an earlier one: found by day, sides and kind of act, so that each rule can be told in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.domain import Dossier, Event, EventType, FollowUp
from dragoman.relations.sides import find_evidence, find_sides

KEPT_DAYS = 365
"""Days after a commitment in which an event counts as keeping or breaking it. Aid packages and summits are made good
within a budget year; what comes later has other reasons as a rule."""
CARRIED_DAYS = 180
"""Days after a threat or demand in which an act counts as its answer: half a year, for threats are meant soon."""
BEFORE_DAYS = 90
"""Days before a threat or pledge in which the same kind of act shows that it was under way already."""
RARE_SHARE, RARE_LEAST = 0.02, 4
"""A word is rare that stands in at most this share of a dossier's sentences, or in so few. Names of the parties and words
like "support" stand in far more."""
STEM = 7
"""Letters by which words are compared, so that "prisoner" is "prisoners"; words under five letters name little."""
SHOWN = 3
"""Sentences kept of each later event."""
_DONE = ("occurred", "ongoing")


@dataclass(frozen=True, slots=True)
class Acts:
    """Which acts are meant: types, with the modes that are meant among them (all where none is named)."""

    types: tuple[EventType, ...]
    modes: tuple[str, ...] = ()
    words: str = ""
    """How a rule names them: ``an attack``."""

    def has(self, event: Event) -> bool:
        return event.event_type in self.types and (not self.modes or event.mode in self.modes)


def find_between(
    dossier: Dossier, actors: Sequence[str], recipients: Sequence[str], is_meant: Callable[[Event], bool]
) -> list[Event]:
    """Events done, by day, in which one of ``actors`` acts upon one of ``recipients`` and that are meant."""
    return [
        event
        for event in dossier.events
        if event.status in _DONE and event.day and is_meant(event) and _is_way(event, actors, recipients)
    ]


def take_after(events: Iterable[Event], day: str | None, days: int, *, without: str = "") -> list[Event]:
    """Those of the days after a day; none where the day isn't known."""
    if not day:
        return []
    last = _shift(day, days)
    return [event for event in events if event.id != without and event.day and day < event.day <= last]


def take_before(events: Iterable[Event], day: str | None, days: int, *, without: str = "") -> list[Event]:
    """Those of the days before a day, that day left out."""
    if not day:
        return []
    first = _shift(day, -days)
    return [event for event in events if event.id != without and event.day and first <= event.day < day]


def make_follow_up(dossier: Dossier, event: Event, does: str, rule: str) -> FollowUp:
    """A later event with the rule by which it bears on the earlier."""
    return FollowUp(event.id, event.day, does, rule, find_evidence(dossier, event, most=SHOWN))


class Rarity:
    """How many sentences of a dossier hold a word: rare words that two events share show that they are about one thing."""

    def __init__(self, dossier: Dossier) -> None:
        self._stems = {claim.id: _find_stems(claim.sentence.text) for claim in dossier.claims.values()}
        self._counts = Counter(stem for text in {frozenset(s) for s in self._stems.values()} for stem in text)
        self._most = max(RARE_LEAST, int(RARE_SHARE * len(self._stems)))

    def find_shared(self, one: Event, other: Event) -> list[str]:
        """Beginnings of the rare words that stand in sentences of both, the rarest first."""
        shared = self._get_stems(one) & self._get_stems(other)
        return sorted((s for s in shared if self._counts[s] <= self._most), key=lambda s: (self._counts[s], s))

    def _get_stems(self, event: Event) -> set[str]:
        return {stem for name in event.claims for stem in self._stems.get(name, ())}


def _find_stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in re.findall(r"[^\W\d_]{5,}", text.lower()))


def _is_way(event: Event, actors: Sequence[str], recipients: Sequence[str]) -> bool:
    givers, receivers = find_sides(event)
    return any(a in givers and r in receivers and a != r for a in actors for r in recipients)


def _shift(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day
