"""POLECAT events: 40 columns, tabs, a header, ISO-8859-1, the word None where there is nothing.

Source: POLECAT codebook (Harvard Dataverse); PLOVER 2.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.domain import Precision
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
from dragoman.interchange.codes import find_numbered, load_countries
from dragoman.interchange.imported import BadRow, Imported, Side, find_plover
from dragoman.interchange.names import Names
from dragoman.interchange.table_files import Layout

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
LAYOUT = Layout(COLUMNS, encoding="iso-8859-1", header="maybe", needed=("Event Date", "Event Type"))


def read_polecat(path: Path, names: Names) -> Iterator[Imported | BadRow]:
    """The events of a file."""
    return read_rows(path, LAYOUT, lambda line, cells: _make(line, cells, names))


def _make(line: int, cells: Cells, names: Names) -> Imported:
    plover = find_plover(cells["Event Type"], cells.get("Event Mode"), _split(cells.get("Contexts")))
    if not plover:
        raise BadValueError("no PLOVER type", repr(cells["Event Type"][:40]))
    lat, lon = read_point(cells.get("Latitude"), cells.get("Longitude"))
    country = read_text(cells.get("Country"))
    return Imported(
        row_id=cells.get("Event ID", "").strip(),
        line=line,
        day=read_day(cells["Event Date"]),
        actors=_read_sides("Actor", cells, names),
        recipients=_read_sides("Recipient", cells, names),
        **plover,
        code="/".join(word for c in ("Event Type", "Event Mode") if (word := read_text(cells.get(c)))),
        scale=read_number(cells.get("Intensity")),
        place=read_text(cells.get("Placename")),
        place_country=find_country(country, names) if country else None,
        lat=lat,
        lon=lon,
        place_precision=_find_precision(cells),
        original={name: cell for name, cell in keep_filled(cells).items() if cell.strip() != "None"},
    )


def _read_sides(which: str, cells: Cells, names: Names) -> tuple[Side, ...]:
    """The parties of a cell. Several names stand for several parties, each with its country and sector where as many are given."""
    countries, cows = _split(cells.get(f"{which} Country")), _split(cells.get(f"{which} COW"))
    parties = _split(cells.get(f"{which} Name")) or _split(cells.get(f"{which} Name Raw")) or countries
    codes = [find_country(country, names) for country in countries] or [find_numbered("cow", cow) for cow in cows]
    sectors = _share(_split(cells.get(f"Primary {which} Sector")), len(parties))
    sides = zip(parties, _share(codes, len(parties)), sectors, strict=True)
    return tuple(names.make_side(name, country, sector) for name, country, sector in sides)


def _share(values: Sequence[str | None], count: int) -> Sequence[str | None]:
    """A value for each of so many parties: one is that of all, and where the numbers differ nobody knows whose is whose."""
    return values if len(values) == count else [values[0] if len(values) == 1 else None] * count


def find_country(words: str, names: Names) -> str | None:
    """A country by code or name."""
    return words if words in load_countries() else names.find_country(words)


def _split(cell: str | None) -> list[str]:
    words = read_text(cell) or ""
    return [word.strip() for word in words.split(";") if word.strip() and word.strip() != "None"]


def _find_precision(cells: Cells) -> Precision:
    if read_text(cells.get("City")):
        return "point"
    if read_text(cells.get("District")) or read_text(cells.get("Province")):
        return "area"
    return "country" if read_text(cells.get("Country")) else "unknown"
