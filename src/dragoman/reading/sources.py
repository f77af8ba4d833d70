"""Bytes from a path, standard input or memory, unpacked on the way, never more in memory than asked for.

What stands before a fault is always read: a stream ends there, and tells the fault afterwards.
"""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dragoman.errors import InputError
from dragoman.reading.limits import HEAD_BYTES, MEGABYTE
from dragoman.reading.packing import GZIP_MAGIC, ZSTD_MAGIC, unpack

_CHUNK = 65_536
_PROBE_BYTES, _PROBE_OUT = 4_096, 16
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
ARCHIVE_MAGICS = (b"WARC/", b"filedesc://")


@dataclass(frozen=True, slots=True)
class Source:
    """An opened input: its name for messages, its first bytes, and the whole of it as a stream.

    A fault on the way (a cut archive, a disk that fails) ends the stream, so that all before it is read; then it is
    in ``fault``.
    """

    name: str
    head: bytes
    """The first bytes, unpacked."""
    stream: IO[bytes]
    """Unpacked, except for a web archive in gzip, whose members its reader unpacks one by one."""
    path: Path | None = None
    """The file, where it is one and isn't packed."""
    is_packed: bool = False
    reader: _ChunkReader | None = None

    @property
    def fault(self) -> InputError | None:
        return self.reader.fault if self.reader else None

    def read_all(self, limit: int) -> bytes:
        """The whole input.

        Raises:
            InputError: it has more than ``limit`` bytes, or ends in a fault.
        """
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(
                f"larger than {limit // MEGABYTE} MB, the limit for one page or text; split it into single reports",
                place=self.name,
                reason="too large",
            )
        if self.fault:
            raise self.fault
        return data


@contextmanager
def open_source(source: str | Path | bytes | IO[Any], name: str = "") -> Iterator[Source]:
    """Open a path, ``-`` for standard input, bytes or a readable, and unpack gzip and zstd by their first bytes.

    Raises:
        InputError: there is no such file, or it can't be read.
    """
    shown = name or _name_of(source)
    opened = _open(source, shown)
    is_file = isinstance(source, str | Path) and str(source) != "-"
    try:
        chunks = _chunks(opened, shown)
        first = _take(chunks, _CHUNK)
        archive = _archive_head(first)
        whole = _chain(first, chunks)
        reader = _ChunkReader(whole if archive else _unpack(first, whole, shown))
        head = archive or reader.peek(HEAD_BYTES)
        if reader.fault and not head:
            raise reader.fault
        path = Path(str(source)) if is_file and first[:4] == head[:4] else None
        yield Source(shown, head, io.BufferedReader(reader, _CHUNK), path, bool(archive), reader)
    finally:
        if is_file:
            opened.close()


def _name_of(source: object) -> str:
    if isinstance(source, str | Path):
        return "<stdin>" if str(source) == "-" else str(source)
    return str(getattr(source, "name", "") or "<input>")


def _open(source: str | Path | bytes | IO[Any], name: str) -> IO[Any]:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if not isinstance(source, str | Path):
        return source
    if str(source) == "-":
        return sys.stdin.buffer
    try:
        return open(source, "rb")
    except (OSError, ValueError) as error:
        raise _unreadable(error, name) from error


def _unreadable(error: OSError | ValueError, name: str) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("no such file; check the path", place=name, reason="no such file")
    if isinstance(error, IsADirectoryError):
        return InputError("is a folder; name the files in it", place=name, reason="is a folder")
    return InputError(
        f"can't be opened ({getattr(error, 'strerror', None) or error})", place=name, reason="can't be opened"
    )


def _chunks(opened: IO[Any], name: str) -> Iterator[bytes]:
    while True:
        try:
            chunk = opened.read(_CHUNK)
        except (OSError, ValueError) as error:
            raise _unreadable(error, name) from error
        if not chunk:
            return
        yield chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else chunk


def _archive_head(first: bytes) -> bytes:
    """The first bytes of a web archive in gzip, empty for anything else. Its first member may be damaged."""
    for start in (hit.start() for hit in _MEMBER.finditer(first)) if first.startswith(GZIP_MAGIC) else ():
        try:
            head = zlib.decompressobj(wbits=31).decompress(first[start : start + _PROBE_BYTES], _PROBE_OUT)
        except zlib.error:
            continue
        if head.startswith(ARCHIVE_MAGICS):
            return head
        if start == 0 and head:
            break
    return b""


def _unpack(first: bytes, whole: Iterator[bytes], name: str) -> Iterator[bytes]:
    if first.startswith(GZIP_MAGIC):
        return unpack("gzip", whole, name)
    if first.startswith(ZSTD_MAGIC):
        return unpack("zstd", whole, name)
    return whole


def _take(chunks: Iterator[bytes], least: int) -> bytes:
    taken = b""
    for chunk in chunks:
        taken += chunk
        if len(taken) >= least:
            break
    return taken


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


class _ChunkReader(io.RawIOBase):
    """Chunks of bytes as a raw stream that ends at a fault and keeps it."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""
        self.fault: InputError | None = None

    def readable(self) -> bool:
        return True

    def peek(self, count: int) -> bytes:
        """The next ``count`` bytes, fewer at the end; they stay to be read."""
        while len(self._left) < count and (chunk := self._next_chunk()):
            self._left += chunk
        return self._left[:count]

    def readinto(self, buffer: Any) -> int:
        self._left = self._left or self._next_chunk()
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def _next_chunk(self) -> bytes:
        while self.fault is None:
            try:
                chunk = next(self._chunks, None)
            except InputError as fault:
                self.fault = fault
                return b""
            if chunk is None:
                return b""
            if chunk:
                return chunk
        return b""
