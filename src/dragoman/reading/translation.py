"""Does a text read like the output of a translation machine?

The signs are those that machines leave and writers of English don't: a verb before its subject, a country called "he",
phrases of reporting taken over word for word, words left in another script. Good machines leave none, so that the
answer "no" proves little; the answer "yes" was measured to be rarely wrong on text written in English.
"""

from __future__ import annotations

import re

_START = r"(?:^|(?<=[.!?]\s)|(?<=[.!?][\"”’]\s))"
_COUNTRY = (
    r"(?:Russia|Ukraine|China|India|Iran|Israel|Pakistan|Turkey|Japan|Germany|France|Poland|[NS](?:orth|"
    r"outh) Korea|(?:the )?(?:US|USA|UK|EU)|America|Britain|Pyongyang|Moscow|Beijing|Kyiv|Kiev|Washington|"
    r"Tehran)"
)  # fmt: skip
_SURE = 3
"""Points from which a text counts as machine-translated."""

_SIGNS: tuple[tuple[str, int, str], ...] = (
    (
        "says so", 3,
        r"(?i)\b(?:machine[- ]translat\w+|(?:auto(?:matically)?[- ]?|google |deepl |ai[- ])translat(?:ed|"
        r"ion)\b|translated (?:by|with|using) (?:google|deepl|yandex|ai|a machine))",
    ),
    ("spaced date", 3, r"\b\d{1,2}\.\d{1,2}\. (?:19|20)\d\d\b"),
    (
        "country is he", 3,
        rf"\b{_COUNTRY} (?:has |had |have )?(?:said|says|stated|announced|warned|claimed|"
        rf"declared)(?: that)? s?he\b",
    ),
    ("one is themselves", 2, r"\b[A-Z][\w-]{0,40}[^s\W] [a-z]{1,30}(?:ed|es|s) themselves\b"),
    ("person is its", 2, r"\b(?:gave|giving|given|offering|lending) its services\b"),
    (
        "place before verb", 2,
        rf"{_START}(?:In|On|At|Near|From) (?:the )?[A-Z][\w.-]*(?: [A-Z][\w.-]*){{0,2}} (?:began|started|"
        rf"opened|will (?:change|appear|hold|open|begin|start)|took place|appeared|showed|told|called|found|"
        rf"died|held|discussed|learned|denied|confirmed|named|announced|assessed|explained|reacted|responded|"
        rf"called)\b",
    ),
    (
        "verb first", 2,
        rf"{_START}(?:Died|Named|Became known|Appeared|Came out|It became known|Published the|Opened the|"
        rf"Developed a|Launched the)\b",
    ),
    (
        "reporting calque", 1,
        r"\b(?:[Aa]bout (?:this|it) (?:reports?|writes?|said|reported|told)|(?:[Tt]his|[Ii]t|[Tt]hat) (?:is|"
        r"was) (?:reported|stated|announced|written|evidenced) (?:in|by|on) |[Ii]t is (?:also )?(?:noted|"
        r"reported|emphasi[sz]ed|specified|indicated|assumed|known)(?: there)?,? that|"
        r"[Aa]s (?:it became known|it turned out|noted in)|[Rr]ecall,? that|[Ww]e will remind|"
        r"[Ii]n (?:the )?(?:ISW|OSCE|UN|EU|NATO|Kremlin|Pentagon),? (?:it is|they|noted|believe)|(?:told|"
        r"reported|said) in the (?:press service|department|ministry|Ministry)|[Pp]reviously,? it (?:was|"
        r"became))",
    ),
    (
        "attribution", 1,
        r"\b[Aa]ccording to (?:him|her|them|the (?:politician|diplomat|department|publication|expert|"
        r"head of state)),",
    ),
    ("read also", 1, r"(?m)^[^\w\n]{0,5}Read also\b"),
    (
        "loanword", 1,
        r"\b(?:military-political|so-called \"|on the eve of|humanitarian catastrophe|informed that|"
        r"voiced the|carried out the|in the direction of [A-Z])",
    ),
    ("twice the same word", 1, r"(?i)\b(the|of|in|to|and|is|with) \1\b"),
)  # fmt: skip
_COMPILED = tuple((name, points, re.compile(pattern, re.MULTILINE)) for name, points, pattern in _SIGNS)
_FOREIGN = re.compile(
    "[\u0370-\u058f\u0590-\u074f\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{3,}"
)
_FOREIGN_POINTS = 2
_MOST_FOREIGN = 3
"""A few words in another script are a slip of the machine; more are a bilingual text."""


def looks_machine_translated(text: str) -> bool:
    """Whether the text shows signs of machine translation worth three points; each sign counts once."""
    points = sum(worth for _, worth, pattern in _COMPILED if pattern.search(text))
    foreign = sum(1 for _ in _FOREIGN.finditer(text))
    return points + (_FOREIGN_POINTS if 0 < foreign <= _MOST_FOREIGN else 0) >= _SURE
