"""Which of a name's meanings is meant: by what its sentence says, then its report, then how well known each is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.places.gazetteer import Place

KIND = {"country": 44.0, "capital": 17.0, "region": -6.0, "county": -4.0, "village": -10.0}
CHOSEN, PER_TENFOLD, CONTAINED, SAME_COUNTRY, KIND_SAID = 45.0, 8.0, 100.0, 6.0, 40.0
"""Points for the meanings of a name: by kind; listed by hand; each tenfold of people; said to lie there; its country named in
the sentence; "region" or "county" behind the name. An even spot on LGL's dev half (``benchmarks/places/run.py --dev``), moved,
where that cost nothing there, until 350 reports of world news kept Rome in Italy and the state's Tripoli in Lebanon."""
REPORT_COUNTRY, REPORT_PROVINCE, REPORT_NEAR, TOLD, HOME = 30.0, 22.0, 84.0, 60.0, 8.0
"""Points from the report: its other names lie in that country, that province, near by; the report has said which one it is
elsewhere; its outlet's country. Chosen likewise."""
NEAR_KM = 70.0
"""Distance at which nearness has fallen to 1/e."""
_SOFTNESS = 8.0
"""Points between two meanings that make one e times as likely as the other."""
_ALONE = 0.2
"""Names added to the count before shares are told: one name alone is nearly sure of its country."""
_ROUNDS = 3
"""Each round up to the third helped on the dev half."""
_MOST_MEANINGS = 12
"""Of one name the likeliest so many speak for where the report is: Springfield has eighty."""

Province = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report as a whole says of where it is."""

    home: str | None = None
    """The outlet's country, ISO 3166-1 alpha-3."""
    names: Mapping[str, tuple[tuple[Place, float], ...]] = field(default_factory=dict)
    """Every name of the report → its likeliest meanings and how likely each is, 0 to 1."""
    told: Mapping[str, Place] = field(default_factory=dict)
    """Names → the place that the report itself says they mean: "Paris, Texas"."""
    countries: Mapping[str | None, float] = field(default_factory=dict)
    """Country → how many of the names lie there."""
    provinces: Mapping[Province, float] = field(default_factory=dict)


NOWHERE = Setting()
"""Of a sentence without its report."""


def make_setting(scored: Mapping[str, Mapping[Place, float]], told: Mapping[str, Place], home: str | None) -> Setting:
    """The report's setting from the points that its names' meanings have by their sentences alone.

    In rounds: where the sure names lie makes the doubtful ones surer, and those speak for the others.
    """
    setting = Setting(home)
    for _ in range(_ROUNDS):
        points = {k: [(p, n + score_in_report(k, p, setting)) for p, n in pairs.items()] for k, pairs in scored.items()}
        setting = _sum_up({key: _weigh(pairs) for key, pairs in points.items()}, told, home)
    return setting


def _sum_up(
    names: Mapping[str, tuple[tuple[Place, float], ...]], told: Mapping[str, Place], home: str | None
) -> Setting:
    countries: dict[str | None, float] = {}
    provinces: dict[Province, float] = {}
    for place, weight in (pair for meanings in names.values() for pair in meanings):
        countries[place.country] = countries.get(place.country, 0.0) + weight
        if place.province:
            key = (place.country, place.province)
            provinces[key] = provinces.get(key, 0.0) + weight
    return Setting(home, names, told, countries, provinces)


def _weigh(meanings: Iterable[tuple[Place, float]]) -> tuple[tuple[Place, float], ...]:
    best = sorted(meanings, key=lambda pair: -pair[1])[:_MOST_MEANINGS]
    chances = [math.exp((points - best[0][1]) / _SOFTNESS) for _, points in best]
    return tuple((place, chance / sum(chances)) for (place, _), chance in zip(best, chances, strict=True))


def score_alone(place: Place) -> float:
    """How well known a place is."""
    kind = "village" if place.is_village else place.kind
    points = CHOSEN if place.chosen else KIND.get(kind, 0.0)
    return points + (PER_TENFOLD * math.log10(place.people) if place.people else 0.0)


def score_in_report(key: str, place: Place, setting: Setting) -> float:
    """What the report's other names, its own words elsewhere and its outlet add."""
    points = HOME * (setting.home is not None and place.country == setting.home)
    if not setting.names:
        return points
    told = setting.told.get(key)
    points += TOLD * (told is not None and is_one(told, place))
    own = setting.names.get(key, ())
    country = _tell_share(setting.countries, place.country, sum(w for p, w in own if p.country == place.country), own)
    points += REPORT_COUNTRY * country
    if place.province:
        where = (place.country, place.province)
        mine = sum(w for p, w in own if (p.country, p.province) == where)
        points += REPORT_PROVINCE * _saturate(setting.provinces.get(where, 0.0) - mine)
    if place.kind not in ("country", "region"):
        points += REPORT_NEAR * _saturate(_find_nearness(key, place, setting))
    return points


def is_backed(key: str, place: Place, setting: Setting) -> bool:
    """Whether the report's other names speak for a village nobody knows: one of them lies near or in its province."""
    told = setting.told.get(key)
    if told is not None and is_one(told, place):
        return True
    own = sum(w for p, w in setting.names.get(key, ()) if (p.country, p.province) == (place.country, place.province))
    province = setting.provinces.get((place.country, place.province), 0.0) - own if place.province else 0.0
    return max(province, _find_nearness(key, place, setting)) >= _BACKING


def is_abroad(key: str, place: Place, setting: Setting) -> bool:
    """Whether no other name of the report lies in its country."""
    own = sum(weight for p, weight in setting.names.get(key, ()) if p.country == place.country)
    return setting.countries.get(place.country, 0.0) - own < _BACKING and place.country != setting.home


_BACKING = 0.5
"""So many names, each by how likely it lies there."""


def is_one(a: Place, b: Place) -> bool:
    return (a.name, a.country, a.lat, a.lon) == (b.name, b.country, b.lat, b.lon)


def _tell_share(
    counts: Mapping[str | None, float], country: str | None, mine: float, own: tuple[tuple[Place, float], ...]
) -> float:
    """Share of the other names that lie in the country."""
    others = sum(counts.values()) - sum(weight for _, weight in own)
    return max(0.0, counts.get(country, 0.0) - mine) / (others + _ALONE) if country else 0.0


def _saturate(count: float) -> float:
    return max(0.0, count) / (max(0.0, count) + 1.0)


def _find_nearness(key: str, place: Place, setting: Setting) -> float:
    """How many other names of the report lie near by, each by its likelihood and distance."""
    narrowing = math.cos(math.radians(place.lat))
    return sum(_tell_near(place, meanings, narrowing) for name, meanings in setting.names.items() if name != key)


def _tell_near(a: Place, meanings: Sequence[tuple[Place, float]], narrowing: float) -> float:
    """1 for the same spot, falling with distance, by how likely it is meant; a country or province is no spot."""
    nearest = 0.0
    for b, weight in meanings:
        if abs(a.lat - b.lat) > _FAR_DEGREES or b.kind in ("country", "region"):
            continue
        east = (a.lon - b.lon) * narrowing
        near = weight * math.exp(-_KM_A_DEGREE * math.hypot(a.lat - b.lat, east) / NEAR_KM)
        nearest = max(nearest, near)
    return nearest


_KM_A_DEGREE = 111.2
_FAR_DEGREES = 4.0
"""Farther apart than this nearness is nothing."""
