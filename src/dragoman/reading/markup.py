"""Checks on markup before a parser sees it, and the text of a piece of a page."""

from __future__ import annotations

import re

from dragoman.errors import InputError
from dragoman.reading.limits import MAX_ATTRIBUTES, MAX_DEPTH

_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*+)((?:[^<>"']|"[^"]*"|'[^']*')*+)>""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_LONG_TAG = 4_000
_DONT_NEST = frozenset((
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup",
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "html", "head", "body",
))  # fmt: skip
"""Elements that end by themselves, so that many opened and never closed aren't deep."""
_BLOCKS = frozenset((
    "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
    "article", "header", "footer", "figure", "figcaption", "dt", "dd", "dl", "pre", "main", "aside", "hr", "td",
    "th",
))  # fmt: skip
_SILENT = frozenset(
    ["script", "style", "noscript", "template", "iframe", "object", "form", "button", "select", "svg", "head", "input"]
)


def check_markup(page: str, place: str) -> None:
    """Refuse pages that make parsers lose text or run for minutes.

    Raises:
        InputError: elements nested deeper than 240, or a tag with more than 1,000 attributes.
    """
    deepest = depth = 0
    for tag in _TAG.finditer(_drop_raw(page)):
        closes, name, attributes = tag.groups()
        if len(attributes) > _LONG_TAG:
            _check_attributes(attributes, place)
        if name.lower() in _DONT_NEST or attributes.endswith("/"):
            continue
        depth = max(0, depth - 1) if closes else depth + 1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise InputError(
            f"HTML elements nested {deepest} deep (limit {MAX_DEPTH}), where parsers lose text; save the page as text",
            place=place,
            reason="nested too deep",
        )


def _check_attributes(attributes: str, place: str) -> None:
    count = len(_QUOTED.sub("", attributes).split())
    if count > MAX_ATTRIBUTES:
        raise InputError(
            f"an HTML tag with {count:,} attributes (limit {MAX_ATTRIBUTES:,}); save the page as text",
            place=place,
            reason="too many attributes",
        )


def _drop_raw(page: str) -> str:
    """The page without comments and scripts, whose insides only look like tags."""
    for opening, closing in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
        page = _drop_between(page, opening, closing)
    return page


def _drop_between(page: str, opening: str, closing: str) -> str:
    low, parts, at = page.lower(), [], 0
    if len(low) != len(page):
        low = page
    while (start := low.find(opening, at)) >= 0 and (end := low.find(closing, start)) >= 0:
        parts.append(page[at:start])
        at = end + len(closing)
    return "".join((*parts, page[at:]))


def fragment_text(fragment: str) -> str:
    """The words of a piece of a page: one line for each block element, scripts and forms left out."""
    import lxml.html  # type: ignore[import-untyped]

    try:
        root = lxml.html.fragment_fromstring(fragment.replace("\0", " "), create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        return ""
    parts: list[str] = []
    _gather(root, parts)
    lines = (re.sub(r"[ \t\r\n\xa0]+", " ", line).strip() for line in "".join(parts).split("\x1e"))
    return "\n".join(line for line in lines if line)


def _gather(root: object, parts: list[str]) -> None:
    """Text in document order; ``\\x1e`` marks the edge of a block. Without recursion: depth is the page's choice."""
    stack: list[tuple[object, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        name = node.tag if isinstance(node.tag, str) else ""  # type: ignore[attr-defined]
        edge = "\x1e" if name in _BLOCKS or name == "br" else ""
        if closing or name in _SILENT or not name:
            parts.append(edge + (node.tail or "") if closing or node is not root else "")  # type: ignore[attr-defined]
            continue
        parts.append(edge + ("- " if name == "li" else "") + (node.text or ""))  # type: ignore[attr-defined]
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))  # type: ignore[call-overload]
