"""One record of JSON or a table as a draft: the key names people use, and what they mean."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from dragoman.errors import NotAReport
from dragoman.reading.dates import parse_date
from dragoman.reading.draft import Draft, host_of

TEXT_KEYS = (
    "text", "content", "body", "storytext", "eventtext", "maintext", "articletext", "fulltext", "articlebody",
    "bodytext", "contenttext", "plaintext", "rawtext", "newstext", "article", "story", "message",
)  # fmt: skip
PAGE_KEYS = ("contenthtml", "bodyhtml", "html", "rawhtml")
LAST_TEXT_KEYS = ("description", "summary", "abstract", "snippet")
"""Read only where there is nothing longer."""
TITLE_KEYS = ("title", "headline", "storytitle", "articletitle", "titlerss", "titlepage", "heading", "subject")
DATE_KEYS = (
    "pubdate", "datepublish", "datepublished", "publishdate", "publisheddate", "publicationdate", "dateofpublication",
    "published", "publishedat", "publishedon", "publishedtime", "publicationtime", "articlepublishedtime",
    "firstpublished", "issued", "date", "dateextracted", "datetime", "timestamp", "storydate", "datestr", "posted",
    "postedat", "created", "createdat", "time", "datemodify", "datemodified", "updated", "updatedat", "lastmodified",
)  # fmt: skip
"""Publication first, change last. The day of a download is none."""
OUTLET_KEYS = (
    "outlet", "publisher", "source", "sourcename", "sitename", "newspaper", "media", "provider", "publication",
    "sourcehostname", "sourcedomain", "hostname", "domain", "site", "channel",
)  # fmt: skip
URL_KEYS = ("url", "link", "permalink", "canonicalurl", "sourceurl", "articleurl", "weburl", "href", "uri", "source")
ID_KEYS = ("id", "_id", "docid", "documentid", "articleid", "reportid", "storyid", "messageid", "guid", "uuid")
LANGUAGE_KEYS = ("language", "lang")
MACHINE_KEYS = ("machinetranslated", "machinetranslation", "mt")
ENGLISH_ENDINGS = ("en", "eng", "english")
"""``content_en`` beside ``content`` is its English translation, and is read before it."""
WRAPPERS = ("articles", "documents", "docs", "items", "reports", "stories", "results", "data", "news")
"""Keys under which services put their list of records."""

_KNOWN = frozenset(
    TEXT_KEYS + PAGE_KEYS + LAST_TEXT_KEYS + TITLE_KEYS + DATE_KEYS + OUTLET_KEYS + URL_KEYS + ID_KEYS + LANGUAGE_KEYS
)
_YES = frozenset(("true", "1", "yes"))
_MACHINE = re.compile(r"(?i)\bmachine[- ]translat")
_MARKUP = re.compile(
    r"(?i)\s*<(?:p|div|article|section|h[1-6]|span|html|body|table|ul|strong|figure|!doctype)\b[^<>]*>"
)


def is_text_key(key: str) -> bool:
    """Whether a column of this name holds a report's text."""
    plain = _plain(key)
    return any(_english_of(plain, name) or plain == name for name in TEXT_KEYS + PAGE_KEYS)


def is_known_key(key: str) -> bool:
    return _plain(key) in _KNOWN


def find_records(value: Any) -> list[Any]:
    """The records in one JSON value: itself, or the list a service wrapped them in."""
    if isinstance(value, Mapping) and not any(is_text_key(str(key)) for key in value):
        for key in WRAPPERS:
            wrapped = value.get(key)
            if isinstance(wrapped, list) and wrapped and isinstance(wrapped[0], Mapping):
                return wrapped
    return [value]


def draft_record(record: Any, place: str) -> Draft:
    """A draft from one record.

    Raises:
        NotAReport: the value is no record, or has no text under a name we know.
    """
    if not isinstance(record, Mapping):
        raise NotAReport(
            f"a record must be an object with named fields, this is a {type(record).__name__}",
            place=place,
            reason="no record",
        )
    fields = _Fields(record)
    text_key, text = fields.first_text(place)
    translated = fields.has_original(text_key)
    title = fields.take_english(TITLE_KEYS) if translated else fields.take(TITLE_KEYS)
    date, date_how = fields.take_date()
    url = fields.take_url()
    outlet = fields.take(OUTLET_KEYS)
    text, page = _unwrap_markup(text, place)
    machine = fields.take(MACHINE_KEYS)
    fields.take(LANGUAGE_KEYS)
    return Draft(
        text=text,
        place=place,
        id=fields.take(ID_KEYS),
        title=title,
        date=date,
        date_how=date_how,
        outlet=outlet,
        host=host_of(url),
        url=url,
        translated=translated,
        machine_translated=(machine or "").lower() in _YES or bool(_MACHINE.search(outlet or "")),
        page_sha256=page,
        extra=fields.left(),
    )


class _Fields:
    """A record's fields by plain name; those taken are known, the others are left over."""

    def __init__(self, record: Mapping[Any, Any]) -> None:
        self._record = {str(key): value for key, value in record.items()}
        self._keys: dict[str, str] = {}
        for key in self._record:
            self._keys.setdefault(_plain(key), key)
        self._taken: set[str] = set()

    def take(self, names: tuple[str, ...]) -> str | None:
        for name in names:
            value = _as_text(self._value(name))
            if value:
                self._taken.add(self._keys[name])
                return value
        return None

    def take_english(self, names: tuple[str, ...]) -> str | None:
        return self.take(tuple(name + ending for name in names for ending in ENGLISH_ENDINGS)) or self.take(names)

    def take_date(self) -> tuple[str | None, str | None]:
        for name in DATE_KEYS:
            day = parse_date(self._value(name))
            if day:
                self._taken.add(self._keys[name])
                return day, f"record: {self._keys[name]}"
        return None, None

    def take_url(self) -> str | None:
        for name in URL_KEYS:
            value = self._value(name)
            if isinstance(value, str) and re.match(r"(?i)https?://\S+$", value.strip()):
                self._taken.add(self._keys[name])
                return value.strip()
        return None

    def first_text(self, place: str) -> tuple[str, str]:
        """The name of the text field and its text, as given."""
        english = [name + ending for name in TEXT_KEYS for ending in ENGLISH_ENDINGS]
        for name in (*english, "translatedtext", "texttranslated", *TEXT_KEYS, *PAGE_KEYS, *LAST_TEXT_KEYS):
            value = self._value(name)
            if isinstance(value, str) and value.strip():
                self._taken.add(self._keys[name])
                return name, value
        present = any(name in self._keys for name in (*english, *TEXT_KEYS, *PAGE_KEYS))
        if present:
            raise NotAReport("the record's text is empty", place=place, reason="empty")
        raise NotAReport(
            f"no text among its fields ({', '.join(list(self._record)[:8])}); name the field text, content or body",
            place=place,
            reason="no text field",
        )

    def has_original(self, text_key: str) -> bool:
        """Whether the record also holds the original that ``text_key`` translates."""
        if text_key in {"translatedtext", "texttranslated"}:
            return any(_as_text(self._value(name)) for name in TEXT_KEYS)
        for ending in ENGLISH_ENDINGS:
            if text_key not in TEXT_KEYS and text_key.endswith(ending):
                return bool(_as_text(self._value(text_key.removesuffix(ending))))
        return False

    def left(self) -> dict[str, Any]:
        return {key: value for key, value in self._record.items() if key not in self._taken}

    def _value(self, name: str) -> Any:
        key = self._keys.get(name)
        return None if key is None or key in self._taken else self._record[key]


def _plain(key: str) -> str:
    """``Story_Text``, ``storyText`` and ``story-text`` are one name."""
    return re.sub(r"[\s_.:-]", "", key.strip().lower()) if key != "_id" else key


def _english_of(plain: str, name: str) -> bool:
    return plain.startswith(name) and plain[len(name) :] in ENGLISH_ENDINGS


def _as_text(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | str):
        return str(value).strip() or None
    return None


def _unwrap_markup(text: str, place: str) -> tuple[str, str | None]:
    """A field that holds a piece of a page is read as one; any other text stays as given."""
    if not _MARKUP.match(text):
        return text, None
    from dragoman.reading.markup import fragment_text, tame_markup

    return fragment_text(tame_markup(text, place)), hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
