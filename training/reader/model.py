"""The reader: a MiniLM encoder and, on the words it reads, five heads.

Inputs of one sentence: ``pieces`` and ``shapes`` (P,), ``first`` (W+1,): the place of each word's first piece, with the
start mark before them as the root. Outputs, for W words: ``upos`` (W, 17), ``feats`` (W, F), ``entities`` (W, 37),
``arcs`` (W, W+1), ``relations`` (W, W+1, R), ``predicates`` (W, 3), ``roles`` (W, W, L).
Source of the tree head: Dozat & Manning 2017, Deep Biaffine Attention for Neural Dependency Parsing.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
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

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(at) + self.kinds + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        weights, mixed = self.mix.softmax(0), 0
        for i, layer in enumerate(self.layers):
            x = layer(x, mask)
            mixed = mixed + weights[i] * x
        return mixed


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
        half = left @ self.weight.permute(1, 0, 2).reshape(d, -1)
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

    def read(self, pieces: Tensor, shapes: Tensor, first: Tensor, mask: Tensor | None) -> Tensor:
        """The states of root and words: (B, W+1, width)."""
        x = self.encoder(pieces, shapes, mask)
        return self.dropout(torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1])))

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """All heads for one sentence, batch of one; what the exported graph computes."""
        x = self.read(pieces, shapes, first, None)
        w = x[:, 1:]
        return (
            self.upos(w)[0],
            self.feats(w)[0],
            self.entities(w)[0],
            self.arcs(self.arc_left(w), self.arc_right(x))[0, :, :, 0],
            self.relations(self.relation_left(w), self.relation_right(x))[0],
            self.predicates(w)[0],
            self.roles(self.role_left(w), self.role_right(w))[0],
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
