"""How often a claim drawn from raw news is right: drawn by seed, judged by two readers who did not write the coder.

    python benchmarks/claims/judge.py draw [--data DATA] [--count 150] [--seed 20261124] [--reports 0] --sheet SHEET.jsonl
    python benchmarks/claims/judge.py tell SHEET_JUDGED_BY_A.jsonl SHEET_JUDGED_BY_B.jsonl --out benchmarks/claims/judged.json

``draw`` reads every report of ``news_*`` that was not coded to train on, and writes the drawn claims with their sentences to a sheet (the
sheet holds news texts: it stays on the reader's machine). A reader adds to each line ``"right": true|false`` and, where
wrong, ``"wrong": [what]`` from act, type, actor, recipient, status, claimant. ``tell`` writes ids and judgements, no texts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from judging import find_interval, read_lines  # noqa: E402
from machine import find_data, tell_run  # noqa: E402
from news import read_news  # noqa: E402

import dragoman  # noqa: E402
from dragoman.domain import Report  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402


@cache
def get_parts() -> dragoman.Parts:
    return dragoman.load_parts()


def read_rows(report: Report) -> tuple[int, list[dict[str, Any]]]:
    """How many sentences a report has, and a row for each of its claims."""
    reading = read_report(report, get_parts())
    texts = {s.index: s.text for s in reading.sentences}
    told = {"report": report.id, "outlet": report.outlet, "date": report.date}
    claims = dragoman.to_json(reading)["claims"]
    return len(texts), [told | {"before": texts.get(c["sentence"]["index"] - 1, ""), "claim": c} for c in claims]


def read_coded_ids() -> set[str]:
    """Reports of which sentences were coded to train on or to choose by: nothing is drawn from them."""
    files = sorted((ROOT / "resources" / "training" / "news").glob("*.jsonl"))
    return {json.loads(line)["report"] for path in files for line in path.read_text(encoding="utf-8").splitlines()}


def draw(data: Path, count: int, seed: int, sheet: Path, *, most: int = 0) -> None:
    parts = get_parts()
    counts: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    items = list(read_news(data))
    coded = read_coded_ids()
    reports = [r for r in items if isinstance(r, Report) and r.id not in coded]
    if most:
        reports = random.Random(seed).sample(reports, min(most, len(reports)))
    counts.update(f"not read: {i.reason}" for i in items if not isinstance(i, Report))
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for sentences, own in pool.map(read_rows, reports, chunksize=8):
            counts.update({"reports": 1, "sentences": sentences, "claims": len(own)})
            rows += own
    print(dict(counts))
    drawn = random.Random(seed).sample(rows, min(count, len(rows)))
    told = {"seed": seed, "version": dragoman.__version__, "model": parts.maker.model, "counts": dict(counts)}
    with sheet.open("w", encoding="utf-8") as f:
        for row in drawn:
            f.write(json.dumps(row | {"drawn": told}, ensure_ascii=False) + "\n")


def tell_level(readers: list[dict[str, Any]], ids: list[str], parts: tuple[str, ...]) -> dict[str, Any]:
    """Share of claims in which no reader's list of wrong parts names any of ``parts``, mean of the readers."""
    right = sum(not set(parts) & set(rows[i].get("wrong") or []) for rows in readers for i in ids)
    return {"mean_of_readers": round(right / (2 * len(ids)), 3), "interval": find_interval(round(right / 2), len(ids))}


def tell(sheets: list[Path], out: Path | None) -> None:
    readers = [read_lines(sheet) for sheet in sheets]
    first, second = ({r["claim"]["id"]: r for r in rows} for rows in readers)
    ids = [i for i in first if i in second]
    both = [(first[i]["right"], second[i]["right"]) for i in ids]
    n = len(both)
    agree = sum(a == b for a, b in both) / n
    shares = [sum(side) / n for side in zip(*both, strict=True)]
    chance = shares[0] * shares[1] + (1 - shares[0]) * (1 - shares[1])
    votes = sum(a for a, _ in both) + sum(b for _, b in both)
    result = tell_run("claims judged", drawn=readers[0][0]["drawn"]) | {
        "claims": n,
        "precision": {
            "mean_of_readers": round(votes / (2 * n), 3),
            "by_reader": [round(s, 3) for s in shares],
            "interval": find_interval(round(votes / 2), n),
            "both_say_right": round(sum(a and b for a, b in both) / n, 3),
        },
        "precision_of_act_and_type": tell_level([first, second], ids, ("act", "type")),
        "precision_with_parties": tell_level([first, second], ids, ("act", "type", "actor", "recipient")),
        "agreement": {"share": round(agree, 3), "kappa": round((agree - chance) / (1 - chance), 3) if chance < 1 else 1.0},
        "wrong_by": dict(Counter(w for rows in (first, second) for i in ids for w in rows[i].get("wrong") or []).most_common()),
        "judgements": [
            {
                "report": first[i]["report"],
                "claim": i,
                "type": first[i]["claim"]["event_type"],
                "right": [first[i]["right"], second[i]["right"]],
            }
            for i in ids
        ],
    }  # fmt: skip
    print(json.dumps({k: v for k, v in result.items() if k != "judgements"}, indent=1))
    if out:
        out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="verb", required=True)
    d = sub.add_parser("draw")
    d.add_argument("--data", type=Path)
    d.add_argument("--count", type=int, default=150)
    d.add_argument("--seed", type=int, default=20261124)
    d.add_argument(
        "--reports", type=int, default=0, help="draw from so many reports, themselves drawn by seed (0: all)"
    )
    d.add_argument("--sheet", type=Path, required=True)
    t = sub.add_parser("tell")
    t.add_argument("sheets", type=Path, nargs=2)
    t.add_argument("--out", type=Path)
    a = ap.parse_args()
    if a.verb == "draw":
        draw(find_data(a.data), a.count, a.seed, a.sheet, most=a.reports)
    else:
        tell(a.sheets, a.out)


if __name__ == "__main__":
    main()
