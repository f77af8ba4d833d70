"""One folder with everything that can be wrong with an input, and good reports between: the good are all there."""

from __future__ import annotations

import base64
import gzip
import io
import json
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
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
BOMB = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{LAUGHS}]><rss version="2.0"><channel><item><description>&l9;'
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
    "combining.jsonl": make_text(905) + "e\u0301\u0301\u0301" * 300,
}
"""Reports that only look bad: they are kept."""
DEEP = "<div>" * 5_000 + f"<p>{make_text(906)}</p>" + "</div>" * 5_000


def _pack_parquet() -> bytes:
    path = Path(shutil.os.environ.get("TMPDIR", "/tmp")) / "pack.parquet"  # type: ignore[attr-defined]
    duckdb.sql(f"SELECT '{GOOD}' AS text FROM range(200)").write_parquet(str(path))
    return path.read_bytes()
