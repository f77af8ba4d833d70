"""What the text says a place lies in: "Odesa, Ukraine", "Homs in Syria", "Syria's Homs", "Springfield, Ill."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.places.gazetteer import Place
from dragoman.places.matching import Hit

_STATES = frozenset({"USA", "CAN", "AUS"})
"""Where a town is told with its state."""
_BEHIND = re.compile(r", | in (?:the )?| \(| of ")
_BEFORE = re.compile(r"[’']s (?:[a-z]+ ){0,4}|, ")
_ADJECTIVE_BEFORE = re.compile(r" (?:[a-z-]+ ){0,3}(?:of )?")

Nation = tuple[int, int, str]
"""Start and end of an adjective, and its country."""


def lies_in(place: Place, containers: Sequence[Place]) -> bool:
    """Whether one of the countries and provinces named as its container holds the place."""
    return any(
        (c.kind == "country" and c.country == place.country and place.kind != "country")
        or (c.kind == "region" and c.province and place.kind != "region" and _has_same_province(c, place))
        for c in containers
    )


def _has_same_province(a: Place, b: Place) -> bool:
    return (a.country, a.province) == (b.country, b.province)


def find_containers(text: str, hits: Sequence[Hit], n: int, nations: Sequence[Nation]) -> list[Place]:
    """The countries and provinces that the text says the ``n``-th name lies in."""
    hit, found = hits[n], []
    if n + 1 < len(hits) and _BEHIND.fullmatch(text[hit.end : hits[n + 1].start]):
        cities = any(place.kind == "capital" for place in hits[n + 1].places)
        found += [] if cities else [place for place in hits[n + 1].places if place.kind in ("country", "region")]
    if n and _BEFORE.fullmatch(text[hits[n - 1].end : hit.start]):
        found += [place for place in hits[n - 1].places if place.kind == "country" and "," not in text[hits[n - 1].end]]
        found += _find_state_behind(hits[n - 1], hit)
    for _, end, country in nations:
        if end < hit.start and _ADJECTIVE_BEFORE.fullmatch(text[end : hit.start]):
            found.append(Place("", country, 0.0, 0.0, "country", 0, ""))
    return found


def find_state(containers: Sequence[Place]) -> Place | None:
    return next((c for c in containers if c.kind == "region" and c.country in _STATES), None)


def _find_state_behind(city: Hit, state: Hit) -> list[Place]:
    """ "Atlanta, Georgia": the city lies in the state, so the state is meant, not the country."""
    there = {(p.country, p.province) for p in city.places if p.province and p.kind in ("city", "capital", "county")}
    inside = [p for p in state.places if p.kind == "region" and (p.country, p.province) in there]
    return [replace(p, kind="country") for p in inside]
