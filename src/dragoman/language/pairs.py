"""What one named party does to another in one sentence: a researcher's own hand-coded pairs, coded."""

from __future__ import annotations

import re

import numpy as np

from dragoman.domain import PairCode
from dragoman.errors import InputError
from dragoman.language.claim_heads import GRID, find_seen_acts, score_pair
from dragoman.language.model import Model, find_states
from dragoman.language.tokens import find_tokens


def code_pair(model: Model, sentence: str, actor: str, recipient: str | None) -> PairCode:
    """Type, mode and status of what ``actor`` does to ``recipient``, by the heads that claims are made with.

    Args:
        sentence: One sentence of English.
        actor: The doer's words as they stand in the sentence (case and blanks aside).
        recipient: The other side's words; empty or ``None`` for nobody.

    Raises:
        InputError: The sentence is empty, or a party's words don't stand in it.
    """
    spans = find_tokens(sentence)
    if not spans:
        raise InputError("has an empty sentence", reason="empty sentence")
    states = find_states(model, [sentence[a:b] for a, b in spans])
    ends = [_find_words(sentence, words, spans, len(states)) if words else None for words in (actor, recipient)]
    if ends[0] is None:
        raise InputError("names no actor", reason="no actor")
    types, statuses = score_pair(model.claim_heads, states, ends[0], ends[1])
    heads = model.claim_heads
    event_type = heads.types[1 + int(np.argmax(types))]
    acts = [a for a in find_seen_acts(heads, states) if event_type in a.modes]
    best = max(acts, key=lambda a: a.chance * dict(a.types).get(event_type, 0.0), default=None)  # type: ignore[call-overload]
    return PairCode(
        event_type,  # type: ignore[arg-type]
        best.modes[event_type] if best else None,
        heads.statuses[int(np.argmax(statuses))],  # type: ignore[arg-type]
        {t: round(float(c), GRID) for t, c in zip(heads.types[1:], types, strict=True)},
        {s: round(float(c), GRID) for s, c in zip(heads.statuses, statuses, strict=True)},
    )


def _find_words(sentence: str, words: str, spans: list[tuple[int, int]], read: int) -> tuple[int, int]:
    """First and last word of the first place where the words stand, among the words that were read."""
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    bounded = re.search(rf"(?<!\w){pattern}(?!\w)", sentence, re.IGNORECASE)
    found = bounded or re.search(pattern, sentence, re.IGNORECASE)
    inside = [i for i, (a, b) in enumerate(spans[:read]) if found and a < found.end() and b > found.start()]
    if not pattern or not inside:
        raise InputError(
            f"the words {words!r} don't stand in the sentence; give them as it has them", reason="party not found"
        )
    return inside[0], inside[-1]
