"""On whose word a brief says something: an outlet's, a claimant's, a party's own; and never more than they say.

A sentence is a plain statement only where two outlets tell the event in their own words. Else it names the one outlet
or those in whose mouths it is put. Planned, conditional and denied acts keep their status in the verb.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.domain import BriefSentence, Dossier, Event, Evidence, Manner, Status
from dragoman.relations.brief_words import (
    cap,
    conjugate,
    conjugate_said,
    get_verb,
    join,
    say_names,
    say_when,
    trim,
)
from dragoman.relations.sides import find_evidence, find_sides, is_contested

CITED = 3
"""Sentences cited for one event; all of them are a command away (``dragoman events ev_…``)."""
_SHOUTED = 4
"""Names in capitals from this length on are written as names ("MR PRICE"); shorter ones are abbreviations."""
_PREFIXES = {"MR": "Mr", "MRS": "Mrs", "MS": "Ms", "DR": "Dr", "QUESTION": "a questioner", "MODERATOR": "the moderator"}


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with what a brief needs to say it."""

    event: Event
    evidence: tuple[Evidence, ...]
    actors: tuple[str, ...]
    others: tuple[str, ...]


def tell(dossier: Dossier, event: Event) -> Telling:
    """An event with its evidence and sides; those of a mutual one who act first stand as actors."""
    actors, recipients = find_sides(event)
    if event.mutual:
        actors, recipients = actors[:1], actors[1:]
    return Telling(
        event, find_evidence(dossier, event, most=CITED), actors, tuple(r for r in recipients if r not in actors)
    )


def say_event(
    telling: Telling,
    names: Mapping[str, str],
    *,
    verb: str | None = None,
    main: str | None = None,
    quoted: bool = False,
) -> BriefSentence:
    """One sentence about an event, with day, status and on whose word.

    Args:
        telling: The event.
        names: Code → name.
        verb: Verb phrase in the place of the type's own, ``{o}`` where the other side stands.
        main: The outlet that needs no naming.
        quoted: Add the sentence that says so.
    """
    event = telling.event
    phrase = verb or get_verb(event.event_type, event.mode, is_mutual=event.mutual)
    words = _say_act(telling, names, phrase, main)
    if quoted and telling.evidence:
        words += f": “{trim(telling.evidence[0].quote)}”"
        return BriefSentence(words, find_manner(event, telling.evidence), telling.evidence)
    return BriefSentence(f"{words}.", find_manner(event, telling.evidence), telling.evidence)


def find_manner(event: Event, evidence: Sequence[Evidence]) -> Manner:
    """How the sentence on an event may be read."""
    if is_contested(event):
        return "contested"
    if event.status in ("planned", "conditional", "denied"):
        return event.status
    return "said" if find_speakers(evidence) or len(event.outlets) < 2 else "fact"


def find_speakers(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Names of the claimants, where every sentence is put in somebody's mouth; else none."""
    speakers = [name_speaker(each.claimant) for each in evidence if each.claimant]
    return tuple(dict.fromkeys(speakers)) if evidence and len(speakers) == len(evidence) else ()


def name_speaker(name: str) -> str:
    """A claimant's name as it stands in a sentence: ``MR PRICE`` is ``Mr Price``, ``QUESTION`` a questioner."""
    words = [_PREFIXES.get(word.strip(".")) or word for word in name.split()]
    return " ".join(word.title() if word.isupper() and len(word) > _SHOUTED - 1 else word for word in words)


def say_source(evidence: Sequence[Evidence], main: str | None = None) -> str:
    """``, kcna.kp reports`` – the one outlet that tells it, unless it is the main one or there are several."""
    outlets = list(dict.fromkeys(each.outlet or "a report without an outlet" for each in evidence))
    return f", {outlets[0]} reports" if len(outlets) == 1 and outlets[0] != main else ""


def _say_act(telling: Telling, names: Mapping[str, str], phrase: str, main: str | None) -> str:
    event, when = telling.event, say_when(telling.event)
    subject = say_names(telling.actors, names) or "an unnamed party"
    verb = phrase.replace("{o}", say_names(telling.others, names) or "an unnamed party")
    if is_contested(event):
        return _say_contested(event, subject, verb)
    speakers = find_speakers(telling.evidence)
    source = say_source(telling.evidence, main)
    own = _is_own(telling)
    is_plural = len(telling.actors) > 1
    when = _place_when(when, event)
    if speakers and own:
        return f"By its own account ({join(speakers)}), {subject} {conjugate(verb, event.status, is_plural=is_plural)}{when}{source}"
    if speakers:
        be = "are" if is_plural else "is"
        return f"{cap(subject)} {be} said by {join(speakers)} {conjugate_said(verb, event.status)}{when}{source}"
    return f"{cap(subject)} {conjugate(verb, event.status, is_plural=is_plural)}{when}{source}"


def _place_when(when: str, event: Event) -> str:
    return f" ({when})" if when.startswith("reported") or event.status != "occurred" else f" {when}"


def _is_own(telling: Telling) -> bool:
    """Whether those who say it are the ones who act."""
    codes = {each.claimant_code for each in telling.evidence if each.claimant}
    return bool(codes) and len(telling.actors) == 1 and codes == {telling.actors[0]}


def _say_contested(event: Event, subject: str, verb: str) -> str:
    said, denied = split_voices(event)
    done: Status = "occurred" if event.status in ("denied", "planned", "conditional") else event.status
    return (
        f"Whether {subject} {conjugate(verb, done)} ({say_when(event)}) is contested: {join(said)} "
        f"{'say' if len(said) > 1 else 'says'} so, {join(denied)} {'deny' if len(denied) > 1 else 'denies'} it"
    )


def split_voices(event: Event) -> tuple[list[str], list[str]]:
    """Who says that an event happened, and who denies it."""
    done = ("occurred", "ongoing", "historical")
    said = [entry.claimant for entry in event.history if entry.status in done]
    denied = [entry.claimant for entry in event.history if entry.status == "denied"]
    return _name(said), _name(denied)


def _name(claimants: Sequence[str | None]) -> list[str]:
    return list(dict.fromkeys(name_speaker(name) if name else "a report in its own words" for name in claimants))


def find_main_outlet(events: Sequence[Event], share: float = 0.75) -> str | None:
    """The outlet that tells so large a share of the events that it needs no naming in every sentence."""
    counts: dict[str, int] = {}
    for event in events:
        for voice in event.outlets:
            counts[voice.name] = counts.get(voice.name, 0) + 1
    best = max(counts, key=lambda name: (counts[name], name), default=None)
    return best if best and counts[best] >= share * len(events) else None
