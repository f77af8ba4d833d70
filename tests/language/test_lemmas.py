"""Lemmas by rule, with the irregular forms."""

from __future__ import annotations

import pytest

from dragoman.language.lemmas import get_lemma


@pytest.mark.parametrize(
    ("word", "upos", "lemma"),
    [
        ("sent", "VERB", "send"), ("met", "VERB", "meet"), ("imposed", "VERB", "impose"), ("signing", "VERB", "sign"),
        ("accuses", "VERB", "accuse"), ("denied", "VERB", "deny"), ("stopped", "VERB", "stop"), ("visited", "VERB", "visit"),
        ("shelling", "VERB", "shell"), ("urged", "VERB", "urge"), ("agreed", "VERB", "agree"), ("withdrew", "VERB", "withdraw"),
        ("soldiers", "NOUN", "soldier"), ("countries", "NOUN", "country"), ("men", "NOUN", "man"), ("talks", "NOUN", "talk"),
        ("crises", "NOUN", "crisis"), ("n't", "PART", "not"), ("will", "AUX", "will"), ("Moscow", "PROPN", "Moscow"),
    ],
)  # fmt: skip
def test_lemma(word: str, upos: str, lemma: str) -> None:
    assert get_lemma(word, upos) == lemma
