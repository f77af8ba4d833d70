"""Whom words stand for, on texts read by the packaged model: each row of cases/linking.yml is one text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from make import make_report

from dragoman.actors import Roster, find_parties, load_roster
from dragoman.domain import Block, PartyMention, Rejected, Sentence, Span
from dragoman.language import Model, analyse, load_model, split_sentences

CASES = yaml.load((Path(__file__).parents[1] / "cases" / "linking.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.fixture(scope="module")
def roster() -> Roster:
    return load_roster()


def link(
    case: dict[str, Any], model: Model, roster: Roster
) -> tuple[list[tuple[str, PartyMention | None]], list[Rejected]]:
    """Each word of the case with the mention it heads, and what was rejected."""
    text = case["text"]
    outlet = case.get("outlet", "The Harbour Courier")
    report = make_report(text, date=case.get("date", "2024-06-20"), outlet=outlet, title=None)
    sentences: tuple[Sentence, ...] = analyse(model, split_sentences(text, [Block("body", Span(0, len(text)))]))
    mentions, rejected = find_parties(report, sentences, roster)
    words = []
    for sentence, found in zip(sentences, mentions, strict=True):
        heads = {mention.head: mention for mention in found}
        words += [(token.text, heads.get(i)) for i, token in enumerate(sentence.tokens)]
    return words, rejected


def tell(mention: PartyMention | None, like: str) -> str:
    if mention is None:
        return "none"
    codes = "+".join(party.code for party in mention.parties)
    return f"{codes}/{mention.parties[0].id}" if "/" in like else codes


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_words_stand_for_parties(case: dict[str, Any], model: Model, roster: Roster) -> None:
    words, rejected = link(case, model, roster)

    for key, wanted in case["parties"].items():
        word, _, number = key.partition("@")
        standing = [mention for text, mention in words if text == word]
        assert standing, f"no word {word!r}"
        mention = standing[int(number) - 1] if number else next((m for m in standing if m), standing[0])
        assert tell(mention, wanted) == wanted, f"{key}: {mention and mention.why}"
    for name in case.get("rejected", []):
        assert any(r.reason == "two readings left" and name in r.detail for r in rejected), rejected


def test_spans_cut_the_words_out_of_the_report(model: Model, roster: Roster) -> None:
    text = "Late news.\n\nThe foreign minister of Russia, Sergei Lavrov, and Kim Jong-un met Pakistani officials."
    words, _ = link({"text": text}, model, roster)

    for _, mention in words:
        if mention:
            party = mention.parties[0]
            assert mention.span.cut(text) == party.text == text[party.start : party.end]


def test_the_same_report_links_the_same_way(model: Model, roster: Roster) -> None:
    case = {"text": "Kim met Lavrov in Seoul. The two countries and the UN said they would help. Georgia agreed."}

    assert link(case, model, roster) == link(case, model, roster)
