"""ACLED events: 31 columns, commas, a header. Read only. Fatalities are ACLED's estimates.

Source: ACLED Codebook. What the data may be used for is told by ACLED's own terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from dragoman.interchange.codes import find_other, find_sector
from dragoman.interchange.imported import Amount, BadRow, DatePrecision, Imported, Side, find_plover
from dragoman.interchange.names import Names
from dragoman.interchange.table_files import Layout

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
LAYOUT = Layout(
    COLUMNS, separator=",", header="yes", quoted=True, needed=("event_id_cnty", "event_date", "event_type", "actor1")
)
_WHEN: Mapping[str, DatePrecision] = {"1": "day", "2": "week", "3": "month"}
_WHERE: Mapping[str, Precision] = {"1": "point", "2": "point", "3": "area"}
"""geo_precision: the very place, one near it, the region's chief town."""


def read_acled(path: Path, names: Names) -> Iterator[Imported | BadRow]:
    """The events of a file."""
    return read_rows(path, LAYOUT, lambda line, cells: _make(line, cells, names))


def _make(line: int, cells: Cells, names: Names) -> Imported:
    kind, subkind = cells["event_type"].strip(), (cells.get("sub_event_type") or "").strip()
    found = find_other("acled", kind, subkind)
    if found is None:
        raise BadValueError("no ACLED event type", repr(kind))
    lat, lon = read_point(cells.get("latitude"), cells.get("longitude"))
    country = read_text(cells.get("country"))
    killed = read_number(cells.get("fatalities"))
    sources = [word for word in (cells.get("source") or "").split(";") if word.strip()]
    return Imported(
        row_id=cells["event_id_cnty"].strip(),
        line=line,
        day=read_day(cells["event_date"]),
        date_precision=_WHEN.get((cells.get("time_precision") or "").strip(), "day"),
        actors=_read_side("1", cells, names),
        recipients=_read_side("2", cells, names),
        mutual=found[2] and bool(read_text(cells.get("actor2"))),
        **find_plover(found[0], found[1]),
        code=f"{kind}/{subkind}" if subkind else kind,
        place=", ".join(dict.fromkeys(spot for c in ("location", "admin1") if (spot := read_text(cells.get(c))))) or country,
        place_country=names.find_country(country) if country else None,
        lat=lat,
        lon=lon,
        place_precision=_WHERE.get((cells.get("geo_precision") or "").strip(), "unknown"),
        figures=(Amount("killed", killed),) if killed is not None else (),
        reports=max(1, len(sources)),
        outlets=max(1, len(sources)),
        text=read_text(cells.get("notes")),
        original=keep_filled(cells),
    )  # fmt: skip


def _read_side(number: str, cells: Cells, names: Names) -> tuple[Side, ...]:
    """A party. Associated actors stay in the row's own columns."""
    name = read_text(cells.get(f"actor{number}"))
    if name is None:
        return ()
    sector = find_sector("acled", [cells.get(f"inter{number}") or ""])
    if sector == "MIL" and "police" in name.casefold():
        sector = "COP"
    return (names.make_side(name, names.find_country_within(name), sector if sector != "UNK" else None),)
