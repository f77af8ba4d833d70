"""Arithmetic on news dates: which Friday, which December, which month a week lies in."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YEARS = range(1800, 2101)
"""What news may mean by a year."""
_NEARER = 3
"""A date without a year is the coming one, though no word says "will", where that is so many times nearer."""
_PARTS = {
    "early": 1, "beginning": 1, "start": 1, "outset": 1, "mid": 6, "middle": 6, "late": 12, "end": 12, "close": 12,
}  # fmt: skip
"""Part of a year → the month written for it. Source: coding guide, "early 2023" is 2023-01; the others likewise."""


def read_day(value: str | None) -> date | None:
    """The day that ``YYYY-MM-DD…`` names, ``None`` for anything else."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def get_month(word: str) -> int:
    """1 for ``January`` or ``Jan.``, 12 for ``December``."""
    return MONTHS.index(word[:3].lower()) + 1


def get_part(word: str) -> int | None:
    return _PARTS.get(word.lower().rstrip("- "))


def write_day(year: int, month: int, day: int) -> str | None:
    """ISO day; ``None`` for a day that no calendar has."""
    try:
        return date(year, month, day).isoformat() if year in YEARS else None
    except ValueError:
        return None


def write_month(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def choose_year(month: int, day: int | None, report: date, future: bool) -> int | None:
    """The year that a date without one means, seen from the report's day.

    The last one up to the report, unless the words speak of the future or the coming one is near; ``None`` where no
    such day exists in the years around.
    """
    if day is None and month == report.month:
        return report.year
    days = [d for y in range(report.year - 4, report.year + 5) if (d := _make(y, month, day or 1))]
    coming, past = [d for d in days if d >= report], [d for d in days if d <= report]
    if not coming or not past:
        return None
    near = _NEARER * (coming[0] - report).days <= (report - past[-1]).days
    return coming[0].year if near or future else past[-1].year


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_weekday(name: str, report: date, which: str, future: bool) -> date:
    """The Friday that "on Friday", "last Friday" or "next Friday" means."""
    ahead = (WEEKDAYS.index(name[:3].lower()) - report.weekday()) % 7
    if which in ("next", "coming", "upcoming") or (future and which not in ("last", "past", "previous")):
        return report + timedelta(days=ahead or (7 if which else 0))
    if which == "this":
        return report + timedelta(days=ahead) if ahead <= 6 - report.weekday() else report - timedelta(days=7 - ahead)
    back = (7 - ahead) % 7
    return report - timedelta(days=back or (7 if which else 0))


def find_day_of_month(day: int, report: date, future: bool) -> str | None:
    """The last (or coming) day with this number."""
    step = 1 if future else -1
    for distance in range(62):
        found = report + timedelta(days=step * distance)
        if found.day == day:
            return found.isoformat()
    return None


def shift_months(report: date, months: int) -> str:
    """``YYYY-MM`` so many months from the report's."""
    years, month = divmod(report.year * 12 + report.month - 1 + months, 12)
    return write_month(years, month + 1)


def write_week(report: date, weeks: int) -> str | None:
    """The month a whole week (Monday to Sunday) lies in; a week itself can't be written."""
    monday = report - timedelta(days=report.weekday()) + timedelta(weeks=weeks)
    return write_stretch(monday, monday + timedelta(days=6))


def write_stretch(first: date, last: date) -> str | None:
    """The month, else ``None``, that a stretch of days lies in."""
    return write_month(first.year, first.month) if (first.year, first.month) == (last.year, last.month) else None
