"""What a report as a whole says of where it is."""

from __future__ import annotations

import pytest
from test_places import make_sentence

from dragoman.domain import Span
from dragoman.places import find_places, find_setting, link_places, load_gazetteer

GAZETTEER = load_gazetteer()


def find_in_report(*texts: str, home: str | None = None) -> list[tuple[str, str | None, float | None]]:
    """The places of a report's last sentence."""
    sentences = [make_sentence(text) for text in texts]
    setting = find_setting(sentences, GAZETTEER, home)
    return [(m.name, m.country, m.lon) for m in find_places(sentences[-1], GAZETTEER, setting)]


def test_a_town_that_the_report_has_told_is_meant_again() -> None:
    assert find_in_report("A fire broke out in Paris, Texas.", "Nobody in Paris was hurt.") == [
        ("Paris", "USA", -95.56)
    ]


def test_without_a_report_the_best_known_is_meant() -> None:
    assert [place[1] for place in find_in_report("Nobody in Paris was hurt.")] == ["FRA"]


def test_other_places_of_the_report_draw_a_name_near() -> None:
    near = ("He drove from Toledo to Findlay.", "The shop in Lima is shut.")

    assert find_in_report(*near) == [("Lima", "USA", -84.11)]
    assert [place[1] for place in find_in_report("The shop in Lima is shut.")] == ["PER"]


def test_a_state_is_meant_among_towns_of_its_country() -> None:
    georgia = find_in_report("Police in Macon and Savannah, Ga., met in Atlanta.", "They left Georgia.")

    assert [place[1] for place in georgia] == ["USA"]
    assert [place[1] for place in find_in_report("They left Georgia.")] == ["GEO"]


def test_the_country_that_the_report_names_draws_a_name() -> None:
    assert [p[1] for p in find_in_report("Lebanon buried its dead.", "Shells hit Tripoli.")] == ["LBN"]


def test_the_outlets_country_draws_a_name() -> None:
    assert [place[1] for place in find_in_report("A bridge in Birmingham is shut.", home="USA")] == ["USA"]
    assert [place[1] for place in find_in_report("A bridge in Birmingham is shut.", home="GBR")] == ["GBR"]


def test_a_village_counts_where_its_report_speaks_for_it() -> None:
    assert find_in_report("They met in Kerens.") == []
    assert [p[0] for p in find_in_report("He lives near Corsicana, Texas.", "They met in Kerens.")] == ["Kerens"]


def test_a_state_that_acts_draws_no_capital_to_its_villages() -> None:
    report = ("The United States and Turkey met at UN Headquarters in New York.", "Biden met Erdogan in Rome.")

    assert [place[1] for place in find_in_report(*report)] == ["ITA"]


def test_the_city_is_meant_where_a_state_has_its_name() -> None:
    assert [p[0] for p in find_in_report("Washington sent an envoy.", "They met in New York.")] == ["New York City"]


def test_no_village_is_meant_where_the_report_is_elsewhere() -> None:
    assert find_in_report("Ukraine and Poland met in Kyiv.", "The Circle of Kindness helped children in Lviv.") == [
        ("Lviv", "UKR", 24.02)
    ]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [("The mayor of Springfield, Ill., resigned.", "Springfield", ("USA", -89.64)),
     ("Floods hit Clarke and Oconee counties in Georgia.", "Clarke", ("USA", -83.4)),
     ("The American envoy left.", "American", ("USA", -98.5))],
)  # fmt: skip
def test_given_names_are_linked(text: str, name: str, said: tuple[str, float]) -> None:
    start = text.index(name)
    (mention,) = link_places(make_sentence(text), [Span(start, start + len(name))], GAZETTEER)

    assert mention is not None
    assert mention.country == said[0]


def test_an_unknown_name_is_linked_to_nothing() -> None:
    assert link_places(make_sentence("They met in Xyzzyville."), [Span(12, 22)], GAZETTEER) == (None,)
