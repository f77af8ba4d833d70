"""Of which states a report tells, weighed by the parties and places it names."""

from dragoman.coding.homes import find_home, rank_states
from dragoman.domain import Mentions
from tests.make import make_place

TEXT = "Soldiers left Lagos and Accra"


def _name(words: str, country: str) -> Mentions:
    return Mentions(places=(make_place(TEXT, words, country),))


def test_the_state_that_most_sentences_name_is_home() -> None:
    ranked = rank_states([_name("Lagos", "NGA"), _name("Lagos", "NGA"), _name("Accra", "GHA")])
    assert [state for state, _ in ranked] == ["NGA", "GHA"] and find_home(ranked) == "NGA"


def test_the_dateline_weighs_in() -> None:
    assert find_home(rank_states([_name("Accra", "GHA"), _name("Lagos", "NGA")], seat="NGA")) == "NGA"


def test_a_state_named_once_is_nobodys_home() -> None:
    assert find_home(rank_states([_name("Accra", "GHA")])) is None


def test_whom_one_faces_is_left_out() -> None:
    ranked = rank_states([_name("Lagos", "NGA")] * 3 + [_name("Accra", "GHA")] * 2)
    assert find_home(ranked, without={"NGA"}) == "GHA"
