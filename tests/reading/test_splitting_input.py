"""An input in two halves: what is split off can be sent away and read elsewhere, and nothing before a cut is lost."""

import gzip
import io
import json
import pickle
from pathlib import Path

import duckdb
import pytest
import zstandard

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading import RawRecord, read_input, read_record, split_input
from dragoman.reading.limits import MAX_RECORD_BYTES, MAX_TEXT_CHARS

TEXT = "Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
PAGE = f"<html><body><article><h1>Treaty signed</h1><p>{TEXT}</p></article></body></html>"
FEED = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><description>{TEXT}</description></item></channel></rss>'
ROWS = f"id,text\n1,{TEXT}\n2,{TEXT}\n"
LINES = "".join(json.dumps({"id": str(n), "text": f"{TEXT} {n * 7919 % 10007}"}) + "\n" for n in range(2_000))
LIST = json.dumps([{"id": str(n), "text": f"{TEXT} {n * 7919 % 10007}"} for n in range(2_000)])
TABLE = "id,text\n" + "".join(f'{n},"{TEXT} {n * 7919 % 10007}"\n' for n in range(2_000))
INPUTS = {
    "text": (TEXT, ["text"]),
    "page": (PAGE, ["html"]),
    "feed": (FEED, ["feed"]),
    "list": (f'[{{"text": "{TEXT}"}}, {{"text": "{TEXT}"}}]', ["json", "json"]),
    "lines": (f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT}"}}\n', ["json", "json"]),
    "table": (ROWS, ["row", "row"]),
}


def split(data: bytes, name: str = "in") -> list[RawRecord]:
    found = list(split_input(data, name=name))
    assert [item for item in found if isinstance(item, InputError)] == []
    return [item for item in found if isinstance(item, RawRecord)]


@pytest.mark.parametrize("name", INPUTS)
def test_records_survive_the_way_to_another_process_and_read_the_same(name: str) -> None:
    data, kinds = INPUTS[name]
    records = split(data.encode())

    sent = pickle.loads(pickle.dumps(records))

    assert [record.kind for record in records] == kinds
    assert [item for record in sent for item in read_record(record)] == list(read_input(data.encode(), name="in"))


def test_errors_survive_the_way_too() -> None:
    (error,) = read_input(b'{"text": ""}', name="in")

    sent = pickle.loads(pickle.dumps(error))

    assert (str(sent), sent.place, sent.reason) == (str(error), "in:1", "empty")


def test_what_a_container_tells_goes_into_the_report() -> None:
    meta = {"url": "https://news.example.org/a", "crawled": "2024-03-05T00:00:00Z"}
    (record,) = split_input(PAGE.encode(), name="in", meta=meta)
    assert isinstance(record, RawRecord)

    (report,) = read_record(record, date="2024-03-04")

    assert isinstance(report, Report)
    assert (report.url, report.outlet, report.date) == (meta["url"], "news.example.org", "2024-03-04")
    assert report.extra == {"crawled": "2024-03-05T00:00:00Z"}


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
@pytest.mark.parametrize("text", [LINES, LIST, TABLE], ids=["lines", "list", "table"])
def test_all_whole_records_before_a_cut_are_given_then_the_fault(text: str, packing: str) -> None:
    pack = gzip.compress if packing == "gzip" else zstandard.ZstdCompressor().compress
    packed = pack(text.encode())
    cut = packed[: len(packed) * 2 // 3]

    *records, fault = split_input(cut, name="in")

    assert isinstance(fault, InputError) and fault.reason == f"truncated {packing}"
    assert all(isinstance(record, RawRecord) for record in records)
    there = unpack_what_is_there(cut, packing).decode()
    whole = {LINES: there.count("\n"), LIST: there.count("}"), TABLE: there.count("\n") - 1}[text]
    assert 500 < len(records) == whole


def unpack_what_is_there(cut: bytes, packing: str) -> bytes:
    if packing == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(cut)
    import zlib

    return zlib.decompressobj(wbits=31).decompress(cut)


def test_a_damaged_archive_gives_what_stands_before_the_damage() -> None:
    packed = gzip.compress(LINES.encode())
    wrong_sum = bytearray(packed)
    wrong_sum[-8] ^= 1

    for damaged in (bytes(wrong_sum), packed + b"no gzip"):
        *records, fault = split_input(damaged, name="in")

        assert isinstance(fault, InputError) and fault.reason == "damaged gzip"
        assert len(records) == 2_000


def test_a_disk_that_fails_is_told_after_what_it_gave() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 100_000:
                raise OSError("input/output error")
            return super().read(size)

    *records, fault = split_input(Failing(LINES.encode()), name="in")

    assert len(records) > 500
    assert isinstance(fault, InputError) and fault.reason == "can't be opened"


def test_a_line_or_row_beyond_the_limit_is_told_and_the_next_is_read() -> None:
    long = "x" * (MAX_RECORD_BYTES + 10)
    lines = [*split_input(f'{{"text": "{long}"}}\n{{"text": "{TEXT}"}}\n'.encode(), name="in")]
    rows = [*split_input(f"id,text\n1,{long}\n2,{TEXT}\n".encode(), name="in")]

    for told, kept in (lines, rows):
        assert isinstance(told, InputError) and isinstance(kept, RawRecord)
    assert (lines[1].place, rows[1].place) == ("in:2", "in:3")


def test_a_text_longer_than_any_report_is_refused() -> None:
    (told,) = read_input((TEXT + "\n").encode() * (MAX_TEXT_CHARS // len(TEXT) + 1), name="in")

    assert isinstance(told, InputError) and told.reason == "too large"


def test_a_record_in_another_encoding_does_not_end_the_list() -> None:
    data = f'[{{"text": "{TEXT}"}},\n'.encode() + b'{"text": "caf\xe9"},\n' + f'{{"text": "{TEXT}"}}]'.encode()

    found = list(read_input(data, name="in"))

    assert [getattr(item, "reason", "ok") for item in found] == ["ok", "undecodable", "ok"]
    assert found[1].place == "in:2"


def test_lines_of_json_in_utf16() -> None:
    found = list(read_input(f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT}"}}\n'.encode("utf-16")))

    assert [item.text for item in found if isinstance(item, Report)] == [TEXT, TEXT]


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    path = tmp_path / "news.parquet"
    duckdb.connect().execute(
        "COPY (SELECT i AS id, 'A ' || ? AS text, encode('Treaty ' || i) AS title, "
        "TIMESTAMPTZ '2024-03-04 23:30:00+00' AS published, 'nan'::DOUBLE AS score, [i, 2] AS list "
        f"FROM range(300) t(i)) TO '{path}' (FORMAT parquet)",
        [TEXT],
    )
    return path


def test_parquet_rows_are_records(parquet: Path) -> None:
    reports = list(read_input(parquet))

    assert [report.id for report in reports if isinstance(report, Report)] == [str(n) for n in range(300)]
    assert isinstance(reports[7], Report)
    assert (reports[7].title, reports[7].date, reports[7].place) == ("Treaty 7", "2024-03-04", f"{parquet}:row 8")
    assert reports[7].extra == {"score": "nan", "list": [7, 2]}


def test_parquet_from_memory_packed_and_under_a_name_that_is_a_pattern(parquet: Path) -> None:
    named = parquet.rename(parquet.with_name("news [1]*.parquet"))

    for source in (named, named.read_bytes(), gzip.compress(named.read_bytes())):
        assert len(list(split_input(source))) == 300


@pytest.mark.parametrize("keep", [0.3, 0.99])
def test_cut_parquet_is_told(parquet: Path, keep: float) -> None:
    data = parquet.read_bytes()

    with pytest.raises(InputError) as told:
        list(split_input(data[: int(len(data) * keep)], name="in"))

    assert told.value.reason == "damaged Parquet"


def test_parquet_without_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "n.parquet"
    duckdb.connect().execute(f"COPY (SELECT 1 AS id, 2 AS n) TO '{path}' (FORMAT parquet)")

    with pytest.raises(InputError) as told:
        list(split_input(path))

    assert told.value.reason == "no text column"
