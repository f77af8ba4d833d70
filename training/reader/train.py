"""Train the reader: one command, checkpoints, resumable.

python train.py --data DATA --base model.safetensors --vocabulary vocab.txt --out runs/reader [--minutes 60]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import torch
import torch.nn.functional as F
from claim_heads import MODES, SLOTS, STATUSES, TYPES
from claims_data import (
    QUADS,
    read_cameo,
    read_names,
    read_ngec,
    read_own,
    read_plv,
    read_polnear,
    read_real,
    read_silver,
    split_folds,
)
from data import Example, read_split, to_bies
from labels import CONTENT_LABELS, ENTITY_LABELS, PREDICATES, ROLES, SPEECH_LABELS, UNER
from model import Reader, Sizes, load_base, load_shipped

from dragoman.language.pieces import SHAPES, Pieces, get_shape

PIECES_A_BATCH = 2400
FEW_PIECES = 800  # a batch of the small corpora with claims: many small steps
SMALL = ("own", "real", "plv", "cameo", "silver")
LONGEST = 220  # pieces; longer sentences are left out of training
ENCODER_RATE, HEAD_RATE = 1.2e-4, 1e-3
WARM_UP = 0.06
NAMES_SWAPPED = 0.3  # share of newswire names replaced by another of their kind
VECTOR_EVERY = 8  # batches between two in which the sentence vector is held to the base model's
CASE_CHANGED = 0.08  # share of tree sentences shown in Title Case, CAPITALS or lower case
PASSES = {
    "first": {"ewt": 6, "gum": 6, "newswire": 4, "qanom": 1.5, "polnear": 2.5, "names": 1, "ngec": 1},
    "second": {
        "ewt": 1, "gum": 1, "newswire": 0.6, "qanom": 0.3, "polnear": 0.25, "ngec": 0.4, "own": 9, "plv": 8, "cameo": 5,
        "silver": 2,
    },
    "last": {
        "ewt": 0.5, "gum": 0.5, "newswire": 0.4, "qanom": 0.15, "polnear": 0.15, "ngec": 0.1, "own": 5, "real": 5, "plv": 3, "cameo": 1,
        "silver": 0.5,
    },
    "real": {
        "ewt": 2.5, "gum": 2.5, "newswire": 2.5, "qanom": 0.6, "polnear": 0.6, "names": 0.3, "ngec": 0.3, "own": 6, "real": 8,
        "plv": 5, "cameo": 2, "silver": 0.5,
    },
    "news": {
        "ewt": 3, "gum": 3.5, "newswire": 1.5, "qanom": 0.5, "polnear": 0.3, "names": 0.2, "ngec": 0.1, "own": 5, "real": 4, "plv": 3,
        "cameo": 1,
    },
    "settle": {
        "ewt": 0.4, "gum": 0.4, "newswire": 0.3, "qanom": 0.1, "polnear": 0.1, "names": 0.1, "ngec": 0.1, "own": 2.5, "real": 1.3, "plv": 1,
        "cameo": 0.3,
    },
    "fold": {"own": 4, "real": 4, "plv": 10, "cameo": 4, "ngec": 0.3, "silver": 1},
}  # fmt: skip
"""How often each corpus is read: in the first run; in the second, which adds claims; in the last, which goes on from it
at half the rate; in the one that adds real news; in the one with twice as much of it; in the short one after that; and for
one fold of PLV."""


def make_vocabularies(examples: list[Example]) -> dict[str, list[str]]:
    count = {k: Counter(x for e in examples for x in getattr(e, k) or []) for k in ("upos", "feats", "relations")}
    out = {k: sorted(c) for k, c in count.items()}
    out["entities"], out["roles"], out["predicates"] = list(ENTITY_LABELS), list(ROLES), list(PREDICATES)
    out["speech"], out["content"] = list(SPEECH_LABELS), list(CONTENT_LABELS)
    out["acts"], out["statuses"], out["modes"] = list(TYPES), list(STATUSES), list(MODES)
    return out


def recase(words: list[str], rng: random.Random) -> list[str]:
    kind = rng.choice(("title", "upper", "lower"))
    if kind == "title":
        return [w[:1].upper() + w[1:] for w in words]
    return [w.upper() if kind == "upper" else w.lower() for w in words]


def swap_names(e: Example, pool: dict[str, list[list[str]]], rng: random.Random) -> tuple[list[str], list[str]]:
    """Words and entity labels, some names replaced by others of their kind: a reader must not know them by heart."""
    words: list[str] = []
    labels: list[str] = []
    start = 0
    for i, (word, tag) in enumerate(zip(e.words, e.entities or [], strict=True)):
        kind = tag[2:]
        if tag[0] in "BS":
            start = i
        if tag == "O":
            words.append(word)
            labels.append(tag)
        elif tag[0] in "ES":
            name = e.words[start : i + 1]
            if kind in pool and rng.random() < NAMES_SWAPPED:
                name = rng.choice(pool[kind])
            words += name
            labels += to_bies([(0, len(name) - 1, kind)], len(name))
    return words, labels


def collect_names(examples: list[Example]) -> dict[str, list[list[str]]]:
    pool: dict[str, list[list[str]]] = {}
    for e in examples:
        for i, tag in enumerate(e.entities or [] if e.corpus == "newswire" else []):
            if tag[0] in "ES":
                first = max(j for j in range(i + 1) if e.entities[j][0] in "BS")
                pool.setdefault(tag[2:], []).append(e.words[first : i + 1])
    return {
        k: v for k, v in pool.items() if k in ("person", "organisation", "place", "facility", "product", "nationality")
    }


class Batches:
    """Examples → tensors. Sentences of like length stand together."""

    def __init__(self, pieces: Pieces, labels: dict[str, list[str]], names: dict[str, list[list[str]]]) -> None:
        self.pieces, self.names = pieces, names
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}
        hidden = [i for i, x in enumerate(ENTITY_LABELS) if x == "O" or x[2:] not in UNER.values()]
        self.hidden = torch.zeros(len(ENTITY_LABELS), dtype=torch.bool)
        self.hidden[hidden] = True

    def length(self, e: Example) -> int:
        return 2 + sum(len(self.pieces.split(w)) for w in e.words)

    def plan(self, examples: list[Example], rng: random.Random) -> list[list[Example]]:
        sized = sorted(((self.length(e) + rng.random() * 4, i) for i, e in enumerate(examples)), key=lambda x: x[0])
        batches, batch, longest = [], [], 0.0
        for size, i in sized:
            if size > LONGEST:
                continue
            most = FEW_PIECES if examples[i].corpus in SMALL else PIECES_A_BATCH
            if batch and max(longest, size) * (len(batch) + 1) > most:
                batches.append(batch)
                batch, longest = [], 0.0
            batch.append(examples[i])
            longest = max(longest, size)
        if batch:
            batches.append(batch)
        rng.shuffle(batches)
        return batches

    def vary(self, e: Example, rng: random.Random) -> Example:
        if e.corpus != "newswire" or not self.names or not any(t != "O" for t in e.entities or []):
            return e
        words, labels = swap_names(e, self.names, rng)
        return replace(e, words=words, entities=labels)

    def make(self, batch: list[Example], rng: random.Random | None) -> dict[str, torch.Tensor]:
        rows = []
        if rng:
            batch = [self.vary(e, rng) for e in batch]
        for e in batch:
            words = e.words
            if rng and e.heads is not None and rng.random() < CASE_CHANGED:
                words = recase(words, rng)
            ids, shapes, first = [self.pieces.start], [0], [0]
            for w in words:
                cut = self.pieces.split(w)
                first.append(len(ids))
                ids += cut
                shapes += [get_shape(w)] * len(cut)
            rows.append(([*ids, self.pieces.stop], [*shapes, 0], first))
        p, w = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
        t = {
            "pieces": torch.tensor([r[0] + [0] * (p - len(r[0])) for r in rows]),
            "shapes": torch.tensor([r[1] + [0] * (p - len(r[1])) for r in rows]),
            "first": torch.tensor([r[2] + [0] * (w - len(r[2])) for r in rows]),
        }
        t["mask"] = torch.tensor([[0.0] * len(r[0]) + [-1e4] * (p - len(r[0])) for r in rows])[:, None, None, :]
        t["word_mask"] = torch.tensor([[0.0] * len(r[2]) + [-1e4] * (w - len(r[2])) for r in rows])
        labelled = ("upos", "feats", "relations", "entities", "speech", "content", "acts")
        for key in (*labelled, "statuses", "modes"):
            t[key] = torch.full((len(batch), w - 1), -100)
        t["factuality"] = torch.full((len(batch), w - 1), float("nan"))
        t["heads"] = torch.full((len(batch), w - 1), -100)
        t["predicates"] = torch.full((len(batch), w - 1), -100)
        t["partial"] = torch.tensor([e.entities_partial for e in batch])
        pairs, targets = [], []
        for b, e in enumerate(batch):
            n = len(e.words)
            for key in labelled:
                values = getattr(e, key)
                if values is not None:
                    t[key][b, :n] = torch.tensor([self.index[key].get(v, -100) for v in values])  # "?" is unknown
            if e.heads is not None:
                t["heads"][b, :n] = torch.tensor([h + 1 for h in e.heads])
            for i, kind in (e.predicates or {}).items():
                t["predicates"][b, i] = kind
                if kind and (i in e.roles or e.corpus == "ewt"):
                    row = [0] * n + [-100] * (w - 1 - n)
                    for a, label in e.roles.get(i, {}).items():
                        row[a] = self.index["roles"][label]
                    pairs.append((b, i))
                    targets.append(row)
        self.add_claims(t, batch, w, rng)
        t["role_at"] = torch.tensor(pairs, dtype=torch.long).reshape(-1, 2)
        t["role_labels"] = torch.tensor(targets, dtype=torch.long).reshape(-1, w - 1)
        return t

    def add_claims(self, t: dict[str, torch.Tensor], batch: list[Example], w: int, rng: random.Random | None) -> None:
        slot_at, slot_labels, rows, kinds = [], [], [], []
        t["weak"] = torch.tensor([-1 if e.weak is None else e.weak for e in batch])
        for b, e in enumerate(batch):
            for i, value in e.factuality.items():
                t["factuality"][b, i] = value
            for key in ("statuses", "modes"):
                for i, label in getattr(e, key).items():
                    t[key][b, i] = self.index[key].get(label, -100)
            for i, slots in e.slots.items():
                row = torch.zeros(w - 1, len(SLOTS))
                for slot, words in slots.items():
                    row[list(words), SLOTS.index(slot)] = 1
                slot_at.append((b, i))
                slot_labels.append(row)
            if e.pairs:
                actor, recipient, kind, label, status = (rng or random).choice(e.pairs)
                ends = torch.zeros(2, w - 1)
                for row, span in zip(ends, (actor, recipient), strict=True):
                    if span:
                        row[span[0] : span[1] + 1] = 1
                rows.append((b, ends))
                kinds.append((("own", "plv", "quad").index(kind), label, status))
        if slot_at:
            t["slot_at"], t["slot_labels"] = torch.tensor(slot_at), torch.stack(slot_labels)
        if rows:
            t["pair_rows"] = torch.tensor([b for b, _ in rows])
            t["pair_ends"], t["pair_kinds"] = torch.stack([e for _, e in rows]), torch.tensor(kinds)


def claim_losses(reader: Reader, w: torch.Tensor, t: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Losses of the claim heads, where the batch has claims, pairs or weakly labelled sentences."""
    heads, losses = reader.claims, {}
    if (t["acts"] >= 0).any() or (t["weak"] >= 0).any():
        hidden = heads.act(w)
        types = heads.types(hidden).float()
        if (t["acts"] >= 0).any():
            losses["acts"] = 4 * F.cross_entropy(types.flatten(0, 1), t["acts"].flatten(), ignore_index=-100)
        for key in ("statuses", "modes"):
            if (t[key] >= 0).any():
                scores = getattr(heads, key)(hidden).float().flatten(0, 1)
                losses[key] = F.cross_entropy(scores, t[key].flatten(), ignore_index=-100)
        weak = t["weak"] >= 0
        if weak.any():
            chance = types[weak].softmax(-1).gather(-1, t["weak"][weak][:, None, None].expand(-1, types.shape[1], 1))
            here = t["word_mask"][weak][:, 1:] == 0
            absent = ((1 - chance[..., 0]).clamp(min=1e-6).log() * here).sum(1)
            losses["weak"] = -(1 - absent.exp()).clamp(min=1e-6).log().mean()
    if "slot_at" in t:
        b, i = t["slot_at"].T
        scores = heads.score_slots(w[b, i][:, None], w[b])[:, 0].float()
        here = (t["word_mask"][b][:, 1:] == 0).float()[..., None].expand_as(scores)
        loss = F.binary_cross_entropy_with_logits(scores, t["slot_labels"], weight=here, reduction="sum")
        losses["slots"] = loss / (2.0 * len(b))
    if "pair_rows" in t:
        losses["pairs"] = pair_loss(reader, w, t)
    return losses


def pair_loss(reader: Reader, w: torch.Tensor, t: dict[str, torch.Tensor]) -> torch.Tensor:
    words, mask = w[t["pair_rows"]], (t["word_mask"][t["pair_rows"]][:, 1:] == 0).float()
    ends = t["pair_ends"].to(words.dtype)
    types, statuses = reader.claims.score_pairs(words, mask, ends[:, 0], ends[:, 1])
    types, statuses = types.float().softmax(-1), statuses.float().softmax(-1)
    kind, label, status = t["pair_kinds"].T
    total = []
    if (kind == 0).any():
        own = kind == 0
        total.append(-types[own].gather(1, label[own, None] - 1).log())
        total.append(-0.5 * statuses[own].gather(1, status[own, None]).log())
    if (kind == 1).any():
        total.append(-to_roots(types, statuses)[kind == 1].gather(1, label[kind == 1, None]).clamp(min=1e-6).log())
    for quad, members in QUADS.items():
        if (here := (kind == 2) & (label == quad)).any():
            total.append(-types[here][:, [m - 1 for m in members]].sum(1, keepdim=True).clamp(min=1e-6).log())
    return torch.cat(total).sum() / len(kind)


def to_roots(types: torch.Tensor, statuses: torch.Tensor) -> torch.Tensor:
    """Chances of PLV's fifteen roots: CONCEDE and RETREAT are YIELD, planned cooperation is AGREE."""
    planned = statuses[:, 2]
    agree, consult, support, concede, cooperate, aid, retreat, *rest = types.unbind(1)
    kept = [consult, support, cooperate, aid]
    return torch.stack([agree + planned * sum(kept), *(k * (1 - planned) for k in kept), concede + retreat, *rest], 1)


def find_losses(reader: Reader, t: dict[str, torch.Tensor], hidden: torch.Tensor) -> dict[str, torch.Tensor]:
    x, whole = reader.read(t["pieces"], t["shapes"], t["first"], t["mask"])
    x = reader.dropout(x)
    w = x[:, 1:]
    losses = claim_losses(reader, w, t)
    if "base_vector" in t:
        losses["vector"] = 1 - F.cosine_similarity(reader.vector(whole).float(), t["base_vector"]).mean()
    for key in ("speech", "content"):
        if (t[key] >= 0).any():
            losses[key] = F.cross_entropy(
                getattr(reader, key)(w).float().flatten(0, 1), t[key].flatten(), ignore_index=-100
            )
    measured = ~t["factuality"].isnan()
    if measured.any():
        losses["factuality"] = F.smooth_l1_loss(
            reader.factuality(w).float()[..., 0][measured], t["factuality"][measured]
        )
    for key in ("upos", "feats", "predicates"):
        if (t[key] >= 0).any():
            losses[key] = F.cross_entropy(
                getattr(reader, key)(w).float().flatten(0, 1), t[key].flatten(), ignore_index=-100
            )
    if (t["entities"] >= 0).any():
        losses["entities"] = entity_loss(reader.entities(w).float(), t, hidden)
    known = t["heads"] >= 0
    if known.any():
        arcs = reader.arcs(reader.arc_left(w), reader.arc_right(x))[..., 0].float() + t["word_mask"][:, None, :]
        losses["arcs"] = F.cross_entropy(arcs[known], t["heads"][known])
        b, i = known.nonzero(as_tuple=True)
        scores = reader.relations.of_pairs(
            reader.relation_left(w)[b, i], reader.relation_right(x)[b, t["heads"][known]]
        )
        losses["relations"] = F.cross_entropy(scores.float(), t["relations"][known], ignore_index=-100)
    if len(t["role_at"]):
        b, i = t["role_at"].T
        left, right = reader.role_left(w)[b, i][:, None], reader.role_right(w)[b]
        scores = reader.roles(left, right)[:, 0].float()
        total = F.cross_entropy(scores.flatten(0, 1), t["role_labels"].flatten(), ignore_index=-100, reduction="sum")
        losses["roles"] = total / (4.0 * len(b))
    return losses


def entity_loss(scores: torch.Tensor, t: dict[str, torch.Tensor], hidden: torch.Tensor) -> torch.Tensor:
    """Cross entropy; where a corpus marks only some kinds, its O stands for O or any unmarked kind."""
    logp = scores.log_softmax(-1)
    gold = t["entities"]
    picked = logp.gather(-1, gold.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    any_hidden = logp.masked_fill(~hidden, -1e4).logsumexp(-1)
    use_hidden = t["partial"][:, None] & (gold == 0)
    value = torch.where(use_hidden, any_hidden, picked)
    return -(value[gold >= 0]).mean()


WEIGHTS = {"upos": 0.5, "feats": 0.5, "predicates": 0.5, "entities": 1.5, "arcs": 1.0, "relations": 0.7, "roles": 1.0,
           "speech": 1.0, "content": 0.4, "factuality": 1.0, "vector": 0.7, "acts": 1.0, "statuses": 0.5, "modes": 0.2,
           "slots": 0.7, "pairs": 1.0, "weak": 0.15}  # fmt: skip


def make_optimiser(reader: Reader, rates: tuple[float, float]) -> torch.optim.Optimizer:
    encoder = [
        p for n, p in reader.named_parameters() if n.startswith("encoder.") and "mix" not in n and "shapes" not in n
    ]
    ids = {id(p) for p in encoder}
    heads = [p for p in reader.parameters() if id(p) not in ids]
    return torch.optim.AdamW(
        [{"params": encoder, "lr": rates[0]}, {"params": heads, "lr": rates[1]}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )


def plan_run(
    examples: list[Example], run: dict[str, float], batches: Batches, rng: random.Random
) -> list[list[Example]]:
    """All batches of the run. Each corpus is spread evenly over it."""
    placed = []
    for corpus, passes in run.items():
        own = [e for e in examples if e.corpus == corpus]
        plan: list[list[Example]] = []
        while passes > 0:
            rng.shuffle(own)
            plan += batches.plan(own[: int(len(own) * min(1, passes))], rng)
            passes -= 1
        placed += [((i + rng.random()) / max(len(plan), 1), b) for i, b in enumerate(plan)]
    return [b for _, b in sorted(placed, key=lambda x: x[0])]


def read_corpora(a: argparse.Namespace) -> list[Example]:
    if a.run == "fold":
        plv = split_folds(read_plv(a.data), a.folds)
        rest = [e for i, fold in enumerate(plv) if i != a.fold for e in fold]
        own = read_own(a.own) + read_real(a.data, a.real)
        return rest + own + read_cameo(a.data) + read_ngec(a.data) + read_silver(a.silver)
    train = read_split(a.data, "train") + read_polnear(a.data, "train") + read_ngec(a.data)
    if a.run == "first":
        return train + read_names(a.data)
    train += read_own(a.own) + read_real(a.data, a.real)
    return train + read_names(a.data) + read_plv(a.data) + read_cameo(a.data) + read_silver(a.silver)


def make_reader(a: argparse.Namespace, labels: dict[str, list[str]]) -> Reader:
    reader = Reader(
        Sizes(shapes=SHAPES, upos=len(labels["upos"]), feats=len(labels["feats"]), relations=len(labels["relations"]),
              entities=len(labels["entities"]), roles=len(labels["roles"]))
    )  # fmt: skip
    if a.start is None:
        load_base(reader, a.base)
    elif a.start.suffix == ".onnx":
        load_shipped(reader, str(a.start))
    else:
        reader.load_state_dict(torch.load(a.start, weights_only=True, map_location="cpu")["reader"])
    return reader


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--base", required=True)
    ap.add_argument("--vocabulary", type=Path, required=True)
    ap.add_argument("--labels", type=Path, help="label sets of an earlier run (its labels.json or reader.json)")
    ap.add_argument(
        "--start", type=Path, help="weights to go on from: an earlier run's final.pt or a shipped reader.onnx"
    )
    ap.add_argument("--run", choices=sorted(PASSES), default="first")
    ap.add_argument("--own", type=Path, nargs="*", default=[], help="hand-coded reports to train on")
    ap.add_argument("--real", type=Path, nargs="*", default=[], help="real news coded by hand (news_claims.py)")
    ap.add_argument("--silver", type=Path, nargs="*", default=[], help="files that silver.py wrote")
    ap.add_argument("--fold", type=int, default=0)
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--rates", type=float, nargs=2, default=(ENCODER_RATE, HEAD_RATE))
    ap.add_argument("--out", type=Path, default=Path("runs/reader"))
    ap.add_argument(
        "--minutes", type=float, default=0, help="stop the schedule after this many minutes (0: whole plan)"
    )
    ap.add_argument("--save-every", type=int, default=150)
    ap.add_argument("--steps", type=int, default=0, help="only this many steps (to try)")
    a = ap.parse_args()
    torch.manual_seed(7)
    rng = random.Random(7)
    a.out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(a.vocabulary.read_text(encoding="utf-8").splitlines())
    train = read_corpora(a)
    labels = make_vocabularies(train)
    if a.labels:
        earlier = json.loads(a.labels.read_text())
        labels |= {k: v for k, v in earlier.get("labels", earlier).items() if k in ("upos", "feats", "relations")}
    (a.out / "labels.json").write_text(json.dumps(labels, indent=1))
    batches = Batches(pieces, labels, collect_names(train))
    plan = plan_run(train, PASSES[a.run], batches, rng)
    plan = plan[: a.steps] if a.steps else plan
    words = sum(len(e.words) for b in plan for e in b)
    print(f"{len(plan)} batches, {words} words", flush=True)
    reader = make_reader(a, labels)
    base = Reader(Sizes()).eval()
    load_base(base, a.base)
    train_reader(a, reader, base, plan, batches, rng)


def train_reader(
    a: argparse.Namespace, reader: Reader, base: Reader, plan: list[list[Example]], batches: Batches, rng: random.Random
) -> None:
    optimiser = make_optimiser(reader, a.rates)
    step, spent = 0, 0.0
    checkpoint = a.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        reader.load_state_dict(state["reader"])
        optimiser.load_state_dict(state["optimiser"])
        step, spent = state["step"], state["spent"]
        print(f"goes on at step {step}", flush=True)
    reader.train()
    began, running = time.time() - spent, Counter()
    while step < len(plan):
        done = max(step / len(plan), (time.time() - began) / (60 * a.minutes) if a.minutes else 0)
        if done >= 1:
            break
        rate = min(done / WARM_UP, 1) * max(0.02, 1 - max(0, done - WARM_UP) / (1 - WARM_UP))
        for group, full in zip(optimiser.param_groups, a.rates, strict=True):
            group["lr"] = full * rate
        t = batches.make(plan[step], rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            if step % VECTOR_EVERY == 0:
                with torch.no_grad():
                    t["base_vector"] = base.read(t["pieces"], t["shapes"], t["first"], t["mask"])[1].float()
            losses = find_losses(reader, t, batches.hidden)
            loss = sum(WEIGHTS[k] * v for k, v in losses.items())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
        optimiser.step()
        step += 1
        for k, v in losses.items():
            running[k] = 0.95 * running[k] + 0.05 * v.item() if running[k] else v.item()
        if step % 25 == 0:
            told = "  ".join(f"{k} {v:.3f}" for k, v in running.items())
            print(f"step {step}/{len(plan)}  done {done:.3f}  {(time.time() - began) / 60:.1f} min  {told}", flush=True)
        if step % a.save_every == 0:
            state = {
                "reader": reader.state_dict(),
                "optimiser": optimiser.state_dict(),
                "step": step,
                "spent": time.time() - began,
            }
            torch.save(state, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").rename(checkpoint)
    torch.save({"reader": reader.state_dict(), "step": step}, a.out / "final.pt")
    print("finished", flush=True)


if __name__ == "__main__":
    main()
