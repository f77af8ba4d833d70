"""Quantities found in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.domain import Sentence, Span, Token
from dragoman.quantities import find_quantities

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "quantities.yml").read_text(encoding="utf-8"))


def make_sentence(text: str, tokens: tuple[Token, ...] = (), start: int = 0) -> Sentence:
    return Sentence(0, Span(start, start + len(text)), text, "body", tokens)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_names_its_quantities(case: dict[str, Any]) -> None:
    found = [[m.text, m.value, m.low, m.high, m.unit, m.kind] for m in find_quantities(make_sentence(case["text"]))]

    assert found == case.get("finds", [])


def test_offsets_count_in_the_report() -> None:
    text = "Earlier. They freed 30 prisoners."

    (magnitude,) = find_quantities(make_sentence(text[9:], start=9))

    assert text[magnitude.start : magnitude.end] == magnitude.text == "30 prisoners"


def test_the_tree_finds_a_noun_that_words_alone_do_not() -> None:
    """ "sheep" has no plural that shows."""
    words = ["They", "sold", "40", "sheep"]
    heads = [(1, "nsubj", "PRON"), (-1, "root", "VERB"), (3, "nummod", "NUM"), (1, "obj", "NOUN")]
    starts = [0, 5, 10, 13]
    tokens = tuple(
        Token(word, start, start + len(word), word.lower(), upos, "", head, relation)
        for word, start, (head, relation, upos) in zip(words, starts, heads, strict=True)
    )

    (magnitude,) = find_quantities(make_sentence("They sold 40 sheep", tokens))

    assert (magnitude.text, magnitude.value) == ("40 sheep", 40)
