"""The gate before the model: whatever linking could take for a party counts, and plain prose doesn't."""

from __future__ import annotations

import pytest

from dragoman.actors import Roster, load_roster, names_a_party


@pytest.fixture(scope="module")
def roster() -> Roster:
    return load_roster()


@pytest.mark.parametrize(
    "text",
    [
        "Talks with the U.S. were put off.",
        "French farmers blocked the road.",
        "North Korea’s army moved south.",
        "anti-Russian sentiment grew",
        "Nothing was heard from Xi Jinping.",
        "He met Volodymyr Oleksandrovych Zelenskiy at noon.",
        "The Secretary of State left early.",
        "Côte d’Ivoire voted.",
        "NATO-led forces stayed.",
    ],
)
def test_a_party_in_any_spelling_counts(roster: Roster, text: str) -> None:
    assert names_a_party(text, roster, date="2024-05-01")


@pytest.mark.parametrize(
    "text",
    [
        "We baked two loaves and let them cool before supper.",
        "He told us to polish the table.",
        "As a parent I know how hard it is; I may write again.",
        "The striker scored twice, and the keeper saved a penalty.",
    ],
)
def test_plain_prose_names_nobody(roster: Roster, text: str) -> None:
    assert not names_a_party(text, roster, date="2024-05-01")


def test_every_name_of_the_roster_counts(roster: Roster) -> None:
    held = [term.person for term in roster.offices]
    names = {a.name for a in roster.actors if a.kind in ("state", "organisation", "group")} | {
        roster.get_actor(id).name for id in held if " " in roster.get_actor(id).name
    }
    missed = sorted(name for name in names if not names_a_party(f"It is the {name} again.", roster))

    assert len(names) > 4000
    assert missed == []


def test_a_surname_alone_counts_while_its_bearer_heads_a_state(roster: Roster) -> None:
    assert names_a_party("Obama smiled.", roster, date="2012-05-01")
    assert not names_a_party("Obama smiled.", roster, date="2021-05-01")


def test_the_police_are_somebody_where_the_outlet_has_a_state(roster: Roster) -> None:
    assert names_a_party("The police came at once.", roster, home="KEN")
    assert not names_a_party("The police came at once.", roster)
