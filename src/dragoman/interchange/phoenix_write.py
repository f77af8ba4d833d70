"""Phoenix events, from ours: 26 columns, tabs, no header, what has happened, a row for each pair of parties."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.domain import EventParty
from dragoman.interchange.cameo_rows import CameoRow, find_rows
from dragoman.interchange.cells import write_line
from dragoman.interchange.codes import find_sector_word, get_cameo_country
from dragoman.interchange.losses import Losses
from dragoman.interchange.phoenix_read import COLUMNS
from dragoman.interchange.told import Told, WriteOptions, make_number

VERSION = "dragoman"


def write_phoenix(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A file of tabs. ``issues`` holds the contexts, ``ids``, ``urls`` and ``sources`` those of all reports."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        for row in find_rows(told, losses, held=("contexts",), also=("sentences",)):
            cells = _make(row)
            stream.write(write_line([cells.get(column) for column in COLUMNS]).replace('"', "'"))
    return losses.rows


def _make(row: CameoRow) -> dict[str, Any]:
    event, place = row.told.event, row.told.event.place
    year, month, day = row.day.split("-")
    number = make_number(event.id, row.actor.code, row.recipient.code if row.recipient else "")
    return {
        "EventID_version": f"{number}_{VERSION}", "story_date": (event.first_report or row.day).replace("-", ""),
        "year": year, "month": month, "day": day, **_make_side("source", row.actor), **_make_side("target", row.recipient),
        "code": row.kind.code, "root_code": row.kind.code[:2], "quad_class": _find_class(row.kind.code[:2]),
        "goldstein": row.kind.goldstein, "issues": ";".join(event.context),
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "placeName": place.name if place and place.precision == "point" else None,
        "stateName": place.name if place and place.precision == "area" else None,
        "countryName": place.country if place else None, "ids": ";".join(dict.fromkeys(e.report_id for e in row.told.evidence)),
        "urls": ";".join(dict.fromkeys(e.url for e in row.told.evidence if e.url)),
        "sources": ";".join(dict.fromkeys(voice.name for voice in event.outlets)),
    }  # fmt: skip


def _find_class(root: str) -> int:
    """Phoenix counts the classes from 0, neutral statements: 1 to 4 as elsewhere, by root."""
    number = int(root)
    return 0 if number <= 2 else 1 if number <= 5 else 2 if number <= 8 else 3 if number <= 13 else 4


def _make_side(which: str, party: EventParty | None) -> dict[str, Any]:
    if party is None:
        return {}
    root = get_cameo_country(party.country) if party.country else None if party.code == "UNK" else party.code
    agent = find_sector_word("cameo", party.sector)
    return {
        which: f"{root or '---'}{agent or ''}" if root or agent else None,
        f"{which}_root": root,
        f"{which}_agent": agent,
    }
