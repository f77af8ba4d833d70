"""The frozen types everything else is made of: Report → Sentence → Mention → Claim.

Offsets are half-open ranges of Unicode code points in the report's **original** text; whatever
cleaning did in between, ``report.text[start:end]`` gives back the quoted words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["headline", "summary", "subheading", "body", "caption", "dateline", "byline", "boilerplate"]
SPEAKING: frozenset[str] = frozenset({"headline", "summary", "subheading", "body"})
"""The kinds of block whose sentences can speak claims."""

EntityKind = Literal["person", "organisation", "place", "nationality", "date", "money", "facility", "product", "other"]
Status = Literal["occurred", "ongoing", "planned", "conditional", "denied", "historical"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Precision = Literal["point", "area", "line", "country", "water", "unknown"]
"""What the coordinates of a place stand for: the spot itself, or the middle of something larger."""
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in a report's original text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got start={self.start}, end={self.end}")

    def cut(self, text: str) -> str:
        """The words of ``text`` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A run of a report's text of one kind."""

    kind: BlockKind
    span: Span
    why: str = ""
    """The rule that named the kind, e.g. ``"mark: [ad_1]"``."""


@dataclass(frozen=True, slots=True)
class Report:
    """One published text, with where and when it came from."""

    id: str
    """The input record's own id, else the SHA-256 (first 16 hex digits) of its content."""
    text: str
    """The original text all offsets count in: the text field as decoded; for pages and feeds the extracted text."""
    title: str | None = None
    """Headline from metadata. Where it isn't part of ``text``, it is a title only and speaks no claims."""
    date: str | None = None
    """Publication day, ISO 8601 (``YYYY-MM-DD``)."""
    date_how: str | None = None
    """How the date was found: ``option``, ``record: pub_date``, ``page: article:published_time``, ``text: dateline`` …"""
    outlet: str | None = None
    url: str | None = None
    agencies: tuple[str, ...] = ()
    """News agencies that the text cites or credits, in order of appearance."""
    language: str | None = None
    """ISO 639-1 code of the text."""
    translated: bool = False
    """The record says that this text is a translation of an original it also holds."""
    machine_translated: bool = False
    """The text looks machine-translated, or its record says so."""
    page_sha256: str | None = None
    """SHA-256 of the page or feed the text was extracted from."""
    repairs: tuple[str, ...] = ()
    """What was repaired in damaged text before it was read (``mojibake``, ``controls``)."""
    place: str = ""
    """Where the input was: file and line, for errors and the rejected list."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys of the input record that Dragoman doesn't know, kept as given."""


@dataclass(frozen=True, slots=True)
class Token:
    """A syntactic word with its analysis. ``head`` is the index of the governing token, -1 for the root."""

    text: str
    start: int
    end: int
    lemma: str
    upos: str
    """Universal part of speech, e.g. ``VERB``. Source: Universal Dependencies 2."""
    feats: str
    """The features that carry tense, mood, voice, number and negation, e.g. ``Mood=Ind|Tense=Past|VerbForm=Fin``."""
    head: int
    relation: str
    """Universal dependency relation to the head, with subtype, e.g. ``nsubj:pass``."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: tokens ``first`` to ``last``, both included."""

    kind: EntityKind
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Role:
    """A semantic role: the token ``argument`` heads the phrase that plays ``label`` for ``predicate``."""

    predicate: int
    argument: int
    label: str
    """PropBank label: ``ARG0`` … ``ARG5``, ``ARGM-TMP``, ``ARGM-LOC``, ``ARGM-NEG``, ``ARGM-MOD`` …"""
    score: float


@dataclass(frozen=True, slots=True)
class SeenAct:
    """An act that the model sees named by a word, before anything is decided. All chances are 0 to 1."""

    word: int
    """Index of the token."""
    chance: float
    """That the word names an act at all."""
    types: tuple[tuple[EventType, float], ...]
    """Types with their chances, given that it is an act; the likeliest first."""
    statuses: tuple[tuple[Status, float], ...]
    modes: Mapping[str, str | None]
    """The likeliest mode under each of the likeliest types."""
    slots: Mapping[str, tuple[tuple[int, float], ...]]
    """Slot (``actor``, ``recipient``, ``claimant``, ``magnitude``, ``date``, ``place``) → tokens with their chances."""


@dataclass(frozen=True, slots=True)
class SpeechPart:
    """Words that say whose word something is: the source ("officials") or the cue ("according to")."""

    kind: Literal["source", "cue"]
    first: int
    last: int
    """Indices of tokens, both included."""
    score: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of a speaking block, with the model's analysis (empty until the model has read it)."""

    index: int
    span: Span
    text: str
    block: BlockKind
    tokens: tuple[Token, ...] = ()
    entities: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    acts: tuple[SeenAct, ...] = ()
    factuality: tuple[float, ...] = ()
    """How sure each word's happening is, about -3 (did not) to 3 (did). Source: White et al. 2016, Universal
    Decompositional Semantics on Universal Dependencies."""
    speech: tuple[SpeechPart, ...] = ()
    paragraph: int = 0
    """Number of the block this sentence stands in."""
    meanings: bytes = field(default=b"", repr=False)
    """What each word means in its sentence: 64 signed bytes a token, whose cosine tells how likely two tell one happening."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of the roster as one sentence names it."""

    text: str
    start: int
    end: int
    id: str
    """Roster id, e.g. ``state:RUS``, ``person:sergey-lavrov``; ``unknown`` where no actor could be named."""
    name: str
    code: str
    """ISO 3166-1 alpha-3 for states, their organs and officials; ``UNO``, ``NATO``, ``EU`` …; ``PRK-MED``; ``UNK``."""
    country: str | None = None
    """ISO 3166-1 alpha-3 of the state the party belongs to or acts from."""
    sector: str | None = None
    """PLOVER sector, e.g. ``GOV``, ``MIL``, ``JRN`` (journalists; there ``MED`` is medical). Source: PLOVER 2.0."""


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A phrase that stands for one or several parties ("the two countries" for two)."""

    span: Span
    head: int
    """Index of the phrase's head token in its sentence."""
    parties: tuple[Party, ...]
    why: str
    """The rule that linked it: ``name``, ``office at date``, ``nationality + noun``, ``pronoun → …``."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A phrase that names a day, month or year, resolved against the report's date."""

    span: Span
    date: str | None
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ``None`` where the words don't tell (``recently``)."""
    how: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A phrase that names a place. Latitude and longitude are WGS 84 degrees."""

    span: Span
    name: str
    country: str | None
    lat: float | None = None
    lon: float | None = None
    kind: str = "place"
    """``country``, ``region``, ``county``, ``city``, ``capital``, ``sea``, ``strait``, ``facility``, ``crossing`` …"""
    precision: Precision = "unknown"
    """What the point stands for: ``point`` (town, base, crossing), ``area`` (province, island, region; also a town of which
    only the state is known), ``line`` (a border), ``country``, ``water``."""


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A quantity that measures an act."""

    text: str
    start: int
    end: int
    value: float | None
    """``None`` where the words give no number ("dozens", "many")."""
    low: float | None
    high: float | None
    unit: str
    """ISO 4217 code for money, else what is counted in lower case (``soldiers``, ``killed``, ``days``)."""
    kind: Literal["people", "money", "items", "duration", "other"]

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything found in one sentence."""

    parties: tuple[PartyMention, ...] = ()
    times: Sequence[TimeMention] = ()
    places: Sequence[PlaceMention] = ()
    quantities: Sequence[Magnitude] = ()


@dataclass(frozen=True, slots=True)
class PairCode:
    """What one party of a sentence does to another: the likeliest type, mode and status, and the chances of all."""

    event_type: EventType
    mode: str | None
    status: Status
    types: Mapping[str, float]
    statuses: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a claim: enough to make it again."""

    version: str
    model: str
    """SHA-256 (first 16 hex digits) of the model's weights."""
    roster: str
    codebook: str
    overlay: str | None = None
    """Hash of the user's own actors, acts and outlets, where there are any."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence of one report says one party did (will do, is said not to have done) to another."""

    id: str
    sentence: Sentence
    trigger: Span
    event_type: EventType
    mode: str | None
    context: tuple[str, ...]
    quad: Quad
    intensity: float
    """PLOVER score of type and mode, from -10 (conflict) to +10 (cooperation). Source: PLOVER 2.0 manual, tab. ploverscores."""
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    mutual: bool
    """The act is done by all ``actors`` with one another: one dyad for each ordered pair of them."""
    status: Status
    claimant: Party | None
    magnitudes: tuple[Magnitude, ...]
    date: str | None
    date_span: Span | None
    place: PlaceMention | None
    confidence: float
    why: tuple[str, ...]
    maker: Maker
    report_id: str = ""
    """The report that makes it."""
    vector: str | None = field(default=None, repr=False)
    """What its trigger means in its sentence: 64 signed bytes in base64, for telling which claims are one event."""

    def __post_init__(self) -> None:
        if not self.sentence.span.covers(self.trigger) or self.trigger.start == self.trigger.end:
            raise ValueError(f"claim {self.id}: trigger {self.trigger} lies outside its sentence {self.sentence.span}")
        if not self.actors:
            raise ValueError(f"claim {self.id}: a claim needs an actor")


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that was read and not kept, and why."""

    step: str
    """``read``, ``link``, ``code`` …"""
    reason: str
    """A short fixed phrase, countable: ``not in English``, ``two readings left``, ``no actor``."""
    detail: str = ""
    """What it was, where, and what would help."""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with everything that was found in it."""

    report: Report
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    rejected: tuple[Rejected, ...]

    def _repr_html_(self) -> str:
        """The claims above their marked sentences: what a notebook shows."""
        from dragoman.notebook import to_html

        return to_html(self)
