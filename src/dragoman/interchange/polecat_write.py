"""POLECAT events, from ours: 40 columns, tabs, a header, ISO-8859-1, None for nothing, a row for each pair of parties.

POLECAT has no status: the future of cooperation is AGREE, as PLOVER says, and else only what has happened is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.domain import Event, EventParty
from dragoman.interchange.cells import write_line
from dragoman.interchange.codes import get_quad, get_score, load_countries
from dragoman.interchange.losses import Losses
from dragoman.interchange.plover_write import view_strictly
from dragoman.interchange.polecat_read import COLUMNS
from dragoman.interchange.told import HAPPENED, Told, WriteOptions, find_name, find_pairs

_LOST = (
    "status history", "claimants", "sizes", "range of days", "mutual", "confidence", "independent texts", "sentences",
    "outlets", "further reports",
)  # fmt: skip


def write_polecat(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A file of tabs with a header. Letters that ISO-8859-1 lacks become question marks, and are counted."""
    with open(path, "w", encoding="iso-8859-1", errors="replace", newline="") as stream:
        stream.write(write_line(list(COLUMNS)))
        for each in told:
            for line in _find_lines(each, losses):
                stream.write(line)
    return losses.rows


def _find_lines(told: Told, losses: Losses) -> list[str]:
    event = told.event
    losses.events += 1
    is_agreed = view_strictly(event)[0] != event.event_type
    if event.status not in HAPPENED and not is_agreed:
        losses.leave_out(event, f"{event.status}, which would be told as a fact")
        return []
    if event.day is None:
        losses.leave_out(event, "no day")
        return []
    if is_agreed:
        losses.change(event, "what is to come of cooperation as AGREE")
    losses.lose(event, _LOST)
    if event.status == "ongoing":
        losses.lose(event, ["status"])
    rows = [_make(told, n, *pair) for n, pair in enumerate(find_pairs(event))]
    lines = [
        write_line([row.get(column) if row.get(column) not in (None, "") else "None" for column in COLUMNS])
        for row in rows
    ]
    if len(lines) > 1:
        losses.change(event, "one event in several rows, a row a pair of parties")
    if any(letter > "\xff" for line in lines for letter in line):
        losses.change(event, "letters that ISO-8859-1 lacks")
    losses.written += 1
    losses.rows += len(lines)
    return lines


def _make(told: Told, number: int, actor: EventParty, recipient: EventParty | None) -> dict[str, Any]:
    event = told.event
    kind, mode, _ = view_strictly(event)
    first = told.evidence[0] if told.evidence else None
    return {
        "Event ID": f"{event.id}_{number}", "Event Date": event.day, "Event Type": kind, "Event Mode": mode,
        "Intensity": get_score(kind, mode), "Quad Code": get_quad(kind).upper(), "Contexts": ";".join(event.context),
        **_make_side("Actor", actor), **_make_side("Recipient", recipient), **_make_place(event),
        "Source": first.outlet if first else None, "Publication Date": event.first_report,
        "Language": first.language if first else None, "Version": "Dragoman",
    }  # fmt: skip


def _make_side(which: str, party: EventParty | None) -> dict[str, Any]:
    if party is None:
        return {}
    country = load_countries().get(party.country or "")
    return {
        f"{which} Name": find_name(party), f"{which} Country": party.country, f"{which} COW": country.cow if country else None,
        f"Primary {which} Sector": party.sector, f"{which} Sectors": party.sector, f"{which} Name Raw": find_name(party),
    }  # fmt: skip


def _make_place(event: Event) -> dict[str, Any]:
    place = event.place
    if place is None:
        return {}
    country = load_countries().get(place.country or "")
    return {
        "Placename": place.name, "City": place.name if place.precision == "point" else None,
        "Province": place.name if place.precision == "area" else None, "Country": country.name if country else None,
        "Latitude": place.lat, "Longitude": place.lon, "Raw Placename": place.name, "Feature Type": place.kind,
    }  # fmt: skip
