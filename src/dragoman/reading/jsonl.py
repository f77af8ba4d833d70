"""JSON: one record a line, or one value or list over many lines. Records are split off and read one at a time."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from dragoman.errors import InputError
from dragoman.reading.draft import Draft
from dragoman.reading.jsonfeed import is_json_feed, read_items
from dragoman.reading.limits import MAX_RECORD_BYTES, MEGABYTE
from dragoman.reading.raw import RawRecord
from dragoman.reading.records import draft_record, find_records
from dragoman.reading.sources import Source

_NEXT_RECORD = re.compile(r"\}\s*+(?:,\s*+)?(?=\{)")
_STEP, _OVERLAP = 65_536, 64
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")


def split_lines(source: Source) -> Iterator[RawRecord | InputError]:
    """One record or error for each line that isn't blank."""
    number = 0
    while line := source.stream.readline(MAX_RECORD_BYTES + 1):
        number += 1
        place = f"{source.name}:{number}"
        if len(line) > MAX_RECORD_BYTES:
            _skip_line(source)
            yield _too_long(place)
        elif not line.endswith(b"\n") and source.fault:
            return
        elif line.strip():
            yield RawRecord("json", place, line)


def split_values(source: Source) -> Iterator[RawRecord | InputError]:
    """One record or error for each value of a list, or of JSON values one after the other."""
    parser, window = json.JSONDecoder(), _Window(source)
    while True:
        try:
            if not window.skip_gap():
                return
            _, end = parser.raw_decode(window.text, window.at)
            if end == len(window.text) and window.grow():
                continue
        except (ValueError, RecursionError) as error:
            is_broken = _is_broken(error, window)
            if not is_broken and window.grow():
                continue
            if not is_broken and source.fault:
                return
            is_long = window.is_full and not is_broken
            yield _too_long(window.place) if is_long else _broken(error, window.place)
            window.skip_record(getattr(error, "pos", window.at))
            continue
        yield window.cut(end)


def read_value(record: RawRecord) -> Iterator[Draft | InputError]:
    """The drafts that one JSON value holds: mostly one; many where a service or a JSON Feed wraps a list."""
    try:
        text = record.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield undecodable(error, record.place)
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield _broken(error, record.place)
        return
    if is_json_feed(value):
        yield from read_items(value, record)
        return
    for found in find_records(value):
        yield _draft(found, record.place)


def read_row(record: RawRecord) -> Iterator[Draft | InputError]:
    """The draft that a table's row holds."""
    yield _draft(json.loads(record.data), record.place)


def _draft(value: Any, place: str) -> Draft | InputError:
    try:
        return draft_record(value, place)
    except InputError as wrong:
        return wrong


def _skip_line(source: Source) -> None:
    while (more := source.stream.readline(MAX_RECORD_BYTES)) and not more.endswith(b"\n"):
        pass


def _too_long(place: str) -> InputError:
    return InputError(
        f"a record of more than {MAX_RECORD_BYTES // MEGABYTE} MB; is this one record a line?",
        place=place,
        reason="too large",
    )


def undecodable(error: UnicodeDecodeError, place: str) -> InputError:
    return InputError(
        f"not UTF-8 at byte {error.start} ({error.reason}); convert it with iconv -t UTF-8",
        place=place,
        reason="undecodable",
    )


def _broken(error: Exception, place: str) -> InputError:
    what = "nested too deep" if isinstance(error, RecursionError) else getattr(error, "msg", None) or str(error)
    where = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
    return InputError(f"broken JSON{where}: {what}; write one whole object", place=place, reason="broken JSON")


class _Window:
    """The part of a JSON stream that is in memory, and where reading stands in it."""

    def __init__(self, source: Source) -> None:
        is_wide = source.head[:2] in (b"\xff\xfe", b"\xfe\xff")
        self._decoder = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")(
            "replace" if is_wide else "surrogateescape"
        )
        self._source = source
        self._line = 1
        self.text, self.at = "", 0

    @property
    def place(self) -> str:
        return f"{self._source.name}:{self._line}"

    @property
    def is_full(self) -> bool:
        """Whether what is waiting outgrew the limit of one record."""
        return len(self.text) - self.at > MAX_RECORD_BYTES

    def cut(self, end: int) -> RawRecord | InputError:
        """The value that ends at ``end`` as a record; reading goes on behind it."""
        place, text = self.place, self.text[self.at : end]
        self.move(end)
        data = text.encode("utf-8", "surrogateescape")
        if len(data) > MAX_RECORD_BYTES:
            return _too_long(place)
        return RawRecord("json", place, data)

    def grow(self) -> bool:
        """Read as much again as is waiting; false at the end of the input or where one record outgrows the limit."""
        waiting = len(self.text) - self.at
        if self.is_full:
            return False
        data = self._source.stream.read(max(_STEP, waiting))
        more = self._decoder.decode(data, final=not data)
        self.text, self.at = self.text[self.at :] + more, 0
        return bool(data)

    def move(self, end: int) -> None:
        self._line += self.text.count("\n", self.at, end)
        self.at = end

    def skip_gap(self) -> bool:
        """Go to the next value; false where there is none."""
        while True:
            gap = _BETWEEN.match(self.text, self.at)
            self.move(gap.end() if gap else self.at)
            if self.at < len(self.text):
                return True
            if not self.grow():
                return False

    def skip_record(self, start: int) -> None:
        """Go behind the broken record that holds ``start``, to where the next one seems to begin."""
        while not (following := _NEXT_RECORD.search(self.text, start)):
            self.move(start := max(start, len(self.text) - _OVERLAP))
            waiting = len(self.text) - self.at
            if not self.grow():
                self.move(len(self.text))
                return
            start = max(0, waiting - _OVERLAP)
        self.move(following.end())


def _is_broken(error: Exception, window: _Window) -> bool:
    """Whether more input can't mend this: the fault lies well before the end of what was read."""
    if not isinstance(error, json.JSONDecodeError):
        return True
    return error.pos < len(window.text) - _OVERLAP and not error.msg.startswith("Unterminated string")
