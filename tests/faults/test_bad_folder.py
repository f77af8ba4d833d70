"""One folder with everything that can be wrong with an input, and good reports between: the good are all there."""

from __future__ import annotations

import base64
import gzip
import io
import json
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import zstandard
from added import find_faults, make_record, make_text, run_add, write_lines

from dragoman.archive import open_archive

GOOD = "Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
PAGE = b"<html><body><p>" + GOOD.encode()


def _pack_warc(text: str) -> bytes:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>{text}</p></body></html>".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/b\r\n"
    head += f"Content-Type: application/http\r\nContent-Length: {len(page)}\r\n\r\n"
    return gzip.compress(head.encode() + page + b"\r\n\r\n")


def _pack_tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(GOOD)
        archive.addfile(entry, io.BytesIO(GOOD.encode()))
    return out.getvalue()


def _pack_zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 30_000_000)
    return out.getvalue()


def _nest_gzip() -> bytes:
    return gzip.compress(gzip.compress(GOOD.encode()))


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{LAUGHS}]><rss version="2.0"><channel><item><description>&l9;'
)
NOISE = base64.b64encode(bytes((n * 7919) % 251 for n in range(60_000))).decode()

BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "cut.txt.gz": ("truncated gzip", lambda: gzip.compress(f"{GOOD} {NOISE}".encode())[:-40]),
    "cut.txt.zst": ("truncated zstd", lambda: zstandard.compress(f"{GOOD} {NOISE}".encode())[:-40]),
    "damaged.txt.gz": ("damaged gzip", lambda: gzip.compress(GOOD.encode() * 9)[:20] + b"\xff" * 40),
    "cut.warc.gz": ("truncated archive", lambda: _pack_warc(GOOD)[:-30]),
    "broken.jsonl": ("broken JSON", lambda: b'{"text": "' + GOOD.encode() + b"\n"),
    "cut.parquet": ("", lambda: _pack_parquet()[:-60]),
    "false.parquet": ("", lambda: b"PAR1" + GOOD.encode() * 20),
    "broken.xml": ("broken feed", lambda: b'<?xml version="1.0"?><rss version="2.0"><channel><title>a</tit'),
    "entities.xml": ("entities in feed", lambda: BOMB.encode()),
    "bomb.gz": ("decompression bomb", lambda: gzip.compress(b"a" * 60_000_000, 9)),
    "bomb.txt.zst": ("decompression bomb", lambda: zstandard.compress(b"a" * 60_000_000)),
    "bomb.zip": ("", _pack_zip_bomb),
    "bomb.txt": ("", _pack_zip_bomb),
    "deep.json": ("broken JSON", lambda: b'{"text": ' + b"[" * 200_000),
    "huge.html": ("too large", lambda: PAGE + b"x" * 100_000_000),
    "line.txt": ("sentence too long", lambda: (GOOD + " word" * 200_000).encode()),
    "letters.txt": ("sentence too long", lambda: (GOOD + "x" * 1_000_000).encode()),
    "nulls.txt": ("binary", lambda: b"\0" * 5_000 + GOOD.encode()),
    "image.txt": ("is an image", lambda: b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "report.pdf.html": ("is a PDF file", lambda: b"%PDF-1.7\n" + bytes(200)),
    "folder.json": ("is a tar archive", _pack_tar),
    "nested.txt.gz": ("", _nest_gzip),
    "empty.txt": ("empty", lambda: b""),
    "latin.csv": ("undecodable", lambda: b"id,text\n1," + GOOD.encode() + b" caf\xe9\n"),
    "no-text.csv": ("no text column", lambda: b"id,date,title,url\n1,2024-01-01,a,b\n"),
}
"""File → (reason, or nothing where any will do, content)."""
MARKED: dict[str, str] = {
    "bidi.jsonl": f"\u202e{make_text(901)}\u202c",
    "zero-width.jsonl": make_text(902).replace(" ", "\u200b \u200d"),
    "null.jsonl": make_text(903).replace(" ", "\0 ", 1),
    "surrogate.jsonl": f"{make_text(904)} \ud800",
    "combining.jsonl": make_text(905) + "e\u0301\u0301\u0301" * 10,
}
"""Reports that only look bad: they are kept."""
DEEP = f"{PAGE.decode()}</p>" + "<div>" * 5_000 + f"<p>{make_text(906)}</p>" + "</div>" * 5_000


def _pack_parquet() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/pack.parquet"
        duckdb.sql(f"SELECT '{GOOD}' AS text FROM range(200)").write_parquet(path)
        return Path(path).read_bytes()


@dataclass(frozen=True)
class Ended:
    """What a run over the folder left."""

    run: subprocess.CompletedProcess[str]
    totals: dict[str, int]
    rejected: dict[str, list[str]]
    """Reasons by file name."""
    texts: set[str]
    archive: Path


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    root = tmp_path_factory.mktemp("bad")
    folder = root / "in"
    folder.mkdir()
    for name, (_, make) in BAD.items():
        (folder / name).write_bytes(make())
    for name, text in MARKED.items():
        (folder / name).write_text(json.dumps({"text": text, "date": "2024-03-05"}) + "\n", encoding="utf-8")
    (folder / "deep.html").write_text(DEEP, encoding="utf-8")
    write_lines(folder / "good.jsonl", [make_record(number) for number in range(10)])
    run = run_add(root / "archive", [str(folder)], "--json", "--workers", "1")
    with open_archive(root / "archive") as archive:
        found = archive.engine.execute(
            "SELECT place, reason FROM rejected WHERE step IN ('read', 'limits')", tables=["rejected"]
        )
        rejected: dict[str, list[str]] = {}
        for place, reason in found.fetchall():
            rejected.setdefault(Path(place).name.partition(":")[0], []).append(reason)
        texts = {text for (text,) in archive.engine.execute("SELECT text FROM reports", tables=["reports"]).fetchall()}
    return Ended(run, json.loads(run.stdout), rejected, texts, root / "archive")


def test_a_folder_of_everything_bad_is_read_to_its_end(ended: Ended, record_property) -> None:
    assert ended.run.returncode == 3
    assert "Traceback" not in ended.run.stderr
    record_property(
        "figures", f"{len(BAD)} bad files, {len(MARKED) + 1} that only look bad, 10 good reports; exit code 3"
    )


def test_all_good_reports_of_a_bad_folder_are_kept(ended: Ended) -> None:
    assert {make_text(number) for number in range(10)} <= ended.texts


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_rejected_with_its_name_and_reason(ended: Ended, name: str) -> None:
    reason, _ = BAD[name]
    assert name in ended.rejected, "not a word about it"
    assert not reason or reason in ended.rejected[name]
    assert name in ended.run.stderr


@pytest.mark.parametrize("words", ["item 901", "item\u200b \u200d902", "item 903", "item 904", "item 905", "item 906"])
def test_a_report_that_only_looks_bad_is_kept(ended: Ended, words: str) -> None:
    assert any(words in text for text in ended.texts if text)


def test_what_became_of_a_bad_folder_adds_up(ended: Ended) -> None:
    totals = ended.totals
    parts = sum(totals[name] for name in ("coded", "copies", "known", "without_parties", "rejected"))
    assert totals["read"] == parts
    assert totals["rejected"] == sum(map(len, ended.rejected.values()))
    assert find_faults(ended.archive) == []
