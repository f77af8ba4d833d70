"""On whose word a brief says something: an outlet's, a claimant's, a party's own; and never more than they say.

A sentence is a plain statement only where two outlets tell the event in their own words. Else it names the one outlet
or those in whose mouths it is put. Planned, conditional and denied acts keep their status in the verb.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.domain import BriefSentence, Dossier, Event, Evidence, Manner, Status
from dragoman.relations.brief_words import (
    GIVING,
    cap,
    conjugate,
    conjugate_said,
    get_verb,
    join,
    say_day,
    say_listed,
    say_names,
    trim,
)
from dragoman.relations.kinds import choose_kind
from dragoman.relations.sides import find_claims, find_evidence, find_sides, is_contested

CITED = 3
"""Sentences cited for one event; all of them are a command away (``dragoman events ev_…``)."""
_SHOUTED = 5
"""Single words in capitals longer than this are written as names ("VASQUEZ"); shorter ones are abbreviations."""
_ABBREVIATED = ("DPRK", "UN", "NATO", "EU", "US", "UK", "II", "III")
_ROLES = {"QUESTION": "a questioner", "MODERATOR": "the moderator", "PARTICIPANT": "a participant"}
_TITLES = (
    "Mr", "Ms", "Mrs", "Dr", "Secretary", "President", "Minister", "Chancellor", "Ambassador", "General", "Foreign", "Prime",
    "Deputy",
)  # fmt: skip
_PAPERS = (
    "message", "messages", "letter", "letters", "statement", "statements", "communique", "communiqué", "declaration", "telegram",
    "article", "articles", "commentary", "document", "documents", "text",
)  # fmt: skip
"""What is written speaks for nobody by name: it is said in it, not by it."""
_COMMON = ("reports", "sources", "officials", "media", "report", "authorities", "analysts", "observers", "experts")


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with what a brief needs to say it."""

    event: Event
    evidence: tuple[Evidence, ...]
    actors: tuple[str, ...]
    others: tuple[str, ...]
    verb: str | None = None
    """What is given, where it is help and its words tell."""


def tell(dossier: Dossier, event: Event) -> Telling:
    """An event with its evidence and sides; those of a mutual one who act first stand as actors."""
    actors, recipients = find_sides(event)
    if event.mutual:
        actors, recipients = actors[:1], actors[1:]
    verb = GIVING[choose_kind(find_claims(dossier, event)).kind] if event.event_type == "AID" else None
    others = tuple(code for code in recipients if code not in actors)
    return Telling(event, find_evidence(dossier, event, most=CITED), actors, others, verb)


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
    phrase = verb or telling.verb or get_verb(event.event_type, _find_mode(telling), is_mutual=event.mutual)
    words = _say_act(telling, names, phrase, main)
    if quoted and telling.evidence:
        words += f": “{trim(telling.evidence[0].quote, act=telling.evidence[0].act)}”"
        return BriefSentence(words, find_manner(event, telling.evidence), telling.evidence)
    return BriefSentence(f"{words}.", find_manner(event, telling.evidence), telling.evidence)


def _find_mode(telling: Telling) -> str | None:
    """The mode; an exchange without one is of messages where its words say so."""
    event = telling.event
    if event.event_type == "CONSULT" and event.mode is None and telling.evidence:
        first = telling.evidence[0]
        is_message = any(word in f"{first.act} {first.quote}".lower() for word in _MESSAGES)
        return "message" if is_message and not first.act.lower().startswith(("met", "meet", "talk", "held")) else None
    return event.mode


_MESSAGES = ("message", "letter", "telegram", "greeting card", "sent a reply")


def find_manner(event: Event, evidence: Sequence[Evidence]) -> Manner:
    """How the sentence on an event may be read."""
    if is_contested(event):
        return "contested"
    if event.status in ("planned", "conditional", "denied"):
        return event.status
    return "said" if find_speakers(evidence) or len(event.outlets) < 2 else "fact"


def find_speakers(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Names of the claimants, where every sentence is put in somebody's mouth; else none."""
    speakers = list(dict.fromkeys(name_speaker(each.claimant) for each in evidence if each.claimant))
    if not evidence or any(each.claimant is None for each in evidence):
        return ()
    # "Mr Price" beside "Ned Price" is one man.
    return tuple(speaker for speaker in speakers if not any(_is_same(speaker, other) for other in speakers))


def name_speaker(name: str) -> str:
    """A claimant's name as it stands in a sentence: ``MR PRICE`` is ``Mr Price``, ``Reports`` are reports."""
    if name.lower() in _COMMON:
        return name.lower()
    if name.islower():
        if name.endswith("s") or " " in name:
            return name
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    if name in _ROLES:
        return _ROLES[name]
    if name.isupper() and (" " in name or len(name) > _SHOUTED):
        return " ".join(word if word in _ABBREVIATED else word.title() for word in name.split())
    return say_listed(name)


def say_by(speakers: Sequence[str]) -> str:
    """``by Ned Price and reports``, ``in a message``."""
    papers = [name for name in speakers if name.split()[-1].lower() in _PAPERS]
    people = [name for name in speakers if name not in papers]
    parts = [f"by {join(people)}"] if people else []
    return " and ".join([*parts, *([f"in {join(papers)}"] if papers else [])])


def _is_same(title: str, other: str) -> bool:
    words = title.split()
    return len(words) > 1 and words[0] in _TITLES and other.split()[0] not in _TITLES and other.split()[-1] == words[-1]


def shorten_outlet(name: str) -> str:
    """An outlet's name without what is added in brackets."""
    return name.split(" (")[0]


def say_source(event: Event, main: str | None = None) -> str:
    """Where and when it is told, in brackets: ``(kcna.kp, 13 July 2025)``; a told day of the act stands before them."""
    outlets = [shorten_outlet(voice.name) for voice in event.outlets]
    if len(outlets) > 2:
        outlet = f"{len(outlets)} outlets"
    elif outlets:
        outlet = "" if [voice.name for voice in event.outlets] == [main] else join(outlets)
    else:
        outlet = "no outlet named"
    if event.day_how == "act":
        return f" on {say_day(event.day)}{f' ({outlet})' if outlet else ''}"
    return f" ({f'{outlet}, ' if outlet else 'reported on '}{say_day(event.day)})"


def _say_act(telling: Telling, names: Mapping[str, str], phrase: str, main: str | None) -> str:
    event, source = telling.event, say_source(telling.event, main)
    subject = say_names(telling.actors, names) or "an unnamed party"
    nobody = "one another" if len(telling.actors) > 1 else "an unnamed party"
    if event.event_type == "MOBILIZE" and not telling.others:
        phrase = phrase.removesuffix(" towards {o}").removesuffix(" against {o}")
    verb = phrase.replace("{o}", say_names(telling.others, names) or nobody)
    if is_contested(event):
        return _say_contested(event, subject, verb, source)
    speakers = find_speakers(telling.evidence)
    is_plural = len(telling.actors) > 1
    if speakers and _is_own(telling):
        done = conjugate(verb, event.status, is_plural=is_plural)
        return f"By its own account ({join(speakers)}), {subject} {done}{source}"
    if speakers:
        said = f"{'are' if is_plural else 'is'} said {say_by(speakers)} {conjugate_said(verb, event.status)}"
        return f"{cap(subject)} {said}{source}"
    return f"{cap(subject)} {conjugate(verb, event.status, is_plural=is_plural)}{source}"


def _is_own(telling: Telling) -> bool:
    """Whether those who say it are the ones who act."""
    codes = {each.claimant_code for each in telling.evidence if each.claimant}
    return bool(codes) and len(telling.actors) == 1 and codes == {telling.actors[0]}


def _say_contested(event: Event, subject: str, verb: str, source: str) -> str:
    said, denied = split_voices(event)
    done: Status = "occurred" if event.status in ("denied", "planned", "conditional") else event.status
    return (
        f"Whether {subject} {conjugate(verb, done)}{source} is contested: {join(said)} "
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
