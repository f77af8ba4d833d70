"""Cells of other people's tables as days, numbers and points; and the way back."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from dragoman.interchange.imported import BadRow, Imported
from dragoman.interchange.table_files import Layout, read_table

Cells = Mapping[str, str]
Maker = Callable[[int, Cells], Imported]
"""Makes an imported row of a line's number and cells."""
_NOTHING = frozenset(("", "NA", "N/A", "None", "NULL", "nan", "NaN", "---"))
_DAYS = ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d-%b-%Y", "%d %b %Y", "%m/%d/%Y", "%d.%m.%Y")
"""Ways in which the formats write days. ``01/02/2024`` is the American 2 January: ICEWS alone writes so."""


class BadValueError(Exception):
    """A cell that can't be what it should be: the reason is short and fixed, the detail tells the value."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def read_rows(path: Path, layout: Layout, make: Maker) -> Iterator[Imported | BadRow]:
    """A file's rows as imported rows; those that can't be are bad rows."""
    for row in read_table(path, layout):
        yield row if isinstance(row, BadRow) else try_making(make, *row)


def try_making(make: Callable[[int, Any], Imported], line: int, row: Any) -> Imported | BadRow:
    """One row made, or what is wrong with it."""
    try:
        return make(line, row)
    except BadValueError as error:
        return BadRow(line, error.reason, error.detail)


def read_text(cell: str | None) -> str | None:
    """The words of a cell; ``None`` for the ways in which nothing is written."""
    words = (cell or "").strip()
    return None if words in _NOTHING else words


def read_day(cell: str | None) -> str:
    """A day as ISO 8601; a time after it is left out.

    Raises:
        BadValueError: It is none.
    """
    words = (cell or "").strip()
    return _find_day(words) or _find_day(words.split("T")[0].split(" ")[0]) or _refuse_day(words)


@lru_cache(maxsize=100_000)
def _find_day(words: str) -> str | None:
    """Days come again and again, and reading one is slow."""
    for form in _DAYS:
        try:
            return dt.datetime.strptime(words, form).date().isoformat()
        except ValueError:
            continue
    return None


def _refuse_day(words: str) -> NoReturn:
    raise BadValueError("no such day", repr(words[:40]))


def read_number(cell: str | None) -> float | None:
    """A number, or nothing.

    Raises:
        BadValueError: It is neither.
    """
    words = read_text(cell)
    if words is None:
        return None
    try:
        number = float(words)
    except ValueError:
        raise BadValueError("not a number", repr(words[:40])) from None
    if not math.isfinite(number):
        raise BadValueError("not a number", repr(words[:40]))
    return number


def read_count(cell: str | None, least: int = 1) -> int:
    """A count; ``least`` where there is none, or one below it (some write -1 for unknown)."""
    return max(least, int(read_number(cell) or 0))


def read_point(lat: str | None, lon: str | None) -> tuple[float | None, float | None]:
    """Latitude and longitude in WGS 84 degrees, both or neither.

    Raises:
        BadValueError: They are no point on Earth.
    """
    y, x = read_number(lat), read_number(lon)
    if y is None or x is None:
        return None, None
    if not (-90 <= y <= 90 and -180 <= x <= 180):
        raise BadValueError("no point on Earth", f"{y}, {x}")
    return y, x


def keep_filled(cells: Cells) -> dict[str, str]:
    """The filled columns of a row, as they were."""
    return {name: cell for name, cell in cells.items() if cell.strip()}


def write_line(cells: list[Any]) -> str:
    """A line separated by tabs: nothing for ``None``, white space runs as one space, whole numbers without ``.0``."""
    return "\t".join(_plain(cell) for cell in cells) + "\n"


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(str(cell).split())
