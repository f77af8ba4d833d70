"""A plain text file is one report."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.errors import InputError
from dragoman.reading.draft import Draft
from dragoman.reading.jsonl import undecodable
from dragoman.reading.limits import MAX_PAGE_BYTES
from dragoman.reading.sources import Source

_MOST_HIGH_BYTES = 0.05
"""Share of bytes beyond ASCII up to which an English text can be in Windows-1252."""


def read_plain(source: Source) -> Iterator[Draft | InputError]:
    """The file as one draft.

    Raises:
        InputError: the bytes are no text in UTF-8, UTF-16 or Windows-1252.
    """
    text, repairs = decode_text(source.read_all(MAX_PAGE_BYTES), source.name)
    yield Draft(text=text, place=f"{source.name}:1", repairs=repairs)


def decode_text(data: bytes, place: str) -> tuple[str, tuple[str, ...]]:
    """The bytes as text, and a note where they weren't in Unicode."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig" and _may_be_windows(data):
            return data.decode("cp1252"), ("windows-1252",)
        raise undecodable(error, place) from error


def _may_be_windows(data: bytes) -> bool:
    """English with curly quotes in Windows-1252 has few high bytes, all defined, and none that are UTF-8."""
    high = len(data) - len(data.decode("ascii", "ignore"))
    if high > _MOST_HIGH_BYTES * len(data) or len(data.decode("utf-8", "ignore")) != len(data) - high:
        return False
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
