"""Speaking blocks → sentences, by rules made for newswire."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from dragoman.domain import SPEAKING, Block, Sentence, Span

MAX_CHARS = 2_000
"""A longer run without the end of a sentence is cut at a blank, behind a semicolon or comma where there is one."""
_CUT_FROM = 1_000

_BOUNDARY = re.compile(r"(?P<stop>[.!?…]+|[。！？])(?P<close>[\"'”’»)\]]*)(?P<gap>\s+|(?=[A-Z“][a-z]{2,})|$)")
_TITLES = frozenset((
    "Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Cmdr", "Cdr", "Adm", "Sgt", "Cpl", "Pvt",
    "Brig", "Sen", "Sens", "Rep", "Reps", "Gov", "Pres", "St", "Hon", "Rev", "Amb", "Sec", "Supt", "Insp", "Det",
    "Messrs", "Mme", "Mlle", "Fr", "Msgr", "Mt", "Ft", "Asst", "Assoc", "Dept", "Univ", "Lt.-Gen", "Maj.-Gen",
    "Col.-Gen",
))  # fmt: skip
"""What stands before a name: the full stop never ends a sentence."""
_NUMBERED = frozenset((
    "no", "nos", "art", "arts", "para", "paras", "fig", "figs", "eq", "ch", "vol", "p", "pp", "sec", "op", "ed", "est",
))  # fmt: skip
"""What stands before a number; before anything else it is a word."""
_GO_ON = frozenset(("vs", "v", "approx", "ca", "cf", "e.g", "i.e", "al", "viz", "eds"))
_MONTHS = frozenset((
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues",
    "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
))  # fmt: skip
_AMBIGUOUS = frozenset((
    "inc", "ltd", "corp", "co", "bros", "jr", "sr", "etc", "a.m", "p.m", "plc", "llc", "dist", "ave", "blvd", "rd",
    "sq",
))  # fmt: skip
"""What ends a sentence only where a word that begins sentences follows."""
_ACRONYM = re.compile(r"(?:.*-)?(?:[A-Za-z]\.)+[A-Za-z]$")
_INITIAL = re.compile(r"[A-Z]$")
_STARTERS = frozenset((
    "The", "A", "An", "He", "She", "It", "They", "We", "You", "This", "That", "These", "Those", "There", "Here",
    "In", "On", "At", "By", "For", "From", "But", "And", "Or", "So", "Yet", "However", "Meanwhile", "Moreover",
    "Also", "According", "As", "When", "While", "After", "Before", "If", "Since", "Although", "Though", "Both",
    "Many", "Some", "Several", "Such", "His", "Her", "Its", "Their", "Our", "My", "Who", "What", "Where", "Why",
    "How", "Earlier", "Later", "Last", "Under", "During", "Despite", "Today", "Yesterday", "Now", "Then", "Not",
    "No", "One", "Two", "Three", "Another", "Other", "With", "Without", "To", "Among",
    "Officials", "Police", "Authorities", "Critics", "Analysts", "Experts", "Protesters", "Reporters", "Thousands",
    "Hundreds", "Dozens", "Talks",
))  # fmt: skip
_SPEECH = re.compile(
    r"(?:[A-Z][\w’'-]+ ){0,3}(?:he |she |they )?(?:said|says|asked|added|told|wrote|replied|noted|asks)\b"
)
_BULLET = re.compile(r"(?:[-–—•*·▪►●◦‣+]+|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’()\[\]«»—–,;:/]+$")
_KEPT_SYMBOLS = frozenset("$€£¥₽₹₩+=<>%°#@&§")


def split_sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """The sentences of the speaking blocks, numbered from 0; none crosses a block.

    Spans count in ``text``; bullets, emoji and blanks around a sentence stand outside of it.
    """
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        if block.kind not in SPEAKING:
            continue
        for start, end in _split(text, block.span):
            span = Span(start, end)
            sentences.append(Sentence(len(sentences), span, span.cut(text), block.kind, paragraph=number))
    return tuple(sentences)


def _split(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for end, following in _ends(text, span):
        yield from _trim(text, start, end)
        start = following
    yield from _trim(text, start, span.end)


def _ends(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """(end of a sentence, start of the next), cutting overlong ones."""
    start = span.start
    for hit in _BOUNDARY.finditer(text, span.start, span.end):
        if hit.end() >= span.end:
            break
        if _is_end(text, hit, start, span.end):
            yield from _cuts(text, start, hit.start())
            yield hit.end("close"), hit.end()
            start = hit.end()
    yield from _cuts(text, start, span.end)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_CHARS:
        window = text[start + _CUT_FROM : start + MAX_CHARS]
        at = max(window.rfind("; "), window.rfind(", "))
        at = at if at >= 0 else max(window.rfind(" "), window.rfind("\n"), window.rfind("\t"))
        cut = start + (_CUT_FROM + at + 1 if at >= 0 else MAX_CHARS)
        yield cut, cut
        start = cut


def _is_end(text: str, hit: re.Match[str], start: int, limit: int) -> bool:
    following = text[hit.end() : min(limit, hit.end() + 80)]
    opener = following.lstrip("\"'“‘«([—–- ")
    if not opener or opener[0].islower():
        return _begins_new(opener, following)
    if hit["stop"][-1] in "!?" and hit["close"] and _SPEECH.match(following):
        return False
    if hit["stop"] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(start, hit.start() - 40), hit.start())
    word = before.group() if before else ""
    if not hit["gap"]:
        return word.isalpha() and word.islower() and len(word) > 1 and "." not in word
    return _ends_after(word, opener, following, text[start : hit.start()])


def _begins_new(opener: str, following: str) -> bool:
    """Before a lower-case letter a sentence ends only where a bullet or an emoji begins the next."""
    return bool(opener) and unicodedata.category(following[0]) == "So"


def _ends_after(word: str, opener: str, following: str, sentence: str) -> bool:
    low, next_word = word.lower(), re.split(r"[^\w’']", opener, maxsplit=1)[0]
    starts = next_word in _STARTERS or (following[0] in '"“‘«' and len(low) > 2)
    if word in _TITLES or low in _GO_ON:
        return False
    if low in _NUMBERED:
        return not opener[0].isdigit()
    if low in _MONTHS:
        return not opener[0].isdigit() and (starts or low in {"mon", "sat", "sun", "mar", "jun"})
    if low in _AMBIGUOUS or _ACRONYM.match(word) or _INITIAL.match(word):
        return starts
    if word.isdigit() and sentence.strip() == word:
        return False
    return not (re.fullmatch(r"\d{1,2}(?:\.\d{1,2})?", word) and opener[0].isdigit())


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without blanks, emoji and bullets around the words; nothing where no word is left."""
    while start < end and _is_ornament(text[start]):
        start += 1
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
        while start < end and _is_ornament(text[start]):
            start += 1
    while end > start and _is_ornament(text[end - 1]):
        end -= 1
    if any(char.isalnum() for char in text[start:end]):
        yield start, end


def _is_ornament(char: str) -> bool:
    if char.isspace() or char in "•▪►●◦‣\ufe0f\u200d\u20e3":
        return True
    return char > "\x7f" and unicodedata.category(char) in {"So", "Sk", "Cn", "Co"} and char not in _KEPT_SYMBOLS
