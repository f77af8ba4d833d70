"""The opening of a brief: where a relation stands, how it came there, when its parties met."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain import BriefSection, BriefSentence, Event, Evidence, Standing
from dragoman.relations.brief_matter import (
    DONE,
    Matter,
    choose_key,
    cite,
    find_counts,
    is_cooperative,
    is_hostile,
    is_material,
    note,
    say_among,
    say_balance,
    say_types,
)
from dragoman.relations.brief_voice import say_event, tell
from dragoman.relations.brief_words import cap, count, join, lower_first, say_day, say_listed, say_names, say_span, trim
from dragoman.relations.sides import find_evidence

THIN_EVENTS, THIN_OUTLETS = 10, 2
"""A record of fewer events, or of fewer outlets, is called thin: a handful of sentences or one desk's view."""
KEY_EVENTS = 8
"""Events told one by one in how a relation came to stand where it does: what can be read at a sitting."""
MEETINGS = 5


def write_standing(matter: Matter) -> BriefSection:
    """Counts, level, what it is made of, the newest act, and how thin the record is."""
    sentences = [_say_counts(matter)]
    if not matter.events:
        return BriefSection("standing", "Where it stands", tuple(sentences))
    if matter.standing:
        sentences.append(_say_level(matter.standing))
    sentences += _say_balance(matter)
    sentences.append(_say_last(matter))
    sentences += _say_thin(matter)
    return BriefSection("standing", "Where it stands", tuple(sentences))


def write_course(matter: Matter) -> BriefSection:
    """Turning points and the events that matter most, by day."""
    sentences = [
        BriefSentence(f"From {say_day(turn.day)} on, {turn.words}.", "note", _cite_ids(matter, turn.event_ids))
        for turn in (matter.standing.turns if matter.standing else ())
    ]
    for event in choose_key(matter.events, KEY_EVENTS):
        sentences.append(say_event(tell(matter.dossier, event), matter.names, main=matter.main, quoted=True))
    return BriefSection("course", "How it came there", tuple(sentences))


def write_meetings(matter: Matter) -> BriefSection:
    """Talks, visits and calls: how many, the newest, and those still planned or refused."""
    meetings = [event for event in matter.events if event.event_type == "CONSULT"]
    held = [event for event in meetings if event.status in DONE]
    if not meetings:
        return BriefSection("meetings", "Meetings", (note(f"No meeting, visit or call {say_among(matter)} is told."),))
    sentences = []
    if held:
        days = len({event.day for event in held})
        kinds = join(_count_modes(held))
        words = f"{cap(count(len(held), 'meeting or message', 'meetings and messages'))} on {count(days, 'day')} "
        words += f"{'is' if len(held) == 1 else 'are'} told {say_span(held[0].day, held[-1].day)}: {kinds}."
        sentences.append(BriefSentence(words, "note", cite(matter, held)))
    for event in held[-MEETINGS:]:
        sentences.append(say_event(tell(matter.dossier, event), matter.names, main=matter.main, quoted=True))
    for event in [event for event in meetings if event.status not in DONE][-MEETINGS:]:
        sentences.append(say_event(tell(matter.dossier, event), matter.names, main=matter.main, quoted=True))
    return BriefSection("meetings", "Meetings", tuple(sentences))


def _say_counts(matter: Matter) -> BriefSentence:
    who = say_names(matter.parties, matter.names)
    if not matter.events:
        return note(f"The archive tells of no event {_say_scope(matter, who)}{_say_window(matter)}.")
    counts = find_counts(matter.events)
    told = f"told in {count(counts.reports, 'report')} of {count(counts.outlets, 'outlet')}"
    span = say_span(matter.events[0].day, matter.events[-1].day)
    return note(f"The archive holds {count(counts.events, 'event')} {_say_scope(matter, who)} {span}, {told}.")


def _say_scope(matter: Matter, who: str) -> str:
    if len(matter.parties) == 1:
        return f"in which {who} takes part"
    return f"{'between' if len(matter.parties) == 2 else 'among'} {who}"


def _say_window(matter: Matter) -> str:
    since = f" since {say_day(matter.since)}" if matter.since else ""
    return since + (f" until {say_day(matter.until)}" if matter.until else "")


def _say_level(standing: Standing) -> BriefSentence:
    """The level's word with the rule behind it and the window it is of."""
    window = f" (acts {say_span(standing.since, standing.until)})" if standing.since else ""
    if standing.level == "too little evidence":
        return note(f"There is too little evidence to call the relation by a word{window}: {standing.why}.")
    return note(f"By the level rule the relation is {standing.level}{window}: {standing.why}.")


def _say_balance(matter: Matter) -> list[BriefSentence]:
    """What cooperation and conflict are made of, done acts alone."""
    done = [event for event in matter.events if event.status in DONE]
    good, bad = [e for e in done if is_cooperative(e)], [e for e in done if is_hostile(e)]
    sentences = [
        note(
            f"Of the {count(len(done), 'act')} told as done: {say_balance(done)}."
            if done
            else "None of it is told as done."
        )
    ]
    for events, word in ((good, "cooperative"), (bad, "hostile")):
        if events:
            deeds = [event for event in events if is_material(event)]
            mostly = f"ones are mostly {say_types(events)}" if len(events) > 2 else f"ones: {say_types(events)}"
            words = f"The {word} {mostly}"
            words += f"; {count(len(deeds), 'deed')}, the rest words" if deeds else "; all of it words"
            sentences.append(BriefSentence(f"{words}.", "note", cite(matter, deeds or events)))
    return sentences


def _say_last(matter: Matter) -> BriefSentence:
    done = [event for event in matter.events if event.status in DONE]
    last = max(done or matter.events, key=lambda event: (event.day or "", abs(event.intensity), event.id))
    told = tell(matter.dossier, last)
    said = say_event(told, matter.names, main=matter.main)
    quote = f" “{trim(told.evidence[0].quote, act=told.evidence[0].act)}”" if told.evidence else ""
    return BriefSentence(f"The newest: {lower_first(said.text)}{quote}", said.manner, said.evidence)


def _say_thin(matter: Matter) -> list[BriefSentence]:
    counts = find_counts(matter.events)
    sentences = []
    if counts.events < THIN_EVENTS or counts.outlets < THIN_OUTLETS:
        sentences.append(note(f"This is thin: {count(counts.events, 'event')} from {count(counts.outlets, 'outlet')}."))
    if matter.main and counts.outlets == 1:
        sentences.append(note(f"All of it is reported by {say_listed(matter.main)}."))
    elif matter.main:
        sentences.append(
            note(f"Where no outlet is named, {say_listed(matter.main)} reports it, alone unless others are cited.")
        )
    return sentences


def _count_modes(events: Sequence[Event]) -> list[str]:
    words = {
        "visit": ("visit", "visits"), "phone": ("call", "calls"), "multilateral": ("wider gathering", "wider gatherings"),
        "third-party": ("talk through a go-between", "talks through a go-between"),
    }  # fmt: skip
    modes = [event.mode if event.mode in words else None for event in events]
    found = [count(modes.count(mode), *words[mode]) for mode in words if modes.count(mode)]
    rest = modes.count(None)
    return [*found, *([count(rest, "talk, message or meeting", "talks, messages and meetings")] if rest else [])]


def _cite_ids(matter: Matter, ids: Sequence[str]) -> tuple[Evidence, ...]:
    events = [event for event in matter.events if event.id in ids]
    return tuple(e for event in events for e in find_evidence(matter.dossier, event, most=1))
