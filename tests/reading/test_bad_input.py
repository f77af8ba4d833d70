"""Bad and hostile input: a clear error with its place, and the others go on."""

import gzip
import html
import io
import json
import tarfile
import time
from pathlib import Path

import pytest
import zstandard

from dragoman.domain import Report
from dragoman.errors import InputError, NotAReport
from dragoman.reading import RawRecord, read_input, read_record, read_text, split_input
from dragoman.reading.limits import MAX_PAGE_BYTES
from dragoman.reading.markup import tame_markup

TEXT = "Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
PAGE_TOP = "<html><body><p>" + TEXT


def fault(data: bytes) -> InputError:
    try:
        (found,) = read_input(data, name="in")
    except InputError as wrong:
        return wrong
    assert isinstance(found, InputError), found
    return found


def tar_of(text: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text.encode()))
    return out.getvalue()


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t ", "empty"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "pdf": (b"%PDF-1.7 ...", "is a PDF file"),
    "tar in gzip": (tar_of(TEXT), "is a tar archive"),
    "undecodable": (TEXT.encode() + b" \x81\x8d\xff\xfe" * 30, "undecodable"),
    "mixed encodings": (TEXT.encode() + "né".encode() + b"\xe9", "undecodable"),
    "too short": (b"Hello there.", "too short"),
    "no prose": (b"12.5 13.7 a b c d e 88.1 99.4 12 33 44 55 66 77 88 99 11 22 33", "no prose"),
    "million characters": ((TEXT + " word" * 200_000).encode(), "sentence too long"),
    "million-letter word": ((TEXT + "x" * 1_000_000).encode(), "sentence too long"),
    "other language": (
        "Россия и Украина договорились об обмене пленными в понедельник.".encode(),
        "not in English: ru",
    ),
    "German": (
        "Die Außenminister beider Länder haben sich am Montag in Berlin getroffen.".encode(),
        "not in English: de",
    ),
    "Spanish": (
        "El presidente de Chile viajó el lunes a Buenos Aires para reunirse con su homólogo.".encode(),
        "not in English: es",
    ),
    "too large": (b"<html><body>" + b"x" * MAX_PAGE_BYTES, "too large"),
    "gzip cut": (gzip.compress(TEXT.encode() * 50)[:-20], "truncated gzip"),
    "gzip damaged": (gzip.compress(TEXT.encode() * 50)[:20] + b"\xff" * 40, "damaged gzip"),
    "zstd cut": (zstandard.ZstdCompressor().compress(TEXT.encode() * 50)[:-20], "truncated zstd"),
    "gzip bomb": (gzip.compress(b"a" * 60_000_000, 9), "decompression bomb"),
    "too many elements": ((PAGE_TOP + "<br>" * 40_000).encode(), "too many elements"),
    "attributes": (
        (PAGE_TOP + "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">").encode(),
        "too many attributes",
    ),
    "attributes after a quoted bracket": (
        (PAGE_TOP + '<p x=">" ' + "a " * 200_000 + ">").encode(),
        "too many attributes",
    ),
    "attributes in quotation marks that quote nothing": (
        (PAGE_TOP + '<p " ' + "a " * 200_000 + '">').encode(),
        "too many attributes",
    ),
    "attributes behind a bracket": ((PAGE_TOP + "<p < " + "a " * 200_000 + ">").encode(), "too many attributes"),
    "page without text": (b"<html><body><img src='a.png'></body></html>", "no text on page"),
    "entities in feed": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>',
        "entities in feed",
    ),
    "entities in a feed in UTF-16": (
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>'.encode("utf-16"),
        "entities in feed",
    ),
    "parameter entity in feed": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]><rss><channel/></rss>',
        "entities in feed",
    ),
    "too many elements in feed": (b'<?xml version="1.0"?><rss><channel>' + b"<a/>" * 40_000, "too many elements"),
    "attributes in feed": (
        b'<?xml version="1.0"?><rss><channel><item ' + b" ".join(b'a%d="1"' % n for n in range(5_000)) + b"/>",
        "too many attributes",
    ),
    "feed too large": (b'<?xml version="1.0"?><rss><channel><title>' + b"a" * 6_000_000, "too large"),
    "list of feeds": (b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', "is a list of feeds"),
    "broken feed": (b'<?xml version="1.0"?><rss version="2.0"><channel><title>a</tit', "broken feed"),
    "unknown XML": (b'<?xml version="1.0"?><dataset><doc>a</doc></dataset>', "unknown XML"),
    "no text field": (b'{"title": "a", "n": 3}', "no text field"),
    "no text column": (b"id,date,title,url\n1,2024-01-01,a,b\n", "no text column"),
    "deep JSON": (b'{"text": ' + b"[" * 100_000, "broken JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_with_its_place(name: str) -> None:
    data, reason = BAD[name]
    start = time.process_time()
    wrong = fault(data)
    assert wrong.reason == reason
    assert str(wrong).startswith("in")
    assert time.process_time() - start < 10


def test_missing_file_and_folder(tmp_path) -> None:
    for path, reason in ((tmp_path / "none.txt", "no such file"), (tmp_path, "is a folder")):
        with pytest.raises(InputError) as told:
            list(read_input(path))
        assert (told.value.reason, told.value.place) == (reason, str(path))


def test_records_before_a_cut_archive_are_kept() -> None:
    lines = "".join(json.dumps({"id": str(n), "text": f"{TEXT} {n * 7919 % 10007}"}) + "\n" for n in range(3_000))
    *reports, wrong = read_input(gzip.compress(lines.encode())[:-3_000])
    assert len(reports) > 100
    assert isinstance(wrong, InputError) and wrong.reason in {"truncated gzip", "broken JSON"}


def test_bad_records_among_good_lines() -> None:
    good = json.dumps({"text": TEXT}).encode()
    lines = [
        good,
        b'{"text": "caf\xe9"}',
        b'{"text": ""}',
        b"[]",
        b"null",
        b'{"text": NaN}',
        b"\xef\xbb\xbf" + good,
        good,
    ]
    found = list(read_input(b"\r\n".join(lines), name="in"))
    assert [getattr(f, "reason", "ok") for f in found] == [
        "ok", "undecodable", "empty", "no record", "no record", "empty", "ok", "ok",
    ]  # fmt: skip
    assert [f.place for f in found] == [f"in:{n}" for n in range(1, 9)]


def test_control_characters_and_lone_surrogates_are_repaired_and_noted() -> None:
    report = read_text("Kenya\x00and Uganda signed a treaty on Monday. They met \ud83d\ude00 in Nairobi \ud83d.")
    assert report.repairs == ("surrogates", "controls")
    assert report.text == "Kenya and Uganda signed a treaty on Monday. They met 😀 in Nairobi \ufffd."


def test_mojibake_is_repaired_and_sound_text_is_not_touched() -> None:
    sound = "The café’s owner met the “minister” in Besançon on Monday. They said Ærø is an island."
    assert read_text(sound).repairs == ()
    damaged = read_text(sound.encode().decode("windows-1252", "replace").replace("\ufffd", "\x9d"))
    assert (damaged.text, damaged.repairs) == (sound, ("mojibake",))


@pytest.mark.parametrize(
    "text", ["DPRK wins bronze medal", "Xi meets Putin, Kim in Beijing", "Sudan: army shells Omdurman market"]
)
def test_short_english_texts_are_not_taken_for_other_languages(text: str) -> None:
    assert read_text(text).language == "en"


def test_a_wrong_date_option_is_told() -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        list(read_input(TEXT.encode(), date="someday"))


def test_not_a_report_is_an_input_error_with_its_reason() -> None:
    with pytest.raises(NotAReport) as told:
        read_text("   ")
    assert told.value.reason == "empty"
    assert isinstance(next(read_input(TEXT.encode())), Report)


@pytest.mark.parametrize("depth", [250, 300, 100_000])
@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<table><tr><td>", "<b>"])
def test_text_that_nests_too_deep_for_parsers_is_kept(tags: str, depth: int) -> None:
    data = PAGE_TOP + "</p>" + tags * (depth // tags.count("<")) + f"<p>It is deep. {TEXT}</p>"
    (report,) = read_input(data.encode())
    assert isinstance(report, Report)
    assert f"It is deep. {TEXT}" in report.text


def test_text_behind_a_deep_place_is_kept_in_its_blocks() -> None:
    deep = "<div>" * 400 + f"<p>Deep. {TEXT}</p>" + "</div>" * 400
    (report,) = read_input(f"{PAGE_TOP}</p>{deep}<p>Last. {TEXT}</p><p>End. {TEXT}</p>".encode())
    assert isinstance(report, Report)
    assert report.text.splitlines()[-2:] == [f"Last. {TEXT}", f"End. {TEXT}"]


def test_a_page_within_bounds_is_not_touched() -> None:
    page = f"<ul>{'<li>a' * 500}</ul><table>{'<tr><td>b' * 500}</table>{'<p>c' * 500}<!-- <div> -->"
    assert tame_markup(page, "") == page


@pytest.mark.parametrize("opening", ["<!-- ", "<script>", "<p title='", '<p title="<script >">', "<![CDATA["])
def test_openings_never_closed_are_read_in_linear_time(opening: str) -> None:
    found = list(read_input(f"{PAGE_TOP}</p><p>{TEXT}</p>{opening * 25_000}".encode(), name="in"))
    assert len(found) == 1


def test_deep_items_of_feeds_and_records_are_kept_too() -> None:
    deep = "<div>" * 400 + f"Deep. {TEXT}"
    feed = f'<rss version="2.0"><channel><item><description>{html.escape(deep)}</description></item></channel></rss>'
    for data in (feed, json.dumps({"text": deep})):
        (report,) = read_input(data.encode())
        assert isinstance(report, Report) and report.text == f"Deep. {TEXT}"


MISLABELLED = {
    "a page called JSON": ("a.json", PAGE_TOP.encode(), "html"),
    "a page called gzip": ("a.gz", PAGE_TOP.encode(), "html"),
    "JSON called text": ("a.txt", json.dumps({"text": TEXT}).encode(), "json"),
    "gzip called a page": ("a.html", gzip.compress(TEXT.encode()), "text"),
}


@pytest.mark.parametrize("name", MISLABELLED)
def test_the_name_of_a_file_says_nothing_of_its_kind(name: str, tmp_path: Path) -> None:
    file, data, kind = MISLABELLED[name]
    (tmp_path / file).write_bytes(data)
    (record,) = split_input(tmp_path / file)
    assert isinstance(record, RawRecord) and record.kind == kind


CHARSETS = {
    "told wrongly, is UTF-8": ("iso-8859-1", "utf-8", ""),
    "told by the server": ("windows-1250", "windows-1250", ""),
    "told by the page": ("", "windows-1250", '<meta charset="windows-1250">'),
    "told differently by both": ("windows-1250", "windows-1250", '<meta charset="windows-1251">'),
    "told by a name that is none": ("unicode_escape", "windows-1250", '<meta charset="windows-1250">'),
}


@pytest.mark.parametrize("name", CHARSETS)
def test_charsets(name: str) -> None:
    told, encoding, meta = CHARSETS[name]
    page = f"<html><head>{meta}</head><body><p>Prime Minister Fiala met Tomáš Čaputová. {TEXT}</p></body></html>"
    (record,) = split_input(page.encode(encoding), meta={"charset": told})
    assert isinstance(record, RawRecord)
    (report,) = read_record(record)
    assert isinstance(report, Report) and "Tomáš Čaputová" in report.text


def test_utf7_is_not_undone() -> None:
    page = (
        b"<html><head><meta charset='utf-7'></head><body><p>" + TEXT.encode() + b" +ADw-script+AD4-</p></body></html>"
    )
    (report,) = read_input(page)
    assert isinstance(report, Report) and "<script>" not in report.text


@pytest.mark.parametrize(
    "mark",
    ["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\U000e0041", "\u0301"],
    ids=lambda mark: f"{ord(mark):x}",
)
def test_invisible_marks_stay_in_place_and_break_nothing(mark: str) -> None:
    text = TEXT.replace("Uganda", f"Ug{mark}anda")
    assert read_text(text).text == text
