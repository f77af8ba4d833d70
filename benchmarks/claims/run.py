"""How near the product's claims are to a coder's: the whole pipeline on the gold reports, scored by the gold's own scorer.

python benchmarks/claims/run.py [--gold GOLD] [--out benchmarks/claims/results/dev.json] [--errors]
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from machine import find_gold, tell_run, write_result  # noqa: E402

import dragoman  # noqa: E402

SEED_REPORT = "dev-21-seed"


def load_scorer(gold: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_gold_reports(gold: Path, parts: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((gold / "reports").glob("*.json")):
        for reading in dragoman.read_all([path], parts):
            if isinstance(reading, Exception):
                print(f"not read: {reading}", file=sys.stderr)
            else:
                found[reading.report.id] = dragoman.to_json(reading)["claims"]
    return found


def check_seed(
    scorer: ModuleType, reports: dict[str, Any], gold: dict[str, Any], said: dict[str, Any]
) -> dict[str, Any]:
    """The sure claims of the seed report found with the right type, parties and status."""
    sure = [c for c in gold[SEED_REPORT] if not c["doubt"]]
    right = 0
    for claim in sure:
        same = [
            c for c in said.get(SEED_REPORT, []) if scorer.sentence_of(reports[SEED_REPORT], c) == claim["sentence"]
        ]
        hit = any(
            c["event_type"] == claim["event_type"] and scorer.parties_agree(claim, c) and c["status"] == claim["status"]
            for c in same
        )
        right += hit
        if not hit:
            print(
                "seed, missed:",
                claim["sentence"],
                claim["event_type"],
                claim["trigger"],
                claim["status"],
                file=sys.stderr,
            )
    return {"sure": len(sure), "right": right, "share": round(right / len(sure), 3)}


def tell_levels(scorer: ModuleType, counts: Any, drawn_from: tuple[Any, Any, Any] | None = None) -> dict[str, Any]:
    """Precision, recall and F1 of every level; with the interval of F1 over ``drawn_from`` (reports, gold, said)."""
    levels: dict[str, Any] = {}
    for level in scorer.LEVELS:
        levels[level] = dict(zip(("p", "r", "f1"), (round(x, 3) for x in scorer.prf(counts[level])), strict=True))
        if drawn_from:
            levels[level]["interval"] = [round(x, 3) for x in scorer.interval(*drawn_from, level)]
    return levels


def tell_types(scorer: ModuleType, per_type: dict[str, Any]) -> dict[str, Any]:
    """Precision, recall, F1 and counts of every type."""
    return {
        t: dict(zip(("p", "r", "f1"), (round(x, 2) for x in scorer.prf(c)), strict=True)) | dict(c)
        for t, c in sorted(per_type.items())
    }


def tell_fields(fields: dict[str, list[bool]]) -> dict[str, Any]:
    """How often each field is right where the claim is found, and of how many."""
    return {k: {"right": round(sum(v) / len(v), 3), "n": len(v)} for k, v in sorted(fields.items())}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--gold", type=Path)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--errors", action="store_true", help="print what was missed and what was too much")
    a = ap.parse_args()
    folder = find_gold(a.gold)
    scorer, parts = load_scorer(folder), dragoman.load_parts()
    said = read_gold_reports(folder, parts)
    gold = {k: v["claims"] for k, v in scorer.load_dir(str(folder / "claims")).items()}
    reports = {k: v for k, v in scorer.load_dir(str(folder / "reports")).items() if k in gold}
    counts, per_type, fields, errors = scorer.score(reports, gold, said)
    result = tell_run("claims", model=parts.maker.model, roster=parts.maker.roster, codebook=parts.maker.codebook) | {
        "reports": len(reports),
        "gold": sum(map(len, gold.values())),
        "said": sum(len(said.get(r, [])) for r in reports),
        "levels": tell_levels(scorer, counts, (reports, gold, said)),
        "fields": tell_fields(fields),
        "types": tell_types(scorer, per_type),
        "seed": check_seed(scorer, reports, gold, said),
    }
    write_result(result, a.out)
    if a.errors:
        print_errors(scorer, reports, errors)


def print_errors(scorer: ModuleType, reports: dict[str, Any], errors: list[Any]) -> None:
    for kind, report, n, claim in errors:
        sentence = next((s["text"] for s in reports[report]["sentences"] if s["n"] == n), "?")
        trigger = claim["trigger"] if isinstance(claim["trigger"], str) else claim["trigger"]["text"]
        parties = f"{sorted(scorer.codes(claim['actors']))}→{sorted(scorer.codes(claim['recipients']))}"
        print(f"{kind:6s} {report}#{n} {claim['event_type']} [{trigger}] {parties} {claim.get('status')} | {sentence}")


if __name__ == "__main__":
    main()
