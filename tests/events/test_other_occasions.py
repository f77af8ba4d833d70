"""Occasions that one text, one tour or one form of words would run together: talks of a speech, journeys, delegations, sums."""

from __future__ import annotations

from dataclasses import replace

import pytest
from told import read_lines

from dragoman.events.anchors import find_anchor
from dragoman.events.conflicts import find_conflict
from dragoman.events.features import compare
from dragoman.events.telling import Telling, make_story, make_telling

MET = "occurred CONSULT | person:antony-blinken + state:PER | | |"
SENT = "occurred CONSULT | state:RUS + state:PRK | 2031-04-01 | |"
SAID = ["QUESTION: I have two questions on the lake.", "MR REED: I will take the first."]


def tell(first: str, second: str, *, others: list[str] = [], apart: int = 2) -> tuple[Telling, Telling]:  # noqa: B006
    """Two claims of one report, which says other lines too."""
    told = read_lines([f"a | 2031-04-02 Ministry | {first}", f"b | 2031-04-02 Ministry | {second}"])
    texts = [claim.sentence.text for claim in told.claims.values()]
    story = make_story("re_1", "re_1", "2031-04-02", [*texts, *others], outlet="Ministry")
    a, b = (make_telling(claim, story) for claim in told.claims.values())
    return a, replace(b, sentence=a.sentence + apart)


def ties(pair: tuple[Telling, Telling]) -> str | None:
    return find_anchor(*pair, compare(*pair))


def test_a_speech_tells_on_for_a_few_sentences_and_of_the_same_parties() -> None:
    met = f"{MET} The secretary [met] the minister."
    on = f"{MET} They [discussed] anchovies and a railway."
    others = f"{MET.replace('state:PER', 'person:ann-linde + state:PER')} They [discussed] anchovies."

    assert ties(tell(met, on, others=SAID)) == ties(tell(met, on, apart=8)) == "told on in one report"
    for pair in (tell(met, on, others=SAID, apart=8), tell(met, others, others=SAID)):
        assert ties(pair) is None


@pytest.mark.parametrize(
    "other",
    [
        "The secretary praised the [talks] between the growers and the fishers.",
        "Immediately afterwards, they [discussed] anchovies.",
    ],
    ids=["talks of others", "what came after"],
)
def test_a_report_does_not_tell_on_of_another_occasion(other: str) -> None:
    assert ties(tell(f"{MET} The secretary [met] the minister today.", f"{MET} {other}")) is None


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (f"{MET} He will [travel] to Lima.", f"{MET} He will [meet] the minister.", "a journey, and talks on it"),
        (
            f"{SENT} A group led by Ivan Petrov [arrived] here.",
            f"{SENT} A group of builders headed by Oleg Sidorov [arrived] here.",
            "delegations of two leaders: ivan and oleg",
        ),
        (
            f"{MET} Secretary Reed and Minister Botero [discussed] ports.",
            f"{MET} Secretary Reed and Deputy Minister Salas [discussed] rails.",
            "two tables of one report",
        ),
        (
            f"{MET} The secretary [met] the minister.",
            f"{MET} He spoke of what the king had said on his most recent [meeting] there.",
            "one that went before, and this one",
        ),
        (
            f"{MET} They welcomed the second Peru Strategic [Dialogue] of this week.",
            f"{MET} The two [discussed] ports.",
            "a sitting with a name, and a talk of two",
        ),
        (
            f"{MET} Our [meeting] went well.",
            f"{MET.replace('occurred', 'planned')} They look forward to Peru [hosting] the next summit.",
            "one was reported as done before the other was announced",
        ),
    ],
    ids=["journey", "leaders", "tables", "the one before", "named sitting", "the next"],
)
def test_what_tells_two_occasions_apart(first: str, second: str, told: str) -> None:
    assert find_conflict(*tell(first, second)) == told


def test_a_sentence_that_goes_on_to_the_next_act_tells_two() -> None:
    pledge = "occurred AGREE | state:USA > state:PER | | |"
    text = (
        "We will expand our trade in anchovies with the coast of Peru, support its bid for the fair, and build ports."
    )
    words = [text.replace("expand", "[expand]"), text.replace("support", "[support]")]

    assert ties(tell(*(f"{pledge} {word}" for word in words), apart=0)) is None


def test_a_demand_and_a_complaint_are_two_acts_however_alike_their_words() -> None:
    text = "the arrest of the poet Maria Quispe and her brother in the harbour of Callao by armed police"
    asked = f"occurred REQUEST | state:USA > state:PER | | | Washington [protested] {text}."
    blamed = f"occurred ACCUSE | state:USA > state:PER | | | Washington [protested] {text}."

    assert ties(tell(asked, blamed)) is None
    assert ties(tell(blamed, blamed)) == "like sentences"


def test_thirteen_launches_of_a_year_are_not_the_recent_one() -> None:
    fired = "occurred MOBILIZE weapons | state:PRK | | |"

    assert find_conflict(
        *tell(f"{fired} He named the 13 missile [launches] this year.", f"{fired} He condemned recent [launches].")
    ) == ("of several days, and of one")
