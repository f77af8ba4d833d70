"""The claim heads fitted anew to a user's own coding, in numpy: types, statuses and parties, from the shipped weights on.

The encoder stays as it is; the last weights of each head move from where they are, held back by a penalty on the way
they go (maximum a posteriori under a normal prior around the shipped weights). Nothing is random but the order, which
is fixed: the same corrections give the same weights.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dragoman.errors import InputError
from dragoman.language.claim_heads import (
    SLOTS,
    Array,
    ClaimHeads,
    get_hidden,
    get_slot_sides,
    score_slots,
    sigmoid,
    softmax,
)
from dragoman.language.model import Model, analyse_words, find_states
from dragoman.language.tokens import find_tokens

FITTED = ("types.weight", "types.bias", "statuses.weight", "statuses.bias", "slots")
RATE, ROUNDS = 1e-3, 60
HOLD = 1e-3
"""How strongly the weights are held where they were: the penalty on a squared step."""
HELD_OUT = 5
"""One report in so many is kept aside to tell whether the fit helps."""
LEAST = 20
"""Fewest coded sentences to fit on."""


@dataclass(frozen=True)
class Lesson:
    """One coded sentence: word states, and for each word its type (0 is none), status (-1 unknown) and slots."""

    states: Array
    types: Array
    statuses: Array
    slots: Array
    """(acts, words, 6), in the order of the words that name an act."""


@dataclass(frozen=True)
class Fit:
    """The heads after fitting, and what it did to the sentences kept aside: mean loss and share of acts told rightly."""

    heads: ClaimHeads
    lessons: int
    held_out: int
    loss_before: float
    loss_after: float
    right_before: float
    right_after: float

    @property
    def helps(self) -> bool:
        return self.loss_after < self.loss_before


def make_lessons(model: Model, report: Mapping[str, Any], place: str) -> list[Lesson]:
    """The lessons of one coded report, in the shape of the coding guide.

    Args:
        report: ``{"sentences": [{"n", "text"}], "claims": [{"sentence", "trigger", "event_type", "status", "actors", …}]}``.
        place: File and line, for errors.

    Raises:
        InputError: A key is missing, or the words of a claim don't stand in its sentence.
    """
    lessons = []
    try:
        for sentence in report["sentences"]:
            claims = [c for c in report["claims"] if c["sentence"] == sentence["n"]]
            lessons.append(_make_lesson(model, str(sentence["text"]), claims, f"{place}, sentence {sentence['n']}"))
    except (KeyError, TypeError) as error:
        message = (
            f"lacks {error} or has it in another shape; sentences and claims in the shape of the guide are expected"
        )
        raise InputError(message, place=place) from error
    return lessons


def _make_lesson(model: Model, text: str, claims: Sequence[Mapping[str, Any]], place: str) -> Lesson:
    spans = find_tokens(text)
    words = [text[a:b] for a, b in spans]
    tree, states = analyse_words(model, words).heads, find_states(model, words)
    count, heads = len(states), model.claim_heads
    types, statuses = np.zeros(count, np.int64), np.full(count, -1)
    slots: dict[int, Array] = {}
    for claim in claims:
        if claim["event_type"] not in heads.types or claim["status"] not in heads.statuses:
            message = f"has type {claim['event_type']!r}, status {claim['status']!r}; one of the sixteen and of the six is expected"
            raise InputError(message, place=place)
        at = _find_head(text, spans[:count], tree, claim["trigger"], place)
        types[at], statuses[at] = heads.types.index(claim["event_type"]), heads.statuses.index(claim["status"])
        row = slots.setdefault(at, np.zeros((count, len(SLOTS))))
        sides = {"actor": claim.get("actors") or [], "recipient": claim.get("recipients") or []}
        sides["claimant"] = [claim["claimant"]] if claim.get("claimant") else []
        for slot, parties in sides.items():
            for party in parties:
                if party.get("text"):
                    row[_find_head(text, spans[:count], tree, party["text"], place), SLOTS.index(slot)] = 1
    order = sorted(slots)
    return Lesson(
        states, types, statuses, np.stack([slots[i] for i in order]) if order else np.zeros((0, count, len(SLOTS)))
    )


def _find_head(text: str, spans: Sequence[tuple[int, int]], tree: Sequence[int], words: Any, place: str) -> int:
    """The head word of the first place where the words stand."""
    wanted = words["text"] if isinstance(words, Mapping) else str(words)
    start = text.find(wanted)
    inside = [i for i, (a, b) in enumerate(spans) if start >= 0 and a < start + len(wanted) and b > start]
    if not inside:
        raise InputError(f"the words {wanted!r} don't stand in it; copy them as it has them", place=place)
    return next((i for i in inside if tree[i] not in inside), inside[0])


def fit_heads(heads: ClaimHeads, reports: Sequence[tuple[str, Sequence[Lesson]]]) -> Fit:
    """Heads fitted to the lessons of all reports but one in five, which tell whether it helped.

    Args:
        reports: Each report's id with its lessons.

    Raises:
        InputError: There are too few coded sentences to fit on.
    """
    aside = {i for i, _ in reports if int(hashlib.sha256(i.encode()).hexdigest(), 16) % HELD_OUT == 0}
    train = [x for i, lessons in reports for x in lessons if i not in aside]
    kept = [x for i, lessons in reports for x in lessons if i in aside]
    if len(train) < LEAST or not kept:
        message = f"hold {len(train)} coded sentences to fit on and {len(kept)} to check with; at least {LEAST} and 1 are wanted"
        raise InputError(message, place="corrections", reason="too few corrections")
    prior = {name: heads.weights[name].astype(np.float64) for name in FITTED}
    weights, first = {k: v.copy() for k, v in prior.items()}, {k: np.zeros_like(v) for k, v in prior.items()}
    second = {k: np.zeros_like(v) for k, v in prior.items()}
    best, best_loss, before = heads, _measure(heads, kept)[0], _measure(heads, kept)
    for step in range(1, ROUNDS + 1):
        slopes = _find_slopes(replace(heads, weights={**heads.weights, **weights}), train)
        for name in FITTED:  # Adam. Source: Kingma & Ba 2015.
            slope = slopes[name] / len(train) + HOLD * (weights[name] - prior[name])
            first[name] = 0.9 * first[name] + 0.1 * slope
            second[name] = 0.999 * second[name] + 0.001 * slope**2
            moved = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
            weights[name] = weights[name] - RATE * moved
        now = replace(heads, weights={**heads.weights, **{k: v.astype(np.float32) for k, v in weights.items()}})
        if (loss := _measure(now, kept)[0]) < best_loss:
            best, best_loss = now, loss
    after = _measure(best, kept)
    return Fit(best, len(train), len(kept), before[0], after[0], before[1], after[1])


def _find_slopes(heads: ClaimHeads, lessons: Sequence[Lesson]) -> dict[str, Array]:
    slopes = {name: np.zeros(heads.weights[name].shape) for name in FITTED}
    for x in lessons:
        hidden, acts = get_hidden(heads, x.states), np.flatnonzero(x.types)
        away = softmax(hidden @ heads.weights["types.weight"].T + heads.weights["types.bias"])
        away[np.arange(len(away)), x.types] -= 1
        slopes["types.weight"] += away.T @ hidden
        slopes["types.bias"] += away.sum(0)
        if len(acts):
            away = softmax(hidden[acts] @ heads.weights["statuses.weight"].T + heads.weights["statuses.bias"])
            away[np.arange(len(acts)), x.statuses[acts]] -= 1
            slopes["statuses.weight"] += away.T @ hidden[acts]
            slopes["statuses.bias"] += away.sum(0)
            left, right = get_slot_sides(heads, x.states[acts], x.states)
            away = sigmoid(score_slots(heads, x.states[acts], x.states)) - x.slots
            slopes["slots"] += np.einsum("nd,nws,we->sde", left, away, right)
    return slopes


def _measure(heads: ClaimHeads, lessons: Sequence[Lesson]) -> tuple[float, float]:
    """Mean loss a sentence, and the share of words naming an act, told or coded, whose type is right."""
    loss, right, every = 0.0, 0, 0
    for x in lessons:
        hidden, acts = get_hidden(heads, x.states), np.flatnonzero(x.types)
        chances = softmax(hidden @ heads.weights["types.weight"].T + heads.weights["types.bias"])
        told = chances.argmax(1)
        loss -= float(np.log(chances[np.arange(len(chances)), x.types] + 1e-9).sum())
        right += int(((told == x.types) & (x.types > 0)).sum())
        every += int(((told > 0) | (x.types > 0)).sum())
        if len(acts):
            chances = softmax(hidden[acts] @ heads.weights["statuses.weight"].T + heads.weights["statuses.bias"])
            loss -= float(np.log(chances[np.arange(len(acts)), x.statuses[acts]] + 1e-9).sum())
            linked = sigmoid(score_slots(heads, x.states[acts], x.states))
            loss -= float(np.log(np.where(x.slots > 0, linked, 1 - linked) + 1e-9).sum())
    return loss / max(len(lessons), 1), right / max(every, 1)
