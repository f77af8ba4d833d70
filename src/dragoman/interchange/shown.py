"""Text of others with nothing hidden in it: what a reader can't see, or what turns text around, is shown as ``U+XXXX``."""

from __future__ import annotations

import unicodedata
from typing import Any

_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
"""Categories of control, format (bidi marks, tags, zero widths), private, half and unassigned characters, and breaks."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Characters of other categories that show nothing: a joiner, fillers and inherent vowels. Source: Unicode, DerivedCoreProperties."""
_SELECTORS = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
"""Variation selectors, which can carry whole hidden sentences."""
_BREAKS = str.maketrans("\n\r\t", "   ")


def show_hidden(text: str) -> str:
    """The text in one line; characters that show nothing or turn the order around are written ``U+202E``."""
    return "".join(f"U+{ord(c):04X}" if is_hidden(c) else c for c in text.translate(_BREAKS))


def is_hidden(character: str) -> bool:
    """Whether a character can't be seen, or changes how others are."""
    code = ord(character)
    if unicodedata.category(character) in _HIDDEN or character in _BLANK:
        return True
    return any(first <= code <= last for first, last in _SELECTORS)


def show_all_hidden(value: Any, most: int) -> Any:
    """The same for every string, keys too, in lists and dictionaries; each cut to so many code points, with ``…`` where cut."""
    if isinstance(value, str):
        cut = value if len(value) <= most else value[: most - 1] + "…"
        return show_hidden(cut)
    if isinstance(value, dict):
        return {show_all_hidden(str(key), most): show_all_hidden(each, most) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [show_all_hidden(each, most) for each in value]
    return value
