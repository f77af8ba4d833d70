"""The quantities of a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.domain import Magnitude, Sentence
from dragoman.quantities.masks import mask
from dragoman.quantities.money import find_money
from dragoman.quantities.numbers import BOUND, REACH, Number, find_numbers, get_bounds
from dragoman.quantities.outcomes import find_outcome, hands_on
from dragoman.quantities.phrases import Counted, find_counted
from dragoman.quantities.units import (
    DISTANCES,
    DURATION,
    ITEMS,
    PARTIES,
    PEOPLE,
    Kind,
    get_kind,
    get_singular,
    make_plural,
)

_MOST_PARTIES = 7
"""Up to so many countries or leaders are the act's parties; more of them measure it."""
_PERCENT = re.compile(r"[ -]?(?:%|per ?cent\b|percentage points?)")
_TIMES = re.compile(r"\b(?P<word>[Tt]wice|[Tt]hrice)\b")
_DISTANCE_AWAY = re.compile(
    r" (?:ago|earlier|later|before|after|since|old|of age|back)\b| (?:from now|in advance)|['’]s? time|-old"
)
_WINDOW = re.compile(
    r"\b(?:last|past|next|coming|first|previous|following|every|per|another|recent) (?:few )?$", re.IGNORECASE
)
_DEFINITE = re.compile(r"\b(?:the|these|those|our|their|its|his|both|all|other|said) $", re.IGNORECASE)
_CROWD = re.compile(r"(?:(?:many |several )?(?:tens|dozens|scores|hundreds|thousands|millions)(?: of thousands)?)")
_TAKEN = re.compile(
    r"\b(?:free[sd]?|freeing|releas(?:e|es|ed|ing)|arrest\w*|detain\w*|jail\w*|deport\w*|expel\w*|abduct\w*|kidnap\w*|captur(?:ed|es|ing)"
    r"|pardon\w*|round\w* up|carr(?:ied|ies|ying) off|haul\w* (?:off|in)|evacuat\w*|rescu\w*|expulsions?|lets? go|letting go)"
    r"(?: of)?(?: (?:another|a further|some|all|the))? $",
    re.IGNORECASE,
)
_HELD = re.compile(
    r" (?:held|detained|arrested|jailed|freed|released|captured|abducted|rescued)\b| of them (?:were|had)\b"
)
"""Words around a number without a noun that say it counts people."""
_MEASURED = re.compile(r"[-%°]|\.?\d| (?:more |other )?(?:per|percent|[a-z]+s)\b(?<!was)(?<!has)(?<!others)")
_A_STRETCH = re.compile(
    r"\b(?:[Ff]or|[Ww]ithin|[Ii]n|[Oo]ver|[Ll]asted) (?P<phrase>(?:a|an|half a|half an) (?P<unit>hour|day|week|month|"
    r"year))\b(?!-| ago| earlier| later| when| of | in which)"
)
_A_THING = re.compile(r"\b(?P<phrase>(?:[Aa]n?|[Aa]nother|[Oo]ne) (?:[a-z-]+ ){0,2}(?P<noun>tanker|warship|submarine|"
                      r"frigate|destroyer|warplane|helicopter|fighter jet|spy plane|bomber|cargo ship|balloon|"
                      r"reconnaissance drone))\b(?! [a-z]+(?:s|er|or)\b)")  # fmt: skip


def find_quantities(sentence: Sentence) -> tuple[Magnitude, ...]:
    """The quantities a sentence names, in text order; dates, ordinals, ages and names with figures are none.

    Bounds: "at least 23" is 23, low 23, high open; "up to 23" is 23, low open; "about 23" has no bounds; "15 to 20" is
    15, low 15, high 20; "dozens" has no value and a low bound of 24. Decades are told as years.

    Args:
        sentence: With or without analysis; with it the counted noun comes from the tree.
    """
    text = mask(sentence.text)
    found: list[Magnitude] = []
    for number in find_numbers(text):
        if found and number.first < found[-1].end - sentence.span.start:
            continue
        magnitude = _measure(sentence, text, number, found[-1] if found else None)
        if magnitude:
            found.append(magnitude)
    found += [m for m in _find_single(sentence, text) if all(m.end <= f.start or f.end <= m.start for f in found)]
    return tuple(sorted(found, key=lambda m: (m.start, m.end)))


def _measure(sentence: Sentence, text: str, number: Number, last: Magnitude | None) -> Magnitude | None:
    money = find_money(text, number)
    if money:
        return _make(
            sentence, _bound_sum(text, number, money[0]), (_widen(text, money[0]), money[1]), money[2], "money"
        )
    percent = _PERCENT.match(text, number.end)
    if percent:
        return _make(sentence, number, (number.start, percent.end()), "percent", "other")
    counted = find_counted(text, number.end, sentence.tokens, sentence.span.start)
    outcome = _find_bare_outcome(text, number) if counted is None else None
    if outcome:
        return _make(sentence, number, (number.start, number.end), outcome, "people")
    if counted is None:
        return None
    return _count(sentence, text, number, counted, last)


def _find_bare_outcome(text: str, number: Number) -> str | None:
    """ "killed 30", "seven wounded": a number of people without a noun."""
    outcome = find_outcome(text, number.start, number.end, "")
    if outcome:
        return outcome[0]
    is_crowd = _CROWD.fullmatch(number.words) and not text[number.end :].startswith(" of")
    is_taken = _TAKEN.search(text[max(0, number.first - REACH) : number.first]) or _HELD.match(text, number.end)
    return "people" if is_crowd or (is_taken and number.value and not _MEASURED.match(text, number.end)) else None


def _count(sentence: Sentence, text: str, number: Number, counted: Counted, last: Magnitude | None) -> Magnitude | None:
    noun, span = counted.noun, (number.start, counted.end)
    if _is_no_measure(text, number, counted):
        return None
    kind = get_kind(noun, counted.goods)
    if kind == "people" and "\x00" in text[number.end : counted.end]:
        kind = "items"  # F-35 fighters are aircraft
    if kind == "duration":
        return _last(sentence, text, number, counted)
    if number.vague and kind == "other" and not re.search(r"dozen|score|hundred|thousand|million|tens", number.words):
        return None
    unit = DISTANCES.get(get_singular(noun)) or make_plural(noun)
    unit = f"{unit} and {counted.joined}" if counted.joined else unit
    if kind == "people":
        outcome = find_outcome(text, number.start, counted.end, noun)
        listed = last and last.kind == "people" and hands_on(text[last.end - sentence.span.start : number.start])
        if outcome:
            unit = outcome[0]
        elif listed and last and last.unit in ("killed", "wounded", "displaced"):
            unit = last.unit
    return _make(sentence, number, span, unit, kind)


def _is_no_measure(text: str, number: Number, counted: Counted) -> bool:
    """Parties of the act ("the two countries"), "one" in other uses, and years that only look like counts."""
    noun = counted.noun.lower()
    is_taken = get_kind(noun, counted.goods) == "people" and _TAKEN.search(
        text[max(0, number.first - REACH) : number.first]
    )
    small = number.value is not None and number.value <= _MOST_PARTIES and not number.bounded and not is_taken
    if small and noun in PARTIES:
        return True
    if number.words.lower() in ("one", "a", "an", "1") and not _is_countable_thing(noun):
        return True
    if small and _DEFINITE.search(text, max(0, number.start - REACH), number.start) and noun not in PEOPLE | ITEMS:
        return get_singular(noun) not in DURATION
    if number.value == 0 and noun not in PEOPLE:
        return True
    return number.vague and noun in PARTIES and "dozen" not in number.words


def _is_countable_thing(noun: str) -> bool:
    low = get_singular(noun)
    return bool({noun, low} & (PEOPLE | ITEMS)) or low in DURATION or low in DISTANCES


def _last(sentence: Sentence, text: str, number: Number, counted: Counted) -> Magnitude | None:
    """A duration, unless it tells a distance in time ("three days ago") or a window ("the past 24 hours")."""
    unit = get_singular(counted.noun)
    if _DISTANCE_AWAY.match(text, counted.end) or _WINDOW.search(text, max(0, number.start - REACH), number.start):
        return None
    factor = DURATION.get(unit, 1)
    if factor > 1:
        number = _scale(number, factor)
    return _make(
        sentence, number, (number.start, counted.end), "years" if factor > 1 else make_plural(unit), "duration"
    )


def _scale(number: Number, factor: int) -> Number:
    def times(value: float | None) -> float | None:
        return None if value is None else value * factor

    return replace(number, value=times(number.value), low=times(number.low), high=times(number.high))


def _find_single(sentence: Sentence, text: str) -> list[Magnitude]:
    """ "twice", "in a week", "a tanker": one or two without a number word."""
    found = []
    for hit in _TIMES.finditer(text):
        count = 2.0 if hit["word"].lower() == "twice" else 3.0
        if not re.match(r" (?:as|the|a (?:day|week|month|year))\b", text[hit.end() :]):
            found.append(_make(sentence, _get_fixed(hit.start(), hit.end(), count), hit.span(), "times", "other"))
    for hit in _A_STRETCH.finditer(text):
        count = 0.5 if hit["phrase"].startswith("half") else 1.0
        found.append(
            _make(sentence, _get_fixed(*hit.span("phrase"), count), hit.span("phrase"), hit["unit"] + "s", "duration")
        )
    for hit in _A_THING.finditer(text):
        number = _get_fixed(*hit.span("phrase"), 1.0)
        found.append(_make(sentence, number, hit.span("phrase"), make_plural(hit["noun"].split()[-1]), "items"))
    return found


def _get_fixed(start: int, end: int, value: float) -> Number:
    return Number(start, start, end, value, value, value)


def _bound_sum(text: str, number: Number, start: int) -> Number:
    """A bound that stands before the currency sign bounds the sum."""
    mark = BOUND.search(text, max(0, start - REACH), start)
    if mark is None or start >= number.first or number.value is None or number.bounded:
        return number
    low, high = get_bounds(mark, number.value)
    return replace(number, low=low, high=high)


def _widen(text: str, start: int) -> int:
    """A bound before a currency sign belongs to the sum: "more than $3 billion"."""
    mark = BOUND.search(text, max(0, start - REACH), start)
    return mark.start() if mark else start


def _make(sentence: Sentence, number: Number, span: tuple[int, int], unit: str, kind: Kind) -> Magnitude:
    start, end = span
    offset = sentence.span.start
    words = sentence.text[start:end]
    return Magnitude(words, start + offset, end + offset, number.value, number.low, number.high, unit, kind)
