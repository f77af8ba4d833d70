"""Bytes from a path, standard input or memory, unpacked on the way, never more in memory than asked for."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dragoman.errors import InputError
from dragoman.reading.limits import HEAD_BYTES, MAX_RATIO, MEGABYTE

_CHUNK = 65_536
_STEP = 1_048_576
_ZSTD_CHUNK = 1_024
"""zstd can't be told to stop at a size; a kilobyte of it unpacks to at most some 30 MB."""
_GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_BOMB_FLOOR = 20 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Source:
    """An opened input: its name for messages, its first bytes, and the whole of it as a stream."""

    name: str
    head: bytes
    stream: IO[bytes]

    def read_all(self, limit: int) -> bytes:
        """The whole input.

        Raises:
            InputError: it has more than ``limit`` bytes.
        """
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(
                f"larger than {limit // MEGABYTE} MB, the limit for one page or text; split it into single reports",
                place=self.name,
                reason="too large",
            )
        return data


@contextmanager
def open_source(source: str | Path | bytes | IO[Any], name: str = "") -> Iterator[Source]:
    """Open a path, ``-`` for standard input, bytes or a readable, and unpack gzip and zstd by their first bytes.

    Raises:
        InputError: there is no such file, or it can't be read.
    """
    shown = name or _name_of(source)
    opened = _open(source, shown)
    try:
        chunks = _unpack(_chunks(opened, shown), shown)
        head = _take(chunks, HEAD_BYTES)
        stream = io.BufferedReader(_ChunkReader(_chain(head, chunks)), _CHUNK)
        yield Source(shown, head[:HEAD_BYTES], stream)
    finally:
        if isinstance(source, str | Path) and str(source) != "-":
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
        except OSError as error:
            raise _unreadable(error, name) from error
        if not chunk:
            return
        yield chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else chunk


def _unpack(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    first = _take(chunks, 4)
    whole = _chain(first, chunks)
    if first.startswith(_GZIP_MAGIC):
        return _watch(_gunzip(whole, name), name)
    if first.startswith(_ZSTD_MAGIC):
        return _watch(_unzstd(whole, name), name)
    return whole


def _watch(parts: Iterator[tuple[int, bytes]], name: str) -> Iterator[bytes]:
    """Pass on unpacked bytes; stop where they outgrow the packed ones beyond reason."""
    unpacked = 0
    for packed, data in parts:
        unpacked += len(data)
        if unpacked > _BOMB_FLOOR and unpacked > MAX_RATIO * packed:
            raise InputError(
                f"unpacks to more than {MAX_RATIO} times its size (a decompression bomb); unpack and check it by hand",
                place=name,
                reason="decompression bomb",
            )
        yield data


def _gunzip(chunks: Iterator[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    """(packed bytes so far, unpacked bytes), over all members of a gzip file."""
    packed, member = 0, None
    for chunk in chunks:
        packed += len(chunk)
        while chunk:
            member = member or zlib.decompressobj(wbits=31)
            try:
                yield packed, member.decompress(chunk, _STEP)
            except zlib.error as error:
                raise _damaged("gzip", name) from error
            if member.eof:
                chunk, member = member.unused_data.lstrip(b"\0"), None
            else:
                chunk = member.unconsumed_tail
    if member is not None:
        raise _truncated("gzip", name)


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
    return InputError(f"the {kind} data is damaged; get the file again", place=name, reason=f"damaged {kind}")


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
    """Chunks of bytes as a raw stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = chunk
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
