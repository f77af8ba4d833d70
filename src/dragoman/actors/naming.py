"""Names of the roster in a sentence: the longest run of words that is one, found in one pass from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.actors.roster import NOBODY, Name, Roster
from dragoman.actors.spelling import fold
from dragoman.domain import Entity, Sentence, Token

_HYPHENS = frozenset("-‐‑–'’‘")
_CLITICS = frozenset(("'s", "’s"))
_GIVEN_NAMES = frozenset("jordan chad israel georgia india kenya cuba paris sydney lima london vienna".split())
"""States and capitals that people are named after: where the model sees a person, it is one."""


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens ``first`` to ``last`` (both included) that are a name of the roster, with all its readings."""

    first: int
    last: int
    readings: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a sentence with the tokens they come from; hyphens and apostrophes are passed over."""

    words: tuple[str, ...]
    tokens: tuple[int, ...]
    opens: tuple[bool, ...]
    """Whether the word begins its token: a name doesn't begin at the second half of "anti-Russian"."""


def fold_words(tokens: Sequence[Token]) -> Words:
    words: list[str] = []
    at: list[int] = []
    opens: list[bool] = []
    for i, token in enumerate(tokens):
        text = token.text
        if text in _HYPHENS or (text in ("&", ".") and words):
            continue
        if "-" in text and len(text) > 1:
            pieces = [fold(p) for p in text.split("-") if p]
            words += pieces
            at += [i] * len(pieces)
            opens += [n == 0 for n in range(len(pieces))]
        else:
            words.append("'s" if text in _CLITICS else fold(text) or text)
            at.append(i)
            opens.append(True)
    return Words(tuple(words), tuple(at), tuple(opens))


def find_names(sentence: Sentence, roster: Roster) -> list[Found]:
    """Names of states, organisations, groups, media and organs, left to right, none inside another."""
    folded = fold_words(sentence.tokens)
    shouting = _is_shouting(sentence.text)
    found, at = [], 0
    while at < len(folded.words):
        may_begin = folded.opens[at] and folded.words[at] in roster.longest
        hit = _match(folded, at, sentence, roster, shouting) if may_begin else None
        if hit is None:
            at += 1
            continue
        end, readings = hit
        first, last = folded.tokens[at], folded.tokens[end - 1]
        if any(name.actor != NOBODY for name in readings) and not _is_part_of_other(sentence, first, last, readings):
            found.append(Found(first, last, readings))
        at = end
    return found


def _match(
    folded: Words, at: int, sentence: Sentence, roster: Roster, shouting: bool
) -> tuple[int, tuple[Name, ...]] | None:
    words = folded.words
    for length in range(min(roster.longest.get(words[at], 0), len(words) - at), 0, -1):
        names = roster.get_names(words[at : at + length])
        end = at + length
        if not names or (end < len(words) and not folded.opens[end]):
            continue
        first, last = folded.tokens[at], folded.tokens[end - 1]
        fitting = tuple(n for n in names if _is_written_so(n, sentence.tokens, first, last, shouting))
        if fitting:
            return end, fitting
    return None


def _is_written_so(name: Name, tokens: Sequence[Token], first: int, last: int, shouting: bool) -> bool:
    """Capitals and article as the name asks for; words of other parts of speech aren't names ("us", "to polish")."""
    token = tokens[first]
    letters = [c for t in tokens[first : last + 1] for c in t.text if c.isalpha()]
    if "U" in name.flags:
        written = all(c.isupper() for c in letters) and (not shouting or token.upos in ("PROPN", "ADJ", "NOUN"))
        return written and token.upos not in ("PRON", "AUX", "ADP")
    if "L" not in name.flags and not token.text[0].isupper() and not (first > 0 and token.text[0].isdigit()):
        return False
    if token.text.lower() == "the" and (
        token.text == "the" or (last + 1 < len(tokens) and tokens[last + 1].upos in ("PROPN", "NOUN", "ADJ"))
    ):
        return False  # "The National" is a newspaper, "the National Security Council" isn't
    if "T" in name.flags:
        before = tokens[first - 1] if first else None
        if before is None or before.text.lower() not in ("the", "collective", "whole", "entire"):
            return False
    return first != last or token.upos not in ("VERB", "AUX", "PRON", "ADV", "INTJ", "SCONJ")


def _is_shouting(text: str) -> bool:
    letters = [*filter(str.isalpha, text)]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > _SHOUTING * len(letters)


_SHOUTING = 0.8
"""Share of capitals from which a headline is all capitals, and capitals tell nothing."""


def _is_part_of_other(sentence: Sentence, first: int, last: int, readings: tuple[Name, ...]) -> bool:
    """Whether the words stand inside a bigger name of something else: Jordan Peterson, the Gulf of Mexico."""
    if first == last and first and fold(sentence.tokens[first - 1].text) in _BEFORE_SURNAMES:
        return True
    for entity in sentence.entities:
        if not (entity.first <= first and last <= entity.last):
            continue
        same = entity.first == first and entity.last == last
        if entity.kind == "person":
            word = sentence.tokens[first].text.lower()
            return (not same and last > first - 1 and _touches_names(sentence, entity, first, last)) or (
                same and word in _GIVEN_NAMES and not _is_bare_subject(sentence, first)
            )
        if entity.kind == "place" and not same:
            return _touches_names(sentence, entity, first, last)
        if entity.kind in ("facility", "product"):
            return not same
    return False


_BEFORE_SURNAMES = frozenset(("mr", "mrs", "ms", "messrs"))


def _is_bare_subject(sentence: Sentence, i: int) -> bool:
    """Whether a word is by itself the subject of a verb, with another name beside: the whole report tells which it is."""
    token = sentence.tokens[i]
    others = any(
        e.kind in ("place", "nationality", "organisation") and not e.first <= i <= e.last for e in sentence.entities
    )
    return others and token.relation == "nsubj" and token.head >= 0 and sentence.tokens[token.head].upos == "VERB"


def _touches_names(sentence: Sentence, entity: Entity, first: int, last: int) -> bool:
    """Whether the rest of the entity holds another proper name beside the words, on the same side of a comma."""
    rest = [*range(entity.first, first), *range(last + 1, entity.last + 1)]
    if any(sentence.tokens[i].upos == "PUNCT" and sentence.tokens[i].text in ",;/–" for i in rest):
        return False
    proper = [t for i in rest if (t := sentence.tokens[i]).upos == "PROPN" and t.text.lower() not in _EDGES]
    return bool(proper)


_EDGES = frozenset(("the", "and", "of", "republic", "state", "federation", "kingdom", "people", "north", "eastern"))
