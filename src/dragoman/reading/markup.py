"""Markup made fit for parsers before one sees it, and the text of a piece of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dragoman.errors import InputError
from dragoman.reading.limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS

_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+)(?:>|\Z)""")
"""A tag as browsers cut it: a quotation mark counts only behind an equals sign, and a tag left open runs to the end."""
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++)""")
_LONG_TAG = 2 * MAX_ATTRIBUTES
_NEXT = re.compile(r"<!--|<(?=/?[a-zA-Z])")
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noframes"))
"""Elements whose insides are no markup."""
_COMMENT_END = re.compile(r"--!?>")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "html", "head", "body",
))  # fmt: skip
"""Elements that hold nothing, and those that can stand only once."""
_ENDS = {
    **dict.fromkeys(("p",), frozenset(("p",))),
    **dict.fromkeys(("li",), frozenset(("p", "li"))),
    **dict.fromkeys(("dt", "dd"), frozenset(("p", "dt", "dd"))),
    **dict.fromkeys(("td", "th"), frozenset(("p", "td", "th"))),
    **dict.fromkeys(("tr",), frozenset(("p", "td", "th", "tr"))),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset(("p", "td", "th", "tr", "thead", "tbody", "tfoot"))),
    **dict.fromkeys(("option",), frozenset(("option",))),
    **dict.fromkeys(("optgroup",), frozenset(("option", "optgroup"))),
}
"""Elements whose beginning ends others, so that many opened and never closed aren't deep."""
_BLOCKS = frozenset((
    "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
    "article", "header", "footer", "figure", "figcaption", "dt", "dd", "dl", "pre", "main", "aside", "hr", "td",
    "th",
))  # fmt: skip
_SILENT = frozenset(
    ["script", "style", "noscript", "template", "iframe", "object", "form", "button", "select", "svg", "head", "input"]
)


def tame_markup(page: str, place: str) -> str:
    """The page as it is, or with the tags dropped that nest too deep: parsers lose the text inside those.

    Raises:
        InputError: a tag has more than 1,000 attributes or the page more than 30,000 elements, on which parsers run
            for minutes.
    """
    nesting = _Nesting()
    parts, at = [], 0
    elements = 0
    for tag in _tags(page):
        if tag.end(3) - tag.start(3) > _LONG_TAG:
            _check_attributes(tag[3], place)
        is_kept = nesting.keeps(tag)
        is_edge = not is_kept and tag.start() > at and tag[2].lower() in _BLOCKS
        elements += is_edge or (is_kept and not tag[1])
        if elements > MAX_ELEMENTS:
            raise _too_many(f"a page with more than {MAX_ELEMENTS:,} HTML elements", "too many elements", place)
        if not is_kept:
            parts.append(page[at : tag.start()] + ("<br>" if is_edge else ""))
            at = tag.end()
    return "".join((*parts, page[at:])) if parts else page


def check_feed(feed: str, place: str) -> None:
    """Refuse a feed of so many elements, or attributes on one, that parsers run for minutes.

    Raises:
        InputError: as for pages; what stands in CDATA sections isn't counted.
    """
    first, *others = feed.split("<![CDATA[")
    elements = 0
    for tag in _tags("".join((first, *(other.partition("]]>")[2] for other in others)))):
        if tag.end(3) - tag.start(3) > _LONG_TAG:
            _check_attributes(tag[3], place)
        elements += not tag[1]
        if elements > MAX_ELEMENTS:
            raise _too_many(f"a feed with more than {MAX_ELEMENTS:,} elements", "too many elements", place)


def _tags(page: str) -> Iterator[re.Match[str]]:
    """The tags outside comments and scripts, whose insides only look like tags."""
    at, unclosed = 0, set[str]()
    while token := _NEXT.search(page, at):
        tag = None if token[0] == "<!--" else _TAG.match(page, token.start())
        if tag:
            yield tag
        at = tag.end() if tag else token.end()
        name = ("" if tag[1] else tag[2].lower()) if tag else "<!--"
        if (name in _RAW or not tag) and name not in unclosed:
            ending = re.compile(rf"(?i)</{name}(?=[\s/>])") if tag else _COMMENT_END
            closing = ending.search(page, at if tag else token.start() + 2)
            if closing is None:
                unclosed.add(name)
            else:
                at = closing.start() if tag else closing.end()


class _Nesting:
    """The elements open at a tag, as a parser would have them."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []
        self._count: Counter[str] = Counter()

    def keeps(self, tag: re.Match[str]) -> bool:
        """Go past a tag; false where it lies too deep to be kept."""
        name = tag[2].lower()
        if name in _VOID or (not tag[1] and tag[3].endswith("/")):
            return True
        if tag[1]:
            return self._close(name)
        ended = _ENDS.get(name, frozenset())
        while self._open and self._open[-1][0] in ended:
            self._pop()
        kept = len(self._open) < MAX_DEPTH
        self._open.append((name, kept))
        self._count[name] += 1
        return kept

    def _close(self, name: str) -> bool:
        if not self._count[name]:
            return True
        while True:
            closed, kept = self._pop()
            if closed == name:
                return kept

    def _pop(self) -> tuple[str, bool]:
        name, kept = self._open.pop()
        self._count[name] -= 1
        return name, kept


def _check_attributes(attributes: str, place: str) -> None:
    count = sum(1 for _ in re.finditer(r"\S+", _VALUE.sub("=v", attributes)))
    if count > MAX_ATTRIBUTES:
        raise _too_many(
            f"an HTML tag with {count:,} attributes (limit {MAX_ATTRIBUTES:,})", "too many attributes", place
        )


def _too_many(what: str, reason: str, place: str) -> InputError:
    return InputError(f"{what}, on which parsers run for minutes; give its text", place=place, reason=reason)


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
