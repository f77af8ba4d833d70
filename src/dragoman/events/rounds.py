"""What tells two meetings of one round apart, two statements of one speaker, two tolls: who sat at the table, what was said, how many."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.events.cues import OUTSIDE, find_other_cue
from dragoman.events.telling import Side, Size, Telling
from dragoman.events.words import compare_words, find_stem

SAID = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"))
"""Acts done by saying them: said again another day, it is another act."""
MANY = 4
"""Parties from which a list is seldom whole: one report names some of them, another names others."""
LEAST_REPEATED = 0.95
"""Likeness of two sentences from which one outlet repeats itself instead of telling what was said again elsewhere. A
condemnation is made anew each time: once in writing, once at a briefing."""
LEAST_FORM = 0.6
"""Likeness of two sentences from which they are one form that is filled in with names."""
_FILLED = frozenset(("AID", "SANCTION", "COERCE"))
"""Acts announced in one form, again and again, for one name after another (a reward for the whereabouts of somebody)."""
_COUNTED = frozenset(("MOBILIZE", "ASSAULT"))
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

_JOURNEYS = frozenset(map(find_stem, "visit travel trip journey tour arrive depart fly leave".split()))
_TALKS = frozenset(
    map(
        find_stem,
        "meet meeting speak talk talks discuss exchange review negotiate conversation call dialogue summit".split(),
    )
)
"""Who travels to a country meets many there: the journey is none of the talks."""


def find_other_round(a: Telling, b: Telling) -> str | None:
    """Who sat together in one meeting and not in the other, in words."""
    if a.event_type != "CONSULT" or b.event_type != "CONSULT":
        return None
    if _is_journey(a) != _is_journey(b) and (_is_talk(a) or _is_talk(b)):
        return "a journey, and talks on it"
    if (a.cues.is_named and _is_talk(b) and not b.cues.is_sitting) or (
        b.cues.is_named and _is_talk(a) and not a.cues.is_sitting
    ):
        return "a sitting with a name, and a talk of two"
    if a.story.report_id == b.story.report_id and a.cues.is_earlier != b.cues.is_earlier:
        return "one that went before, and this one"
    if a.story.report_id == b.story.report_id and _names_another(a, b) and _names_another(b, a):
        return "two tables of one report"
    told = _find_other_readout(a, b) or _find_other_circle(a, b) or _find_other_table(a, b) or _find_other_sitting(a, b)
    if told:
        return told
    sides = (*a.actors, *a.recipients), (*b.actors, *b.recipients)
    first, second = (_find_states(own) for own in sides)
    is_listed = len(first) >= MANY and len(second) >= MANY
    if len(first) >= 2 and len(second) >= 2 and first != second and not is_listed:
        return f"at one table alone: {', '.join(sorted(first ^ second))}"
    guests = tuple(_find_states(own, with_unnamed=True) for own in sides)
    if all(2 <= len(own) < MANY for own in guests) and guests[0] - guests[1] and guests[1] - guests[0]:
        return f"partners: {min(guests[0] - guests[1])} and {min(guests[1] - guests[0])}"
    if _is_unknown_other(sides[0], second - first, sides[1]) or _is_unknown_other(sides[1], first - second, sides[0]):
        return "somebody unknown at one table, another party at the other"
    for state in sorted(first & second):
        found = _find_others(*([s for s in own if _get_state(s) == state] for own in sides))
        if found:
            return found
    ordinals = _ORDINALS & a.weights.keys(), _ORDINALS & b.weights.keys()
    return "rounds of two numbers" if all(ordinals) and not ordinals[0] & ordinals[1] else None


def _names_another(a: Telling, b: Telling) -> bool:
    """Whether one names somebody by office and name whom the other's sentence and parties don't name."""
    known = {*b.weights, *b.named}
    return bool(a.cues.titled - known)


def _is_journey(telling: Telling) -> bool:
    return bool(_JOURNEYS & set(telling.stems))


def _is_talk(telling: Telling) -> bool:
    return bool(_TALKS & set(telling.stems)) and not _is_journey(telling)


def _find_other_readout(a: Telling, b: Telling) -> str | None:
    """Whether one outlet gives each of two meetings or trips its own readout, headed by who met whom."""
    if a.story.outlet is None or a.story.outlet != b.story.outlet or a.story.text_id == b.story.text_id:
        return None
    first, second = a.story, b.story
    if not first.guests or not second.guests or not (_is_by_its_host(a) and _is_by_its_host(b)):
        return None
    if not first.host & second.host:
        return f"readouts of two hosts: {min(first.host)} and {min(second.host)}"
    is_other = first.guests != second.guests and _is_of_its_day(a) and _is_of_its_day(b)
    return f"readouts of two meetings: {' '.join(sorted(first.guests ^ second.guests)[:3])}" if is_other else None


def _is_by_its_host(telling: Telling) -> bool:
    """Whether the host that the heading names is one of the parties."""
    return any(side.stems & telling.story.host for side in (*telling.actors, *telling.recipients))


def _is_of_its_day(telling: Telling) -> bool:
    """Whether it is done, and no other day is told than that of the readout."""
    if telling.status not in ("occurred", "ongoing") or telling.story.day is None:
        return False
    return telling.window is None or abs(telling.window.first - telling.story.day) <= 1


def _find_other_sitting(a: Telling, b: Telling) -> str | None:
    """Whether one is a meeting on the margins of a sitting, one more of the same report, or a talk to the press."""
    first, second = a.cues, b.cues
    if first.is_press != second.is_press:
        return "to each other and to the press"
    if first.way and second.way and first.way != second.way:
        return f"one {first.way}, one {second.way}"
    if first.way == second.way == "in writing":
        if first.is_reply != second.is_reply:
            return "a message and its answer"
        if first.laid_at and second.laid_at and not first.laid_at & second.laid_at:
            return "wreaths at two places"
    if (first.is_aside and second.is_assembly) or (second.is_aside and first.is_assembly):
        return "a sitting and a meeting on its margins"
    is_own = a.story.report_id == b.story.report_id and a.sentence != b.sentence
    return "one more of the same report" if is_own and (first.is_also or second.is_also) else None


def _find_other_circle(a: Telling, b: Telling) -> str | None:
    """Whether one sat with a country's officials and the other with its civil society, its press or its business."""
    first, second = a.cues.circles, b.cues.circles
    if first and second:
        return None if first & second else f"with {min(first)} and with {min(second)}"
    told = first or second
    is_own = a.story.report_id == b.story.report_id and a.sentence == b.sentence
    return f"with {min(told)}, and with others" if told and told <= OUTSIDE and not is_own else None


def _find_other_table(a: Telling, b: Telling) -> str | None:
    """Whether another text tells three at one table and two at the other."""
    if a.story.text_id == b.story.text_id:
        return None
    for many, few in ((a, b), (b, a)):
        sides = (*few.actors, *few.recipients)
        is_known = bool(sides) and all(side.id for side in sides)
        if (
            many.cues.is_many
            and not few.cues.is_many
            and few.story.guests
            and is_known
            and len(_find_states(sides)) == 2
        ):
            return "a table of three and a table of two"
    return None


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


def _find_states(sides: Iterable[Side], *, with_unnamed: bool = False) -> set[str]:
    """The states that sides belong to; of people the roster lacks only where they are asked for."""
    return {_get_state(side) for side in sides if side.id or (with_unnamed and side.state)}


def _get_state(side: Side) -> str:
    return side.state or side.code


def _find_people(sides: Iterable[Side]) -> set[str]:
    return {side.id for side in sides if side.id.startswith("person:")}


def _find_offices(sides: Iterable[Side]) -> set[str]:
    return {stem for side in sides for stem in side.stems & _OFFICES}


def find_other_occasion(a: Telling, b: Telling) -> str | None:
    """Whether two things are told in the same words: at other hours, said again elsewhere, of others."""
    if a.cues.is_habit != b.cues.is_habit:
        return "what is done again and again, and what was done once"
    types = {a.event_type, b.event_type}
    cue = find_other_cue(a.cues, b.cues) or (_find_other_run(a, b) if "CONSULT" not in types else None)
    if not cue and "AGREE" in types:
        cue = _find_other_readout(a, b)
    if cue or a.story.outlet is None or a.story.outlet != b.story.outlet:
        return cue
    is_other_text = a.story.text_id != b.story.text_id
    likeness = compare_words(a.content, b.content)
    is_repeated = likeness >= LEAST_REPEATED and not a.mode == b.mode == "disapprove"
    if SAID & types and is_other_text and not is_repeated:
        return "said on two occasions"
    if a.event_type in _FILLED and _names_others(a, b):
        return "one form, two names"
    if not LEAST_FORM <= likeness < LEAST_REPEATED:
        return None
    first, second = a.proper - b.proper, b.proper - a.proper
    is_known = all(t.recipients and all(side.id for side in t.recipients) for t in (a, b))
    is_filled = a.event_type in _FILLED and not is_known and (is_other_text or a.sentence != b.sentence)
    is_form = bool(first and second) and (is_filled or not a.proper & b.proper)
    return f"one form, two names: {min(first)} and {min(second)}" if is_form else None


def _find_other_run(a: Telling, b: Telling) -> str | None:
    """Whether one is part of a run of acts (one entry of a list, a sum, two days, what goes on) and the other isn't, or another."""
    is_own = a.story.report_id == b.story.report_id
    if a.cues.is_entry and b.cues.is_entry and is_own and a.sentence != b.sentence:
        return "two entries of a list"
    if a.cues.is_of_days != b.cues.is_of_days and a.event_type in _COUNTED:
        return "of several days, and of one"
    if a.cues.is_total != b.cues.is_total and "AID" in (a.event_type, b.event_type):
        return "one gift, and the sum of many"
    if (a.cues.is_continued or b.cues.is_continued) and not is_own and compare_words(a.content, b.content) < LEAST_FORM:
        return "what goes on, told twice"
    return None


def _names_others(a: Telling, b: Telling) -> bool:
    """Whether the same outlet tells it of persons, or of others the roster lacks, that share no word of their names."""
    sides = (*a.recipients, *b.recipients)
    if not a.recipients or not b.recipients or any(side.id and not side.id.startswith("person:") for side in sides):
        return False
    first, second = ({stem for side in own for stem in side.stems} for own in (a.recipients, b.recipients))
    return bool(first and second) and not first & second


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
