"""Which stretches of a text are names the gazetteer has, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dragoman.places.gazetteer import Gazetteer, Place
from dragoman.places.names import fold_name

MOST_WORDS = 6
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[’'ʼ][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s$|(?<=s)[’']$")
_POSSESSIVE_START = re.compile(r"^[’']s?(?= )")
_JOIN = re.compile(r"[ \u00a0]|[ ]?[-‐‑–]|\. ?|, (?=D\.C\.)")
_ARTICLES = frozenset({"al", "el", "ar", "as", "an"})
SMALL_WORDS = frozenset(
    {"and", "of", "the", "de", "del", "el", "al", "on", "la", "du", "ez", "le", "les", "in", "upon"}
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text and the places it can mean."""

    start: int
    end: int
    places: tuple[Place, ...]
    key: str = ""

    @property
    def abbreviation(self) -> bool:
        return self.key.startswith("=")


class Word(NamedTuple):
    start: int
    end: int
    text: str
    key: str
    whole: str
    """Key with the possessive ending: "People's Republic of China"."""


def find_words(text: str) -> list[Word]:
    """Words with possessive endings cut off."""
    words = []
    for hit in _WORD.finditer(text):
        bare, key, whole = _fold_word(hit[0])
        words.append(Word(hit.start(), hit.start() + len(bare), bare, key, whole))
    return words


@lru_cache(maxsize=65_536)
def _fold_word(word: str) -> tuple[str, str, str]:
    """The word without a possessive ending, its key, and the key of the whole."""
    bare = _POSSESSIVE.sub("", word)
    return bare, fold_name(bare), fold_name(word)


def find_key(name: str) -> str:
    """The key of a name that stands alone, with a possessive ending or a full stop cut off; empty for no word."""
    words = find_words(name)
    return (_get_key(words[0]) if len(words) == 1 else _join(words)) if words else ""


def find_hits(text: str, words: list[Word], gazetteer: Gazetteer) -> Iterator[Hit]:
    """Names in text order; of two that overlap the longer, then the earlier."""
    n = 0
    while n < len(words):
        is_name = words[n].text[0].isupper() or words[n].key in _ARTICLES
        length = _match(text, words, n, gazetteer) if is_name else 0
        if length:
            yield _make(words[n : n + length], gazetteer)
        n += length or 1


def _match(text: str, words: list[Word], n: int, gazetteer: Gazetteer) -> int:
    """How many words from the ``n``-th on are a name; 0 for none."""
    word = words[n]
    if not (word.text[0].isupper() or (word.key in _ARTICLES and text[word.end : word.end + 1] == "-")):
        return 0
    longest = 1
    if _is_joined(text, words, n + 1) and (gazetteer.has_first(word.key) or gazetteer.has_first(word.whole)):
        while longest < MOST_WORDS and _is_joined(text, words, n + longest):
            longest += 1
    for length in range(longest, 1, -1):
        if _ends_well(words[n + length - 1]) and gazetteer.has_name(_join(words[n : n + length])):
            return length
    return int(gazetteer.has_name(_get_key(word)))


def _join(words: list[Word]) -> str:
    """Folded once more as a whole: "Mt. Pleasant" and "Mount Pleasant" are one."""
    return fold_name(" ".join([*(word.whole for word in words[:-1]), words[-1].key]))


def _is_joined(text: str, words: list[Word], n: int) -> bool:
    if n >= len(words):
        return False
    between = text[words[n - 1].end : words[n].start]
    return between == " " or _JOIN.fullmatch(_POSSESSIVE_START.sub("", between)) is not None


def _ends_well(word: Word) -> bool:
    return word.key not in SMALL_WORDS


def _get_key(word: Word) -> str:
    letters = word.text.replace(".", "")
    if letters.isupper() and len(letters) <= 5:
        return "=" + letters if len(letters) <= 3 or "." in word.text or not re.search("[AEIOU]", letters) else word.key
    return word.key


def _make(words: list[Word], gazetteer: Gazetteer) -> Hit:
    key = _get_key(words[0]) if len(words) == 1 else _join(words)
    return Hit(words[0].start, words[-1].end, gazetteer.get_places(key), key)
