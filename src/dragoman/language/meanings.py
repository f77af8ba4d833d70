"""Word states → what each word means in its sentence, in 64 bytes: enough to tell whether two words name one happening.

The projection was fitted so that words which name one happening lie near each other (training/events). It runs in numpy,
beside the claim heads: no second pass over any sentence is needed where claims are merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
SIZE = 64
"""Bytes of one word. 32 told nearly as much, 128 no more (benchmarks/events)."""
_GREATEST = 127


@dataclass(frozen=True)
class Meanings:
    """``mean`` (384,) is taken from a state, ``projection`` (384, 64) makes it comparable."""

    mean: Array
    projection: Array


def load_meanings(path: Path) -> Meanings:
    with np.load(path) as content:
        return Meanings(content["mean"].astype(np.float32), content["projection"].astype(np.float32))


def find_meanings(meanings: Meanings, states: Array) -> bytes:
    """The words of a sentence (``states``: (W, 384)), ``SIZE`` signed bytes each, in order."""
    projected = (states - meanings.mean) @ meanings.projection
    scaled = projected * (_GREATEST / np.maximum(np.abs(projected).max(1, keepdims=True), 1e-9))
    content: bytes = np.round(scaled).astype(np.int8).tobytes()
    return content
