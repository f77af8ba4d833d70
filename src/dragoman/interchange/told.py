"""An event with the sentences that tell it: what writers of other formats are given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product

from dragoman.domain import Event, EventParty

HAPPENED = frozenset(("occurred", "ongoing"))
"""Statuses of events that formats without a status would tell rightly: they have happened, or are happening."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim of an event, with the report that makes it. Offsets are code points of the report's text."""

    claim_id: str
    report_id: str
    outlet: str | None
    url: str | None
    title: str | None
    day: str | None
    """Day of the report."""
    language: str | None
    characters: int | None
    """Length of the report's text."""
    sentence: int
    """Number of the sentence in its report, from 0."""
    text: str
    """The sentence."""
    sentence_start: int
    sentence_end: int
    trigger: str
    trigger_start: int
    actor_start: int | None
    recipient_start: int | None
    status: str
    claimant: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its evidence, by day of report and id of claim."""

    event: Event
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What a writer is asked for beyond the events."""

    statuses: tuple[str, ...] = ()
    """Statuses that were asked for by name: a network may be one of plans if one asks for plans."""
    search: bool = False
    """SQLite: with a full-text index of sentences."""
    title: str = "Events of a Dragoman archive"
    source: str = ""
    """Archive and snapshot, for the file to say where it is from."""
    version: str = ""
    """Version of Dragoman that writes."""


def find_pairs(event: Event) -> Iterator[tuple[EventParty, EventParty | None]]:
    """The ordered pairs of an event's parties: for formats of one actor and one recipient a row.

    A mutual event is there in both orders, as in dyads; one without recipient has pairs with ``None``.
    """
    actors = list({party.code + party.name: party for party in event.actors}.values())
    others = list({party.code + party.name: party for party in event.recipients}.values())
    if event.mutual and len(actors) + len(others) > 1:
        yield from permutations({p.code + p.name: p for p in (*actors, *others)}.values(), 2)
    else:
        sides: list[EventParty | None] = [*others] or [None]
        yield from product(actors, sides)


def find_name(party: EventParty | None) -> str | None:
    """A party's name; nothing where neither its name nor its code is known."""
    return None if party is None or (party.code == "UNK" and party.name == "unknown") else party.name


def make_number(*words: str, digits: int = 9) -> int:
    """A number for formats whose ids are numbers: the same words give the same one."""
    number = int(hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:15], 16)
    return number % int(f"1{'0' * digits}")
