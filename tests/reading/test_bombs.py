"""Bombs: packed data and XML that grow without end are refused, within bytes and time."""

from __future__ import annotations

import gzip
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
import zstandard

from dragoman.errors import InputError
from dragoman.reading import RawRecord, split_input
from dragoman.reading.feed import read_feed
from dragoman.reading.http import Message, decode_body
from dragoman.reading.limits import MAX_PAGE_BYTES, MAX_RATIO
from dragoman.reading.opml import read_opml
from dragoman.reading.packing import is_bomb
from dragoman.reading.web import fetch

ZEROS = 200_000_000
MOST_MEMORY = 100_000_000
XML_SECONDS = 0.1


def pack(wbits: int) -> bytes:
    """Zeros, ten times as many as a page may have."""
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(ZEROS // 1_000_000)) + packer.flush()


GZIPPED = pack(31)
BOMBS = {
    "gzip": (GZIPPED, "gzip"),
    "deflate": (pack(15), "deflate"),
    "bare deflate": (pack(-15), "deflate"),
    "zstd": (zstandard.ZstdCompressor().compress(b"\0" * ZEROS), "zstd"),
    "gzip in gzip": (gzip.compress(GZIPPED), "gzip, gzip"),
    "gzip in deflate in zstd": (zstandard.ZstdCompressor().compress(zlib.compress(GZIPPED)), "gzip, deflate, zstd"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_body_is_unpacked_no_further_than_a_page_may_go(name: str) -> None:
    body, encoding = BOMBS[name]
    tracemalloc.start()
    with pytest.raises(InputError) as told:
        decode_body(Message(200, {"content-encoding": encoding}, body), "in")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert told.value.reason in ("too large", "decompression bomb")
    assert MAX_PAGE_BYTES == 20_000_000 and peak < MOST_MEMORY < ZEROS


def test_brotli_is_neither_asked_for_nor_unpacked(bombs: str) -> None:
    with pytest.raises(InputError) as told:
        fetch(f"{bombs}/br", allow_private=True)

    assert told.value.reason == "packed with br"
    assert Bombs.accepted == {"gzip, deflate"}


def test_the_body_of_a_redirect_is_not_read(bombs: str) -> None:
    start = time.monotonic()

    assert fetch(f"{bombs}/moved", allow_private=True).data == b"<p>here</p>"
    assert time.monotonic() - start < 5


def test_a_bomb_fetched_is_refused(bombs: str) -> None:
    with pytest.raises(InputError) as told:
        fetch(f"{bombs}/bomb", allow_private=True)

    assert told.value.reason in ("too large", "decompression bomb")


def test_two_hundred_times_its_size_is_a_bomb() -> None:
    assert MAX_RATIO == 200
    assert is_bomb(200_000_001, 1_000_000) and not is_bomb(200_000_000, 1_000_000)
    assert not is_bomb(1_000_000, 100)  # a small page that packs well


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(b"a word " * 30_000_000), "decompression bomb"),
        (zstandard.ZstdCompressor().compress(b"a word " * 30_000_000), "decompression bomb"),
        (b"PK\x03\x04" + b"\0" * 100, "is a zip archive (or an office document)"),
    ],
)
def test_a_file_that_is_a_bomb_or_an_archive_of_archives_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as told:
        list(split_input(data, name="in"))

    assert told.value.reason == reason


class Bombs(BaseHTTPRequestHandler):
    """A site of bombs."""

    accepted: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        type(self).accepted.add(self.headers["Accept-Encoding"])
        body, status, extra = {
            "/br": (b"\x0b\x02\x80xyz", 200, {"Content-Encoding": "br"}),
            "/moved": (GZIPPED, 302, {"Content-Encoding": "gzip", "Location": "/here"}),
            "/bomb": (GZIPPED, 200, {"Content-Encoding": "gzip"}),
            "/here": (b"<p>here</p>", 200, {}),
        }[self.path]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **extra}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # who asks has left

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing in tests."""


@pytest.fixture
def bombs() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Bombs) as server:
        threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
OUTSIDE = "http://127.0.0.1:9/outside"
DECLARATIONS = {
    "a billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE r [<!ENTITY l11 "{"a" * 500_000}">]>',
    "an entity of a file": '<!DOCTYPE r [<!ENTITY l11 SYSTEM "file:///etc/hostname">]>',
    "an entity of the web": f'<!DOCTYPE r [<!ENTITY l11 SYSTEM "{OUTSIDE}">]>',
    "a parameter entity": f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{OUTSIDE}"> %p;]>',
    "a parameter entity of its own": "<!DOCTYPE r [<!ENTITY % p \"<!ENTITY l11 SYSTEM 'file:///etc/hostname'>\"> %p;]>",
}
USED = "&l11;" * 200
FEEDS = {
    "RSS": "<rss version='2.0'><channel><title>{}</title><item><title>a</title></item></channel></rss>",
    "Atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>{}</title><entry><title>a</title></entry></feed>",
    "OPML": "<opml version='2.0'><body><outline text='{}' xmlUrl='https://example.org/'/></body></opml>",
}


def read_xml(kind: str, data: bytes) -> object:
    if kind == "OPML":
        return read_opml(data, name="in")
    return list(read_feed(RawRecord("feed", "in", data)))


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("name", DECLARATIONS)
def test_xml_that_declares_entities_is_refused_at_once(kind: str, name: str) -> None:
    data = (DECLARATIONS[name] + FEEDS[kind].format(USED if "parameter" not in name else "a")).encode()
    read_xml(kind, FEEDS[kind].format("a").encode())  # what is imported at the first use isn't counted
    start = time.perf_counter()
    with pytest.raises(InputError) as told:
        read_xml(kind, data)
    took = time.perf_counter() - start

    assert told.value.reason in ("entities in feed", "broken OPML")
    assert took < XML_SECONDS


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("way", ["PUBLIC '-//x//DTD x//EN' '{}'", "SYSTEM '{}'"])
def test_no_dtd_is_ever_fetched(kind: str, way: str) -> None:
    asked: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True).start()
        document_type = f"<!DOCTYPE r {way.format(f'http://127.0.0.1:{server.server_port}/x.dtd')}>"
        try:
            read_xml(kind, (document_type + FEEDS[kind].format("a")).encode())
        except InputError as told:
            assert told.reason in ("entities in feed", "broken OPML", "broken feed")
        server.shutdown()

    assert asked == []
