"""The places we know: countries, provinces, counties, towns, seas and what else the news names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from dragoman.domain import Precision
from dragoman.errors import ResourceError

_COLUMNS = 8
_CHOSEN, _WEAK = "!", "?"
_VILLAGE_PEOPLE = 15
"""In thousands: there are 70,000 towns below, and their names are words and persons."""
_PRECISION: Mapping[str, Precision] = {
    "city": "point", "capital": "point", "facility": "point", "crossing": "point",
    "region": "area", "county": "area", "island": "area", "mountain": "area",
    "sea": "water", "strait": "water", "lake": "water", "river": "water",
    "border": "line", "country": "country",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a name can mean. Latitude and longitude are WGS 84 degrees."""

    name: str
    country: str | None
    lat: float
    lon: float
    kind: str
    people: float
    """Inhabitants in thousands; 0 where they don't matter."""
    province: str
    """GeoNames' code of the first-level division it lies in, or is: ``GA``; empty where not known."""
    chosen: bool = False
    """Listed by hand: goes before cities and provinces of the same name."""
    weak: bool = False
    """Mostly a word or a person's name: needs support."""
    somewhere: bool = False
    """A town that isn't listed, with the point of the state that it is told to lie in."""

    @property
    def is_village(self) -> bool:
        """A town that is meant only where the sentence, the report or the model speaks for it."""
        return self.kind == "city" and not self.chosen and self.people < _VILLAGE_PEOPLE


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Names → places. Lines are sorted by name, searched by halving and read when a name asks for them."""

    lines: tuple[str, ...]
    adjectives: Mapping[str, str]
    """Folded adjective → country: never a place, but it tells which Tripoli is meant."""

    def has_name(self, key: str) -> bool:
        return self._starts_at(key + "\t") is not None

    def has_first(self, word: str) -> bool:
        """Whether a name of several words starts with this one."""
        return self._starts_at(word + " ") is not None

    def get_places(self, key: str) -> tuple[Place, ...]:
        """The places a folded name (or ``=US``, or ``@USA`` for a country's code) can mean; empty for an unknown one."""
        found, at = [], self._starts_at(key + "\t")
        while at is not None and at < len(self.lines) and self.lines[at].startswith(key + "\t"):
            found.append(_read_place(self.lines[at]))
            at += 1
        return tuple(found)

    def _starts_at(self, start: str) -> int | None:
        at = bisect_left(self.lines, start)
        return at if at < len(self.lines) and self.lines[at].startswith(start) else None


def tell_precision(kind: str) -> Precision:
    """What the point of a place of this kind stands for."""
    return _PRECISION.get(kind, "unknown")


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package, read once, in about a twentieth of a second.

    Raises:
        ResourceError: The packaged file is damaged.
    """
    text = resources.files("dragoman").joinpath("_data", "places.tsv").read_text(encoding="utf-8")
    adjectives, _, places = text.partition("\n\n")
    if not places:
        raise ResourceError("dragoman/_data/places.tsv is empty; run resources/generate_places.py")
    rows = (line.split("\t") for line in adjectives.splitlines())
    return Gazetteer(tuple(places.splitlines()), {word: country for word, country in rows})


@lru_cache(maxsize=16_384)
def _read_place(line: str) -> Place:
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        raise ResourceError(f"dragoman/_data/places.tsv: {len(cells)} columns, expected {_COLUMNS}, in {line[:60]!r}")
    key, name, country, lat, lon, kind, people, province = cells
    return Place(
        name or key.title(), country or None, float(lat), float(lon), kind.rstrip(_CHOSEN + _WEAK) or "city",
        float(people or 0), province, kind.endswith(_CHOSEN), kind.endswith(_WEAK),
    )  # fmt: skip
