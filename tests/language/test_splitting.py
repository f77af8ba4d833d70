"""Where sentences end."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.domain import Block, Span
from dragoman.language.splitting import MAX_CHARS, split_sentences

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "sentences.yml").read_text(encoding="utf-8"))


def body(text: str) -> list[Block]:
    return [Block("body", Span(0, len(text)))]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_sentences_of_a_block(case: dict) -> None:
    assert [sentence.text for sentence in split_sentences(case["text"], body(case["text"]))] == case["sentences"]


def test_only_speaking_blocks_have_sentences() -> None:
    text = "A photo. The army left."
    blocks = [Block("caption", Span(0, 8)), Block("body", Span(9, 23))]
    (sentence,) = split_sentences(text, blocks)
    assert (sentence.text, sentence.index, sentence.paragraph) == ("The army left.", 0, 1)


def test_no_sentence_crosses_a_block() -> None:
    text = "Army leaves town The army left"
    blocks = [Block("headline", Span(0, 16)), Block("body", Span(17, 30))]
    assert [sentence.text for sentence in split_sentences(text, blocks)] == ["Army leaves town", "The army left"]


def test_wrapped_lines_stay_one_sentence() -> None:
    text = "The army left\nthe town. It was\r\ndark."
    assert [s.text for s in split_sentences(text, body(text))] == ["The army left\nthe town.", "It was\r\ndark."]


def test_overlong_sentence_is_cut_at_blanks() -> None:
    text = "word " * 2_000
    sentences = split_sentences(text, body(text))
    assert all(len(sentence.text) <= MAX_CHARS for sentence in sentences)
    assert " ".join(sentence.text for sentence in sentences).split() == text.split()


def test_run_without_blanks_takes_linear_time() -> None:
    text = "x" * 1_000_000
    assert sum(len(sentence.text) for sentence in split_sentences(text, body(text))) == len(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from('aB. \n-!?”"(5…😀'), max_size=200))
def test_spans_cut_the_sentences_and_lose_no_word(text: str) -> None:
    sentences = split_sentences(text, body(text))
    assert [sentence.index for sentence in sentences] == list(range(len(sentences)))
    last = 0
    for sentence in sentences:
        assert sentence.span.cut(text) == sentence.text
        assert sentence.span.start >= last
        assert not any(char.isalpha() for char in text[last : sentence.span.start])
        last = sentence.span.end
    assert not any(char.isalpha() for char in text[last:])
