"""Bytes → Report: what people really have (text, pages, feeds, JSON, tables) as reports, and their blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading.blocks import find_blocks
from dragoman.reading.dates import parse_date
from dragoman.reading.draft import Draft, Given, finish_report
from dragoman.reading.feed import read_feed
from dragoman.reading.html import read_page
from dragoman.reading.jsonl import read_lines, read_values
from dragoman.reading.kinds import Kind, sniff_kind
from dragoman.reading.sources import Source, open_source
from dragoman.reading.table import read_table
from dragoman.reading.text import read_plain

__all__ = ["find_blocks", "read_input", "read_text"]

_READERS: dict[Kind, Callable[[Source], Iterator[Draft | InputError]]] = {
    "text": read_plain,
    "html": read_page,
    "feed": read_feed,
    "json": read_values,
    "jsonl": read_lines,
    "table": read_table,
}


def read_input(
    source: str | Path | bytes | IO[Any], *, name: str = "", date: str | None = None, outlet: str | None = None
) -> Iterator[Report | InputError]:
    """Reports from one input, streamed in its order, with an error in the place of each that can't be read.

    Args:
        source: A path (``-`` for standard input), bytes, or something readable. The kind is told from the content:
            plain text, a saved page, JSON (object, list or lines), CSV or TSV with a header, RSS or Atom; each of
            them may be packed with gzip or zstd.
        name: What to call the input in messages; the path where not given.
        date: Publication day for reports that tell none.
        outlet: Outlet for reports that tell none.

    Raises:
        InputError: nothing of the input can be read, or ``date`` is no day.
    """
    given = Given(date, outlet)
    started = False
    with open_source(source, name) as opened:
        try:
            for found in _READERS[sniff_kind(opened)](opened):
                started = True
                yield _finish(found, given)
        except InputError as wrong:
            if not started:
                raise
            yield wrong


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


def _finish(found: Draft | InputError, given: Given) -> Report | InputError:
    if isinstance(found, InputError):
        return found
    try:
        return finish_report(found, given)
    except InputError as wrong:
        return wrong
