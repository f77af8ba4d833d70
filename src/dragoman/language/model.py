"""The reader: one small encoder reads each sentence once; its heads give words, tree, entities and roles.

A sentence is one call at its exact length on one thread: the quantised encoder scales by what stands in the call, so
a padded or mixed batch would move its scores, and with them decisions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.domain import Entity, Role, Sentence, Token
from dragoman.errors import ModelError
from dragoman.language.decoding import GRID, find_entities, find_heads, find_relations, find_roles
from dragoman.language.lemmas import get_lemma
from dragoman.language.pieces import Pieces, get_shape
from dragoman.language.tokens import find_tokens

MOST_PIECES = 510
"""Pieces the encoder has positions for, its two marks aside; what goes beyond in a sentence stays unread."""
_FILES = ("reader.onnx", "reader.json", "vocabulary.txt")


@dataclass(frozen=True)
class Model:
    """The loaded reader. ``checksum`` is the first 16 hex digits of the SHA-256 of its weights."""

    session: Any
    pieces: Pieces
    labels: dict[str, list[str]]
    checksum: str


@dataclass(frozen=True)
class Analysis:
    """One sentence read: for each word its part of speech, features, head (-1 for the root) and relation."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    entities: tuple[Entity, ...]
    roles: tuple[Role, ...]


def load_model(folder: Path | None = None, *, threads: int = 1) -> Model:
    """Load the reader's weights from ``folder`` (default: those in the package).

    Raises:
        ModelError: a file is missing, or the weights aren't those their checksum names.
    """
    import onnxruntime as ort

    root = folder or Path(str(resources.files("dragoman") / "_models"))
    missing = [name for name in _FILES if not (root / name).is_file()]
    if missing:
        raise ModelError(
            f"the model lacks {', '.join(missing)} in {root}; install dragoman again, or re-make it (training/)"
        )
    weights = (root / "reader.onnx").read_bytes()
    settings = json.loads((root / "reader.json").read_text(encoding="utf-8"))
    checksum = hashlib.sha256(weights).hexdigest()
    if checksum != settings["sha256"]:
        raise ModelError(
            f"{root / 'reader.onnx'} has SHA-256 {checksum[:16]}…, expected {settings['sha256'][:16]}…; install again"
        )
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    vocabulary = (root / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return Model(session, Pieces(vocabulary), settings["labels"], checksum[:16])


def analyse(model: Model, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The same sentences with tokens, tree, entities and roles."""
    return tuple(_analyse_one(model, s) for s in sentences)


def _analyse_one(model: Model, sentence: Sentence) -> Sentence:
    spans = find_tokens(sentence.text)
    words = [sentence.text[a:b] for a, b in spans]
    found = analyse_words(model, words)
    at = sentence.span.start
    tokens = tuple(
        Token(word, at + a, at + b, get_lemma(word, upos), upos, feats, head, relation)
        for word, (a, b), upos, feats, head, relation in zip(
            words, spans, found.upos, found.feats, found.heads, found.relations, strict=False
        )
    )
    return replace(sentence, tokens=tokens, entities=found.entities, roles=found.roles)


def analyse_words(model: Model, words: Sequence[str]) -> Analysis:
    """What the heads say of the words of one sentence (as many of them as the encoder has places for)."""
    count, feed = _encode(model, words)
    if count == 0:
        return Analysis((), (), (), (), (), ())
    upos, feats, entities, arcs, relations, predicates, roles = model.session.run(None, feed)
    heads = find_heads(arcs)
    labels = model.labels
    return Analysis(
        tuple(labels["upos"][i] for i in np.argmax(np.round(upos, GRID), axis=1)),
        tuple(labels["feats"][i] for i in np.argmax(np.round(feats, GRID), axis=1)),
        tuple(heads),
        tuple(find_relations(relations, heads, labels["relations"])),
        find_entities(entities, labels["entities"]),
        find_roles(predicates, roles, labels["roles"]),
    )


def _encode(model: Model, words: Sequence[str]) -> tuple[int, dict[str, Any]]:
    """How many words fit, and the inputs of the model for them."""
    ids, shapes, first = [model.pieces.start], [0], [0]
    count = 0
    for word in words:
        cut = model.pieces.split(word)
        if len(ids) - 1 + len(cut) > MOST_PIECES:
            break
        first.append(len(ids))
        ids += cut
        shapes += [get_shape(word)] * len(cut)
        count += 1
    rows = {"pieces": [*ids, model.pieces.stop], "shapes": [*shapes, 0], "first": first}
    return count, {name: np.array([row], dtype=np.int64) for name, row in rows.items()}
