"""A plain text file is one report."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.errors import InputError
from dragoman.reading.charsets import find_codec
from dragoman.reading.draft import Draft, told_by
from dragoman.reading.jsonl import undecodable
from dragoman.reading.raw import RawRecord

_MOST_HIGH_BYTES = 0.05
"""Share of bytes beyond ASCII up to which an English text can be in Windows-1252."""


def read_plain(record: RawRecord) -> Iterator[Draft | InputError]:
    """The text as one draft.

    Raises:
        InputError: the bytes are no text in UTF-8, UTF-16, Windows-1252 or the charset their container tells.
    """
    text, repairs = decode_text(record.data, record.place, record.meta.get("charset", ""))
    yield Draft(text, f"{record.place}:1", repairs=repairs, **told_by(record))


def decode_text(data: bytes, place: str, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """The bytes as text, and a note where they weren't in Unicode."""
    told = find_codec(charset)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        if told and encoding == "utf-8-sig":
            return data.decode(told, "replace"), (told,)
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
