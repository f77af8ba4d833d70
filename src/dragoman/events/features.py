"""What speaks for and against two claims telling of the same happening, as numbers by name.

A feature is 0 where nothing is told on either side: silence speaks neither for nor against.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dragoman.domain import Quad
from dragoman.events.telling import Side, Size, Spot, Telling, Window
from dragoman.events.words import compare_words, load_rarity

LEAST_SHARED = 5
"""Letters that two stems share at their beginning to be of one family (``announc``, ``announcem``)."""
FAR_DAYS = 30
"""Days between two reports after which more days tell nothing new."""
NEAR_KM, FAR_KM = 30.0, 300.0
"""Points up to the first apart are one place, from the second on two."""
_NEAR_QUADS: frozenset[frozenset[Quad]] = frozenset(
    {
        frozenset({"verbal cooperation", "material cooperation"}),
        frozenset({"verbal conflict", "material conflict"}),
    }
)


def compare(a: Telling, b: Telling) -> dict[str, float]:
    """All features of a pair. The order of the two doesn't matter."""
    story = 1.0 if a.story.text_id == b.story.text_id else compare_words(a.story.weights, b.story.weights)
    act = _compare_acts(a, b)
    found = {
        **act,
        **_compare_types(a, b),
        **_compare_sides(a, b),
        **_compare_times(a, b),
        **_compare_places(a, b),
        **_compare_sizes(a.sizes, b.sizes),
        "story": story,
        "same text": float(a.story.text_id == b.story.text_id),
        "same sentence": float(a.story.report_id == b.story.report_id and a.sentence == b.sentence),
    }
    meaning = compare_vectors(a, b)
    found["meaning"] = meaning
    found["lemma and story"] = found["same lemma"] * found["story"]
    return found


def compare_vectors(a: Telling, b: Telling) -> float:
    """Cosine of what the triggers mean, -1 to 1; 0 where one isn't known."""
    return 0.0 if a.vector is None or b.vector is None else float(a.vector @ b.vector)


def _compare_acts(a: Telling, b: Telling) -> dict[str, float]:
    """The words that name the act."""
    first, second = a.stems, b.stems
    is_same = first[0] == second[0]
    shares = bool(set(first) & set(second))
    rarity = load_rarity()
    return {
        "same lemma": float(is_same),
        "rare lemma": (rarity.get(first[0], rarity[""]) / rarity[""]) if is_same else 0.0,
        "related lemma": float(not is_same and (shares or _share_letters(first[0], second[0]) >= LEAST_SHARED)),
    }


def _compare_types(a: Telling, b: Telling) -> dict[str, float]:
    if a.event_type is None or b.event_type is None:
        return {"same type": 0.0, "same mode": 0.0, "other mode": 0.0}
    has_modes = a.mode is not None and b.mode is not None and a.event_type == b.event_type
    return {
        "same type": float(a.event_type == b.event_type),
        "same mode": float(has_modes and a.mode == b.mode),
        "other mode": float(has_modes and a.mode != b.mode),
    }


def is_near_quad(first: Quad, second: Quad) -> bool:
    """Whether both are cooperation, or both conflict."""
    return first == second or frozenset({first, second}) in _NEAR_QUADS


def _compare_sides(a: Telling, b: Telling) -> dict[str, float]:
    straight = [find_likest(a.actors, b.actors), find_likest(a.recipients, b.recipients)]
    crossed = [find_likest(a.actors, b.recipients), find_likest(a.recipients, b.actors)]
    told = [pair for pair in straight if pair is not None]
    across = [pair for pair in crossed if pair is not None]
    return {
        "same party": sum(kind == "party" for kind in told) / 2,
        "other party": sum(kind == "other" for kind in told) / 2,
        "crossed party": sum(kind == "party" for kind in across) / 2,
        "party words": compare_words(a.named, b.named),
        "no party word": float(bool(a.named) and bool(b.named) and not a.named.keys() & b.named.keys()),
    }


def find_likest(first: Sequence[Side], second: Sequence[Side]) -> str | None:
    """How alike the likest two parties of two sides are: ``party``, ``state``, ``other``; ``None`` where one is silent."""
    kinds = {compare_parties(a, b) for a in first for b in second}
    return next((kind for kind in ("party", "state", "other") if kind in kinds), None)


def compare_parties(a: Side, b: Side) -> str | None:
    """``party`` (one actor, or organs of one), ``state`` (of one state), ``other``; ``None`` where one has no name."""
    if a.id and b.id:
        if a.id == b.id or (a.code == b.code and a.sector == b.sector):
            return "party"
        return "state" if a.code == b.code or (a.state is not None and a.state == b.state) else "other"
    return None


def _compare_times(a: Telling, b: Telling) -> dict[str, float]:
    gap = find_gap(a.window, b.window)
    reports = None if a.story.day is None or b.story.day is None else abs(a.story.day - b.story.day)
    is_exact = a.window is not None and b.window is not None and a.window.first == a.window.last
    return {
        "same day": float(gap == 0 and is_exact and a.window == b.window),
        "days overlap": float(gap == 0),
        "another day": float(bool(gap)),
        "reports apart": math.log1p(min(reports, FAR_DAYS)) / math.log1p(FAR_DAYS) if reports is not None else 0.0,
    }


def find_gap(a: Window | None, b: Window | None) -> int | None:
    """Days between two windows, 0 where they overlap; ``None`` where one isn't told."""
    if a is None or b is None:
        return None
    return max(0, a.first - b.last, b.first - a.last)


def _compare_places(a: Telling, b: Telling) -> dict[str, float]:
    kind = compare_spots(a.place, b.place)
    return {"same place": float(kind == "same"), "other place": float(kind == "other")}


def compare_spots(a: Spot | None, b: Spot | None) -> str | None:
    """``same``, ``other``, or ``None`` where one is silent or one may lie in the other."""
    if a is None or b is None:
        return None
    if a.stems & b.stems:
        return "same"
    if a.country and b.country and a.country != b.country and "water" not in (a.precision, b.precision):
        return "other"
    if a.precision == b.precision == "point" and None not in (a.lat, a.lon, b.lat, b.lon):
        km = find_distance((a.lat, a.lon), (b.lat, b.lon))  # type: ignore[arg-type]
        return "same" if km <= NEAR_KM else "other" if km >= FAR_KM else None
    return None


def find_distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in km of two points (latitude, longitude in degrees)."""
    (lat, lon), (other_lat, other_lon) = (tuple(math.radians(x) for x in point) for point in (a, b))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def _compare_sizes(first: Sequence[Size], second: Sequence[Size]) -> dict[str, float]:
    same = [(a, b) for a in first for b in second if a.kind == b.kind and a.unit == b.unit]
    agree = any(a.low <= b.high and b.low <= a.high for a, b in same)
    return {"same figure": float(agree), "other figure": float(bool(same) and not agree)}


def _share_letters(first: str, second: str) -> int:
    count = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        count += 1
    return count
