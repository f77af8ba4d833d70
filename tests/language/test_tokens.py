"""Words as Universal Dependencies cuts them."""

from __future__ import annotations

import pytest

from dragoman.language.tokens import find_tokens

ROWS = {
    "Russia's envoy didn't speak.": ["Russia", "'s", "envoy", "did", "n't", "speak", "."],
    "Kim Jong-un met the U.S. team at 5 p.m. here": ["Kim", "Jong", "-", "un", "met", "the", "U.S.", "team", "at", "5", "p.m.", "here"],
    "anti-government forces": ["anti-government", "forces"],
    "$1.2bn, or 11,000 shells": ["$", "1.2bn", ",", "or", "11,000", "shells"],
    "They cannot win; it’s over": ["They", "can", "not", "win", ";", "it", "’s", "over"],
    "Gen. Smith (ret.) said: “No.”": ["Gen.", "Smith", "(", "ret", ".", ")", "said", ":", "“", "No", ".", "”"],
    "She met Ivo #Tamm of (#Peru)": ["She", "met", "Ivo", "Tamm", "of", "(", "Peru", ")"],
    "They met. #Peru #Chile": ["They", "met", ".", "#Peru", "#Chile"],
    "an aide ofKim Jong Unand fromTogo": ["an", "aide", "of", "Kim", "Jong", "Un", "and", "from", "Togo"],
    "They praisedKim Jong Unfor YouTube": ["They", "praised", "Kim", "Jong", "Un", "for", "YouTube"],
}  # fmt: skip


@pytest.mark.parametrize("text", ROWS)
def test_words_are_cut(text: str) -> None:
    assert [text[a:b] for a, b in find_tokens(text)] == ROWS[text]


@pytest.mark.parametrize("text", [*ROWS, "x" * 5000, "((((" * 500, "'s'll n't", "日本 \u200b and 🇷🇺"])
def test_no_mark_is_lost_and_order_is_kept(text: str) -> None:
    spans = find_tokens(text)
    assert "".join(text[a:b] for a, b in spans).replace("#", "") == "".join(text.split()).replace("#", "")
    assert spans == sorted(spans)
