"""The shapes of answers, as the API's description tells them. Key names are a promise."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict


class Counts(TypedDict):
    """Counts are always three: reports are no events, and one agency's text in forty outlets is one event."""

    events: int
    reports: int
    outlets: int


class Named(TypedDict):
    code: str
    name: str


class Party(Named):
    """A party of an event, with the share of its claims that name it."""

    id: str
    country: str | None
    sector: str | None
    share: float


class Place(TypedDict):
    """Where. ``precision`` says what the coordinates (WGS 84 degrees) stand for: point, area, line, country, water."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str


class EventBrief(TypedDict):
    """An event on one line."""

    id: str
    day: str | None
    day_how: str | None
    earliest: str | None
    latest: str | None
    type: str
    mode: str | None
    quad: str
    intensity: float
    status: str
    words: str
    actors: list[Party]
    recipients: list[Party]
    mutual: bool
    place: Place | None
    confidence: float
    counts: Counts
    texts: int
    contested: bool
    first_report: str | None
    last_report: str | None


class Span(TypedDict):
    """A half-open range of code points, and what the words in it are to the claim."""

    start: int
    end: int
    role: str
    text: str


class Claimant(TypedDict):
    name: str
    code: str


class ClaimBrief(TypedDict):
    """A claim with its sentence; spans count from the sentence's start."""

    id: str
    report_id: str
    event_id: str | None
    day: str | None
    day_how: str | None
    type: str
    mode: str | None
    quad: str
    intensity: float
    status: str
    mutual: bool
    words: str
    actors: list[Named]
    recipients: list[Named]
    claimant: Claimant | None
    sentence: str
    spans: list[Span]
    named_before: list[dict[str, str]]
    confidence: float
    outlet: str | None
    date: str | None
    title: str | None
    url: str | None


class ReportBrief(TypedDict):
    """A report without its text."""

    id: str
    outlet: str | None
    date: str | None
    title: str | None
    url: str | None
    language: str | None
    machine_translated: bool
    copy_of: str | None
    version_of: str | None


class _List(TypedDict):
    next: str | None
    count: dict[str, int] | None
    limit: int
    snapshot: int


class EventList(_List):
    items: list[EventBrief]


class ClaimList(_List):
    items: list[ClaimBrief]


class ReportList(_List):
    items: list[ReportBrief]


class RecordList(_List):
    items: list[dict[str, Any]]


class ShorterSpan(TypedDict):
    """Days of which few enough events are told."""

    since: str
    until: str
    days: int
    events: int


class ProblemRecord(TypedDict, total=False):
    """RFC 9457; ``spans`` where too many events were asked for."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str
    spans: list[ShorterSpan]
