"""Groups don't depend on the order of arrival, heed persons, and hold every claim once."""

from __future__ import annotations

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.domain import Judgement
from dragoman.events import find_groups, settle_links

NAMES = [f"cl_{letter}" for letter in "abcdefgh"]
LEAST = 0.5
chances = st.integers(0, 100).map(lambda n: n / 100)


@st.composite
def machine(draw: st.DrawFn) -> list[Judgement]:
    pairs = draw(st.lists(st.sampled_from(list(itertools.combinations(NAMES, 2))), unique=True, max_size=20))
    scores = draw(st.lists(chances, min_size=len(pairs), max_size=len(pairs)))
    return [
        Judgement(a, b, "different" if score < 0.15 else "same", score, "pair model")
        for (a, b), score in zip(pairs, scores, strict=True)
    ]


@st.composite
def persons(draw: st.DrawFn) -> list[Judgement]:
    pairs = draw(st.lists(st.sampled_from(list(itertools.combinations(NAMES, 2))), max_size=8))
    verdicts = draw(
        st.lists(st.sampled_from(["same", "different", "unsure"]), min_size=len(pairs), max_size=len(pairs))
    )
    return [
        Judgement(a, b, verdict, 1.0, "person", ("seen",), "Ada", f"2024-01-{n + 1:02}")
        for n, ((a, b), verdict) in enumerate(zip(pairs, verdicts, strict=True))
    ]


@given(machine(), persons(), st.randoms(use_true_random=False))
def test_groups_are_the_same_in_any_order_of_arrival(
    judged: list[Judgement], by_persons: list[Judgement], chance: random.Random
) -> None:
    first = find_groups(NAMES, judged, settle_links(by_persons), least=LEAST)
    names, judged, by_persons = list(NAMES), list(judged), list(by_persons)
    for items in (names, judged, by_persons):
        chance.shuffle(items)

    assert find_groups(names, judged, settle_links(by_persons), least=LEAST) == first


@given(machine(), persons())
def test_every_claim_is_in_exactly_one_group(judged: list[Judgement], by_persons: list[Judgement]) -> None:
    groups = find_groups(NAMES, judged, settle_links(by_persons), least=LEAST)

    assert sorted(name for group in groups for name in group) == NAMES


@given(machine(), persons())
@settings(max_examples=300)
def test_what_persons_settle_holds(judged: list[Judgement], by_persons: list[Judgement]) -> None:
    links = settle_links(by_persons)

    groups = find_groups(NAMES, judged, links, least=LEAST)

    home = {name: n for n, group in enumerate(groups) for name in group}
    assert all(home[a] == home[b] for a, b in links.same)
    assert all(home[a] != home[b] for a, b in links.different)


@given(persons())
def test_the_newest_judgement_always_holds(by_persons: list[Judgement]) -> None:
    links = settle_links(by_persons)

    newest = max(by_persons, key=lambda j: j.when or "", default=None)
    assert newest not in links.overruled


@given(machine(), persons())
def test_grouping_a_part_that_hangs_together_gives_the_same_groups(
    judged: list[Judgement], by_persons: list[Judgement]
) -> None:
    links = settle_links(by_persons)
    every = find_groups(NAMES, judged, links, least=LEAST)
    reached, edge = {NAMES[0]}, {NAMES[0]}
    pairs = [(j.first, j.second) for j in judged] + list(links.same)
    while edge:
        edge = {n for pair in pairs if set(pair) & edge for n in pair} - reached
        reached |= edge

    part = find_groups(reached, judged, links, least=LEAST)

    assert part == [group for group in every if set(group) <= reached]


def test_a_judgement_is_undone_by_a_newer_one() -> None:
    merged = Judgement("cl_a", "cl_b", "same", 1.0, "person", ("one strike",), "Ada", "2024-01-01")
    lifted = Judgement("cl_a", "cl_b", "unsure", 0.5, "person", ("no, two",), "Ada", "2024-01-02")

    assert find_groups(["cl_a", "cl_b"], [], settle_links([merged]), least=LEAST) == [("cl_a", "cl_b")]
    assert find_groups(["cl_a", "cl_b"], [], settle_links([merged, lifted]), least=LEAST) == [("cl_a",), ("cl_b",)]


def test_a_claim_judged_different_from_itself_tells_of_no_happening() -> None:
    withdrawn = Judgement("cl_a", "cl_a", "different", 0.0, "person", ("a film",), "Ada", "2024-01-01")

    links = settle_links([withdrawn])

    assert find_groups(["cl_a", "cl_b"], [], links, least=LEAST) == [("cl_b",)]
    assert links.withdrawn == {"cl_a": "a film"}


def test_a_chain_of_likely_pairs_is_not_one_event_where_its_ends_are_apart() -> None:
    judged = [
        Judgement("cl_a", "cl_b", "same", 0.9, "pair model"),
        Judgement("cl_b", "cl_c", "same", 0.8, "pair model"),
        Judgement("cl_a", "cl_c", "different", 0.0, "pair model"),
    ]

    assert find_groups(NAMES[:3], judged, settle_links([]), least=LEAST) == [("cl_a", "cl_b"), ("cl_c",)]
