"""The reader: a MiniLM encoder and, on the words it reads, its heads.

Inputs of one sentence: ``pieces`` and ``shapes`` (P,), ``first`` (W+1,): the place of each word's first piece, with the
start mark before them as the root. Outputs, for W words: ``upos`` (W, 17), ``feats`` (W, F), ``entities`` (W, 37),
``arcs`` (W, W+1), ``relations`` (W, W+1, R), ``predicates`` (W, 3), ``roles`` (W, W, L), ``speech`` (W, 9), ``content`` (W, 5),
``factuality`` (W,), ``vector`` (384,), ``states`` (W, 384): what the claim heads (claim_heads.py), kept apart so that users can fit them
to their own corrections, work on.
Source of the tree head: Dozat & Manning 2017, Deep Biaffine Attention for Neural Dependency Parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from claim_heads import ClaimHeads
from torch import Tensor, nn


@dataclass(frozen=True)
class Sizes:
    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    shapes: int = 8
    arc: int = 256
    relation: int = 128
    role: int = 192
    entity: int = 128
    upos: int = 17
    feats: int = 64
    relations: int = 51
    entities: int = 37
    roles: int = 21
    speech: int = 9
    content: int = 5


class Layer(nn.Module):
    def __init__(self, s: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = s.heads
        self.query, self.key, self.value = (nn.Linear(s.width, s.width) for _ in range(3))
        self.out = nn.Linear(s.width, s.width)
        self.norm1, self.norm2 = nn.LayerNorm(s.width, eps=1e-12), nn.LayerNorm(s.width, eps=1e-12)
        self.up, self.down = nn.Linear(s.width, s.inner), nn.Linear(s.inner, s.width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, d = x.shape
        q, k, v = (
            f(x).view(b, n, self.heads, d // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        scores = q @ k.transpose(-1, -2) / (d // self.heads) ** 0.5
        if mask is not None:
            scores = scores + mask
        attended = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, d)
        x = self.norm1(x + self.dropout(self.out(attended)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, s: Sizes, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(s.vocabulary, s.width)
        self.positions = nn.Embedding(s.positions, s.width)
        self.kinds = nn.Parameter(torch.zeros(s.width))
        self.shapes = nn.Embedding(s.shapes, s.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(s.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(s, dropout) for _ in range(s.layers))
        self.mix = nn.Parameter(torch.zeros(s.layers))

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """The layers mixed by learned weights, and the last layer."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(at) + self.kinds + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        weights, mixed = self.mix.softmax(0), 0
        for i, layer in enumerate(self.layers):
            x = layer(x, mask)
            mixed = mixed + weights[i] * x
        return mixed, x


def project(width: int, to: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, to), nn.GELU(), nn.Dropout(dropout))


class Biaffine(nn.Module):
    """Scores of pairs: ``(B, N, d) x (B, M, d) -> (B, N, M, out)``, each side with a bias."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(out, width + 1, width + 1))
        nn.init.normal_(self.weight, std=1.0 / width)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        left, right = (F.pad(x, (0, 1), value=1.0) for x in (left, right))
        b, n, d = left.shape
        half = left @ self.weight.permute(1, 0, 2).reshape(self.weight.shape[1], -1)  # constant, so that it quantises
        half = half.view(b, n * self.weight.shape[0], d)
        return (half @ right.transpose(1, 2)).view(b, n, self.weight.shape[0], -1).transpose(2, 3)

    def of_pairs(self, left: Tensor, right: Tensor) -> Tensor:
        """Scores of given pairs: ``(K, d) x (K, d) -> (K, out)``."""
        left, right = (F.pad(x, (0, 1), value=1.0) for x in (left, right))
        half = (left @ self.weight.permute(1, 0, 2).reshape(left.shape[1], -1)).view(len(left), *self.weight.shape[::2])
        return (half @ right.unsqueeze(-1)).squeeze(-1)


class Reader(nn.Module):
    def __init__(self, s: Sizes, dropout: float = 0.1, head_dropout: float = 0.25) -> None:
        super().__init__()
        self.sizes = s
        self.encoder = Encoder(s, dropout)
        self.dropout = nn.Dropout(head_dropout)
        self.upos = nn.Linear(s.width, s.upos)
        self.feats = nn.Linear(s.width, s.feats)
        self.entities = nn.Sequential(project(s.width, s.entity, head_dropout), nn.Linear(s.entity, s.entities))
        self.arc_left, self.arc_right = (project(s.width, s.arc, head_dropout) for _ in range(2))
        self.relation_left, self.relation_right = (project(s.width, s.relation, head_dropout) for _ in range(2))
        self.role_left, self.role_right = (project(s.width, s.role, head_dropout) for _ in range(2))
        self.arcs, self.relations, self.roles = (
            Biaffine(s.arc, 1),
            Biaffine(s.relation, s.relations),
            Biaffine(s.role, s.roles),
        )
        self.predicates = nn.Linear(s.width, 3)
        self.speech = nn.Sequential(project(s.width, s.entity, head_dropout), nn.Linear(s.entity, s.speech))
        self.content = nn.Linear(s.width, s.content)
        self.factuality = nn.Sequential(project(s.width, s.entity, head_dropout), nn.Linear(s.entity, 1))
        self.vector = nn.Linear(s.width, s.width)
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)
        self.claims = ClaimHeads(s.width, head_dropout)

    def read(self, pieces: Tensor, shapes: Tensor, first: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """The states of root and words, (B, W+1, width), and of the whole sentence, (B, width)."""
        x, last = self.encoder(pieces, shapes, mask)
        states = torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        if mask is None:
            return states, last.mean(1)
        here = (mask[:, 0, 0, :] == 0).unsqueeze(-1)
        return states, (last * here).sum(1) / here.sum(1)

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """All heads for one sentence, batch of one; what the exported graph computes."""
        x, whole = self.read(pieces, shapes, first, None)
        w = x[:, 1:]
        return (
            self.upos(w)[0],
            self.feats(w)[0],
            self.entities(w)[0],
            self.arcs(self.arc_left(w), self.arc_right(x))[0, :, :, 0],
            self.relations(self.relation_left(w), self.relation_right(x))[0],
            self.predicates(w)[0],
            self.roles(self.role_left(w), self.role_right(w))[0],
            self.speech(w)[0],
            self.content(w)[0],
            self.factuality(w)[0, :, 0],
            self.vector(whole)[0],
            w[0],
        )


def load_base(reader: Reader, path: str) -> None:
    """Fill the encoder with the weights of all-MiniLM-L6-v2."""
    from safetensors.torch import load_file

    base = load_file(path)
    e = reader.encoder
    with torch.no_grad():
        e.words.weight.copy_(base["embeddings.word_embeddings.weight"])
        e.positions.weight.copy_(base["embeddings.position_embeddings.weight"])
        e.kinds.copy_(base["embeddings.token_type_embeddings.weight"][0])
        for name in ("weight", "bias"):
            getattr(e.norm, name).copy_(base[f"embeddings.LayerNorm.{name}"])
            for i, layer in enumerate(e.layers):
                at = f"encoder.layer.{i}."
                for part, key in {
                    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                    "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
                    "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
                }.items():  # fmt: skip
                    getattr(getattr(layer, part), name).copy_(base[f"{at}{key}.{name}"])


def load_shipped(reader: Reader, path: str) -> None:
    """Fill encoder and heads with an exported model's weights, turned back from int8: a later run starts from there."""
    import numpy as np
    import onnx
    from onnx import numpy_helper

    graphs = [onnx.load(Path(path).with_name(name)).graph for name in ("reader.onnx", "details.onnx")]
    values = {i.name: numpy_helper.to_array(i) for graph in graphs for i in graph.initializer}
    own = dict(reader.named_parameters())
    mix: list[float] = []

    def whole(name: str) -> Any:
        if name in values:
            return values[name]
        zero, scale = values[f"{name}_zero_point"].astype(np.float32), values[f"{name}_scale"]
        return (values[f"{name}_quantized"].astype(np.float32) - zero) * scale

    def put(name: str, value: Any) -> None:
        if name in own and tuple(own[name].shape) == tuple(value.shape):
            own[name].data.copy_(torch.from_numpy(np.array(value, dtype=np.float32)))
            filled.add(name)

    filled: set[str] = set()
    for name in values:
        put(
            name.removesuffix("_quantized"),
            whole(name.removesuffix("_quantized")) if name.endswith("_quantized") else values[name],
        )
    for node in (n for graph in graphs for n in graph.node):
        if node.op_type == "QAttention":
            at = f"encoder.layers.{node.name.split('_')[1]}."
            weight, bias = whole(node.input[1].removesuffix("_quantized")), values[node.input[2]]
            for i, part in enumerate(("query", "key", "value")):
                put(f"{at}{part}.weight", weight[:, i * 384 : (i + 1) * 384].T)
                put(f"{at}{part}.bias", bias[i * 384 : (i + 1) * 384])
        elif node.op_type in ("MatMul", "MatMulInteger"):
            module = node.name.removeprefix("/").split("/MatMul")[0].split("/")
            weights = [i for i in node.input if i in values]
            if weights:
                name, value = join_names(module) + ".weight", whole(weights[0].removesuffix("_quantized"))
                if name in own and own[name].ndim == 3:  # as Biaffine lays it out for its product
                    out, inner, outer = own[name].shape
                    value = value.reshape(inner, out, outer).transpose(1, 0, 2)
                put(name, value if value.ndim == 3 else value.T)
        elif node.op_type == "Mul" and node.name.startswith("/encoder/Mul"):
            mix += [float(values[i]) for i in node.input if i in values]
    for name, value in np.load(Path(path).with_name("claims.npz")).items():
        put(f"claims.{name}", value)
    if len(mix) == reader.sizes.layers:
        put("encoder.mix", np.log(np.array(mix)))
    left = sorted(n for n in own if n not in filled)
    print(f"{len(filled)} weights taken over; fresh: {left}", flush=True)


def join_names(parts: list[str]) -> str:
    """``['role_left', 'role_left.0']`` → ``role_left.0``: the exporter repeats the names of containers."""
    return parts[-1] if len(parts) > 1 and parts[-1].startswith(parts[0] + ".") else ".".join(parts)
