"""Days, ISO weeks, months and years: their names, first days, and all of a span."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dragoman.domain import Unit

_FORMS: dict[Unit, str] = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}


def get_period(day: str, unit: Unit) -> str:
    """The period a day (ISO 8601) falls into: ``2024-06-19``, ``2024-W25``, ``2024-06`` or ``2024``."""
    if unit in ("day", "month", "year"):
        return day[: {"day": 10, "month": 7, "year": 4}[unit]]
    return dt.date.fromisoformat(day).strftime(_FORMS[unit])


def get_start(period: str, unit: Unit) -> str:
    """The first day of a period, ISO 8601."""
    if unit == "week":
        return dt.date.fromisocalendar(int(period[:4]), int(period[6:]), 1).isoformat()
    return (period + "-01-01")[:10] if unit == "year" else (period + "-01")[:10]


def find_last_day(period: str, unit: Unit) -> str:
    """The last day of a period, ISO 8601."""
    after = _NEXT[unit](dt.date.fromisoformat(get_start(period, unit)))
    return (after - dt.timedelta(days=1)).isoformat()


def find_periods(first: str, last: str, unit: Unit) -> list[str]:
    """All periods from the one of the first day to that of the last, both included."""
    day, end = dt.date.fromisoformat(get_start(get_period(first, unit), unit)), dt.date.fromisoformat(last)
    found = []
    while day <= end:
        found.append(get_period(day.isoformat(), unit))
        day = _NEXT[unit](day)
    return found


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


_NEXT: dict[Unit, Callable[[dt.date], dt.date]] = {
    "day": lambda day: day + dt.timedelta(days=1),
    "week": lambda day: day + dt.timedelta(days=7),
    "month": _next_month,
    "year": lambda day: dt.date(day.year + 1, 1, 1),
}
