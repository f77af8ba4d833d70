"""One form for the many ways to write a place's name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"[’'ʼʻʿ‘ʾ`´.,]")
_BLANKS = re.compile(r"[-‐‑–\s]+")
_STARTS = {"saint ": "st ", "mt ": "mount ", "ft ": "fort ", "co ": "county "}


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Lower case, without accents, apostrophes and full stops; hyphens are blanks; "Saint" is "st", "Mt." is "mount"."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        name = name.replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("đ", "d")
    name = _BLANKS.sub(" ", _MARKS.sub("", name)).strip().lower()
    return next((full + name[len(short) :] for short, full in _STARTS.items() if name.startswith(short)), name)
