"""Text → syntactic words in the manner of Universal Dependencies English (EWT, GUM).

Clitics stand alone (``Russia`` ``'s``, ``do`` ``n't``), compounds are cut at their hyphens
(``Kim`` ``Jong`` ``-`` ``un``) unless what stands before is a mere prefix (``anti-government``),
figures and abbreviations stay whole (``11,000``, ``U.S.``, ``p.m.``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PREFIXES = (
    "anti|co|counter|cross|de|e|ex|extra|inter|intra|mid|mini|mis|multi|non|pan|post|pre|pro|pseudo|quasi|re|semi|"
    "sub|super|trans|ultra|un"
)
_ABBREVIATIONS = (
    "mr|mrs|ms|dr|prof|gen|col|lt|sgt|capt|cmdr|adm|maj|brig|sen|rep|gov|pres|rev|hon|st|ft|mt|jr|sr|inc|corp|co|ltd|"
    "no|vs|etc|al|fig|vol|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
)
_PIECES = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>"'”’)\]]+                    # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                          # mail
    | [#@]\w+                                               # tags, handles
    | (?:[A-Za-z]\.){2,}(?:[A-Za-z](?![A-Za-z]))?           # U.S.  p.m.  U.S.A
    | \b(?:%s)\.(?=\s+\S|,)                                 # Mr.  Sept.
    | (?<![\w.])(?-i:[A-Z]\.(?=\s?[A-Z]))                   # initials
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|bn|m|k)?(?![A-Za-z])  # 11,000  1.2  24/02  19th  1990s  1.2bn
    | \.{2,}|…|-{2,}|–|—                                    # ellipses, dashes
    | (?:%s)-\w+(?:['’]\w{3,})?                             # anti-government
    | [^\W\d_]+\d+[\w]*|\d+[^\W\d_]+\w*                     # F16  S400  155mm
    | [^\W_]+(?:[_&][^\W_]+)*                               # words
    | ([!?*=+~<>$#_])\1+                                    # a mark repeated
    | .                                                     # one mark
    """
    % (_ABBREVIATIONS, _PREFIXES),
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CLITIC = re.compile(r"(?i)(n['’]t|['’](?:s|re|ve|ll|d|m))\b")
_FIRST_OF_CLITIC = "'’nN"
_JOINED = {"cannot": 3}
"""Words written as one that are two, with the place of the cut."""
_NAME_WITH_APOSTROPHE = re.compile(r"(?:[^\W\d_]+['’])+[^\W\d_]{2,}")


def find_tokens(text: str) -> list[tuple[int, int]]:
    """The spans of the words of ``text``, in order, as ``(start, end)`` code points."""
    found: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        word = run[0]
        bare = word[:-1] if word[-1] == "," else word
        if not bare.isalpha() or bare.lower() in _JOINED:
            found += _split_run(text, start, end)
        elif bare is word:
            found.append((start, end))
        else:
            found += ((start, end - 1), (end - 1, end))
    return found


_RUN = re.compile(r"\S+")


def _split_run(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        clitic = _CLITIC.match(text, at) if text[at] in _FIRST_OF_CLITIC else None
        if clitic:
            yield clitic.span()
            at = clitic.end()
            continue
        match = _NAME_WITH_APOSTROPHE.match(text, at) if text[at].isalpha() else None
        if match is None or _CLITIC.search(match.group()):
            match = _PIECES.match(text, at)
        assert match is not None  # the last branch of the pattern takes any character
        stop = min(_find_cut(text, match.start(), match.end()), end)
        yield at, stop
        at = stop


def _find_cut(text: str, start: int, end: int) -> int:
    """Where the word that stands at ``start:end`` ends once the n of "n't" and joined words are cut off."""
    word = text[start:end].lower()
    if word in _JOINED:
        return start + _JOINED[word]
    is_negated = end - start > 1 and word.endswith("n") and text[end : end + 2].lower() in ("'t", "’t")
    return end - 1 if is_negated else end
