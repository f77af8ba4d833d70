"""Web archives: WARC and ARC, plain or in gzip members. Each page or text that a record holds is a record of ours.

A fault is told with its byte offset, and never taken for the end; reading goes on with the next record that is whole.
(What can't be told: a file cut exactly between two records; outside gzip, a wrong letter in a WARC's header lines,
or anywhere inside an ARC's record.)

Source: ISO 28500:2017 (WARC 1.1); Burner and Kahle 1996, Arc File Format.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.reading.http import decode_body, find_charset, find_kind, parse_headers, parse_message
from dragoman.reading.limits import MAX_PAGE_BYTES, MAX_RECORD_BYTES, MEGABYTE
from dragoman.reading.raw import RawRecord
from dragoman.reading.sources import Source
from dragoman.reading.window import DamageError, MemberReader, PlainReader, Window

_WARC_LINE = re.compile(rb"WARC/\d\.\d+\s*$")
_ARC_FIELDS = 5
"""Address, number, day, type and length; version 2 has five more before the last."""
_WARC_START = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n")
_ARC_START = re.compile(
    rb"(?<=\n)[a-z][a-z0-9+.-]{1,20}:[^\s]{1,800} [\d.:a-f]{3,45} \d{14} [^\s]{1,100}(?: [^\n]{0,200})? \d{1,12}\n"
)
_MEMBER_START = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_RECORD_START = re.compile(rb"WARC/\d|[a-z][a-z0-9+.-]{1,20}:")
_LINE_BYTES = 65_536
_MOST_LINES = 200
_HEAD_BYTES = 65_536
_PROBE_BYTES = 4_096
_TRIES = 16
"""So many records that fail one after the other are each looked into for the next; then what they hold is passed over."""
_TYPES = frozenset(("response", "resource", "conversion"))
_OTHER_TYPES = frozenset(("warcinfo", "request", "metadata", "revisit", "continuation"))
_FIELD = re.compile(r"(?:[\w.-]+:|[ \t])[^\0\r\n]*\Z")
_SCHEMES = ("http://", "https://", "ftp://", "file://")
_NO_PAGES = ("/robots.txt", "/ads.txt")
_DIGESTS = {"sha1": 20, "sha256": 32, "md5": 16}


@dataclass(frozen=True, slots=True)
class _Header:
    """What a record's header tells of its block."""

    length: int
    is_wanted: bool = False
    is_http: bool = False
    content_type: str = ""
    url: str = ""
    crawled: str = ""
    cut: str = ""
    digest: str = ""


def split_archive(source: Source) -> Iterator[RawRecord | InputError]:
    """One record for each page or text; an error for each record that is damaged, cut or too large."""
    window = Window(source.stream)
    is_warc = source.head.startswith(b"WARC/")
    at: int | None = 0
    failed, is_expected = 0, True
    while at is not None and window.get(at, 1):
        window.forget(at)
        reader = MemberReader(window, at) if source.is_packed else PlainReader(window, at)
        member = _Member(reader, f"{source.name}:byte {at}", is_warc, source.is_packed)
        try:
            yield from member.split()
            at, failed, is_expected = _skip_padding(window, reader.end), 0, True
        except DamageError as damage:
            if source.fault:
                return
            if is_expected or member.is_begun:
                yield _tell(damage, member.place)
            failed += 1
            at, is_expected = _find_next(window, reader, at if failed <= _TRIES else reader.end, is_warc)


def _tell(damage: DamageError, place: str) -> InputError:
    is_cut = "in the middle" in str(damage)
    return InputError(
        f"{damage}; this record is lost, the next whole one is read. Get the file again",
        place=place,
        reason="truncated archive" if is_cut else "damaged archive",
    )


def _skip_padding(window: Window, at: int) -> int:
    """Some writers fill up with zeros behind a member."""
    while (data := window.get(at, _PROBE_BYTES)) and not data.strip(b"\0"):
        at += len(data)
    return at + len(data) - len(data.lstrip(b"\0"))


def _find_next(window: Window, reader: PlainReader, at: int, is_warc: bool) -> tuple[int | None, bool]:
    """Where the next record begins, and whether that is sure."""
    if isinstance(reader, MemberReader):
        try:
            reader.drain()
            return _skip_padding(window, reader.end), True
        except DamageError:
            return _find_member(window, at + 1), False
    return window.find(_WARC_START if is_warc else _ARC_START, max(at, 0)), False


def _find_member(window: Window, at: int) -> int | None:
    """The next gzip member that holds the beginning of a record: its magic number alone also comes by chance."""
    found: int | None = at
    while found is not None and (found := window.find(_MEMBER_START, found)) is not None:
        try:
            start = zlib.decompressobj(wbits=31).decompress(window.get(found, _PROBE_BYTES), 16)
        except zlib.error:
            start = b""
        if _RECORD_START.match(start):
            return found
        found += 1
    return None


class _Member:
    """One gzip member, or one record of a plain archive."""

    def __init__(self, reader: PlainReader, place: str, is_warc: bool, is_packed: bool) -> None:
        self._reader = reader
        self._start = place
        self._is_warc = is_warc
        self._is_packed = is_packed
        self.place = place
        self.is_begun = False
        """Whether a record's header was read."""

    def split(self) -> Iterator[RawRecord | InputError]:
        """The records wanted of those in here, each given only after what follows it was seen to be in order."""
        follows = True
        while follows:
            found = self._read()
            before = self._reader.count
            follows = self._reader.skip_blank()
            if follows and self._reader.count == before:
                raise DamageError("the record is longer than its header says")
            if found:
                yield found
            self.place = f"{self._start}+{self._reader.count}"
            if not self._is_packed:
                return

    def _read(self) -> RawRecord | InputError | None:
        header = self._read_warc_header() if self._is_warc else self._read_arc_header()
        self.is_begun = True
        is_long = header.length > MAX_RECORD_BYTES + _HEAD_BYTES
        if not header.is_wanted or is_long:
            head = self._reader.read(min(header.length, _HEAD_BYTES)) if header.is_wanted else b""
            self._reader.skip(header.length - len(head))
            return self._too_large() if header.is_wanted and _holds_text(header, head) else None
        block = self._reader.read(header.length)
        if not self._is_packed:
            _check_digest(block, header.digest)
        return self._unwrap(header, block) if _holds_text(header, block) else None

    def _read_warc_header(self) -> _Header:
        if not _WARC_LINE.match(self._reader.read_line(_LINE_BYTES)):
            raise DamageError("no WARC record begins where one should")
        lines: list[str] = []
        while (line := self._reader.read_line(_LINE_BYTES).decode("utf-8", "replace")).strip():
            lines.append(line.rstrip("\r\n"))
            if len(lines) > _MOST_LINES or not _FIELD.match(lines[-1]):
                raise DamageError("the record's header is damaged")
        fields = parse_headers(lines)
        kind, url = fields.get("warc-type", "").lower(), fields.get("warc-target-uri", "").strip("<>")
        if kind not in _TYPES | _OTHER_TYPES:
            raise DamageError("the record's header tells no type of record there is")
        content_type = fields.get("content-type", "")
        return _Header(
            length=_length(fields.get("content-length", "")),
            is_wanted=kind in _TYPES and _is_page_address(url),
            is_http=content_type.lower().startswith("application/http"),
            content_type=content_type,
            url=url,
            crawled=fields.get("warc-date", ""),
            cut=fields.get("warc-truncated", ""),
            digest=fields.get("warc-block-digest", ""),
        )

    def _read_arc_header(self) -> _Header:
        fields = self._reader.read_line(_LINE_BYTES).decode("utf-8", "replace").split()
        if len(fields) < _ARC_FIELDS or ":" not in fields[0] or not fields[2].isdigit():
            raise DamageError("no ARC record begins where one should")
        url, _, day, content_type, *_, length = fields
        return _Header(
            length=_length(length),
            is_wanted=_is_page_address(url),
            is_http=True,
            content_type=content_type,
            url=url,
            crawled=_iso(day),
        )

    def _unwrap(self, header: _Header, block: bytes) -> RawRecord | InputError | None:
        """The page or text out of its HTTP message."""
        message = parse_message(block) if header.is_http else None
        if header.is_http and message is None:
            return None
        content_type = message.headers.get("content-type", "") if message else header.content_type
        try:
            body = decode_body(message, self.place, is_cut=bool(header.cut)) if message else block
        except InputError as fault:
            return fault
        kind = find_kind(content_type, body)
        if kind is None or not body.strip():
            return None
        if len(body) > MAX_PAGE_BYTES:
            return self._too_large()
        told = {
            "url": header.url,
            "crawled": header.crawled,
            "content_type": content_type,
            "charset": find_charset(content_type),
            "cut": header.cut,
        }
        return RawRecord(kind, self.place, body, {key: value for key, value in told.items() if value})

    def _too_large(self) -> InputError:
        return InputError(f"a page of more than {MAX_PAGE_BYTES // MEGABYTE} MB", place=self.place, reason="too large")


def _is_page_address(url: str) -> bool:
    """Writers of archives also keep logs and name look-ups, under addresses such as ``metadata:`` and ``dns:``."""
    return url.lower().startswith(_SCHEMES) and not url.endswith(_NO_PAGES)


def _holds_text(header: _Header, head: bytes) -> bool:
    """Whether a block that begins so can hold a page or text; answers other than 200 are no pages."""
    if not header.is_http:
        return find_kind(header.content_type, head) is not None
    message = parse_message(head)
    if message is None or message.status != 200:
        return False
    content_type = message.headers.get("content-type", "")
    return not content_type or find_kind(content_type, b"") is not None


def _length(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise DamageError("the record's header doesn't tell its length")
    return int(text)


def _iso(day: str) -> str:
    """``20080430204825`` as ``2008-04-30T20:48:25Z``."""
    date = f"{day[:4]}-{day[4:6]}-{day[6:8]}"
    return f"{date}T{day[8:10]}:{day[10:12]}:{day[12:14]}Z" if len(day) == 14 else date


def _check_digest(block: bytes, digest: str) -> None:
    """Compare a block with the digest its header tells, in base 32 or 16; gzip has a checksum of its own."""
    name, _, told = digest.partition(":")
    size = _DIGESTS.get(name.lower())
    if size is None:
        return
    found = hashlib.new(name.lower(), block, usedforsecurity=False).digest()
    written = (base64.b32encode(found).decode().rstrip("="), found.hex().upper())
    if told.upper().rstrip("=") not in written and len(told.rstrip("=")) in map(len, written):
        raise DamageError("the record doesn't match its digest, it is damaged")
