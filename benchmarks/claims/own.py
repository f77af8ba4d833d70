"""How near the claims are to the hand-coded ones of our own reports: the whole pipeline, per type, status and construction.

python benchmarks/claims/own.py [--part test] [--out benchmarks/claims/results/own.json] [--errors] [--plot FOLDER]

``--part dev`` is for choosing; ``test`` was never trained or tuned on. Scored by the gold's own scorer (``--gold``).
Calibration: the share of claims right in type and dyad against the confidence given, in ten bins of equal size.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "claims"), str(ROOT / "resources" / "training")]

from machine import find_gold, tell_run, write_result  # noqa: E402
from read_reports import read_file  # noqa: E402
from run import load_scorer, print_errors, tell_fields, tell_levels, tell_types  # noqa: E402

import dragoman  # noqa: E402
from dragoman.domain import Report  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402

FOLDER = ROOT / "resources" / "training"


def read_part(part: str) -> list[dict[str, Any]]:
    return [r for path in sorted((FOLDER / part).glob("*.txt")) for r in read_file(path)]


def make_report(record: dict[str, Any]) -> tuple[Report, dict[str, Any]]:
    """The report's text, each headline, caption and note on a line of its own, with where its sentences stand in it."""
    text, sentences, before = "", [], ""
    for s in record["sentences"]:
        if text:
            text += " " if before == s["kind"] == "S" else "\n"
        sentences.append({"n": s["n"], "start": len(text), "end": len(text) + len(s["text"]), "text": s["text"]})
        text += s["text"]
        before = s["kind"]
    report = Report(record["id"], text, date=record["date"], language="en")
    return report, {"id": record["id"], "sentences": sentences}


def expected_error(said: list[tuple[float, bool]], bins: int = 10) -> tuple[float, list[dict[str, float]]]:
    """Expected calibration error over bins of equal size, and the bins. Source: Nguyen & O'Connor 2015."""
    said = sorted(said)
    rows, total = [], 0.0
    for i in range(bins):
        part = said[i * len(said) // bins : (i + 1) * len(said) // bins]
        if part:
            mean, right = sum(c for c, _ in part) / len(part), sum(r for _, r in part) / len(part)
            rows.append({"confidence": round(mean, 3), "right": round(right, 3), "n": len(part)})
            total += abs(mean - right) * len(part)
    return total / max(len(said), 1), rows


def rate_claims(
    scorer: ModuleType, reports: dict[str, Any], gold: dict[str, Any], said: dict[str, Any]
) -> list[tuple[float, bool]]:
    """Confidence of every claim, and whether type and dyad are those of a hand-coded claim of its sentence.

    A claim on a sentence whose doubtful claims it may be is left out.
    """
    out = []
    for rid, report in reports.items():
        by_sentence: dict[int, list[Any]] = defaultdict(list)
        for c in said.get(rid, []):
            by_sentence[scorer.sentence_of(report, c)].append(c)
        for n, claims in by_sentence.items():
            coded = [g for g in gold[rid] if g["sentence"] == n]
            right = {j for _, j in scorer.match(coded, claims, scorer.LEVELS["dyad"])}
            doubtful = any(g["doubt"] for g in coded)
            out += [(c["confidence"], j in right) for j, c in enumerate(claims) if j in right or not doubtful]
    return out


def score_by_tag(
    scorer: ModuleType, records: list[dict[str, Any]], reports: dict[str, Any], gold: Any, said: Any
) -> dict[str, Any]:
    """Type F1 on the sentences of each construction; where one has no claims, how many were said all the same."""
    tags = sorted({t for r in records for s in r["sentences"] for t in s["tags"]})
    out = {}
    for tag in tags:
        at = {(r["id"], s["n"]) for r in records for s in r["sentences"] if tag in s["tags"]}
        g = {rid: [c for c in claims if (rid, c["sentence"]) in at] for rid, claims in gold.items()}
        p = {rid: [c for c in said.get(rid, []) if (rid, scorer.sentence_of(reports[rid], c)) in at] for rid in gold}
        counts = scorer.score(reports, g, p)[0]["type"]
        p_, r_, f = (round(x, 3) for x in scorer.prf(counts))
        out[tag] = {"sentences": len(at), "p": p_, "r": r_, "f1": f, "too many": counts["fp"]}
    return out


def score_by_status(scorer: ModuleType, reports: Any, gold: Any, said: Any) -> dict[str, Any]:
    """Of each hand-coded status: claims found with their type, and with that status too."""
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for rid, report in reports.items():
        for n in {c["sentence"] for c in gold[rid]}:
            sure = [c for c in gold[rid] if c["sentence"] == n and not c["doubt"]]
            own = [c for c in said.get(rid, []) if scorer.sentence_of(report, c) == n]
            every.update(c["status"] for c in sure)
            for i, j in scorer.match(sure, own, scorer.LEVELS["type"]):
                found[sure[i]["status"]] += 1
                right[sure[i]["status"]] += own[j]["status"] == sure[i]["status"]
    return {
        s: {
            "gold": every[s],
            "recall": round(found[s] / every[s], 3),
            "status right": round(right[s] / max(found[s], 1), 3),
        }
        for s in sorted(every)
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--part", default="test", choices=("dev", "test"))
    ap.add_argument("--gold", type=Path)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--plot", type=Path, help="folder for the reliability diagram (needs matplotlib)")
    a = ap.parse_args()
    scorer, parts = load_scorer(find_gold(a.gold)), dragoman.load_parts()
    records = read_part(a.part)
    reports, gold, said = {}, {}, {}
    for record in records:
        report, places = make_report(record)
        reports[record["id"]], gold[record["id"]] = places, record["claims"]
        said[record["id"]] = dragoman.to_json(read_report(report, parts))["claims"]
    counts, per_type, fields, errors = scorer.score(reports, gold, said)
    error, bins = expected_error(rate_claims(scorer, reports, gold, said))
    result = tell_run("claims, own reports", part=a.part, model=parts.maker.model) | {
        "reports": len(reports),
        "sentences": sum(len(r["sentences"]) for r in reports.values()),
        "gold": sum(map(len, gold.values())),
        "said": sum(map(len, said.values())),
        "levels": tell_levels(scorer, counts),
        "fields": tell_fields(fields),
        "types": tell_types(scorer, per_type),
        "statuses": score_by_status(scorer, reports, gold, said),
        "constructions": score_by_tag(scorer, records, reports, gold, said),
        "calibration": {"expected error": round(error, 4), "claims": sum(b["n"] for b in bins), "bins": bins},
    }
    write_result(result, a.out)
    if a.errors:
        print_errors(scorer, reports, errors)
    if a.plot:
        plot_reliability(bins, error, a.plot)


def plot_reliability(bins: list[dict[str, float]], error: float, folder: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(4.6, 4.4))
    axes.plot([0, 1], [0, 1], color="#999", lw=1, ls="--", label="said as often as right")
    axes.plot(
        [b["confidence"] for b in bins], [b["right"] for b in bins], marker="o", color="#1f5fa8", label="claims, tenths"
    )
    axes.set(xlabel="confidence given", ylabel="share right (type and parties)", xlim=(0, 1), ylim=(0, 1))
    axes.set_title(f"{sum(b['n'] for b in bins):.0f} claims, expected error {error:.3f}", fontsize=10)
    axes.legend(frameon=False, fontsize=9)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(folder / "reliability.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
