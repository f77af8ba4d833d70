"""What tells two meetings of one round apart, two statements of one speaker, two tolls: who sat at the table, what was said, how many."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.events.telling import Side, Size, Telling
from dragoman.events.words import compare_words, find_stem

SAID = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"))
"""Acts done by saying them: said again another day, it is another act."""
MANY = 4
"""Parties from which a list is seldom whole: one report names some of them, another names others."""
LEAST_REPEATED = 0.95
"""Likeness of two sentences from which one outlet repeats itself instead of telling what was said again elsewhere."""
LEAST_FORM = 0.6
"""Likeness of two sentences from which they are one form that is filled in with names."""
MOST_APART, MOST_MONEY_APART = 2.0, 1.15
"""How many times one figure may be the other where both tell of one thing: people are counted as news comes in, sums are told
as they were decided."""
_OFFICES = frozenset(
    map(
        find_stem,
        "president prime foreign defense defence interior finance king crown ambassador chancellor emir sultan".split(),
    )
)
"""Words that tell the holder of one office of a state from that of another."""
_ORDINALS = frozenset(
    map(
        find_stem,
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
    )
)


def find_other_round(a: Telling, b: Telling) -> str | None:
    """Who sat together in one meeting and not in the other, in words."""
    if a.event_type != "CONSULT" or b.event_type != "CONSULT":
        return None
    sides = (*a.actors, *a.recipients), (*b.actors, *b.recipients)
    first, second = (_find_states(own) for own in sides)
    is_listed = len(first) >= MANY and len(second) >= MANY
    if len(first) >= 2 and len(second) >= 2 and first != second and not is_listed:
        return f"at one table alone: {', '.join(sorted(first ^ second))}"
    if _is_unknown_other(sides[0], second - first, sides[1]) or _is_unknown_other(sides[1], first - second, sides[0]):
        return "somebody unknown at one table, another party at the other"
    for state in sorted(first & second):
        found = _find_others(*([s for s in own if _get_state(s) == state] for own in sides))
        if found:
            return found
    ordinals = _ORDINALS & a.weights.keys(), _ORDINALS & b.weights.keys()
    return "rounds of two numbers" if all(ordinals) and not ordinals[0] & ordinals[1] else None


def _is_unknown_other(sides: Iterable[Side], lacking: set[str], others: Iterable[Side]) -> bool:
    """Whether a party without a known name sits where the other table has a known one, and no word of their names is the same."""
    unknown = [side for side in sides if not side.id]
    words = {stem for side in others if _get_state(side) in lacking for stem in side.stems}
    return bool(lacking and unknown) and not any(side.stems & words for side in unknown)


def _find_others(first: list[Side], second: list[Side]) -> str | None:
    """Whether one state sends two people, or the holders of two offices."""
    people = _find_people(first), _find_people(second)
    if all(people) and not people[0] & people[1]:
        return f"{min(people[0])} and {min(people[1])}"
    offices = _find_offices(first), _find_offices(second)
    return "holders of two offices" if all(offices) and not offices[0] & offices[1] else None


def _find_states(sides: Iterable[Side]) -> set[str]:
    return {_get_state(side) for side in sides if side.id}


def _get_state(side: Side) -> str:
    return side.state or side.code


def _find_people(sides: Iterable[Side]) -> set[str]:
    return {side.id for side in sides if side.id.startswith("person:")}


def _find_offices(sides: Iterable[Side]) -> set[str]:
    return {stem for side in sides for stem in side.stems & _OFFICES}


def find_other_occasion(a: Telling, b: Telling) -> str | None:
    """Whether one outlet tells two things in the same words: said to another, or of others."""
    likeness = compare_words(a.content, b.content)
    if a.story.outlet is None or a.story.outlet != b.story.outlet or likeness >= LEAST_REPEATED:
        return None
    if SAID & {a.event_type, b.event_type} and a.story.text_id != b.story.text_id:
        return "said on two occasions"
    if likeness >= LEAST_FORM and a.proper and b.proper and not a.proper & b.proper:
        return f"one form, two names: {min(a.proper)} and {min(b.proper)}"
    return None


def find_other_figure(a: Telling, b: Telling) -> str | None:
    """Two figures of one kind that can't be one, unless the place is the same: tolls of one strike rise."""
    same = [(x, y) for x in a.sizes for y in b.sizes if x.kind == y.kind and x.unit == y.unit]
    if not same or any(_are_near(x, y) for x, y in same) or _is_one_spot(a, b):
        return None
    x, y = same[0]
    return f"figures: {x.low:g} and {y.low:g} {x.unit}"


def _are_near(x: Size, y: Size) -> bool:
    most = MOST_MONEY_APART if x.kind == "money" else MOST_APART
    return x.low <= y.high * most and y.low <= x.high * most


def _is_one_spot(a: Telling, b: Telling) -> bool:
    if a.place is None or b.place is None or "country" in (a.place.precision, b.place.precision):
        return False
    return bool(a.place.stems & b.place.stems)
