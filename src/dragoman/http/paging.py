"""Pages by key: a page begins after the last row of the one before, so that nothing is left out or told twice.

A cursor holds the snapshot, the order and that row's place in it: pages of one walk are all of one snapshot, whatever is
added meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dragoman.archive.query import Query
from dragoman.archive.where import Where
from dragoman.http.errors import Problem

_PLACE = re.compile(r"\d{1,7} of \d{1,8}")
_TYPES = {"DATE": str, "DOUBLE": (int, float), "INTEGER": int, "VARCHAR": str}


@dataclass(frozen=True, slots=True)
class Order:
    """How rows are sorted: by one column, missing values last, and by the key, which no two rows share."""

    column: str
    type: str
    is_falling: bool
    key: str

    @property
    def name(self) -> str:
        return f"{'-' if self.is_falling else ''}{self.column}"

    @property
    def sql(self) -> str:
        first = (
            f'"{self.column}" {"DESC" if self.is_falling else "ASC"} NULLS LAST, ' if self.column != self.key else ""
        )
        return f'{first}"{self.key}" {"DESC" if self.is_falling and not first else "ASC"}'


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after a row."""

    snapshot: int
    order: str
    value: Any
    key: str


def choose_order(name: str | None, sorts: Mapping[str, str], key: str, default: str) -> Order:
    """The order of that name, ``-day`` for falling.

    Raises:
        Problem: There is no such column to sort by.
    """
    name = name or default
    column = name.removeprefix("-")
    if column not in sorts:
        raise Problem(400, f"can't be sorted by {column[:80]!r}; expected one of {', '.join(sorts)}", parameter="sort")
    return Order(column, sorts[column], name.startswith("-"), key)


def write_cursor(cursor: Cursor) -> str:
    """An opaque word for a place."""
    fields = [cursor.snapshot, cursor.order, cursor.value, cursor.key]
    text = json.dumps(fields, ensure_ascii=True, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(word: str, sorts: Mapping[str, str]) -> Cursor:
    """The place that such a word stands for.

    Raises:
        Problem: It is no cursor of this list.
    """
    try:
        fields = json.loads(base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True))
        snapshot, order, value, key = fields
        known = isinstance(snapshot, int) and 0 < snapshot < 10**8 and isinstance(order, str) and isinstance(key, str)
        kind = sorts[order.removeprefix("-")] if known else ""
        if known and (value is None or _fits(value, kind)):
            return Cursor(snapshot, order, value, key)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error):
        pass
    raise Problem(400, "no cursor of this list; take `next` of the page before as it is", parameter="cursor")


def write_place(number: int, snapshot: int) -> str:
    """An opaque word for how far one is in a list that is computed, and of one snapshot always the same."""
    return base64.urlsafe_b64encode(f"{number} of {snapshot}".encode()).decode().rstrip("=")


def read_place(word: str | None, snapshot: int | None, *, most: int = 1_000_000) -> tuple[int, int | None]:
    """How far such a word is, and in which snapshot; without a word, at the beginning of the one asked for.

    Raises:
        Problem: It is none, or of another snapshot than the one asked for.
    """
    if word is None:
        return 0, snapshot
    try:
        text = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True).decode("ascii")
        number, of = (int(part) for part in text.split(" of ")) if _PLACE.fullmatch(text) else (-1, -1)
    except (ValueError, binascii.Error):
        number = of = -1
    if not 0 <= number <= most or of < 1 or snapshot not in (None, of):
        raise Problem(400, "no cursor of this list; take `next` of the page before as it is", parameter="cursor")
    return number, of


def find_page(query: Query, where: Where, order: Order, after: Cursor | None, limit: int) -> list[dict[str, Any]]:
    """The rows of a page, and one more where there is a next page."""
    rest = Where() if after is None else _ask_after(order, after)
    page = replace(query, sorting=(order.sql,), most=limit + 1, find_where=lambda: where, rest=rest)
    return list(page.rows())


def find_sql(query: Query, where: Where) -> tuple[str, list[Any]]:
    """A question's SQL without order."""
    names = ", ".join(f'"{column}"' for column in query.columns)
    condition = f"WHERE {where.sql}" if where.sql else ""
    return f"SELECT {names} FROM ({query.source.replace('{where}', condition)})", list(where.values)


def _ask_after(order: Order, after: Cursor) -> Where:
    """The rows that come after a place, in SQL with its values bound."""
    if order.column == order.key:
        return Where(f'"{order.key}" {"<" if order.is_falling else ">"} ?', (after.key,))
    if after.value is None:
        return Where(f'"{order.column}" IS NULL AND "{order.key}" > ?', (after.key,))
    place = f"CAST(? AS {order.type})"
    sign = "<" if order.is_falling else ">"
    return Where(
        f'("{order.column}" {sign} {place} OR "{order.column}" IS NULL OR ("{order.column}" = {place} AND "{order.key}" > ?))',
        (after.value, after.value, after.key),
    )


def _fits(value: Any, kind: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, _TYPES[kind]):  # type: ignore[arg-type]
        return False
    if kind == "DATE":
        import datetime as dt

        dt.date.fromisoformat(value)
    return kind != "INTEGER" or abs(value) < 2**31
