"""Repair of damaged text, before any offset is born. Sound text comes back as it was."""

from __future__ import annotations

import re

_MOJIBAKE_HINT = re.compile(
    "[\u00c2\u00c3\u00d0\u00d1\u00e2\u00ce\u00cf\u00e3\u00e5][\u0080-\u00bf\u2010-\u2122\u0152-\u017e\u02c6\u02dc]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with damage repaired, and what was repaired: ``surrogates``, ``mojibake``, ``controls``."""
    repairs: list[str] = []
    for name, repair in (("surrogates", _join_surrogates), ("mojibake", _fix_mojibake), ("controls", _blank_controls)):
        repaired = repair(text)
        if repaired != text:
            repairs.append(name)
            text = repaired
    return text, tuple(repairs)


def _join_surrogates(text: str) -> str:
    """UTF-16 halves that belong together become one character; a half left alone becomes U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    joined = _SURROGATE_PAIR.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _SURROGATE.sub("\ufffd", joined)


def _fix_mojibake(text: str) -> str:
    if not _MOJIBAKE_HINT.search(text):
        return text
    import ftfy
    from ftfy.badness import badness

    fixed: str = ftfy.fix_encoding(text)
    return fixed if badness(fixed) < badness(text) else text


def _blank_controls(text: str) -> str:
    """A control character becomes a blank, so that it neither joins two words nor moves an offset."""
    return _CONTROLS.sub(" ", text)
