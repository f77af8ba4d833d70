"""A reading as JSON: the shape that ``--json`` and ``--jsonl`` print. Key names and their order are a promise.

Offsets are half-open ranges of code points in the report's original text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from dragoman.domain import Claim, Magnitude, Party, PlaceMention, Reading, Rejected, Report, Sentence, Span


def to_json(reading: Reading, *, with_text: bool = False) -> dict[str, Any]:
    """One reading as a dictionary of plain values, its keys always in the same order.

    Args:
        reading: A report with what was found in it.
        with_text: Add the original text, in which all offsets count. Off by default: full texts are
            often not yours to pass on, and for pages and feeds they are long.
    """
    report = reading.report
    return {
        "id": report.id,
        "report": _report(report, with_text),
        "blocks": [{"kind": b.kind, "start": b.span.start, "end": b.span.end, "why": b.why} for b in reading.blocks],
        "sentences": [{**_sentence(s), "block": s.block, "paragraph": s.paragraph} for s in reading.sentences],
        "claims": [claim_to_json(claim, report.text) for claim in reading.claims],
        "rejected": [_rejected(rejected, report.text) for rejected in reading.rejected],
    }


def claim_to_json(claim: Claim, text: str) -> dict[str, Any]:
    """One claim as a dictionary. ``text`` is the original text of its report."""
    return {
        "id": claim.id,
        "sentence": _sentence(claim.sentence),
        "trigger": _span(claim.trigger, text),
        "event_type": claim.event_type,
        "mode": claim.mode,
        "context": list(claim.context),
        "quad": claim.quad,
        "intensity": _number(claim.intensity),
        "actors": [_party(party) for party in claim.actors],
        "recipients": [_party(party) for party in claim.recipients],
        "mutual": claim.mutual,
        "status": claim.status,
        "claimant": _party(claim.claimant) if claim.claimant else None,
        "magnitudes": [_magnitude(magnitude) for magnitude in claim.magnitudes],
        "date": claim.date,
        "date_span": _span(claim.date_span, text) if claim.date_span else None,
        "place": _place(claim.place, text) if claim.place else None,
        "confidence": _number(claim.confidence),
        "why": list(claim.why),
        "maker": asdict(claim.maker),
    }


def write_line(record: Mapping[str, Any]) -> str:
    """One compact line of JSON, without the line end."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str)


def write_indented(record: Mapping[str, Any]) -> str:
    """The same, indented by two."""
    return json.dumps(record, ensure_ascii=False, indent=2, default=str)


def write_document(records: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """One JSON document in pieces: the record alone where there is one, a list of them where there are several.

    Nothing but one record is held back, so a million reports pass through as they come.
    """
    first: Mapping[str, Any] | None = None
    count = 0
    for record in records:
        count += 1
        if count == 1:
            first = record
            continue
        if first is not None:
            yield "[\n" + write_indented(first)
            first = None
        yield ",\n" + write_indented(record)
    if first is not None:
        yield write_indented(first) + "\n"
    else:
        yield "\n]\n" if count else "[]\n"


def _report(report: Report, with_text: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "title": report.title,
        "date": report.date,
        "date_how": report.date_how,
        "outlet": report.outlet,
        "url": report.url,
        "agencies": list(report.agencies),
        "language": report.language,
        "translated": report.translated,
        "machine_translated": report.machine_translated,
        "page_sha256": report.page_sha256,
        "repairs": list(report.repairs),
        "place": report.place,
        "extra": dict(report.extra),
    }
    return {**record, "text": report.text} if with_text else record


def _sentence(sentence: Sentence) -> dict[str, Any]:
    span = sentence.span
    return {"index": sentence.index, "start": span.start, "end": span.end, "text": sentence.text}


def _span(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.cut(text)}


def _party(party: Party) -> dict[str, Any]:
    return {
        "text": party.text,
        "start": party.start,
        "end": party.end,
        "id": party.id,
        "name": party.name,
        "code": party.code,
        "country": party.country,
        "sector": party.sector,
    }


def _magnitude(magnitude: Magnitude) -> dict[str, Any]:
    return {
        "text": magnitude.text,
        "start": magnitude.start,
        "end": magnitude.end,
        "value": _number(magnitude.value),
        "low": _number(magnitude.low),
        "high": _number(magnitude.high),
        "unit": magnitude.unit,
        "kind": magnitude.kind,
    }


def _place(place: PlaceMention, text: str) -> dict[str, Any]:
    return {
        **_span(place.span, text),
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "kind": place.kind,
        "precision": place.precision,
    }


def _rejected(rejected: Rejected, text: str) -> dict[str, Any]:
    return {
        "step": rejected.step,
        "reason": rejected.reason,
        "detail": rejected.detail,
        "span": _span(rejected.span, text) if rejected.span else None,
    }


def _number(value: float | None) -> float | int | None:
    """Whole numbers are written without ``.0``."""
    return int(value) if value is not None and value == int(value) else value
