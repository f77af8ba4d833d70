"""Events, claims and reports in the shapes of the API."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.domain import Claim, Event, EventParty, Party
from dragoman.http import shapes
from dragoman.interchange.words import find_marks, find_named_before, say_claim, say_event
from dragoman.pipeline.events import is_contested

ROLES = {"act": "trigger", "size": "magnitude"}
"""Labels of marks → roles of spans, where they differ."""
_WEB = re.compile(r"https?://[^\s<>\"'\\]{1,4000}", re.IGNORECASE)


def brief_event(event: Event) -> shapes.EventBrief:
    """An event on one line."""
    place, counts = event.place, event.counts
    return {
        "id": event.id, "day": event.day, "day_how": event.day_how, "earliest": event.earliest,
        "latest": event.latest, "type": event.event_type, "mode": event.mode,
        "quad": event.quad, "intensity": event.intensity, "status": event.status, "words": say_event(event),
        "actors": [_party(party) for party in event.actors],
        "recipients": [_party(party) for party in event.recipients], "mutual": event.mutual,
        "place": {
            "name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon,
            "precision": place.precision,
        } if place else None,
        "confidence": event.confidence,
        "counts": {"events": counts.events, "reports": counts.reports, "outlets": counts.outlets}, "texts": event.texts,
        "contested": is_contested(event), "first_report": event.first_report, "last_report": event.last_report,
    }  # fmt: skip


def brief_claim(claim: Claim, row: Mapping[str, Any], event_id: str | None) -> shapes.ClaimBrief:
    """A claim with its sentence and the runs of it that bear the claim out.

    Args:
        claim: The claim.
        row: Of the archive's ``claims``: its day, and the report's outlet, day, title and address.
        event_id: Its event.
    """
    return {
        "id": claim.id, "report_id": claim.report_id, "event_id": event_id, "day": say_day(row.get("day")),
        "day_how": row.get("day_how"), "type": claim.event_type, "mode": claim.mode, "quad": claim.quad,
        "intensity": claim.intensity, "status": claim.status, "mutual": claim.mutual, "words": say_claim(claim),
        "actors": [_named(party) for party in claim.actors],
        "recipients": [_named(party) for party in claim.recipients],
        "claimant": _named(claim.claimant) if claim.claimant else None, "sentence": claim.sentence.text,
        "spans": find_spans(claim, base=claim.sentence.span.start),
        "named_before": [{"role": label, "text": words} for label, words in find_named_before(claim)],
        "confidence": claim.confidence, "outlet": row.get("outlet"), "date": say_day(row.get("report_date")),
        "title": row.get("title"), "url": find_link(row.get("url")),
    }  # fmt: skip


def find_spans(claim: Claim, *, base: int) -> list[shapes.Span]:
    """The runs that bear a claim out, in code points from ``base``; a run with two roles is there for each."""
    at = claim.sentence.span.start
    return [
        {
            "start": mark.start - base, "end": mark.end - base, "role": ROLES.get(label, label),
            "text": claim.sentence.text[mark.start - at : mark.end - at],
        }
        for mark in find_marks(claim)
        for label in mark.label.split(", ")
    ]  # fmt: skip


def brief_report(row: Mapping[str, Any]) -> shapes.ReportBrief:
    """A report without its text."""
    return {
        "id": row["report_id"], "outlet": row["outlet"], "date": say_day(row["date"]), "title": row["title"],
        "url": find_link(row["url"]), "language": row["language"], "machine_translated": bool(row["machine_translated"]),
        "copy_of": row["copy_of"], "version_of": row["version_of"],
    }  # fmt: skip


def detail_event(
    event: Event, claims: Sequence[shapes.ClaimBrief], reports: Iterable[Mapping[str, Any]], judgements: Sequence[Any]
) -> dict[str, Any]:
    """An event in full: its history, figures and voices, its reports by independent text with their claims, and why."""
    return {
        **brief_event(event), "type_share": event.type_share, "context": list(event.context),
        "history": [
            {"status": c.status, "day": c.day, "claimant": c.claimant, "claim_id": c.claim_id} for c in event.history
        ],
        "figures": [_figure(figure) for figure in event.figures],
        "claimants": [{"name": v.name, "code": v.code, "country": v.country, "claims": v.claims} for v in event.claimants],
        "outlets": [{"name": voice.name, "reports": voice.claims} for voice in event.outlets],
        "reports": _group_reports(reports, claims),
        "judgements": [
            {
                "first": j.first, "second": j.second, "verdict": j.verdict, "score": j.score, "rule": j.rule,
                "reasons": list(j.reasons), "by": j.by, "when": j.when,
            }
            for j in judgements
        ],
        "why": list(_say_why(event)),
    }  # fmt: skip


def _group_reports(rows: Iterable[Mapping[str, Any]], claims: Sequence[shapes.ClaimBrief]) -> list[dict[str, Any]]:
    """The reports of an event, those of one text side by side; ``independent`` numbers the texts from 1."""
    of_report: dict[str, list[shapes.ClaimBrief]] = {}
    for claim in claims:
        of_report.setdefault(claim["report_id"], []).append(claim)
    rows = list(rows)
    before = {row["report_id"]: row["copy_of"] or row["version_of"] for row in rows}
    numbers: dict[str, int] = {}
    found = []
    for row in rows:
        text = _find_first(row["report_id"], before)
        found.append(
            {
                "independent": numbers.setdefault(text, len(numbers) + 1), "report_id": row["report_id"],
                "outlet": row["outlet"], "date": say_day(row["date"]), "title": row["title"],
                "url": find_link(row["url"]), "copy_of": row["copy_of"], "claims": of_report.get(row["report_id"], []),
            }
        )  # fmt: skip
    return sorted(found, key=lambda each: each["independent"])


def _find_first(report_id: str, before: Mapping[str, str | None]) -> str:
    """The first report of a text: what this one copies or is a version of, as far back as is known."""
    seen = {report_id}
    while (earlier := before.get(report_id)) and earlier not in seen:
        report_id = earlier
        seen.add(report_id)
    return report_id


def _say_why(event: Event) -> Iterable[str]:
    yield f"type {event.event_type}: {event.type_share:.0%} of its {len(event.claims)} claims, weighed by confidence"
    if event.day:
        told = "told in a sentence" if event.day_how == "act" else "no sentence tells it: day of the first report"
        yield f"day {event.day}: {told}"
    if event.history:
        last = event.history[-1]
        yield f"status {event.status}: last said by {last.claimant or 'a report itself'} ({last.claim_id})"
    if event.place:
        yield f"place {event.place.name}: {event.place.share:.0%} of the claims that name one"
    texts = "one text" if event.texts == 1 else f"{event.texts} independent texts"
    yield f"confidence {event.confidence:.2f}: its surest claim, told by {texts}"


def _figure(figure: Any) -> dict[str, Any]:
    size = figure.magnitude
    return {
        "text": size.text, "value": size.value, "low": size.low, "high": size.high, "unit": size.unit,
        "kind": size.kind, "claimant": figure.claimant, "claim_id": figure.claim_id, "day": figure.day,
    }  # fmt: skip


def _party(party: EventParty) -> shapes.Party:
    return {
        "code": party.code, "name": party.name, "id": party.id, "country": party.country, "sector": party.sector,
        "share": party.share,
    }  # fmt: skip


def _named(party: Party) -> shapes.Claimant:
    return {"code": party.code, "name": party.name or party.text}


def say_day(day: dt.date | str | None) -> str | None:
    """A day in ISO 8601."""
    return day.isoformat() if isinstance(day, dt.date) else day


def find_link(url: str | None) -> str | None:
    """An address that may be a link: http or https. ``javascript:`` and the like are none."""
    return url if url and _WEB.fullmatch(url) else None
