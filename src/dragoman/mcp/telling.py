"""Events, claims and reports as answers tell them: ids, codes and numbers plain, words of reports under ``retrieved_text``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.domain import Claim, Counts, Event, EventParty, Party
from dragoman.interchange.words import find_marks, say_claim, say_event
from dragoman.mcp.limits import tell_some

Told = dict[str, Any]
_ROLES = {"act": "trigger", "size": "magnitude"}
"""Labels of marks → roles of spans, where they differ: the words of the HTTP API."""


def tell_event(event: Event) -> Told:
    """An event on one line."""
    place = event.place
    return {
        "event_id": event.id, "day": event.day, "day_how": event.day_how, "type": event.event_type, "mode": event.mode,
        "quad": event.quad, "intensity": event.intensity, "status": event.status, "mutual": event.mutual,
        **tell_some([_party(party) for party in event.actors], "actors"),
        **tell_some([_party(party) for party in event.recipients], "recipients"),
        "place_country": place.country if place else None, "confidence": event.confidence,
        "counts": tell_counts(event.counts), "texts": event.texts, "first_report": event.first_report,
        "last_report": event.last_report,
        "retrieved_text": {"words": say_event(event), "place": place.name if place else None},
    }  # fmt: skip


def tell_event_details(event: Event) -> Told:
    """What an event tells beside that: how it was told in turn, by whom, and its figures side by side."""
    history = [
        {"status": c.status, "day": c.day, "claim_id": c.claim_id, "retrieved_text": {"claimant": c.claimant}}
        for c in event.history
    ]
    claimants = [
        {"code": v.code, "country": v.country, "claims": v.claims, "retrieved_text": {"name": v.name}}
        for v in event.claimants
    ]
    return {
        **tell_event(event), "type_share": event.type_share, "earliest": event.earliest, "latest": event.latest,
        "context": list(event.context), **tell_some(history, "history"),
        **tell_some([_figure(figure) for figure in event.figures], "figures"), **tell_some(claimants, "claimants"),
        **tell_some([{"reports": v.claims, "retrieved_text": {"name": v.name}} for v in event.outlets], "outlets"),
    }  # fmt: skip


def tell_claim(claim: Claim, row: Mapping[str, Any]) -> Told:
    """A claim with its sentence and the runs of it that bear it out.

    Args:
        claim: The claim.
        row: Of the archive's ``claims``: the report's day, outlet, title and address.
    """
    return {
        "claim_id": claim.id, "report_id": claim.report_id, "report_date": say_day(row.get("report_date")),
        "type": claim.event_type, "mode": claim.mode, "status": claim.status, "confidence": claim.confidence,
        **tell_some([party.code for party in claim.actors], "actors"),
        **tell_some([party.code for party in claim.recipients], "recipients"),
        "spans": [_tell_mark(mark, claim) for mark in find_marks(claim)],
        "retrieved_text": {
            "sentence": claim.sentence.text, "words": say_claim(claim), "claimant": _name(claim.claimant),
            "outlet": row.get("outlet"), "title": row.get("title"), "url": row.get("url"),
        },
    }  # fmt: skip


def tell_counts(counts: Counts) -> Told:
    """Counts are always three."""
    return {"events": counts.events, "reports": counts.reports, "outlets": counts.outlets}


def say_day(day: dt.date | str | None) -> str | None:
    """A day in ISO 8601."""
    return day.isoformat() if isinstance(day, dt.date) else day


def find_carried(events: Sequence[Event], report_ids: Sequence[str]) -> dict[str, list[str]]:
    """Report → ids of the events it tells."""
    found: dict[str, list[str]] = {report_id: [] for report_id in report_ids}
    for event in events:
        for report_id in event.reports:
            if report_id in found:
                found[report_id].append(event.id)
    return found


def _tell_mark(mark: Any, claim: Claim) -> Told:
    """Offsets are code points of the sentence as the report has it, before anything in it was shown as ``U+XXXX``."""
    at = claim.sentence.span.start
    start, end = mark.start - at, mark.end - at
    roles = [_ROLES.get(label, label) for label in mark.label.split(", ")]
    return {"start": start, "end": end, "roles": roles, "retrieved_text": claim.sentence.text[start:end]}


def _party(party: EventParty) -> Told:
    return {
        "code": party.code, "country": party.country, "sector": party.sector, "share": party.share,
        "retrieved_text": {"name": party.name, "id": party.id},
    }  # fmt: skip


def _name(party: Party | None) -> str | None:
    return (party.name or party.text) if party else None


def _figure(figure: Any) -> Told:
    size = figure.magnitude
    return {
        "value": size.value, "low": size.low, "high": size.high, "kind": size.kind, "day": figure.day,
        "claim_id": figure.claim_id,
        "retrieved_text": {"text": size.text, "unit": size.unit, "claimant": figure.claimant},
    }  # fmt: skip
