"""Checkpoint → quantised ONNX in the package, with a check that torch and ONNX agree.

python export.py --checkpoint runs/reader/final.pt --labels runs/reader/labels.json --vocabulary vocab.txt --out DIR
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from layout import DETAILS, lay_out
from model import Reader, Sizes
from onnxruntime.quantization import QuantType, quantize_dynamic

import dragoman
from dragoman.language.model import FIRST
from dragoman.language.pieces import SHAPES, Pieces, get_shape
from dragoman.language.tokens import find_tokens

OUTPUTS = [
    "upos", "feats", "entities", "arcs", "relations", "predicates", "roles", "speech", "content", "factuality", "vector",
    "states",
]  # fmt: skip
GRAPHS = ("reader.onnx", "details.onnx")
CHECKED = (
    "North Korea has said that it will support Russia under any circumstances.",
    "The minister met his counterpart in Doha on Friday and handed over 200 prisoners.",
    "Officials in the capital denied that troops had crossed the border.",
)
SHIPPED = Path(dragoman.__file__).parent / "_models"
CLOSE = 2e-3
"""Largest difference allowed between torch and unquantised ONNX, in score units."""


def load_reader(checkpoint: Path, labels: dict[str, list[str]]) -> Reader:
    sizes = Sizes(
        shapes=SHAPES, upos=len(labels["upos"]), feats=len(labels["feats"]), relations=len(labels["relations"]),
        entities=len(labels["entities"]), roles=len(labels["roles"]),
    )  # fmt: skip
    reader = Reader(sizes)
    reader.load_state_dict(torch.load(checkpoint, weights_only=True, map_location="cpu")["reader"])
    return reader.eval()


def encode(pieces: Pieces, text: str) -> dict[str, np.ndarray]:
    ids, shapes, first = [pieces.start], [0], [0]
    for a, b in find_tokens(text):
        cut = pieces.split(text[a:b])
        first.append(len(ids))
        ids += cut
        shapes += [get_shape(text[a:b])] * len(cut)
    return {"pieces": np.array([[*ids, pieces.stop]]), "shapes": np.array([[*shapes, 0]]), "first": np.array([first])}


def export_plain(reader: Reader, example: dict[str, np.ndarray], path: Path) -> None:
    torch.onnx.export(
        reader, tuple(torch.from_numpy(v) for v in example.values()), str(path), input_names=list(example),
        output_names=OUTPUTS, opset_version=17, dynamo=False,
        dynamic_axes={"pieces": {1: "p"}, "shapes": {1: "p"}, "first": {1: "w"}} | {o: {0: "n"} for o in OUTPUTS},
    )  # fmt: skip


def fuse(path: Path, out: Path, s: Sizes) -> None:
    """Attention and the rest in one product each. Not the sums before a normalisation: fused they take seven times as long."""
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False
    fused = optimizer.optimize_model(
        str(path), model_type="bert", num_heads=s.heads, hidden_size=s.width, opt_level=1, optimization_options=options
    )
    print("fused:", fused.get_fused_operator_statistics())
    fused.save_model_to_file(str(out))


def quantise(path: Path, out: Path) -> None:
    """Products of the encoder and of the pair heads, and embeddings, to int8 per channel with 7-bit weights (safe on
    processors without VNNI). The small products that decide tags and entities stay whole."""
    model = onnx.load(str(path))
    keep = [n.name for n in model.graph.node if n.op_type == "MatMul" and not (is_encoder(n) or is_pair_head(n))]
    quantize_dynamic(
        str(path), str(out), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention", "Gather"], nodes_to_exclude=keep,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )  # fmt: skip


def is_encoder(node: onnx.NodeProto) -> bool:
    return "/encoder/" in node.name or "encoder" in "".join(node.input)


def is_pair_head(node: onnx.NodeProto) -> bool:
    return node.name.startswith(("/relations/", "/roles/", "/relation_", "/role_"))


def save_claim_heads(reader: Reader, path: Path) -> str:
    """The claim heads, in half precision, for numpy; returns their SHA-256."""
    np.savez(path, **{n: p.detach().numpy().astype(np.float16) for n, p in reader.claims.named_parameters()})
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(path: Path, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
    return ort.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, feed)


def check_layout(folder: Path, one_pass: Path, pieces: Pieces) -> None:
    """That the two graphs say what the one says, of the likeliest heads and of every second word as a predicate."""
    for text in CHECKED:
        feed = encode(pieces, text)
        wanted = dict(zip(OUTPUTS, run(one_pass, feed), strict=True))
        first = dict(zip(FIRST, run(folder / "reader.onnx", feed), strict=True))
        heads = wanted["arcs"].argmax(1) - 1
        found = np.arange(0, len(heads), 2)
        asked = {"read": first["read"], "heads": heads, "found": found}
        told = first | dict(zip(DETAILS, run(folder / "details.onnx", asked), strict=True))
        wanted["relations"] = wanted["relations"][np.arange(len(heads)), heads + 1]
        wanted["roles"], told["states"] = wanted["roles"][found], first["read"][0, 1:]
        worst = max(float(np.abs(told[name] - wanted[name]).max()) for name in told if name in wanted)
        print(f"{folder.name}: largest difference to one pass {worst:.2e}")
        if worst > CLOSE:
            raise SystemExit(f"{folder} and {one_pass} disagree by {worst} on: {text}")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--checkpoint", type=Path, required=True)
    ap.add_argument("--labels", type=Path, required=True)
    ap.add_argument("--vocabulary", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    labels = json.loads(a.labels.read_text())
    reader = load_reader(a.checkpoint, labels)
    pieces = Pieces(a.vocabulary.read_text(encoding="utf-8").splitlines())
    plain, fused, quantised = a.out / "plain.onnx", a.out / "fused.onnx", a.out / "quantised.onnx"
    export_plain(reader, encode(pieces, CHECKED[0]), plain)
    fuse(plain, fused, reader.sizes)
    for text in CHECKED:
        feed = encode(pieces, text)
        with torch.no_grad():
            wanted = reader(*(torch.from_numpy(v) for v in feed.values()))
        for stage in (plain, fused):
            worst = max(float(np.abs(w.numpy() - g).max()) for w, g in zip(wanted, run(stage, feed), strict=True))
            print(f"{stage.name}: largest difference to torch {worst:.2e}")
            if worst > CLOSE:
                raise SystemExit(f"{stage} and torch disagree by {worst} on: {text}")
    quantise(fused, quantised)
    lay_out(quantised, a.out)
    heads = save_claim_heads(reader, a.out / "claims.npz")
    write_settings(a.out, labels, heads)
    shutil.copy(a.vocabulary, a.out / "vocabulary.txt")
    save_whole(a.out, fused, labels, heads)
    for folder, one_pass in ((a.out, quantised), (a.out / "whole", fused)):
        check_layout(folder, one_pass, pieces)
    print({p.name: f"{p.stat().st_size / 1e6:.1f} MB" for p in (plain, fused, *(a.out / name for name in GRAPHS))})


def write_settings(folder: Path, labels: dict[str, list[str]], heads: str) -> None:
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in GRAPHS}
    settings = {
        "sha256": sums["reader.onnx"],
        "details_sha256": sums["details.onnx"],
        "claims_sha256": heads,
        "labels": labels,
        "base": "all-MiniLM-L6-v2",
        "base_sha256": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    }
    (folder / "reader.json").write_text(json.dumps(settings, indent=1) + "\n")


def save_whole(out: Path, fused: Path, labels: dict[str, list[str]], heads: str) -> None:
    """The same model unquantised, as a folder that ``load_model`` takes: what quantising costs is measured against it."""
    folder = out / "whole"
    folder.mkdir(exist_ok=True)
    lay_out(fused, folder)
    for name in ("claims.npz", "vocabulary.txt"):
        shutil.copy(out / name, folder / name)
    shutil.copy(SHIPPED / "meanings.npz", folder)
    write_settings(folder, labels, heads)


if __name__ == "__main__":
    main()
