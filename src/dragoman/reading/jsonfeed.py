"""JSON Feed: a feed written as one JSON object, each of its items a report. Source: https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.errors import InputError, NotAReport
from dragoman.reading.dates import parse_date
from dragoman.reading.draft import Draft
from dragoman.reading.feed import drop_section
from dragoman.reading.markup import fragment_text, tame_markup
from dragoman.reading.raw import RawRecord

_VERSIONS = ("https://jsonfeed.org/version/", "https://www.jsonfeed.org/version/", "http://jsonfeed.org/version/")
_DATE_KEYS = ("date_published", "date_modified")


def is_json_feed(value: Any) -> bool:
    return isinstance(value, Mapping) and str(value.get("version", "")).startswith(_VERSIONS)


def read_items(feed: Mapping[str, Any], record: RawRecord) -> Iterator[Draft | InputError]:
    """One draft or error for each item, in the feed's order."""
    items = feed.get("items")
    if not isinstance(items, list):
        yield InputError("a JSON Feed without a list of items", place=record.place, reason="broken feed")
        return
    sha256 = hashlib.sha256(record.data).hexdigest()
    outlet = drop_section(_text(feed, "title")) or None
    for number, item in enumerate(items, 1):
        place = f"{record.place}:item {number}"
        try:
            yield _read_item(item, outlet, sha256, place)
        except InputError as wrong:
            yield wrong


def _read_item(item: Any, outlet: str | None, sha256: str, place: str) -> Draft:
    if not isinstance(item, Mapping):
        raise NotAReport("an item must be an object with named fields", place=place, reason="no record")
    markup = _text(item, "content_html")
    text = fragment_text(tame_markup(markup, place)) if markup else _text(item, "content_text")
    text = text or _text(item, "summary")
    if not text.strip():
        raise NotAReport("the item has no text, only a title", place=place, reason="empty")
    key = next((name for name in _DATE_KEYS if parse_date(item.get(name))), None)
    author = _author(item)
    return Draft(
        text=text,
        place=place,
        id=str(item["id"]) if item.get("id") else None,
        title=_text(item, "title") or None,
        date=parse_date(item[key]) if key else None,
        date_how=f"feed: {key}" if key else None,
        outlet=outlet,
        url=_text(item, "url") or _text(item, "external_url") or None,
        page_sha256=sha256,
        extra={"author": author} if author else {},
    )


def _author(item: Mapping[str, Any]) -> str:
    """Version 1.1 has a list of authors, version 1 has one."""
    authors = item.get("authors")
    named = authors if isinstance(authors, list) else [item.get("author")]
    return ", ".join(name for author in named if isinstance(author, Mapping) and (name := _text(author, "name")))


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""
