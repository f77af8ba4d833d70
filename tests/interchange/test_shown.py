"""Hidden characters in text of others are shown."""

from __future__ import annotations

import pytest

from dragoman.interchange.shown import show_all_hidden, show_hidden


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "aU+202Eb"),
        ("nul\0", "nulU+0000"),
        ("tag \U000e0041", "tag U+E0041"),
        ("line\nnext\ttab", "line next tab"),
        ("h\u3164i", "hU+3164i"),
        ("Đàn ông — “naïve” 東京 é 🚢", "Đàn ông — “naïve” 東京 é 🚢"),
    ],
)
def test_what_cannot_be_seen_is_written_and_the_rest_stays(text: str, shown: str) -> None:
    assert show_hidden(text) == shown


def test_strings_inside_are_shown_and_cut_and_numbers_stay() -> None:
    value = {"k\u202e": ["abcdef", 1, None, True], "d": {"x": "ab\u200b"}}

    assert show_all_hidden(value, 4) == {"kU+202E": ["abc…", 1, None, True], "d": {"x": "abU+200B"}}
