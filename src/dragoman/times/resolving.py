"""What a matched phrase means, seen from the report's day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.times.days import (
    choose_year,
    find_day_of_month,
    find_weekday,
    get_month,
    get_part,
    shift_months,
    write_day,
    write_month,
    write_stretch,
    write_week,
)
from dragoman.times.grammar import NUMBERS


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is read against."""

    report: date | None
    text: str
    future: bool
    """The phrase belongs to a verb of the future."""
    year: int | None
    """The last year named before it in the sentence."""


Resolved = tuple[str | None] | None
"""A date or ``None`` in a box; no box where the phrase is no date at all."""

_NEAR_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_NOT_AFTER_MONTH = re.compile(r" (?:not |also |well |be |have |well |never |help |lead |take |make )")
_AMBIGUOUS_MONTHS = ("may", "mar")


def resolve(name: str, hit: re.Match[str], setting: Setting) -> Resolved:
    """The date that a phrase of a way of writing means."""
    return _RESOLVERS[name](hit, setting)


def _group(hit: re.Match[str], name: str) -> str | None:
    return hit[name] if name in hit.re.groupindex else None


def _of_numbers(hit: re.Match[str], setting: Setting) -> Resolved:
    day = write_day(int(hit["year"]), int(hit["number"]), int(hit["day"]))
    return (day,) if day else None


def _of_slashes(hit: re.Match[str], setting: Setting) -> Resolved:
    """``3/4/2022`` is two days, so only its year is told."""
    first, second, year = int(hit["day"]), int(hit["number"]), int(hit["year"])
    if first <= 12 and second <= 12 and first != second:
        return (str(year),)
    day = write_day(year, min(first, second), max(first, second))
    return (day,) if day else None


def _of_day(hit: re.Match[str], setting: Setting) -> Resolved:
    """A day of a month, with a year or without."""
    month, day = get_month(hit["month"]), int(hit["day"])
    year = _find_year(hit, setting)
    if year is None and write_day(2000, month, day) is None:
        return None
    if year is None and _relation(hit):
        return (None,)
    if year is None:
        year = choose_year(month, day, setting.report, setting.future) if setting.report else None
        return (write_day(year, month, day) if year else None,)
    found = write_day(year, month, day)
    return (found,) if found else None


def _relation(hit: re.Match[str]) -> str:
    return (_group(hit, "rel") or "").lower()


def _find_year(hit: re.Match[str], setting: Setting) -> int | None:
    """The year a phrase itself gives: in figures or as "last year"."""
    figures = _group(hit, "year")
    return int(figures) if figures else _shift_year(_relation(hit), setting)


def _shift_year(words: str, setting: Setting) -> int | None:
    if not words:
        return None
    if "following" in words or "the next" in words or "same" in words or "previous" in words or "that" in words:
        step = 0 if "same" in words or "that" in words else -1 if "previous" in words else 1
        return setting.year + step if setting.year else None
    step = -1 if "last" in words or "past" in words else 1 if "next" in words else 0
    return setting.report.year + step if setting.report else None


def _of_month_and_year(hit: re.Match[str], setting: Setting) -> Resolved:
    year = _find_year(hit, setting)
    return (write_month(year, get_month(hit["month"])) if year else None,)


def _of_month(hit: re.Match[str], setting: Setting) -> Resolved:
    """A month alone; "may" and "march" are dates only behind a word that says so."""
    word, before, after = hit["month"], hit["in"], setting.text[hit.end() :]
    if word[:3].lower() in _AMBIGUOUS_MONTHS and (not (before or hit["part"]) or _NOT_AFTER_MONTH.match(after)):
        return None
    if not before and not hit["part"] and re.match(r" [A-Z]", after):
        return None
    month = get_month(word)
    year = choose_year(month, None, setting.report, setting.future) if setting.report else None
    return (write_month(year, month) if year else None,)


def _of_named_month(hit: re.Match[str], setting: Setting) -> Resolved:
    """ "last March" is the one before this month, "this March" this year's."""
    which, month = hit["which"].lower(), get_month(hit["month"])
    if setting.report is None or which == "the same":
        return (None,)
    year, now = setting.report.year, setting.report.month
    if which in ("last", "past"):
        year -= month >= now
    elif which in ("next", "coming"):
        year += month <= now
    return (write_month(year, month),)


def _of_part(hit: re.Match[str], setting: Setting) -> Resolved:
    words = hit["part"].lower().removeprefix("the ").removeprefix("very ")
    year, month = _find_year(hit, setting), get_part(words)
    if year is None and _relation(hit) == "the year" and setting.report:
        year = setting.report.year
    return (write_month(year, month) if year and month else None,)


def _of_year(hit: re.Match[str], setting: Setting) -> Resolved:
    before = setting.text[: hit.start("year")]
    if re.search(r"\b(?:Agenda|Vision|Euro|Expo|Horizon|[Rr]esolutions?|Nos?\.) (?:and |or )?$", before):
        return None
    if re.match(r" (?:people|soldiers|troops|tons|tonnes|km|kilomet|men|dollars|square|metres|meters|miles)",
                setting.text[hit.end("year") :]):  # fmt: skip
        return None
    return (hit["year"],)


def _of_weekday(hit: re.Match[str], setting: Setting) -> Resolved:
    if setting.report is None:
        return (None,)
    week = _group(hit, "week")
    if week:
        monday = setting.report - timedelta(days=setting.report.weekday())
        found = find_weekday(hit["weekday"], monday, "", True)
        return ((found + timedelta(weeks={"last": -1, "this": 0, "next": 1}[week])).isoformat(),)
    which = (_group(hit, "which") or "").lower()
    return (find_weekday(hit["weekday"], setting.report, which, setting.future).isoformat(),)


def _of_weekday_number(hit: re.Match[str], setting: Setting) -> Resolved:
    """ "Thursday (20)": the day with that number next to the report that is a Thursday, else none."""
    if setting.report is None:
        return (None,)
    for distance in range(32):
        for found in (setting.report - timedelta(distance), setting.report + timedelta(distance)):
            if found.day == int(hit["day"]) and found.strftime("%w") == _weekday_number(hit["weekday"]):
                return (found.isoformat(),)
    return (None,)


def _weekday_number(name: str) -> str:
    return str(("sun", "mon", "tue", "wed", "thu", "fri", "sat").index(name[:3].lower()))


def _of_near_day(hit: re.Match[str], setting: Setting) -> Resolved:
    if setting.report is None:
        return (None,)
    word = hit["word"].lower().removeprefix("the ")
    step = {"day before yesterday": -2, "day after tomorrow": 2}.get(word, _NEAR_DAYS.get(word, 0))
    return ((setting.report + timedelta(days=step)).isoformat(),)


def _of_ago(hit: re.Match[str], setting: Setting) -> Resolved:
    number = _group(hit, "number")
    if setting.report is None or number is None or hit["about"] in ("More than", "more than", "over", "Over"):
        return (None,)
    return (_shift(setting.report, -_count(number), hit["unit"]),)


def _of_time_ahead(hit: re.Match[str], setting: Setting) -> Resolved:
    return (_shift(setting.report, _count(hit["number"]), hit["unit"]) if setting.report else None,)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _shift(report: date, count: int, unit: str) -> str | None:
    """A date so many units away, no finer than the unit; weeks give the month, hours the day."""
    if unit == "hour":
        return report.isoformat() if abs(count) <= 6 else None
    if unit == "decade":
        return None
    if unit == "year":
        return str(report.year + count)
    if unit == "month":
        return shift_months(report, count)
    if unit == "day":
        return (report + timedelta(days=count)).isoformat()
    there = report + timedelta(weeks=count * (2 if unit == "fortnight" else 1))
    return write_stretch(there - timedelta(days=3), there + timedelta(days=3))


def _of_near(hit: re.Match[str], setting: Setting) -> Resolved:
    """ "last week", "this month", "next year"."""
    if setting.report is None:
        return (None,)
    which, unit = hit["which"].lower(), hit["unit"]
    step = {"last": -1, "next": 1}.get(which, 0)
    if unit == "week":
        return (write_week(setting.report, step),)
    if unit == "weekend":
        saturday = find_weekday("Saturday", setting.report - timedelta(days=setting.report.weekday()), "", True)
        saturday += timedelta(weeks=step)
        return (write_stretch(saturday, saturday + timedelta(days=1)),)
    if unit == "month":
        return (shift_months(setting.report, step),)
    if unit == "year":
        return (str(setting.report.year + step),)
    return (str(setting.report.year) if not step else None,)


def _of_window(hit: re.Match[str], setting: Setting) -> Resolved:
    """ "over the past week": the month, where all its days lie in one; longer stretches can't be written."""
    if setting.report is None:
        return (None,)
    which, unit = hit["which"].lower(), hit["unit"]
    if which in ("current", "the"):
        return _of_near(hit, setting)
    if unit != "week":
        return (None,)
    week = timedelta(days=7)
    if which in ("next", "coming"):
        return (write_stretch(setting.report, setting.report + week),)
    return (write_stretch(setting.report - week, setting.report),)


def _of_following(hit: re.Match[str], setting: Setting) -> Resolved:
    year = _shift_year("the " + hit["which"].lower(), setting)
    return (str(year) if year else None,)


def _of_day_of_month(hit: re.Match[str], setting: Setting) -> Resolved:
    if setting.report is None:
        return (None,)
    which = hit["which"] or ""
    step = -1 if "last" in which else 1 if "next" in which else 0
    if which:
        year, month = (int(part) for part in shift_months(setting.report, step).split("-"))
        day = write_day(year, month, int(hit["day"]))
        return (day,) if day else None
    return (find_day_of_month(int(hit["day"]), setting.report, setting.future),)


def _of_juche(hit: re.Match[str], setting: Setting) -> Resolved:
    if not hit["month"]:
        return (hit["year"],)
    return _of_day(hit, setting) if hit["day"] else _of_month_and_year(hit, setting)


_RESOLVERS: dict[str, Callable[[re.Match[str], Setting], Resolved]] = {
    "resolution": lambda hit, setting: None,
    "juche year": _of_juche,
    "iso day": _of_numbers,
    "dotted day": _of_numbers,
    "slashed day": _of_slashes,
    "nine eleven": lambda hit, setting: ("2001-09-11",),
    "day range": _of_day,
    "month day": _of_day,
    "day month": _of_day,
    "month year": _of_month_and_year,
    "month rel": _of_month_and_year,
    "part of year": _of_part,
    "part of rel year": _of_part,
    "season": lambda hit, setting: (hit["year"],),
    "decade": lambda hit, setting: (None,),
    "weekday number": _of_weekday_number,
    "weekday": _of_weekday,
    "near day": _of_near_day,
    "ago": _of_ago,
    "time ahead": _of_time_ahead,
    "month before": _of_named_month,
    "part of near": _of_near,
    "near": _of_near,
    "window": _of_window,
    "the month": _of_window,
    "following": _of_following,
    "later in year": _of_year,
    "years": _of_year,
    "year": _of_year,
    "year before a noun": _of_year,
    "year in brackets": _of_year,
    "day of month": _of_day_of_month,
    "month": _of_month,
    "vague": lambda hit, setting: (None,),
}
