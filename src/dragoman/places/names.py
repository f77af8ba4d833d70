"""One form for the many ways to write a place's name."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"[’'ʼʻʿ‘ʾ`´.,]")
_BLANKS = re.compile(r"[-‐‑–\s]+")


def fold_name(name: str) -> str:
    """Lower case, without accents, apostrophes and full stops; hyphens are blanks; "Saint" is "st"."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        name = name.replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("đ", "d")
    name = _BLANKS.sub(" ", _MARKS.sub("", name)).strip().lower()
    return "st " + name[6:] if name.startswith("saint ") else name
