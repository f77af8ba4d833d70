"""Whom an outlet or a page means where no state is named: its own forces, who is named at its head, a speaker further down."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.actors.publisher import find_publisher
from dragoman.domain import Claim, Report
from dragoman.pipeline import read_report


@pytest.fixture(scope="module")
def parts() -> dragoman.Parts:
    return dragoman.load_parts()


def read(text: str, parts: dragoman.Parts, outlet: str | None) -> list[Claim]:
    report = Report("r", text, date="2024-06-20", language="en", outlet=outlet)
    return list(read_report(report, parts).claims)


def get_codes(claims: list[Claim], event_type: str) -> list[tuple[list[str], list[str]]]:
    return [([p.code for p in c.actors], [p.code for p in c.recipients]) for c in claims if c.event_type == event_type]


def test_our_soldiers_are_of_the_state_of_the_outlet(parts: dragoman.Parts) -> None:
    text = "Our riflemen attacked the Ukrainian army near the river."

    assert (["RUS"], ["UKR"]) in get_codes(read(text, parts, "1tv.ru"), "ASSAULT")
    assert (["RUS"], ["UKR"]) not in get_codes(read(text, parts, None), "ASSAULT")


def test_whoever_a_page_names_at_its_head_speaks_for_it(parts: dragoman.Parts) -> None:
    text = (
        "{}\nWashington, D.C.\nMS DOE: We deplore it. Russia shelled Ukraine on Tuesday.\nQUESTION: And then?\n"
        "MS DOE: We urge Peru to talk to Chile."
    )
    page = "United States Department of State"

    named = read(text.format("Jane Doe, Department Spokesperson"), parts, page)
    unnamed = read(text.format("Briefing of the day"), parts, page)
    assert [c.claimant.code for c in named if c.event_type == "ASSAULT" and c.claimant] == ["USA"]
    assert [c.claimant.code for c in unnamed if c.event_type == "ASSAULT" and c.claimant] != ["USA"]


def test_we_in_later_paragraphs_are_whoever_was_named_before_a_colon(parts: dragoman.Parts) -> None:
    text = (
        "Talks on the border were held in Lima.\n\nPeruvian Foreign Minister Ana Soto: Peru is a country of peace.\n\n"
        "The road is long.\n\nWe urge Chile to open the border."
    )

    assert (["PER"], ["CHL"]) in get_codes(read(text, parts, None), "REQUEST")


def test_the_heading_of_a_statement_tells_whose_page_it_is(parts: dragoman.Parts) -> None:
    text = "{} by Peru's Foreign Minister Ana Soto on the raid (Lima, June 19, 2024)\n\nThe Foreign Ministry condemns Chile."

    assert (["PER"], ["CHL"]) in get_codes(read(text.format("Statement"), parts, None), "ACCUSE")
    reading = [find_publisher(Report("r", text.format(w), date=None), parts.roster) for w in ("Statement", "A visit")]
    assert reading == [("PER", True), (None, False)]
