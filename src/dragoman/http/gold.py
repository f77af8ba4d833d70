"""Reviewed claims as coded reports: the shape that ``dragoman train`` takes.

    {"id", "outlet", "date", "sentences": [{"n", "text"}], "claims": [{"sentence", "trigger", "event_type", "status", …}]}

A sentence stands in it once one of its claims was reviewed. The other claims of such a sentence go along as the coder made
them, with ``"doubt": true``: without them their words would be taught as no act.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from dragoman.domain import Claim, EventType, Party, Status
from dragoman.http.review_store import Review

TYPES, STATUSES = frozenset(get_args(EventType)), frozenset(get_args(Status))
FIELDS = ("trigger", "event_type", "status", "actors", "recipients", "claimant", "magnitudes", "date", "place")
"""What a fix may set."""


def check_fix(fix: Mapping[str, Any], sentence: str) -> None:
    """Check that a fix can be taught: known codes, and words that stand in the sentence.

    Raises:
        ValueError: A field isn't one, or a value can't be.
    """
    for name, value in fix.items():
        if name not in FIELDS:
            raise ValueError(f"fix has no field {name[:40]!r}; there are {', '.join(FIELDS)}")
        if name in ("event_type", "status") and value not in (TYPES if name == "event_type" else STATUSES):
            raise ValueError(
                f"{name} is {value!r}; expected one of {', '.join(sorted(TYPES if name == 'event_type' else STATUSES))}"
            )
        for words in _find_words(name, value):
            if not isinstance(words, str) or not words or words not in sentence:
                raise ValueError(f"{name}: {words!r} doesn't stand in the sentence; copy the words as it has them")
    if fix.get("date") is not None and not is_day(fix["date"]):
        raise ValueError(f"date is {fix['date']!r:.40}; expected a day, month or year such as 2024-06-19, or null")
    for name in ("actors", "recipients", "claimant"):
        _check_codes(name, fix.get(name) or [])
    if "actors" in fix and not fix["actors"]:
        raise ValueError("actors is empty; a claim needs an actor (code UNK where none is named)")


def is_day(value: Any) -> bool:
    """Whether it is a day, month or year that was."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return False
    try:
        dt.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def make_coded_report(
    report: Mapping[str, Any], claims: Sequence[Claim], reviews: Mapping[str, Review]
) -> dict[str, Any]:
    """One coded report.

    Args:
        report: Row of the report: its id, outlet, day.
        claims: All its claims.
        reviews: What was said last of those that were reviewed.
    """
    reviewed = {claim.sentence.index for claim in claims if claim.id in reviews}
    chosen = [claim for claim in claims if claim.sentence.index in reviewed]
    sentences = {claim.sentence.index: claim.sentence.text for claim in chosen}
    coded = [code_claim(claim, reviews.get(claim.id)) for claim in chosen]
    return {
        "id": report["report_id"], "outlet": report["outlet"], "date": report["date"],
        "sentences": [{"n": number, "text": text} for number, text in sorted(sentences.items())],
        "claims": [claim for claim in coded if claim is not None],
    }  # fmt: skip


def code_claim(claim: Claim, review: Review | None = None) -> dict[str, Any] | None:
    """A claim as the coding guide has it, with what was said of it; ``None`` where it is wrong."""
    if review and review.verdict == "wrong":
        return None
    at, text = claim.sentence.span.start, claim.sentence.text
    coded = {
        "sentence": claim.sentence.index, "trigger": text[claim.trigger.start - at : claim.trigger.end - at],
        "event_type": claim.event_type, "actors": [_party(p, claim) for p in claim.actors],
        "recipients": [_party(p, claim) for p in claim.recipients], "status": claim.status,
        "claimant": _party(claim.claimant, claim) if claim.claimant else None,
        "magnitudes": [{"text": m.text, "value": m.value, "unit": m.unit, "kind": m.kind} for m in claim.magnitudes],
        "date": claim.date, "doubt": review is None,
        "place": {"text": claim.place.span.cut(" " * at + text), "country": claim.place.country} if claim.place else None,
    }  # fmt: skip
    return {**coded, **(review.fix if review else {})}


def _check_codes(name: str, value: Any) -> None:
    for party in value if isinstance(value, list) else [value]:
        code = party.get("code")
        if not isinstance(code, str) or not re.fullmatch(r"[A-Z0-9][A-Z0-9-]{1,29}", code):
            raise ValueError(
                f"{name}: code is {code!r:.40}; expected a code such as RUS or PSE-HAMAS, UNK where it is unknown"
            )


def _party(party: Party, claim: Claim) -> dict[str, str]:
    """A party; of one that an earlier sentence named, no words stand in this one."""
    inside = claim.sentence.span.start <= party.start and party.end <= claim.sentence.span.end
    at = claim.sentence.span.start
    words = claim.sentence.text[party.start - at : party.end - at] if inside else ""
    return {"text": words, "code": party.code, "name": party.name}


def _find_words(name: str, value: Any) -> Iterable[Any]:
    """The words that a field copies from the sentence."""
    if name == "trigger":
        return [value]
    if name in ("event_type", "status", "date") or value is None:
        return []
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, Mapping) for item in items):
        raise ValueError(f"{name} is {value!r:.80}; expected objects with text, code and name")
    return [item["text"] for item in items if item.get("text")]
