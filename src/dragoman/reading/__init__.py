"""Bytes → Report: what people really have (text, pages, feeds, JSON, tables, web archives) as reports, and their blocks.

Reading has two halves. ``split_input`` cuts an input into raw records: it is cheap, holds one record in memory, and
never looks inside one. ``read_record`` parses: what it meets may be hostile, so that whoever reads much runs it in a
process that may be ended. ``read_input`` is the one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading.archives import split_archive
from dragoman.reading.blocks import find_blocks
from dragoman.reading.dates import parse_date
from dragoman.reading.draft import Draft, Given, finish_report
from dragoman.reading.feed import read_feed
from dragoman.reading.html import read_page
from dragoman.reading.jsonl import read_row, read_value, split_lines, split_values
from dragoman.reading.kinds import Kind, sniff_kind
from dragoman.reading.limits import MAX_FEED_BYTES, MAX_PAGE_BYTES
from dragoman.reading.opml import FeedAddress, read_opml
from dragoman.reading.parquet import split_parquet
from dragoman.reading.raw import RawKind, RawRecord
from dragoman.reading.sources import Source, open_source
from dragoman.reading.table import split_table
from dragoman.reading.text import read_plain

__all__ = [
    "FeedAddress",
    "RawRecord",
    "find_blocks",
    "read_input",
    "read_opml",
    "read_record",
    "read_text",
    "split_input",
]


def _split_whole(kind: RawKind, limit: int = MAX_PAGE_BYTES) -> Callable[[Source], Iterator[RawRecord | InputError]]:
    def split(source: Source) -> Iterator[RawRecord | InputError]:
        yield RawRecord(kind, source.name, source.read_all(limit))

    return split


_SPLITTERS: dict[Kind, Callable[[Source], Iterator[RawRecord | InputError]]] = {
    "text": _split_whole("text"),
    "html": _split_whole("html"),
    "feed": _split_whole("feed", MAX_FEED_BYTES),
    "json": split_values,
    "jsonl": split_lines,
    "table": split_table,
    "parquet": split_parquet,
    "archive": split_archive,
}
_READERS: dict[RawKind, Callable[[RawRecord], Iterator[Draft | InputError]]] = {
    "text": read_plain,
    "html": read_page,
    "feed": read_feed,
    "json": read_value,
    "row": read_row,
}


def read_input(
    source: str | Path | bytes | IO[Any], *, name: str = "", date: str | None = None, outlet: str | None = None
) -> Iterator[Report | InputError]:
    """Reports from one input, streamed in its order, with an error in the place of each that can't be read.

    Args:
        source: A path (``-`` for standard input), bytes, or something readable. The kind is told from the content:
            plain text, a saved page, JSON (object, list or lines), CSV or TSV with a header, Parquet, RSS, Atom or
            JSON Feed, a web archive (WARC, ARC); each of them may be packed with gzip or zstd.
        name: What to call the input in messages; the path where not given.
        date: Publication day for reports that tell none.
        outlet: Outlet for reports that tell none.

    Raises:
        InputError: the input can't be opened or is of no kind that holds reports, or ``date`` is no day.
    """
    given = Given(date, outlet)
    for record in split_input(source, name=name):
        if isinstance(record, InputError):
            yield record
        else:
            yield from _read(record, given)


def split_input(
    source: str | Path | bytes | IO[Any], *, name: str = "", meta: Mapping[str, str] | None = None
) -> Iterator[RawRecord | InputError]:
    """The raw records of one input, streamed in its order, with an error in the place of each that can't be had.

    Args:
        source: As for ``read_input``.
        name: What to call the input in messages; the path where not given.
        meta: What is known of the whole input: its ``url`` and ``charset``. Goes into each record.

    Raises:
        InputError: the input can't be opened, or is of no kind that holds reports.
    """
    started = False
    with open_source(source, name) as opened:
        try:
            for found in _SPLITTERS[sniff_kind(opened)](opened):
                started = True
                yield replace(found, meta={**meta, **found.meta}) if meta and isinstance(found, RawRecord) else found
            if opened.fault:
                raise opened.fault
        except InputError as wrong:
            if not started:
                raise
            yield wrong


def read_record(
    record: RawRecord, *, date: str | None = None, outlet: str | None = None
) -> Iterator[Report | InputError]:
    """The reports in one raw record: mostly one; a feed gives one for each item. Errors take the place of reports.

    Args:
        record: From ``split_input``, here or in another process.
        date: Publication day for reports that tell none.
        outlet: Outlet for reports that tell none.

    Raises:
        InputError: ``date`` is no day.
    """
    yield from _read(record, Given(date, outlet))


def read_text(
    text: str,
    *,
    title: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    id: str | None = None,
    url: str | None = None,
    place: str = "",
) -> Report:
    """One text in hand as a report; ``date`` is its publication day.

    Raises:
        NotAReport: the text is empty, no prose, or not in English.
        InputError: ``date`` is no day, or the text holds a run too long to be a sentence.
    """
    given = Given(date, outlet)
    day = parse_date(date) if date else None
    draft = Draft(text, place, id=id, title=title, url=url, date=day, date_how="option" if day else None)
    return finish_report(draft, given)


def _read(record: RawRecord, given: Given) -> Iterator[Report | InputError]:
    try:
        for found in _READERS[record.kind](record):
            yield found if isinstance(found, InputError) else _finish(found, given)
    except InputError as wrong:
        yield wrong


def _finish(draft: Draft, given: Given) -> Report | InputError:
    try:
        return finish_report(draft, given)
    except InputError as wrong:
        return wrong
