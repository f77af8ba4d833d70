"""Later events that bear on an earlier one: found by day, sides and kind of act, so that each rule can be told in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.domain import Dossier, Event, EventType, FollowUp
from dragoman.relations.kinds import Kind, choose_kind
from dragoman.relations.sides import find_claims, find_evidence, find_sides

KEPT_DAYS = 365
"""Days after a commitment in which an event counts as keeping or breaking it. Aid packages and summits are made good
within a budget year; what comes later has other reasons as a rule."""
CARRIED_DAYS = 180
"""Days after a threat or demand in which an act counts as its answer: half a year, for threats are meant soon."""
BEFORE_DAYS = 90
"""Days before a threat or pledge in which the same kind of act shows that it was under way already."""
RARE_SHARE, RARE_LEAST = 0.005, 4
"""A word is rare that stands in at most this share of a dossier's sentences, or in so few. Names of the parties and words
like "again" and "sanctions" stand in more."""
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


def take_after(events: Iterable[Event], day: str | None, days: int, *, without: str = "") -> list[Event]:
    """Those of the days after a day; none where the day isn't known."""
    if not day:
        return []
    last = shift(day, days)
    return [event for event in events if event.id != without and event.day and day < event.day <= last]


def take_before(events: Iterable[Event], day: str | None, days: int, *, without: str = "") -> list[Event]:
    """Those of the days before a day, that day left out."""
    if not day:
        return []
    first = shift(day, -days)
    return [event for event in events if event.id != without and event.day and first <= event.day < day]


def find_last_day(event: Event) -> str | None:
    """The last day on which an event may have been: what follows it is later than that."""
    return max(event.day, event.latest or event.day) if event.day else None


def make_follow_up(dossier: Dossier, event: Event, does: str, rule: str) -> FollowUp:
    """A later event with the rule by which it bears on the earlier."""
    return FollowUp(event.id, event.day, does, rule, find_evidence(dossier, event, most=SHOWN))


class Course:
    """The course of a dossier's events: who did what to whom, by day, and how rare the words are that tell it."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._ways: dict[tuple[str, str], list[Event]] = {}
        for event in dossier.events:
            self._keep(event)
        self._stems = {claim.id: _find_stems(claim.sentence.text) for claim in dossier.claims.values()}
        self._counts = Counter(stem for text in {frozenset(s) for s in self._stems.values()} for stem in text)
        self._most = max(RARE_LEAST, int(RARE_SHARE * len(self._stems)))
        self._kinds: dict[str, Kind] = {}

    def find_between(
        self, actors: Sequence[str], recipients: Sequence[str], is_meant: Callable[[Event], bool]
    ) -> list[Event]:
        """Events done, by day, in which one of ``actors`` acts upon one of ``recipients`` and that are meant."""
        ways = dict.fromkeys((actor, recipient) for actor in actors for recipient in recipients)
        found = {event.id: event for way in ways for event in self._ways.get(way, ()) if is_meant(event)}
        return sorted(found.values(), key=lambda event: (event.day or "", event.id))

    def find_shared(self, one: Event, other: Event) -> list[str]:
        """Beginnings of the rare words that stand in sentences of both, the rarest first."""
        shared = self._get_stems(one) & self._get_stems(other)
        return sorted((s for s in shared if self._counts[s] <= self._most), key=lambda s: (self._counts[s], s))

    def find_telling(self, one: Event, other: Event) -> list[str]:
        """Those words where they tell that two events are about one thing: two of them, or one that hardly stands elsewhere."""
        shared = self.find_shared(one, other)
        return shared if len(shared) > 1 or any(self._counts[s] <= RARE_LEAST for s in shared) else []

    def find_telling_apart(self, one: Event, other: Event) -> list[str]:
        """The same, where no report tells both: what stands beside a promise or threat is not what became of it."""
        return [] if set(one.reports) & set(other.reports) else self.find_telling(one, other)

    def get_kind(self, event: Event) -> Kind:
        """What passes in an event."""
        if event.id not in self._kinds:
            self._kinds[event.id] = choose_kind(find_claims(self.dossier, event))
        return self._kinds[event.id]

    def _keep(self, event: Event) -> None:
        if event.status not in _DONE or not event.day or event.day > (event.last_report or event.day):
            return  # told as done on a day that was still to come: its day is misread
        givers, receivers = find_sides(event)
        for actor in givers:
            for recipient in receivers:
                if actor != recipient:
                    self._ways.setdefault((actor, recipient), []).append(event)

    def _get_stems(self, event: Event) -> set[str]:
        return {stem for name in event.claims for stem in self._stems.get(name, ())}


def quote(stems: Sequence[str]) -> str:
    """The first of some beginnings of words, as a rule tells them."""
    return ", ".join(f"'{stem}…'" if len(stem) == STEM else f"'{stem}'" for stem in stems[:3])


def _find_stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in re.findall(r"[^\W\d_]{5,}", text.lower()))


def shift(day: str, days: int) -> str:
    """A day so many days later; as it is where it is none."""
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day
