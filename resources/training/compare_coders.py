"""How far two hands agree on the sentences that both coded.

    python resources/training/compare_coders.py [--disagreements OUT.txt]

``hands/first.txt`` and ``hands/second.txt`` hold what each coded before anything was settled (``ID.N> TYPE status | …``), for the
reports named in ``hands/reports.txt``. Two claims of a sentence are the same where their type and, for the parties, their
codes agree (Jaccard of at least 0.5 on each side; the order of sides doesn't matter for mutual acts). Agreement is F1 of one
hand against the other; status, claimant, magnitudes and date are compared on the claims that are the same. A claim that
either hand marked doubtful is not held against them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from read_reports import read_file, read_second

MUTUAL = ("CONSULT", "AGREE", "COOPERATE", "SUPPORT")
Claim = dict[str, Any]


def get_codes(parties: list[Claim]) -> set[str]:
    return {p["code"].split("-")[0] for p in parties}


def jaccard(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def is_same(a: Claim, b: Claim, *, with_parties: bool = True) -> bool:
    if a["event_type"] != b["event_type"]:
        return False
    actors, recipients = ([get_codes(c[k]) for c in (a, b)] for k in ("actors", "recipients"))
    if not with_parties or (jaccard(*actors) >= 0.5 and jaccard(*recipients) >= 0.5):
        return True
    both = [x | y for x, y in zip(actors, recipients, strict=True)]
    return a["event_type"] in MUTUAL and len(both[0]) > 1 and jaccard(*both) >= 0.5


def pair_claims(a: list[Claim], b: list[Claim], *, with_parties: bool) -> list[tuple[Claim, Claim]]:
    left, pairs = list(b), []
    for claim in a:
        same = next((c for c in left if is_same(claim, c, with_parties=with_parties)), None)
        if same:
            left.remove(same)
            pairs.append((claim, same))
    return pairs


def compare(first: list[Claim], second: list[Claim]) -> tuple[Counter[str], list[tuple[str, int]]]:
    """Counts of claims and agreements; (report, sentence) pairs that need settling."""
    counts: Counter[str] = Counter()
    open_: list[tuple[str, int]] = []
    for one, two in zip(first, second, strict=True):
        for sentence in one["sentences"]:
            a, b = ([c for c in r["claims"] if c["sentence"] == sentence["n"]] for r in (one, two))
            sure = [[c for c in side if not c["doubt"]] for side in (a, b)]
            same = pair_claims(a, b, with_parties=True)
            for name, with_parties in (("type", False), ("dyad", True)):
                found = pair_claims(a, b, with_parties=with_parties)
                counts[name] += len(found)
                for side, hand, place in ((sure[0], a, 0), (sure[1], b, 1)):
                    doubted = [p for p in found if p[place]["doubt"]]
                    counts[f"{name} of"] += len(side) + len(doubted)
                    assert len(hand) >= len(side)
            for x, y in same:
                counts["same"] += 1
                counts["status"] += x["status"] == y["status"]
                counts["claimant"] += get_codes([x["claimant"]] if x["claimant"] else []) == get_codes(
                    [y["claimant"]] if y["claimant"] else []
                )
                counts["date"] += x["date"] == y["date"]
                counts["magnitudes"] += {m["value"] for m in x["magnitudes"]} == {m["value"] for m in y["magnitudes"]}
            unmatched = any(not any(c is p[i] for p in same) for i, side in enumerate(sure) for c in side)
            if unmatched or any(x["status"] != y["status"] for x, y in same):
                open_.append((one["id"], sentence["n"]))
    return counts, open_


def tell(counts: Counter[str]) -> str:
    f1 = {k: 2 * counts[k] / max(counts[f"{k} of"], 1) for k in ("type", "dyad")}
    rest = {k: counts[k] / max(counts["same"], 1) for k in ("status", "claimant", "date", "magnitudes")}
    return (
        "  ".join(f"{k} {v:.3f}" for k, v in (f1 | rest).items()) + f"  (on {counts['same']} claims that are the same)"
    )


FOLDER = Path(__file__).parent


def read_hand(name: str, reports: list[Claim]) -> list[Claim]:
    found, errors = read_second((FOLDER / "hands" / f"{name}.txt").read_text(encoding="utf-8").splitlines(), reports)
    if errors:
        raise SystemExit(f"hands/{name}.txt: {errors[0]}")
    return found


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--disagreements", type=Path)
    a = ap.parse_args()
    twice = set((FOLDER / "hands" / "reports.txt").read_text(encoding="utf-8").split())
    total: Counter[str] = Counter()
    shown: list[str] = []
    for part in ("train", "dev", "test"):
        every = [r for path in sorted((FOLDER / part).glob("*.txt")) for r in read_file(path)]
        reports = [r for r in every if r["id"] in twice]
        first, second = read_hand("first", reports), read_hand("second", reports)
        counts, open_ = compare(first, second)
        total += counts
        sentences, of = (sum(len(r["sentences"]) for r in rows) for rows in (reports, every))
        print(f"{part}: {tell(counts)}; {sentences} of {of} sentences coded twice, {len(open_)} differ")
        shown += [show(part, place, reports, first, second) for place in open_]
    print(f"all: {tell(total)}")
    if a.disagreements:
        a.disagreements.write_text("\n".join(shown), encoding="utf-8")


def show(part: str, place: tuple[str, int], *hands: list[Claim]) -> str:
    """A sentence with what was settled and what either hand coded."""
    (text,) = (s["text"] for r in hands[0] if r["id"] == place[0] for s in r["sentences"] if s["n"] == place[1])
    rows = [f"## {part} {place[0]}.{place[1]} {text}"]
    for name, hand in zip(("settled", "first", "second"), hands, strict=True):
        claims = [c for r in hand if r["id"] == place[0] for c in r["claims"] if c["sentence"] == place[1]]
        for c in claims:
            sides = " → ".join(" ".join(p["code"] for p in c[k]) for k in ("actors", "recipients"))
            rows.append(f"{name}: {c['event_type']} {c['status']} [{c['trigger']['text']}] {sides}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
