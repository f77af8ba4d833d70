"""Make a mixed archive's input out of raw news, by a stated recipe, to time ``dragoman add`` on.

    python benchmarks/ingest/make_reports.py FOLDER [--data DATA] [--reports 100000] [--seed 1]

One report in five is political: 17 sentences drawn from those of one news set. The others are 17 sentences that name no
party, drawn from all sets. Then: 10 in 100 reports are exact copies of an earlier one under another outlet, 5 are near
copies (another heading and credit line), 3 are later versions under the same address (a third of the sentences new), and
2 in 1,000 records are damaged or no report. Half of the files are JSON lines, a fifth JSON lines in gzip, a tenth CSV, a
fifth WARC with HTML pages (menus, marks and scripts around the text). Same seed, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import io
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from dragoman.actors.gate import names_a_party  # noqa: E402
from machine import find_data  # noqa: E402
from news import read_news  # noqa: E402

from dragoman.actors import load_roster  # noqa: E402
from dragoman.domain import Report  # noqa: E402
from dragoman.pipeline import cut_report  # noqa: E402

SENTENCES = 17
POLITICAL = 0.2
COPIES, NEAR_COPIES, VERSIONS, DAMAGED = 0.10, 0.05, 0.03, 0.002
REPORTS_A_FILE = 2_500
KINDS = ("jsonl", "jsonl", "jsonl", "jsonl", "jsonl", "jsonl.gz", "jsonl.gz", "csv", "warc.gz", "warc.gz")


@dataclass(frozen=True, slots=True)
class Made:
    """One made report."""

    url: str
    outlet: str
    date: str
    title: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(self.sentences[i : i + 4]) for i in range(0, len(self.sentences), 4))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--reports", type=int, default=100_000)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    a.folder.mkdir(parents=True, exist_ok=True)
    political, plain = find_pools(find_data(a.data))
    print(f"{sum(map(len, political))} political sentences in {len(political)} sets, {len(plain)} that name no party")
    made = make_reports(political, plain, a.reports, random.Random(a.seed))
    for number in range(-(-a.reports // REPORTS_A_FILE)):
        batch = [report for _, report in zip(range(REPORTS_A_FILE), made, strict=False)]
        kind = KINDS[number % len(KINDS)]
        write_file(a.folder / f"{number:04d}.{kind}", kind, batch, random.Random(a.seed * 1_000_003 + number))


def find_pools(data: Path) -> tuple[list[list[str]], list[str]]:
    """The sentences of each news set, and of all sets those that name no party."""
    roster, sets, plain = load_roster(), {}, []
    for report in read_news(data):
        if not isinstance(report, Report):
            continue
        pool = sets.setdefault(report.outlet or "", [])
        for sentence in cut_report(report).sentences:
            text = " ".join(sentence.text.split())
            if 30 <= len(text) <= 600:
                pool.append(text)
                if not names_a_party(text, roster, date=report.date):
                    plain.append(text)
    return [pool for _, pool in sorted(sets.items()) if len(pool) >= 500], plain


def make_reports(political: list[list[str]], plain: list[str], count: int, rng: random.Random) -> Iterator[Made]:
    earlier: list[Made] = []
    for number in range(count):
        dice = rng.random()
        old = rng.choice(earlier) if earlier else None
        if old and dice < COPIES:
            yield replace(old, outlet=f"Outlet {rng.randrange(400)}", url=f"https://copy.example/{number}")
            continue
        if old and dice < COPIES + NEAR_COPIES:
            words = (f"Carried from the wire by Outlet {number % 400}.", *old.sentences)
            yield replace(old, outlet=f"Outlet {number % 400}", url=f"https://near.example/{number}", sentences=words)
            continue
        pool = rng.choice(political) if rng.random() < POLITICAL else plain
        if old and dice < COPIES + NEAR_COPIES + VERSIONS:
            kept = old.sentences[: 2 * len(old.sentences) // 3]
            yield replace(old, sentences=(*kept, *rng.sample(pool, SENTENCES // 3)))
            continue
        report = make_report(number, pool, rng)
        if len(earlier) < 5_000:
            earlier.append(report)
        else:
            earlier[rng.randrange(5_000)] = report
        yield report


def make_report(number: int, pool: list[str], rng: random.Random) -> Made:
    day = f"20{rng.randrange(18, 26)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    sentences = tuple(rng.sample(pool, SENTENCES))
    title = " ".join(sentences[0].split()[:9])
    return Made(f"https://outlet{number % 400}.example/{number}", f"Outlet {number % 400}", day, title, sentences)


def write_file(path: Path, kind: str, batch: list[Made], rng: random.Random) -> None:
    if kind == "csv":
        data = write_csv(batch)
    elif kind == "warc.gz":
        data = b"".join(gzip.compress(write_page_record(report), 6, mtime=0) for report in batch)
    else:
        lines = [write_record(report) for report in batch]
        data = "".join(damage(line, rng) if rng.random() < DAMAGED else line for line in lines).encode()
        data = gzip.compress(data, 6, mtime=0) if kind.endswith(".gz") else data
    path.write_bytes(data)


def write_record(report: Made) -> str:
    record = {
        "title": report.title,
        "text": report.text,
        "date": report.date,
        "outlet": report.outlet,
        "url": report.url,
    }
    return json.dumps(record) + "\n"


def damage(line: str, rng: random.Random) -> str:
    return rng.choice([line[: len(line) // 2] + "\n", '{"text": ""}\n', "\x00\x01\x02\n", '{"title": "no text"}\n'])


def write_csv(batch: list[Made]) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(["title", "text", "date", "outlet", "url"])
    table.writerows([r.title, r.text, r.date, r.outlet, r.url] for r in batch)
    return out.getvalue().encode()


_MENU = "".join(f'<li class="menu__item"><a href="/section/{i}">Section {i}</a></li>' for i in range(120))
_SCRIPT = (
    "<script>"
    + "window.dataLayer=window.dataLayer||[];function track(n){dataLayer.push({event:n});}" * 120
    + "</script>"
)
_RELATED = "".join(
    f'<div class="card"><a href="/more/{i}"><img src="/i/{i}.jpg" alt=""><h4>More to read {i}</h4></a></div>'
    for i in range(40)
)


def write_page_record(report: Made) -> bytes:
    """One WARC response record: an HTML page of some 30 kB."""
    body = "".join(f"<p>{html.escape(text)}</p>" for text in report.text.split("\n\n"))
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(report.title)} | {report.outlet}</title>'
        f'<meta property="article:published_time" content="{report.date}T08:00:00Z">'
        f'<meta property="og:site_name" content="{report.outlet}">{_SCRIPT}</head><body><nav><ul>{_MENU}</ul></nav>'
        f"<main><article><h1>{html.escape(report.title)}</h1>{body}</article></main><aside>{_RELATED}</aside>"
        f"<footer><ul>{_MENU}</ul></footer></body></html>"
    ).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {report.url}\r\nWARC-Date: {report.date}T09:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{random.Random(report.url).getrandbits(128):032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode()
    return head + http + b"\r\n\r\n"


if __name__ == "__main__":
    main()
