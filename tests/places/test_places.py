"""Places found in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.domain import Entity, Sentence, Span, Token
from dragoman.places import find_places, load_gazetteer
from dragoman.places.gazetteer import tell_precision

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "places.yml").read_text(encoding="utf-8"))


def make_sentence(text: str, start: int = 0) -> Sentence:
    return Sentence(0, Span(start, start + len(text)), text, "body")


def analyse_flat(text: str, upos: list[str], entities: tuple[Entity, ...] = ()) -> Sentence:
    """A sentence with word classes and entities and a flat tree."""
    tokens, start = [], 0
    for word, kind in zip(text.split(" "), upos, strict=True):
        tokens.append(Token(word, start, start + len(word), word.lower(), kind, "", -1, "dep"))
        start += len(word) + 1
    return Sentence(0, Span(0, len(text)), text, "body", tuple(tokens), entities)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_names_its_places(case: dict[str, Any]) -> None:
    found = find_places(make_sentence(case["text"]), load_gazetteer())

    assert [[m.span.cut(case["text"]), m.country, m.kind] for m in found] == case.get("finds", [])


def test_spans_count_in_the_report() -> None:
    text = "Earlier. They met in Geneva."

    (mention,) = find_places(make_sentence(text[9:], start=9), load_gazetteer())

    assert (mention.span.cut(text), mention.name) == ("Geneva", "Geneva")


def test_a_person_that_the_model_sees_is_no_place() -> None:
    entity = (Entity("person", 2, 2, 0.9),)
    sentence = analyse_flat("They thanked Paris", ["PRON", "VERB", "PROPN"], entity)

    assert find_places(sentence, load_gazetteer()) == ()


def test_a_place_that_the_model_sees_is_one() -> None:
    entity = (Entity("place", 2, 2, 0.9),)
    sentence = analyse_flat("They love Paris", ["PRON", "VERB", "PROPN"], entity)

    assert [m.country for m in find_places(sentence, load_gazetteer())] == ["FRA"]


def test_a_word_that_the_model_takes_for_a_verb_is_no_place() -> None:
    sentence = analyse_flat("Nice work in Split screens", ["ADJ", "NOUN", "ADP", "VERB", "NOUN"])

    assert find_places(sentence, load_gazetteer()) == ()


@pytest.mark.parametrize(
    ("text", "precision"),
    [("They met in Geneva.", ["point"]), ("Drones hit Kursk Region.", ["area"]), ("He left Japan.", ["country"]),
     ("It sank in the Black Sea.", ["water"]), ("It sank off the coast of Yemen.", ["water"]), ("It sank at sea.", ["water"]),
     ("Shots crossed the Line of Control.", ["line"]), ("Jets left Ramstein.", ["point"]),
     ("They live in Kyiv, Texas.", ["area", "area"])],
)  # fmt: skip
def test_a_place_tells_what_its_point_stands_for(text: str, precision: list[str]) -> None:
    found = find_places(make_sentence(text), load_gazetteer())

    assert [mention.precision for mention in found] == precision


def test_every_kind_of_place_has_a_precision() -> None:
    gazetteer = load_gazetteer()
    kinds = {line.split("\t")[5].rstrip("!?") or "city" for line in gazetteer.lines}

    assert [kind for kind in sorted(kinds) if tell_precision(kind) == "unknown"] == []
