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
from typing import IO, Any, Literal

from dragoman.errors import InputError
from dragoman.reading.limits import HEAD_BYTES, MAX_RATIO, MEGABYTE

_CHUNK = 65_536
_STEP = 1_048_576
_ZSTD_CHUNK = 1_024
"""zstd can't be told to stop at a size; a kilobyte of it unpacks to at most some 30 MB."""
_SALVAGE_STEP = 64
_PROBE_BYTES, _PROBE_OUT = 4_096, 16
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
ARCHIVE_MAGICS = (b"WARC/", b"filedesc://")
Packing = Literal["gzip", "zlib", "deflate", "zstd"]
_WBITS = {"gzip": 31, "zlib": 15, "deflate": -15}
_BOMB_FLOOR = 20 * MEGABYTE


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
    if first.startswith(_ZSTD_MAGIC):
        return unpack("zstd", whole, name)
    return whole


def unpack(packing: Packing, chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Unpacked bytes; all that can be had, then the fault.

    Raises:
        InputError: the data is damaged or cut, or it outgrows its packed size beyond reason (a bomb).
    """
    parts = _unzstd(chunks, name) if packing == "zstd" else _inflate(chunks, name, packing)
    unpacked = 0
    for packed, data in parts:
        unpacked += len(data)
        if is_bomb(unpacked, packed):
            raise InputError(
                f"unpacks to more than {MAX_RATIO} times its size (a decompression bomb); unpack and check it by hand",
                place=name,
                reason="decompression bomb",
            )
        yield data


def is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > _BOMB_FLOOR and unpacked > MAX_RATIO * packed


def _inflate(chunks: Iterator[bytes], name: str, packing: Packing) -> Iterator[tuple[int, bytes]]:
    """(packed bytes so far, unpacked bytes), over all members of a gzip file or one zlib or bare deflate stream."""
    packed, member = 0, None
    for chunk in chunks:
        packed += len(chunk)
        while chunk:
            member = member or zlib.decompressobj(wbits=_WBITS[packing])
            before = member.copy()
            try:
                data = member.decompress(chunk, _STEP)
            except zlib.error as error:
                yield packed, _salvage(before, chunk)
                raise _damaged(packing, name) from error
            yield packed, data
            if member.eof:
                chunk, member = member.unused_data.lstrip(b"\0"), None
                if packing != "gzip":
                    return
            else:
                chunk = member.unconsumed_tail
    if member is not None:
        raise _truncated(packing, name)


def _salvage(member: zlib._Decompress, chunk: bytes) -> bytes:
    """What a damaged chunk still gives: all that was unpacked before the fault was seen."""
    parts = []
    try:
        for at in range(0, len(chunk), _SALVAGE_STEP):
            parts.append(member.decompress(chunk[at : at + _SALVAGE_STEP], _STEP))
    except zlib.error:
        pass
    return b"".join(parts)


def _unzstd(chunks: Iterator[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    import zstandard

    packed, frame = 0, None
    for chunk in chunks:
        for start in range(0, len(chunk), _ZSTD_CHUNK):
            piece = chunk[start : start + _ZSTD_CHUNK]
            packed += len(piece)
            while piece:
                frame = frame or zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
                try:
                    yield packed, frame.decompress(piece)
                except zstandard.ZstdError as error:
                    raise _damaged("zstd", name) from error
                piece = frame.unused_data if frame.eof else b""
                frame = None if frame.eof else frame
    if frame is not None:
        raise _truncated("zstd", name)


def _damaged(kind: str, name: str) -> InputError:
    return InputError(
        f"the {kind} data is damaged; get the file again: reports after this point are missing, the last before it "
        "may be garbled",
        place=name,
        reason=f"damaged {kind}",
    )


def _truncated(kind: str, name: str) -> InputError:
    return InputError(
        f"the {kind} data ends in the middle; get the file again, reports after this point are missing",
        place=name,
        reason=f"truncated {kind}",
    )


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
