"""The places of a sentence: names, chosen among their meanings, with those taken out that stand for something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.domain import PlaceMention, Sentence, Span
from dragoman.places.containers import Nation, find_containers, find_state, lies_in
from dragoman.places.gazetteer import Gazetteer, Place, tell_precision
from dragoman.places.matching import Hit, Word, find_hits, find_key, find_words
from dragoman.places.ranking import (
    CONTAINED,
    KIND_SAID,
    NOWHERE,
    SAME_COUNTRY,
    Setting,
    is_abroad,
    is_backed,
    make_setting,
    score_alone,
    score_in_report,
)
from dragoman.places.support import REGION_WORD, is_place, is_well_known

_OFF_SHORE = re.compile(
    r"\b(?:(?:in |at )?(?:the )?(?:waters|sea) off|(?:just )?off the (?:[a-z]+ )?(?:coast|shores?) of)"
    r" (?:the )?(?:(?:coast|shores?) of )?(?:the )?$"
)
"""What lies off a coast is at sea: no country's, as the coding guide has it."""
_NAMELESS_WATERS = re.compile(r"\b(?:at sea(?! level)|(?:on |in )?(?:the )?high seas|(?:in )?international waters)\b")
_COUNTY = " county"
_LISTED = re.compile(r", (?:and )?| and ")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a sentence, before any of them is chosen or taken out."""

    text: str
    hits: tuple[Hit, ...]
    nations: tuple[Nation, ...]
    """Adjectives of countries: never places, but they tell where others lie."""
    regions: dict[int, int]
    """Number of a hit → where "region", "province" … behind it ends."""


def find_places(sentence: Sentence, gazetteer: Gazetteer, setting: Setting = NOWHERE) -> tuple[PlaceMention, ...]:
    """Every place a sentence names, in text order; adjectives ("Russian") and parts of other names are none.

    A name with several meanings takes the one that the sentence says ("Odesa, Ukraine", "Syria's Homs"), else the one that
    fits the report's other places, else the best known. With "region" or "province" behind it, that is meant and part of
    the span.

    Args:
        sentence: With or without analysis; with it, names of persons and bodies are told apart better.
        gazetteer: From ``load_gazetteer``.
        setting: From ``find_setting``, of the report the sentence stands in.
    """
    names = _find_names(sentence.text, gazetteer)
    mentions = [
        _make(sentence, names.hits[n], place, names.regions.get(n))
        for n, place in _find_meant(sentence, names, setting)
    ]
    return tuple(sorted([*mentions, *_find_waters(sentence)], key=lambda mention: mention.span))


def find_setting(sentences: Sequence[Sentence], gazetteer: Gazetteer, home: str | None = None) -> Setting:
    """What a report as a whole says of where it is: the meanings of all its names, likelier ones heavier.

    Args:
        sentences: All of the report's.
        gazetteer: From ``load_gazetteer``.
        home: The outlet's country, ISO 3166-1 alpha-3.
    """
    scored: dict[str, dict[Place, float]] = {}
    told: dict[str, Place] = {}
    for sentence in sentences:
        names = _find_names(sentence.text, gazetteer)
        for code in {country for *_, country in names.nations}:
            scored.setdefault("@" + code, {}).update({p: score_alone(p) for p in gazetteer.get_places("@" + code)})
        for n, _ in _find_meant(sentence, names, NOWHERE, villages=True):
            points = _score(names, n, NOWHERE)
            kept = scored.setdefault(names.hits[n].key, points)
            kept.update({place: max(kept[place], points[place]) for place in points})
            best = max(points, key=lambda place: points[place])
            if points[best] >= CONTAINED:
                told.setdefault(names.hits[n].key, best)
    return make_setting(scored, told, home)


def names_a_place(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a name stands there that a country's place bears, however it is meant; villages that nobody knows aside."""
    hits = find_hits(text, find_words(text), gazetteer)
    return any(place.country and not place.is_village for hit in hits for place in hit.places)


def link_places(
    sentence: Sentence, spans: Sequence[Span], gazetteer: Gazetteer, setting: Setting = NOWHERE
) -> tuple[PlaceMention | None, ...]:
    """The place that each given span of the sentence names, whatever else it could be; ``None`` for unknown names.

    For callers who know where the names stand; adjectives mean their country.
    """
    offset, hits, nations = sentence.span.start, [], []
    for start, end in sorted({(span.start - offset, span.end - offset) for span in spans}):
        key = find_key(sentence.text[start:end])
        if key in gazetteer.adjectives:
            nations.append((start, end, gazetteer.adjectives[key]))
        elif places := gazetteer.get_places(key) or gazetteer.get_places(key + _COUNTY):
            hits.append(Hit(start, end, places, key))
    names = _make_names(sentence.text, hits, nations, gazetteer)
    said = {(start, end): gazetteer.get_places("@" + country)[0] for start, end, country in nations}
    said |= {(hit.start, hit.end): _choose(names, n, setting)[0] for n, hit in enumerate(names.hits)}
    found = [said.get((span.start - offset, span.end - offset)) for span in spans]
    return tuple(_mention(span, place) if place else None for span, place in zip(spans, found, strict=True))


@lru_cache(maxsize=512)
def _find_names(text: str, gazetteer: Gazetteer) -> Names:
    """Kept for a while: the setting of a report asks for those of all its sentences, and then each sentence for its own."""
    words = find_words(text)
    nations = [(w.start, w.end, gazetteer.adjectives[w.key]) for w in words if _is_adjective(w, gazetteer)]
    spans = {nation[:2] for nation in nations}
    hits = [hit for hit in find_hits(text, words, gazetteer) if (hit.start, hit.end) not in spans]
    return _make_names(text, hits, nations, gazetteer)


def _make_names(text: str, hits: list[Hit], nations: list[Nation], gazetteer: Gazetteer) -> Names:
    regions = _find_region_words(text, hits)
    for n in regions:
        if _is_county(text, hits, n, regions) and (counties := gazetteer.get_places(hits[n].key + _COUNTY)):
            hits[n] = Hit(hits[n].start, hits[n].end, counties, hits[n].key + _COUNTY)
    return Names(text, tuple(hits), tuple(nations), regions)


def _is_county(text: str, hits: list[Hit], n: int, regions: dict[int, int]) -> bool:
    """ "Clarke and Oconee counties": the word stands behind the last of the list."""
    last = next((m for m in range(n, len(hits)) if regions.get(m, 0) > hits[m].end), n)
    return text[hits[last].end : regions[last]].strip().lower() in ("county", "counties")


def _is_adjective(word: Word, gazetteer: Gazetteer) -> bool:
    return word.key in gazetteer.adjectives and word.text[0].isupper()


def _find_meant(
    sentence: Sentence, names: Names, setting: Setting, *, villages: bool = False
) -> list[tuple[int, Place]]:
    """The numbers of the names that stand for places, with the place; ``villages``: also those that nothing backs."""
    chosen = [_choose(names, n, setting) for n in range(len(names.hits))]
    backed = [is_backed(h.key, place, setting) for h, (place, _) in zip(names.hits, chosen, strict=True)]
    sure = [told or back or is_well_known(place) for (place, told), back in zip(chosen, backed, strict=True)]
    known = {p for hit, is_sure in zip(names.hits, sure, strict=True) if is_sure for p in (hit.start, hit.end)}
    known |= {p for nation in names.nations for p in nation[:2]}
    found = []
    for n, (place, told) in enumerate(chosen):
        hit, abroad = names.hits[n], is_abroad(names.hits[n].key, place, setting)
        if is_place(sentence, hit, place, frozenset(known), told, backed=villages or backed[n], abroad=abroad):
            found.append((n, place))
    return found


def _score(names: Names, n: int, setting: Setting) -> dict[Place, float]:
    """The points of each meaning of the ``n``-th name."""
    hit = names.hits[n]
    containers = find_containers(names.text, names.hits, n, names.nations)
    around = _find_around(names, n)

    def score(place: Place) -> float:
        points = score_alone(place) + score_in_report(hit.key, place, setting)
        points += CONTAINED * lies_in(place, containers) + SAME_COUNTRY * (place.country in around)
        return points + KIND_SAID * (n in names.regions and place.kind in ("region", "county"))

    return {place: score(place) for place in hit.places}


def _find_around(names: Names, n: int) -> set[str | None]:
    """The other countries that the sentence names."""
    around = {p.country for i, h in enumerate(names.hits) if i != n for p in h.places if p.kind == "country"}
    return around | {country for *_, country in names.nations}


def _choose(names: Names, n: int, setting: Setting) -> tuple[Place, bool]:
    """The best meaning of the ``n``-th name, and whether the text itself says or suggests that it lies there."""
    hit = names.hits[n]
    containers = find_containers(names.text, names.hits, n, names.nations)
    best = hit.places[0]
    if len(hit.places) > 1:
        points = _score(names, n, setting)
        best = max(hit.places, key=lambda place: (points[place], place.people))
    state = find_state(containers)
    if state and _is_other_town(best, state) and names.text.startswith(",", hit.end):
        return Place(best.name, state.country, state.lat, state.lon, "city", 0, state.province, somewhere=True), True
    told = lies_in(best, containers) or (not best.weak and best.country in _find_around(names, n))
    return best, told


def _is_other_town(place: Place, state: Place) -> bool:
    """An unknown "Paris, Texas" lies in Texas all the same."""
    there = (place.country, place.province) == (state.country, state.province)
    return place.kind in ("city", "capital") and not there


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
        PlaceMention(
            Span(hit.start() + offset, hit.end() + offset), hit[0].lower(), None, kind="sea", precision="water"
        )
        for hit in _NAMELESS_WATERS.finditer(sentence.text)
    ]


def _make(sentence: Sentence, hit: Hit, place: Place, region_end: int | None) -> PlaceMention:
    offshore = _OFF_SHORE.search(sentence.text[: hit.start])
    if offshore:
        span = Span(offshore.start() + sentence.span.start, hit.end + sentence.span.start)
        return PlaceMention(span, f"waters off {place.name}", None, place.lat, place.lon, "sea", "water")
    kind = "region" if region_end and place.kind in ("city", "capital") else place.kind
    span = Span(hit.start + sentence.span.start, (region_end or hit.end) + sentence.span.start)
    return _mention(span, place, kind)


def _mention(span: Span, place: Place, kind: str | None = None) -> PlaceMention:
    kind = kind or place.kind
    precision = "area" if place.somewhere else tell_precision(kind)
    return PlaceMention(span, place.name, place.country, place.lat, place.lon, kind, precision)
