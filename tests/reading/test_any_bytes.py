"""Whatever the bytes are: reports or errors, the same each time, and blocks that lie inside the text."""

import gzip
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading import RawRecord, find_blocks, read_record, split_input
from dragoman.reading.sources import open_source

TEXT = "Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
PIECES = (
    b"<html>", b"<p>", b"</p>", b"<div ", b">", b"<!--", b"-->", b"<script>", b"&amp;", b"<rss version='2.0'><channel>",
    b"<item><description>", b"</description></item>", b"<![CDATA[", b"<!DOCTYPE", b"<!ENTITY a 'b'>", b'{"text": "', b'"}',
    b'[{"content": "', b'"}]', b"}\n{", b"id,text\n", b'1,"', b"\t", b"WARC/1.0\r\n", b"WARC-Type: response\r\n",
    b"Content-Length: 40\r\n", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n", b"Content-Type: text/html\r\n", b"filedesc://a 0 1 t 2\n",
    b"http://a.b 1.2.3.4 20240101000000 text/html 9\n", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"PAR1", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\xe9", b"\0", b"\n", b"\n\n", b'{"version": "https://jsonfeed.org/version/1.1", "items": [', b"]}",
    b"Photo: ", b"By Jane Doe\n", b"NAIROBI, March 4 (Reuters) - ", b"- ", TEXT.encode(), TEXT.encode("utf-16"),
    '"\u202eKenya\u200b" said\U0001f600 '.encode(), b"\xed\xa0\xbd", b"https://example.org/", b'"date": 1e999, ',
)  # fmt: skip
ANYTHING = st.one_of(
    st.binary(max_size=400),
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)), max_size=30).map(b"".join),
).flatmap(lambda data: st.sampled_from((data, gzip.compress(data), gzip.compress(data)[:-9])))
BOUNDED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def read(data: bytes) -> list[Report | InputError]:
    found: list[Report | InputError] = []
    try:
        for item in split_input(data, name="in"):
            found.extend(read_record(item) if isinstance(item, RawRecord) else [item])
    except InputError as wrong:
        found.append(wrong)
    return found


@BOUNDED
@given(ANYTHING)
def test_any_bytes_end_in_reports_or_errors_the_same_each_time(data: bytes) -> None:
    found = read(data)

    assert found, "nothing is dropped without a word"
    assert [str(item) for item in found] == [str(item) for item in read(data)]
    assert all(item.place.startswith("in") for item in found)


@BOUNDED
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.just(TEXT.encode() + b"\n")), min_size=3, max_size=30).map(b"".join)
)
def test_blocks_lie_inside_the_text_in_order(data: bytes) -> None:
    for report in read(data):
        if isinstance(report, Report):
            spans = [block.span for block in find_blocks(report)]
            assert all(0 <= span.start < span.end <= len(report.text) for span in spans)
            assert all(one.end <= next.start for one, next in pairwise(spans))
            assert "\0" not in report.text


@BOUNDED
@given(st.binary(max_size=3_000), st.integers(1, 3_000))
def test_a_stream_holds_what_was_packed_up_to_the_cut(data: bytes, keep: int) -> None:
    data = b"-" + data
    packed = gzip.compress(data)
    with open_source(packed[: keep + 20]) as source:
        there = source.stream.read()

        assert data.startswith(there)
        assert (there == data) or source.fault is not None
