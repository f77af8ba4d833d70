"""What a brief says of others: adversaries in common, partners, what is contested, and what the record lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from dragoman.domain import BriefSection, BriefSentence, Coverage, Event
from dragoman.relations.brief_matter import DONE, Matter, choose_key, cite, is_cooperative, note
from dragoman.relations.brief_voice import say_event, tell
from dragoman.relations.brief_words import cap, count, join, say_day, say_name
from dragoman.relations.sides import find_sides, is_contested

SHOWN = 5
LEAST_OF_ADVERSARY = 2
"""Hostile events that each of two parties must have with a third, for it to be an adversary of both."""
LONG_SILENCE_DAYS = 92
"""A stretch without any event that is told as a gap: a quarter."""
LEAST_READ = 5
"""Reports read of a month below which the month is told as hardly read."""
_WARNING = ("THREATEN", "MOBILIZE")


def write_adversaries(matter: Matter) -> BriefSection:
    """Who both clash with, whom they warn, and what they do against them together."""
    hostile = _find_hostile(matter)
    shared = [
        code
        for code, by in sorted(hostile.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0]))
        if all(len(by[party]) >= LEAST_OF_ADVERSARY for party in matter.parties)
    ]
    if not shared:
        words = "No third party is told to be at odds with all of them."
        return BriefSection("adversaries", "Common adversaries", (note(words),))
    names = join(say_name(code, matter.names) for code in shared[:SHOWN])
    every = [event for code in shared for by in hostile[code].values() for event in by]
    sentences = [note(f"At odds with all of them, by at least two events each: {names}.", cite(matter, every))]
    for code in shared[:SHOWN]:
        parts = [f"{count(len(hostile[code][p]), 'event')} with {say_name(p, matter.names)}" for p in matter.parties]
        own = [event for p in matter.parties for event in hostile[code][p]]
        sentences.append(note(f"{cap(say_name(code, matter.names))}: {join(parts)}.", cite(matter, own, most=2)))
    sentences += [
        say_event(tell(matter.dossier, event), matter.names, main=matter.main, quoted=True)
        for event in choose_key(_find_warnings(matter, shared), SHOWN)
    ]
    return BriefSection("adversaries", "Common adversaries and those warned", tuple(sentences))


def write_partners(matter: Matter) -> BriefSection:
    """For one actor: whom it deals with most, in cooperation and in conflict."""
    own = matter.parties[0]
    good: dict[str, list[Event]] = defaultdict(list)
    bad: dict[str, list[Event]] = defaultdict(list)
    for event in matter.around:
        if event.status in DONE:
            for code in _find_others(event, own):
                (good if is_cooperative(event) else bad)[code].append(event)
    sentences = []
    for words, found in (("Cooperation is told mostly with", good), ("Conflict is told mostly with", bad)):
        top = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:SHOWN]
        if top:
            names = join(f"{say_name(code, matter.names)} ({len(events):,})" for code, events in top)
            sentences.append(note(f"{words} {names}.", cite(matter, [e for _, events in top for e in events])))
    return BriefSection(
        "partners", "Whom it deals with", tuple(sentences or [note("No dealings with others are told.")])
    )


def write_members(matter: Matter) -> BriefSection:
    """For a bloc: how each pair of members stands, by events told as done."""
    pairs = [(a, b) for n, a in enumerate(matter.parties) for b in matter.parties[n + 1 :]]
    sentences = []
    for first, second in pairs:
        own = [e for e in matter.events if e.status in DONE and second in _find_others(e, first)]
        names = f"{say_name(first, matter.names)} and {say_name(second, matter.names)}"
        if not own:
            sentences.append(note(f"{cap(names)}: no event is told."))
            continue
        good = sum(is_cooperative(event) for event in own)
        words = f"{cap(names)}: {count(len(own), 'event')}, {good:,} of them cooperative."
        sentences.append(note(words, cite(matter, own, most=2)))
    return BriefSection("members", "Member by member", tuple(sentences))


def write_contested(matter: Matter) -> BriefSection:
    """What one says happened and another denies, and what is denied outright."""
    disputed = [event for event in matter.events if is_contested(event)]
    denied = [event for event in matter.events if event.status == "denied" and not is_contested(event)]
    sentences = [
        say_event(tell(matter.dossier, event), matter.names, main=matter.main, quoted=True)
        for event in (*choose_key(disputed, SHOWN), *choose_key(denied, SHOWN))
    ]
    return BriefSection(
        "contested", "What is contested", tuple(sentences or [note("No event is told by one and denied by another.")])
    )


def write_gaps(matter: Matter, coverage: Sequence[Coverage]) -> BriefSection:
    """Silences, months hardly read, one-sided sources: what the record can't tell."""
    sentences = [*_say_silences(matter), *_say_reading(matter, coverage), *_say_sources(matter)]
    return BriefSection("gaps", "Gaps in the record", tuple(sentences or [note("No gap stands out.")]))


def _find_hostile(matter: Matter) -> dict[str, dict[str, list[Event]]]:
    """Third party → party → hostile events between them that are told as done."""
    found: dict[str, dict[str, list[Event]]] = defaultdict(lambda: {party: [] for party in matter.parties})
    for event in matter.around:
        if event.status not in DONE or is_cooperative(event):
            continue
        for party in matter.parties:
            for other in _find_others(event, party):
                if other not in matter.parties:
                    found[other][party].append(event)
    return found


def _find_warnings(matter: Matter, against: Collection[str]) -> list[Event]:
    warned = []
    for event in matter.around:
        actors, recipients = find_sides(event)
        if event.event_type in _WARNING and set(actors) & set(matter.parties) and set(recipients) & set(against):
            warned.append(event)
    return warned


def _find_others(event: Event, party: str) -> set[str]:
    """Codes on the other side of an event from a party; empty where it has no part in it."""
    actors, recipients = find_sides(event)
    if event.mutual:
        return set(actors) - {party} if party in actors else set()
    others = set(recipients) if party in actors else set()
    return (others | (set(actors) if party in recipients else set())) - {party}


def _say_silences(matter: Matter) -> list[BriefSentence]:
    days = sorted({event.day for event in matter.events if event.day})
    gaps = [
        (date.fromisoformat(b) - date.fromisoformat(a), a, b)
        for a, b in pairwise(days)
        if (date.fromisoformat(b) - date.fromisoformat(a)).days > LONG_SILENCE_DAYS
    ]
    longest = sorted(gaps, key=lambda gap: (-gap[0], gap[1]))[:3]
    spans = join(f"from {say_day(a)} to {say_day(b)}" for _, a, b in sorted(longest, key=lambda gap: gap[1]))
    more = f", the longest {spans}" if len(gaps) > len(longest) else f": {spans}"
    words = f"{cap(count(len(gaps), 'stretch', 'stretches'))} of more than three months without any event{more}."
    return [note(words)] if gaps else []


def _say_reading(matter: Matter, coverage: Sequence[Coverage]) -> list[BriefSentence]:
    """How many months of the span were hardly read at all: silence there tells nothing."""
    days = sorted(event.day for event in matter.events if event.day)
    if not days or not coverage:
        return []
    read = {entry.period: entry.reports for entry in coverage}
    first, last = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (days[0], days[-1]))
    months = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1)]
    thin = [month for month in months if read.get(month, 0) < LEAST_READ]
    if not thin:
        return []
    return [note(
        f"Of {count(len(months), 'month')}, {len(thin):,} {'is' if len(thin) == 1 else 'are'} hardly read (fewer than "
        f"{LEAST_READ} reports about anything): silence there tells nothing."
    )]  # fmt: skip


def _say_sources(matter: Matter) -> list[BriefSentence]:
    outlets: Counter[str] = Counter()
    for event in matter.events:
        outlets.update({voice.name for voice in event.outlets})
    if not outlets or not matter.events:
        return [note("No outlet is named for any of it.")] if matter.events else []
    alone = sum(event.texts == 1 for event in matter.events)
    words = f"{cap(count(alone, 'event'))} of {len(matter.events):,} {'stands' if alone == 1 else 'stand'} in one text alone."
    name, most = outlets.most_common(1)[0]
    if most * 2 > len(matter.events):
        words += f" {name} tells {most:,} of them: the record leans to its view."
    return [note(words)]
