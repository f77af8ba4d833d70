"""What a state's own page or agency says in its own voice: whom it blames, and whom it had blamed before."""

from __future__ import annotations

import pytest

import dragoman

AGENCY, MINISTRY = "KCNA", "United States Department of State"


@pytest.fixture(scope="module")
def parts() -> dragoman.Parts:
    return dragoman.load_parts()


def tell(text: str, outlet: str, parts: dragoman.Parts) -> list[str]:
    """Each claim as ``TYPE ACTORS > RECIPIENTS``."""
    claims = dragoman.read(text, date="2024-06-20", outlet=outlet, parts=parts).claims
    return [
        f"{c.event_type} {'+'.join(sorted(p.code for p in c.actors))} > {'+'.join(sorted(p.code for p in c.recipients))}"
        for c in claims
    ]


@pytest.mark.parametrize(
    ("outlet", "text", "claim"),
    [
        (AGENCY, "Japan and the U.S. pose a grave threat to peace.", "ACCUSE PRK > JPN+USA"),
        (AGENCY, "An article discloses the crimes of Japan against fishermen.", "ACCUSE PRK > JPN"),
        (
            AGENCY,
            "We condemn Japan for its raid on our boats. We strongly warn the hostile forces not to try again.",
            "THREATEN PRK > JPN",
        ),
        (
            AGENCY,
            "We condemn Japan for its raid. Japan should bear in mind that it will pay for it.",
            "THREATEN PRK > JPN",
        ),
        (
            MINISTRY,
            "Officials of the United States, Peru and Chile met in Lima on Monday.\nBegin Text:\nWe condemn Japan for its raid.",
            "ACCUSE CHL+PER+USA > JPN",
        ),
        (MINISTRY, "The United States stands with Peru as Chile wages its war of aggression.", "ASSAULT CHL > PER"),
    ],
)
def test_a_page_speaks_its_claims(outlet: str, text: str, claim: str, parts: dragoman.Parts) -> None:
    assert claim in tell(text, outlet, parts)


def test_who_is_spoken_of_does_not_accuse(parts: dragoman.Parts) -> None:
    told = tell("Japan once again revealed its greed for the islands of others.", AGENCY, parts)
    assert told and not any(claim.startswith("ACCUSE JPN") for claim in told)


def test_a_page_welcomes_on_its_own_day(parts: dragoman.Parts) -> None:
    text = "The United States welcomes the vote of Peru."
    days = [c.date for c in dragoman.read(text, date="2024-06-20", outlet=MINISTRY, parts=parts).claims]

    assert days == ["2024-06-20"]
