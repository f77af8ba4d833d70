"""What a brief is written from, and how its events are weighed and counted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.domain import BriefSentence, Counts, Dossier, Event, EventType, Evidence, MonthBar, Standing
from dragoman.relations.brief_voice import find_main_outlet
from dragoman.relations.brief_words import NOUNS, join
from dragoman.relations.sides import find_evidence, find_keys

DONE = ("occurred", "ongoing")
OPEN = ("planned", "conditional", "denied")
_SURENESS = 3
"""Power of the confidence: an event of 0.9 counts twice one of 0.7, for a brief's first examples must not be misreadings."""
_A_TYPE = 3
"""Key events of one type: a war's attacks shouldn't hide its talks."""
_A_DAY = 2
"""Key events of one day: one long speech shouldn't fill the list."""
_MATERIAL_WEIGHT = 1.5
"""Deeds before words: a material act weighs half as much again when key events are chosen."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything the sections of one brief need."""

    parties: tuple[str, ...]
    events: tuple[Event, ...]
    """Those between the parties (for one actor: its own), by day; earlier history that reports recall left out."""
    dossier: Dossier
    around: tuple[Event, ...]
    """Events of any of the parties with anyone."""
    names: Mapping[str, str]
    main: str | None
    """The outlet that needs no naming."""
    since: str | None = None
    until: str | None = None
    standing: Standing | None = None


def make_matter(
    dossier: Dossier,
    parties: Sequence[str],
    events: Sequence[Event],
    *,
    since: str | None = None,
    until: str | None = None,
    standing: Standing | None = None,
) -> Matter:
    """The matter of a brief. Events told as history ("in 1867 …") are no part of how a relation stands."""
    told = tuple(event for event in events if event.status != "historical" and event.day)
    return Matter(
        tuple(parties), told, dossier, dossier.events, dossier.names, find_main_outlet(told), since, until, standing
    )


def find_counts(events: Iterable[Event]) -> Counts:
    """Events, reports and outlets, each counted once."""
    held = list(events)
    reports = {report for event in held for report in event.reports}
    outlets = {voice.name for event in held for voice in event.outlets}
    return Counts(len(held), len(reports), len(outlets))


def is_cooperative(event: Event) -> bool:
    return event.quad.endswith("cooperation")


def is_hostile(event: Event) -> bool:
    """Conflict of any kind but requests and demands, which PLOVER counts as verbal conflict and are no hostility."""
    return not is_cooperative(event) and event.event_type != "REQUEST"


def say_balance(events: Sequence[Event]) -> str:
    """``19 cooperative, 25 hostile, 20 requests or demands``: those there are."""
    good, bad = sum(map(is_cooperative, events)), sum(map(is_hostile, events))
    asked = len(events) - good - bad
    parts = (
        (good, "cooperative"),
        (bad, "hostile"),
        (asked, "request or demand" if asked == 1 else "requests or demands"),
    )
    return join(f"{number:,} {word}" for number, word in parts if number)


def say_among(matter: Matter) -> str:
    """``between them``, ``among them``, or ``with others`` where there is one party."""
    return {1: "with others", 2: "between them"}.get(len(matter.parties), "among them")


def is_material(event: Event) -> bool:
    return event.quad.startswith("material")


def weigh(event: Event) -> float:
    """How much an event matters to a brief: its intensity (0 to 10), surer and more widely told ones before others."""
    width = 1 + math.log(max(1, event.texts)) + math.log(max(1, len(event.outlets)))
    settled = 1.0 if event.status in DONE else 0.7
    sharing = max(1, len(find_keys((*event.actors, *event.recipients))) - 1)  # an act upon several says less on each
    return (
        abs(event.intensity)
        * event.confidence**_SURENESS
        * width
        * settled
        * (_MATERIAL_WEIGHT if is_material(event) else 1)
        / sharing
    )


def choose_key(events: Sequence[Event], most: int) -> list[Event]:
    """The events that matter most, by day; of one type one a day, so that one report doesn't fill the list."""
    chosen: dict[tuple[str | None, EventType], Event] = {}
    days: Counter[str | None] = Counter()
    types: Counter[EventType] = Counter()
    for event in sorted(events, key=lambda event: (-weigh(event), event.id)):
        is_new = (event.day, event.event_type) not in chosen
        if is_new and days[event.day] < _A_DAY and types[event.event_type] < _A_TYPE:
            chosen[event.day, event.event_type] = event
            days[event.day] += 1
            types[event.event_type] += 1
    return sorted(list(chosen.values())[:most], key=lambda event: (event.day or "", event.id))


def say_types(events: Sequence[Event], most: int = 3) -> str:
    """The commonest kinds with their counts: ``expressions of support (14) and meetings and messages (5)``."""
    counts = Counter(event.event_type for event in events)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return join(f"{NOUNS[kind][number > 1]} ({number:,})" for kind, number in ranked)


def say_chief(events: Sequence[Event]) -> str:
    """``mostly attacks`` where more than half of three or more are of one kind, else the commonest with their counts."""
    (kind, number), *others = Counter(event.event_type for event in events).most_common()
    if not others:
        return NOUNS[kind][number > 1]
    return f"mostly {NOUNS[kind][1]}" if 2 * number > len(events) else say_types(events, 2)


def say_mostly(events: Sequence[Event]) -> str:
    """``mostly attacks (559) and threats (12)``; all of them where they are few."""
    return f"{'mostly ' if len(events) > 2 else ''}{say_types(events, 2)}"


def cite(matter: Matter, events: Iterable[Event], most: int = 4) -> tuple[Evidence, ...]:
    """One sentence each of the events that matter most."""
    best = sorted(events, key=lambda event: (-weigh(event), event.id))[:most]
    return tuple(e for event in best for e in find_evidence(matter.dossier, event, most=1))


def note(words: str, evidence: tuple[Evidence, ...] = ()) -> BriefSentence:
    """A sentence about the record, not about the world."""
    return BriefSentence(words, "note", evidence)


def make_months(events: Sequence[Event]) -> tuple[MonthBar, ...]:
    """A bar for every month from the first event to the last."""
    held: dict[str, list[Event]] = {}
    for event in events:
        if event.day:
            held.setdefault(event.day[:7], []).append(event)
    return tuple(_make_bar(month, held.get(month, [])) for month in _find_months(held))


def _make_bar(month: str, events: Sequence[Event]) -> MonthBar:
    counts = Counter((is_cooperative(event), event.status in OPEN) for event in events)
    found = find_counts(events)
    return MonthBar(
        month, counts[True, False] + counts[True, True], counts[False, False] + counts[False, True], counts[True, True],
        counts[False, True], found.reports, found.outlets,
    )  # fmt: skip


def _find_months(held: Iterable[str]) -> list[str]:
    months = sorted(held)
    if not months:
        return []
    first, last = (date.fromisoformat(f"{month}-01") for month in (months[0], months[-1]))
    total = (last.year - first.year) * 12 + last.month - first.month
    return [
        f"{first.year + (first.month - 1 + n) // 12:04}-{(first.month - 1 + n) % 12 + 1:02}" for n in range(total + 1)
    ]
