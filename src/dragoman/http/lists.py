"""Lists: one way to filter, sort, page, count and write, whatever they are of."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from dragoman.archive import Archive
from dragoman.archive.filters import knows_pairs
from dragoman.archive.queries import ClaimQuery, EventQuery, ReportQuery
from dragoman.archive.query import Query
from dragoman.archive.where import Where
from dragoman.errors import ArchiveError
from dragoman.http import caching, formats
from dragoman.http.errors import Problem
from dragoman.http.filters import LIMIT, ListAsked, RelationsAsked
from dragoman.http.opened import Shelf
from dragoman.http.paging import Cursor, Order, choose_order, find_page, find_sql, read_cursor, write_cursor
from dragoman.http.too_much import refuse_too_much

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
    most_events: int | None = None
    """Events that its rows are gathered from, at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read."""

    items: list[Any]
    rows: Sequence[Row]
    next: str | None
    count: dict[str, int] | None
    """``None`` where it wasn't asked for."""


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


@dataclass(frozen=True, slots=True)
class _Call:
    """One question for a list, read and checked."""

    request: Request
    listing: Listing
    asked: ListAsked
    order: Order
    after: Cursor | None
    form: str
    snapshot: int

    @property
    def shelf(self) -> Shelf:
        shelf: Shelf = self.request.app.state.shelf
        return shelf


async def answer_list(request: Request, listing: Listing, asked: ListAsked) -> Response:
    """A page of a list in the form asked for; all of it as CSV or JSON Lines where no limit is given."""
    call = await _read_call(request, listing, asked)
    tag = caching.find_tag(request, call.snapshot, call.form)
    headers = caching.find_headers(tag, is_pinned=asked.snapshot is not None)
    if caching.is_known(request, tag):
        return caching.say_unchanged(headers)
    if call.form in ("csv", "jsonl") and asked.limit is None and call.after is None:
        return caching.keep(headers, await _stream(call))
    bodies: caching.Bodies = request.app.state.bodies
    response = bodies.find(tag)
    if response is None:
        response = await call.shelf.ask(
            request, lambda archive: _write_page(call, _read_page(call, archive)), snapshot=call.snapshot
        )
        bodies.keep(tag, response)
    return caching.keep(headers, response)


async def _read_call(request: Request, listing: Listing, asked: ListAsked) -> _Call:
    """What is asked for, in which form and order, from where, of which snapshot.

    Raises:
        Problem: The cursor isn't of this list, order or snapshot; or there is no such order or form.
    """
    form = formats.choose_format(request, listing.formats)
    after = read_cursor(asked.cursor, listing.sorts) if asked.cursor else None
    order = choose_order(asked.sort or (after.order if after else None), listing.sorts, listing.key, listing.default)
    if after and (after.order != order.name or asked.snapshot not in (None, after.snapshot)):
        raise Problem(400, "the cursor is of another order or snapshot; begin again without it", parameter="cursor")
    shelf: Shelf = request.app.state.shelf
    pinned = after.snapshot if after else asked.snapshot
    number = (await shelf.run(lambda: shelf.get(pinned))).snapshot.number
    return _Call(request, listing, asked, order, after, form, number)


def _read_page(call: _Call, archive: Archive) -> Page:
    listing, limit = call.listing, call.asked.limit or LIMIT
    query, where = ask_checked(archive, listing.ask, call.asked)
    if listing.most_events:
        events, met = ask_checked(archive, lambda opened, own: opened.events(**own.find_filters()), call.asked)
        refuse_too_much(archive, events, met, listing.most_events)
    rows: list[Row] = [*find_page(query, where, call.order, call.after, limit)]
    cursor = _make_cursor(call, rows[:limit]) if len(rows) > limit else None
    count = _find_count(call, archive, query, where) if call.asked.count == "exact" else None
    items = listing.brief(archive, rows[:limit])
    return Page(items, rows[:limit], write_cursor(cursor) if cursor else None, count)


def _find_count(call: _Call, archive: Archive, query: Query, where: Where) -> dict[str, int]:
    """The counts of all that is asked for; those of the last questions are at hand."""
    chosen, bound = find_sql(query, where)
    counts: Kept[dict[str, int]] = call.request.app.state.counts
    count = call.listing.count
    return counts.get((call.snapshot, count, chosen, repr(bound)), lambda: count_rows(archive, query, where, count))


def _make_cursor(call: _Call, rows: Sequence[Row]) -> Cursor:
    """The place after the last of these rows."""
    return Cursor(call.snapshot, call.order.name, rows[-1][call.order.column], rows[-1][call.listing.key])


def _write_page(call: _Call, page: Page) -> Response:
    headers = formats.link_next(call.request, page.next)
    return Response(_write_body(call, page), media_type=formats.MEDIA[call.form], headers=headers)


def _write_body(call: _Call, page: Page) -> str | bytes:
    told = {"next": page.next, "count": page.count, "limit": call.asked.limit or LIMIT, "snapshot": call.snapshot}
    if call.form == "jsonl":
        return b"".join(formats.write_lines(page.items))
    if call.form == "csv":
        return b"".join(formats.write_csv(call.listing.columns, page.rows, raw=call.asked.raw))
    if call.form == "geojson" and call.listing.find_place:
        return formats.write_json({**formats.write_geojson(page.items, call.listing.find_place), **told})
    if call.form == "atom":
        base = str(call.request.base_url).rstrip("/")
        updated = max((event["last_report"] or "" for event in page.items), default="") or "1970-01-01"
        return formats.write_atom(page.items, base=base, title="Dragoman: events", updated=updated)
    return formats.write_json({"items": page.items, **told})


async def _stream(call: _Call) -> Response:
    """All rows, a batch at a time: each batch is a page of its own, so that nothing is held between two."""
    first = await _ask_batch(call, None)

    async def write() -> AsyncIterator[bytes]:
        rows, after = first
        if call.form == "csv":
            yield next(formats.write_csv(call.listing.columns, ()))
        while rows:
            yield await call.shelf.ask(call.request, partial(_write_batch, call, rows), snapshot=call.snapshot)
            if after is None:
                return
            rows, after = await _ask_batch(call, after)

    name = call.request.url.path.rpartition("/")[2]
    kept = {"Content-Disposition": f'attachment; filename="{name}-{call.snapshot}.{call.form}"'}
    return StreamingResponse(write(), media_type=formats.MEDIA[call.form], headers=kept)


def _write_batch(call: _Call, rows: Sequence[Row], archive: Archive) -> bytes:
    if call.form == "jsonl":
        return b"".join(formats.write_lines(call.listing.brief(archive, rows)))
    return b"".join(islice(formats.write_csv(call.listing.columns, rows, raw=call.asked.raw), 1, None))


async def _ask_batch(call: _Call, after: Cursor | None) -> tuple[list[Row], Cursor | None]:
    def read(archive: Archive) -> tuple[list[Row], Cursor | None]:
        query, where = ask_checked(archive, call.listing.ask, call.asked)
        rows: list[Row] = [*find_page(query, where, call.order, after, _BATCH)]
        return rows[:_BATCH], _make_cursor(call, rows[:_BATCH]) if len(rows) > _BATCH else None

    return await call.shelf.ask(call.request, read, snapshot=call.snapshot, seconds=call.shelf.limits.stream_seconds)


def ask_checked(
    archive: Archive, ask: Callable[[Archive, Any], Query], asked: ListAsked | RelationsAsked
) -> tuple[Query, Where]:
    """The question and its conditions; a filter's value that can't be, or a name that nobody has, is the caller's fault."""
    try:
        query = ask(archive, asked)
        return query, query.find_where()
    except ArchiveError as error:
        raise Problem(400, str(error), parameter=_find_parameter(str(error), asked)) from error


def count_rows(archive: Archive, query: Query, where: Where, count: str) -> dict[str, int]:
    """The counts of a question: from the columns held in memory where these tell, else from the files."""
    found = _count_held(archive, query)
    if found is not None:
        return found
    if isinstance(query, ClaimQuery):
        query = query.narrow("claim_id", "report_id")
        where = query.find_where()
    sql, values = find_sql(query, where)
    rows = archive.engine.find_rows(f"WITH chosen AS ({sql}) {count}", values, tables=query.tables)
    return {name: int(value or 0) for name, value in rows[0].items()}


def _count_held(archive: Archive, query: Query) -> dict[str, int] | None:
    if archive.tally is None:
        return None
    if isinstance(query, ClaimQuery):
        if not query.filters.dyad and knows_pairs(query.filters, archive.directory):
            return None  # the rows of one way of a pair lie side by side in the files
        return archive.tally.count_claims(archive.directory, query.filters)
    if isinstance(query, EventQuery):
        return archive.tally.count_events(archive.directory, query.filters)
    return archive.tally.count_reports(query.filters) if isinstance(query, ReportQuery) else None


def _find_parameter(message: str, asked: ListAsked | RelationsAsked) -> str | None:
    """The parameter a message is about, where its value stands in it."""
    for name, value in asked.find_filters().items():
        values = value if isinstance(value, list) else [value]
        if any(repr(part.strip()) in message for each in values for part in (str(each), *str(each).split(","))):
            return name
    return None
