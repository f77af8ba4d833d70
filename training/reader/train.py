"""Train the reader: one command, checkpoints, resumable.

python train.py --data DATA --base model.safetensors --vocabulary vocab.txt --out runs/reader [--minutes 60]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch
import torch.nn.functional as F
from data import Example, read_split
from labels import ENTITY_LABELS, PREDICATES, ROLES, UNER
from model import Reader, Sizes, load_base

from dragoman.language.pieces import SHAPES, Pieces, get_shape

PIECES_A_BATCH = 2400
LONGEST = 220  # pieces; longer sentences are left out of training
ENCODER_RATE, HEAD_RATE = 1.2e-4, 1e-3
WARM_UP = 0.06
CASE_CHANGED = 0.08  # share of tree sentences shown in Title Case, CAPITALS or lower case
PASSES = {"ewt": 8, "gum": 8, "newswire": 2.5, "qanom": 1.5}  # how often each corpus is read in a full run


def make_vocabularies(examples: list[Example]) -> dict[str, list[str]]:
    count = {k: Counter(x for e in examples for x in getattr(e, k) or []) for k in ("upos", "feats", "relations")}
    out = {k: sorted(c) for k, c in count.items()}
    out["entities"], out["roles"], out["predicates"] = list(ENTITY_LABELS), list(ROLES), list(PREDICATES)
    return out


def recase(words: list[str], rng: random.Random) -> list[str]:
    kind = rng.choice(("title", "upper", "lower"))
    if kind == "title":
        return [w[:1].upper() + w[1:] for w in words]
    return [w.upper() if kind == "upper" else w.lower() for w in words]


class Batches:
    """Examples → tensors. Sentences of like length stand together."""

    def __init__(self, pieces: Pieces, labels: dict[str, list[str]]) -> None:
        self.pieces = pieces
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
            if batch and max(longest, size) * (len(batch) + 1) > PIECES_A_BATCH:
                batches.append(batch)
                batch, longest = [], 0.0
            batch.append(examples[i])
            longest = max(longest, size)
        if batch:
            batches.append(batch)
        rng.shuffle(batches)
        return batches

    def make(self, batch: list[Example], rng: random.Random | None) -> dict[str, torch.Tensor]:
        rows = []
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
        for key in ("upos", "feats", "relations", "entities"):
            t[key] = torch.full((len(batch), w - 1), -100)
        t["heads"] = torch.full((len(batch), w - 1), -100)
        t["predicates"] = torch.full((len(batch), w - 1), -100)
        t["partial"] = torch.tensor([e.entities_partial for e in batch])
        pairs, targets = [], []
        for b, e in enumerate(batch):
            n = len(e.words)
            for key in ("upos", "feats", "relations", "entities"):
                values = getattr(e, key)
                if values is not None:
                    t[key][b, :n] = torch.tensor([self.index[key].get(v, -100) for v in values])
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
        t["role_at"] = torch.tensor(pairs, dtype=torch.long).reshape(-1, 2)
        t["role_labels"] = torch.tensor(targets, dtype=torch.long).reshape(-1, w - 1)
        return t


def find_losses(reader: Reader, t: dict[str, torch.Tensor], hidden: torch.Tensor) -> dict[str, torch.Tensor]:
    x = reader.read(t["pieces"], t["shapes"], t["first"], t["mask"])
    w = x[:, 1:]
    losses = {}
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


WEIGHTS = {"upos": 0.5, "feats": 0.5, "predicates": 0.5, "entities": 1.5, "arcs": 1.0, "relations": 0.7, "roles": 1.0}


def make_optimiser(reader: Reader) -> torch.optim.Optimizer:
    encoder = [
        p for n, p in reader.named_parameters() if n.startswith("encoder.") and "mix" not in n and "shapes" not in n
    ]
    ids = {id(p) for p in encoder}
    heads = [p for p in reader.parameters() if id(p) not in ids]
    return torch.optim.AdamW(
        [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )


def plan_run(examples: list[Example], batches: Batches, rng: random.Random) -> list[list[Example]]:
    """All batches of the run. Each corpus is spread evenly over it."""
    placed = []
    for corpus, passes in PASSES.items():
        own = [e for e in examples if e.corpus == corpus]
        plan: list[list[Example]] = []
        while passes > 0:
            rng.shuffle(own)
            plan += batches.plan(own[: int(len(own) * min(1, passes))], rng)
            passes -= 1
        placed += [((i + rng.random()) / len(plan), b) for i, b in enumerate(plan)]
    return [b for _, b in sorted(placed, key=lambda x: x[0])]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--base", required=True)
    ap.add_argument("--vocabulary", type=Path, required=True)
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
    train = read_split(a.data, "train")
    labels = make_vocabularies(train)
    (a.out / "labels.json").write_text(json.dumps(labels, indent=1))
    batches = Batches(pieces, labels)
    plan = plan_run(train, batches, rng)
    plan = plan[: a.steps] if a.steps else plan
    words = sum(len(e.words) for b in plan for e in b)
    print(f"{len(plan)} batches, {words} words", flush=True)
    reader = Reader(
        Sizes(shapes=SHAPES, upos=len(labels["upos"]), feats=len(labels["feats"]), relations=len(labels["relations"]),
              entities=len(labels["entities"]), roles=len(labels["roles"]))
    )  # fmt: skip
    load_base(reader, a.base)
    optimiser = make_optimiser(reader)
    step, spent = 0, 0.0
    checkpoint = a.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        reader.load_state_dict(state["reader"])
        optimiser.load_state_dict(state["optimiser"])
        step, spent = state["step"], state["spent"]
        print(f"goes on at step {step}", flush=True)
    reader.train()
    began, seen, running = time.time() - spent, 0, Counter()
    while step < len(plan):
        done = max(step / len(plan), (time.time() - began) / (60 * a.minutes) if a.minutes else 0)
        if done >= 1:
            break
        rate = min(done / WARM_UP, 1) * max(0.02, 1 - max(0, done - WARM_UP) / (1 - WARM_UP))
        for group, base in zip(optimiser.param_groups, (ENCODER_RATE, HEAD_RATE), strict=True):
            group["lr"] = base * rate
        t = batches.make(plan[step], rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            losses = find_losses(reader, t, batches.hidden)
            loss = sum(WEIGHTS[k] * v for k, v in losses.items())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
        optimiser.step()
        step += 1
        seen += sum(len(e.words) for e in plan[step - 1])
        for k, v in losses.items():
            running[k] = 0.95 * running[k] + 0.05 * v.item() if running[k] else v.item()
        if step % 25 == 0:
            told = "  ".join(f"{k} {v:.3f}" for k, v in running.items())
            spent = time.time() - began
            print(f"step {step}/{len(plan)}  done {done:.3f}  {spent / 60:.1f} min  {told}", flush=True)
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
