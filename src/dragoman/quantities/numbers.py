"""How news writes numbers: ``11,000`` · ``1.2 million`` · ``twenty-nine`` · ``tens of thousands`` · ``15 to 20``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {**{w: n for n, w in enumerate(_ONES)}, **{w: 10 * n for n, w in enumerate(_TENS, 2)}}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "thsd": 1e3,
    "mln": 1e6, "mn": 1e6, "m": 1e6, "bln": 1e9, "bn": 1e9, "b": 1e9, "tn": 1e12, "trln": 1e12, "crore": 1e7,
    "lakh": 1e5,
}  # fmt: skip
_LEAST = {"ten": 20, "dozen": 24, "score": 40, "hundred": 200, "thousand": 2e3, "million": 2e6, "billion": 2e9}
"""The least that a plural of a number word can mean: "dozens" are two dozen or more."""

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[    ’']\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
_SCALE = r"hundred|thousand|million|billion|trillion|mln|bln|thsd|trln|bn|mn|crore|lakh"
_TIGHT_SCALE = r"(?:(?<=\d)(?:[mkb]|tn)\b)"
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_ONE_NUMBER = (
    rf"(?:{_DIGITS})(?:[ -]?(?:{_SCALE})\b|{_TIGHT_SCALE})*|(?:half an? |an? (?={_SCALE})|"
    rf"{_WORD}[- ](?:and a half )?)?(?:(?:{_WORD}|{_SCALE})\b"
    rf"(?:[- ](?:and )?(?:{_WORD}|{_SCALE})\b)*)"
)
NUMBER = re.compile(rf"(?<![\w.])(?<!\d,)(?:a (?:pair|couple) of|{_ONE_NUMBER})(?![\w])", re.IGNORECASE)
_MANY = "tens|dozens|scores|hundreds|thousands|millions|billions"
VAGUE = re.compile(
    rf"\b(?:(?:many |several |a few )?(?:(?:{_MANY})(?: (?:of|and) (?:{_MANY}))*)(?: of)?|"
    r"(?:several|a few|many|a couple of|some) (?:dozen|score|hundred|thousand|million|billion)s?(?: of)?|"
    r"(?:(?:a|one|two|three|four|five|half a|about a) )?dozen(?: of)?|"
    r"several|numerous|multiple|countless|innumerable|many|a few|a handful of|"
    r"(?:an?|another) (?:[a-z]+ly )?(?:(?!the)[a-z]+ )?(?:number|amount|quantity|consignment|batch|shipment|group|"
    r"series|volley|barrage|salvo|fleet|swarm|contingent|convoy)s? of)(?![\w-])",
    re.IGNORECASE,
)
_LOW = (
    r"at least|(?:not |no |nothing )?(?:more|greater|higher) than|over|no (?:less|fewer) than|not (?:less|fewer) than|"
    r"upwards? of|a minimum of|exceeding|above|in excess of"
)
_HIGH = r"up to|as many as|as much as|no more than|not more than|at most|less than|fewer than|under|below|a maximum of"
_NEARLY = r"nearly|almost|close to|just under|not quite"
_ABOUT = (
    r"about|around|some|roughly|approximately|an estimated|estimated|reportedly|circa|approx\.|an average of|"
    r"well over|some"
)
_PLAIN = r"a total of|all|all of|another|an additional|additional|a further|only|just|a record|exactly"
BOUND = re.compile(
    rf"\b(?:(?P<low>{_LOW})|(?P<high>{_HIGH})|(?P<nearly>{_NEARLY})|(?P<about>{_ABOUT})|(?P<plain>{_PLAIN}))"
    r"(?: (?:the|a|an|another|about|some))?[ ]$",
    re.IGNORECASE,
)
REACH = 60
"""So many characters before a number hold all that can bound it."""
_UPPER = re.compile(r"no more than|not more than")
_MORE = re.compile(r"(?:\+| or more\b|-plus\b| plus\b)")
_TO = re.compile(r"(?: ?[-–—−] ?| to | or )$")
_BETWEEN = re.compile(r"\b(?:between|from) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the text writes it; ``start`` includes the words that bound it ("at least")."""

    start: int
    first: int
    """Where the number itself starts."""
    end: int
    value: float | None
    low: float | None
    high: float | None
    bounded: bool = False
    vague: bool = False
    words: str = ""


def find_numbers(text: str) -> Iterator[Number]:
    """All numbers of a text in order, ranges as one: its value is the low end, the least that is said."""
    raw = [(m.start(), m.end(), _read(m[0])) for m in NUMBER.finditer(text)]
    vague = [m for m in VAGUE.finditer(text)]
    raw = [r for r in raw if not any(m.start() < r[1] and r[0] < m.end() for m in vague)]
    found = [_bound(text, *r) for r in _join_ranges(text, raw)] + [_read_vague(text, m) for m in vague]
    yield from sorted(found, key=lambda number: number.first)


def _join_ranges(
    text: str, raw: list[tuple[int, int, float]]
) -> Iterator[tuple[int, int, float, float | None, int | None]]:
    """(start, end, value, high end of a range, start of "between")."""
    n = 0
    while n < len(raw):
        start, end, value = raw[n]
        following = raw[n + 1] if n + 1 < len(raw) else None
        gap = text[end : following[0]] if following else ""
        opened = _BETWEEN.search(text, max(0, start - REACH), start)
        joined = _TO.fullmatch(gap) or (gap == " and " and opened and text[opened.start()] in "bB")
        if following and joined and (low := _scale_low(text, raw[n], following)) < following[2]:
            yield start, following[1], low, following[2], opened.start() if opened else None
            n += 2
        else:
            yield start, end, value, None, None
            n += 1


def _scale_low(text: str, low: tuple[int, int, float], high: tuple[int, int, float]) -> float:
    """ "1.5 to 2 million": the scale behind the second number holds for the first."""
    scale = re.search(rf"({_SCALE})$", text[high[0] : high[1]], re.IGNORECASE)
    if scale and low[2] < 1000 and not re.search(r"[a-z]", text[low[0] : low[1]]):
        return low[2] * _SCALES[scale[1].lower()]
    return low[2]


def _bound(text: str, start: int, end: int, value: float, high: float | None, opened: int | None) -> Number:
    if high is not None:
        return Number(start if opened is None else opened, start, end, value, value, high, True, False, text[start:end])
    more = _MORE.match(text, end)
    mark = BOUND.search(text, max(0, start - REACH), start)
    end, first = (more.end() if more else end), start
    start = mark.start() if mark else start
    low, top = get_bounds(mark, value, bool(more))
    return Number(start, first, end, value, low, top, bool(mark and not mark["plain"]), False, text[first:end])


def get_bounds(mark: re.Match[str] | None, value: float, more: bool = False) -> tuple[float | None, float | None]:
    """The low and high end that the words before a number ("at least") leave; ``None`` is open."""
    if more:
        return value, None
    if mark is None or mark["plain"]:
        return value, value
    if mark["low"] and not _UPPER.match(mark["low"].lower()):
        return value, None
    if mark["about"]:
        return None, None
    return None, value


def _read(words: str) -> float:
    """The value of a number in figures, words or both."""
    words = words.lower()
    digits = re.match(_DIGITS, words)
    if digits:
        scales = re.findall(rf"{_SCALE}|{_TIGHT_SCALE}|[mkb]\b|tn\b", words[digits.end() :])
        value = _read_digits(digits[0])
        for scale in scales:
            value *= _SCALES[scale]
        return _tidy(value)
    return 2.0 if words.startswith(("a pair", "a couple")) else _read_words(words)


def _read_digits(digits: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}|\d+,\d{4,}", digits):
        return float(digits.replace(",", "."))
    return float(re.sub(r"[^\d.]", "", digits))


def _read_words(words: str) -> float:
    half = 0.5 if "and a half" in words else 0.0
    total, part = 0.0, 0.5 if words.startswith("half") else 0.0
    for word in re.split(r"[- ]", words.replace("and a half", "").replace("half an ", "").replace("half a ", "")):
        if word in _WORDS:
            part += _WORDS[word]
        elif word == "hundred":
            part = (part + half or 1) * 100
        elif word in _SCALES:
            total += ((part + half) or 1) * _SCALES[word]
            part = half = 0.0
    return _tidy(total + part + half)


def _tidy(value: float) -> float:
    """Without the dust of binary fractions: 1.12 million is 1120000."""
    return float(round(value, 6))


def _read_vague(text: str, hit: re.Match[str]) -> Number:
    """ "dozens of": no value, but a least; "a couple of" and the like neither."""
    words = hit[0].lower()
    mark = BOUND.search(text, max(0, hit.start() - REACH), hit.start())
    least = 1.0
    for word in re.findall(r"ten|dozen|score|hundred|thousand|million|billion", words):
        least = _LEAST[word] if least == 1.0 else least * _LEAST[word] / 2
    plural = re.search(rf"\b(?:{_MANY})\b|several|a few|many ", words)
    low = float(least) if plural and least > 1 else None
    start = mark.start() if mark else hit.start()
    return Number(start, hit.start(), hit.end(), None, low, None, True, True, words)
