"""What became of the people counted: "killed 30", "seven wounded", "the deaths of four"."""

from __future__ import annotations

import re

_ADVERB = r"(?:reportedly |also |already |allegedly |then |confirmed |now |still )?"
_FORMS = (
    ("killed", r"kill(?:ed|ing|s)?|dead|die[ds]?|dying|slain|slaughter(?:ed|ing)|murder(?:ed|ing)?|martyr(?:ed|ing)|"
               r"massacr(?:ed|ing)|"
               r"execut(?:ed|ing)|perished|lost their lives|eliminat(?:ed|ing)|neutrali[sz]ed"),
    ("wounded", r"wound(?:ed|ing|s)|injur(?:ed|ing|es)|hurt|maim(?:ed|ing)"),
    ("displaced", r"displac(?:ed|ing)|uproot(?:ed|ing)"),
    ("missing", r"missing|unaccounted for"),
)  # fmt: skip
_HAVE = (
    r"(?:(?:were|was|are|is|have been|had been|has been|being|be|have|had|left|got|get|feared|believed|"
    r"lay)(?: to have)? )*"
)
_BEHIND = tuple((unit, re.compile(rf"(?: (?:who|that))?[ ,]*{_HAVE}{_ADVERB}(?:{forms})\b")) for unit, forms in _FORMS)
_DEATH_NOUNS = (
    r"(?:deaths?|killings?|murders?|massacre|execution) of|claim(?:ed|ing|s) the lives of|lives of|"
    r"death toll [^.,;]{0,30}"
)
_BEFORE = (
    ("killed", re.compile(rf"\b(?:{_DEATH_NOUNS}|{_FORMS[0][1]})(?: (?:of|to|at|as|many))* ?$", re.IGNORECASE)),
    ("wounded", re.compile(rf"\b(?:{_FORMS[1][1]}|injury (?:of|to))(?: a further| another)? ?$", re.IGNORECASE)),
    ("displaced", re.compile(rf"\b(?:{_FORMS[2][1]}|displacement of) ?$", re.IGNORECASE)),
)
_BOTH = re.compile(r"\b(?:kill(?:ed|ing)|dead) (?:or|and) (?:wound|injur)(?:ed|ing)\b")
_INJURED_NOUN = re.compile(r"(?:wounded|injured|dead|killed|missing|casualties|fatalities|deaths|injuries)$")
_NOUNS = {
    "dead": "killed", "killed": "killed", "deaths": "killed", "fatalities": "killed", "wounded": "wounded",
    "injured": "wounded", "injuries": "wounded", "missing": "missing", "casualties": "casualties",
}  # fmt: skip
_HAND_ON = re.compile(
    r"(?:,| and|, and| as well as|, including| or)(?: (?:at least|about|some|another|over|more than))? ?$"
)


def find_outcome(text: str, start: int, end: int, noun: str) -> tuple[str, int] | None:
    """What became of the people of a phrase ``start`` to ``end``, and where the words that say so end."""
    own = _INJURED_NOUN.search(noun.lower())
    if own:
        return _NOUNS[own[0]], end
    both = _BOTH.search(text, max(0, start - 25), start) or _BOTH.search(text[: end + 40], end)
    if both and (both.end() >= start - 1 if both.start() < start else _stands_behind(text, end, both)):
        return "casualties", end
    for unit, pattern in _BEHIND:
        if pattern.match(text, end):
            return unit, end
    for unit, pattern in _BEFORE:
        if pattern.search(text[max(0, start - 60) : start]):
            return unit, end
    return None


def _stands_behind(text: str, end: int, hit: re.Match[str]) -> bool:
    return re.fullmatch(rf"[ ,]*{_HAVE}{_ADVERB}", text[end : hit.start()]) is not None


def hands_on(between: str) -> bool:
    """Whether two phrases stand in one list: "killed two soldiers and five civilians"."""
    return _HAND_ON.fullmatch(between) is not None
