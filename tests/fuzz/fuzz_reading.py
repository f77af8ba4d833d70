"""Coverage-guided fuzzing of the readers: ``python tests/fuzz/fuzz_reading.py --minutes 10 --out FOLDER``.

Needs ``atheris`` (the extra ``fuzz``). Each input is split and read as ``dragoman add`` does. A finding is an exception
that is no InputError, an input that ends in neither report nor error, a block outside its text, or a reading that takes
seconds for some kilobytes. Each kind of finding is written to the folder once, and fuzzing goes on.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["dragoman.reading"]):
    from dragoman.domain import Report
    from dragoman.errors import InputError
    from dragoman.reading import RawRecord, find_blocks, read_record, split_input

SLOW_SECONDS = 3.0
MOST_BYTES = 16_384
TEXT = b"Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
EXAMPLES = Path(__file__).parents[2] / "src/dragoman/_data/examples"
PIECES = (
    b"<html>", b"<p>", b"</p>", b"<script>", b"<table><tr><td>", b"&amp;", b"<rss version='2.0'><channel>", b"<item>",
    b"<description>", b"<![CDATA[", b"]]>", b"<!DOCTYPE", b"<!ENTITY a 'b'>", b'{"text": "', b'"}', b'[{"content": "',
    b"id,text\n", b"WARC/1.0\r\n", b"WARC-Type: response\r\n", b"Content-Length: 40\r\n", b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n", b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"filedesc://a 0 1 t 2\n",
    b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PAR1", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\\ud800", b'"date": "',
    b"<opml", b"charset=", b"utf-7", b"utf-16", b"jsonfeed.org/version/1.1", b'"items": [', b"<feed xmlns=",
    b"datePublished", b"application/ld+json", b"og:title", b"\xe2\x80\xae", b"\xe2\x80\x8b",
)  # fmt: skip
"""Words of the formats, for the fuzzer to put together."""


class Fuzzer:
    """Reads one input after the other and keeps what goes wrong."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._seen: set[str] = set()

    def read(self, data: bytes) -> None:
        """One input; whatever goes wrong is noted, and nothing is raised."""
        start = time.monotonic()
        try:
            check(list(read_all(data)))
        except Exception as error:
            self._note(_name(error), data)
        if time.monotonic() - start > SLOW_SECONDS:
            self._note("slow", data)

    def _note(self, name: str, data: bytes) -> None:
        if name not in self._seen:
            self._seen.add(name)
            (self.out / f"{len(self._seen):03}-{name}.bin").write_bytes(data)
            print(f"finding: {name} ({len(data)} bytes)", flush=True)


def read_all(data: bytes) -> Iterator[Report | InputError]:
    try:
        for item in split_input(data, name="in"):
            yield from read_record(item) if isinstance(item, RawRecord) else [item]
    except InputError as wrong:
        yield wrong


def check(found: list[Report | InputError]) -> None:
    """What must hold of every input."""
    assert found, "neither report nor error"
    for report in found:
        if isinstance(report, Report):
            assert "\0" not in report.text, "a null character"
            last = 0
            for block in find_blocks(report):
                assert last <= block.span.start < block.span.end <= len(report.text), "a block outside"
                last = block.span.end


def _name(error: Exception) -> str:
    """What tells one kind of finding from another: the exception, and where in our code it came through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "dragoman" in frame.filename]
    where = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}-{Path(where.filename).stem}-{where.lineno}"


def make_seeds(folder: Path) -> None:
    """One small input of each kind, and made of pieces at random."""
    seeds = [
        TEXT,
        b"<html><p>" + TEXT,
        b'{"text": "' + TEXT + b'"}\n',
        b"id,text\n1," + TEXT,
        _make_warc(),
        _make_arc(),
    ]
    seeds += [path.read_bytes()[:MOST_BYTES] for path in sorted(EXAMPLES.iterdir())]
    seeds += [gzip.compress(seed) for seed in seeds[:6]] + [_make_parquet()]
    choose = random.Random(1)
    for _ in range(200):
        seeds.append(b"".join(choose.choice((*PIECES, TEXT)) for _ in range(choose.randrange(2, 12))))
    for number, seed in enumerate(seeds):
        (folder / f"{number:03}").write_bytes(seed)


def _make_warc() -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + TEXT
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/c\r\nContent-Type: application/http\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % len(page) + page + b"\r\n\r\n"


def _make_arc() -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + TEXT
    return b"filedesc://a 0 1 t 2\n\n\nhttp://a.b/ 1.2.3.4 20240101000000 text/html %d\n" % len(page) + page + b"\n"


def _make_parquet() -> bytes:
    import pyarrow
    import pyarrow.parquet

    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": [TEXT.decode()] * 3}), stream)
    return stream.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--out", type=Path, required=True)
    told = parser.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    fuzzer = Fuzzer(told.out)
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        make_seeds(corpus)
        words.write_text("".join('"%s"\n' % "".join(f"\\x{byte:02x}" for byte in piece) for piece in PIECES))
        flags = [f"-max_total_time={int(told.minutes * 60)}", f"-max_len={MOST_BYTES}", f"-dict={words}", "-timeout=60"]
        flags += [
            f"-artifact_prefix={told.out}/",
            "-rss_limit_mb=3000",
            "-verbosity=0",
            "-print_final_stats=1",
            "-seed=2",
            str(corpus),
        ]
        atheris.Setup([sys.argv[0], *flags], fuzzer.read)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
