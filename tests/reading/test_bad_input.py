"""Bad and hostile input: a clear error with its place, and the others go on."""

import gzip
import io
import json
import tarfile
import time

import pytest
import zstandard

from dragoman.domain import Report
from dragoman.errors import InputError, NotAReport
from dragoman.reading import read_input, read_text
from dragoman.reading.limits import MAX_PAGE_BYTES

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
    "deep page": (("<div>" * 300 + TEXT).encode(), "nested too deep"),
    "very deep page": ((PAGE_TOP + "<div>" * 100_000).encode(), "nested too deep"),
    "attributes": (
        (PAGE_TOP + "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">").encode(),
        "too many attributes",
    ),
    "attributes after a quoted bracket": (
        (PAGE_TOP + '<p x=">" ' + "a " * 200_000 + ">").encode(),
        "too many attributes",
    ),
    "page without text": (b"<html><body><img src='a.png'></body></html>", "no text on page"),
    "entities in feed": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>',
        "entities in feed",
    ),
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
