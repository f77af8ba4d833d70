"""Why two claims can't tell of the same happening, however alike their words are."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.events.features import compare_parties, compare_spots, find_gap, is_near_quad
from dragoman.events.rounds import MANY, SAID, find_other_figure, find_other_occasion, find_other_round
from dragoman.events.telling import Side, Telling

DONE_AT_A_PLACE = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT"))
SAID_DAYS, DONE_DAYS = 1, 5
"""Days between the reports up to which an act of which no day is told can be the same."""
RECENT_DAYS = 7
"""Days before a report that "weeks ago" can't mean."""
_UNSETTLED = frozenset(("planned", "conditional"))


def find_conflict(a: Telling, b: Telling) -> str | None:
    """What tells two claims apart, in words; ``None`` where nothing does."""
    if a.quad and b.quad and not is_near_quad(a.quad, b.quad):
        return f"{a.quad} and {b.quad}"
    return (
        _find_times(a, b)
        or _find_parties(a, b)
        or _find_places(a, b)
        or find_other_round(a, b)
        or find_other_occasion(a, b)
        or find_other_figure(a, b)
    )


def _find_times(a: Telling, b: Telling) -> str | None:
    gap = find_gap(a.window, b.window)
    if gap:
        return f"told days lie {gap} apart"
    for one, other in ((a, b), (b, a)):
        day = other.story.day
        if one.window and day is not None and other.status == "occurred" and day < one.window.first:
            return "one was reported as done before the day of the other"
        if _is_long_past(one, other):
            return "one is told of weeks ago, the other of these days"
        if _is_still_ahead(one, other):
            return "one was reported as done before the other was announced"
    both_told = a.window is not None and b.window is not None and max(_length(a), _length(b)) == 1
    if both_told or a.story.day is None or b.story.day is None:
        return None
    apart = abs(_find_day(a) - _find_day(b))
    numbers = {a.cues.is_plural, b.cues.is_plural}
    most = SAID_DAYS if SAID & {a.event_type, b.event_type} or numbers == {True} else DONE_DAYS
    if apart > most:
        return f"{apart} days apart, and no day of both is told"
    return "told of one and of several, on two days" if apart > SAID_DAYS and numbers == {True, False} else None


def _is_still_ahead(done: Telling, planned: Telling) -> bool:
    """Whether one is announced, and of no past day, after the other has been done; or beside it: by the text that tells
    the other as done, or of force, which nobody announces on the day it is used."""
    is_ahead = planned.status in _UNSETTLED or planned.cues.is_next
    if done.status != "occurred" or done.cues.is_next or not is_ahead or None in (done.story.day, planned.story.day):
        return False
    assert done.story.day is not None and planned.story.day is not None
    if planned.window is not None and planned.window.first <= done.story.day and _length(planned) <= RECENT_DAYS:
        return False
    is_own = done.story.text_id == planned.story.text_id
    is_beside = is_own or done.event_type in DONE_AT_A_PLACE or planned.cues.is_next
    return planned.story.day > done.story.day or (planned.story.day == done.story.day and is_beside)


def _is_long_past(past: Telling, near: Telling) -> bool:
    """Whether one happened weeks before its report, and the other is to come or has a day of that report's week."""
    if not past.cues.is_long_ago or near.cues.is_long_ago or past.window is not None:
        return False
    if near.status == "planned":
        return True
    is_dated = near.window is not None and _length(near) == 1 and past.story.day is not None
    return is_dated and _find_day(near) > (past.story.day or 0) - RECENT_DAYS


def _length(telling: Telling) -> int:
    return telling.window.last - telling.window.first + 1 if telling.window else 0


def _find_day(telling: Telling) -> int:
    """The told day where it is one day, else the day of the report."""
    if telling.window is not None and _length(telling) == 1:
        return telling.window.first
    return telling.story.day or 0


def _find_parties(a: Telling, b: Telling) -> str | None:
    if a.mutual or b.mutual:
        both = find_clash((*a.actors, *a.recipients), (*b.actors, *b.recipients), every=True)
        return both and f"parties: {both}"
    partners = _find_other_partner(a, b)
    if partners:
        return partners
    straight = (find_clash(a.actors, b.actors), find_clash(a.recipients, b.recipients))
    crossed = (find_clash(a.actors, b.recipients), find_clash(a.recipients, b.actors))
    may_cross = a.quad in _EACH_OTHER and (bool(a.recipients) or bool(b.recipients))
    if not any(straight):
        return "who acts in one is acted upon in the other" if is_swapped(a, b) and not may_cross else None
    return None if may_cross and not any(crossed) else f"parties: {next(clash for clash in straight if clash)}"


def _find_other_partner(a: Telling, b: Telling) -> str | None:
    """Whether one party does it with one partner and with another the other time: each names somebody that the other lacks."""
    first, second = ({s.state or s.code for s in t.actors if s.id} for t in (a, b))
    if not (2 <= len(first) < MANY and 2 <= len(second) < MANY) or not (first - second and second - first):
        return None
    return f"partners: {min(first - second)} and {min(second - first)}"


_EACH_OTHER = frozenset(("verbal cooperation", "material cooperation"))
"""Acts that either side may be said to do: to visit and to receive, to meet and to be met."""


def is_swapped(a: Telling, b: Telling) -> bool:
    """Whether who acts in one is acted upon in the other, and nobody stands on the same side in both."""
    if a.mutual or b.mutual:
        return False
    return (_shares(a.actors, b.recipients) or _shares(a.recipients, b.actors)) and not (
        _shares(a.actors, b.actors) or _shares(a.recipients, b.recipients)
    )


def _shares(first: Sequence[Side], second: Sequence[Side]) -> bool:
    codes = {(s.state or s.code) for s in first if s.id}
    return bool(codes & {(s.state or s.code) for s in second if s.id})


def find_clash(first: Sequence[Side], second: Sequence[Side], *, every: bool = False) -> str | None:
    """The parties of two sides where none is or can be one of the other's; with ``every``, where one has no fellow."""
    known, others = [s for s in first if s.id], [s for s in second if s.id]
    if not known or not others or (not every and (len(known) < len(first) or len(others) < len(second))):
        return None
    if every:
        shorter, longer = sorted((known, others), key=len)
        lonely = next((s for s in shorter if not any(is_compatible(s, o) for o in longer)), None)
        return f"{lonely.id} in one alone" if lonely else None
    if any(is_compatible(a, b) for a in known for b in others):
        return None
    return f"{known[0].id} and {others[0].id}"


def is_compatible(a: Side, b: Side) -> bool:
    """Whether two known parties can be one: the same, or a state and one of its organs or people."""
    kind = compare_parties(a, b)
    if kind == "party":
        return not _are_two_people(a, b)
    return kind == "state" and _is_whole(a, b)


def _are_two_people(a: Side, b: Side) -> bool:
    return a.id != b.id and a.id.startswith("person:") and b.id.startswith("person:")


def _is_whole(a: Side, b: Side) -> bool:
    """Whether one is the state itself, or its government as such."""
    return a.id.startswith("state:") or b.id.startswith("state:")


def _find_places(a: Telling, b: Telling) -> str | None:
    types = {a.event_type, b.event_type}
    if compare_spots(a.place, b.place) != "other":
        return None
    if DONE_AT_A_PLACE & types:
        return "places: two"
    both_spots = a.place is not None and b.place is not None and "country" not in (a.place.precision, b.place.precision)
    return "places: two" if "CONSULT" in types and both_spots else None
