"""Claim → Telling: what of a claim is compared, in the form in which it is compared quickly."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dragoman.domain import Claim, Party, Quad, Status
from dragoman.events.cues import Cues, find_cues, find_told_day
from dragoman.events.lasting import find_lasting
from dragoman.events.words import Weights, find_proper_stems, find_stem, find_stems, weigh

_HEADING = re.compile(
    r"^(.{3,80}?)(?:['’]s?)?\s(?:[\w-]+\s){0,2}(?:meetings?|calls?|talks|conversation|consultations|travel|trip|visit)\s"
    r"(?:with|to)\s+(.{3,})$",
    re.IGNORECASE,
)
"""``Minister A’s Meeting with Minister B``, ``Minister A’s Travel to B``: the heading of a readout tells of one meeting or trip."""
MOST_OVER = 1.25
"""How many times "over 186 million" the sum that is meant may be: who gives more says so."""
_BREAK = re.compile(r"[,;:–—]|\b(?:and|or|but)\b")
_SPEAKER = re.compile(r"^\s*[A-Z][A-Z .'’-]{2,40}:\s*(?:\([^)]*\)\s*)?")
"""Who speaks, as minutes and transcripts put it before the sentence: it is in all of that speaker's."""
_I = re.compile(r"(?<![\w.])I(?:['’](?:m|ve|d|ll))?(?=\s)(?!\s*[.)])")
LEAST_SPOKEN, LEAST_SAYING = 0.15, 2
"""Share and number of a report's sentences in which somebody says "I" from which it is somebody's speech."""


@dataclass(frozen=True, slots=True)
class Side:
    """A party as it is compared."""

    id: str
    """Roster id; ``""`` where no actor could be named."""
    code: str
    state: str | None
    sector: str | None
    stems: frozenset[str]
    """Of the words that name it, and of its name."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days between which something happens, both included, as day numbers (``date.toordinal``)."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is compared. Latitude and longitude are WGS 84 degrees."""

    stems: frozenset[str]
    country: str | None
    lat: float | None
    lon: float | None
    precision: str


@dataclass(frozen=True, slots=True)
class Size:
    """A figure as it is compared."""

    kind: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Story:
    """What a report is about: the words of its claims' sentences and title, weighed."""

    report_id: str
    text_id: str
    """The text it tells: that of the report it copies or is a version of, else its own."""
    day: int | None
    outlet: str | None
    weights: Weights
    host: frozenset[str] = frozenset()
    """Where the heading is that of a readout: stems of the names before ``’s meeting with``, offices aside."""
    guests: frozenset[str] = frozenset()
    """Stems of all words after it."""
    is_spoken: bool = False
    """Whether it is a transcript or a speech: it goes from one occasion to the next without telling a story."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim as it is compared with others."""

    id: str
    story: Story
    stems: tuple[str, ...]
    """Of the trigger: the head first."""
    event_type: str | None
    mode: str | None
    quad: Quad | None
    status: Status | None
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    window: Window | None
    """When it happens, where the claim tells."""
    place: Spot | None
    sizes: tuple[Size, ...]
    weights: Weights
    """Of the words of its sentence."""
    content: Weights = field(default_factory=dict)
    """Of those among them that name none of its parties."""
    named: Weights = field(default_factory=dict)
    """Of the words that name its parties."""
    sentence: int = -1
    """Number of its sentence in its report."""
    mutual: bool = False
    confidence: float = 1.0
    proper: frozenset[str] = frozenset()
    """Stems of the words among its content that begin with a capital within the sentence: names of others than its parties."""
    lasting: str | None = None
    """The war or occupation it names as a whole, e.g. ``RUS>UKR war``; ``None`` where it tells an act."""
    at: tuple[int, int] = (0, 0)
    """Where its trigger begins and ends in the report's text."""
    breaks: tuple[int, ...] = ()
    """Where in the report's text its sentence begins something new: its ``and``, ``or``, ``but``, commas and semicolons."""
    cues: Cues = field(default_factory=Cues)
    """What its sentence tells of its occasion."""
    vector: Any = field(default=None, repr=False, compare=False)
    """What its trigger means, (64,) float32 of length 1; ``None`` where not known."""


def make_telling(claim: Claim, story: Story) -> Telling:
    """A claim as it is compared; its sentence needs no analysis."""
    start = claim.sentence.span.start
    trigger = claim.sentence.text[claim.trigger.start - start : claim.trigger.end - start]
    stems = find_stems(_SPEAKER.sub("", claim.sentence.text))
    actors, recipients = tuple(map(make_side, claim.actors)), tuple(map(make_side, claim.recipients))
    named = weigh_parties((*actors, *recipients))
    window = find_window(find_told_day(claim, story.day) or claim.date)
    return Telling(
        id=claim.id,
        story=story,
        stems=tuple(find_stems(trigger)) or (find_stem(trigger),),
        event_type=claim.event_type,
        mode=claim.mode,
        quad=claim.quad,
        status=claim.status,
        actors=actors,
        recipients=recipients,
        window=window,
        place=_make_spot(claim),
        sizes=tuple(
            Size(size.kind, size.unit, size.low, size.high or size.low * MOST_OVER)
            for size in claim.magnitudes
            if size.low is not None and (size.high is not None or size.kind == "money")
        ),
        weights=weigh(stems),
        content=weigh(stem for stem in stems if stem not in named),
        named=named,
        sentence=claim.sentence.index,
        mutual=claim.mutual,
        confidence=claim.confidence,
        proper=frozenset(find_proper_stems(claim.sentence.text)) - named.keys(),
        lasting=find_lasting(claim, window, story.day),
        at=(claim.trigger.start, claim.trigger.end),
        breaks=tuple(start + found.start() for found in _BREAK.finditer(claim.sentence.text)),
        cues=find_cues(claim),
        vector=read_vector(claim.vector),
    )


def weigh_parties(sides: Iterable[Side]) -> Weights:
    """The words that name these parties, weighed."""
    return weigh([stem for side in sides for stem in sorted(side.stems)])


def make_story(report_id: str, text_id: str, day: str | None, texts: Iterable[str], *, outlet: str | None) -> Story:
    """What a report is about, from its title (the first of ``texts``, where it has one) and the sentences of its claims."""
    lines = list(texts)
    stems = [stem for text in lines for stem in find_stems(text)]
    host, guests = _find_heading(lines[0] if lines else "")
    return Story(report_id, text_id, find_day(day), outlet, weigh(stems), host, guests, _is_spoken(lines))


def _is_spoken(lines: Sequence[str]) -> bool:
    """Whether speakers stand before a report's sentences, or its sentences say "I"."""
    if any(_SPEAKER.match(line) for line in lines):
        return True
    return sum(bool(_I.search(line)) for line in lines) >= max(LEAST_SAYING, LEAST_SPOKEN * len(lines))


def _find_heading(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Who met whom, by the heading of a readout; nothing where it is another text's."""
    found = None if text.rstrip().endswith(".") else _HEADING.match(" ".join(text.split()))
    if found is None:
        return frozenset(), frozenset()
    host, guests = found.groups()
    return frozenset(find_proper_stems(f"_ {host}")), frozenset(find_stems(guests))


def read_vector(text: str | None) -> Any:
    """A claim's vector from its text, (64,) float32 of length 1."""
    if not text:
        return None
    vector = np.frombuffer(base64.b64decode(text), dtype=np.int8).astype(np.float32)
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def make_side(party: Party) -> Side:
    """A party as it is compared; one that the roster lacks has its words alone."""
    is_known = party.id not in ("unknown", "")
    stems = frozenset(find_stems(f"{party.text} {party.name if is_known else ''}"))
    return Side(party.id if is_known else "", party.code, party.country, party.sector, stems)


def find_window(date: str | None) -> Window | None:
    """The days that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` stands for; ``None`` where there is no such day."""
    try:
        if not date:
            return None
        year, month, day = (*(int(part) for part in date.split("-")), 0, 0)[:3]
        if day:
            first = last = dt.date(year, month, day)
        else:
            first = dt.date(year, month or 1, 1)
            last = dt.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1) - dt.timedelta(days=1)
        return Window(first.toordinal(), last.toordinal())
    except ValueError:
        return None


def find_day(date: str | None) -> int | None:
    window = find_window(date)
    return window.first if window else None


def _make_spot(claim: Claim) -> Spot | None:
    place = claim.place
    if place is None:
        return None
    return Spot(frozenset(find_stems(place.name)), place.country, place.lat, place.lon, place.precision)
