"""The noun phrase behind a number: where it ends and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.domain import Token
from dragoman.quantities.units import (
    DISTANCES,
    DURATION,
    ITEMS,
    MEASURES,
    PEOPLE,
    get_singular,
    is_plural,
)

_WORD = re.compile(r"(?:[ -]?\x00+)*[ -]?(?:“|\"|‘)?(?P<word>[^\W\d_][\w’'&/-]*\.?(?:[A-Z]\.)*)(?:”|\"|’)?")
_STOP = frozenset(
    """a an the this that these those its his her their our your my and or but nor of in on at to from for by with
    within into over under after before during since until between against towards toward near across through along
    around about above below behind amid among as than if when while where which who whom whose because so then
    there is are was were be been being am has have had having do does did will would shall should can could may
    might must not n't also already again still now today yesterday tomorrow here ago later earlier each every per
    via including such said says told came went took made gave left sent remain remained remains died fell fled
    began became held lost won met were arrived crossed attacked entered occurred happened reached worth up down out
    off away apart annually daily weekly monthly yearly ahead old who' more less""".split()
)
_PARTICIPLE = re.compile(r"[a-z]{2,}(?:ed|ing)$")
_OUTCOMES = frozenset({"dead", "missing", "wounded", "injured", "killed", "hurt", "others"})
_CROWDS = frozenset({"tens", "dozens", "scores", "hundreds", "thousands", "millions"})
_PLAIN_GAP = re.compile(r"[\s\w\x00“”\"'’,.&-]*")
_MOST_WORDS = 8
_JOIN = re.compile(r",? (?:and|or) (?P<word>[a-z][\w-]*)")
_OF = re.compile(r" of (?:(?:the|its|their|his|her|our) )?(?P<words>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,4})")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts."""

    noun: str
    """The head as the text has it."""
    end: int
    goods: bool = False
    """"of" and what is measured follow: barrels of oil."""
    joined: str = ""
    """A second noun: "tankers and trucks"."""


def find_counted(text: str, end: int, tokens: tuple[Token, ...], offset: int) -> Counted | None:
    """The noun that a number ending at ``end`` counts, from the tree where there is one, else by its words."""
    word = _WORD.match(text, end)
    if word and get_singular(word["word"].rstrip(".")) in (DURATION.keys() | DISTANCES.keys()):
        return _extend(text, word["word"].rstrip("."), word.start("word") + len(word["word"].rstrip(".")))
    head = _find_head(tokens, end + offset) if tokens else None
    if head and _is_near(text, end, head.start - offset, head.end - offset):
        return _extend(text, head.text, head.end - offset)
    return _find_by_words(text, end)


def _is_near(text: str, end: int, start: int, stop: int) -> bool:
    """A head a few plain words on, and no masked name: the tree can be wrong."""
    gap = text[end:start]
    return gap.count(" ") <= _MOST_WORDS and _PLAIN_GAP.fullmatch(gap) is not None and "\x00" not in text[start:stop]


def _find_head(tokens: tuple[Token, ...], end: int) -> Token | None:
    """The noun whose numeral the last token before ``end`` is."""
    inside = [token for token in tokens if token.end == end]
    if not inside or inside[-1].head < 0:
        return None
    node = inside[-1]
    for _ in range(3):
        head = tokens[node.head] if node.head >= 0 else None
        if head is None or node.relation.split(":")[0] not in ("nummod", "amod", "det", "compound", "advmod", "nmod"):
            return None
        if head.upos in ("NOUN", "PROPN", "ADJ") and head.start >= end:
            return head
        node = head
    return None


def _find_by_words(text: str, end: int) -> Counted | None:
    """The last plural noun before the phrase ends, else its last noun-like word."""
    best: tuple[str, int] | None = None
    place = end
    if of_the := re.match(r" of (?:the |these |those |its |their |his |our )?|,? mostly ", text[end:]):
        place += of_the.end() - 1
    for _ in range(_MOST_WORDS):
        hit = _WORD.match(text, place)
        word = hit["word"].rstrip(".") if hit else ""
        if hit is None or word.lower() in _STOP or (best and word.lower() in _OUTCOMES) or _ends_phrase(word, best):
            break
        if is_plural(word) or word.lower() in PEOPLE | ITEMS:
            best = (re.sub(r"['’]s?$", "", word), hit.start("word") + len(word))
        elif best and (word[0].isupper() or not text[place : place + 1].isspace()):
            break
        place = hit.end()
        if text[place - 1] == "." or text[place : place + 1] in (",", ";", ":", "(", ")"):
            break
    return _extend(text, *best) if best else None


def _ends_phrase(word: str, best: tuple[str, int] | None) -> bool:
    """A participle behind a plural noun starts the next phrase ("30 people killed in …")."""
    return best is not None and _PARTICIPLE.fullmatch(word) is not None


def _extend(text: str, noun: str, end: int) -> Counted:
    """With "of oil" behind a measure and "and trucks" behind a noun."""
    of = _OF.match(text, end) if noun.lower() in MEASURES else None
    if of:
        return Counted(noun, end + 4 + _cut_goods(text[end + 4 : of.end()]), goods=True)
    join = _JOIN.match(text, end)
    if (
        join
        and is_plural(join["word"])
        and join["word"] not in _CROWDS
        and _closes(text, join.end())
        and get_singular(noun) not in DURATION
    ):
        return Counted(noun, join.end(), joined=join["word"])
    return Counted(noun, end)


def _cut_goods(words: str) -> int:
    """How far the goods' name goes: to the first word that can't belong to it."""
    length = 0
    for hit in re.finditer(r"\S+", words):
        if hit[0].lower() in _STOP - {"the", "its", "their"} or _PARTICIPLE.fullmatch(hit[0]):
            break
        length = hit.end()
    return length


def _closes(text: str, end: int) -> bool:
    """Whether a second noun ends here and isn't itself the start of another phrase."""
    following = re.match(r"\s*([^\s]+)", text[end:])
    return following is None or following[1].rstrip(".,;:").lower() in _STOP or not following[1][0].isalpha()
