"""Word states → the acts that words name, with their parties: the heads that users may fit to their own corrections.

They are small and run in numpy, apart from the encoder. Chances are rounded to 1e-3 before anything is decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from dragoman.domain import SeenAct

Array = NDArray[Any]
GRID = 3
"""Decimals that chances are rounded to."""
SEEN = 0.05
"""Least chance of naming an act at which a word is told to the coder."""
SLOT_SEEN = 0.05
"""Least chance of standing in a slot at which a word is told to the coder."""
SLOTS = ("actor", "recipient", "claimant", "magnitude", "date", "place")


@dataclass(frozen=True)
class ClaimHeads:
    """Weights by name, and the labels of their outputs in order."""

    weights: Mapping[str, Array]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    modes: tuple[str, ...]

    @cached_property
    def modes_of(self) -> dict[str, list[int]]:
        """Type → places of its modes in ``modes``, and of none."""
        return {t: [i for i, m in enumerate(self.modes) if m == "-" or m.startswith(t + "/")] for t in self.types}

    @cached_property
    def turned(self) -> dict[str, Array]:
        """Weights laid out as a product wants them, which takes two thirds of the time; filled as they are asked for."""
        return {}


def load_claim_heads(file: Path | BinaryIO, labels: Mapping[str, list[str]]) -> ClaimHeads:
    with np.load(file) as content:
        weights = {name: content[name].astype(np.float32) for name in content.files}
    return ClaimHeads(weights, tuple(labels["acts"]), tuple(labels["statuses"]), tuple(labels["modes"]))


def find_seen_acts(heads: ClaimHeads, states: Array) -> tuple[SeenAct, ...]:
    """The words of a sentence (``states``: (W, 384)) that may name an act, in order."""
    hidden = get_hidden(heads, states)
    types = softmax(_linear(heads, "types", hidden))
    chances = (1 - types[:, 0]).round(GRID)
    words = np.flatnonzero(chances >= SEEN)
    if len(words) == 0:
        return ()
    shown, types = hidden[words], types[words, 1:]
    statuses = _rank(heads.statuses, softmax(_linear(heads, "statuses", shown)).round(GRID))
    given = _rank(heads.types[1:], (types / types.sum(1, keepdims=True)).round(GRID))
    modes = _linear(heads, "modes", shown).round(GRID).tolist()
    slots = _find_slots(_score_each_slot(heads, states[words], states))
    return tuple(
        [
            SeenAct(
                word,
                chance,
                given[n],
                statuses[n],
                {t: _find_mode(heads, modes[n], t) for t, _ in given[n][:2]},
                slots[n],
            )
            for n, (word, chance) in enumerate(zip(words.tolist(), chances[words].tolist(), strict=True))
        ]
    )


def score_pair(
    heads: ClaimHeads, states: Array, actor: tuple[int, int], recipient: tuple[int, int] | None
) -> tuple[Array, Array]:
    """Chances of the sixteen types and of the statuses of what one party does to another.

    Args:
        states: (W, 384).
        actor: First and last word of the doer.
        recipient: First and last word of the other side; ``None`` for nobody.
    """
    a = _relu(heads, "actor.0", _pool(states, actor))
    r = _relu(heads, "recipient.0", _pool(states, recipient)) if recipient else heads.weights["nobody"]
    hidden = get_hidden(heads, states)
    types, statuses = _linear(heads, "types", hidden), _linear(heads, "statuses", hidden)
    slots = score_slots(heads, states, states)
    weight = _linear(heads, "key", states) @ _linear(heads, "query", np.concatenate([a, r])) / np.sqrt(len(a))
    weight = weight + np.log(np.exp(types[:, 1:]).sum(1)) - types[:, 0]
    weight = weight + 0.5 * slots[:, actor[0] : actor[1] + 1, 0].mean(1)
    if recipient:
        weight = weight + 0.5 * slots[:, recipient[0] : recipient[1] + 1, 1].mean(1)
    weight = softmax(weight[None])[0]
    joined = _relu(heads, "joined.0", np.concatenate([weight @ states, a, r]))
    return (
        np.round(softmax((weight @ types[:, 1:] + _linear(heads, "pair_types", joined))[None])[0], GRID),
        np.round(softmax((weight @ statuses + _linear(heads, "pair_statuses", joined))[None])[0], GRID),
    )


def _pool(states: Array, span: tuple[int, int]) -> Array:
    result: Array = states[span[0] : span[1] + 1].mean(0)
    return result


def get_hidden(heads: ClaimHeads, states: Array) -> Array:
    """What types, statuses and modes are told from: (W, 256)."""
    return _relu(heads, "act.0", states)


def get_slot_sides(heads: ClaimHeads, acts: Array, words: Array) -> tuple[Array, Array]:
    """Acts (N, 129) and words (W, 129) as the slots compare them, each with a one at the end."""
    return _add_one(_relu(heads, "slot_left.0", acts)), _add_one(_relu(heads, "slot_right.0", words))


def _add_one(x: Array) -> Array:
    result = np.ones((len(x), x.shape[1] + 1), dtype=x.dtype)
    result[:, :-1] = x
    return result


def score_slots(heads: ClaimHeads, acts: Array, words: Array) -> Array:
    """(N, 384) acts, (W, 384) words → (N, W, 6)."""
    return _score_each_slot(heads, acts, words).transpose(1, 2, 0)


def _score_each_slot(heads: ClaimHeads, acts: Array, words: Array) -> Array:
    """The same with the slots first: (6, N, W)."""
    left, right = get_slot_sides(heads, acts, words)
    scores = np.empty((len(SLOTS), len(left), len(right)), dtype=left.dtype)
    for weight, told in zip(heads.weights["slots"], scores, strict=True):
        np.matmul(left @ weight, right.T, out=told)
    return scores


def _rank(labels: tuple[str, ...], chances: Array) -> list[Any]:
    """For each row of chances the labels that have any, the likeliest first."""
    return [
        tuple([(labels[i], row[i]) for i in sorted(_PLACES[: len(row)], key=row.__getitem__, reverse=True) if row[i]])
        for row in chances.tolist()
    ]


_PLACES = tuple(range(64))
"""More than any head has labels."""


def _find_mode(heads: ClaimHeads, scores: list[float], event_type: str) -> str | None:
    """The likeliest mode of the type, where that is likelier than none."""
    best = heads.modes[max(heads.modes_of[event_type], key=scores.__getitem__)]
    return None if best == "-" else best.split("/")[1]


def _find_slots(scores: Array) -> list[dict[str, tuple[tuple[int, float], ...]]]:
    """For each act (``scores``: (6, N, W)) the words that may stand in its slots, in order."""
    found: list[list[list[tuple[int, float]]]] = [[[] for _ in SLOTS] for _ in range(scores.shape[1])]
    slots, acts, words = np.nonzero(scores > _SLOT_UNSEEN)
    chances = sigmoid(scores[slots, acts, words]).round(GRID).tolist()
    for slot, act, word, chance in zip(slots.tolist(), acts.tolist(), words.tolist(), chances, strict=True):
        if chance >= SLOT_SEEN:
            found[act][slot].append((word, chance))
    return [dict(zip(SLOTS, map(tuple, each), strict=True)) for each in found]


_SLOT_UNSEEN = -3.0
"""A score so low is a chance under ``SLOT_SEEN``, whatever rounding does."""


def _linear(heads: ClaimHeads, name: str, x: Array) -> Array:
    result: Array = x @ _turn(heads, name, x)
    result += heads.weights[f"{name}.bias"]
    return result


def _turn(heads: ClaimHeads, name: str, x: Array) -> Array:
    """The weights as ``x`` is multiplied with: a large product wants them laid out the other way round."""
    weight = heads.weights[f"{name}.weight"]
    if x.size * len(weight) < _LARGE:
        return weight.T
    turned = heads.turned.get(name)
    if turned is None:
        turned = heads.turned[name] = np.ascontiguousarray(weight.T)
    return turned


_LARGE = 1_100_000
"""Multiplications from which the layout takes a third off the time; smaller products are summed in an order of their own,
which must stay."""


def _relu(heads: ClaimHeads, name: str, x: Array) -> Array:
    result = _linear(heads, name, x)
    return np.maximum(result, 0, out=result)


def softmax(x: Array) -> Array:
    e: Array = x - x.max(-1, keepdims=True)
    np.exp(e, out=e)
    e /= e.sum(-1, keepdims=True)
    return e


def sigmoid(x: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return result
