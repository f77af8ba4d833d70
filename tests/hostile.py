"""Texts that try to be more than text, an archive of them, and what a page may hold."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from make import TEXT, make_archive, make_claim, make_party, make_place, make_reading, make_report

from dragoman.batch.merging import merge_archive
from dragoman.domain import Reading

HOSTILE = [
    "<script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    "</noscript><img src=x onerror=alert(3)>",
    "\"><svg onload=alert(4)>",
    "' onmouseover='alert(5)",
    "javascript:alert(6)",
    "data:text/html,<script>alert(7)</script>",
    "<a href=\"javascript:alert(8)\">x</a>",
    "<img srcset=\"x 1x, javascript:alert(9) 2x\">",
    "{{constructor.constructor('alert(10)')()}}",
    "</script><script>alert(11)</script>",
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(12)</x:script>",
    "<!--<script>alert(13)//-->",
    "\u202eevil\u202c \u2066right\u2069 \u200fleft",
    "nul\0 bell\x07 escape\x1b[31m del\x7f",
    "=HYPERLINK(\"http://evil.example\",\"open\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1", "\r=1+1",
    "a\"b,c\nd;e",
    "\U0001f600 and \u0e01\u0e33 \u0301",
]  # fmt: skip
URLS = [
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    " javascript:alert(1)",
    "//evil.example",
    'https://a.example/"><script>',
]


def make_hostile(number: int, words: str) -> Reading:
    """A report whose title, outlet, text, actor, place and address hold these words."""
    text = f"{TEXT}{words}\n"
    named = make_party(text, "North Korea", "PRK", name=f"{words} actor", id=f"org:hostile-{number}")
    claim = make_claim(
        text, id=f"cl_{number:016x}", actors=(named,), place=make_place(text, "Russia", "RUS", name=words)
    )
    report = make_report(
        text, id=f"h-{number}", title=words, outlet=f"{words} outlet", url=URLS[number % len(URLS)],
        date=f"2024-{number % 12 + 1:02}-11",
    )  # fmt: skip
    return make_reading(text, claims=(claim,), report=report)


def make_hostile_archive(folder: Path) -> Path:
    """An archive of such reports, events derived."""
    readings = [make_hostile(number, words) for number, words in enumerate(HOSTILE)]
    distinct = [
        replace(r, report=replace(r.report, text=r.report.text + f"Number {'x' * n} of the day.\n" * 30))
        for n, r in enumerate(readings)
    ]
    make_archive(folder, distinct)
    merge_archive(folder)
    return folder


class Tags(HTMLParser):
    """What a browser would make of a page: its elements and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


OURS = {
    "html", "head", "meta", "title", "link", "body", "main", "h1", "h2", "h3", "p", "ul", "li", "a", "bdi", "mark", "small",
    "blockquote", "section", "article", "noscript", "table", "thead", "tbody", "tr", "th", "td", "time",
    "form", "label", "input", "button",
}  # fmt: skip


def check_page(page: str, extra: frozenset[str] = frozenset()) -> None:
    """Nothing in a page is an element, attribute or link that isn't ours."""
    tags = Tags()
    tags.feed(page)
    for tag, attributes in tags.found:
        assert tag in OURS | extra, tag
        assert not [
            name for name in attributes if name.startswith("on") or name in ("style", "srcset", "srcdoc", "formaction")
        ]
        for name in ("href", "src", "action"):
            value = attributes.get(name)
            assert value is None or (value.startswith(("/", "https://", "http://")) and not value.startswith("//"))
        if tag == "a" and (attributes["href"] or "").startswith("http"):
            assert "noopener" in (attributes["rel"] or "")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", page)
