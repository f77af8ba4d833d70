"""Words → pieces of the encoder's vocabulary (WordPiece, uncased), and the shape the lower-casing loses.

Source: Wu et al. 2016, Google's Neural Machine Translation System, section 4.1; Devlin et al. 2019, BERT.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

UNKNOWN, START, STOP = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100
"""A word of more characters than this is one unknown piece, as in BERT's own tokenizer."""

MOST_KNOWN = 65_536
"""Words kept in mind: an archive holds ever new ones."""
SHAPES = 8
"""How many shapes ``get_shape`` tells apart."""


@lru_cache(maxsize=MOST_KNOWN)
def get_shape(word: str) -> int:
    """The shape of a word, 0 to 7: mark, lower, Capital, ALLCAPS, miXed, one capital, figures, figures with letters."""
    if word.isascii() and word.isalpha() and (word.islower() or (len(word) > 1 and word[1:].islower())):
        return 1 if word.islower() else 2
    if any(c.isdigit() for c in word):
        return 7 if any(c.isalpha() for c in word) else 6
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 0
    capitals = sum(c.isupper() for c in letters)
    if capitals == 0:
        return 1
    if capitals == len(letters):
        return 5 if capitals == 1 else 3
    return 2 if capitals == 1 and letters[0].isupper() else 4


class Pieces:
    """The vocabulary, and a memory of the words already cut."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids: Mapping[str, int] = {piece: i for i, piece in enumerate(vocabulary)}
        self.start, self.stop, self.unknown = (self.ids[p] for p in (START, STOP, UNKNOWN))
        self._known: dict[str, tuple[int, ...]] = {}

    def split(self, word: str) -> tuple[int, ...]:
        """The ids of the pieces of ``word``; at least one."""
        found = self._known.get(word)
        if found is None:
            is_plain = word.isascii() and word.isalnum()
            parts = (word.lower(),) if is_plain else _split_marks(_fold(word))
            ids = [i for part in parts for i in self._split_part(part)]
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[word] = tuple(ids) or (self.unknown,)
        return found

    def _split_part(self, part: str) -> list[int]:
        if len(part) > LONGEST_WORD:
            return [self.unknown]
        ids, at = [], 0
        while at < len(part):
            for end in range(len(part), at, -1):
                piece = self.ids.get(("##" if at else "") + part[at:end])
                if piece is not None:
                    break
            else:
                return [self.unknown]
            ids.append(piece)
            at = end
        return ids


def _fold(word: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in plain if unicodedata.category(c) != "Mn")


def _split_marks(word: str) -> Iterator[str]:
    start = 0
    for i, c in enumerate(word):
        if _is_mark(c):
            if i > start:
                yield word[start:i]
            yield c
            start = i + 1
    if start < len(word):
        yield word[start:]


def _is_mark(c: str) -> bool:
    """Whether a character stands alone in the vocabulary: punctuation, ASCII symbols, ideographs."""
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126 or 0x4E00 <= o <= 0x9FFF:
        return True
    return unicodedata.category(c).startswith("P")
