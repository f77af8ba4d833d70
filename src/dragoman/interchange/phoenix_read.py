"""Phoenix events: 26 columns, tabs or commas, with or without a header, CAMEO codes, actors as codes (USAGOV).

Source: Open Event Data Alliance, Phoenix data columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.interchange.cells import (
    BadValueError,
    Cells,
    keep_filled,
    read_day,
    read_number,
    read_point,
    read_rows,
    read_text,
)
from dragoman.interchange.codes import find_cameo, find_cameo_country, find_sector, load_contexts, load_countries
from dragoman.interchange.imported import BadRow, Imported, Side, find_plover
from dragoman.interchange.names import Names
from dragoman.interchange.table_files import Layout

COLUMNS = (
    "EventID_version", "story_date", "year", "month", "day", "source", "source_root", "source_agent", "source_others",
    "target", "target_root", "target_agent", "target_others", "code", "root_code", "quad_class", "goldstein", "issues",
    "lat", "lon", "placeName", "stateName", "countryName", "ids", "urls", "sources",
)  # fmt: skip
LAYOUT = Layout(COLUMNS, header="maybe", quoted=True, needed=("source", "target", "code"))


def read_phoenix(path: Path, names: Names) -> Iterator[Imported | BadRow]:
    """The events of a file."""
    return read_rows(path, LAYOUT, lambda line, cells: _make(line, cells, names))


def _make(line: int, cells: Cells, names: Names) -> Imported:
    code = cells["code"].strip()
    kind = find_cameo(code)
    if kind is None:
        raise BadValueError("no CAMEO code", repr(code))
    lat, lon = read_point(cells.get("lat"), cells.get("lon"))
    spots = [read_text(cells.get(column)) for column in ("placeName", "stateName", "countryName")]
    country = spots[2]
    urls = (read_text(cells.get("urls")) or "").split(";")
    return Imported(
        row_id=cells.get("EventID_version", "").strip(),
        line=line,
        day=_read_when(cells),
        actors=_read_side("source", cells, names),
        recipients=_read_side("target", cells, names),
        **find_plover(kind.event_type, kind.mode, _read_contexts(cells) or [kind.context]),
        code=code,
        scale=read_number(cells.get("goldstein")),
        place=", ".join(dict.fromkeys(spot for spot in spots if spot)) or None,
        place_country=(country if country in load_countries() else names.find_country(country)) if country else None,
        lat=lat,
        lon=lon,
        place_precision="point" if spots[0] else "area" if spots[1] else "country" if country else "unknown",
        reports=max(1, len([word for word in (cells.get("ids") or "").split(";") if word.strip()])),
        outlets=max(1, len({word for word in (cells.get("sources") or "").split(";") if word.strip()})),
        url=urls[0].strip() or None,
        original=keep_filled(cells),
    )


def _read_contexts(cells: Cells) -> list[str]:
    """Issues that are PLOVER's contexts; Phoenix's own are others, and stay in the row's columns."""
    return [word for word in (cells.get("issues") or "").split(";") if word in load_contexts()]


def _read_when(cells: Cells) -> str:
    """``year``, ``month`` and ``day`` where they are there, else ``story_date``."""
    parts = [read_text(cells.get(column)) for column in ("year", "month", "day")]
    if all(parts):
        year, month, day = (int(read_number(part) or 0) for part in parts)
        return read_day(f"{year:04}-{month:02}-{day:02}")
    return read_day(cells.get("story_date"))


def _read_side(which: str, cells: Cells, names: Names) -> tuple[Side, ...]:
    """An actor's root is a country or organisation, its agent a role: ``USA`` and ``GOV``."""
    whole = read_text(cells[which])
    if whole is None:
        return ()
    root = read_text(cells.get(f"{which}_root")) or whole[:3]
    agents = (read_text(cells.get(f"{which}_agent")) or whole[3:6]).split(";")
    country = find_cameo_country(root)
    if country is None and (organisation := names.find_organisation(root)):
        return (names.make_side(organisation, None, find_sector("cameo", agents)),)
    return (names.make_side(whole, country, find_sector("cameo", agents)),)
