"""The places of a sentence: names, chosen among their meanings, with those taken out that stand for something else."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.domain import PlaceMention, Sentence, Span
from dragoman.places.gazetteer import Gazetteer, Place
from dragoman.places.matching import Hit, Word, find_hits, find_key, find_words
from dragoman.places.support import REGION_WORD, is_place

_SCORES = {"country": 60.0, "capital": 44.0}
_CHOSEN, _PER_TENFOLD, _CONTAINED, _SAME_COUNTRY, _REGION_WORD = 45.0, 6.0, 100.0, 8.0, 40.0
"""Weights of the meanings of a name: listed by hand; each tenfold of people; said to lie there; its country named in
the sentence; "region" behind the name."""
_STATES = frozenset({"USA", "CAN", "AUS"})
"""Where a town is told with its state: an unknown "Paris, Texas" lies in Texas all the same."""
_CONTAINER_BEHIND = re.compile(r", | in (?:the )?| \(| of ")
_CONTAINER_BEFORE = re.compile(r"[’']s (?:[a-z]+ ){0,4}|, ")
_ADJECTIVE_BEFORE = re.compile(r" (?:[a-z-]+ ){0,3}(?:of )?")
_OFF_SHORE = re.compile(
    r"\b(?:(?:in |at )?(?:the )?(?:waters|sea) off|(?:just )?off the (?:[a-z]+ )?(?:coast|shores?) of)"
    r" (?:the )?(?:(?:coast|shores?) of )?(?:the )?$"
)
"""What lies off a coast is at sea: no country's, as the coding guide has it."""
_NAMELESS_WATERS = re.compile(r"\b(?:at sea(?! level)|(?:on |in )?(?:the )?high seas|(?:in )?international waters)\b")
_LISTED = re.compile(r", (?:and )?| and ")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report as a whole says of where it is."""

    home: str | None = None


NOWHERE = Setting()


def find_setting(sentences: Sequence[Sentence], gazetteer: Gazetteer, home: str | None = None) -> Setting:
    return Setting(home)


def link_places(
    sentence: Sentence, spans: Sequence[Span], gazetteer: Gazetteer, setting: Setting = NOWHERE
) -> tuple[PlaceMention | None, ...]:
    """The place each given span of the sentence names, whatever else it could be; ``None`` for unknown names."""
    hits, nations, text = [], [], sentence.text
    for span in sorted(spans):
        start, end = span.start - sentence.span.start, span.end - sentence.span.start
        key = find_key(text[start:end])
        if key in gazetteer.adjectives:
            nations.append((start, end, gazetteer.adjectives[key]))
        elif key in gazetteer.index:
            hits.append(Hit(start, end, gazetteer.get_places(key)))
    said = {(s, e): _get_country(country, gazetteer) for s, e, country in nations}
    said |= {(hit.start, hit.end): _choose(text, hits, n, nations, False)[0] for n, hit in enumerate(hits)}
    offset = sentence.span.start
    found = [said.get((span.start - offset, span.end - offset)) for span in spans]
    return tuple(
        PlaceMention(span, p.name, p.country, p.lat, p.lon, p.kind) if p else None
        for span, p in zip(spans, found, strict=True)
    )


def _get_country(code: str, gazetteer: Gazetteer) -> Place:
    return gazetteer.countries[code]


def find_places(sentence: Sentence, gazetteer: Gazetteer, setting: Setting = NOWHERE) -> tuple[PlaceMention, ...]:
    """Every place a sentence names, in text order; adjectives ("Russian") and parts of other names are none.

    A name with several meanings takes the one that the sentence says ("Odesa, Ukraine", "Syria's Homs"), else the best
    known. With "region" or "province" behind it, that is meant and part of the span.

    Args:
        sentence: With or without analysis; with it, names of persons and bodies are told apart better.
        gazetteer: From ``load_gazetteer``.
    """
    words = find_words(sentence.text)
    hits = list(find_hits(sentence.text, words, gazetteer))
    nations = [(w.start, w.end, gazetteer.adjectives[w.key]) for w in words if _is_adjective(w, gazetteer)]
    hits = [hit for hit in hits if not any(s == hit.start and e == hit.end for s, e, _ in nations)]
    known = frozenset(p for h in hits for p in (h.start, h.end)) | frozenset(p for n in nations for p in n[:2])
    regions = _find_region_words(sentence.text, hits)
    mentions = []
    for n, hit in enumerate(hits):
        place, contained = _choose(sentence.text, hits, n, nations, n in regions)
        if is_place(sentence, hit, place, known, contained):
            mentions.append(_make(sentence, hit, place, regions.get(n)))
    return tuple(sorted([*mentions, *_find_waters(sentence)], key=lambda mention: mention.span))


def _is_adjective(word: Word, gazetteer: Gazetteer) -> bool:
    return word.key in gazetteer.adjectives and word.text[0].isupper()


def _choose(
    text: str, hits: list[Hit], n: int, nations: list[tuple[int, int, str]], region: bool
) -> tuple[Place, bool]:
    """The best meaning of the ``n``-th name, and whether the text itself says or suggests that it lies there."""
    hit = hits[n]
    containers = _find_containers(text, hits, n, nations)
    around = {p.country for i, h in enumerate(hits) if i != n for p in h.places if p.kind == "country"}
    around |= {country for *_, country in nations}

    def score(place: Place) -> float:
        points = _SCORES.get(place.kind, _CHOSEN if place.chosen else 0.0)
        points += _PER_TENFOLD * math.log10(place.people) if place.people and not points else 0.0
        points += _CONTAINED * _lies_in(place, containers)
        points += _SAME_COUNTRY * (place.country in around)
        return points + _REGION_WORD * (region and place.kind == "region")

    best = max(hit.places, key=lambda p: (score(p), p.people))
    state = next((c for c in containers if c.kind == "region" and c.country in _STATES), None)
    if state and best.kind in ("city", "capital") and best.country != state.country and text.startswith(",", hit.end):
        return Place(best.name, state.country, state.lat, state.lon, "city", 0, state.name, False, False), True
    return best, _lies_in(best, containers) or (not best.weak and best.country in around)


def _lies_in(place: Place, containers: list[Place]) -> bool:
    return any(
        (c.kind == "country" and c.country == place.country and place.kind != "country")
        or (c.kind == "region" and c.country == place.country and c.name == place.province)
        for c in containers
    )


def _find_containers(text: str, hits: list[Hit], n: int, nations: list[tuple[int, int, str]]) -> list[Place]:
    """What the text says a place lies in: "Odesa, Ukraine", "Homs in Syria", "Syria's Homs", "the Syrian Homs"."""
    hit, found = hits[n], []
    if n + 1 < len(hits) and _CONTAINER_BEHIND.fullmatch(text[hit.end : hits[n + 1].start]):
        cities = any(place.kind == "capital" for place in hits[n + 1].places)
        found += [] if cities else [place for place in hits[n + 1].places if place.kind in ("country", "region")]
    if n and re.fullmatch(_CONTAINER_BEFORE, text[hits[n - 1].end : hit.start]):
        found += [place for place in hits[n - 1].places if place.kind == "country" and "," not in text[hits[n - 1].end]]
        found += _find_state(hits[n - 1], hit)
    for _, end, country in nations:
        if end < hit.start and _ADJECTIVE_BEFORE.fullmatch(text[end : hit.start]):
            found.append(Place("", country, 0.0, 0.0, "country", 0, "", False, False))
    return found


def _find_state(city: Hit, state: Hit) -> list[Place]:
    """ "Atlanta, Georgia": the city lies in the state, so the state is meant, not the country."""
    names = {(p.province, p.country) for p in city.places if p.province}
    inside = [p for p in state.places if p.kind == "region" and (p.name, p.country) in names]
    return [replace(p, kind="country") for p in inside]


def _find_region_words(text: str, hits: list[Hit]) -> dict[int, int]:
    """Number of a name → where "region", "province" … behind it ends; a plural holds for the names listed before it."""
    found: dict[int, int] = {}
    for n, hit in enumerate(hits):
        word = REGION_WORD.match(text, hit.end)
        if not word:
            continue
        found[n] = word.end()
        while word["word"].endswith("s") and n and _LISTED.fullmatch(text[hits[n - 1].end : hits[n].start]):
            n -= 1
            found.setdefault(n, hits[n].end)
    return found


def _find_waters(sentence: Sentence) -> list[PlaceMention]:
    """Waters without a name: "at sea", "on the high seas"."""
    offset = sentence.span.start
    return [
        PlaceMention(Span(hit.start() + offset, hit.end() + offset), hit[0].lower(), None, kind="sea")
        for hit in _NAMELESS_WATERS.finditer(sentence.text)
    ]


def _make(sentence: Sentence, hit: Hit, place: Place, region_end: int | None) -> PlaceMention:
    offshore = _OFF_SHORE.search(sentence.text[: hit.start])
    if offshore:
        span = Span(offshore.start() + sentence.span.start, hit.end + sentence.span.start)
        return PlaceMention(span, f"waters off {place.name}", None, place.lat, place.lon, "sea")
    kind = "region" if region_end and place.kind in ("city", "capital") else place.kind
    span = Span(hit.start + sentence.span.start, (region_end or hit.end) + sentence.span.start)
    return PlaceMention(span, place.name, place.country, place.lat, place.lon, kind)
