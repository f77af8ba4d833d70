"""Spellings made alike: how a name is cut and folded so that its variants meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʻ`´.·", None))
_SPECIAL = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"})
_CUTS = re.compile(r"[\s\-‐‑–—/_&,()“”\"]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_SOUNDS = (
    (re.compile(r"(?:iy|yy|ij|ey|ei|ii|ie|y)(?=$)"), "i"),
    (re.compile(r"iy|yy|ij|ey|ei|y"), "i"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"q|ck"), "k"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)
"""Transliterations that news spells either way: Sergei/Sergey, Zelenskyy/Zelensky, Khamenei/Hamenei."""


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in lower case without accents, apostrophes and full stops: ``Côte`` → ``cote``, ``U.S.`` → ``us``."""
    if word.isascii() and word.isalnum():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.translate(_SPECIAL)).translate(_APOSTROPHES)
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=65536)
def cut_name(name: str) -> tuple[str, ...]:
    """The folded words of a name, cut at hyphens; possessive s stands alone (``People's Party`` → three words)."""
    parts = _CUTS.split(_POSSESSIVE.sub(" \0", name))
    return tuple("'s" if part == "\0" else folded for part in parts if (folded := part if part == "\0" else fold(part)))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A person's name word with its transliterations made alike; ``word`` is already folded."""
    for pattern, becomes in _SOUNDS:
        word = pattern.sub(becomes, word)
    return word


def measure_distance(one: str, other: str, most: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two words, or ``most + 1`` where there are more.

    Source: optimal string alignment distance, Damerau 1964.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        oldest, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, oldest[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
