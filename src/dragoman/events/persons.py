"""What a person judges: claims are one happening, are not, or are none. Each is written as judgements and never erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.domain import Event, Judgement, Verdict
from dragoman.events.merging import PERSON


def merge_events(events: Sequence[Event], *, by: str | None, when: str, reason: str) -> list[Judgement]:
    """Judgements that make one event of several: every claim is the same as the first event's first.

    Raises:
        ValueError: There are fewer than two.
    """
    if len(events) < 2:
        raise ValueError("merging needs two events at least")
    first, *others = [claim for event in events for claim in event.claims]
    return [_judge(first, claim, "same", by=by, when=when, reason=reason) for claim in others]


def split_event(event: Event, claim_ids: Iterable[str], *, by: str | None, when: str, reason: str) -> list[Judgement]:
    """Judgements that take claims out of an event: each is different from each that stays.

    Raises:
        ValueError: A claim isn't of this event, or none would stay.
    """
    out = sorted(set(claim_ids))
    strangers = [claim for claim in out if claim not in event.claims]
    if strangers:
        raise ValueError(f"{', '.join(strangers)}: no claim of {event.id}")
    stay = [claim for claim in event.claims if claim not in out]
    if not out or not stay:
        raise ValueError(f"{event.id}: name some of its {len(event.claims)} claims, and not all")
    return [_judge(a, b, "different", by=by, when=when, reason=reason) for a in out for b in stay]


def withdraw_event(event: Event, *, by: str | None, when: str, reason: str) -> list[Judgement]:
    """Judgements that its claims tell of no happening: each is different from itself."""
    return [_judge(claim, claim, "different", by=by, when=when, reason=reason) for claim in event.claims]


def lift(judgements: Iterable[Judgement], *, by: str | None, when: str, reason: str) -> list[Judgement]:
    """Judgements that undo these: from then on the pair is left to the model."""
    return [_judge(j.first, j.second, "unsure", by=by, when=when, reason=reason) for j in judgements]


def _judge(a: str, b: str, verdict: Verdict, *, by: str | None, when: str, reason: str) -> Judgement:
    score = {"same": 1.0, "different": 0.0, "unsure": 0.5}[verdict]
    return Judgement(min(a, b), max(a, b), verdict, score, PERSON, (reason,), by, when)
