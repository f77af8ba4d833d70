"""A saved HTML page is one report: its text and metadata from one parse."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from dragoman.errors import InputError, NotAReport
from dragoman.reading.charsets import find_codec
from dragoman.reading.dates import parse_date
from dragoman.reading.draft import Draft, host_of, told_by
from dragoman.reading.markup import tame_markup
from dragoman.reading.raw import RawRecord

_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,30})""")
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "publish_date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "og:published_time", "article.published",
    "citation_publication_date",
)  # fmt: skip
_LAST_DAY = "2100-12-31"
"""The date finder's own bound is today, which would make a page read differently tomorrow."""
_NOISY = ("trafilatura", "htmldate", "justext", "courlan")


def read_page(record: RawRecord) -> Iterator[Draft | InputError]:
    """The page as one draft; offsets count in the extracted text.

    Raises:
        InputError: the page is hostile, or no parser can read it.
    """
    page = tame_markup(decode_page(record.data, record.place, record.meta.get("charset", "")), record.place)
    yield _read_page(page, record)


def decode_page(data: bytes, place: str, told: str = "") -> str:
    """The page as text: by byte-order mark, as UTF-8, by the charset its server tells or that it declares itself."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:4_096])
    names = [told, declared.group(1).decode("ascii", "replace") if declared else ""]
    known = [codec for name in names if name and (codec := find_codec(name))]
    for codec in ("utf-8-sig", *known, "cp1252"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    if not any(names):
        raise InputError("the page's encoding can't be told; save it again as UTF-8", place=place, reason="undecodable")
    return data.decode(known[0] if known else "utf-8-sig", "replace")


def _read_page(page: str, record: RawRecord) -> Draft:
    place, told = record.place, told_by(record)
    document, tree_date = _extract(page, place)
    text = document.text if document is not None else None
    if not text or not text.strip():
        raise NotAReport(
            "no running text was found on the page; save its text by hand", place=place, reason="no text on page"
        )
    date, how = tree_date
    if not date and document.date:
        date, how = parse_date(document.date), "page: found by htmldate"
    return Draft(
        text=text,
        place=place,
        title=document.title or None,
        date=date,
        date_how=how if date else None,
        outlet=document.sitename or None,
        host=document.hostname or told["host"],
        url=_settle_url(document.url, told["url"]),
        page_sha256=hashlib.sha256(record.data).hexdigest(),
        extra=told["extra"],
    )


def _settle_url(canonical: str | None, told: str | None) -> str | None:
    """The address a page gives as its own, unless it was had from another host or the page only names its site."""
    if not canonical or not told:
        return canonical or told
    is_page = urlsplit(canonical).path.strip("/") != ""
    return canonical if is_page and host_of(canonical) == host_of(told) else told


def _extract(page: str, place: str) -> tuple[Any, tuple[str | None, str | None]]:
    with _quiet():
        import trafilatura

        try:
            tree = trafilatura.load_html(page)
            if tree is None:
                return None, (None, None)
            date = _find_date(tree)
            document = trafilatura.bare_extraction(
                tree,
                include_comments=False,
                with_metadata=True,
                date_extraction_params={"original_date": True, "extensive_search": False, "max_date": _LAST_DAY},
            )
        except (MemoryError, KeyboardInterrupt):
            raise
        except Exception as error:  # whatever a page does to the parsers, the next page must be read
            raise InputError(
                f"the page breaks the HTML parser ({type(error).__name__}); save it as text",
                place=place,
                reason="broken page",
            ) from error
    return document, date


def _find_date(tree: Any) -> tuple[str | None, str | None]:
    """The day the page itself declares: in JSON-LD, in its meta tags, in a ``time`` element marked as publication."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        day = _json_ld_date(script.text or "")
        if day:
            return day, "page: JSON-LD datePublished"
    metas = {
        str(m.get("property") or m.get("name") or m.get("itemprop") or "").lower(): m
        for m in reversed(tree.findall(".//meta"))
    }
    for name in _DATE_METAS:
        day = parse_date(metas[name].get("content")) if name in metas else None
        if day:
            return day, f"page: {name}"
    for time in tree.iterfind(".//time[@datetime]"):
        if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
            day = parse_date(time.get("datetime"))
            if day:
                return day, "page: time element"
    return None, None


def _json_ld_date(script: str) -> str | None:
    try:
        waiting = deque([json.loads(script)])
    except (ValueError, RecursionError):
        return None
    while waiting:
        value = waiting.popleft()
        if isinstance(value, dict):
            day = parse_date(value.get("datePublished"))
            if day:
                return day
            waiting.extend(value.get("@graph") or [] if isinstance(value.get("@graph"), list) else [])
        elif isinstance(value, list):
            waiting.extend(value)
    return None


@contextmanager
def _quiet() -> Iterator[None]:
    """The parsers' own loggers say nothing while we read; the user's logging stays as it was."""
    loggers = [logging.getLogger(name) for name in _NOISY]
    before = [(logger.propagate, logger.handlers[:]) for logger in loggers]
    for logger in loggers:
        logger.propagate = False
        logger.handlers = [logging.NullHandler()]
    try:
        yield
    finally:
        for logger, (propagate, handlers) in zip(loggers, before, strict=True):
            logger.propagate, logger.handlers = propagate, handlers
