"""How well the model reads, head by head, on test splits it was never trained on; what quantising costs; how fast it is.

    python benchmarks/model/run.py [--data DATA] [--model FOLDER] [--whole FOLDER] [--folds FOLDER] [--speed]
        [--split test] [--out benchmarks/model/results/model.json]

PolNeAR has no test split here: its dev split is what is told. PLV's train rows are read by five models, each trained
without the fifth it reads (``make -C training/reader folds``). Needs ``onnx`` for ``--speed``.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "training" / "reader"), str(ROOT / "benchmarks")]

from claims_data import PLV_ROOTS, read_plv, read_polnear, split_folds  # noqa: E402
from data import Example, read_ewt, read_gum, read_newswire  # noqa: E402
from encoder import Encoder  # noqa: E402
from labels import UNER  # noqa: E402
from machine import find_data, tell_run, write_result  # noqa: E402

from dragoman.interchange.pairs import find_roots  # noqa: E402
from dragoman.language.claim_heads import score_pair  # noqa: E402
from dragoman.language.decoding import find_heads, find_predicates  # noqa: E402
from dragoman.language.model import (  # noqa: E402
    DETAILS,
    FIRST,
    Analysis,
    Model,
    analyse_words,
    ask_details,
    encode,
    find_states,
    load_model,
)


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


def score_factuality(pairs: Iterable[tuple[Example, Analysis]]) -> dict[str, Any]:
    """Pearson's r of the factuality told and that annotated, over predicates. Source: Rudinger et al. 2018."""
    points = [
        (got.factuality[i], v) for gold, got in pairs for i, v in gold.factuality.items() if i < len(got.factuality)
    ]
    told, true = np.array(points).T
    return {"r": round(float(np.corrcoef(told, true)[0, 1]), 4), "predicates": len(points)}


def score_speech(pairs: Iterable[tuple[Example, Analysis]]) -> dict[str, Any]:
    """Sources and cues with both ends right, and by whether they share a word with a gold one."""
    out: dict[str, Any] = {}
    pairs = list(pairs)
    for kind in ("source", "cue"):
        right = said = true = touched = reached = 0
        for gold, got in pairs:
            g = {(a, b) for a, b, k in read_spans(gold.speech or []) if k == kind}
            p = {(s.first, s.last) for s in got.speech if s.kind == kind}
            right, said, true = right + len(g & p), said + len(p), true + len(g)
            touched += sum(any(a <= d and c <= b for c, d in g) for a, b in p)
            reached += sum(any(a <= d and c <= b for c, d in p) for a, b in g)
        overlap = (
            2
            * touched
            / max(said, 1)
            * reached
            / max(true, 1)
            / max(touched / max(said, 1) + reached / max(true, 1), 1e-9)
        )
        out[kind] = f1(right, said, true) | {"f1_by_overlap": round(overlap, 4)}
    return out


def score_folds(data: Path, folds: Path) -> dict[str, Any] | None:
    """Macro F1 of PLV's fifteen roots: each fifth read by a model that was not trained on it; ZSP's columns beside it."""
    paths = sorted(folds.glob("fold-*/onnx"))
    if not paths:
        return None
    rows = [(e, i) for i, fold in enumerate(split_folds(read_plv(data), len(paths))) for e in fold]
    models = {i: load_model(path) for i, path in enumerate(paths)}
    true = [PLV_ROOTS[e.pairs[0][3]] for e, _ in rows]
    told = [tell_root(models[i], e.words, *e.pairs[0][:2]) for e, i in rows]
    zsp = read_zsp(data)
    return {
        "folds": len(paths), "rows": len(rows), "macro_f1": macro_f1(true, told),
        "accuracy": round(sum(a == b for a, b in zip(true, told, strict=True)) / len(rows), 4),
        "zsp_macro_f1_same_rows": macro_f1(true, [zsp[e.id] for e, _ in rows]),
        "roots": {r: one_f1(true, told, r) for r in PLV_ROOTS},
    }  # fmt: skip


def tell_root(model: Model, words: list[str], actor: tuple[int, int], recipient: tuple[int, int] | None) -> str:
    types, statuses = score_pair(model.claim_heads, find_states(model, words), actor, recipient)
    roots = find_roots(types, statuses)
    return max(PLV_ROOTS, key=lambda r: roots[r])


def read_zsp(data: Path) -> dict[str, str]:
    with (data / "plv_train" / "datasets" / "PLV_train.tsv").open(encoding="utf-8", newline="") as f:
        return {row["sentence_id"]: row["root_L2"] for row in csv.DictReader(f, delimiter="\t")}


def one_f1(true: list[str], told: list[str], root: str) -> float:
    right = sum(a == b == root for a, b in zip(true, told, strict=True))
    return round(2 * right / max(true.count(root) + told.count(root), 1), 3)


def macro_f1(true: list[str], told: list[str]) -> float:
    return round(sum(one_f1(true, told, r) for r in PLV_ROOTS) / len(PLV_ROOTS), 4)


def read_all(model: Model, examples: list[Example]) -> list[tuple[Example, Analysis]]:
    return [(e, analyse_words(model, e.words)) for e in examples]


def measure(model: Model, data: Path, split: str) -> dict[str, Any]:
    ewt, gum, news = (read_all(model, f(data, split)) for f in (read_ewt, read_gum, read_newswire))
    return {
        "ewt_trees": score_trees(ewt),
        "gum_trees": score_trees(gum),
        "newswire_entities": score_entities(news),
        "uner_ewt_entities": score_entities([p for p in ewt if p[0].entities], set(UNER.values())),
        "propbank_ewt_roles": score_roles(ewt),
        "uds_ewt_factuality": score_factuality(ewt),
        "polnear_dev_speech": score_speech(read_all(model, read_polnear(data, "dev"))),
    }


def measure_speed(folder: Path, data: Path, count: int = 600) -> dict[str, Any]:
    """Newswire sentences a second on two threads: encoder alone, and all that ``analyse_words`` does, by turns."""
    model = load_model(folder)
    bare = Encoder(folder / "reader.onnx")
    sentences = [e.words for e in read_newswire(data, "test") if len(e.words) >= MANY_WORDS][:count]
    feeds = [encode(model, words)[1] for words in sentences]
    details = [find_details(model, feed) for feed in feeds]
    jobs = {
        "bare encoder": lambda i: bare.run(feeds[i]),
        "whole pass": lambda i: (model.session.run(FIRST, feeds[i]), model.details.run(DETAILS, details[i])),
        "whole pass, decoded": lambda i: analyse_words(model, sentences[i]),
    }
    best = dict.fromkeys(jobs, 0.0)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(ROUNDS):
            for name, job in jobs.items():
                start = time.perf_counter()
                list(pool.map(job, range(len(sentences))))
                best[name] = max(best[name], len(sentences) / (time.perf_counter() - start))
    rates = {name: round(rate, 1) for name, rate in best.items()}
    share = {f"{name}, share of bare": round(rate / best["bare encoder"], 3) for name, rate in best.items()}
    return {"sentences": len(sentences), "a_second": rates} | share


def find_details(model: Model, feed: dict[str, Any]) -> dict[str, Any]:
    """What the second part is asked of a sentence."""
    arcs, predicates, read = model.session.run(("arcs", "predicates", "read"), feed)
    return ask_details(read, find_heads(arcs), find_predicates(predicates))


MANY_WORDS, ROUNDS = 5, 3


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--model", type=Path, default=ROOT / "src" / "dragoman" / "_models")
    ap.add_argument("--whole", type=Path, help="folder of the same model unquantised, to compare")
    ap.add_argument("--folds", type=Path, help="folder of the five PLV runs (fold-0/onnx …)")
    ap.add_argument("--split", default="test", choices=("dev", "test"))
    ap.add_argument("--speed", action="store_true", help="time it too")
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    data = find_data(a.data)
    model = load_model(a.model)
    result = tell_run("model", split=a.split, model=model.checksum) | measure(model, data, a.split)
    result["weights_mb"] = round(
        sum(p.stat().st_size for p in a.model.iterdir() if p.suffix in (".onnx", ".npz")) / 1e6, 1
    )
    if a.folds:
        result["plv_train_five_folds"] = score_folds(data, a.folds)
    if a.whole:
        result["unquantised"] = measure(load_model(a.whole), data, a.split)
    if a.speed:
        result["speed"] = measure_speed(a.model, data)
    write_result(result, a.out)


if __name__ == "__main__":
    main()
