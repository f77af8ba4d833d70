"""UCDP georeferenced events: 49 columns, commas; the monthly candidate files have come without a header. Read only.

Source: UCDP GED Codebook; UCDP Candidate Events Dataset Codebook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from dragoman.domain import Precision
from dragoman.interchange.cells import (
    BadValueError,
    Cells,
    keep_filled,
    read_count,
    read_day,
    read_number,
    read_point,
    read_rows,
    read_text,
)
from dragoman.interchange.codes import find_numbered, find_other
from dragoman.interchange.imported import Amount, BadRow, DatePrecision, Imported, Side, find_plover
from dragoman.interchange.names import Names
from dragoman.interchange.table_files import Layout

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
    "gwnoa", "gwnob",
)  # fmt: skip
LAYOUT = Layout(
    COLUMNS, separator=",", header="maybe", quoted=True, needed=("id", "type_of_violence", "side_a", "date_start")
)
_WHEN: Mapping[str, DatePrecision] = {"1": "day", "2": "range", "3": "week", "4": "month", "5": "year"}
_WHERE: Mapping[str, Precision] = {
    "1": "point", "2": "point", "3": "area", "4": "area", "5": "line", "6": "country", "7": "water",
}  # fmt: skip
"""where_prec: the spot, within 25 km, second-order unit, first-order unit, a line or fuzzy place, country, sea or air."""
_DEATHS = {"deaths_a": "side a", "deaths_b": "side b", "deaths_civilians": "civilians", "deaths_unknown": "unknown"}


def read_ucdp(path: Path, names: Names) -> Iterator[Imported | BadRow]:
    """The events of a file."""
    return read_rows(path, LAYOUT, lambda line, cells: _make(line, cells, names))


def _make(line: int, cells: Cells, names: Names) -> Imported:
    kind = cells["type_of_violence"].strip()
    found = find_other("ucdp", kind)
    if found is None:
        raise BadValueError("no type of violence", repr(kind))
    lat, lon = read_point(cells.get("latitude"), cells.get("longitude"))
    first, last = read_day(cells["date_start"]), read_day(cells.get("date_end") or cells["date_start"])
    country = read_text(cells.get("country"))
    return Imported(
        row_id=cells["id"].strip(),
        line=line,
        day=first,
        last_day=last if last != first else None,
        date_precision=_WHEN.get((cells.get("date_prec") or "").strip(), "day"),
        actors=_read_side("a", cells, names),
        recipients=_read_side("b", cells, names),
        mutual=found[2],
        **find_plover(found[0], found[1]),
        code=kind,
        place=read_text(cells.get("where_coordinates")),
        place_country=find_numbered("gw", cells.get("country_id") or "")
        or (names.find_country(country) if country else None),
        lat=lat,
        lon=lon,
        place_precision=_WHERE.get((cells.get("where_prec") or "").strip(), "unknown"),
        figures=_read_deaths(cells),
        reports=read_count(cells.get("number_of_sources")),
        outlets=read_count(cells.get("number_of_sources")),
        text=read_text(cells.get("source_headline")),
        original=keep_filled(cells),
    )


def _read_deaths(cells: Cells) -> tuple[Amount, ...]:
    """All deaths with their bounds, then those of each side where there are any."""
    best, low, high = (read_number(cells.get(column)) for column in ("best", "low", "high"))
    whole = () if best is None else (Amount("killed", best, low, high),)
    parts = ((side, read_number(cells.get(column))) for column, side in _DEATHS.items())
    return (*whole, *(Amount(f"killed: {side}", count) for side, count in parts if count))


def _read_side(letter: str, cells: Cells, names: Names) -> tuple[Side, ...]:
    """A party; governments by their number in Gleditsch and Ward's list."""
    name = read_text(cells.get(f"side_{letter}"))
    if name is None:
        return ()
    if name.casefold() == "civilians":
        return (names.make_side(name, None, "CVL"),)
    country = find_numbered("gw", cells.get(f"gwno{letter}") or "") or names.find_country_within(name)
    return (names.make_side(name, country, "GOV" if country else "REB"),)
