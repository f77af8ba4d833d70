"""Whether twelve English wordings of one report give the same claims: WMT23 Ukrainian-English, its news documents.

    python benchmarks/translation/run.py [--data DATA] [--gold GOLD] [--out benchmarks/translation/results/translation.json]

For every pair of wordings of a document, F1 of the claims of one against the other's, segment by segment: a claim is the
same where its type is and actors and recipients agree (Jaccard of codes at least 0.5 each), as the gold's scorer has it.
Beside it: type alone, and the gold reports that were written in English against those that were translated by machine.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "claims")]

from machine import find_data, find_gold, tell_run, write_result  # noqa: E402
from run import load_scorer, read_gold_reports  # noqa: E402

import dragoman  # noqa: E402
from dragoman.domain import Report  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402

DAY = "2023-02-15"
"""The documents are of February 2023; none tells its day."""
TRANSLATED = ("tv1mt", "seed", "wmt")
"""Parts of the ids of gold reports that are machine translations."""


def read_documents(data: Path) -> dict[str, dict[str, list[str]]]:
    """Document → wording → its segments, of the news documents."""
    root = ET.parse(next((data / "wmt23_uk-en_mt").glob("*.xml"))).getroot()
    found: dict[str, dict[str, list[str]]] = {}
    for doc in root.iter("doc"):
        if doc.get("domain") == "news":
            versions = [*doc.findall("ref"), *doc.findall("hyp")]
            found[doc.get("id", "")] = {
                v.get("system") or v.get("translator", ""): [s.text or "" for s in v.iter("seg")] for v in versions
            }
    return found


def read_wording(name: str, segments: list[str], parts: Any) -> dict[int, list[dict[str, Any]]]:
    """Segment → its claims."""
    text, starts = "", []
    for segment in segments:
        starts.append(len(text))
        text += segment.strip() + "\n"
    claims = dragoman.to_json(read_report(Report(name, text, date=DAY, language="en"), parts))["claims"]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for claim in claims:
        found[sum(s <= claim["trigger"]["start"] for s in starts) - 1].append(claim)
    return found


def compare(scorer: ModuleType, a: dict[int, Any], b: dict[int, Any], level: str) -> tuple[int, int, int]:
    """Claims shared, and claims of either side."""
    shared = sum(len(scorer.match(a.get(n, []), b.get(n, []), scorer.LEVELS[level])) for n in set(a) | set(b))
    return shared, sum(map(len, a.values())), sum(map(len, b.values()))


def mean_f1(scorer: ModuleType, read: dict[str, dict[str, Any]], level: str) -> tuple[float, float]:
    """Mean of F1 over pairs of wordings, all documents of a pair counted together; and over pairs of documents."""
    systems = sorted(next(iter(read.values())))
    by_pair, by_document = [], []
    for a, b in itertools.combinations(systems, 2):
        counts = [compare(scorer, wordings[a], wordings[b], level) for wordings in read.values()]
        shared, left, right = (sum(x) for x in zip(*counts, strict=True))
        by_pair.append(2 * shared / max(left + right, 1))
        by_document += [2 * s / (x + y) for s, x, y in counts if x + y]
    return sum(by_pair) / len(by_pair), sum(by_document) / max(len(by_document), 1)


def tell_translated(scorer: ModuleType, folder: Path, parts: Any) -> dict[str, Any]:
    """Type and dyad F1 on the gold reports, written in English against translated by machine."""
    said = read_gold_reports(folder, parts)
    gold = {k: v["claims"] for k, v in scorer.load_dir(str(folder / "claims")).items()}
    reports = {k: v for k, v in scorer.load_dir(str(folder / "reports")).items() if k in gold}
    out = {}
    for name, wanted in (("native", False), ("machine-translated", True)):
        chosen = {k: v for k, v in reports.items() if any(t in k for t in TRANSLATED) == wanted}
        counts = scorer.score(chosen, gold, said)[0]
        out[name] = {"reports": len(chosen)} | {k: round(scorer.prf(counts[k])[2], 3) for k in ("type", "dyad")}
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--gold", type=Path)
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    folder = find_gold(a.gold)
    scorer, parts = load_scorer(folder), dragoman.load_parts()
    documents = read_documents(find_data(a.data))
    read = {d: {name: read_wording(d, s, parts) for name, s in w.items()} for d, w in documents.items()}
    said = [sum(map(len, claims.values())) for w in read.values() for claims in w.values()]
    result = tell_run("translation", model=parts.maker.model) | {
        "documents": len(read), "wordings": len(next(iter(read.values()))), "claims a wording": round(sum(said) / len(said), 2),
    }  # fmt: skip
    for level in ("type", "dyad"):
        by_pair, by_document = mean_f1(scorer, read, level)
        result[f"pairwise {level} F1"] = {
            "over pairs of wordings": round(by_pair, 3),
            "over documents": round(by_document, 3),
        }
    result["gold reports"] = tell_translated(scorer, folder, parts)
    write_result(result, a.out)


if __name__ == "__main__":
    main()
