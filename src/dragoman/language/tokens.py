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
        else:
            last = start + len(bare)
            cut = _find_glue(bare, text[slice(*found[-1])] if found else "")
            found += ((start, start + cut), (start + cut, last)) if cut else ((start, last),)
            if bare is not word:
                found.append((last, end))
    return found


_RUN = re.compile(r"\S+")


def _find_glue(word: str, before: str) -> int:
    """Where two words stand that lost the space between them ("ofKim Jong Unand"); 0 where it is one.

    Pages that set names in bold often lose it: a small word before a capital, the names of the Kims before anything.
    """
    if not word[1:].islower() and (glued := _GLUED_BEFORE.match(word)):
        return glued.end()
    if before in _NAMES_OF_KIMS and (name := _NAMES_OF_KIMS[before].match(word)):
        return name.end()
    return 0


_GLUED_BEFORE = re.compile(r"(?:of|to|from|by|and|with|for|that|at|as)(?=[A-Z][a-z]+$)|(?:HE|[A-Za-z][a-z]*)(?=Kim$)")
_NAMES_OF_KIMS = {"Jong": re.compile(r"(?:Un|Il)(?=[a-z]{2,}$)"), "Il": re.compile(r"Sung(?=[a-z]{2,}$)")}


def _split_run(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        if text[at] == "#" and _is_tag_of_sentence(text, at):
            at += 1
            continue
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


def _is_tag_of_sentence(text: str, at: int) -> bool:
    """Whether a tag is a word of its sentence ("Sergey #Lavrov") and not one in a row of tags: its mark is passed over."""
    tag = _TAG.match(text, at)
    return (
        tag is not None
        and not text.startswith("#", tag.end())
        and not _TAG_BEFORE.search(text[max(0, at - _TAG_LENGTH) : at])
    )


_TAG = re.compile(r"#[A-Z]\w*[^\w#]*")
_TAG_BEFORE = re.compile(r"#\w+\s*$")
_TAG_LENGTH = 60
"""Characters before a tag in which the one before it is looked for."""


def _find_cut(text: str, start: int, end: int) -> int:
    """Where the word that stands at ``start:end`` ends once the n of "n't" and joined words are cut off."""
    word = text[start:end].lower()
    if word in _JOINED:
        return start + _JOINED[word]
    is_negated = end - start > 1 and word.endswith("n") and text[end : end + 2].lower() in ("'t", "’t")
    return end - 1 if is_negated else end
