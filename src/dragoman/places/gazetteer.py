"""The places we know: countries, provinces, cities, seas and what else the news names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.errors import ResourceError

_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a name can mean. Latitude and longitude are WGS 84 degrees."""

    name: str
    country: str | None
    lat: float
    lon: float
    kind: str
    people: int
    """Inhabitants in thousands; 0 where they don't matter."""
    province: str
    chosen: bool
    """Listed by hand: goes before cities and provinces of the same name."""
    weak: bool
    """Mostly a word or a person's name: needs support."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names → places. Lines are read when a name asks for them."""

    lines: tuple[str, ...]
    index: Mapping[str, tuple[int, ...]]
    adjectives: Mapping[str, str]
    """Folded adjective → country: never a place, but it tells which Tripoli is meant."""
    firsts: frozenset[str]
    """First words of the names of several words."""

    @property
    def countries(self) -> dict[str, Place]:
        return _countries()

    def is_adjective(self, name: str) -> bool:
        from dragoman.places.matching import find_key
        return find_key(name) in self.adjectives

    def get_meanings(self, name: str) -> tuple[Place, ...]:
        from dragoman.places.matching import find_key
        key = find_key(name)
        if key in self.adjectives:
            return (_countries()[self.adjectives[key]],)
        return self.get_places(key)

    def get_places(self, key: str) -> tuple[Place, ...]:
        """The places a folded name (or ``=US``) can mean; empty for an unknown one."""
        return tuple(_read_place(self.lines[n]) for n in self.index.get(key, ()))


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package, read once, in under a tenth of a second.

    Raises:
        ResourceError: The packaged file is damaged.
    """
    text = resources.files("dragoman").joinpath("_data", "places.tsv").read_text(encoding="utf-8")
    lines = tuple(text.splitlines())
    index: dict[str, tuple[int, ...]] = {}
    adjectives: dict[str, str] = {}
    for number, line in enumerate(lines):
        keys, _, rest = line.partition("\t")
        if "\tadjective\t" in rest:
            adjectives[keys] = rest.split("\t")[1]
            continue
        for key in keys.split("|"):
            index[key] = (*index.get(key, ()), number)
    if not index:
        raise ResourceError("dragoman/_data/places.tsv is empty; run resources/generate_places.py")
    return Gazetteer(lines, index, adjectives, frozenset(key.partition(" ")[0] for key in index if " " in key))


def _read_place(line: str) -> Place:
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        raise ResourceError(f"dragoman/_data/places.tsv: {len(cells)} columns, expected {_COLUMNS}, in {line[:60]!r}")
    _, name, country, lat, lon, kind, people, province = cells
    return Place(
        name, country or None, float(lat), float(lon), kind.rstrip("?"), int(people),
        province.strip("!"), province == "!", kind.endswith("?"),
    )  # fmt: skip


@cache
def _countries() -> dict[str, Place]:
    g = load_gazetteer()
    return {p.country: p for line in g.lines if "\tcountry\t" in line for p in [_read_place(line)]}
