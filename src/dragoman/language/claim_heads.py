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


def load_claim_heads(file: Path | BinaryIO, labels: Mapping[str, list[str]]) -> ClaimHeads:
    with np.load(file) as content:
        weights = {name: content[name].astype(np.float32) for name in content.files}
    return ClaimHeads(weights, tuple(labels["acts"]), tuple(labels["statuses"]), tuple(labels["modes"]))


def find_seen_acts(heads: ClaimHeads, states: Array) -> tuple[SeenAct, ...]:
    """The words of a sentence (``states``: (W, 384)) that may name an act, in order."""
    hidden = get_hidden(heads, states)
    types = softmax(_linear(heads, "types", hidden))
    chances = np.round(1 - types[:, 0], GRID)
    words = np.flatnonzero(chances >= SEEN)
    if len(words) == 0:
        return ()
    statuses = _rank(heads.statuses, np.round(softmax(_linear(heads, "statuses", hidden[words])), GRID))
    given = _rank(heads.types[1:], np.round(types[words, 1:] / types[words, 1:].sum(1, keepdims=True), GRID))
    modes = np.round(_linear(heads, "modes", hidden[words]), GRID).tolist()
    slots = _find_slots(np.round(sigmoid(score_slots(heads, states[words], states)), GRID))
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
    left, right = get_slot_sides(heads, acts, words)
    scores: Array = np.stack([left @ weight @ right.T for weight in heads.weights["slots"]], axis=-1)
    return scores


def _rank(labels: tuple[str, ...], chances: Array) -> list[Any]:
    """For each row of chances the labels that have any, the likeliest first."""
    orders = np.argsort(-chances, axis=1, kind="stable").tolist()
    return [
        tuple([(labels[i], row[i]) for i in order if row[i] > 0])
        for order, row in zip(orders, chances.tolist(), strict=True)
    ]


def _find_mode(heads: ClaimHeads, scores: list[float], event_type: str) -> str | None:
    """The likeliest mode of the type, where that is likelier than none."""
    best = heads.modes[max(heads.modes_of[event_type], key=scores.__getitem__)]
    return None if best == "-" else best.split("/")[1]


def _find_slots(chances: Array) -> list[dict[str, tuple[tuple[int, float], ...]]]:
    """For each act (``chances``: (N, W, 6)) the words that may stand in its slots, in order."""
    found: list[dict[str, list[tuple[int, float]]]] = [{slot: [] for slot in SLOTS} for _ in chances]
    acts, words, slots = np.nonzero(chances >= SLOT_SEEN)
    values = chances[acts, words, slots].tolist()
    for act, word, slot, chance in zip(acts.tolist(), words.tolist(), slots.tolist(), values, strict=True):
        found[act][SLOTS[slot]].append((word, chance))
    return [{slot: tuple(inside) for slot, inside in each.items()} for each in found]


def _linear(heads: ClaimHeads, name: str, x: Array) -> Array:
    result: Array = x @ heads.weights[f"{name}.weight"].T + heads.weights[f"{name}.bias"]
    return result


def _relu(heads: ClaimHeads, name: str, x: Array) -> Array:
    return np.maximum(_linear(heads, name, x), 0)


def softmax(x: Array) -> Array:
    e = np.exp(x - x.max(-1, keepdims=True))
    result: Array = e / e.sum(-1, keepdims=True)
    return result


def sigmoid(x: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return result
