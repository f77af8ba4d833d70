"""GDELT events, versions 1 and 2, and mentions: files of tabs without a header, CAMEO codes, CAMEO countries.

Source: GDELT Event Codebook 2.0 and 1.03.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
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
from dragoman.interchange.codes import find_cameo, find_cameo_country, find_sector
from dragoman.interchange.imported import BadRow, Imported, Side, find_plover, make_side
from dragoman.interchange.names import Names
from dragoman.interchange.table_files import DAMAGED, Layout, open_streams

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENTS: tuple[str, ...] = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns of GDELT 2."""
EVENTS_1 = tuple(column for column in EVENTS if not column.endswith("ADM2Code"))
"""The 58 columns of GDELT 1."""
MENTIONS: tuple[str, ...] = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
"""The 16 columns of GDELT 2 mentions."""
_PRECISIONS: Mapping[str, Precision] = {"1": "country", "2": "area", "3": "point", "4": "point", "5": "area"}
"""Geo_Type: country, US state, US city, world city, world state."""


def read_gdelt(path: Path, names: Names) -> Iterator[Imported | BadRow]:
    """Events of GDELT 2 (61 columns) or GDELT 1 (58), told apart by the first line."""
    columns = EVENTS_1 if _count_columns(path) <= len(EVENTS_1) else EVENTS
    return read_rows(path, Layout(columns), lambda line, cells: _make_event(line, cells, names))


def read_mentions(path: Path, names: Names) -> Iterator[Imported | BadRow]:
    """Mentions of GDELT 2: each an imported row without parties, whose ``row_id`` is that of its event."""
    return read_rows(path, Layout(MENTIONS), _make_mention)


def _count_columns(path: Path) -> int:
    for stream in open_streams(path):
        with suppress(*DAMAGED):  # it is told when the rows are read
            return stream.readline().count(b"\t") + 1
    return 0


def _make_event(line: int, cells: Cells, names: Names) -> Imported:
    if not read_text(cells["GLOBALEVENTID"]):
        raise BadValueError("no id")
    code = cells["EventCode"].strip()
    kind = find_cameo(code)
    lat, lon = read_point(cells["ActionGeo_Lat"], cells["ActionGeo_Long"])
    place = read_text(cells["ActionGeo_FullName"])
    return Imported(
        row_id=cells["GLOBALEVENTID"].strip(),
        line=line,
        day=read_day(cells["SQLDATE"]),
        actors=_read_side("Actor1", cells, names),
        recipients=_read_side("Actor2", cells, names),
        **(find_plover(kind.event_type, kind.mode, [kind.context]) if kind else {}),
        code=code,
        scale=read_number(cells["GoldsteinScale"]),
        place=place,
        place_country=names.find_country(place.rpartition(",")[2]) if place else None,
        lat=lat,
        lon=lon,
        place_precision=_PRECISIONS.get(cells["ActionGeo_Type"].strip(), "unknown"),
        reports=read_count(cells["NumArticles"]),
        outlets=read_count(cells["NumSources"]),
        url=read_text(cells["SOURCEURL"]),
        original=keep_filled(cells),
    )


def _read_side(who: str, cells: Cells, names: Names) -> tuple[Side, ...]:
    """The actor of a row: none, or one. Regions and peoples have no country; what the roster doesn't know is ``UNK``."""
    name, code = read_text(cells[f"{who}Name"]), read_text(cells[f"{who}Code"])
    if code is None and name is None:
        return ()
    country = find_cameo_country(cells[f"{who}CountryCode"].strip())
    sector = find_sector("cameo", [cells[f"{who}Type{n}Code"] for n in (1, 2, 3)])
    group = read_text(cells[f"{who}KnownGroupCode"])
    known = names.find_organisation(group) if group and not country else None
    if known:
        return (make_side(name or group or "", None, sector or "IGO", code=known),)
    return (names.make_side(name or code or "", country, sector),)


def _make_mention(line: int, cells: Cells) -> Imported:
    if not read_text(cells["GLOBALEVENTID"]):
        raise BadValueError("no id")
    identifier = read_text(cells["MentionIdentifier"])
    return Imported(
        row_id=cells["GLOBALEVENTID"].strip(),
        line=line,
        day=read_day(cells["EventTimeDate"].strip()[:8]),
        url=identifier if identifier and "://" in identifier else None,
        original=keep_filled(cells),
    )
