"""Every kind of input, told by its content; what a report keeps of its record."""

import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest
import zstandard

from dragoman.domain import Report
from dragoman.errors import InputError, NotAReport
from dragoman.reading import read_input, read_text

TEXT = "Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Treaty signed | Example Daily</title>
<meta property="og:site_name" content="Example Daily"><meta property="og:title" content="Treaty signed">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2024-03-04T10:00:00Z"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Treaty signed</h1>
<p>{TEXT} They had talked about it for more than three years, and the parliament of each country must now agree.</p>
<p>The river feeds the lake that both countries share, and fishermen on both shores have clashed several times.</p>
</article><footer>All rights reserved</footer></body></html>"""
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Press Releases - Ministry of Example</title>
<item><title>Treaty &amp; talks</title><link>https://example.org/1</link><guid>guid-1</guid>
<pubDate>Mon, 04 Mar 2024 10:00:00 +0000</pubDate>
<description>&lt;p&gt;Office of the Spokesperson&lt;/p&gt;
&lt;p&gt;{TEXT}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
<item><title>Only a title</title><guid>guid-2</guid></item></channel></rss>"""


def one(data: bytes, **options: str) -> Report:
    (report,) = read_input(data, **options)
    assert isinstance(report, Report), report
    return report


def test_plain_text_is_one_report_with_the_hash_of_its_content() -> None:
    report = one(TEXT.encode())
    assert (report.text, report.id) == (TEXT, hashlib.sha256(TEXT.encode()).hexdigest()[:16])


def test_text_that_begins_with_a_bracket_is_no_json() -> None:
    assert one(f"[ad_1]\n{TEXT}".encode()).text.startswith("[ad_1]")


def test_text_is_kept_as_given() -> None:
    text = f"  {TEXT}\r\n\r\n\tMore “text”\u00a0follows here. \n"
    assert one(json.dumps({"text": text}).encode()).text == text
    assert one(text.encode()).text == text


def test_record_keys_and_what_is_left_of_them() -> None:
    record = {
        "headline": "T",
        "story_text": TEXT,
        "link": "https://www.example.org/a",
        "date": 1709510400000,
        "topic": "x",
    }
    report = one(json.dumps([record]).encode())
    assert (report.title, report.date, report.date_how) == ("T", "2024-03-04", "record: date")
    assert (report.outlet, report.url, report.extra) == ("example.org", "https://www.example.org/a", {"topic": "x"})


@pytest.mark.parametrize(
    "key", ["text", "content", "body", "story_text", "event_text", "maintext", "articleBody", "Full Text"]
)
def test_text_keys(key: str) -> None:
    assert one(json.dumps({key: TEXT}).encode()).text == TEXT


def test_publication_wins_over_event_and_download_days() -> None:
    record = {
        "id": 7,
        "date": "2020-01-01",
        "pub_date": "2024-03-04",
        "date_download": "2025-01-01",
        "event_text": TEXT,
    }
    report = one(json.dumps(record).encode())
    assert (report.id, report.date, report.date_how) == ("7", "2024-03-04", "record: pub_date")


def test_source_is_an_outlet_or_an_address() -> None:
    named = one(json.dumps({"text": TEXT, "source": {"name": "Example Daily"}}).encode())
    linked = one(json.dumps({"text": TEXT, "source": "https://example.org/a", "hostname": "example.org"}).encode())
    assert (named.outlet, linked.url, linked.outlet) == ("Example Daily", "https://example.org/a", "example.org")


def test_english_translation_is_read_before_its_original() -> None:
    rows = f'title,content,title_en,content_en\n"Договор","Кения и Уганда подписали договор.",Treaty,"{TEXT}"\n'
    report = one(rows.encode())
    assert (report.text, report.title, report.translated) == (TEXT, "Treaty", True)
    assert report.extra["content"].startswith("Кения")


def test_json_lines_go_on_after_a_broken_line() -> None:
    lines = "\n".join(
        [json.dumps({"text": TEXT, "id": "a"}), '{"text": "broken', "", json.dumps({"text": TEXT, "id": "b"})]
    )
    first, broken, last = read_input(lines.encode(), name="news.jsonl")
    assert isinstance(first, Report) and isinstance(last, Report)
    assert isinstance(broken, InputError)
    assert (first.id, broken.place, broken.reason, last.id) == ("a", "news.jsonl:2", "broken JSON", "b")


def test_json_list_goes_on_after_a_broken_record() -> None:
    data = f'[\n{{"id": "a", "text": "{TEXT}"}},\n{{"id": "x", "text": oops}},\n{{"id": "b", "text": "{TEXT}"}}\n]'
    found = list(read_input(data.encode(), name="n.json"))
    assert [f.id if isinstance(f, Report) else (f.reason, f.place) for f in found] == [
        "a",
        ("broken JSON", "n.json:3"),
        "b",
    ]


def test_long_json_list_is_read_piece_by_piece() -> None:
    records = [{"id": str(n), "text": f"{TEXT} {'Filler sentence here. ' * (n % 7) * 300}"} for n in range(60)]
    data = json.dumps(records, indent=1).encode()
    assert [report.id for report in read_input(data) if isinstance(report, Report)] == [str(n) for n in range(60)]


def test_wrapped_lists_of_services() -> None:
    data = json.dumps({"status": "ok", "articles": [{"content": TEXT, "publishedAt": "2024-03-04T01:00:00Z"}]})
    assert one(data.encode()).date == "2024-03-04"


def test_table_rows_have_places_and_bad_rows_are_told() -> None:
    rows = f'id\ttext\tdate\n1\t"{TEXT}\nSecond line of it."\t2024-03-04\n2\tx\ty\tz\n3\t{TEXT}\t\n'
    first, bad, last = read_input(rows.encode(), name="t.tsv")
    assert isinstance(first, Report) and isinstance(bad, InputError) and isinstance(last, Report)
    assert (first.place, bad.place, bad.reason, last.place) == ("t.tsv:2", "t.tsv:4", "broken row", "t.tsv:5")


def test_lines_of_old_macs_end_in_a_bare_carriage_return() -> None:
    table = [one(f"id,text\r1,{TEXT}\r".encode()), one(f"id;text\r\n1;{TEXT}\r\n".encode())]
    plain = one(f"Envoys meet\r{TEXT}\r".encode())

    assert [report.text for report in table] == [TEXT, TEXT]
    assert TEXT in plain.text


def test_long_cells_are_read_and_the_csv_limit_is_left_alone() -> None:
    import csv

    before = csv.field_size_limit()
    assert len(one(f'id,text\n1,"{(TEXT + " ") * 2000}"\n'.encode()).text) > 150_000
    assert csv.field_size_limit() == before


def test_page_with_metadata_from_its_own_tree() -> None:
    report = one(PAGE.encode())
    assert TEXT in report.text and "All rights reserved" not in report.text
    assert (report.title, report.outlet, report.date) == ("Treaty signed", "Example Daily", "2024-03-04")
    assert report.date_how == "page: JSON-LD datePublished"
    assert report.page_sha256 == hashlib.sha256(PAGE.encode()).hexdigest()


def test_reading_a_page_says_nothing_and_leaves_logging_alone(caplog: pytest.LogCaptureFixture) -> None:
    import logging

    before = (logging.getLogger("trafilatura").propagate, list(logging.getLogger("trafilatura").handlers))
    list(read_input(b"<html><body><p>x</p></body></html>"))
    assert caplog.records == []
    assert (logging.getLogger("trafilatura").propagate, list(logging.getLogger("trafilatura").handlers)) == before


def test_feed_items_are_reports() -> None:
    report, empty = read_input(FEED.encode(), name="f.rss")
    assert isinstance(report, Report) and isinstance(empty, NotAReport)
    assert report.text == f"Office of the Spokesperson\n{TEXT}"
    assert (report.id, report.title, report.outlet) == ("guid-1", "Treaty & talks", "Ministry of Example")
    assert (report.date, report.date_how, empty.place) == ("2024-03-04", "feed: published", "f.rss:item 2")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_packed_input_is_unpacked_by_its_first_bytes(pack) -> None:
    assert one(pack(json.dumps({"text": TEXT}).encode())).text == TEXT


def test_paths_and_streams(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(TEXT, encoding="utf-8")
    (by_path,) = read_input(path)
    (by_stream,) = read_input(io.BytesIO(TEXT.encode()), name="s")
    assert isinstance(by_path, Report) and isinstance(by_stream, Report)
    assert (by_path.text, by_path.place, by_stream.place) == (TEXT, f"{path}:1", "s:1")


def test_windows_quotes_are_read_and_noted() -> None:
    report = one(f"{TEXT} \x93Good,\x94 he said.".encode("latin-1"))
    assert "“Good,”" in report.text and report.repairs == ("windows-1252",)


def test_utf16_text() -> None:
    assert one(TEXT.encode("utf-16")).text == TEXT


def test_options_fill_what_the_text_leaves_open() -> None:
    report = one(TEXT.encode(), date="March 4, 2024", outlet="Example Daily")
    assert (report.date, report.date_how, report.outlet) == ("2024-03-04", "option", "Example Daily")
    told = one(f"Last update: July 13, 2025, 10:30 IST\n{TEXT}".encode(), date="2020-01-01")
    assert (told.date, told.date_how) == ("2025-07-13", "text: last update")


def test_a_dateline_with_its_year_dates_the_report() -> None:
    assert read_text(f"NAIROBI, March 4, 2024 (Reuters) - {TEXT}").date_how == "text: dateline"
    assert read_text(f"NAIROBI, March 4 (Reuters) - {TEXT}").date is None


def test_agencies_in_order_of_appearance() -> None:
    text = f"NAIROBI (AP) - {TEXT} The news agency Xinhua and KCNA reported it, Reuters said. Tasse and TASSA are none."
    assert read_text(text).agencies == ("AP", "Xinhua", "KCNA", "Reuters")


def test_same_text_at_two_addresses_is_two_reports() -> None:
    ids = {one(json.dumps({"text": TEXT, "url": f"https://example.org/{n}"}).encode()).id for n in range(2)}
    assert len(ids) == 2
