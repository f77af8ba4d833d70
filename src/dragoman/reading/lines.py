"""The units a text is made of: paragraphs, with hard-wrapped lines joined and real line ends kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dragoman.domain import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
BULLET = re.compile(r"[-–—•*·▪►●◦‣+]\s+|\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_DANGLING = re.compile(
    r"\b(?:the|an?|of|to|by|and|in|for|with|that|at|from|on|as|Marshal|Chairman|President|Comrade|General|Secretary|Minister|"
    r"Mr|Mrs|Ms|Dr|Gen|Prof)\.?$"
)
"""A line that ends so goes on in the next, whatever that begins with."""
_WRAP_LEAST, _WRAP_MOST = 45, 100
"""Width of lines that a mail program or teletype wraps."""
_WRAP_LINES = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, heading or list item: its span without the blanks around it, and its words."""

    span: Span
    text: str


def find_units(text: str) -> list[Unit]:
    """Every run of the text that isn't blank, in one unit each."""
    units: list[Unit] = []
    paragraphs = list(_paragraphs(text))
    wrapped = _is_wrapped(paragraphs)
    for paragraph in paragraphs:
        first = last = paragraph[0]
        for line in paragraph[1:]:
            if _continues(last, line, wrapped):
                last = line
                continue
            units.append(_unit(text, first, last))
            first = last = line
        units.append(_unit(text, first, last))
    return units


def is_ended(text: str) -> bool:
    """Whether the words end as a sentence does."""
    return _ENDED.search(text) is not None


def _unit(text: str, first: Unit, last: Unit) -> Unit:
    span = Span(first.span.start, last.span.end)
    return Unit(span, span.cut(text))


def _paragraphs(text: str) -> Iterator[list[Unit]]:
    """Lines without the blanks around them, grouped by the blank lines between."""
    group: list[Unit] = []
    breaks = 0
    for hit in _LINE.finditer(text):
        words = hit.group().strip()
        if words:
            if breaks > 1 and group:
                yield group
                group = []
            start = hit.start() + hit.group().index(words)
            group.append(Unit(Span(start, start + len(words)), words))
            breaks = 0
        elif hit.group()[0] in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
            breaks += 1
    if group:
        yield group


def _is_wrapped(paragraphs: list[list[Unit]]) -> bool:
    """Lines about equally long, mostly cut inside a sentence, and mostly going on in lower case."""
    pairs = [(line.text, after.text) for lines in paragraphs for line, after in pairwise(lines)]
    alike = sum(1 for line, _ in pairs if _WRAP_LEAST <= len(line) <= _WRAP_MOST)
    cut = [after for line, after in pairs if not is_ended(line)]
    small = sum(1 for after in cut if after[0].islower())
    return (
        len(cut) >= _WRAP_LINES and alike >= 0.7 * len(pairs) and 2 * len(cut) >= len(pairs) and 2 * small >= len(cut)
    )


def _continues(line: Unit, following: Unit, wrapped: bool) -> bool:
    if BULLET.match(following.text):
        return False
    if wrapped and len(line.text) >= _WRAP_LEAST:
        return True
    if len(line.text) < _WRAP_LEAST or is_ended(line.text):
        return False
    return following.text[0].islower() or _DANGLING.search(line.text) is not None
