"""How near the claims are to hand-coded ones of real news: the whole pipeline on sentences coded in ``resources/training/news``.

python benchmarks/claims/real.py [--part test] [--data DATA] [--gold GOLD] [--out benchmarks/claims/results/real.json] [--errors] [--hands]

Whole reports are read; claims of the coded sentences are scored, by the gold's own scorer. ``test`` was never trained or tuned on,
``dev`` is for choosing; ``train`` tells how much is learned by heart. ``--hands`` scores the test's second coder by the first instead.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "claims"), str(ROOT / "training" / "reader")]

from machine import find_data, find_gold, tell_run, write_result  # noqa: E402
from news_claims import NEWSPAPER_DAY, read_coded  # noqa: E402
from own import expected_error, rate_claims  # noqa: E402
from run import load_scorer, print_errors, tell_fields, tell_levels, tell_types  # noqa: E402

import dragoman  # noqa: E402
from dragoman.domain import Report  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402

FOLDER = ROOT / "resources" / "training" / "news"


def place_sentences(rows: list[dict[str, Any]]) -> tuple[Report, list[dict[str, Any]]]:
    """One report and where its coded sentences stand; a newspaper's are put one a line, for only they are told apart."""
    first = rows[0]
    if first["source"] == "news":
        return first["whole"], [{"start": r["at"][0], "end": r["at"][1]} for r in rows]
    text, places = "", []
    for row in rows:
        places.append({"start": len(text), "end": len(text) + len(row["text"])})
        text += row["text"] + "\n"
    return Report(first["report"], text, date=NEWSPAPER_DAY, language="en"), places


def read_part(data: Path, part: str) -> dict[str, list[dict[str, Any]]]:
    rows = defaultdict(list)
    for row in read_coded(data, [FOLDER / f"{part}.jsonl"]):
        rows[row["report"]].append(row)
    return rows


def read_all(scorer: Any, data: Path, part: str, parts: dragoman.Parts) -> tuple[dict[str, Any], ...]:
    """By report: its coded sentences, the coded claims, the product's claims on these sentences, and the outlet."""
    reports, gold, said, outlets = {}, {}, {}, {}
    for rows in read_part(data, part).values():
        report, places = place_sentences(rows)
        key = report.id
        coded = [p | {"n": i, "text": r["text"]} for i, (p, r) in enumerate(zip(places, rows, strict=True))]
        reports[key] = {"id": key, "sentences": coded}
        gold[key] = [make_claim(c, n, r["text"]) for n, r in enumerate(rows) for c in r["claims"]]
        claims = dragoman.to_json(read_report(report, parts))["claims"]
        said[key] = [c for c in claims if scorer.sentence_of(reports[key], c) is not None]
        outlets[key] = "newspapers" if rows[0]["source"] == "newspapers" else report.outlet or "ministry"
    return reports, gold, said, outlets


def score_by_outlet(scorer: Any, outlets: dict[str, str], reports: Any, gold: Any, said: Any) -> dict[str, Any]:
    out = {}
    for outlet in sorted(set(outlets.values())):
        own = {k: v for k, v in reports.items() if outlets[k] == outlet}
        counts = scorer.score(own, {k: gold[k] for k in own}, {k: said[k] for k in own})[0]
        out[outlet] = {k: round(scorer.prf(counts[k])[2], 3) for k in ("type", "dyad")} | {"reports": len(own)}
    return out


def compare_hands(scorer: Any) -> dict[str, Any]:
    """F1 of the test's two coders with each other, and the shares of same fields where both have the same claim."""
    hands = []
    for name in ("test", "test-second"):
        coded = defaultdict(list)
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            coded[row["report"]] += [make_claim(c, str(row["at"]), "") for c in row["claims"]]
        hands.append(coded)
    counts, _, fields, _ = scorer.score({k: {} for k in {*hands[0], *hands[1]}}, *hands)
    levels = {level: round(scorer.prf(counts[level])[2], 3) for level in scorer.LEVELS}
    return levels | {k: round(sum(v) / len(v), 3) for k, v in sorted(fields.items())}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--part", default="test", choices=("test", "dev", "train"))
    ap.add_argument("--data", type=Path)
    ap.add_argument("--gold", type=Path)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--hands", action="store_true")
    a = ap.parse_args()
    scorer = load_scorer(find_gold(a.gold))
    if a.hands:
        print(json.dumps(compare_hands(scorer), indent=1))
        return
    parts = dragoman.load_parts()
    reports, gold, said, outlets = read_all(scorer, find_data(a.data), a.part, parts)
    counts, per_type, fields, errors = scorer.score(reports, gold, said)
    error, bins = expected_error(rate_claims(scorer, reports, gold, said))
    result = tell_run("claims, real news", part=a.part, model=parts.maker.model) | {
        "reports": len(reports),
        "sentences": sum(len(r["sentences"]) for r in reports.values()),
        "gold": sum(map(len, gold.values())),
        "said": sum(map(len, said.values())),
        "levels": tell_levels(scorer, counts, (reports, gold, said)),
        "fields": tell_fields(fields),
        "types": tell_types(scorer, per_type),
        "outlets": score_by_outlet(scorer, outlets, reports, gold, said),
        "calibration": {"expected error": round(error, 4), "claims": sum(b["n"] for b in bins), "bins": bins},
    }
    write_result(result, a.out)
    if a.errors:
        print_errors(scorer, reports, errors)


def make_claim(claim: dict[str, Any], n: Any, text: str) -> dict[str, Any]:
    """A kept claim in the shape of the gold: with its sentence, its trigger's words and what it leaves out."""
    empty = {"recipients": [], "claimant": None, "magnitudes": [], "date": None, "place": None, "doubt": False}
    trigger = claim["trigger"]
    return empty | claim | {"sentence": n, "trigger": text[trigger["start"] : trigger["end"]]}


if __name__ == "__main__":
    main()
