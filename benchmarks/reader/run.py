"""How well the reader reads: trees, parts of speech, entities and roles on test splits it was never trained on.

python benchmarks/reader/run.py [--data DATA] [--model FOLDER] [--split test] [--out benchmarks/reader/results/reader.json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "training" / "reader"), str(ROOT / "benchmarks")]

from data import Example, read_ewt, read_gum, read_newswire  # noqa: E402
from labels import UNER  # noqa: E402
from machine import find_data, tell_run  # noqa: E402

from dragoman.language.model import Analysis, Model, analyse_words, load_model  # noqa: E402


def score_trees(pairs: Iterable[tuple[Example, Analysis]]) -> dict[str, Any]:
    """Share of words, punctuation counted, with the right head (UAS), head and relation (LAS), tag and features.

    Relations are compared whole, subtype included.
    """
    c: Counter[str] = Counter()
    for gold, got in pairs:
        for i in range(len(gold.words)):
            head, relation = (got.heads[i], got.relations[i]) if i < len(got.heads) else (-2, "")
            c["words"] += 1
            c["uas"] += head == gold.heads[i]
            c["las"] += (head, relation) == (gold.heads[i], gold.relations[i])
            base = relation.split(":")[0] == gold.relations[i].split(":")[0]
            c["las_no_subtypes"] += head == gold.heads[i] and base
            c["upos"] += i < len(got.upos) and got.upos[i] == gold.upos[i]
            c["feats"] += i < len(got.feats) and got.feats[i] == gold.feats[i]
    return {"words": c["words"]} | {
        k: round(c[k] / c["words"], 4) for k in ("las", "las_no_subtypes", "uas", "upos", "feats")
    }


def f1(right: int, said: int, true: int) -> dict[str, Any]:
    p, r = right / max(said, 1), right / max(true, 1)
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / max(p + r, 1e-9), 4), "gold": true}


def read_spans(labels: list[str]) -> set[tuple[int, int, str]]:
    spans, start = set(), 0
    for i, tag in enumerate(labels):
        if tag[0] in "BS":
            start = i
        if tag[0] in "ES":
            spans.add((start, i, tag[2:]))
    return spans


def score_entities(pairs: Iterable[tuple[Example, Analysis]], kinds: set[str] | None = None) -> dict[str, Any]:
    """Entities with both ends and kind right."""
    right, said, true = Counter(), Counter(), Counter()  # type: ignore[var-annotated]
    for gold, got in pairs:
        g = {s for s in read_spans(gold.entities or []) if kinds is None or s[2] in kinds}
        p = {(e.first, e.last, e.kind) for e in got.entities if kinds is None or e.kind in kinds}
        for name, spans in ((right, g & p), (said, p), (true, g)):
            name.update(s[2] for s in spans)
    each = {k: f1(right[k], said[k], true[k]) for k in sorted(true)}
    return f1(right.total(), said.total(), true.total()) | {"kinds": each}


def score_roles(pairs: Iterable[tuple[Example, Analysis]]) -> dict[str, Any]:
    """Arguments of gold predicates that the reader found too, by head word and label; and of all it found."""
    right = said = true = found = predicates = 0
    core = Counter()  # type: ignore[var-annotated]
    for gold, got in pairs:
        if gold.predicates is None:
            continue
        g = {(p, a, label) for p, r in gold.roles.items() for a, label in r.items()}
        p = {(r.predicate, r.argument, r.label) for r in got.roles}
        right, said, true = right + len(g & p), said + len(p), true + len(g)
        wanted = {i for i, k in gold.predicates.items() if k}
        found, predicates = found + len(wanted & {r.predicate for r in got.roles}), predicates + len(wanted)
        for name, spans in (("right", g & p), ("said", p), ("true", g)):
            core[name] += sum(x[2] in ("ARG0", "ARG1", "ARG2", "ARGM-NEG", "ARGM-MOD") for x in spans)
    return f1(right, said, true) | {
        "core": f1(core["right"], core["said"], core["true"]),
        "predicates_with_roles": round(found / max(predicates, 1), 4),
    }


def read_all(model: Model, examples: list[Example]) -> list[tuple[Example, Analysis]]:
    return [(e, analyse_words(model, e.words)) for e in examples]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--model", type=Path)
    ap.add_argument("--split", default="test", choices=("dev", "test"))
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    data, model = find_data(a.data), load_model(a.model)
    ewt, gum, news = (read_all(model, f(data, a.split)) for f in (read_ewt, read_gum, read_newswire))
    result = tell_run("reader", split=a.split, model=model.checksum) | {
        "ewt_trees": score_trees(ewt),
        "gum_trees": score_trees(gum),
        "newswire_entities": score_entities(news),
        "uner_ewt_entities": score_entities([p for p in ewt if p[0].entities], set(UNER.values())),
        "propbank_ewt_roles": score_roles(ewt),
    }
    text = json.dumps(result, indent=1)
    print(text)
    if a.out:
        a.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
