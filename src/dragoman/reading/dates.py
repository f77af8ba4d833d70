"""Publication days: from the values that records and pages give, and from the lines of a text that tell one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

YEARS = range(1900, 2101)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})[./-] ?(?P<year>\d{4})(?!\d)")
_WRITTEN = (
    re.compile(rf"\b{_MONTH} {_DAY}(?:,| ,)? +{_YEAR}\b"),
    re.compile(rf"\b{_DAY}(?: of|,)?[ -]{_MONTH},?[ -]+{_YEAR}\b"),
    re.compile(rf"\b{_YEAR}[ ,]+{_MONTH} {_DAY}\b"),
)
_EPOCH_UNITS = ((1e8, 1e11, 1), (1e11, 1e14, 1e3), (1e14, 1e17, 1e6), (1e17, 1e20, 1e9))
_LABEL = re.compile(
    r"(?i)^\W*(?:(?:last|latest) (?:update|updated|modified)|"
    r"(?:first )?(?:published|posted|updated|released|issued)(?: on| at)?|date)"
    r"(?: *[:|–-]|(?= )|$) *(?P<rest>.*)$"
)
_DATELINE = re.compile(
    r"^\W*[A-Z][\w.'’ -]{1,40},(?: [A-Z][\w.'’ -]{1,30},)?? "
    r"(?P<rest>[^()—]{6,40}?) ?(?:\(|/|--|[–—:-] )"
)
_HEADLINE_DAY = re.compile(r"(?:[–—|-] |\()(?P<rest>\w[\w ,./]{7,19})\)?$")
_LINES_TOP, _LINES_END = 12, 6
"""A report tells its day at its top or in its last lines."""
_LONGEST_DATE_LINE = 60


def parse_date(value: Any) -> str | None:
    """The ISO day that a date value means, ``None`` where it means none or more than one.

    Understood are ISO 8601, RFC 822, epochs (seconds to nanoseconds, UTC), ``YYYYMMDD`` and plain written days in
    English. A day with a time and zone is the day as written. ``03/04/2024`` can be two days and so is none.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _day_of_number(value)
    text = str(value).strip()
    if re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return _day_of_number(float(text) if "." in text else int(text[:25]))
    compact = _COMPACT.fullmatch(text)
    return _day_of(compact) if compact else _find_day(text)


def find_text_date(text: str) -> tuple[str, str] | None:
    """The day that the text itself tells, and how: ``text: dateline``, ``text: last update`` …"""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    top, end = lines[:_LINES_TOP], lines[max(_LINES_TOP, len(lines) - _LINES_END) :]
    return _find_labelled(top) or _find_dateline(top) or _find_headline(top) or _find_labelled(end) or _find_bare(top)


def _find_labelled(lines: list[str]) -> tuple[str, str] | None:
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        label = _LABEL.match(line)
        if not label or len(line) > 2 * _LONGEST_DATE_LINE:
            continue
        rest = label["rest"] or (following if len(following) <= _LONGEST_DATE_LINE else "")
        day = parse_date(rest)
        if day:
            return day, f"text: {line[: label.start('rest')].strip(' :|–-').lower()}"
    return None


def _find_dateline(lines: list[str]) -> tuple[str, str] | None:
    for line in lines:
        hit = _DATELINE.match(line)
        day = parse_date(hit["rest"]) if hit else None
        if day:
            return day, "text: dateline"
    return None


def _find_headline(lines: list[str]) -> tuple[str, str] | None:
    """A first line that ends with a day: ``Talks in Oman - Example News - 09.02.2023``, ``… (January 31, 2026)``."""
    hit = _HEADLINE_DAY.search(lines[0][-_LONGEST_DATE_LINE:]) if lines else None
    day = parse_date(hit["rest"]) if hit else None
    return (day, "text: headline") if day else None


def _find_bare(lines: list[str]) -> tuple[str, str] | None:
    """A line that holds a day and little else."""
    for line in lines:
        if len(line) <= _LONGEST_DATE_LINE:
            day = parse_date(line)
            if day and len(re.findall(r"[^\W\d]{3,}", line)) <= 3:
                return day, "text: date line"
    return None


def _day_of_number(number: float) -> str | None:
    compact = _COMPACT.fullmatch(str(number)) if isinstance(number, int) else None
    if compact and (day := _day_of(compact)):
        return day
    for least, most, unit in _EPOCH_UNITS:
        if least <= number < most:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number / unit)
            return moment.date().isoformat() if moment.year in YEARS else None
    return None


def _find_day(text: str) -> str | None:
    for pattern in (_ISO, *_WRITTEN):
        hit = pattern.search(text)
        if hit:
            return _day_of(hit)
    hit = _DAY_FIRST.search(text)
    return _day_of_numbers(hit) if hit else None


def _day_of_numbers(hit: re.Match[str]) -> str | None:
    """``13.07.2025`` is day first; with slashes or hyphens only where one number can't be a month."""
    first, second = int(hit["day"]), int(hit["month"])
    if first > 12 or hit["mark"] == "." or first == second:
        return _iso(int(hit["year"]), second, first)
    return _iso(int(hit["year"]), first, second) if second > 12 else None


def _day_of(hit: re.Match[str]) -> str | None:
    month = hit["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return _iso(int(hit["year"]), number, int(hit["day"]))


def _iso(year: int, month: int, day: int) -> str | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
