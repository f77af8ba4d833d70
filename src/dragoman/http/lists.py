"""Lists: one way to filter, sort, page, count and write, whatever they are of."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from dragoman.archive import Archive
from dragoman.archive.query import Query
from dragoman.archive.where import Where
from dragoman.errors import ArchiveError
from dragoman.http import caching, formats
from dragoman.http.errors import Problem
from dragoman.http.filters import LIMIT, ListAsked, RelationsAsked
from dragoman.http.opened import Shelf
from dragoman.http.paging import Cursor, Order, choose_order, find_page, find_sql, read_cursor, write_cursor

Row = Mapping[str, Any]
T = TypeVar("T")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is of."""

    ask: Callable[[Archive, ListAsked], Query]
    key: str
    """The column that no two rows share."""
    sorts: Mapping[str, str]
    """Columns to sort by, with their types in DuckDB."""
    default: str
    brief: Callable[[Archive, Sequence[Row]], list[Any]]
    """Rows of a page as items."""
    count: str
    """SQL that counts the rows of ``chosen``; its columns are the counts."""
    columns: tuple[str, ...]
    """Columns of the CSV."""
    formats: tuple[str, ...] = ("json", "jsonl", "csv")
    find_place: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read."""

    items: list[Any]
    rows: list[Row]
    next: str | None
    count: dict[str, int]


@dataclass(slots=True)
class Kept(Generic[T]):
    """What took long to find, by question; the oldest is forgotten."""

    most: int
    known: OrderedDict[Any, T] = field(default_factory=OrderedDict)

    def get(self, key: Any, find: Callable[[], T]) -> T:
        """What is known for a key, else what is found for it. Two threads may both find it; they find the same."""
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = find()
            while len(self.known) > self.most:
                self.known.popitem(last=False)
        return found


async def answer_list(request: Request, listing: Listing, asked: ListAsked) -> Response:
    """A page of a list in the form asked for; all of it as CSV or JSON Lines where no limit is given."""
    form = formats.choose_format(request, listing.formats)
    shelf: Shelf = request.app.state.shelf
    after = read_cursor(asked.cursor, listing.sorts) if asked.cursor else None
    order = choose_order(asked.sort or (after.order if after else None), listing.sorts, listing.key, listing.default)
    if after and (after.order != order.name or asked.snapshot not in (None, after.snapshot)):
        raise Problem(400, "the cursor is of another order or snapshot; begin again without it", parameter="cursor")
    pinned = after.snapshot if after else asked.snapshot
    number = (await shelf.run(lambda: shelf.get(pinned))).snapshot.number
    tag = caching.find_tag(request, number, form)
    headers = caching.find_headers(tag, is_pinned=asked.snapshot is not None)
    if caching.is_known(request, tag):
        return caching.say_unchanged(headers)
    if form in ("csv", "jsonl") and asked.limit is None and after is None:
        return caching.keep(headers, await _stream(request, listing, asked, order, form, number))

    def find(archive: Archive) -> Response:
        page = _read_page(archive, listing, asked, order, after, request.app.state.counts)
        return _write_page(request, listing, asked, page, form, number)

    return caching.keep(headers, await shelf.ask(request, find, snapshot=number))


def _read_page(
    archive: Archive,
    listing: Listing,
    asked: ListAsked,
    order: Order,
    after: Cursor | None,
    counts: Kept[dict[str, int]],
) -> Page:
    query, where = ask_checked(archive, listing.ask, asked)
    limit = asked.limit or LIMIT
    sql, values = find_page(query, where, order, after, limit)
    rows = find_rows(archive, query, where, sql, values)
    rest = rows[limit:]
    rows = rows[:limit]
    number = archive.snapshot.number
    cursor = Cursor(number, order.name, rows[-1][order.column], rows[-1][listing.key]) if rest else None
    chosen, bound = find_sql(query, where)
    key = (number, listing.count, chosen, repr(bound))
    count = counts.get(key, lambda: count_rows(archive, query, where, listing.count))
    return Page(listing.brief(archive, rows), rows, write_cursor(cursor) if cursor else None, count)


def _write_page(request: Request, listing: Listing, asked: ListAsked, page: Page, form: str, snapshot: int) -> Response:
    headers = {}
    if page.next:
        rest = [(key, value) for key, value in request.query_params.multi_items() if key != "cursor"]
        headers["Link"] = f'<{request.url.path}?{urlencode([*rest, ("cursor", page.next)])}>; rel="next"'
    record = {
        "items": page.items, "next": page.next, "count": page.count, "limit": asked.limit or LIMIT, "snapshot": snapshot,
    }  # fmt: skip
    if form == "jsonl":
        body: str | bytes = b"".join(formats.write_lines(page.items))
    elif form == "csv":
        body = b"".join(formats.write_csv(listing.columns, page.rows, raw=asked.raw))
    elif form == "geojson" and listing.find_place:
        shown = formats.write_geojson(page.items, listing.find_place)
        body = formats.write_json({**shown, **{key: record[key] for key in ("next", "count", "snapshot")}})
    elif form == "atom":
        base = str(request.base_url).rstrip("/")
        updated = max((event["last_report"] or "" for event in page.items), default="") or "1970-01-01"
        body = formats.write_atom(page.items, base=base, title="Dragoman: events", updated=updated)
    else:
        body = formats.write_json(record)
    return Response(body, media_type=formats.MEDIA[form], headers=headers)


async def _stream(
    request: Request, listing: Listing, asked: ListAsked, order: Order, form: str, snapshot: int
) -> Response:
    """All rows, a batch at a time: each batch is a page of its own, so that nothing is held between two."""
    shelf: Shelf = request.app.state.shelf
    first = await _ask_batch(request, listing, asked, order, None, snapshot)

    async def write() -> AsyncIterator[bytes]:
        rows, after = first
        if form == "csv":
            yield next(formats.write_csv(listing.columns, ()))
        while rows:
            yield await shelf.ask(request, partial(_write_batch, listing, form, rows, asked.raw), snapshot=snapshot)
            if after is None:
                return
            rows, after = await _ask_batch(request, listing, asked, order, after, snapshot)

    name = request.url.path.rpartition("/")[2]
    kept = {"Content-Disposition": f'attachment; filename="{name}-{snapshot}.{form}"'}
    return StreamingResponse(write(), media_type=formats.MEDIA[form], headers=kept)


def _write_batch(listing: Listing, form: str, rows: Sequence[Row], raw: bool, archive: Archive) -> bytes:
    if form == "jsonl":
        return b"".join(formats.write_lines(listing.brief(archive, rows)))
    return b"".join(islice(formats.write_csv(listing.columns, rows, raw=raw), 1, None))


async def _ask_batch(
    request: Request, listing: Listing, asked: ListAsked, order: Order, after: Cursor | None, snapshot: int
) -> tuple[list[Row], Cursor | None]:
    def read(archive: Archive) -> tuple[list[Row], Cursor | None]:
        query, where = ask_checked(archive, listing.ask, asked)
        sql, values = find_page(query, where, order, after, _BATCH)
        rows = find_rows(archive, query, where, sql, values)
        last = rows[:_BATCH][-1] if len(rows) > _BATCH else None
        return rows[:_BATCH], Cursor(snapshot, order.name, last[order.column], last[listing.key]) if last else None

    shelf: Shelf = request.app.state.shelf
    return await shelf.ask(request, read, snapshot=snapshot, seconds=shelf.limits.stream_seconds)


def ask_checked(
    archive: Archive, ask: Callable[[Archive, Any], Query], asked: ListAsked | RelationsAsked
) -> tuple[Query, Where]:
    """The question and its conditions; a filter's value that can't be, or a name that nobody has, is the caller's fault."""
    try:
        query = ask(archive, asked)
        return query, query.find_where()
    except ArchiveError as error:
        raise Problem(400, str(error), parameter=_find_parameter(str(error), asked)) from error


def find_rows(archive: Archive, query: Query, where: Where, sql: str, values: Sequence[Any]) -> list[Row]:
    """Rows of a question's SQL."""
    return list(archive.engine.find_rows(sql, values, tables=(*query.tables, *where.tables)))


def count_rows(archive: Archive, query: Query, where: Where, count: str) -> dict[str, int]:
    """The counts of a question."""
    sql, values = find_sql(query, where)
    rows = archive.engine.find_rows(f"WITH chosen AS ({sql}) {count}", values, tables=query.tables)
    return {name: int(value or 0) for name, value in rows[0].items()}


def _find_parameter(message: str, asked: ListAsked | RelationsAsked) -> str | None:
    """The parameter a message is about, where its value stands in it."""
    for name, value in asked.find_filters().items():
        values = value if isinstance(value, list) else [value]
        if any(repr(part.strip()) in message for each in values for part in (str(each), *str(each).split(","))):
            return name
    return None
