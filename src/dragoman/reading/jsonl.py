"""JSON: one record a line, or one value or list over many lines. Records are read one at a time."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from dragoman.errors import InputError
from dragoman.reading.draft import Draft
from dragoman.reading.limits import MAX_RECORD_BYTES, MEGABYTE
from dragoman.reading.records import find_records, read_record
from dragoman.reading.sources import Source

Found = Draft | InputError
_NEXT_RECORD = re.compile(r"\}\s*,?\s*(?=\{)")
_STEP, _OVERLAP = 65_536, 64
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")


def read_lines(source: Source) -> Iterator[Found]:
    """One draft or error for each line that isn't blank."""
    number = 0
    while line := source.stream.readline(MAX_RECORD_BYTES + 1):
        number += 1
        place = f"{source.name}:{number}"
        if len(line) > MAX_RECORD_BYTES:
            _skip_line(source)
            yield _too_long(place)
        elif line.strip():
            yield from _read_line(line, place)


def read_values(source: Source) -> Iterator[Found]:
    """One draft or error for each record of a list, or of JSON values one after the other."""
    for place, value in _stream_values(source):
        if isinstance(value, InputError):
            yield value
        else:
            yield from _read_value(value, place)


def _skip_line(source: Source) -> None:
    while (more := source.stream.readline(MAX_RECORD_BYTES)) and not more.endswith(b"\n"):
        pass


def _too_long(place: str) -> InputError:
    return InputError(
        f"a record of more than {MAX_RECORD_BYTES // MEGABYTE} MB; is this one record a line?",
        place=place,
        reason="too large",
    )


def _read_line(line: bytes, place: str) -> Iterator[Found]:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield undecodable(error, place)
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield _broken(error, place)
        return
    yield from _read_value(value, place)


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


def _read_value(value: Any, place: str) -> Iterator[Found]:
    for record in find_records(value):
        try:
            yield read_record(record, place)
        except InputError as wrong:
            yield wrong


def _stream_values(source: Source) -> Iterator[tuple[str, Any]]:
    """(place, value or error), reading on only while the value at hand isn't whole."""
    parser, window = json.JSONDecoder(), _Window(source)
    while True:
        try:
            if not window.skip_gap():
                return
            value, end = parser.raw_decode(window.text, window.at)
            if end == len(window.text) and window.grow():
                continue
        except UnicodeDecodeError as error:
            yield window.place, undecodable(error, window.place)
            return
        except (ValueError, RecursionError) as error:
            if not _is_broken(error, window) and window.grow():
                continue
            yield window.place, _broken(error, window.place)
            window.skip_record(getattr(error, "pos", window.at))
            continue
        yield window.place, value
        window.move(end)


class _Window:
    """The part of a JSON stream that is in memory, and where reading stands in it."""

    def __init__(self, source: Source) -> None:
        encoding = "utf-16" if source.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._source = source
        self._line = 1
        self.text, self.at = "", 0

    @property
    def place(self) -> str:
        return f"{self._source.name}:{self._line}"

    def grow(self) -> bool:
        """Read as much again as is waiting; false at the end of the input or where one record outgrows the limit."""
        waiting = len(self.text) - self.at
        if waiting > MAX_RECORD_BYTES:
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
