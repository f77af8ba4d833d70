"""Reports by their words: the ledger's full text finds and ranks them, the same tokenizer finds the words in the text.

Source: SQLite FTS5, https://sqlite.org/fts5.html (bm25, highlight).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.archive.filters import ask_reports, make_filters
from dragoman.archive.ledger import TOKENIZER, Ledger
from dragoman.domain import Span
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from dragoman.archive import Archive

_PIECE = re.compile(r'"([^"]*)"(\*?)|([()])|([^\s()"]+)')
_OPERATORS = ("AND", "OR", "NOT")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")
_LONGEST = 400
"""Code points of a passage at most."""
_FOUND = """
WITH hits AS (SELECT unnest(?::VARCHAR[]) AS words_id, unnest(?::DOUBLE[]) AS rank),
chosen AS (SELECT report_id, copy_of, likeness, title, outlet, date FROM reports {where}),
found AS (
    SELECT h.*, c.* FROM hits h JOIN chosen c ON c.report_id = h.words_id
    UNION ALL SELECT h.*, c.* FROM hits h JOIN chosen c ON c.copy_of = h.words_id AND c.likeness = 1),
best AS (
    SELECT * FROM found
    QUALIFY row_number() OVER (PARTITION BY words_id ORDER BY report_id != words_id, date NULLS LAST, report_id) = 1)
SELECT report_id, words_id, rank, title, outlet, date FROM best ORDER BY rank, date NULLS LAST, report_id LIMIT ?"""
"""A text that several outlets published letter for letter is one hit: of the report itself, else of the first copy."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that holds the words, opened where they stand."""

    report_id: str
    title: str | None
    outlet: str | None
    date: str | None
    """Day of publication."""
    rank: float
    """BM25 of title and text; the lower the better."""
    spans: tuple[Span, ...]
    """Where the words stand in the report's text; none where they stand in the title alone."""
    passage: str
    """The sentence that holds the first of them, cut where it is long."""
    passage_start: int
    """First code point of the passage in the report's text."""


def find_hits(archive: Archive, words: str, *, limit: int, given: Mapping[str, Any]) -> list[Hit]:
    filters = make_filters("search", given)
    expression = read_words(words)
    with closing(Ledger(archive.path, read_only=True)) as ledger:
        ranked = _rank(ledger, expression, words)
    where = ask_reports(filters)
    query = _FOUND.replace("{where}", f"WHERE {where.sql}" if where.sql else "")
    values = [[report_id for report_id, _ in ranked], [rank for _, rank in ranked], *where.values, limit]
    found = archive.engine.find_rows(query, values, tables=["reports"])
    texts = _find_texts(archive, [row["words_id"] for row in found])
    spans = _find_spans(expression, [texts[row["words_id"]] for row in found])
    return [_open(row, texts[row["words_id"]], marks) for row, marks in zip(found, spans, strict=True)]


def read_words(words: str) -> str:
    """What a user typed as an FTS5 expression. Words stand for themselves, whatever marks they hold.

    Raises:
        ArchiveError: A quotation isn't closed, or there is no word.
    """
    if words.count('"') % 2:
        raise ArchiveError(f'the quotation in {words!r} isn\'t closed; write "a phrase" between two marks')
    pieces: list[str] = []
    for phrase, star, bracket, word in _PIECE.findall(words):
        piece = bracket or (word if word in _OPERATORS else _quote(phrase or word, star))
        if piece and pieces and _ends_operand(pieces[-1]) and piece not in (*_OPERATORS, ")"):
            pieces.append("AND")
        pieces += [piece] if piece else []
    if not any(piece.startswith('"') for piece in pieces):
        raise ArchiveError(f"nothing to look for in {words!r}; name a word")
    return " ".join(pieces)


def _quote(word: str, star: str) -> str:
    """A word or phrase with nothing special left in it; what holds no letter or digit is left out."""
    bare = word.rstrip("*")
    star = "*" if star or bare != word else ""
    return f'"{bare}"{star}' if any(character.isalnum() for character in bare) else ""


def _ends_operand(piece: str) -> bool:
    return piece not in (*_OPERATORS, "(")


def _rank(ledger: Ledger, expression: str, words: str) -> list[tuple[str, float]]:
    try:
        return ledger.execute(
            "SELECT report_id, bm25(words) AS rank FROM words JOIN known ON known.number = words.rowid "
            "WHERE words MATCH ? ORDER BY rank, report_id",
            (expression,),
        )
    except sqlite3.OperationalError as error:
        raise ArchiveError(
            f'can\'t be understood: {words!r}. Write words, "a phrase", begin*; AND, OR and NOT stand between two of '
            "them, and brackets come in pairs."
        ) from error


def _find_texts(archive: Archive, report_ids: Sequence[str]) -> dict[str, str]:
    query = "SELECT report_id, text FROM reports WHERE report_id IN (SELECT unnest(?::VARCHAR[]))"
    rows = archive.engine.find_rows(query, [list(report_ids)], tables=["reports"])
    return {row["report_id"]: row["text"] or "" for row in rows}


def _find_spans(expression: str, texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """Where the words stand, by the tokenizer that found them, in code points of each text."""
    marks = _choose_marks(texts)
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"CREATE VIRTUAL TABLE page USING fts5 (title, text, tokenize='{TOKENIZER}')")
        # A zero byte would end the text for SQLite; a blank in its place keeps every offset.
        db.executemany("INSERT INTO page (rowid, text) VALUES (?, ?)", enumerate(t.replace("\0", " ") for t in texts))
        query = "SELECT rowid, highlight(page, 1, ?, ?) FROM page WHERE page MATCH ?"
        lit = dict(db.execute(query, (*marks, expression)).fetchall())
    return [tuple(_read_marks(lit.get(number, ""), *marks)) for number in range(len(texts))]


def _choose_marks(texts: Sequence[str]) -> tuple[str, str]:
    """Two characters that stand in none of the texts."""
    used = set().union(*texts)
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
    return next(free), next(free)


def _read_marks(text: str, first: str, last: str) -> Iterator[Span]:
    at = start = 0
    for piece in re.split(f"([{first}{last}])", text):
        if piece == first:
            start = at
        elif piece == last:
            yield Span(start, at)
        else:
            at += len(piece)


def _open(row: Mapping[str, Any], text: str, spans: tuple[Span, ...]) -> Hit:
    passage = _find_passage(text, spans[0] if spans else Span(0, 0))
    day = row["date"].isoformat() if row["date"] else None
    return Hit(row["report_id"], row["title"], row["outlet"], day, row["rank"], spans, passage.cut(text), passage.start)


def _find_passage(text: str, span: Span) -> Span:
    """The sentence around a span, or what of it is near where it is long."""
    start, end = 0, len(text)
    for found in _SENTENCE_END.finditer(text):
        if found.end() <= span.start:
            start = found.end()
        elif found.start() >= span.end and found.start() > start:
            end = found.start()
            break
    if end - start > _LONGEST:
        start = max(start, span.start - _LONGEST // 2)
        end = max(min(end, start + _LONGEST), span.end)
    return Span(start, end)
