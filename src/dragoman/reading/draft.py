"""What a reader hands over: a report before its date, language and agencies are settled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict
from urllib.parse import urlsplit

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading.agencies import find_agencies
from dragoman.reading.cleaning import clean_text
from dragoman.reading.dates import find_text_date, parse_date
from dragoman.reading.languages import check_prose, find_language
from dragoman.reading.limits import MAX_TEXT_CHARS
from dragoman.reading.raw import RawRecord
from dragoman.reading.translation import looks_machine_translated

ID_DIGITS = 16
_KEPT = ("crawled", "cut")


@dataclass(frozen=True, slots=True)
class Given:
    """What the reader's caller knows about all reports of an input, used where a report doesn't tell."""

    date: str | None = None
    outlet: str | None = None

    def __post_init__(self) -> None:
        if self.date is not None and parse_date(self.date) is None:
            raise InputError(
                f"the publication date {self.date!r} is no day; write it as YYYY-MM-DD",
                reason="date option is no day",
            )


@dataclass(frozen=True, slots=True)
class Draft:
    """One report as its file tells it."""

    text: str
    place: str = ""
    id: str | None = None
    title: str | None = None
    date: str | None = None
    date_how: str | None = None
    outlet: str | None = None
    host: str | None = None
    """The address's host: stands in for the outlet where nothing better is known."""
    url: str | None = None
    translated: bool = False
    machine_translated: bool = False
    page_sha256: str | None = None
    repairs: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


class Told(TypedDict):
    """Fields of a draft that a container can tell."""

    url: str | None
    host: str | None
    extra: Mapping[str, Any]


def told_by(record: RawRecord) -> Told:
    """What a web archive or a server says of a record. The day of a crawl is no day of publication: it is kept apart."""
    url = record.meta.get("url") or None
    return Told(url=url, host=host_of(url), extra={key: record.meta[key] for key in _KEPT if key in record.meta})


def host_of(url: str | None) -> str | None:
    """``example.org`` for ``https://www.example.org/a``."""
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def finish_report(draft: Draft, given: Given) -> Report:
    """Clean the draft's text, check that it is a report in English, and settle its metadata.

    Raises:
        NotAReport: the text is empty, no prose, or in another language.
        InputError: the text holds a run too long to be a sentence.
    """
    if len(draft.text) > MAX_TEXT_CHARS:
        raise InputError(
            f"{len(draft.text):,} characters are no single report (limit {MAX_TEXT_CHARS:,}); split it",
            place=draft.place,
            reason="too large",
        )
    text, repairs = clean_text(draft.text)
    check_prose(text, draft.place)
    language = find_language(text, draft.place)
    date, how = _settle_date(draft, given, text)
    return Report(
        id=draft.id or _hash(draft),
        text=text,
        title=clean_text(draft.title)[0].strip() or None if draft.title else None,
        date=date,
        date_how=how,
        outlet=draft.outlet or given.outlet or draft.host,
        url=draft.url,
        agencies=find_agencies(text),
        language=language,
        translated=draft.translated,
        machine_translated=draft.machine_translated or looks_machine_translated(text),
        page_sha256=draft.page_sha256,
        repairs=draft.repairs + repairs,
        place=draft.place,
        extra=draft.extra,
    )


def _settle_date(draft: Draft, given: Given, text: str) -> tuple[str | None, str | None]:
    if draft.date:
        return draft.date, draft.date_how
    found = find_text_date(text)
    if found:
        return found
    return (parse_date(given.date), "option") if given.date else (None, None)


def _hash(draft: Draft) -> str:
    """Two records at different addresses are two reports, even where a faulty crawler gave them one text."""
    content = f"{draft.url}\n{draft.text}" if draft.url else draft.text
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]
