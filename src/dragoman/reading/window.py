"""A window on a stream of bytes that knows absolute offsets, and readers of what lies in it: plain, or a gzip member."""

from __future__ import annotations

import re
import zlib
from typing import IO

from dragoman.reading.packing import is_bomb

_CHUNK = 65_536
_STEP = 1_048_576
_KEPT = 32_000_000
"""Most bytes kept behind the reading point, to look for undamaged records in after a fault."""
_OVERLAP = 1_024


class DamageError(Exception):
    """What was read isn't whole. The message says what is wrong with it."""


class Window:
    """The part of a stream that is in memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._data = bytearray()
        self.base = 0
        """Offset of the first byte that is still in memory."""

    def get(self, at: int, count: int = _CHUNK) -> bytes:
        """The bytes from ``at``: ``count`` of them, fewer only at the end of the stream."""
        while self.base + len(self._data) < at + count and (chunk := self._stream.read(_CHUNK)):
            self._data += chunk
        data = bytes(self._data[at - self.base : at - self.base + count])
        self.forget(self.base + len(self._data) - _KEPT)
        return data

    def forget(self, at: int) -> None:
        """Let go of all before ``at``."""
        if at > self.base:
            del self._data[: at - self.base]
            self.base = at

    def find(self, pattern: re.Pattern[bytes], at: int) -> int | None:
        """Where the pattern begins, at ``at`` or behind it; ``None`` where it doesn't come any more."""
        at = max(at, self.base)
        while data := self.get(at, _CHUNK + _OVERLAP):
            hit = pattern.search(data)
            if hit:
                return at + hit.start()
            if len(data) <= _OVERLAP:
                return None
            at += len(data) - _OVERLAP
        return None


class PlainReader:
    """Reads on from an offset of a window."""

    def __init__(self, window: Window, at: int) -> None:
        self._window = window
        self._ready = bytearray()
        self.at = at
        """Offset of the window up to which bytes were taken."""
        self.count = 0
        """How many bytes were read."""

    @property
    def end(self) -> int:
        """Offset of the window up to which bytes were read."""
        return self.at - len(self._ready)

    def read(self, count: int) -> bytes:
        """The next ``count`` bytes.

        Raises:
            DamageError: there are fewer.
        """
        while len(self._ready) < count:
            self._load("the record ends in the middle")
        return self._cut(count)

    def skip(self, count: int) -> None:
        """Go past ``count`` bytes without keeping them."""
        while count > 0:
            if not self._ready:
                self._load("the record ends in the middle")
            count -= len(self._cut(min(count, len(self._ready))))

    def read_line(self, limit: int) -> bytes:
        """The next line with its end.

        Raises:
            DamageError: there is none, or it is longer than ``limit`` bytes.
        """
        seen = 0
        while (end := self._ready.find(b"\n", seen)) < 0:
            seen = len(self._ready)
            if seen > limit:
                raise DamageError("a header line is too long")
            self._load("the record's header ends in the middle")
        return self._cut(end + 1)

    def skip_blank(self) -> bool:
        """Go past line ends; false where nothing follows them."""
        while True:
            blank = len(self._ready) - len(self._ready.lstrip(b"\r\n"))
            self._cut(blank)
            if self._ready:
                return True
            more = self._more()
            if not more:
                return False
            self._ready += more

    def drain(self) -> None:
        """Go to the end of what can be read from here."""

    def _more(self) -> bytes:
        chunk = self._window.get(self.at)
        self.at += len(chunk)
        return chunk

    def _load(self, fault: str) -> None:
        more = self._more()
        if not more:
            raise DamageError(fault)
        self._ready += more

    def _cut(self, count: int) -> bytes:
        data = bytes(self._ready[:count])
        del self._ready[:count]
        self.count += count
        return data


class MemberReader(PlainReader):
    """Reads one gzip member that begins at an offset of a window; its checksum is checked where it ends."""

    def __init__(self, window: Window, at: int) -> None:
        super().__init__(window, at)
        self._start = at
        self._member = zlib.decompressobj(wbits=31)
        self._unpacked = 0

    @property
    def end(self) -> int:
        return self.at - len(self._member.unused_data)

    def drain(self) -> None:
        self._ready.clear()
        while self._more():
            pass

    def _more(self) -> bytes:
        while not self._member.eof:
            chunk = self._member.unconsumed_tail or super()._more()
            if not chunk:
                raise DamageError("the gzip data ends in the middle")
            try:
                data = self._member.decompress(chunk, _STEP)
            except zlib.error as error:
                raise DamageError("the gzip data is damaged") from error
            self._unpacked += len(data)
            if is_bomb(self._unpacked, self.at - self._start):
                raise DamageError("it unpacks to more than 200 times its size (a decompression bomb)")
            if data:
                return data
        return b""
