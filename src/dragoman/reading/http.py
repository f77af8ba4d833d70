"""HTTP messages as web archives keep them, and bodies as servers send them: taken out of chunks, unpacked, in bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.reading.limits import MAX_PAGE_BYTES, MEGABYTE
from dragoman.reading.packing import GZIP_MAGIC, ZSTD_MAGIC, Packing, unpack
from dragoman.reading.raw import RawKind

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_HEAD_BYTES = 65_536
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_CHARSET = re.compile(r"(?i);\s*charset\s*=\s*[\"']?([\w.:-]{2,40})")
_KINDS: dict[str, RawKind] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
_PAGE_START = re.compile(rb"(?i)[\s\xef\xbb\xbf]{0,64}<(?:!doctype\s+html|html)[\s>]")
_MOST_ENCODINGS = 3
_STEP = 65_536


@dataclass(frozen=True, slots=True)
class Message:
    """A response: its status, its headers by lower-case name, its body as sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def parse_message(data: bytes) -> Message | None:
    """The HTTP response that ``data`` holds, or the beginning of it; ``None`` where it is none."""
    status = _STATUS.match(data)
    if not status:
        return None
    head = _HEAD_END.search(data, 0, _HEAD_BYTES)
    lines = data[: head.start() if head else len(data)].decode("utf-8", "replace").splitlines()[1:]
    return Message(int(status[1]), parse_headers(lines), data[head.end() :] if head else b"")


def parse_headers(lines: list[str]) -> dict[str, str]:
    """Header fields by lower-case name; the first of several stands, a line that begins blank goes on."""
    headers: dict[str, str] = {}
    name = ""
    for line in lines:
        if line[:1] in " \t" and name:
            headers[name] += " " + line.strip()
            continue
        name, _, value = line.partition(":")
        name = name.strip().lower()
        headers.setdefault(name, value.strip())
    return headers


def find_kind(content_type: str, body: bytes) -> RawKind | None:
    """What a body of this type is read as, ``None`` where it is neither page nor text."""
    kind = content_type.partition(";")[0].strip().lower()
    if not kind:
        return "html" if _PAGE_START.match(body) else None
    return _KINDS.get(kind)


def find_charset(content_type: str) -> str:
    """The charset a content type names, empty where it names none."""
    named = _CHARSET.search(content_type[:400])
    return named[1] if named else ""


def decode_body(message: Message, place: str, *, limit: int = MAX_PAGE_BYTES, is_cut: bool = False) -> bytes:
    """The body as its author wrote it.

    Args:
        message: As stored. Archives that undid an encoding but kept its header are understood.
        place: For messages.
        limit: Most bytes of the result.
        is_cut: Whether the body was cut on purpose when it was stored: then all that can be had is given.

    Raises:
        InputError: the body is damaged, cut, packed in a way that isn't read, or too large unpacked.
    """
    body = message.body
    if "chunked" in message.headers.get("transfer-encoding", "").lower() and _CHUNK_SIZE.match(body):
        body = b"".join(_dechunk(body, place, is_cut))
    encodings = [name.strip().lower() for name in message.headers.get("content-encoding", "").split(",")]
    if len(encodings) > _MOST_ENCODINGS:
        raise InputError("packed more than three times over", place=place, reason="decompression bomb")
    for encoding in reversed(encodings):
        body = _decode(body, encoding, place, limit, is_cut)
    if len(body) > limit:
        raise _too_large(limit, place)
    return body


def _dechunk(body: bytes, place: str, is_cut: bool) -> Iterator[bytes]:
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        count = int(size[1], 16)
        if count == 0:
            return
        yield body[size.end() : size.end() + count]
        at = size.end() + count
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    if not is_cut:
        raise InputError("the page's last chunk is missing; fetch it again", place=place, reason="truncated page")


def _decode(body: bytes, encoding: str, place: str, limit: int, is_cut: bool) -> bytes:
    packing = _find_packing(body, encoding, place)
    if packing is None or not body:
        return body
    chunks = (body[at : at + _STEP] for at in range(0, len(body), _STEP))
    data = bytearray()
    try:
        for part in unpack(packing, chunks, place):
            data += part
            if len(data) > limit:
                raise _too_large(limit, place)
    except InputError as fault:
        if not (is_cut and fault.reason.startswith("truncated")):
            raise
    return bytes(data)


def _find_packing(body: bytes, encoding: str, place: str) -> Packing | None:
    if encoding in ("gzip", "x-gzip"):
        return "gzip" if body.startswith(GZIP_MAGIC) else None
    if encoding == "deflate":
        is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
        return "zlib" if is_zlib else "deflate"
    if encoding == "zstd":
        return "zstd" if body.startswith(ZSTD_MAGIC) else None
    if encoding in ("", "identity", "none", "utf-8"):
        return None
    raise InputError(
        f"the page is packed with {encoding[:20]!r}, which isn't read; save the page as HTML",
        place=place,
        reason=f"packed with {encoding[:20]}",
    )


def _too_large(limit: int, place: str) -> InputError:
    return InputError(
        f"a page of more than {limit / MEGABYTE:g} MB, the limit for one", place=place, reason="too large"
    )
