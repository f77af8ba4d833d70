"""ICEWS events: tabs with a header, CAMEO codes, countries and sectors in words. The id of a row is not unique.

Source: ICEWS Coded Event Data (Harvard Dataverse), columns of the public and of the government release.
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
from dragoman.interchange.codes import find_cameo, find_sector
from dragoman.interchange.imported import BadRow, Imported, Side, find_plover
from dragoman.interchange.names import Names
from dragoman.interchange.table_files import Layout

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
"""The 20 columns of the public release."""
GOVERNMENT = ("Event Sentence", "Source", "Headline", "Product ID", "Holding ID", "Language")
"""What the government release adds, in whatever place its header says."""
LAYOUT = Layout(
    (*COLUMNS, *GOVERNMENT), header="yes", needed=("Event Date", "Source Name", "CAMEO Code", "Target Name")
)


def read_icews(path: Path, names: Names) -> Iterator[Imported | BadRow]:
    """The events of a file."""
    return read_rows(path, LAYOUT, lambda line, cells: _make(line, cells, names))


def _make(line: int, cells: Cells, names: Names) -> Imported:
    code = cells["CAMEO Code"].strip()
    kind = find_cameo(_repair_code(code))
    if kind is None:
        raise BadValueError("no CAMEO code", repr(code))
    lat, lon = read_point(cells.get("Latitude"), cells.get("Longitude"))
    spots = [read_text(cells.get(column)) for column in ("City", "District", "Province", "Country")]
    precise = next((p for spot, p in zip(spots, ("point", "area", "area", "country"), strict=True) if spot), "unknown")
    return Imported(
        row_id=cells.get("Event ID", "").strip(),
        line=line,
        day=read_day(cells["Event Date"]),
        actors=_read_side("Source", cells, names),
        recipients=_read_side("Target", cells, names),
        **find_plover(kind.event_type, kind.mode, [kind.context]),
        code=code,
        scale=read_number(cells.get("Intensity")),
        place=", ".join(dict.fromkeys(spot for spot in spots if spot)) or None,
        place_country=names.find_country(spots[3]) if spots[3] else None,
        lat=lat,
        lon=lon,
        place_precision=precise,  # type: ignore[arg-type]
        text=read_text(cells.get("Event Sentence")),
        original=keep_filled(cells),
    )


def _repair_code(code: str) -> str:
    """Spreadsheets eat leading zeros: two digits that no base code can be, and three of them, had one."""
    if code.isdigit() and (len(code) == 2 or (len(code) == 3 and find_exact(f"0{code}") and not find_exact(code))):
        return f"0{code}"
    return code


def find_exact(code: str) -> bool:
    """Whether CAMEO has this very code."""
    found = find_cameo(code)
    return found is not None and found.code == code


def _read_side(which: str, cells: Cells, names: Names) -> tuple[Side, ...]:
    name = read_text(cells[f"{which} Name"])
    if name is None:
        return ()
    country = read_text(cells.get(f"{which} Country"))
    code = names.find_country(country) if country else names.find_country_within(name)
    sectors = (read_text(cells.get(f"{which} Sectors")) or "").split(",")
    return (names.make_side(name, code, find_sector("icews", sectors)),)
