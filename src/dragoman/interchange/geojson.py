"""GeoJSON: a feature an event, its point told with what it stands for. No pin in the middle of a country.

An event of which only the country is known has no geometry (null, as RFC 7946 allows); one without a place is left out.
Source: RFC 7946.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.domain import EventPlace
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import Told, WriteOptions

_DIGITS = 5
"""Decimals of a degree: about a metre, more than any name of a place tells."""


def write_geojson(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """One FeatureCollection, written as it goes."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.write('{"type": "FeatureCollection", "features": [')
        for each in told:
            losses.events += 1
            if each.event.place is None:
                losses.leave_out(each.event, "no place")
                continue
            stream.write(("," if losses.written else "") + "\n" + json.dumps(_make(each), ensure_ascii=False))
            losses.written += 1
            losses.lose(each.event, ["status history"])
            if find_point(each.event.place) is None:
                losses.change(each.event, "without a point: only the country, or no coordinates, known")
        stream.write("\n]}\n")
    losses.rows = losses.written
    return losses.rows


def find_point(place: EventPlace) -> list[float] | None:
    """Longitude and latitude; nothing where the point would be the middle of a country."""
    if place.lat is None or place.lon is None or place.precision in ("country", "unknown"):
        return None
    return [round(place.lon, _DIGITS), round(place.lat, _DIGITS)]


def _make(told: Told) -> dict[str, Any]:
    event, place = told.event, told.event.place
    assert place is not None
    point = find_point(place)
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": point} if point else None,
        "properties": {
            "event_type": event.event_type, "mode": event.mode, "context": list(event.context), "quad": event.quad,
            "intensity": event.intensity, "status": event.status, "day": event.day, "day_how": event.day_how,
            "earliest": event.earliest, "latest": event.latest,
            "actors": [party.name for party in event.actors], "actor_codes": [party.code for party in event.actors],
            "recipients": [party.name for party in event.recipients],
            "recipient_codes": [party.code for party in event.recipients], "mutual": event.mutual,
            "place": place.name, "place_country": place.country, "place_kind": place.kind,
            "precision": place.precision, "place_share": place.share,
            "figures": [figure.magnitude.text for figure in event.figures],
            "claimants": [voice.name for voice in event.claimants], "claims": len(event.claims),
            "reports": len(event.reports), "outlets": len(event.outlets), "texts": event.texts,
            "confidence": event.confidence, "sentence": told.evidence[0].text if told.evidence else None,
            "url": next((each.url for each in told.evidence if each.url), None),
        },
    }  # fmt: skip
