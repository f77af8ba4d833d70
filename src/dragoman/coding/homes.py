"""Of which states a report tells: whose "the army", "protesters" and "the ministry" are that go without a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence

from dragoman.domain import Mentions


def rank_states(mentions: Sequence[Mentions], seat: str | None = None) -> tuple[tuple[str, float], ...]:
    """The states (ISO3) that a report names parties or places of, with their weight, the heaviest first.

    Args:
        seat: The state that the report is sent from, by its dateline.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for found in mentions:
        parties, places = get_states_of_parties(found), get_states_of_places(found)
        for country in sorted(parties | places):
            weights[country] += 1.0 * (country in parties) + PLACE_WEIGHT * (country in places)
    if seat:
        weights[seat] += SEAT_WEIGHT
    return tuple(sorted(weights.items(), key=lambda entry: -entry[1]))


PLACE_WEIGHT = 1.5
"""Of a sentence that names places of a state, beside one that names its parties. This and the next three chosen on the dev sets."""
SEAT_WEIGHT = 2.0
"""Of the dateline, which also stands where a foreigner writes from."""


def find_home(ranked: Sequence[tuple[str, float]], without: Container[str | None] = ()) -> str | None:
    """The one state that the report is about, beside those of ``without``, if there is one."""
    left = [(state, weight) for state, weight in ranked if state not in without]
    if not left or left[0][1] < LEAST_OF_HOME:
        return None
    is_tied = len(left) > 1 and left[0][1] == left[1][1]
    return left[0][0] if not is_tied and left[0][1] >= LEAST_SHARE * sum(weight for _, weight in left) else None


LEAST_OF_HOME = 2.0
"""The weight below which a state is only mentioned."""
LEAST_SHARE = 0.45
"""Of the weight of all states, below which a report is about several."""


def get_named(found: Mentions) -> set[str]:
    """The states (ISO3) whose parties or places a sentence names."""
    return get_states_of_parties(found) | get_states_of_places(found)


def get_states_of_parties(found: Mentions) -> set[str]:
    return {p.country for m in found.parties for p in m.parties if p.country}


def get_states_of_places(found: Mentions) -> set[str]:
    return {p.country for p in found.places if p.country}
