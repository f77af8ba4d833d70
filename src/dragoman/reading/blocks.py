"""Report → blocks: what speaks (headline, summary, sub-headings, body) and what doesn't."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.domain import Block, BlockKind, Report, Span
from dragoman.reading.lines import BULLET, Unit, find_units, is_ended
from dragoman.reading.marks import (
    CAPITALS_DATELINE,
    DATELINE,
    END_CREDIT,
    LEAD_IN,
    PLACE_LINE,
    SPEAKER_LABEL,
    SPEAKER_LINE,
    SUMMARY_HEADING,
    TAIL,
    find_mark,
    is_author_note,
)

_HEADLINE_CHARS, _HEADLINE_WORDS = 220, (3, 32)
_SUBHEADING_CHARS, _SUBHEADING_WORDS = 110, 16
_SITE_NAME_CHARS = 40
_ALIKE_SHARE = 0.6
_REPEAT_CHARS = 40
_CAPTION_WORDS = 45
_MENU_RUN, _MENU_WORDS = 4, 4
_EDGE = 250
"""Datelines, end marks and credits stand within so many characters of a unit's edge."""
_TOP = 6
"""A headline stands among the first units."""
_OPENINGS: tuple[tuple[re.Pattern[str], BlockKind, str], ...] = (
    (LEAD_IN, "boilerplate", "mark: in this issue"),
    (DATELINE, "dateline", "dateline"),
    (CAPITALS_DATELINE, "dateline", "dateline in capitals"),
)


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    text: str
    kind: BlockKind | None = None
    why: str = ""


def find_blocks(report: Report) -> tuple[Block, ...]:
    """The blocks of the report's text, in its order; together they cover all of it that isn't blank."""
    pieces = [piece for n, unit in enumerate(find_units(report.text)) for piece in _cut(unit, is_top=n < _TOP)]
    pieces = _name_repeats(pieces)
    pieces = _name_notes(pieces)
    pieces = _name_menus(pieces)
    pieces = _name_summary(pieces)
    pieces = _name_headline(pieces, report)
    pieces = _name_speakers(pieces)
    pieces = _name_captions(pieces)
    return tuple(Block(piece.kind or "body", piece.span, piece.why) for piece in _name_headings(pieces))


def _cut(unit: Unit, *, is_top: bool) -> Iterator[_Piece]:
    """A unit as pieces: its marks at either end, its dateline, and the rest."""
    mark = find_mark(unit.text)
    if mark:
        yield _Piece(unit.span, unit.text, mark[0], f"mark: {mark[1]}")
        return
    start, end = 0, len(unit.text)
    tail = TAIL.search(unit.text, max(0, end - _EDGE))
    if tail:
        end = len(unit.text[: tail.start()].rstrip())
    for pattern, kind, why in _OPENINGS:
        hit = pattern.match(unit.text[: min(end, _EDGE)]) if is_top or pattern is not CAPITALS_DATELINE else None
        if hit and hit.end() < end:
            yield _piece(unit, start, hit.end(), kind, why)
            start = hit.end()
            break
    if start < end:
        yield _piece(unit, start, end)
    if tail:
        yield _piece(unit, end, len(unit.text), "boilerplate", f"mark: {tail.group().strip()[:20]}")


def _piece(unit: Unit, start: int, end: int, kind: BlockKind | None = None, why: str = "") -> _Piece:
    words = unit.text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    first = unit.span.start + start
    return _Piece(Span(first, first + len(words)), words, kind, why)


def _name_repeats(pieces: list[_Piece]) -> list[_Piece]:
    seen: set[str] = set()
    named = []
    for piece in pieces:
        key = re.sub(r"\W+", " ", piece.text).strip().lower()
        if piece.kind is None and len(key) >= _REPEAT_CHARS and key in seen:
            piece = replace(piece, kind="boilerplate", why="repeated")
        seen.add(key)
        named.append(piece)
    return named


def _name_notes(pieces: list[_Piece]) -> list[_Piece]:
    """Notes on the author, in the report's second half; an agency's credit at its very end."""
    half = len(pieces) // 2
    named = [
        replace(piece, kind="byline", why="author note")
        if n >= half and piece.kind in (None, "boilerplate") and is_author_note(piece.text)
        else piece
        for n, piece in enumerate(pieces)
    ]
    last = max((n for n, piece in enumerate(named) if piece.kind in (None, "caption")), default=-1)
    is_after_prose = any(piece.kind is None and is_ended(piece.text) for piece in named[: max(0, last)])
    if last < 0 or not is_after_prose:
        return named
    return [*named[:last], *_cut_credit(named[last]), *named[last + 1 :]]


def _cut_credit(piece: _Piece) -> list[_Piece]:
    hit = END_CREDIT.search(piece.text, max(0, len(piece.text) - _EDGE))
    if not hit or hit.start() == 0:
        return [piece]
    unit = Unit(piece.span, piece.text)
    return [_piece(unit, 0, hit.start()), _piece(unit, hit.start(1), hit.end(1), "byline", "agency credit")]


def _name_menus(pieces: list[_Piece]) -> list[_Piece]:
    """Four and more very short lines without a full stop are a menu."""
    named, run = list(pieces), 0
    for n in range(len(pieces) + 1):
        if n < len(pieces) and _is_menu_line(pieces[n]):
            run += 1
            continue
        if run >= _MENU_RUN:
            for at in range(n - run, n):
                named[at] = replace(pieces[at], kind="boilerplate", why="menu")
        run = 0
    return named


def _is_menu_line(piece: _Piece) -> bool:
    short = len(piece.text.split()) <= _MENU_WORDS and not re.search(r"[.!?,;:]$", piece.text)
    return piece.kind is None and short and not BULLET.match(piece.text)


def _name_summary(pieces: list[_Piece]) -> list[_Piece]:
    """The bullets (or short lines) under a heading such as Highlights."""
    named, inside, bulleted = [], False, False
    for piece in pieces:
        if piece.kind is None and SUMMARY_HEADING.match(piece.text):
            inside, bulleted = True, False
            piece = replace(piece, kind="boilerplate", why="mark: summary heading")
        elif inside and piece.kind is None:
            bullet = BULLET.match(piece.text) is not None
            inside = bullet or (not bulleted and not is_ended(piece.text) and len(piece.text) <= _HEADLINE_CHARS)
            bulleted = bulleted or bullet
            if inside:
                piece = replace(piece, kind="summary", why="under summary heading")
        named.append(piece)
    return named


def _name_headline(pieces: list[_Piece], report: Report) -> list[_Piece]:
    """The first unit that speaks, where it is the title, or looks like one and prose follows.

    A page or feed item gives its title apart from its text, so that there the first line alone proves nothing.
    """
    at = next((n for n, piece in enumerate(pieces) if piece.kind in (None, "dateline")), None)
    if at is None or pieces[at].kind == "dateline":
        return pieces
    is_title = report.title is not None and _alike(pieces[at].text, report.title)
    may_be = at < _TOP and not (report.title and report.page_sha256)
    follows = any(piece.kind is None for piece in pieces[at + 1 :])
    if not is_title and not (may_be and follows and _looks_like_headline(pieces[at].text)):
        return pieces
    why = "is the title" if is_title else "first line"
    return [*pieces[:at], replace(pieces[at], kind="headline", why=why), *pieces[at + 1 :]]


def _name_speakers(pieces: list[_Piece]) -> list[_Piece]:
    """Lines that name a speaker and office, and lines above a speech that name its place."""
    named = []
    for n, piece in enumerate(pieces):
        if piece.kind is None and len(piece.text) <= _EDGE and SPEAKER_LINE.match(piece.text):
            piece = replace(piece, kind="byline", why="speaker line")
        elif piece.kind is None and n < _TOP and len(piece.text) <= _EDGE and PLACE_LINE.match(piece.text):
            piece = replace(piece, kind="dateline", why="place line")
        named.append(piece)
    return named


def _alike(text: str, title: str) -> bool:
    """The same words, one with the site's name behind it, or two wordings of one headline."""
    words, named = (re.sub(r"\W+", " ", part).strip().lower() for part in (text, title))
    if not words or not named:
        return False
    shorter, longer = sorted((words, named), key=len)
    if words == named or (longer.startswith(shorter) and len(longer) <= len(shorter) + _SITE_NAME_CHARS):
        return len(shorter.split()) > 1 or words == named
    ours, theirs = set(words.split()), set(named.split())
    return _looks_like_headline(text) and len(ours & theirs) >= _ALIKE_SHARE * len(ours | theirs)


def _looks_like_headline(text: str) -> bool:
    least, most = _HEADLINE_WORDS
    unended = not re.search(r"(?:[.…]|[:;,])[\"'”’»)\]]*$", text) or re.search(r"\b[A-Z]\.$", text)
    return (
        bool(unended) and len(text) <= _HEADLINE_CHARS and least <= len(text.split()) <= most and not BULLET.match(text)
    )


def _name_captions(pieces: list[_Piece]) -> list[_Piece]:
    """A long paragraph that ends with a credit is no caption."""
    return [
        replace(piece, kind=None, why="")
        if piece.kind == "caption" and piece.why == "mark: photo credit" and len(piece.text.split()) > _CAPTION_WORDS
        else piece
        for piece in pieces
    ]


def _name_headings(pieces: list[_Piece]) -> list[_Piece]:
    """Short lines without a full stop: a sub-heading before longer prose, a stray link where nothing follows."""
    named = list(pieces)
    following: _Piece | None = None
    for n in range(len(pieces) - 1, 0, -1):
        piece = pieces[n]
        if piece.kind is None and _looks_like_heading(piece.text):
            if following is None:
                named[n] = replace(piece, kind="boilerplate", why="unfinished last line")
            elif is_ended(following.text) and len(following.text) > len(piece.text):
                named[n] = replace(piece, kind="subheading", why="short line before prose")
        following = piece if piece.kind is None else following
    return named


def _looks_like_heading(text: str) -> bool:
    unended = not re.search(r"(?:[.…!:;,]|\s[—–-])[\"'”’»)\]]*$", text) and not SPEAKER_LABEL.match(text)
    short = len(text) <= _SUBHEADING_CHARS and len(text.split()) <= _SUBHEADING_WORDS
    return unended and short and not BULLET.match(text) and not text[0].islower()
