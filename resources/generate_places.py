"""resources/places/* → src/dragoman/_data/places.tsv: adjectives, a blank line, then one line each name of a place, sorted.

Columns of a place: key (folded name; ``=US`` only in capitals; ``@USA`` a country's code), name (empty where it is the key with
capitals), country, lat, lon, kind (empty for a city; ``!`` listed by hand, ``?`` needs support), people in thousands, code of
its first-level division. An adjective's line has its country.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCE, OUT = ROOT / "resources" / "places", ROOT / "src" / "dragoman" / "_data" / "places.tsv"
sys.path.insert(0, str(ROOT / "src"))

from dragoman.places.names import fold_name  # noqa: E402

_PROVINCE_WORDS = re.compile(
    r"(?i)(?:^(?:Republic of(?: the)?|Province of|State of|Región de(?:l)?(?: la)?|Departamento de|Wilaya de) | "
    r"(?:Oblast['’]?|Region|Province|Provincia|Governorate|Krai|Kray|Republic|State|Prefecture|County|District|Territory|"
    r"Department|Autonomous Region|Autonomous Oblast|Voivodeship|Canton|City|Municipality|Division|Parish|-do|-to)$)"
)
_SKIPPED_PROVINCES = frozenset({"GBR", "IRL", "MLT", "SVN", "LVA", "MKD", "AND", "LIE", "SMR", "MCO",
                                 "DMA", "ATG", "GRD", "BRB", "VCT", "KNA", "JAM", "BMU"})  # fmt: skip
"""Countries whose first-level divisions are towns and boroughs, listed already as cities, or parishes named after saints."""
_ONLY_COMPASS = re.compile(
    r"(?i)(?:(?:north|south|east|west|central|northern|southern|eastern|western)[ -]?)+"
    r"(?: (?:district|region|province|state|department|division|county))?"
)
"""The Southern District is mostly a court's."""
_PROVINCE_PEOPLE = 20
"""A province counts as a town of so many thousand: a city of its name is meant before it."""
_STATES = frozenset({"USA", "CAN", "AUS"})
"""Whose first-level divisions are named as often as their cities: they count by their people."""
_SMALL_CAPITAL = 100_000
"""Victoria is Seychelles' capital, but in the news mostly a person."""
_COUNTY_ONLY = re.compile(r" (?:County|Parish|Borough|Census Area|Municipio)$|^(?:County|City|Borough) ")
"""Other counties (Kent, Oxfordshire) are listed where no town has their name."""
_HAND = ("regions.yml", "waters.yml", "areas.yml", "bases.yml", "crossings.yml")
_SPARE = re.compile(
    r" District$| Borough$| City$|(?i: county borough)$|^(?:City and )?Borough of |^City of |^(?:Royal )"
)
"""British councils: their towns are listed already."""

Line = tuple[str, ...]
"""The cells of a place, its key first."""


def make_places() -> str:
    provinces = _rows("provinces.tsv")
    codes = {(name, row[1]): row[2] for row in provinces for name in _find_province_names(row[0])}
    lines = {
        *_countries(),
        *_by_hand(codes),
        *_cities(),
        *_provinces(provinces),
        *_counties(),
        *_short_forms(provinces),
    }
    text = sorted("\t".join(line) for line in lines)
    return "\n".join([*sorted(_adjectives()), "", *text]) + "\n"


def _read(name: str) -> Any:
    return yaml.safe_load((SOURCE / name).read_text(encoding="utf-8"))


def _key(name: str) -> str:
    letters = name.replace(".", "")
    return f"={letters}" if letters.isupper() and len(letters) <= 5 and letters.isascii() else fold_name(name)


def _lines(names: Iterable[str], name: str, *cells: Any) -> Iterator[Line]:
    for key in dict.fromkeys(_key(name) for name in names):
        if key:
            yield key, "" if key.title() == name else name, *(str(cell) for cell in cells)


def _countries() -> Iterator[Line]:
    for entry in _read("countries.yml"):
        cells = (entry["iso3"], entry["lat"], entry["lon"], "country", "", "")
        yield from _lines([entry["name"], *entry.get("also", [])], entry["name"], *cells)
        yield "@" + entry["iso3"], entry["name"], *(str(cell) for cell in cells)


def _adjectives() -> Iterator[str]:
    for entry in _read("countries.yml"):
        for word in entry.get("adjectives", []):
            yield f"{fold_name(word)}\t{entry['iso3']}"
            if word.endswith(("n", "i")):
                yield f"{fold_name(word)}s\t{entry['iso3']}"


def _by_hand(codes: dict[tuple[str, str], str]) -> Iterator[Line]:
    for file in _HAND:
        for entry in _read(file):
            names = [entry["name"], *entry.get("also", [])]
            country = entry["country"] or ""
            found = [
                codes[stem, country]
                for name in names
                for stem in _find_province_names(name)
                if (stem, country) in codes
            ]
            code = found[0] if found and entry["kind"] == "region" else ""
            yield from _lines(names, entry["name"], country, entry["lat"], entry["lon"], entry["kind"] + "!", "", code)


def _rows(name: str) -> list[list[str]]:
    lines = (SOURCE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _weak() -> frozenset[str]:
    lists = _read("not_places.yml")
    return frozenset(word for name, words in lists.items() if name != "never" for word in words.split())


def _never() -> frozenset[str]:
    return frozenset(fold_name(name) for name in _read("not_places.yml")["never"])


def _cities() -> Iterator[Line]:
    spellings, weak, never = _read("spellings.yml"), _weak(), _never()
    for kind, name, country, lat, lon, people, code, others in _rows("cities.tsv"):
        more = spellings.get(f"{name}, {country}", [])
        found = [o for o in others.split("|") if o and fold_name(o) not in weak]
        small = kind == "city" or int(people) < _SMALL_CAPITAL
        mark = "?" if small and (fold_name(name) in weak or len(name) < 4) else ""
        shown = kind if kind == "capital" else "city" if mark else ""
        names = [n for n in (name, *more, *found) if fold_name(n) not in never]
        yield from _lines(names, name, country, lat, lon, shown + mark, _tell_thousands(people), code)


def _tell_thousands(people: str) -> str:
    return str(int(people) // 1000) if int(people) >= 10_000 else f"{max(0.1, int(people) / 1000):.1f}"


def _find_province_names(name: str) -> list[str]:
    """The name and what is left of it without "Province", "Oblast" …"""
    return list(dict.fromkeys([name, _PROVINCE_WORDS.sub("", name)]))


def _provinces(rows: list[list[str]]) -> Iterator[Line]:
    weak = frozenset(_read("not_places.yml")["words"].split()) | _never()
    for name, country, code, lat, lon, people in rows:
        stem = _find_province_names(name)[-1]
        if country not in _SKIPPED_PROVINCES and len(stem) > 2:
            names = [n for n in (name, stem) if fold_name(n) not in weak]
            if names and not _ONLY_COMPASS.fullmatch(name):
                many = _tell_thousands(people) if country in _STATES else _PROVINCE_PEOPLE
                yield from _lines(names, name, country, lat, lon, "region", many, code)


def _counties() -> Iterator[Line]:
    towns = {(fold_name(row[1]), row[2]) for row in _rows("cities.tsv")}
    for name, country, code, lat, lon, people in _rows("counties.tsv"):
        if _COUNTY_ONLY.search(name) or ((fold_name(name), country) not in towns and not _SPARE.search(name)):
            yield from _lines([name], name, country, lat, lon, "county", _tell_thousands(people), code)


def _short_forms(rows: list[list[str]]) -> Iterator[Line]:
    """ "Ga.", "GA": only behind a town."""
    short = _read("states.yml")
    for name, country, code, lat, lon, people in rows:
        names = [*short.get(f"{name}, {country}", []), *([code] if country == "USA" else [])]
        yield from _lines(names, name, country, lat, lon, "region?", _tell_thousands(people), code)


if __name__ == "__main__":
    OUT.write_text(make_places(), encoding="utf-8")
