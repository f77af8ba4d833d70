"""The real model: it reads plain sentences rightly, and the same sentence always the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import dragoman.language.model as reader
from dragoman.domain import Sentence, Span
from dragoman.errors import ModelError
from dragoman.language import analyse, load_model

TEXTS = (
    "Norway did not send soldiers to the island.",
    "The ship was seized by the coast guard of Indonesia on 3 May, officials said.",
    "Talks between the two neighbours will resume in Geneva if the guns fall silent, the envoy Maria Costa told reporters.",
)


def make_sentences(texts: tuple[str, ...]) -> list[Sentence]:
    return [Sentence(i, Span(0, len(t)), t, "body") for i, t in enumerate(texts)]


@pytest.fixture(scope="module")
def model() -> reader.Model:
    return load_model()


def test_subject_object_and_negation_are_found(model: reader.Model) -> None:
    (s,) = analyse(model, make_sentences(TEXTS[:1]))
    by_text = {t.text: t for t in s.tokens}
    send = s.tokens.index(by_text["send"])
    assert (by_text["Norway"].head, by_text["Norway"].relation) == (send, "nsubj")
    assert (by_text["soldiers"].head, by_text["soldiers"].relation) == (send, "obj")
    assert by_text["not"].head == send and by_text["send"].relation == "root"


def test_passive_and_agent_are_found(model: reader.Model) -> None:
    (s,) = analyse(model, make_sentences(TEXTS[1:2]))
    by_text = {t.text: t for t in s.tokens}
    assert by_text["ship"].relation == "nsubj:pass"
    assert s.tokens[by_text["guard"].head].text == "seized"


def test_names_are_found(model: reader.Model) -> None:
    (s,) = analyse(model, make_sentences(TEXTS[2:]))
    named = {" ".join(t.text for t in s.tokens[e.first : e.last + 1]): e.kind for e in s.entities}
    assert named.get("Maria Costa") == "person" and named.get("Geneva") == "place"


def test_a_sentence_is_read_the_same_alone_in_company_and_on_two_threads(model: reader.Model) -> None:
    together = analyse(model, make_sentences(TEXTS))
    backwards = tuple(reversed(analyse(model, make_sentences(TEXTS)[::-1])))
    alone = tuple(analyse(model, [s])[0] for s in make_sentences(TEXTS))
    two_threads = analyse(load_model(threads=2), make_sentences(TEXTS))
    assert together == backwards == alone == two_threads


def test_a_sentence_beyond_the_encoder_is_read_as_far_as_it_goes(model: reader.Model) -> None:
    (s,) = analyse(model, make_sentences(("word " * 900,)))
    assert 0 < len(s.tokens) <= reader.MOST_PIECES


@pytest.mark.parametrize("damaged", ["reader.onnx", "details.onnx", "claims.npz"])
def test_damaged_weights_are_refused(tmp_path: Path, damaged: str) -> None:
    source = Path(reader.__file__).parents[1] / "_models"
    for name in ("reader.onnx", "details.onnx", "claims.npz", "meanings.npz", "reader.json", "vocabulary.txt"):
        shutil.copy(source / name, tmp_path / name)
    data = bytearray((tmp_path / damaged).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / damaged).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{damaged} has SHA-256"):
        load_model(tmp_path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"reader\.onnx"):
        load_model(tmp_path)
