"""Events as one flat CSV: a row an event, lists joined with ``"; "``, missing empty. Figures and claimants stay with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dragoman.interchange.losses import Losses
from dragoman.interchange.tables import find_cell, write_cells, write_header
from dragoman.interchange.told import Told, WriteOptions

COLUMNS = (
    "event_id", "day", "day_how", "earliest", "latest", "event_type", "type_share", "mode", "context", "quad",
    "intensity", "status", "mutual", "actors", "actor_codes", "actor_ids", "actor_countries", "actor_sectors",
    "recipients", "recipient_codes", "recipient_ids", "recipient_countries", "recipient_sectors", "place",
    "place_country", "place_lat", "place_lon", "place_kind", "place_precision", "figures", "figure_values",
    "figure_units", "figure_claimants", "claimants", "claimant_codes", "statuses", "status_days", "status_claimants",
    "outlets", "claim_count", "report_count", "outlet_count", "texts", "first_report", "last_report", "confidence",
    "sentence", "url", "claims", "reports",
)  # fmt: skip
"""The columns, in their order."""


def write_events(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A CSV file (RFC 4180, UTF-8, lines end in LF) with a header."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.write(write_header(COLUMNS, "csv"))
        for each in told:
            cells = make_cells(each)
            stream.write(write_cells([find_cell(cells[column]) for column in COLUMNS], "csv"))
            losses.events += 1
    losses.rows = losses.written = losses.events
    return losses.rows


def make_cells(told: Told) -> Mapping[str, Any]:
    """An event as the cells of its row."""
    event, place, first = told.event, told.event.place, told.evidence[0] if told.evidence else None
    plain = ("day", "day_how", "earliest", "latest", "event_type", "type_share", "mode", "quad", "intensity", "status",
             "mutual", "texts", "first_report", "last_report", "confidence")  # fmt: skip
    sides: dict[str, Any] = {}
    for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
        sides[f"{side}s"] = [party.name for party in parties]
        for field, end in (("code", "codes"), ("id", "ids"), ("country", "countries"), ("sector", "sectors")):
            sides[f"{side}_{end}"] = [getattr(party, field) for party in parties]
    return {
        "event_id": event.id, **{name: getattr(event, name) for name in plain}, "context": list(event.context), **sides,
        "place": place.name if place else None,
        **{f"place_{key}": getattr(place, key) if place else None for key in ("country", "lat", "lon", "kind", "precision")},
        "figures": [f.magnitude.text for f in event.figures], "figure_values": [f.magnitude.value for f in event.figures],
        "figure_units": [f.magnitude.unit for f in event.figures], "figure_claimants": [f.claimant for f in event.figures],
        "claimants": [voice.name for voice in event.claimants], "claimant_codes": [voice.code for voice in event.claimants],
        "statuses": [change.status for change in event.history], "status_days": [change.day for change in event.history],
        "status_claimants": [change.claimant for change in event.history],
        "outlets": [voice.name for voice in event.outlets], "claim_count": len(event.claims),
        "report_count": len(event.reports), "outlet_count": len(event.outlets),
        "sentence": first.text if first else None, "url": first.url if first else None,
        "claims": list(event.claims), "reports": list(event.reports),
    }  # fmt: skip
