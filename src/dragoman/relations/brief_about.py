"""What a brief says of others and of its own record: partners, common adversaries, what is contested, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from dragoman.domain import BriefSection, BriefSentence, Event, Size
from dragoman.relations.brief_matter import (
    DONE,
    Matter,
    cite,
    find_counts,
    is_hostile,
    is_material,
    make_months,
    note,
    say_among,
    say_balance,
    say_chief,
    say_mostly,
)
from dragoman.relations.brief_voice import name_speaker, say_event, tell
from dragoman.relations.brief_words import cap, count, join, say_month, say_name, say_names, say_number
from dragoman.relations.ledger import find_transfer
from dragoman.relations.sides import UNKNOWN, find_sides, is_contested

SHOWN = 5
LEAST_AGAINST = 2
"""Hostile acts a party must have met with from each to be told as a common adversary: one may be a chance."""
GAP_MONTHS = 3
"""Empty months in a row from which on a gap is told."""


def write_adversaries(matter: Matter) -> BriefSection:
    """Third parties that each of the parties acts against, and those warned."""
    against = {party: _find_targets(matter, party) for party in matter.parties}
    common = set.intersection(*(set(found) for found in against.values()))
    numbers = {code: [len(against[party][code]) for party in matter.parties] for code in common - set(matter.parties)}
    chosen = [code for code in numbers if min(numbers[code]) >= (LEAST_AGAINST if len(matter.parties) > 1 else 1)]
    chosen.sort(key=lambda code: (-min(numbers[code]), -sum(numbers[code]), code))
    sentences = [
        _say_target(matter, code, [against[party][code] for party in matter.parties]) for code in chosen[:SHOWN]
    ]
    if not sentences:
        sentences = [note("No third party is told to have met with hostile acts from each of them.")]
    sentences += _say_warned(matter)
    title = "Adversaries and those warned" if len(matter.parties) == 1 else "Common adversaries and those warned"
    return BriefSection("adversaries", title, tuple(sentences))


def write_partners(matter: Matter) -> BriefSection:
    """Whom one actor has most to do with, and in what spirit."""
    own = matter.parties[0]
    held: dict[str, list[Event]] = {}
    for event in matter.events:
        for code in set().union(*find_sides(event)) - {own, UNKNOWN}:
            if event.status in DONE and _is_with(event, own, code):
                held.setdefault(code, []).append(event)
    ranked = sorted(held.items(), key=lambda item: (-len(item[1]), item[0]))[: 2 * SHOWN]
    sentences = []
    for code, events in ranked:
        words = (
            f"{cap(say_name(code, matter.names))}: {count(len(events), 'act')} told as done, {say_balance(events)}; "
        )
        words += f"{say_mostly(events)}."
        sentences.append(BriefSentence(words, "note", cite(matter, events, 2)))
    if not sentences:
        sentences = [note("No act with a named other is told as done.")]
    return BriefSection("partners", "Partners and opponents", tuple(sentences))


def write_members(matter: Matter) -> BriefSection:
    """How the members of a bloc stand to one another, pair by pair."""
    sentences = []
    for first, second in combinations(matter.parties, 2):
        events = [event for event in matter.events if event.status in DONE and _is_with(event, first, second)]
        pair = say_names((first, second), matter.names)
        if not events:
            sentences.append(note(f"{cap(pair)}: no act told as done."))
            continue
        words = f"{cap(pair)}: {count(len(events), 'act')} told as done, {say_balance(events)}"
        sentences.append(BriefSentence(f"{words}; {say_mostly(events)}.", "note", cite(matter, events, 2)))
    return BriefSection("members", "Pair by pair", tuple(sentences))


def write_contested(matter: Matter) -> BriefSection:
    """What one says and another denies, deeds that are denied outright, and where figures differ."""
    sentences = [
        say_event(tell(matter.dossier, event), matter.names, main=matter.main, quoted=True)
        for event in matter.events
        if is_contested(event) or _is_denied_deed(matter, event)
    ][: 2 * SHOWN]
    for event in matter.events:
        transfer = find_transfer(matter.dossier, event)
        words = _say_differing(transfer.sizes if transfer else ())
        if words and transfer:
            said = say_event(tell(matter.dossier, event), matter.names, main=matter.main)
            sentences.append(
                BriefSentence(
                    f"{said.text.rstrip('.')}; how much is told differently: {words}.", "contested", said.evidence
                )
            )
    if not sentences:
        sentences = [note(f"Nothing {say_among(matter)} is told as happening by one and denied by another.")]
    return BriefSection("contested", "What is contested", tuple(sentences))


def _is_denied_deed(matter: Matter, event: Event) -> bool:
    """Whether one who is told to have done a deed denies it. "To prevent an attack" denies none."""
    if event.status != "denied" or not is_material(event):
        return False
    told = tell(matter.dossier, event)
    return any(evidence.claimant_code in told.actors for evidence in told.evidence)


def write_gaps(matter: Matter) -> BriefSection:
    """What the record rests on and where it is silent."""
    if not matter.events:
        return BriefSection("gaps", "Gaps in coverage", (note("There is nothing to judge the coverage by."),))
    sentences = [_say_outlets(matter), _say_single(matter)]
    gaps = _find_gaps(matter)
    if gaps:
        spans = join(f"{say_month(first)} to {say_month(last)}" for first, last in gaps)
        sentences.append(
            note(f"Nothing is told from {spans}; whether nothing happened or nothing was read can't be told here.")
        )
    guessed = sum(event.day_how == "report" for event in matter.events)
    if guessed:
        sentences.append(
            note(f"Of {count(guessed, 'event')} only the day of the report is known, not that of the act.")
        )
    recalled = [e for e in matter.dossier.events if e.status == "historical" and _is_among(e, matter.parties)]
    if recalled:
        be, them = ("is", "It") if len(recalled) == 1 else ("are", "They")
        words = f"{cap(count(len(recalled), 'event'))} {be} recalled as history. {them} {be} left out above."
        sentences.append(note(words, cite(matter, recalled, 2)))
    return BriefSection("gaps", "Gaps in coverage", tuple(sentences))


def _find_targets(matter: Matter, party: str) -> dict[str, list[Event]]:
    """Code → hostile acts of a party against it, done."""
    found: dict[str, list[Event]] = {}
    for event in matter.around:
        if event.status not in DONE or not is_hostile(event):
            continue
        actors, recipients = find_sides(event)
        for code in recipients if party in actors else ():
            if code not in (party, UNKNOWN) and code not in matter.parties:
                found.setdefault(code, []).append(event)
    return found


def _say_target(matter: Matter, code: str, acts: Sequence[Sequence[Event]]) -> BriefSentence:
    name = say_name(code, matter.names)
    parts = [
        f"{say_name(party, matter.names)} in {count(len(events), 'act')} ({say_chief(events)})"
        for party, events in zip(matter.parties, acts, strict=True)
    ]
    words = f"{join(parts)} {'is' if len(parts) == 1 else 'are'} told to have acted against {name}"
    return BriefSentence(f"{cap(words)}.", "note", tuple(e for events in acts for e in cite(matter, events, 1)))


def _say_warned(matter: Matter) -> list[BriefSentence]:
    """Who was threatened by any of the parties, from outside their circle."""
    sentences = []
    for party in matter.parties:
        threats = [
            e for e in matter.around if e.event_type == "THREATEN" and e.status in DONE and party in find_sides(e)[0]
        ]
        held = Counter(code for e in threats for code in find_sides(e)[1] if code not in (*matter.parties, UNKNOWN))
        if held:
            whom = join(f"{say_name(code, matter.names)} ({number:,})" for code, number in held.most_common(SHOWN))
            cited = [e for e in threats if set(find_sides(e)[1]) & set(held)]
            words = f"{cap(say_name(party, matter.names))} is told to have threatened or warned {whom}."
            sentences.append(BriefSentence(words, "note", cite(matter, cited, 2)))
    return sentences


def _is_with(event: Event, first: str, second: str) -> bool:
    actors, recipients = find_sides(event)
    return (first in actors and second in recipients) or (second in actors and first in recipients)


def _is_among(event: Event, parties: Sequence[str]) -> bool:
    if len(parties) == 1:
        return any(parties[0] in side for side in find_sides(event))
    return any(_is_with(event, first, second) for first, second in combinations(parties, 2))


def _say_differing(sizes: Sequence[Size]) -> str:
    """Figures of one unit that differ between voices: ``10,000 soldiers (A), 12,000 soldiers (B)``."""
    by_unit: dict[str, dict[float, Size]] = {}
    for size in sizes:
        if size.best is not None:
            by_unit.setdefault(size.unit, {}).setdefault(size.best, size)
    for unit, found in by_unit.items():
        voices = {size.claimant or size.outlet for size in found.values()}
        if len(found) > 1 and len(voices) > 1:
            return join(
                f"{say_number(value)} {unit} ({name_speaker(size.claimant or size.outlet or 'a report')})"
                for value, size in sorted(found.items())
            )
    return ""


def _say_outlets(matter: Matter) -> BriefSentence:
    counts = Counter(voice.name for event in matter.events for voice in event.outlets)
    total = len(matter.events)
    shares = join(f"{name} ({number:,} of {total:,})" for name, number in counts.most_common(4))
    without = sum(not event.outlets for event in matter.events)
    words = f"The events are told by {shares}" if shares else "No outlet is known of any event"
    if without and shares:
        words += f"; {count(without, 'event')} by reports that name no outlet"
    rest = count(len(counts) - 4, "other outlet") if len(counts) > 4 else ""
    return note(f"{words}{f'; and {rest}' if rest else ''}.")


def _say_single(matter: Matter) -> BriefSentence:
    single = sum(event.texts <= 1 for event in matter.events)
    total = find_counts(matter.events).events
    if single == total:
        return note("Every event is told by one independent text alone; nothing here is borne out by a second.")
    return note(f"{single:,} of {total:,} events are told by one independent text alone.")


def _find_gaps(matter: Matter) -> list[tuple[str, str]]:
    """Runs of empty months between the first and last event, the longest few, by month."""
    runs: list[list[str]] = [[]]
    for bar in make_months(matter.events):
        if bar.cooperation + bar.conflict:
            runs.append([])
        else:
            runs[-1].append(bar.month)
    long = sorted((run for run in runs if len(run) >= GAP_MONTHS), key=len, reverse=True)[:4]
    return sorted((run[0], run[-1]) for run in long)
