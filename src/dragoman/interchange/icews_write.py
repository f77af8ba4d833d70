"""ICEWS events, from ours: the 20 columns of the public release, what has happened, a row for each pair of parties."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.domain import EventParty
from dragoman.interchange.cameo_rows import CameoRow, find_rows
from dragoman.interchange.cells import write_line
from dragoman.interchange.codes import find_sector_word, load_countries
from dragoman.interchange.icews import COLUMNS
from dragoman.interchange.imported import UNKNOWN
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import Told, WriteOptions, find_name, make_number


def write_icews(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A file of tabs with a header. Of several reports the first is named."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.write(write_line(list(COLUMNS)))
        for row in find_rows(told, losses, also=("sentences", "outlets", "further reports")):
            cells = _make(row)
            stream.write(write_line([cells.get(column) or "NA" for column in COLUMNS]))
    return losses.rows


def _make(row: CameoRow) -> dict[str, Any]:
    event, place = row.told.event, row.told.event.place
    first = row.told.evidence[0] if row.told.evidence else None
    country = load_countries().get(place.country or "") if place else None
    spot = place.name if place and not (country and country.name == place.name) else None
    return {
        "Event ID": str(make_number(event.id, row.actor.code, row.recipient.code if row.recipient else "")),
        "Event Date": row.day, **_make_side("Source", row.actor), **_make_side("Target", row.recipient),
        "Event Text": row.kind.what, "CAMEO Code": row.kind.code, "Intensity": f"{row.kind.goldstein:g}",
        "Story ID": first.report_id if first else None, "Sentence Number": str(first.sentence + 1) if first else None,
        "Publisher": first.outlet if first else None,
        "City": spot if place and place.precision == "point" else None,
        "Province": spot if place and place.precision != "point" else None,
        "Country": country.name if country else None,
        "Latitude": f"{place.lat:g}" if place and place.lat is not None else None,
        "Longitude": f"{place.lon:g}" if place and place.lon is not None else None,
    }  # fmt: skip


def _make_side(which: str, party: EventParty | None) -> dict[str, Any]:
    if party is None:
        return {}
    country = load_countries().get(party.country or "")
    is_state = country is not None and party.id == f"state:{country.code}"
    return {
        f"{which} Name": _find_name(party), f"{which} Country": country.name if country else None,
        f"{which} Sectors": None if is_state and party.sector == "GOV" else find_sector_word("icews", party.sector),
    }  # fmt: skip


def _find_name(party: EventParty) -> str | None:
    """A name as ICEWS gives it: people of an organisation with it in brackets, since no column names it."""
    name = find_name(party)
    is_own = party.country is not None or party.code == UNKNOWN or party.id.startswith(("org:", "group:"))
    return name if name is None or is_own else f"{name} ({party.code})"
