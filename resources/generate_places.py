"""resources/places/* → src/dragoman/_data/places.tsv: one line each place, its keys first, in a fixed order.

Columns: keys (folded names, ``|`` between; ``=US`` only in capitals), name, country, lat, lon, kind, people in
thousands, province. A line of kind ``adjective`` maps an adjective to its country. Kinds with ``?`` need support.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
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
_SKIPPED_PROVINCES = frozenset({"GBR", "IRL", "MLT", "SVN", "LVA", "MKD", "AND", "LIE", "SMR", "MCO"})
"""Countries whose first-level divisions are towns and boroughs: their cities are listed already."""
_ONLY_COMPASS = re.compile(
    r"(?i)(?:(?:north|south|east|west|central|northern|southern|eastern|western)[ -]?)+"
    r"(?: (?:district|region|province|state|department|division|county))?"
)
"""The Southern District is mostly a court's."""
_PROVINCE_PEOPLE = 20
"""A province counts as a town of so many thousand: a city of its name is meant before it."""
_SMALL_CAPITAL = 100_000
"""Victoria is Seychelles' capital, but in the news mostly a person."""


def make_places() -> str:
    lines = [*_countries(), *_regions(), *_cities(), *_provinces()]
    return "\n".join(lines) + "\n"


def _read(name: str) -> Any:
    return yaml.safe_load((SOURCE / name).read_text(encoding="utf-8"))


def _key(name: str) -> str:
    letters = name.replace(".", "")
    return f"={letters}" if letters.isupper() and len(letters) <= 5 and letters.isascii() else fold_name(name)


def _line(names: list[str], row: tuple[Any, ...]) -> str:
    keys = [key for key in dict.fromkeys(_key(name) for name in names) if key]
    return "\t".join(["|".join(keys), *(str(cell) for cell in row)])


def _countries() -> Iterator[str]:
    for entry in _read("countries.yml"):
        row = (entry["name"], entry["iso3"], entry["lat"], entry["lon"], "country", 0, "")
        yield _line([entry["name"], *entry.get("also", [])], row)
    for entry in _read("countries.yml"):
        for word in entry.get("adjectives", []):
            yield _line([word], (word, entry["iso3"], "", "", "adjective", 0, ""))


def _regions() -> Iterator[str]:
    for entry in _read("regions.yml"):
        row = (entry["name"], entry["country"] or "", entry["lat"], entry["lon"], entry["kind"], 0, "!")
        yield _line([entry["name"], *entry.get("also", [])], row)


def _rows(name: str) -> list[list[str]]:
    lines = (SOURCE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _weak() -> frozenset[str]:
    return frozenset(word for words in _read("not_places.yml").values() for word in words.split())


def _cities() -> Iterator[str]:
    spellings, weak = _read("spellings.yml"), _weak()
    for kind, name, country, lat, lon, people, province, others in _rows("cities.tsv"):
        more = spellings.get(f"{name}, {country}", [])
        found = [o for o in others.split("|") if o and fold_name(o) not in weak]
        small = kind == "city" or int(people) < _SMALL_CAPITAL
        mark = "?" if small and (fold_name(name) in weak or len(name) < 4) else ""
        row = (name, country, lat, lon, kind + mark, max(1, int(people) // 1000), province)
        yield _line([name, *more, *found], row)


def _provinces() -> Iterator[str]:
    weak = frozenset(_read("not_places.yml")["words"].split())
    for name, country, lat, lon in _rows("provinces.tsv"):
        stem = _PROVINCE_WORDS.sub("", name)
        if country not in _SKIPPED_PROVINCES and len(stem) > 2:
            names = [name for name in (name, stem) if fold_name(name) not in weak]
            if names and not _ONLY_COMPASS.fullmatch(name):
                yield _line(names, (name, country, lat, lon, "region", _PROVINCE_PEOPLE, ""))


if __name__ == "__main__":
    OUT.write_text(make_places(), encoding="utf-8")
