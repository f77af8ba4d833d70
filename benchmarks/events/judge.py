"""Are claims that were merged one happening, and claims that were not two? A sheet for two readers, and what they say.

    python benchmarks/events/judge.py draw ARCHIVE --sheet SHEET.jsonl [--merged 100] [--spread 100] [--apart 100] [--seed 1]
    python benchmarks/events/judge.py tell SHEET.jsonl FIRST.jsonl SECOND.jsonl [--out benchmarks/events/results/judged.json]

``draw`` takes pairs of claims of one event, drawn evenly from all such pairs whose sentences differ (``merged``), one pair each
of events drawn evenly (``spread``: a war that a hundred claims name makes thousands of the former), and pairs of claims of two
events with the same dyad and kind of act at most two days apart; the sheet mixes them and doesn't tell which is which
(the answer lies in SHEET.key.jsonl). Readers write lines of ``{"id", "verdict": "same" | "different" | "unsure"}``. ``tell``
gives, for each kind, how many each reader and both call different or same, Cohen's kappa, and Wilson intervals.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from judging import find_interval, parse_judging, read_lines  # noqa: E402
from machine import tell_run, write_result  # noqa: E402

import dragoman  # noqa: E402

DAYS_APART = 2


def main() -> None:
    a = parse_judging(__doc__, {"merged": 100, "spread": 100, "apart": 100}, readers=2)
    if a.command == "draw":
        draw_sheet(a.archive, a.sheet, (a.merged, a.spread, a.apart), random.Random(a.seed))
    else:
        write_result(tell_run("merged claims", **tell_sheet(a.sheet, a.readers)), a.out)


def draw_sheet(folder: Path, sheet: Path, numbers: tuple[int, int, int], rng: random.Random) -> None:
    """``numbers``: of pairs merged, spread and apart."""
    with dragoman.open(folder) as archive:
        rows = archive.engine.find_rows(
            "SELECT e.event_id, c.claim_id, c.text, c.trigger, c.event_type, c.quad, c.day::VARCHAR AS day, c.status, "
            "c.report_date::VARCHAR AS report_date, c.outlet, c.title, c.actor_codes, c.recipient_codes "
            "FROM claims c JOIN event_claims e USING (claim_id) WHERE e.event_id IS NOT NULL ORDER BY c.claim_id",
            tables=["claims", "event_claims"],
        )
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    dyads: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["event_id"]].append(row)
        dyads[tuple(sorted(row["actor_codes"])), tuple(sorted(row["recipient_codes"])), row["quad"]].append(row)
    one = [(a, b) for own in groups.values() for a, b in combinations(own, 2) if a["text"] != b["text"]]
    two = [
        (a, b)
        for own in dyads.values()
        for a, b in combinations(sorted(own, key=lambda row: row["day"] or ""), 2)
        if a["event_id"] != b["event_id"] and a["recipient_codes"] and _is_near(a["day"], b["day"])
    ]
    print(f"{len(one)} merged pairs, {len(two)} near pairs apart, {len(groups)} events of {len(rows)} claims")
    merged, spread, apart = numbers
    chosen = [("merged", pair) for pair in rng.sample(one, min(merged, len(one)))]
    taken = {(a["claim_id"], b["claim_id"]) for _, (a, b) in chosen}
    chosen += [("spread", pair) for pair in _spread(one, taken, spread, rng)]
    chosen += [("apart", pair) for pair in rng.sample(two, min(apart, len(two)))]
    rng.shuffle(chosen)
    key = sheet.with_suffix(".key.jsonl")
    with open(sheet, "w", encoding="utf-8") as lines, open(key, "w", encoding="utf-8") as answers:
        for number, (kind, pair) in enumerate(chosen, 1):
            record = {"id": number, "first": _show(pair[0]), "second": _show(pair[1])}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
            ids = [claim["claim_id"] for claim in pair]
            answers.write(json.dumps({"id": number, "kind": kind, "claims": ids}) + "\n")


def _spread(
    pairs: list[tuple[dict[str, Any], dict[str, Any]]], taken: set[tuple[str, str]], number: int, rng: random.Random
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """One pair each of as many events, none that is taken."""
    by_event: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for a, b in pairs:
        if (a["claim_id"], b["claim_id"]) not in taken:
            by_event[a["event_id"]].append((a, b))
    events = rng.sample(sorted(by_event), min(number, len(by_event)))
    return [rng.choice(by_event[event]) for event in events]


def tell_sheet(sheet: Path, readers: list[Path]) -> dict[str, Any]:
    kinds = {row["id"]: row["kind"] for row in read_lines(sheet.with_suffix(".key.jsonl"))}
    verdicts = [{row["id"]: row["verdict"] for row in read_lines(path)} for path in readers]
    both = [number for number in kinds if all(number in own for own in verdicts)]
    result: dict[str, Any] = {"pairs": len(kinds), "judged_by_both": len(both), "kappa": _find_kappa(verdicts, both)}
    for kind, wrong in (("merged", "different"), ("spread", "different"), ("apart", "same")):
        own = [number for number in both if kinds[number] == kind]
        counts = [sum(reader[number] == wrong for number in own) for reader in verdicts]
        agreed = sum(all(reader[number] == wrong for reader in verdicts) for number in own)
        result[kind] = {
            "pairs": len(own), f"{wrong}_by_each": counts, f"{wrong}_by_both": agreed,
            "share_by_both": round(agreed / len(own), 3) if own else None, "interval": find_interval(agreed, len(own)),
            "unsure_by_each": [sum(reader[number] == "unsure" for number in own) for reader in verdicts],
        }  # fmt: skip
    return result


def _is_near(first: str | None, second: str | None) -> bool:
    from datetime import date

    return bool(first and second) and abs((date.fromisoformat(first) - date.fromisoformat(second)).days) <= DAYS_APART  # type: ignore[arg-type]


def _show(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "sentence": " ".join(row["text"].split()), "act": row["trigger"], "type": row["event_type"], "status": row["status"],
        "actors": row["actor_codes"], "recipients": row["recipient_codes"], "report_of": row["report_date"],
        "title": row["title"], "outlet": row["outlet"],
    }  # fmt: skip


def _find_kappa(verdicts: list[dict[int, str]], numbers: list[int]) -> float | None:
    if not numbers:
        return None
    first, second = verdicts
    same = sum(first[n] == second[n] for n in numbers) / len(numbers)
    chance = sum(
        (sum(first[n] == word for n in numbers) / len(numbers))
        * (sum(second[n] == word for n in numbers) / len(numbers))
        for word in ("same", "different", "unsure")
    )
    return round((same - chance) / (1 - chance), 3) if chance < 1 else 1.0


if __name__ == "__main__":
    main()
