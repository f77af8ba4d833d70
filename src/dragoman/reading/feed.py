"""RSS and Atom: each item is a report."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

from dragoman.errors import InputError, NotAReport
from dragoman.reading.dates import parse_date
from dragoman.reading.draft import Draft
from dragoman.reading.markup import check_feed, fragment_text, tame_markup
from dragoman.reading.raw import RawRecord
from dragoman.reading.xml import declares_entities

_SECTION = re.compile(
    r"(?i)^(?:(?:press|latest|top|breaking|all|world|politics) )?"
    r"(?:releases?|news|stories|headlines|rss(?: feed)?|feed|updates) *[|:–—-] +"
)
"""Feeds are called "Press Releases – Ministry of X"; the outlet is what follows."""


def read_feed(record: RawRecord) -> Iterator[Draft | InputError]:
    """One draft or error for each item, in the feed's order; offsets count in the item's extracted text.

    Raises:
        InputError: the feed declares entities, is hostile, or nothing in it can be read.
    """
    data = record.data
    if declares_entities(data):
        raise InputError(
            "the feed declares XML entities, as entity bombs do; remove its DOCTYPE",
            place=record.place,
            reason="entities in feed",
        )
    check_feed(data.replace(b"\0", b"").decode("latin-1"), record.place)
    feed = _parse(data, record.place)
    if feed.bozo and not feed.entries:
        raise InputError(f"broken feed ({_fault(feed)}); get it again", place=record.place, reason="broken feed")
    sha256 = hashlib.sha256(data).hexdigest()
    for number, entry in enumerate(feed.entries, 1):
        yield _read_item(feed, entry, sha256, f"{record.place}:item {number}")
    if feed.bozo and _is_cut(feed):
        yield InputError(
            f"broken feed ({_fault(feed)}); items after that point may be missing",
            place=record.place,
            reason="broken feed",
        )


def _parse(data: bytes, place: str) -> Any:
    import feedparser

    try:
        return feedparser.parse(io.BytesIO(data))
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a feed does to the parser, the next feed must be read
        raise InputError(
            f"the feed breaks the parser ({type(error).__name__}); get it again", place=place, reason="broken feed"
        ) from error


def _is_cut(feed: Any) -> bool:
    """A wrong content type or encoding label is no loss; a fault in the XML is."""
    return type(feed.bozo_exception).__name__ in {"SAXParseException", "ExpatError"}


def _fault(feed: Any) -> str:
    fault = feed.bozo_exception
    line = getattr(fault, "getLineNumber", lambda: None)()
    return f"line {line}: {fault.getMessage()}" if line else str(fault)


def _read_item(feed: Any, entry: Any, sha256: str, place: str) -> Draft | InputError:
    markup = max([part.get("value", "") for part in entry.get("content", [])] + [entry.get("summary", "")], key=len)
    try:
        text = fragment_text(tame_markup(markup, place))
    except InputError as wrong:
        return wrong
    if not text:
        return NotAReport("the item has no text, only a title", place=place, reason="empty")
    key = next((name for name in ("published", "created", "updated") if parse_date(entry.get(name))), None)
    return Draft(
        text=text,
        place=place,
        id=entry.get("id") or None,
        title=fragment_text(entry.get("title", "")) or None,
        date=parse_date(entry[key]) if key else None,
        date_how=f"feed: {key}" if key else None,
        outlet=_outlet(feed, entry),
        url=entry.get("link") or None,
        page_sha256=sha256,
        extra={"author": entry["author"]} if entry.get("author") else {},
    )


def _outlet(feed: Any, entry: Any) -> str | None:
    named = entry.get("source", {}).get("title") or feed.feed.get("publisher") or feed.feed.get("title") or ""
    return drop_section(fragment_text(named)) or None


def drop_section(title: str) -> str:
    """A feed's title without the words for its kind: ``Press Releases – Ministry of X`` is ``Ministry of X``."""
    return _SECTION.sub("", title.strip())
