"""The frozen types of what passes between parties: Evidence → Transfer (Ledger), Commitment, Threat, and the Brief.

All of them are drawn from events and name, for every entry, the event and the sentences that bear it out. Figures stand
side by side with those who give them; they are never added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.domain.events import Counts, Event
from dragoman.domain.reading import Claim, EventType, Status

TransferKind = Literal["arms", "troops", "money", "goods", "relief", "know-how", "people", "not told"]
"""What passes. ``people`` are captives and bodies handed over; ``not told`` is help or trade whose kind no words tell."""
Told = Literal["passed", "passing", "promised", "planned", "conditional", "denied", "earlier"]
"""How far it is said to have come: it passed, is passing, was promised, will, may, did not; ``earlier`` is history that a
report recalls."""
CommitmentKind = Literal["treaty", "pledge", "offer"]
Fate = Literal["kept", "broken", "turned down", "pending", "denied"]
"""What became of a commitment. ``pending``: no later event of the archive tells; it isn't a judgement."""
ThreatKind = Literal["threat", "demand"]
Answer = Literal["carried out", "already under way", "met", "refused", "nothing seen", "denied"]
"""What became of a threat (carried out, already under way before it) or a demand (met, refused)."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a report came from: what a citation needs of it."""

    report_id: str
    outlet: str | None = None
    date: str | None = None
    """Day of publication, ISO 8601."""
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Events with their claims and the reports these stand in: all that ledgers, commitments and briefs are drawn from."""

    events: tuple[Event, ...]
    """By day and id."""
    claims: Mapping[str, Claim]
    reports: Mapping[str, Provenance]
    names: Mapping[str, str] = field(default_factory=dict)
    """Code → name: ``PRK`` → ``North Korea``."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of one report that bears something out."""

    event_id: str
    claim_id: str
    report_id: str
    quote: str
    """The sentence, its white space made single."""
    act: str
    """The words in it that name the act."""
    outlet: str | None
    date: str | None
    """Day of publication, ISO 8601."""
    url: str | None
    claimant: str | None
    """On whose word; ``None`` where it is the report's own."""
    claimant_code: str | None
    status: Status
    """As this claim tells it."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Size:
    """One figure, as one claim gives it."""

    text: str
    low: float | None
    best: float | None
    high: float | None
    unit: str
    """ISO 4217 code for money, else what is counted."""
    claimant: str | None
    """``None`` where it is the report's own word."""
    outlet: str | None
    claim_id: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one event tells passed from one side to another, or will pass, or did not."""

    event_id: str
    day: str | None
    givers: tuple[str, ...]
    """Codes of the parties that give."""
    receivers: tuple[str, ...]
    is_mutual: bool
    """Both sides give and receive: trade, joint work. ``givers`` and ``receivers`` are then the same parties."""
    kind: TransferKind
    kind_why: str
    """Which words or figure told the kind."""
    what: str
    """What passed, in the words of the surest claim, or empty."""
    event_type: EventType
    status: Status
    told: Told
    is_contested: bool
    """One party says that it happened and another that it did not."""
    sizes: tuple[Size, ...]
    reports: int
    outlets: int
    texts: int
    """Independent texts that tell it."""
    confidence: float
    evidence: tuple[Evidence, ...]
    """The sentences, the surest first."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Transfers of one kind one way. Events are counted; figures of several events may count the same goods, so the
    smallest and largest are told and no sum is made."""

    giver: str
    receiver: str
    kind: TransferKind
    passed: int
    """Events told as having passed or passing, earlier ones apart."""
    promised: int
    """Promised, planned or conditional."""
    denied: int
    contested: int
    earlier: int
    sizes: tuple[SizeSpan, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class SizeSpan:
    """The smallest and largest figure that any one claim gives in one unit, over events not planned or denied."""

    unit: str
    low: float
    high: float
    figures: int
    events: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What passed between two sides, both ways."""

    left: str
    right: str | None
    """``None``: what one side gave and received, whoever the other was."""
    since: str | None
    until: str | None
    transfers: tuple[Transfer, ...]
    """By day and id."""
    tallies: tuple[Tally, ...]
    """By direction and kind; a mutual transfer counts each way."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A later event that bears on a commitment or threat, and the rule by which it does."""

    event_id: str
    day: str | None
    does: str
    """``keeps``, ``breaks``, ``turns down``, ``fits`` (in line with a promise too vague to be kept), ``carries out``,
    ``meets``, ``refuses``."""
    rule: str
    """In words: ``aid of the kind promised, from the promiser, within 365 days``."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A treaty, pledge or offer, and what became of it."""

    event_id: str
    day: str | None
    kind: CommitmentKind
    by: tuple[str, ...]
    """Codes of those who commit themselves; all parties of a mutual one."""
    to: tuple[str, ...]
    is_mutual: bool
    topic: str
    """What is promised, as far as the words tell: ``arms``, ``troops``, ``a meeting``, ``a ceasefire`` …; else ``not told``."""
    event_type: EventType
    status: Status
    fate: Fate
    rule: str
    """The rule that decided the fate, in words."""
    follow_ups: tuple[FollowUp, ...]
    """Later events that bear on it, by day."""
    is_contested: bool
    reports: int
    outlets: int
    texts: int
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Threat:
    """A threat or a demand, its condition, and whether it was carried out or met."""

    event_id: str
    day: str | None
    kind: ThreatKind
    by: tuple[str, ...]
    to: tuple[str, ...]
    what: str
    """What is threatened or asked for, from the mode: ``force``, ``restrictions``, ``a concession`` …"""
    mode: str | None
    condition: str | None
    """The words of the sentence that name the condition: ``if its demands are not met``."""
    status: Status
    answer: Answer
    rule: str
    follow_ups: tuple[FollowUp, ...]
    before: int
    """Acts of the threatened kind, the same way, in the days before it."""
    is_contested: bool
    reports: int
    outlets: int
    texts: int
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A day from which on a relation was another, as the rooms of series and levels tell it."""

    day: str
    words: str
    """What changed, in words: ``from cool to warm``."""
    event_ids: tuple[str, ...] = ()
    """Events that made the most of it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a relation stands, as the rooms of series and levels tell it."""

    level: str
    """The word: ``cordial``, ``tense`` …"""
    why: str
    """The rule and figures behind the word."""
    turns: tuple[Turn, ...] = ()
    since: str | None = None
    """The window that the level is of, ISO 8601."""
    until: str | None = None


BriefKind = Literal["dyad", "bloc", "actor"]
Manner = Literal["fact", "said", "planned", "conditional", "denied", "contested", "note"]
"""How a sentence of a brief may be read: what several or the report itself tell, what one party says, what is to come,
what is disputed; ``note`` is about the record and not about the world."""


@dataclass(frozen=True, slots=True)
class BriefSentence:
    """One sentence of a brief with all that bears it out."""

    text: str
    manner: Manner
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefSection:
    """Sentences under one heading."""

    key: str
    """``standing``, ``course``, ``exchanges``, ``commitments``, ``warnings``, ``meetings``, ``partners``, ``members``,
    ``adversaries``, ``contested``, ``gaps``."""
    title: str
    sentences: tuple[BriefSentence, ...]


@dataclass(frozen=True, slots=True)
class MonthBar:
    """Events of one month: cooperative, conflictual, and how many of each are not (yet) told as done."""

    month: str
    """``YYYY-MM``."""
    cooperation: int
    conflict: int
    open_cooperation: int
    """Of them planned, conditional or denied."""
    open_conflict: int
    reports: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief of a dyad, bloc or actor, as data. Writers make text, Markdown and HTML of it."""

    kind: BriefKind
    parties: tuple[str, ...]
    names: Mapping[str, str]
    title: str
    since: str | None
    until: str | None
    first: str | None
    """Day of the first event."""
    last: str | None
    counts: Counts
    sections: tuple[BriefSection, ...]
    months: tuple[MonthBar, ...]
    """Every month from the first to the last, empty ones too."""
    ledger: Ledger | None
    snapshot: str = ""
    """Which archive and snapshot it was drawn from, in words."""
