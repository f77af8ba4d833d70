"""PLOVER records: JSON, one a line or one list; also their older shape with source, target and camelCase keys.

Source: PLOVER manual, Data Fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.domain import Precision, Status
from dragoman.interchange.cells import BadValueError, read_day, try_making
from dragoman.interchange.codes import find_type, load_countries
from dragoman.interchange.imported import Amount, BadRow, Imported, Side, find_plover
from dragoman.interchange.names import Names
from dragoman.interchange.table_files import DAMAGED, open_streams

AUXILIARY: Mapping[str, Status] = {
    "historical": "historical",
    "future": "planned",
    "hypothetical": "conditional",
    "negation": "denied",
}
"""Auxiliary modes and the status each is."""
_PRECISIONS: Mapping[str, Precision] = {"5": "point", "4": "point", "3": "area", "2": "area", "1": "country"}
"""resolution: 5 within a city, 4 city, 3 district, 2 province, 1 country."""
_SIZES = {"dead": "killed", "injured": "injured", "arrested": "arrested"}
_LIST_LIMIT = 200_000_000
"""Bytes of a file that is one list, which must be held whole. Larger files must be JSON lines."""


def read_plover(path: Path, names: Names) -> Iterator[Imported | BadRow]:
    """The events of a file, one row for each type that a record names."""
    for line, record in _read_records(path):
        if isinstance(record, BadRow):
            yield record
            continue
        kinds = _as_list(record.get("event"))
        if not kinds:
            yield BadRow(line, "no event", "the key 'event' is missing or empty")
        for kind in kinds:
            yield try_making(lambda at, row, kind=kind: _make(at, row, kind, names), line, record)  # type: ignore[misc]


def _read_records(path: Path) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    line = 0
    try:
        for line, record in _read_streams(path):
            yield line, record
    except DAMAGED as error:
        yield line + 1, BadRow(line + 1, "file cut off or damaged", str(error))


def _read_streams(path: Path) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    for stream in open_streams(path):
        first = stream.readline()
        if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"["):
            yield from _read_list(first + stream.read(_LIST_LIMIT))
            continue
        number = 0
        while first:
            number += 1
            if first.strip():
                yield number, _load(number, first)
            first = stream.readline()


def _read_list(data: bytes) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    if len(data) > _LIST_LIMIT:
        yield 1, BadRow(1, "list too large", f"more than {_LIST_LIMIT:,} bytes; write one record a line")
        return
    try:
        records = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield 1, BadRow(1, "not JSON", str(error))
        return
    for number, record in enumerate(records, 1):
        yield number, record if isinstance(record, dict) else BadRow(number, "not a record", repr(record)[:40])


def _load(number: int, data: bytes) -> dict[str, Any] | BadRow:
    try:
        record = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return BadRow(number, "not JSON", str(error))
    return record if isinstance(record, dict) else BadRow(number, "not a record", repr(record)[:40])


def _make(line: int, record: Mapping[str, Any], kind: Any, names: Names) -> Imported:
    named = kind if isinstance(kind, dict) else {"type": kind}
    word = str(named.get("type") or named.get("event") or "")
    if find_type(word) is None:
        raise BadValueError("no PLOVER type", repr(word[:40]))
    words = [str(w).casefold() for w in (*_as_list(named.get("mode", record.get("mode"))), *_contexts(record))]
    status: Status = next((AUXILIARY[w] for w in words if w in AUXILIARY), "occurred")
    modes = [w for w in _as_list(named.get("mode", record.get("mode"))) if str(w).casefold() not in AUXILIARY]
    contexts = [str(c) for c in _contexts(record) if str(c).casefold() not in AUXILIARY]
    day = read_day(str(record.get("date") or ""))
    last = read_day(str(record["enddate"])) if record.get("enddate") else None
    return Imported(
        row_id=str(record.get("id") or ""),
        line=line,
        day=day,
        last_day=last if last != day else None,
        date_precision="range" if last and last != day else "day",
        actors=_read_sides(record.get("actor", record.get("source")), names),
        recipients=_read_sides(record.get("recipient", record.get("target")), names),
        **find_plover(word, str(modes[0]) if modes else None, contexts),
        status=status,
        code="/".join([word, *map(str, modes)]),
        scale=_number(record.get("event_scale")),
        **_read_place(record, names),
        figures=tuple(_read_sizes(record)),
        url=_find_url(record),
        text=_text(record.get("text")) or _text(record.get("event_text")) or _text(record.get("eventText")),
        original=record,
    )


def _contexts(record: Mapping[str, Any]) -> list[Any]:
    return _as_list(record.get("context"))


def _as_list(value: Any) -> list[Any]:
    """One or several, as a list; several words in one text are cut at ; and ,"""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [word.strip() for word in value.replace(",", ";").split(";") if word.strip()]
    return list(value) if isinstance(value, list) else [value]


def _read_sides(value: Any, names: Names) -> tuple[Side, ...]:
    """Parties: records with ``code`` and ``sector`` (also ``actorText``), or bare codes."""
    entries = value if isinstance(value, list) else [value] if value else []
    return tuple(_read_side(entry if isinstance(entry, dict) else {"code": entry}, names) for entry in entries)


def _read_side(entry: Mapping[str, Any], names: Names) -> Side:
    """A party. Of codes such as ``USAGOV`` the first three letters are the country's."""
    code, sector = str(entry.get("code") or ""), _text(entry.get("sector"))
    name = _text(entry.get("entity_text")) or _text(entry.get("actorText")) or code
    country = next((c for c in (code, code[:3]) if c in load_countries()), None)
    if country is None and (organisation := names.find_organisation(code)):
        return names.make_side(organisation, None, sector)
    if country and sector is None and len(code) >= 6:
        sector = code.removeprefix(country).lstrip("-")[:3]
    return names.make_side(name, country or names.find_country(code), sector)


def _read_place(record: Mapping[str, Any], names: Names) -> dict[str, Any]:
    entries = record.get("event_loc", record.get("eventLoc"))
    where = entries[0] if isinstance(entries, list) and entries else entries
    if not isinstance(where, dict):
        return {"place": _text(where)} if where else {}
    lat, lon = _number(where.get("lat")), _number(where.get("lon"))
    country = str(where.get("country_code") or where.get("country") or "")
    if lat is not None and lon is not None and not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadValueError("no point on Earth", f"{lat}, {lon}")
    return {
        "place": _text(where.get("resolved_place")) or _text(where.get("extracted_place")),
        "place_country": country if country in load_countries() else names.find_country(country) if country else None,
        "lat": lat, "lon": lon, "place_precision": _PRECISIONS.get(str(where.get("resolution")), "unknown"),
    }  # fmt: skip


def _read_sizes(record: Mapping[str, Any]) -> Iterator[Amount]:
    sizes = record.get("size") or {}
    for key, what in _SIZES.items():
        if isinstance(sizes, dict) and (count := _number(sizes.get(key))) is not None:
            yield Amount(what, count)


def _find_url(record: Mapping[str, Any]) -> str | None:
    cite = record.get("cite_info")
    return _text(cite.get("url")) if isinstance(cite, dict) else _text(record.get("url"))


def _number(value: Any) -> float | None:
    try:
        return None if value is None or value == "" or isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        raise BadValueError("not a number", repr(value)[:40]) from None


def _text(value: Any) -> str | None:
    return " ".join(str(value).split()) or None if value not in (None, "") else None
