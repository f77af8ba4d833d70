"""An id that no event has any more leads on, or says why it doesn't."""

from __future__ import annotations

from told import read_lines

from dragoman.domain import Event
from dragoman.events import build_event, find_survivors

LETTERS = "abcd"
TOLD = read_lines(
    [
        f"{letter} | 2024-03-0{n + 1} Wire | occurred CONSULT | state:FRA > state:KAZ | | | A [talk] was held."
        for n, letter in enumerate(LETTERS)
    ]
)


def make(*groups: str) -> list[Event]:
    return [build_event([TOLD.claims[letter] for letter in group], TOLD.reports, {}) for group in groups]


def test_a_merged_id_leads_to_the_event_that_holds_its_claims() -> None:
    found = find_survivors(make("a", "bc"), make("abc"))

    assert {name: (s.became, s.reason) for name, s in found.items()} == {"ev_b": (("ev_a",), "merged into ev_a")}


def test_a_split_id_names_all_its_parts() -> None:
    found = find_survivors(make("bcd"), make("ab", "cd"))

    assert (found["ev_b"].became, found["ev_b"].reason) == (("ev_c", "ev_a"), "split into ev_c and ev_a")


def test_a_withdrawn_id_says_why() -> None:
    found = find_survivors(make("a", "b"), make("a"), {"cl_b": "a film"})

    assert (found["ev_b"].became, found["ev_b"].reason) == ((), "withdrawn: a film")


def test_an_id_that_lives_on_is_not_told() -> None:
    assert find_survivors(make("ab"), make("abc")) == {}
