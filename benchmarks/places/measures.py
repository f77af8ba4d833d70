"""What is counted: places given by their span, and places found in raw text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from corpora import Toponym

from dragoman.domain import PlaceMention
from dragoman.places.names import fold_name

FAR_KM = 161.0
"""100 miles: the distance that toponym resolution is told by."""
_SAME_KM = {"town": 15.0, "other": 50.0, "county": 60.0, "region": 200.0, "country": math.inf}
"""How far two gazetteers' points of one and the same place may lie apart, by its level."""
_LEVEL_OF = {"capital": "town", "city": "town", "region": "region", "county": "county", "country": "country"}


def tell_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x) for x in p) for p in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def is_same(gold: Toponym, said: PlaceMention, km: float) -> bool:
    """The same place of the same level: what an equal GeoNames id would say, which we don't keep."""
    if gold.level == "country":
        return said.kind == "country" and said.country == gold.country
    level = _LEVEL_OF.get(said.kind, "other")
    if gold.level in ("region", "county"):
        named = fold_name(gold.name) in fold_name(said.name) or fold_name(said.name) in fold_name(gold.name)
        return level in (gold.level, "other", "region") and named and km <= _SAME_KM[gold.level]
    return (level == "town") == (gold.level == "town") and km <= _SAME_KM[gold.level]


@dataclass(slots=True)
class Resolved:
    """Given toponyms and what was made of them. Those without an answer count as wrong everywhere."""

    kms: list[float] = field(default_factory=list)
    asked: int = 0
    same: int = 0
    country: int = 0
    with_country: int = 0
    levels: dict[str, list[bool]] = field(default_factory=dict)
    precisions: dict[str, list[bool]] = field(default_factory=dict)
    """Of the answers, by what we say their point stands for."""

    def add(self, gold: Toponym, said: PlaceMention | None) -> None:
        self.asked += 1
        self.with_country += gold.country is not None
        km = math.inf
        if said and said.lat is not None and said.lon is not None and gold.lat is not None and gold.lon is not None:
            km = tell_km((gold.lat, gold.lon), (said.lat, said.lon))
            self.kms.append(km)
        same = said is not None and bool(gold.level) and is_same(gold, said, km)
        self.same += same
        self.country += said is not None and gold.country is not None and said.country == gold.country
        self.levels.setdefault(gold.level or "any", []).append(km <= FAR_KM)
        if said:
            self.precisions.setdefault(said.precision, []).append(km <= FAR_KM)

    def tell(self) -> dict[str, object]:
        near = sum(km <= FAR_KM for km in self.kms)
        told: dict[str, object] = {"toponyms": self.asked, "answered": _share(len(self.kms), self.asked)}
        if self.with_country:
            told |= {"same_place": _share(self.same, self.asked), "country": _share(self.country, self.with_country)}
        told |= {
            "within_161_km": _share(near, self.asked),
            "within_161_km_of_answered": _share(near, len(self.kms)),
            "median_km_of_answered": round(median(self.kms), 1) if self.kms else None,
        }
        told["answers_by_precision"] = _tell_parts(self.precisions)
        return told | ({"levels": _tell_parts(self.levels)} if self.with_country else {})


@dataclass(slots=True)
class Found:
    """Places found in raw text against the toponyms that stand there; a span that overlaps is a find."""

    gold: int = 0
    hit: int = 0
    near: int = 0
    said: int = 0
    right: int = 0

    def add(self, gold: Iterable[Toponym], aside: Iterable[Toponym], said: Iterable[PlaceMention]) -> None:
        """``aside``: toponyms not asked for (adjectives, unplaced ones) that it is no fault to name."""
        gold, aside, said = list(gold), list(aside), list(said)
        for toponym in gold:
            mention = next((m for m in said if _overlaps(toponym, m)), None)
            self.gold += 1
            self.hit += mention is not None
            self.near += mention is not None and _is_near(toponym, mention)
        for mention in said:
            if any(_overlaps(toponym, mention) for toponym in gold):
                self.said += 1
                self.right += 1
            elif not any(_overlaps(toponym, mention) for toponym in aside):
                self.said += 1

    def tell(self) -> dict[str, object]:
        return {
            "toponyms": self.gold,
            "recall": _share(self.hit, self.gold),
            "precision": _share(self.right, self.said),
            "found_and_within_161_km": _share(self.near, self.gold),
        }


def _overlaps(toponym: Toponym, mention: PlaceMention) -> bool:
    return mention.span.start < toponym.end and toponym.start < mention.span.end


def _is_near(gold: Toponym, said: PlaceMention) -> bool:
    if said.lat is None or said.lon is None or gold.lat is None or gold.lon is None:
        return False
    return tell_km((gold.lat, gold.lon), (said.lat, said.lon)) <= FAR_KM


def _tell_parts(parts: dict[str, list[bool]]) -> dict[str, dict[str, object]]:
    return {k: {"n": len(v), "within_161_km": _share(sum(v), len(v))} for k, v in sorted(parts.items())}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
