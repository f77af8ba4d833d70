"""Sentences of real news coded by hand, kept as places and codes without their words.

    python news_claims.py draw --data DATA --gold GOLD --out FOLDER [--seed 41] [--packs 6] [--without KEPT.jsonl …]
    python news_claims.py keep --packs FOLDER --out ../../resources/training/news/train.jsonl [--only 0 1 2 3 4] [--held KEPT.jsonl …]

``draw`` writes packs of sentences for coders: ``packN.txt`` to read, ``packN.json`` for ``keep`` (they hold news texts and stay
on the coder's machine); reports that share a sentence with the gold are left out. Coders write ``claimsN.txt``, lines of the form
that resources/training/read_reports.py explains (``ID.N> TYPE status | …``). ``keep`` writes a line a sentence: where it stands in
which report, a checksum of its words, and its claims by the characters of the sentence. ``read_coded`` joins these with DATA again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from data import read_tagged, split_outlets

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "benchmarks"), str(ROOT / "resources" / "training")]

from news import read_news  # noqa: E402
from read_reports import Wrong, read_second  # noqa: E402

import dragoman  # noqa: E402
from dragoman.domain import Report  # noqa: E402
from dragoman.pipeline import cut_report, find_telling  # noqa: E402

REPORTS = {
    "kcna.kp": (75, "KCNA (North Korean state agency)"),
    "1tv.ru": (80, "Channel One Russia, machine-translated"),
    None: (55, "Russian foreign ministry, Telegram"),
    "United States Department of State": (80, "US State Department release"),
}
"""Outlet of news_* → how many reports are drawn, and how a coder sees it called."""
NEWSPAPERS = 65
NEWSPAPER_DAY = "2022-06-15"  # the newspapers' corpus tells no dates; its articles are of 2022
AT_ONCE = 10  # sentences of one report
WORDS = range(3, 111)
_POLITICAL = re.compile(
    r"\b(minister|president|government|police|troops|army|parliament|UN|court|rebels|protest|talks|military|ambassador"
    r"|sanction|militants)",
    re.IGNORECASE,
)


def squeeze(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def check(text: str) -> str:
    """Of a sentence's words, whatever stands between them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def read_gold(gold: Path) -> set[str]:
    reports = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((gold / "reports").glob("*.json"))]
    return {k for r in reports for s in r["sentences"] if len(k := squeeze(s["text"])) > 40}


def read_newspapers(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Name and sentences (words with spaces between) of each article of the outlets that names are trained on."""
    articles = defaultdict(list)
    for path in sorted((data / "worldwide_newswire_ner_train" / "processed_annotated").iterdir()):
        lines = path.read_text(encoding="utf-8").splitlines()
        outlet = re.sub(r"^https?://(www\.)?", "", lines[0].split("\t")[0]).split("/")[0]
        articles[outlet].append((path.name, lines[1:]))
    chosen = split_outlets({k: len(v) for k, v in articles.items()})
    for outlet in sorted(articles):
        if chosen[outlet] == "train":
            for name, lines in articles[outlet]:
                yield name, [" ".join(e.words) for e in read_tagged(lines)]


# --- drawing --------------------------------------------------------------------------------------


def draw_news(data: Path, gold: set[str], had: set[str], times: int, rng: random.Random) -> list[dict[str, Any]]:
    by_outlet = defaultdict(list)
    for report in read_news(data):
        if isinstance(report, Report) and report.id not in had:
            by_outlet[report.outlet].append(report)
    parts, drawn = dragoman.load_parts(), []
    for outlet, (most, shown) in REPORTS.items():
        reports, titles, count = by_outlet[outlet], set(), 0
        rng.shuffle(reports)
        for report in reports:
            title = squeeze(report.text[:200])
            if count == most * times or title in titles:
                continue
            titles.add(title)
            sentences = cut_report(report).sentences
            if any(squeeze(s.text) in gold for s in sentences) or not find_telling(report, sentences, parts):
                continue
            kept = [s for s in take_some(sentences, rng) if len(s.text.split()) in WORDS]
            if len(kept) > 1:
                count += 1
                rows = [{"at": [s.span.start, s.span.end], "text": " ".join(s.text.split())} for s in kept]
                drawn.append(
                    {"source": "news", "report": report.id, "date": report.date, "shown": shown, "sentences": rows}
                )
    return drawn


def take_some(sentences: Sequence[Any], rng: random.Random) -> list[Any]:
    """The first sentence and those of one stretch, as often as not that which follows it."""
    if len(sentences) <= AT_ONCE:
        return list(sentences)
    at = rng.choice([1, 1, 1, rng.randrange(1, len(sentences) - AT_ONCE + 2)])
    return [sentences[0], *sentences[at : at + AT_ONCE - 1]]


def draw_newspapers(data: Path, had: set[str], most: int, least: int, rng: random.Random) -> list[dict[str, Any]]:
    """``least``: words of politics in an article's first sentences."""
    articles = [(n, s) for n, s in read_newspapers(data) if n not in had]
    rng.shuffle(articles)
    chosen = [(n, s) for n, s in articles if len(_POLITICAL.findall(" ".join(s[:14]))) >= least][:most]
    return [
        {
            "source": "newspapers", "report": name, "date": None, "shown": "newspaper",
            "sentences": [{"at": i, "text": s} for i, s in enumerate(sentences[:AT_ONCE]) if len(s.split()) in WORDS],
        }
        for name, sentences in chosen
    ]  # fmt: skip


def write_packs(drawn: list[dict[str, Any]], out: Path, packs: int, rng: random.Random) -> None:
    out.mkdir(parents=True, exist_ok=True)
    drawn.sort(key=lambda r: r["shown"])
    for n in range(packs):
        pack = drawn[n::packs]
        rng.shuffle(pack)
        with (out / f"pack{n}.txt").open("w", encoding="utf-8") as f:
            for i, report in enumerate(pack):
                report["id"] = f"n{n}-{i:03d}"
                f.write(f"=== {report['id']} {report['date'] or NEWSPAPER_DAY} | {report['shown']}\n")
                f.writelines(f"{i}| {s['text']}\n" for i, s in enumerate(report["sentences"], 1))
                f.write("\n")
        (out / f"pack{n}.json").write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
        print(f"pack {n}: {len(pack)} reports, {sum(len(r['sentences']) for r in pack)} sentences")


# --- keeping and reading again --------------------------------------------------------------------


def keep(packs: Path, only: Sequence[int], held: Sequence[Path], out: Path) -> None:
    """``held``: kept rows whose sentences may not be trained on; what says the same in another report is left out."""
    apart = {json.loads(line)["check"] for p in held for line in p.read_text(encoding="utf-8").splitlines()}
    lines = [line for n in only for line in keep_pack(packs, n) if line["check"] not in apart]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} sentences, {sum(len(line['claims']) for line in lines)} claims → {out}")


def keep_pack(packs: Path, n: int) -> Iterator[dict[str, Any]]:
    """A row a sentence of every report up to the last one that the coder coded."""
    pack = json.loads((packs / f"pack{n}.json").read_text(encoding="utf-8"))
    texts = [{"id": r["id"], "sentences": [s | {"n": i} for i, s in enumerate(r["sentences"], 1)]} for r in pack]
    coded, errors = read_second((packs / f"claims{n}.txt").read_text(encoding="utf-8").splitlines(), texts)
    if errors:
        raise Wrong(f"claims{n}.txt: {errors[0]}")
    last = max(i for i, r in enumerate(coded) if r["claims"])
    for report, read in zip(pack[: last + 1], coded, strict=False):
        for sentence in read["sentences"]:
            claims = [strip(c) for c in read["claims"] if c["sentence"] == sentence["n"]]
            row = {"source": report["source"], "report": report["report"], "date": report["date"], "at": sentence["at"]}
            yield row | {"check": check(sentence["text"]), "claims": claims}


def strip(claim: dict[str, Any]) -> dict[str, Any]:
    """Without its words, and without what is not there."""
    bare = {k: drop_words(v) for k, v in claim.items() if k != "sentence"}
    return {k: v for k, v in bare.items() if v}


def drop_words(value: Any) -> Any:
    if isinstance(value, list):
        return [drop_words(v) for v in value]
    return {k: v for k, v in value.items() if k != "text" and v is not None} if isinstance(value, dict) else value


def read_coded(data: Path, paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The kept rows with the words of their sentences (``text``, single spaces) and, of news_*, the ``whole`` report.

    Raises:
        ValueError: DATA holds another text where a row points.
    """
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {(r["source"], r["report"]) for r in rows}
    texts: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for report in read_news(data):
        if isinstance(report, Report) and ("news", report.id) in wanted:
            texts["news", report.id].append(report)
    for name, sentences in read_newspapers(data):
        if ("newspapers", name) in wanted:
            texts["newspapers", name].append(sentences)
    for row in rows:
        found = [(cut_words(t, row["at"]), t) for t in texts[row["source"], row["report"]]]
        text, whole = next(((t, w) for t, w in found if check(t) == row["check"]), (None, None))
        if text is None:
            raise ValueError(f"{row['source']} {row['report']} at {row['at']}: {data} holds other words there")
        yield row | {"text": text, "whole": whole}


def cut_words(report: Any, at: Any) -> str:
    """Of a report by characters, of an article's sentences by number."""
    found = report.text[slice(*at)] if isinstance(report, Report) else report[at] if at < len(report) else ""
    return " ".join(found.split())


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="what", required=True)
    one = sub.add_parser("draw")
    one.add_argument("--data", type=Path, required=True)
    one.add_argument("--gold", type=Path, required=True)
    one.add_argument("--seed", type=int, default=41)
    one.add_argument("--packs", type=int, default=6)
    one.add_argument("--times", type=int, default=1, help="so many times the usual count of reports of news_*")
    one.add_argument("--newspapers", type=int, default=NEWSPAPERS, help="so many articles of newspapers")
    one.add_argument("--political", type=int, default=5, help="least words of politics in an article's beginning")
    one.add_argument("--without", type=Path, nargs="*", default=[], help="rows kept before: their reports aren't drawn")
    two = sub.add_parser("keep")
    two.add_argument("--packs", type=Path, required=True)
    two.add_argument("--only", type=int, nargs="*", default=range(6))
    two.add_argument("--held", type=Path, nargs="*", default=[], help="kept rows whose sentences are left out")
    for each in (one, two):
        each.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    if a.what == "keep":
        keep(a.packs, a.only, a.held, a.out)
        return
    rng = random.Random(a.seed)
    had = {json.loads(line)["report"] for p in a.without for line in p.read_text(encoding="utf-8").splitlines()}
    drawn = draw_news(a.data, read_gold(a.gold), had, a.times, rng)
    write_packs(drawn + draw_newspapers(a.data, had, a.newspapers, a.political, rng), a.out, a.packs, rng)


if __name__ == "__main__":
    main()
