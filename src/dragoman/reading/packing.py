"""Packed bytes unpacked as they come: gzip, zlib, bare deflate, zstd. All that can be had is given before a fault."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Literal

from dragoman.errors import InputError
from dragoman.reading.limits import MAX_RATIO, MEGABYTE

GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
Packing = Literal["gzip", "zlib", "deflate", "zstd"]
_WBITS = {"gzip": 31, "zlib": 15, "deflate": -15}
_STEP = 1_048_576
_ZSTD_CHUNK = 1_024
"""zstd can't be told to stop at a size; a kilobyte of it unpacks to at most some 30 MB."""
_BOMB_FLOOR = 20 * MEGABYTE


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
        for at in range(len(chunk)):
            parts.append(member.decompress(chunk[at : at + 1], _STEP))
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
