"""Claims judged to be one happening → the Event they tell together. Nothing is averaged away: shares and voices stay."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date as day
from typing import TypeVar

from dragoman.domain import Appearance, Claim, Event, EventParty, EventPlace, Figure, Party, Voice
from dragoman.events.standing import find_status
from dragoman.events.telling import find_window

T = TypeVar("T", bound=Hashable)
_NO_DAY = "9999-12-31"
_PRECISE = ("point", "area", "line", "water", "country", "unknown")
"""Kinds of places, the most telling first."""


def order_claims(claims: Iterable[Claim], reports: Mapping[str, Appearance]) -> list[Claim]:
    """By day of the report, then by id; reports without a day come last."""
    return sorted(claims, key=lambda claim: (reports[claim.report_id].day or _NO_DAY, claim.id))


def name_event(first: Claim) -> str:
    """The id of the event whose smallest claim, by day of report and id, this is."""
    return "ev_" + first.id.rpartition("_")[2]


def build_event(
    claims: Iterable[Claim], reports: Mapping[str, Appearance], copies: Mapping[str, Sequence[Appearance]]
) -> Event:
    """The event of these claims.

    Args:
        claims: At least one.
        reports: The reports of the claims, by id.
        copies: Report → the reports that repeat its text and have no claims of their own.
    """
    ordered = order_claims(claims, reports)
    event_type, type_share = vote(ordered, lambda claim: claim.event_type)
    of_type = [claim for claim in ordered if claim.event_type == event_type]
    mode, _ = vote([c for c in of_type if c.mode] or of_type, lambda claim: claim.mode)
    likest = max(of_type, key=lambda claim: (claim.mode == mode, claim.confidence, claim.id))
    status, history = find_status(ordered, {r.report_id: r.day for r in reports.values()})
    window = find_days(ordered)
    told_in = _find_appearances(ordered, reports, copies)
    days = sorted(a.day for a in told_in if a.day)
    texts = {a.text_id for a in told_in}
    mutual = sum(c.confidence for c in ordered if c.mutual) * 2 > sum(c.confidence for c in ordered)
    return Event(
        id=name_event(ordered[0]),
        claims=tuple(claim.id for claim in ordered),
        event_type=event_type,
        type_share=type_share,
        mode=mode,
        context=tuple(sorted({word for claim in ordered for word in claim.context})),
        quad=likest.quad,
        intensity=likest.intensity,
        actors=find_parties(ordered, lambda c: (*c.actors, *c.recipients) if mutual else c.actors),
        recipients=() if mutual else find_parties(ordered, lambda claim: claim.recipients),
        mutual=mutual,
        status=status,
        history=history,
        earliest=window[0] if window else None,
        latest=window[1] if window else None,
        day=window[0] if window else days[0] if days else None,
        day_how="act" if window else "report" if days else None,
        place=find_place(ordered),
        figures=_find_figures(ordered, reports),
        claimants=_find_claimants(ordered),
        outlets=_find_outlets(told_in),
        reports=tuple(dict.fromkeys(a.report_id for a in told_in)),
        texts=len(texts),
        first_report=days[0] if days else None,
        last_report=days[-1] if days else None,
        confidence=_find_confidence(ordered, reports),
    )


def vote(claims: Sequence[Claim], choose: Callable[[Claim], T]) -> tuple[T, float]:
    """What most claims say, weighed by confidence, with its share; of equals the one that is told first."""
    weights: dict[T, float] = {}
    for claim in claims:
        weights[choose(claim)] = weights.get(choose(claim), 0.0) + claim.confidence
    best = max(weights, key=lambda value: round(weights[value], 9))
    total = sum(weights.values())
    return best, round(weights[best] / total, 4) if total else 1.0


def find_parties(claims: Sequence[Claim], side: Callable[[Claim], Sequence[Party]]) -> tuple[EventParty, ...]:
    """The parties of one side with the share of claims that name them, the most named first.

    A party that isn't known is kept only where no claim names one.
    """
    named: dict[str, list[Party]] = defaultdict(list)
    for claim in claims:
        for party in {p.id if p.id != "unknown" else "": p for p in reversed(side(claim))}.values():
            named[party.id if party.id != "unknown" else ""].append(party)
    if len(named) > 1:
        named.pop("", None)
    ranked = sorted(named.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_make_party(parties, len(claims)) for _, parties in ranked)


def _make_party(parties: Sequence[Party], claims: int) -> EventParty:
    party = parties[0]
    return EventParty(party.id, party.name, party.code, party.country, party.sector, round(len(parties) / claims, 4))


def find_days(claims: Sequence[Claim]) -> tuple[str, str] | None:
    """The days between which it happened, by the claims that tell them most precisely."""
    windows = [(w.last - w.first, claim.confidence, claim) for claim in claims if (w := find_window(claim.date))]
    if not windows:
        return None
    narrowest = min(length for length, _, _ in windows)
    best = [claim for length, _, claim in windows if length == narrowest]
    date, _ = vote(best, lambda claim: claim.date)
    window = find_window(date)
    assert window is not None
    return day.fromordinal(window.first).isoformat(), day.fromordinal(window.last).isoformat()


def find_place(claims: Sequence[Claim]) -> EventPlace | None:
    """The place most placed claims name, spots before areas before states."""
    placed = [claim for claim in claims if claim.place is not None]
    if not placed:
        return None
    narrowest = min(_PRECISE.index(c.place.precision) for c in placed if c.place)
    best = [c for c in placed if c.place and _PRECISE.index(c.place.precision) == narrowest]
    name, _ = vote(best, lambda claim: claim.place.name if claim.place else None)
    place = next(c.place for c in best if c.place and c.place.name == name)
    share = sum(c.place.name == name for c in placed if c.place) / len(placed)
    return EventPlace(place.name, place.country, place.lat, place.lon, place.kind, place.precision, round(share, 4))


def _find_appearances(
    claims: Sequence[Claim], reports: Mapping[str, Appearance], copies: Mapping[str, Sequence[Appearance]]
) -> list[Appearance]:
    own = dict.fromkeys(claim.report_id for claim in claims)
    found = {a.report_id: a for name in own for a in (reports[name], *copies.get(name, ()))}
    return sorted(found.values(), key=lambda a: (a.day or _NO_DAY, a.report_id))


def _find_figures(claims: Sequence[Claim], reports: Mapping[str, Appearance]) -> tuple[Figure, ...]:
    return tuple(
        Figure(size, claim.claimant.name if claim.claimant else None, claim.id, reports[claim.report_id].day)
        for claim in claims
        for size in claim.magnitudes
    )


def _find_claimants(claims: Sequence[Claim]) -> tuple[Voice, ...]:
    said: dict[str, list[Party]] = defaultdict(list)
    for claim in claims:
        if claim.claimant:
            said[claim.claimant.name].append(claim.claimant)
    voices = [Voice(name, parties[0].code, parties[0].country, len(parties)) for name, parties in said.items()]
    return tuple(sorted(voices, key=lambda voice: (-voice.claims, voice.name)))


def _find_outlets(told_in: Sequence[Appearance]) -> tuple[Voice, ...]:
    """Outlets with the number of reports that tell it."""
    counts: dict[str, int] = defaultdict(int)
    for appearance in told_in:
        if appearance.outlet:
            counts[appearance.outlet] += 1
    return tuple(Voice(name, None, None, counts[name]) for name in sorted(counts, key=lambda n: (-counts[n], n)))


def _find_confidence(claims: Sequence[Claim], reports: Mapping[str, Appearance]) -> float:
    """One minus the chance that the surest claim of every independent text is wrong. Copies add nothing."""
    surest: dict[str, float] = {}
    for claim in claims:
        text = reports[claim.report_id].text_id
        surest[text] = max(surest.get(text, 0.0), claim.confidence)
    return round(1 - math.prod(1 - chance for chance in surest.values()), 4)
