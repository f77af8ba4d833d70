"""How often a judged claim is right, told apart by who published the report and whether it is a translation.

    python benchmarks/claims/by_outlet.py [--data DATA] [--out benchmarks/claims/results/by-outlet.json]

Nothing is judged anew: the judgements of ``judged.json`` and of the two draws before it (they were made with the same way of
finding acts) are joined with the reports they are of. A claim counts as right by the mean of its two readers: act, type,
actors, recipients and status all are. The draws were of all news alike, so the thinner kinds have few claims: see the intervals.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "claims")]

from judging import find_interval  # noqa: E402
from machine import find_data, tell_run  # noqa: E402
from news import read_news  # noqa: E402

from dragoman.domain import Report  # noqa: E402

HERE = Path(__file__).parent
DRAWS = (HERE / "judged.json", *(HERE / "results" / f"judged-{which}.json" for which in ("eighth", "seventh")))
"""The newest first."""
KINDS = {
    "1tv_machine_translated": "broadcaster, translated by machine",
    "mfa_russia_telegram": "ministry's channel, its own English",
    "kcna": "state agency, its own English",
    "": "ministry's transcripts and statements, native English",
}
"""Part of the file's name → kind of outlet; the first that fits."""
TRANSLATED = "broadcaster, translated by machine"


def find_kinds(data: Path) -> dict[str, str]:
    """Report id → kind of outlet, by the file it came from."""
    found = {}
    for item in read_news(data):
        if isinstance(item, Report):
            found[item.id] = next(kind for part, kind in KINDS.items() if part in str(item.place))
    return found


def tell(judgements: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Claims, and the share of them that are right by the mean of the readers."""
    votes = [sum(judgement["right"]) / 2 for judgement in judgements]
    share = round(sum(votes) / len(votes), 3)
    return {"claims": len(votes), "right": share, "interval": find_interval(round(sum(votes)), len(votes))}


def tell_draws(draws: list[dict[str, Any]], kinds: dict[str, str]) -> dict[str, Any]:
    """The same judgements by kind of outlet, and by whether the text is a translation."""
    rows = [judgement | {"kind": kinds[judgement["report"]]} for draw in draws for judgement in draw["judgements"]]
    present = [kind for kind in KINDS.values() if any(row["kind"] == kind for row in rows)]
    return {
        "models": [draw["drawn"]["model"] for draw in draws],
        "by_outlet": {kind: tell(row for row in rows if row["kind"] == kind) for kind in present},
        "by_text": {
            "English": tell(row for row in rows if row["kind"] != TRANSLATED),
            "translated by machine": tell(row for row in rows if row["kind"] == TRANSLATED),
        },
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--out", type=Path, default=HERE / "results" / "by-outlet.json")
    a = ap.parse_args()
    kinds = find_kinds(find_data(a.data))
    draws = [json.loads(path.read_text(encoding="utf-8")) for path in DRAWS]
    result = tell_run("claims judged, by outlet") | {
        "newest draw": tell_draws(draws[:1], kinds),
        "last three draws": tell_draws(draws, kinds),
    }
    a.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
