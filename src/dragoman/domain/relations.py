"""The frozen types of relations: Act → Series, Level, ChangePoint, Network, Bloc. Every number names its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.domain.events import Counts
from dragoman.domain.reading import EventType, Quad, Status

Unit = Literal["day", "week", "month", "year"]
LevelWord = Literal["hostile", "strained", "distant", "working", "partners", "allied", "too little evidence"]


@dataclass(frozen=True, slots=True)
class Act:
    """One event as one ordered pair of its parties sees it. A mutual event is an act of each pair in both orders.

    Light on purpose: a million fit into memory. What made it is found again by ``event_id``.
    """

    event_id: str
    day: str
    """The day it is counted on, ISO 8601."""
    actor: str
    """Code a party is counted under: its state's (ISO 3166-1 alpha-3), that of an organisation (UNO, NATO …), or UNK."""
    recipient: str | None
    event_type: EventType
    mode: str | None
    quad: Quad
    intensity: float
    """PLOVER score of type and mode, -10 (conflict) to +10 (cooperation)."""
    status: Status
    mutual: bool
    confidence: float
    """Chance that the event is right, 0 to 1."""
    reports: tuple[str, ...] = ()
    """Ids of the reports that tell it."""
    outlets: tuple[str, ...] = ()
    texts: int = 1
    """Independent texts that tell it."""
    context: tuple[str, ...] = ()
    """PLOVER contexts: military, diplomatic …"""
    origin: str = "coded"
    """``coded``, or the name of the imported set it comes from."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was read that was published in a period: what counts are measured against."""

    period: str
    reports: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series."""

    period: str
    """``2024-06-19``, ``2024-W25``, ``2024-06`` or ``2024``."""
    start: str
    """Its first day, ISO 8601."""
    cooperation: float
    """Sum of the intensities above zero of its events, each event once."""
    conflict: float
    """Sum of those below zero, as a figure above zero."""
    by_quad: Mapping[str, int]
    by_type: Mapping[str, int]
    beside: Mapping[str, int]
    """Events that don't count as acts, by status: planned, conditional, denied, historical."""
    counts: Counts
    read: int
    """Reports that were read of this period, about anything."""
    events: tuple[str, ...]
    """Ids of the events counted, by day."""

    @property
    def net(self) -> float:
        """Cooperation less conflict."""
        return self.cooperation - self.conflict

    @property
    def per_thousand(self) -> float | None:
        """Events for every thousand reports that were read of this period; ``None`` where none was."""
        return 1000 * self.counts.events / self.read if self.read else None


@dataclass(frozen=True, slots=True)
class Series:
    """A dyad through time, every period of the span filled."""

    actor: str
    recipient: str
    directed: bool
    """What ``actor`` does to ``recipient`` alone; else both ways, a mutual event once."""
    unit: Unit
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """How much of what passes between two goes one way."""

    there: Counts
    """What the first does to the second."""
    back: Counts
    both: Counts
    """What they do with one another."""
    share: float | None
    """Share of the one-way events that the first does; ``None`` where there are none."""


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Who deals with both of a dyad, and how: a common friend, a common adversary, or friend of one alone."""

    code: str
    with_first: float
    """Net score of its events with the first, both ways."""
    with_second: float
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A relation in a word, by a stated rule on the events of a window."""

    word: LevelWord
    why: str
    """The rule that held and the figures it held for."""
    since: str
    until: str
    """The window, ISO 8601."""
    counts: Counts
    mean: float | None
    """Mean intensity of its events, -10 to +10."""
    material_conflict: float | None
    """Share of its events that are material conflict."""
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of periods between two change points with its rates."""

    start: str
    end: str
    """First and last period."""
    cooperation: float
    """Cooperative events a period."""
    conflict: float
    periods: int


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A period from which on a relation was another."""

    period: str
    start: str
    """Its first day, ISO 8601."""
    before: Stretch
    after: Stretch
    gain: float
    """How much better two stretches fit than one, in units of log likelihood above the penalty."""
    words: str
    events: tuple[str, ...]
    """The events of the new stretch's first periods that made the most of it."""


@dataclass(frozen=True, slots=True)
class Mover:
    """A dyad whose events since a day differ from those of as long a time before."""

    first: str
    second: str
    before: float
    """Net score before."""
    now: float
    new_types: tuple[str, ...]
    """Types seen since that day and not before."""
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """How two parties stand to one another in one period, both ways taken together."""

    first: str
    second: str
    cooperation: float
    conflict: float
    weight: float
    """Signed: logarithm of one plus the net score, with its sign. One loud month doesn't outweigh a year."""
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The ties of one period."""

    period: str
    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Bloc:
    """Parties that stand closer to one another than to the rest."""

    label: str
    """The member with the strongest ties inside; kept from period to period while the bloc goes on."""
    members: Mapping[str, float]
    """Code → how often it falls into this bloc when events are drawn anew, 0 to 1."""
    stability: float
    """Mean of how often two of its members fall together when events are drawn anew, 0 to 1."""
    rivals: tuple[tuple[str, str], ...] = ()
    """Pairs of its members whose own tie is negative: kept together because all else would be worse."""


@dataclass(frozen=True, slots=True)
class Blocs:
    """The blocs of one period, the largest first."""

    period: str
    blocs: tuple[Bloc, ...]
    modularity: float
    """Signed modularity of this division. Source: Gómez, Jensen and Arenas 2009, Phys. Rev. E 80, 016114."""
    parties: int
    alone: tuple[str, ...] = field(default=())
    """Parties in no bloc."""
