"""PLOVER records, JSON lines: our own view, and the strict one of the manual.

Source: PLOVER manual, Data Fields; on auxiliary modes and AGREE, its section on modes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dragoman.domain import Event, EventParty, EventType, Status
from dragoman.interchange.codes import get_class, get_quad, get_score
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import Told, WriteOptions

AUXILIARY: Mapping[Status, str] = {
    "historical": "historical",
    "planned": "future",
    "conditional": "hypothetical",
    "denied": "negation",
}
"""Status → auxiliary mode, which PLOVER puts with the contexts."""
PROMISED: frozenset[EventType] = frozenset(("CONSULT", "SUPPORT", "COOPERATE", "AID"))
"""Types whose future PLOVER calls AGREE: the promise counts, not its fulfilment."""
_RESOLUTIONS = {"point": 4, "area": 2, "country": 1}
_SIZES = {
    "killed": "dead", "dead": "dead", "deaths": "dead", "injured": "injured", "wounded": "injured",
    "arrested": "arrested", "detained": "arrested",
}  # fmt: skip
"""Units of our figures that PLOVER's size has a key for."""


def write_plover(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """Records that keep our types and statuses; what PLOVER has no key for stands in ``comment`` as JSON."""
    return _write(told, path, losses, is_strict=False)


def write_strict(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """Records as a coder after the manual would make them: the future of cooperation is AGREE."""
    return _write(told, path, losses, is_strict=True)


def view_strictly(event: Event) -> tuple[EventType, str | None, str | None]:
    """Type, mode and auxiliary mode of an event in the manual's own words."""
    if event.status == "planned" and event.event_type in PROMISED:
        return "AGREE", None, None
    return event.event_type, event.mode, AUXILIARY.get(event.status)


def _write(told: Iterable[Told], path: Path, losses: Losses, *, is_strict: bool) -> int:
    with open(path, "w", encoding="utf-8", newline="") as stream:
        for each in told:
            losses.events += 1
            if each.event.day is None:
                losses.leave_out(each.event, "no day")
                continue
            stream.write(json.dumps(make_record(each, is_strict=is_strict), ensure_ascii=False) + "\n")
            losses.written += 1
            _tell(each.event, losses, is_strict)
    losses.rows = losses.written
    return losses.rows


def _tell(event: Event, losses: Losses, is_strict: bool) -> None:
    if is_strict:
        losses.lose(event, ("status history", "claimants", "confidence", "independent texts", "mutual", "outlets"))
        if view_strictly(event)[0] != event.event_type:
            losses.change(event, "what is to come of cooperation as AGREE")
    if any(_find_key(figure.magnitude.unit) is None for figure in event.figures):
        losses.change(event, "sizes that PLOVER has no key for" + ("" if is_strict else ", in comment alone"))
    if event.status == "ongoing":
        losses.change(event, "ongoing, without an auxiliary mode")


def make_record(told: Told, *, is_strict: bool) -> dict[str, Any]:
    """One record; keys without a value are left out."""
    event = told.event
    kind, mode, auxiliary = view_strictly(event)
    if not is_strict:
        kind, mode, auxiliary = event.event_type, event.mode, AUXILIARY.get(event.status)
    quad = get_quad(kind)
    record = {
        "id": event.id, "date": event.day, "enddate": event.latest if event.latest != event.day else None,
        "actor": [_make_entity(party) for party in event.actors],
        "recipient": [_make_entity(party) for party in event.recipients],
        "event": [kind], "mode": mode, "context": [*event.context, *([auxiliary] if auxiliary else [])],
        "quad_code": get_class(quad), "event_scale": get_score(kind, mode), "event_loc": _make_place(event),
        "size": _make_size(event), **_make_texts(told), "coder": "Dragoman",
        "comment": None if is_strict else json.dumps(_make_comment(event), ensure_ascii=False),
    }  # fmt: skip
    return {key: value for key, value in record.items() if value not in (None, [], {})}


def _make_entity(party: EventParty) -> dict[str, Any]:
    entity = {
        "code": party.country or party.code, "sector": party.sector, "entity_text": party.name,
        "identifier_id": party.id if party.id != "unknown" else None,
        "identifier_text": "Dragoman roster" if party.id != "unknown" else None,
    }  # fmt: skip
    return {key: value for key, value in entity.items() if value}


def _make_place(event: Event) -> dict[str, Any] | None:
    place = event.place
    if place is None:
        return None
    return {
        "resolved_place": place.name, "lat": place.lat, "lon": place.lon, "country_code": place.country,
        "feature_code": place.kind, "resolution": _RESOLUTIONS.get(place.precision),
    }  # fmt: skip


def _find_key(unit: str) -> str | None:
    return next((key for word, key in _SIZES.items() if word in unit.casefold().split()), None)


def _make_size(event: Event) -> dict[str, float]:
    """The newest figure of each kind: PLOVER holds one. All figures stand in ``comment``."""
    size: dict[str, float] = {}
    for figure in event.figures:
        key = _find_key(figure.magnitude.unit)
        if key and figure.magnitude.value is not None:
            size[key] = figure.magnitude.value
    return size


def _make_texts(told: Told) -> dict[str, Any]:
    """The first sentence that tells it, where it stands, and the reports of the others."""
    if not told.evidence:
        return {}
    first, rest = told.evidence[0], told.evidence[1:]
    cite = {"url": first.url, "title": first.title, "language": first.language, "publication": first.outlet}
    return {
        "event_text": first.trigger, "text": first.text,
        "text_info": {"sequence": first.sentence, "start": first.sentence_start, "end": first.sentence_end},
        "cite_info": {key: value for key, value in cite.items() if value},
        "link": list(dict.fromkeys(each.url or each.report_id for each in rest)),
    }  # fmt: skip


def _make_comment(event: Event) -> dict[str, Any]:
    return {
        "status": event.status,
        "history": [[change.status, change.day, change.claimant] for change in event.history],
        "claimants": [[voice.name, voice.claims] for voice in event.claimants],
        "figures": [
            {"text": f.magnitude.text, "value": f.magnitude.value, "low": f.magnitude.low, "high": f.magnitude.high,
             "unit": f.magnitude.unit, "claimant": f.claimant, "claim_id": f.claim_id} for f in event.figures
        ],
        "mutual": event.mutual, "confidence": event.confidence, "reports": len(event.reports),
        "outlets": len(event.outlets), "texts": event.texts, "claims": list(event.claims),
        "place_precision": event.place.precision if event.place else None, "day_how": event.day_how,
    }  # fmt: skip
