"""A war told as a whole: found by its words, held together however many tell it, and heeding persons."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import read_lines

from dragoman.domain import Judgement
from dragoman.events import find_blocks, find_groups, find_pairs, settle_links
from dragoman.events.lasting import find_lasting
from dragoman.events.merging import LASTS
from dragoman.events.telling import find_day, find_window, make_story, make_telling

LINE = "a | 2031-03-05 Wire | {status} ASSAULT | state:RUS > {to} | {when} | {place} | {text}"


def find_name(
    text: str, *, status: str = "ongoing", to: str = "state:UKR", when: str = "", place: str = ""
) -> str | None:
    told = read_lines([LINE.format(text=text, status=status, to=to, when=when, place=place)])
    claim = told.claims["a"]
    return find_lasting(claim, find_window(claim.date), find_day("2031-03-05"))


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose after Russia's [invasion] of Ukraine.",
        "Delegates deplored the brutal and unjustified [attack] on Ukraine.",
        "Since the [war began] Ukraine has rebuilt two ports.",
        "Around the world, people stood up against Russian [aggression] against Ukraine.",
    ],
)
def test_the_whole_is_known_by_its_words(text: str) -> None:
    assert find_name(text) == "RUS>UKR war"


@pytest.mark.parametrize(
    "text",
    [
        "A Russian drone [attack] hit a silo in Ukraine.",
        "The brigade is there to deter Russian [aggression] against Ukraine.",
        "If Russia begins its [war] on Ukraine, ports will close.",
        "Courts look into Russia's [war] crimes in Ukraine.",
        "They fear another [war] on Ukraine.",
        "An act of [aggression] against Ukraine this week is quite possible.",
    ],
)
def test_strokes_and_feared_wars_are_no_whole(text: str) -> None:
    assert find_name(text) is None


def test_a_war_taken_as_given_is_real_beside_a_plan() -> None:
    assert (
        find_name("Costs will rise until Russia ends its [war] against Ukraine.", status="conditional") == "RUS>UKR war"
    )
    assert (
        find_name("They condemned the atrocities [committed] by Russian forces.", status="occurred")
        == "RUS>UKR atrocities"
    )


def test_a_denied_one_one_at_a_spot_and_one_of_years_ago_are_no_whole() -> None:
    text = "They spoke of Russia's [war] against Ukraine."

    assert find_name(text, status="denied") is None
    assert find_name("They spoke of a [war] against Ukraine.", status="conditional") is None
    assert find_name(text, place="Odesa UKR") is None
    assert find_name(text, when="2014") is None
    assert find_name(text, to="state:RUS") is None


def chain(days: list[int]) -> dict[str, object]:
    text = "They spoke of Russia's [war] against Ukraine."
    claim = read_lines([LINE.format(text=text, status="ongoing", to="state:UKR", when="", place="")]).claims["a"]
    tellings = {}
    for n, day in enumerate(days):
        story = make_story(f"re_{n}", f"re_{n}", f"2031-03-{day:02}", [text], outlet=None)
        tellings[f"{n:03}"] = make_telling(_rename(claim, f"{n:03}"), story)
    return tellings


def _rename(claim: object, name: str) -> object:
    from dataclasses import replace

    return replace(claim, id=name)  # type: ignore[type-var]


def test_it_stands_in_blocks_of_its_own_and_each_is_tied_to_the_next() -> None:
    tellings = chain([1, 3, 9, 16, 30])

    pairs = find_pairs(tellings).pairs  # type: ignore[arg-type]

    assert all(block.startswith("lasting|RUS>UKR war|") for t in tellings.values() for block in find_blocks(t))  # type: ignore[arg-type]
    assert pairs == (("000", "001"), ("001", "002"), ("002", "003"))


@given(st.permutations(range(8)), st.integers(0, 7))
def test_a_chain_is_one_group_in_any_order_also_where_a_link_of_it_is_withdrawn(order: list[int], gone: int) -> None:
    names = [f"c{n}" for n in range(8)]
    pairs = [Judgement(a, b, "same", 1.0, LASTS) for a, b in itertools.pairwise(names)]
    person = Judgement(names[gone], names[gone], "different", 0.0, "person", ("not a war",), "me", "2031-01-01")

    groups = find_groups([names[n] for n in order], pairs, settle_links([person]), least=0.45)

    assert groups == [tuple(name for name in names if name != names[gone])]


def test_a_person_takes_one_out_and_the_others_stay_together() -> None:
    names = [f"c{n}" for n in range(5)]
    pairs = [Judgement(a, b, "same", 1.0, LASTS) for a, b in itertools.pairwise(names)]
    apart = [
        Judgement(min("c2", n), max("c2", n), "different", 0.0, "person", ("another war",), "me", "2031-01-01")
        for n in names
        if n != "c2"
    ]

    groups = find_groups(names, pairs, settle_links(apart), least=0.45)

    assert groups == [("c0", "c1", "c3", "c4"), ("c2",)]
