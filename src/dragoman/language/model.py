"""The reader: one small encoder reads each sentence once; its heads give words, tree, entities and roles.

A sentence is one call at its exact length on one thread: the quantised encoder scales by what stands in the call, so
a padded or mixed batch would move its scores, and with them decisions.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.domain import Entity, Role, SeenAct, Sentence, SpeechPart, Token
from dragoman.errors import ModelError
from dragoman.language.claim_heads import ClaimHeads, find_seen_acts, load_claim_heads
from dragoman.language.decoding import (
    GRID,
    find_entities,
    find_heads,
    find_predicates,
    find_relations,
    find_roles,
    find_speech,
    find_tags,
)
from dragoman.language.lemmas import get_lemma
from dragoman.language.meanings import Meanings, find_meanings, load_meanings
from dragoman.language.mending import mend
from dragoman.language.pieces import Pieces, get_shape
from dragoman.language.tokens import find_tokens

MOST_PIECES = 510
"""Pieces the encoder has positions for, its two marks aside; what goes beyond in a sentence stays unread."""
_WEIGHTS = {"reader.onnx": "sha256", "details.onnx": "details_sha256", "claims.npz": "claims_sha256"}
_FILES = (*_WEIGHTS, "meanings.npz", "reader.json", "vocabulary.txt")


@dataclass(frozen=True)
class Model:
    """The loaded reader. ``checksum`` is the first 16 hex digits of the SHA-256 of its weights."""

    session: Any
    """Reads every word."""
    details: Any
    """Is asked once the tree is known: pairs of words are scored for it alone."""
    pieces: Pieces
    labels: dict[str, list[str]]
    claim_heads: ClaimHeads
    meanings: Meanings
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
    acts: tuple[SeenAct, ...] = ()
    speech: tuple[SpeechPart, ...] = ()
    factuality: tuple[float, ...] = ()
    meanings: bytes = b""


def load_model(folder: Path | None = None, *, own: Path | None = None, threads: int = 1) -> Model:
    """Load the reader's weights from ``folder`` (default: those in the package).

    Args:
        folder: Where the weights are.
        own: A project's folder: claim heads that ``dragoman train`` saved there go before ours.
        threads: Threads of one call.

    Raises:
        ModelError: a file is missing, or the weights aren't those their checksum names.
    """
    root = folder or Path(str(resources.files("dragoman") / "_models"))
    missing = [name for name in _FILES if not (root / name).is_file()]
    if missing:
        raise ModelError(
            f"the model lacks {', '.join(missing)} in {root}; install dragoman again, or re-make it (training/)"
        )
    settings = json.loads((root / "reader.json").read_text(encoding="utf-8"))
    weights = {name: (root / name).read_bytes() for name in _WEIGHTS}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in weights.items()}
    for name, key in _WEIGHTS.items():
        if sums[name] != settings[key]:
            raise ModelError(
                f"{root / name} has SHA-256 {sums[name][:16]}…, expected {settings[key][:16]}…; install again"
            )
    vocabulary = (root / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    content = _read_own_heads(own) or weights["claims.npz"]
    sums["claims.npz"] = hashlib.sha256(content).hexdigest()
    heads = load_claim_heads(io.BytesIO(content), settings["labels"])
    checksum = hashlib.sha256("".join(sums.values()).encode()).hexdigest()
    return Model(
        _open(weights["reader.onnx"], threads), _open(weights["details.onnx"], threads), Pieces(vocabulary),
        settings["labels"], heads, load_meanings(root / "meanings.npz"), checksum[:16],
    )  # fmt: skip


def _open(weights: bytes, threads: int) -> Any:
    """A session that leaves sums and normalisations apart: onnxruntime's fused one takes seven times as long (1.32)."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # hardly a sentence is as long as the one before
    return ort.InferenceSession(
        weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


_OWN = Path("model") / "claims.npz"


def _read_own_heads(project: Path | None) -> bytes | None:
    path = project / _OWN if project else None
    return path.read_bytes() if path and path.is_file() else None


def save_own_heads(heads: ClaimHeads, project: Path) -> Path:
    """Write fitted claim heads where ``load_model(own=project)`` finds them; gives the file."""
    path = project / _OWN
    path.parent.mkdir(parents=True, exist_ok=True)
    content = io.BytesIO()
    halves: dict[str, Any] = {name: value.astype(np.float16) for name, value in heads.weights.items()}
    np.savez(content, **halves)
    path.write_bytes(content.getvalue())
    return path


def analyse(model: Model, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The same sentences with tokens, tree, entities and roles."""
    return tuple(_analyse_one(model, s) for s in sentences)


def _analyse_one(model: Model, sentence: Sentence) -> Sentence:
    spans = find_tokens(sentence.text)
    words = [sentence.text[a:b] for a, b in spans]
    found = analyse_words(model, words)
    at = sentence.span.start
    tokens = tuple(
        [
            Token(word, at + a, at + b, get_lemma(word, upos), upos, feats, head, relation)
            for word, (a, b), upos, feats, head, relation in zip(
                words, spans, found.upos, found.feats, found.heads, found.relations, strict=False
            )
        ]
    )
    return replace(
        sentence, tokens=tokens, entities=found.entities, roles=found.roles, acts=found.acts,
        speech=found.speech, factuality=found.factuality, meanings=found.meanings,
    )  # fmt: skip


def analyse_words(model: Model, words: Sequence[str]) -> Analysis:
    """What the heads say of the words of one sentence (as many of them as the encoder has places for)."""
    count, feed = encode(model, words)
    if count == 0:
        return Analysis((), (), (), (), (), ())
    upos, feats, entities, arcs, predicates, read = model.session.run(FIRST, feed)
    heads, found, states = find_heads(arcs), find_predicates(predicates), read[0, 1:]
    relations, roles, speech, factuality = model.details.run(DETAILS, ask_details(read, heads, found))
    labels = model.labels
    tags, ties = (
        find_tags(upos, list(words[:count]), labels["upos"]),
        find_relations(relations, heads, labels["relations"]),
    )
    mend(words[:count], tags, heads, ties)
    return Analysis(
        tags,
        tuple([labels["feats"][i] for i in feats.round(GRID).argmax(axis=1).tolist()]),
        tuple(heads),
        tuple(ties),
        find_entities(entities, labels["entities"]),
        find_roles(found, roles, labels["roles"]),
        find_seen_acts(model.claim_heads, states),
        find_speech(speech, labels["speech"]),
        tuple(factuality.astype(np.float64).round(GRID).tolist()),
        find_meanings(model.meanings, states),
    )


FIRST = ("upos", "feats", "entities", "arcs", "predicates", "read")
"""What reading takes from the first part."""
DETAILS = ("relations", "roles", "speech", "factuality")
"""And from the second."""


def ask_details(read: Any, heads: Sequence[int], found: Any) -> dict[str, Any]:
    """The inputs of the second part: what was read, the tree's heads and the words found to be predicates.

    Without a predicate the first word stands in for one, as a product of nothing is none; its roles are passed over.
    """
    return {"read": read, "heads": np.array(heads, dtype=np.int64), "found": found if len(found) else _ANY}


_ANY = np.zeros(1, dtype=np.int64)


def find_states(model: Model, words: Sequence[str]) -> Any:
    """The states of the words (W, 384), which the claim heads work on."""
    count, feed = encode(model, words)
    return model.session.run(["read"], feed)[0][0, 1 : count + 1]


def encode(model: Model, words: Sequence[str]) -> tuple[int, dict[str, Any]]:
    """How many words fit, and the inputs of the model for them."""
    ids, shapes, first, at = [model.pieces.start], [0], [0], 1
    for word in words:
        cut = model.pieces.split(word)
        length = len(cut)
        if at - 1 + length > MOST_PIECES:
            break
        first.append(at)
        ids += cut
        shapes += [get_shape(word)] * length
        at += length
    rows = {"pieces": [*ids, model.pieces.stop], "shapes": [*shapes, 0], "first": first}
    return len(first) - 1, {name: np.array([row], dtype=np.int64) for name, row in rows.items()}
