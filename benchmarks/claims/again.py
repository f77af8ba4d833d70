"""What became of claims that were judged: read again by the coder of now, which are kept, changed or gone.

    python benchmarks/claims/again.py SHEET_JUDGED_BY_A.jsonl SHEET_JUDGED_BY_B.jsonl [--data DATA] [--list]

A judged claim is found again by its report, sentence, type and trigger. Of those that both readers call right, the ones
kept as they were are right still; of those whose parties either calls wrong, the ones that are the same are wrong still.
A changed one may be either: ``--list`` prints them with what they are now (news texts: for the reader's own screen).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from machine import find_data  # noqa: E402
from news import read_news  # noqa: E402

import dragoman  # noqa: E402
from dragoman.domain import Report  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402

PARTIES = frozenset(("actor", "recipient"))


def read_again(data: Path, wanted: set[str]) -> dict[str, list[dict[str, Any]]]:
    """The claims of now of every wanted report."""
    parts = dragoman.load_parts()
    return {
        r.id: dragoman.to_json(read_report(r, parts))["claims"]
        for r in read_news(data)
        if isinstance(r, Report) and r.id in wanted
    }


def find_same(old: dict[str, Any], claims: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The claim of the same type on the same words, else of the same words."""
    at = (old["trigger"]["start"], old["trigger"]["end"])
    here = [c for c in claims if c["trigger"]["start"] < at[1] and at[0] < c["trigger"]["end"]]
    return next((c for c in here if c["event_type"] == old["event_type"]), here[0] if here else None)


def get_sides(claim: dict[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    return (
        frozenset(p["code"] for p in claim["actors"]),
        frozenset(p["code"] for p in claim["recipients"]),
    )


def tell_sides(claim: dict[str, Any]) -> str:
    sides = [", ".join(f"{p['code']} ({p['text']})" for p in claim[k]) for k in ("actors", "recipients")]
    return f"{claim['event_type']} {claim['status']} {sides[0]} > {sides[1]}"


def judge_again(first: dict[str, Any], second: dict[str, Any], now: dict[str, Any] | None) -> tuple[str, str]:
    """What the readers said of a claim's parties, and what became of it."""
    wrong = {w for row in (first, second) for w in row.get("wrong") or []}
    is_right = first["right"] and second["right"]
    said = "parties wrong" if wrong & PARTIES else "right" if is_right else "parties right"
    old = first["claim"]
    if now is None:
        return said, "gone"
    if get_sides(now) != get_sides(old):
        return said, "parties changed"
    same = all(now[k] == old[k] for k in ("event_type", "status"))
    return said, "kept" if same else "type or status changed"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("sheets", type=Path, nargs=2)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--list", action="store_true")
    a = ap.parse_args()
    rows = [[json.loads(x) for x in s.read_text(encoding="utf-8").splitlines() if x] for s in a.sheets]
    first, second = ({r["claim"]["id"]: r for r in side} for side in rows)
    claims = read_again(find_data(a.data), {r["report"] for r in first.values()})
    counts: Counter[tuple[str, str]] = Counter()
    for i in (i for i in first if i in second):
        old = first[i]["claim"]
        now = find_same(old, claims.get(first[i]["report"], []))
        said, became = judge_again(first[i], second[i], now)
        counts[said, became] += 1
        if a.list and (became != "kept" or said == "parties wrong"):
            print(f"{said}, {became}: {i[:9]} {tell_sides(old)}\n   now: {tell_sides(now) if now else 'nothing'}")
            print(f"   {old['sentence']['text'][:400]}")
    for (said, became), n in sorted(counts.items()):
        print(f"{said:14} {became:24} {n}")


if __name__ == "__main__":
    main()
