"""Silver acts: what the codebook's frames alone find in newswire, for the heads to learn the frames' many words from.

    python silver.py --data DATA --out runs/silver.jsonl [--share 0 --of 2]

Frames are precise and incomplete: a word that one names is an act of its type; what no frame names is unknown, except in
sentences that name no party, where nothing is an act. Only sentences of the newswire's train outlets are read.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from data import read_newswire

import dragoman
from dragoman.coding import claims as coder
from dragoman.coding.tree import Tree
from dragoman.domain import Report
from dragoman.pipeline import cut_report, find_mentions

DAY = "2022-06-15"


def find_silver(text: str, parts: Any) -> dict[str, Any] | None:
    from dragoman.actors import find_voice
    from dragoman.language import analyse

    report = Report("s", text, date=DAY, language="en")
    sentences = tuple(analyse(parts.model, cut_report(report).sentences))
    if len(sentences) != 1:
        return None
    mentions, _ = find_mentions(report, sentences, parts)
    claims, _ = coder.code_claims(
        report, sentences, mentions, parts.codebook, parts.maker, voice=find_voice(report, parts.roster)
    )
    tokens, tree = sentences[0].tokens, Tree(sentences[0])

    def head(start: int, end: int) -> int | None:
        inside = [i for i, t in enumerate(tokens) if t.start < end and start < t.end]
        return next((i for i in inside if tree[i].head not in inside), None)

    acts = []
    for c in claims:
        if c.confidence < SURE:
            continue
        slots = {
            slot: [h for p in side if p.end > p.start and (h := head(p.start, p.end)) is not None]
            for slot, side in (("actor", c.actors), ("recipient", c.recipients))
        }
        acts.append(
            {
                "at": head(c.trigger.start, c.trigger.end),
                "type": c.event_type,
                "status": c.status,
                "mode": c.mode,
                "slots": slots,
            }
        )
    if not acts and mentions[0].parties:
        return None
    return {"words": [t.text for t in tokens], "acts": acts}


SURE = 0.5


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--share", type=int, default=0)
    ap.add_argument("--of", type=int, default=1)
    a = ap.parse_args()
    if hasattr(coder, "join_seen"):
        coder.join_seen = lambda passage, drafts: (list(drafts), [])  # the frames alone
    parts = dragoman.load_parts()
    examples = read_newswire(a.data, "train")[a.share :: a.of]
    with a.out.open("w", encoding="utf-8") as out:
        for e in examples:
            if 5 <= len(e.words) <= 80 and (found := find_silver(" ".join(e.words), parts)):
                out.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
