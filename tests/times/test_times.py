"""Dates found in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.domain import Sentence, Span, Token
from dragoman.times import find_times

CASES = yaml.load((Path(__file__).parents[1] / "cases" / "times.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def make_sentence(text: str, tokens: tuple[Token, ...] = (), start: int = 0) -> Sentence:
    return Sentence(0, Span(start, start + len(text)), text, "body", tokens)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_names_its_dates(case: dict[str, Any]) -> None:
    report = None if case["report"] == "null" else case["report"]

    found = find_times(make_sentence(case["text"]), report)

    assert [mention.date for mention in found] == [None if date == "null" else date for date in case["dates"]]


def test_spans_count_in_the_report() -> None:
    text = "Earlier. The fleet sailed on June 19 for home."
    sentence = make_sentence(text[9:], start=9)

    (mention,) = find_times(sentence, "2024-08-18")

    assert mention.span.cut(text) == "on June 19"


def _token(words: list[str], number: int, **about: Any) -> Token:
    start = sum(len(word) + 1 for word in words[:number])
    known = {"lemma": words[number].lower(), "upos": "X", "feats": "", "head": -1, "relation": "dep", **about}
    return Token(words[number], start, start + len(words[number]), **known)


def make_promise(day_head: int) -> Sentence:
    """ "They said they will leave on Friday", with the day hung on "said" or on "leave"."""
    words = "They said they will leave on Friday".split()
    fine = "Mood=Ind|Tense=Past|VerbForm=Fin"
    tokens = (
        _token(words, 0, head=1, upos="PRON"),
        _token(words, 1, head=-1, upos="VERB", lemma="say", feats=fine),
        _token(words, 2, head=4, upos="PRON"),
        _token(words, 3, head=4, upos="AUX", lemma="will", feats="VerbForm=Fin"),
        _token(words, 4, head=1, upos="VERB", lemma="leave", feats="VerbForm=Inf"),
        _token(words, 5, head=6, upos="ADP"),
        _token(words, 6, head=day_head, upos="PROPN"),
    )
    return make_sentence(" ".join(words), tokens)


@pytest.mark.parametrize(("head", "day"), [(1, "2024-08-16"), (4, "2024-08-23")])
def test_the_tree_says_which_verb_a_day_belongs_to(head: int, day: str) -> None:
    (mention,) = find_times(make_promise(head), "2024-08-18")

    assert mention.date == day


def test_a_report_day_that_is_no_day_resolves_nothing_relative() -> None:
    assert [m.date for m in find_times(make_sentence("It fell yesterday."), "sometime")] == [None]
