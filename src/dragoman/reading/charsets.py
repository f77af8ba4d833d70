"""Names of character sets as pages and servers tell them, and the codec that reads them."""

from __future__ import annotations

import codecs

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-8": "utf-8-sig",
}
"""Read as the larger set that browsers take. Source: WHATWG Encoding Standard, names and labels."""
_READ = frozenset((
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "big5hkscs", "cp932", "cp949", "euc_jp",
    "iso2022_jp", "koi8-r", "koi8-u", "cp866", "cp874", "mac-roman", "mac-cyrillic",
    *(f"cp125{n}" for n in range(9)), *(f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
))  # fmt: skip
"""No page is written in the others that Python knows, and some are attacks (UTF-7) or no character sets at all."""


def find_codec(name: str) -> str | None:
    """Python's codec for a charset's name, ``None`` for one that no page is written in."""
    try:
        codec = codecs.lookup(name.strip().strip("\"'")).name if name.isascii() else ""
    except (LookupError, ValueError):
        return None
    codec = _WIDER.get(codec, codec)
    return codec if codec in _READ else None
