"""Claims from lines of ``tests/cases/events.yml``, with the vectors that the real model gives their triggers."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any, get_args

from dragoman.coding import load_codebook
from dragoman.domain import (
    Appearance,
    Claim,
    EventType,
    Maker,
    Party,
    PlaceMention,
    Quad,
    Sentence,
    Span,
)
from dragoman.language import analyse

MAKER = Maker("0.1.0", "0123456789abcdef", "r1", "c1")
SIZE = 64
CONFLICT = ("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
VERBAL = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN")


@dataclass(frozen=True)
class Told:
    """Claims by letter, and their reports."""

    claims: dict[str, Claim]
    reports: dict[str, Appearance]


def find_quad(event_type: str) -> Quad:
    kind = "verbal" if event_type in VERBAL else "material"
    return next(q for q in get_args(Quad) if q == f"{kind} {'conflict' if event_type in CONFLICT else 'cooperation'}")


def read_lines(lines: list[str], model: Any = None) -> Told:
    """Claims of a case; with ``model`` they carry vectors."""
    claims, reports = {}, {}
    for line in lines:
        letter, where, what, who, when, place, text = (cell.strip() for cell in line.split("|", 6))
        day, outlet = where.split()
        report = f"re_{letter}"
        reports[report] = Appearance(report, day, outlet, report)
        claims[letter] = make_told(letter, report, what, who, text, date=when or None, place=place, model=model)
    return Told(claims, reports)


def make_told(
    letter: str, report: str, what: str, who: str, text: str, *, date: str | None, place: str, model: Any
) -> Claim:
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    status, event_type, *mode = what.split()
    assert event_type in get_args(EventType)
    left, _, right = who.partition(" > ")
    mutual = " + " in left
    named = place.split()
    return Claim(
        id=f"cl_{letter}", sentence=Sentence(0, Span(0, len(plain)), plain, "body"), trigger=Span(start, end),
        event_type=event_type, mode=mode[0] if mode else None, context=(), quad=find_quad(event_type),
        intensity=load_codebook().get_score(event_type, mode[0] if mode else None),
        actors=tuple(make_party(name) for name in left.split(" + ")),
        recipients=tuple(make_party(name) for name in right.split(" + ") if name), mutual=mutual,
        status=status, claimant=None, magnitudes=(), date=date, date_span=None,
        place=PlaceMention(Span(0, 1), named[0], named[1], precision="point") if named else None,
        confidence=0.8, why=(), maker=MAKER, report_id=report, vector=find_vector(plain, start, model) if model else None,
    )  # type: ignore[arg-type]  # fmt: skip


def make_party(name: str) -> Party:
    kind, _, rest = name.partition(":")
    state = {"vladimir-putin": "RUS", "sergey-lavrov": "RUS"}.get(rest, rest if kind == "state" else None)
    words = rest.replace("-", " ").title() if kind == "person" else rest
    return Party(words, 0, 1, name, words, state or rest.upper(), state, "GOV" if kind != "org" else "IGO")


def find_vector(text: str, start: int, model: Any) -> str:
    (sentence,) = analyse(model, [Sentence(0, Span(0, len(text)), text, "body")])
    word = next(n for n, token in enumerate(sentence.tokens) if token.end > start)
    return base64.b64encode(sentence.meanings[word * SIZE : (word + 1) * SIZE]).decode()
