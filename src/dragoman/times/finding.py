"""The phrases of a sentence that name a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dragoman.domain import Sentence, Span, TimeMention, Token
from dragoman.times.days import read_day
from dragoman.times.grammar import COMPILED
from dragoman.times.resolving import Setting, resolve

_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|going to|to be held|"
    r"(?:is|are|was|were) (?:scheduled|due|set|expected|slated|planned|to)|"
    r"(?:has|have) to|plans?|intends?|scheduled|upcoming|ahead of)\b|['’]ll\b"
)
_PAST = re.compile(
    r"(?<!be )\b(?!scheduled|planned|expected|intended)"
    r"(?:[a-z]{2,}ed|said|told|met|held|began|took|gave|went|sent|came|made|wrote|spoke|was|were|had)\b"
)
_FUTURE_LEMMAS = frozenset({"will", "shall"})
_PLAN_LEMMAS = frozenset({"schedule", "plan", "expect", "slate", "due", "set", "intend"})
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def find_times(sentence: Sentence, report_date: str | None) -> tuple[TimeMention, ...]:
    """Every phrase of a sentence that names a day, month or year, in text order, resolved.

    "On Friday" is the last Friday up to and including the report's day, the coming one beside a verb of the future;
    "June 19" lies in the year nearest to the report. Where the words don't tell, ``date`` is ``None``.

    Args:
        sentence: With or without analysis; the tree tells better which verb a day belongs to.
        report_date: The report's day, ``YYYY-MM-DD``; without it only full dates are resolved.
    """
    report = read_day(report_date)
    mentions: list[TimeMention] = []
    for start, end, name, hit in _find_hits(_ADDRESS.sub(lambda address: " " * len(address[0]), sentence.text)):
        resolved = resolve(name, hit, _set(sentence, report, hit, start))
        if resolved is not None:
            span = Span(sentence.span.start + start, sentence.span.start + end)
            mentions.append(TimeMention(span, resolved[0], name))
    return tuple(mentions)


def _find_hits(text: str) -> Iterator[tuple[int, int, str, re.Match[str]]]:
    """Matches that don't overlap, earlier patterns first, in text order."""
    taken: list[tuple[int, int, str, re.Match[str]]] = []
    for name, pattern in COMPILED:
        for hit in pattern.finditer(text):
            if all(hit.end() <= start or hit.start() >= end for start, end, *_ in taken):
                start = hit.start("year") if name == "year before a noun" else hit.start()
                taken.append((start, hit.end(), name, hit))
    yield from sorted(taken, key=lambda item: item[:2])


def _set(sentence: Sentence, report: date | None, hit: re.Match[str], start: int) -> Setting:
    years = _YEAR.findall(sentence.text[:start])
    return Setting(report, sentence.text, _is_future(sentence, hit), int(years[-1]) if years else None)


def _is_future(sentence: Sentence, hit: re.Match[str]) -> bool:
    """Whether the phrase belongs to a verb of the future."""
    first, last = hit.start() + sentence.span.start, hit.end() + sentence.span.start
    inside = [n for n, token in enumerate(sentence.tokens) if first <= token.start < last]
    if inside:
        return _has_future_head(sentence.tokens, inside)
    return _reads_future(sentence.text, hit.start(), hit.end())


def _has_future_head(tokens: tuple[Token, ...], inside: list[int]) -> bool:
    """Up from the phrase to the first verb: has it, or a verb it depends on without own tense, "will" or a plan?"""
    node = inside[-1]
    for _ in range(len(tokens)):
        token = tokens[node]
        if node not in inside and token.upos in ("VERB", "AUX"):
            around = [t.lemma.lower() for t in tokens if t.head == node and t.upos == "AUX"]
            if any(lemma in _FUTURE_LEMMAS for lemma in around) or token.lemma.lower() in _PLAN_LEMMAS:
                return True
            if "VerbForm=Fin" in token.feats or around:
                return False
        if token.head < 0 or token.head == node:
            return False
        node = token.head
    return False


def _reads_future(text: str, start: int, end: int) -> bool:
    """Without a tree: the last verb of the past or future before the phrase decides, else the first behind it."""
    before = [(m.end(), True) for m in _FUTURE.finditer(text, 0, start)]
    before += [(m.end(), False) for m in _PAST.finditer(text, 0, start)]
    if before:
        return max(before)[1]
    after = [(m.start(), not_past) for p, not_past in ((_FUTURE, True), (_PAST, False)) if (m := p.search(text, end))]
    return min(after)[1] if after else False
