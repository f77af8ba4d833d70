"""The frozen types above claims: Judgement and Event. Claims are kept, events are derived from them and from judgements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.domain.reading import EventType, Magnitude, Precision, Quad, Status

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two claims tell of the same happening: by which rule or person, how sure, and why."""

    first: str
    second: str
    """Ids of the two claims, the smaller first."""
    verdict: Verdict
    score: float
    """Chance that they are the same, 0 to 1; a person's is 1 or 0."""
    rule: str
    """``own repetition``, ``copy``, ``pair model``, ``lasting``, ``person``."""
    reasons: tuple[str, ...] = ()
    """What spoke for and against, in words with their weights."""
    by: str | None = None
    """The person, where one judged."""
    when: str | None = None
    """UTC, ISO 8601, where a person judged."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A report as events see it: when and where a text appeared, and whose text it is."""

    report_id: str
    day: str | None
    outlet: str | None
    text_id: str
    """The first report of this text: copies and versions share it."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """What became of an event's id that no event has any more."""

    event_id: str
    became: tuple[str, ...]
    """Events that hold its claims now, the one with most first; empty where none does."""
    reason: str
    """``merged into ev_…``, ``split into ev_… and ev_…``, ``withdrawn: …``."""


@dataclass(frozen=True, slots=True)
class EventParty:
    """A party of an event, with the share of its claims that name it."""

    id: str
    name: str
    code: str
    country: str | None
    sector: str | None
    share: float


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event happened, with the share of its placed claims that say so. WGS 84 degrees."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    kind: str
    precision: Precision
    share: float


@dataclass(frozen=True, slots=True)
class StatusChange:
    """What an event's status was said to be, from which day, by whom."""

    status: Status
    day: str | None
    """Day of the report that says so, ISO 8601."""
    claimant: str | None
    """Name of the claimant; ``None`` where it is the report's own word."""
    claim_id: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One size of an event as one claim gives it: figures stand side by side, they are never averaged."""

    magnitude: Magnitude
    claimant: str | None
    claim_id: str
    day: str | None
    """Day of the report."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says that it happened: a claimant or an outlet, with its state and how many claims it makes."""

    name: str
    code: str | None
    country: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts are always three, for reports are no events: of events (or claims), reports and outlets."""

    events: int
    reports: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Event:
    """Claims judged to be the same happening. Every field is drawn from them and names how sure it is."""

    id: str
    """``ev_`` and the hash part of its smallest claim, by report day and claim id."""
    claims: tuple[str, ...]
    """Ids of its claims, by report day and id."""
    event_type: EventType
    type_share: float
    """Share of its claims (weighted by confidence) that have this type."""
    mode: str | None
    context: tuple[str, ...]
    quad: Quad
    intensity: float
    actors: tuple[EventParty, ...]
    recipients: tuple[EventParty, ...]
    mutual: bool
    status: Status
    history: tuple[StatusChange, ...]
    """One entry whenever status or claimant changes, by day."""
    earliest: str | None
    latest: str | None
    """The days between which it happened, ISO 8601, as its claims tell; ``None`` where none tells."""
    day: str | None
    """The day it is counted on: ``earliest`` where told, else the day of its first report."""
    day_how: Literal["act", "report"] | None
    place: EventPlace | None
    figures: tuple[Figure, ...]
    claimants: tuple[Voice, ...]
    outlets: tuple[Voice, ...]
    reports: tuple[str, ...]
    """Ids of the reports that tell it, copies of texts included."""
    texts: int
    """Independent texts among them: copies and versions of one text count once."""
    first_report: str | None
    last_report: str | None
    """Days of the first and the last report."""
    confidence: float
    """Chance that it is right: that of its surest claim, raised by independent texts."""

    @property
    def counts(self) -> Counts:
        return Counts(1, len(self.reports), len(self.outlets))
