"""Web archives: pages with their addresses, and no damage passed over in silence."""

import base64
import gzip
import hashlib
import random
import zlib
from pathlib import Path

import pytest

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading import RawRecord, read_input, split_input

TEXT = "Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
COUNT = 12


def make_page(number: int) -> bytes:
    noise = random.Random(number)
    filler = " ".join(f"Minister {noise.randrange(10**6)} spoke." for _ in range(noise.randrange(20, 400)))
    return f"<html><body><p>Report {number}. {TEXT}</p><p>{filler}</p></body></html>".encode()


def make_http(body: bytes, *headers: str, status: str = "200 OK", type: str = "text/html; charset=utf-8") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {type}", *headers, "", ""]).encode() + body


def make_warc(block: bytes, kind: str = "response", url: str = "https://example.org/a", **changes: str) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2024-03-05T10:00:00Z",
        "Content-Type": "application/http; msgtype=response",
        "WARC-Block-Digest": "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode(),
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    return "\r\n".join(["WARC/1.0", *(f"{k}: {v}" for k, v in fields.items()), "", ""]).encode() + block + b"\r\n\r\n"


def make_arc(block: bytes, url: str = "http://example.org/a") -> bytes:
    return f"{url} 192.0.2.7 20240305100000 text/html {len(block)}\n".encode() + block + b"\n"


ARC_HEAD = make_arc(b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n", "filedesc://x.arc")
PAGES = [make_page(number) for number in range(COUNT)]
WARC = [make_warc(make_http(page), url=f"https://example.org/{n}") for n, page in enumerate(PAGES)]
ARC = [ARC_HEAD, *(make_arc(make_http(page)) for page in PAGES)]
FORMS = {
    "warc": WARC,
    "warc.gz": [gzip.compress(record) for record in WARC],
    "arc": ARC,
    "arc.gz": [gzip.compress(record) for record in ARC],
}


def split(data: bytes) -> tuple[list[bytes], list[InputError]]:
    """The pages and the errors."""
    try:
        found = list(split_input(data, name="in"))
    except InputError as wrong:
        return [], [wrong]
    pages = [item.data for item in found if isinstance(item, RawRecord)]
    return pages, [item for item in found if isinstance(item, InputError)]


@pytest.mark.parametrize("form", FORMS)
def test_every_page_comes_as_it_was(form: str) -> None:
    assert split(b"".join(FORMS[form])) == (PAGES, [])


def test_a_whole_archive_packed_as_one_member() -> None:
    assert split(gzip.compress(b"".join(WARC))) == (PAGES, [])


def test_a_page_brings_its_address_day_and_charset() -> None:
    (record,) = split_input(make_warc(make_http(PAGES[0])), name="in")
    assert isinstance(record, RawRecord)
    assert (record.kind, record.place) == ("html", "in:byte 0")
    assert record.meta == {
        "url": "https://example.org/a",
        "crawled": "2024-03-05T10:00:00Z",
        "content_type": "text/html; charset=utf-8",
        "charset": "utf-8",
    }


def test_the_day_of_the_crawl_is_no_day_of_publication() -> None:
    (report,) = read_input(make_warc(make_http(PAGES[0])), name="in")
    assert isinstance(report, Report)
    assert (report.url, report.outlet, report.date) == ("https://example.org/a", "example.org", None)
    assert report.extra == {"crawled": "2024-03-05T10:00:00Z"}


def test_what_is_no_page_is_passed_over() -> None:
    page = make_http(PAGES[0])
    others = [
        make_warc(b"software: x\r\n", "warcinfo", Content_Type="application/warc-fields"),
        make_warc(b"GET / HTTP/1.1\r\n\r\n", "request"),
        make_warc(page, "revisit"),
        make_warc(make_http(b"\x89PNG", type="image/png")),
        make_warc(make_http(PAGES[0], status="404 Not Found")),
        make_warc(make_http(b"User-agent: *", type="text/plain"), url="https://example.org/robots.txt"),
        make_warc(b"20240305100000\nexample.org. 7 IN A 192.0.2.7\n", url="dns:example.org", Content_Type="text/dns"),
    ]
    assert split(b"".join([*others, make_warc(page)])) == ([PAGES[0]], [])


def test_resources_and_conversions_are_read_without_http() -> None:
    records = [
        make_warc(PAGES[0], "resource", Content_Type="text/html"),
        make_warc(TEXT.encode(), "conversion", Content_Type="text/plain"),
    ]
    found = list(split_input(b"".join(records), name="in"))
    assert [(item.kind, item.data) for item in found if isinstance(item, RawRecord)] == [
        ("html", PAGES[0]),
        ("text", TEXT.encode()),
    ]


CHUNKED = b"".join(
    b"%x\r\n%s\r\n" % (len(PAGES[0][n : n + 99]), PAGES[0][n : n + 99]) for n in range(0, len(PAGES[0]), 99)
)
BARE = zlib.compressobj(wbits=-15)
BODIES = {
    "chunked": (CHUNKED + b"0\r\n\r\n", ["Transfer-Encoding: chunked"]),
    "chunked but stored whole": (PAGES[0], ["Transfer-Encoding: chunked"]),
    "gzip": (gzip.compress(PAGES[0]), ["Content-Encoding: gzip"]),
    "gzip but stored plain": (PAGES[0], ["Content-Encoding: gzip"]),
    "deflate": (zlib.compress(PAGES[0]), ["Content-Encoding: deflate"]),
    "bare deflate": (BARE.compress(PAGES[0]) + BARE.flush(), ["Content-Encoding: deflate"]),
    "twice": (gzip.compress(zlib.compress(PAGES[0])), ["Content-Encoding: deflate, gzip"]),
}


@pytest.mark.parametrize("name", BODIES)
def test_encodings_of_the_way_are_undone(name: str) -> None:
    body, headers = BODIES[name]
    assert split(make_warc(make_http(body, *headers))) == ([PAGES[0]], [])


BAD_BODIES = {
    "bomb": (gzip.compress(b"a" * 40_000_000), ["Content-Encoding: gzip"], "decompression bomb"),
    "gzip cut": (gzip.compress(PAGES[1])[:-40], ["Content-Encoding: gzip"], "truncated gzip"),
    "brotli": (b"\x0b\x02\x80xyz", ["Content-Encoding: br"], "packed with br"),
    "last chunk missing": (CHUNKED, ["Transfer-Encoding: chunked"], "truncated page"),
    "packed often": (b"x", ["Content-Encoding: gzip, gzip, gzip, gzip"], "decompression bomb"),
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_body_that_cannot_be_had_is_told_and_the_next_page_is_read(name: str) -> None:
    body, headers, reason = BAD_BODIES[name]
    pages, errors = split(make_warc(make_http(body, *headers)) + WARC[3])
    assert (pages, [error.reason for error in errors], errors[0].place) == ([PAGES[3]], [reason], "in:byte 0")


def test_a_page_that_the_crawler_cut_is_kept_and_says_so() -> None:
    body = gzip.compress(PAGES[1])[:-40]
    record = make_warc(make_http(body, "Content-Encoding: gzip"), WARC_Truncated="length")
    (report,) = read_input(record, name="in")
    assert isinstance(report, Report)
    assert report.extra["cut"] == "length"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("how", ["cut", "flip", "zeros"])
def test_damage_is_always_told_and_costs_the_damaged_records_alone(form: str, how: str) -> None:
    parts = FORMS[form]
    whole, noise = b"".join(parts), random.Random(f"{form} {how}")
    ends = [sum(map(len, parts[: n + 1])) for n in range(len(parts))]
    head = len(parts) - COUNT
    can_tell = form != "arc"  # without gzip's checksum, an ARC has none at all, and a WARC none of its header lines
    for _ in range(40):
        at = noise.randrange(1, len(whole))
        size = {"cut": len(whole), "flip": 1, "zeros": 300}[how]
        damaged = bytearray(whole)
        damaged[at : at + size] = {"cut": b"", "flip": bytes([whole[at] ^ 1 << noise.randrange(8)])}.get(
            how, bytes(min(size, len(whole) - at))
        )
        hurt = {n for n, end in enumerate(ends) if end - len(parts[n]) < at + size and end > at}
        pages, errors = split(bytes(damaged))
        assert [page for n, page in enumerate(PAGES) if n + head not in hurt and page not in pages] == []
        in_header = (
            any(start <= at < whole.index(b"\r\n\r\n", start) for start in [0, *ends[:-1]]) if form == "warc" else False
        )
        if can_tell:
            assert [page for page in pages if page not in PAGES] == []
            assert errors or len(pages) == COUNT or at in ends or in_header, (form, how, at)


def test_an_error_names_the_byte_where_its_record_begins() -> None:
    packed = FORMS["warc.gz"]
    _, errors = split(b"".join(packed)[:-30])
    (error,) = errors
    assert error.place == f"in:byte {sum(map(len, packed[:-1]))}"
    assert error.reason == "truncated archive"


def test_a_record_with_a_wrong_length_does_not_swallow_the_next() -> None:
    wrong = make_warc(make_http(PAGES[0]), Content_Length="20000")
    pages, errors = split(wrong + b"".join(WARC[1:]))
    assert pages == PAGES[1:]
    assert [error.place for error in errors] == ["in:byte 0"]


def test_records_that_each_claim_all_the_rest_are_read_in_linear_time() -> None:
    liar = make_warc(b"", Content_Length="900000")
    pages, errors = split(liar * 4_000 + WARC[0])
    assert pages == [PAGES[0]]
    assert errors


def test_real_archives(shared_folder: Path) -> None:
    paths = sorted((shared_folder / "data" / "warc_samples").rglob("*arc*"))
    archives = [path for path in paths if path.name.endswith(("arc", ".arc.gz", ".warc.gz"))]
    if not archives:
        pytest.skip("no web archives in the shared folder")
    for path in archives:
        found = list(split_input(path))
        assert found and [item for item in found if isinstance(item, InputError)] == [], path
