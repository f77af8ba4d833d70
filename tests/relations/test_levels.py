"""A relation in a word: the rule, and that thin evidence says so."""

from __future__ import annotations

import pytest
from acting import act, both

from dragoman.relations.levels import find_level, list_rules

DAY = "2024-05-01"


@pytest.mark.parametrize(
    ("kinds", "word"),
    [
        (["ASSAULT"] * 5, "hostile"),
        (["ACCUSE"] * 6 + ["CONSULT"] * 3, "strained"),
        (["CONSULT", "CONSULT", "ACCUSE", "ACCUSE", "CONSULT"], "distant"),
        (["CONSULT"] * 6, "working"),
        (["CONSULT"] * 4 + ["COOPERATE"] * 3, "partners"),
    ],
)
def test_events_give_the_word(kinds: list[str], word: str) -> None:
    level = find_level([act(DAY, "AAA", "BBB", kind) for kind in kinds], "AAA", "BBB")

    assert level.word == word
    assert len(level.events) == level.counts.events == len(kinds)
    assert f"{len(kinds)} events" in level.why


def test_allies_give_military_aid() -> None:
    acts = [act(DAY, "AAA", "BBB", "AID", context=("military",)) for _ in range(3)] + both(DAY, "AAA", "BBB") * 1
    acts += [act(DAY, "BBB", "AAA", "SUPPORT")]

    assert find_level(acts, "AAA", "BBB").word == "allied"


def test_four_events_are_too_little() -> None:
    level = find_level([act(DAY, "AAA", "BBB", "AID") for _ in range(4)], "AAA", "BBB")

    assert (level.word, level.mean) == ("too little evidence", None)


def test_only_the_window_counts() -> None:
    old = [act("2020-01-01", "AAA", "BBB", "ASSAULT") for _ in range(9)]
    new = [act(DAY, "AAA", "BBB") for _ in range(5)]

    assert find_level(old + new, "AAA", "BBB").word == "working"
    assert find_level(old + new, "AAA", "BBB", until="2020-06-01").word == "hostile"


def test_plans_and_denials_give_no_word() -> None:
    acts = [act(DAY, "AAA", "BBB", "AID", status=status) for status in ("planned", "denied") * 5]

    assert find_level(acts, "AAA", "BBB", until=DAY).word == "too little evidence"


def test_every_word_has_its_rule() -> None:
    assert [word for word, _ in list_rules()] == ["hostile", "strained", "allied", "partners", "working", "distant"]
