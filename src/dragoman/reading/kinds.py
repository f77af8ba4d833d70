"""What kind of input is this? Told from its first bytes, never from its name."""

from __future__ import annotations

import csv
import json
import re
from typing import Literal

from dragoman.errors import InputError
from dragoman.reading.records import is_known_key, is_text_key
from dragoman.reading.sources import ARCHIVE_MAGICS, Source

Kind = Literal["text", "html", "feed", "json", "jsonl", "table", "parquet", "archive"]

_FOREIGN = (
    (b"%PDF", "a PDF file", "save its text and read that"),
    (b"PK\x03\x04", "a zip archive (or an office document)", "unpack it, or save the document as plain text"),
    (b"SQLite format 3", "an SQLite database", "export its table as CSV"),
    (b"BZh", "packed with bzip2", "unpack it, or pack it with gzip or zstd"),
    (b"\xfd7zXZ", "packed with xz", "unpack it, or pack it with gzip or zstd"),
    (b"\x89PNG", "an image", "give the report's text"),
    (b"\xff\xd8\xff", "an image", "give the report's text"),
    (b"GIF8", "an image", "give the report's text"),
    (b"\x7fELF", "a program", "give the report's text"),
)
_TAR_MARK = slice(257, 262)
_MOST_BINARY = 0.01
"""Share of control bytes from which a file is binary."""
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_OPML = re.compile(r"(?i)^(?:<!--(?:(?!-->).)*+-->\s*+|<!doctype[^>]*+>\s*+)*+<opml[\s>]", re.DOTALL)
_PAGE = re.compile(r"(?i)^<(?:!doctype\s+html|[a-z][a-z0-9]*\b[^<>]*>)")
_LEAST_TAGS = 3
_COMMENTS = re.compile(r"^(?:<!--(?:(?!-->).)*+-->\s*+)++", re.DOTALL)
_CELL = re.compile(r"[^\W\d][\w .:/-]{0,39}")
DELIMITERS = ",\t;|"


def sniff_kind(source: Source) -> Kind:
    """The kind of the input.

    Raises:
        InputError: it is empty, binary, or of a kind Dragoman doesn't read.
    """
    if source.head.startswith(ARCHIVE_MAGICS):
        return "archive"
    if source.head.startswith(b"PAR1"):
        return "parquet"
    _refuse_foreign(source)
    text = decode_head(source.head)
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        raise InputError("the file is empty", place=source.name, reason="empty")
    if start.startswith("<"):
        kind = _sniff_markup(start, source.name)
    elif start.startswith("{"):
        is_wide = source.head.startswith((b"\xff\xfe", b"\xfe\xff"))
        kind = "json" if is_wide else _sniff_json(start)
    elif re.match(r"\[\s*(?:\{|\]|$)", start):
        kind = "json"
    else:
        kind = "table" if _is_table(start, source.name) else "text"
    return kind


def decode_head(head: bytes) -> str:
    """The first bytes as text, good enough to tell a kind by."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


def split_header(line: str) -> tuple[str, list[str]]:
    """The delimiter of a table's first line and its cells."""
    best = max(DELIMITERS, key=line.count)
    return best, next(csv.reader([line], delimiter=best), [])


def _refuse_foreign(source: Source) -> None:
    head = source.head
    for magic, what, way_out in _FOREIGN:
        if head.startswith(magic):
            raise InputError(f"this is {what}; {way_out}", place=source.name, reason=f"is {what}")
    if head[_TAR_MARK] == b"ustar":
        raise InputError(
            "this is a tar archive; unpack it (tar -xf) and name the files",
            place=source.name,
            reason="is a tar archive",
        )
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    if controls > _MOST_BINARY * len(head):
        raise InputError("this is a binary file, not text", place=source.name, reason="binary")


def _sniff_markup(start: str, name: str) -> Kind:
    if _FEED.search(start[:4_000]) and not re.match(r"(?i)<!doctype\s+html|<html", start):
        return "feed"
    body = start.partition("?>")[2].lstrip() if start.startswith("<?xml") else start
    if _OPML.search(body[:4_000]):
        raise InputError(
            "this is a list of feeds (OPML), no reports; use `dragoman add` to take up the feeds it names",
            place=name,
            reason="is a list of feeds",
        )
    if "<html" in body[:4_000].lower() or (body is start and _is_markup(body)):
        return "html"
    if start.startswith("<?xml"):
        raise InputError(
            "XML that is neither a page nor an RSS or Atom feed; convert it to JSON lines",
            place=name,
            reason="unknown XML",
        )
    return "text"


def _is_markup(start: str) -> bool:
    """Whether it begins with a tag and more of them follow."""
    return (
        bool(_PAGE.match(_COMMENTS.sub("", start)))
        and len(re.findall(r"</?[a-z][^<>]*>", start[:4_000])) >= _LEAST_TAGS
    )


def _sniff_json(start: str) -> Kind:
    """Lines of JSON, unless the first line alone is no whole record and the next one doesn't begin another."""
    first, _, rest = start.partition("\n")
    try:
        json.loads(first)
        return "jsonl"
    except (ValueError, RecursionError):
        follows = rest.lstrip("\r\n")
        return "jsonl" if follows.startswith("{") and first.rstrip() != "{" else "json"


def _is_table(start: str, name: str) -> bool:
    line, _, rest = start.partition("\n")
    delimiter, cells = split_header(line.rstrip("\r"))
    named = [cell.strip() for cell in cells if cell.strip()]
    if len(named) < 2 or not rest.strip() or not all(_CELL.fullmatch(cell) for cell in named):
        return False
    if any(is_text_key(cell) for cell in named):
        return True
    known = sum(1 for cell in named if is_known_key(cell))
    if known >= 2 and 2 * known >= len(named) and rest.partition("\n")[0].count(delimiter) >= len(cells) - 1:
        raise InputError(
            f"a table without a text column (it has {', '.join(named[:8])}); name one text, content or body",
            place=f"{name}:1",
            reason="no text column",
        )
    return False
