"""A claim in plain words says what kind of act it is, who is on either side, and whether it happened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from make import TEXT, make_claim, make_party, make_place, make_span

from dragoman.coding import load_codebook
from dragoman.domain import EventType
from dragoman.interchange.verbs import VERBS
from dragoman.interchange.words import (
    cut_sentence,
    find_marks,
    find_named_before,
    join_names,
    say_circumstances,
    say_claim,
)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("occurred", "North Korea (PRK) gave aid to Russia (RUS)"),
        ("ongoing", "North Korea (PRK) is giving aid to Russia (RUS)"),
        ("planned", "North Korea (PRK) will give aid to Russia (RUS)"),
        ("conditional", "North Korea (PRK) may give aid to Russia (RUS)"),
        ("denied", "North Korea (PRK) did not give aid to Russia (RUS)"),
        ("historical", "North Korea (PRK) once gave aid to Russia (RUS)"),
    ],
)
def test_status_is_in_the_verb(status: Any, expected: str) -> None:
    assert say_claim(make_claim(status=status)) == expected


@pytest.mark.parametrize("event_type", get_args(EventType))
def test_every_type_can_be_said_with_and_without_recipient(event_type: EventType) -> None:
    alone = say_claim(make_claim(event_type=event_type, recipients=()))
    towards = say_claim(make_claim(event_type=event_type))

    assert alone.startswith("North Korea (PRK) ")
    assert towards.startswith(alone)
    assert towards.endswith(" Russia (RUS)")


def test_a_mutual_act_is_done_with_one_another() -> None:
    both = (make_party(TEXT, "North Korea", "PRK"), make_party(TEXT, "Russia", "RUS"))

    said = say_claim(make_claim(event_type="CONSULT", actors=both, recipients=(), mutual=True, status="ongoing"))

    assert said == "North Korea (PRK) and Russia (RUS) are holding talks with one another"


def test_a_party_is_named_once_and_a_code_that_is_the_name_is_left_out() -> None:
    nato = make_party(TEXT, "Russia", "NATO")
    russia = make_party(TEXT, "Russia", "RUS")

    assert join_names([replace(nato, name="NATO"), russia, russia]) == "NATO and Russia (RUS)"


def test_circumstances_tell_size_date_place_and_claimant() -> None:
    assert dict(say_circumstances(make_claim(place=make_place(TEXT, "Russia", "RUS")))) == {
        "size": "500 tons of rice",
        "date": "2024-10-21",
        "place": "Russia (RUS)",
        "on the word of": "KCNA (PRK-MED)",
    }


def test_marked_runs_put_together_are_the_sentence() -> None:
    claim = make_claim()
    runs = list(cut_sentence(claim.sentence, TEXT, find_marks(claim)))

    assert "".join(words for words, _ in runs) == claim.sentence.text
    assert [(label, words) for words, label in runs if label] == [
        ("claimant", "KCNA"),
        ("actor", "North Korea"),
        ("act", "sent"),
        ("size", "500 tons of rice"),
        ("recipient", "Russia"),
        ("date", "on Monday"),
    ]


def test_of_two_marks_that_overlap_the_more_telling_stays() -> None:
    claim = make_claim(place=make_place(TEXT, "to Russia on"))

    assert [mark.label for mark in find_marks(claim)][-2:] == ["recipient", "date"]


def test_one_run_with_two_parts_carries_both_names() -> None:
    claim = make_claim(place=make_place(TEXT, "Russia"))

    assert "recipient, place" in [mark.label for mark in find_marks(claim)]


def test_a_party_named_in_an_earlier_sentence_is_told_apart() -> None:
    headline = make_span(TEXT, "Envoys")
    actor = replace(make_party(TEXT, "Russia", "RUS"), start=headline.start, end=headline.end)

    claim = make_claim(actors=(actor,))

    assert "actor" not in [mark.label for mark in find_marks(claim)]
    assert find_named_before(claim) == [("actor", "Russia")]
    assert find_named_before(make_claim()) == []


def test_every_mode_of_the_codebook_can_be_said() -> None:
    types = load_codebook().types
    said = {
        say_claim(make_claim(event_type=name, mode=mode["mode"], status=status))
        for name, entry in types.items()
        for mode in entry["modes"]
        for status in ("planned", "ongoing")
    }

    assert len(said) > 60
    assert set(key.split(" ")[1] for key in VERBS if " " in key) <= {
        mode["mode"] for entry in types.values() for mode in entry["modes"]
    }
