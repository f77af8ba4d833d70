"""Matches told in words of war, and politics told beside sport."""

from __future__ import annotations

import pytest

from dragoman.coding.sport import tells_of_sport


@pytest.mark.parametrize(
    "text",
    [
        "Japan invaded the semi-finals after shooting down Qatar in extra time.",
        "Kenya crushed Uganda 4-0 in a friendly at Nakuru.",
        "Peru's captain lashed out at the umpires.",
    ],
)
def test_a_match_is_told_of(text: str) -> None:
    assert tells_of_sport(text)


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Iceland will boycott the Olympics in protest at the war.",
        "Rebels shelled the stadium where the tournament was to open.",
        "The council voted 12-3 to condemn the raid by Chad.",
        "The minister will visit Accra on April 5-6 to discuss the goals of the pact.",
    ],
)
def test_politics_beside_sport_is_politics(text: str) -> None:
    assert not tells_of_sport(text)
