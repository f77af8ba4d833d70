"""The mean of the weights of several runs that started from one another: nearer to all that they learned than any one of them.

python mean.py --labels runs/ninth/labels.json --out runs/mean/final.pt runs/seventh/onnx/reader.onnx runs/ninth/final.pt
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from model import Reader, Sizes, load_shipped

from dragoman.language.pieces import SHAPES


def read_weights(path: Path, labels: dict[str, list[str]]) -> dict[str, torch.Tensor]:
    """Of a checkpoint, or of a shipped ``reader.onnx`` with the files beside it."""
    if path.suffix != ".onnx":
        return torch.load(path, weights_only=True, map_location="cpu")["reader"]
    sizes = Sizes(
        shapes=SHAPES, upos=len(labels["upos"]), feats=len(labels["feats"]), relations=len(labels["relations"]),
        entities=len(labels["entities"]), roles=len(labels["roles"]),
    )  # fmt: skip
    reader = Reader(sizes)
    load_shipped(reader, str(path))
    return reader.state_dict()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("weights", type=Path, nargs="+")
    ap.add_argument("--labels", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    labels = json.loads(a.labels.read_text())
    all_weights = [read_weights(path, labels) for path in a.weights]
    mean = {name: sum(w[name] for w in all_weights) / len(all_weights) for name in all_weights[0]}
    a.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"reader": mean, "step": 0}, a.out)


if __name__ == "__main__":
    main()
