"""Acts that the model sees, joined with frames: who is believed where, and that each claim says why."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.coding.confidence import Signs, rate

SURE = Signs(seen=0.99, frame=1, unknown=0, alone=0)


@pytest.fixture(scope="module")
def parts() -> dragoman.Parts:
    return dragoman.load_parts()


def read(text: str, parts: dragoman.Parts) -> dragoman.Reading:
    after = " Nothing more was known by the evening, the desk wrote in its note to readers."
    return dragoman.read(text + after, date="2024-06-20", parts=parts)


def test_an_act_that_no_frame_names_is_seen(parts: dragoman.Parts) -> None:
    reading = read("Warplanes of Israel pounded villages in Lebanon overnight.", parts)
    assert any(c.event_type == "ASSAULT" and c.actors[0].code == "ISR" for c in reading.claims)


def test_a_claim_tells_what_the_model_saw(parts: dragoman.Parts) -> None:
    reading = read("Japan condemned the missile launch by North Korea.", parts)
    assert all(any("seen as" in why or "act " in why for why in c.why) for c in reading.claims) and reading.claims


def test_parties_are_linked_mentions_of_their_own_sentence(parts: dragoman.Parts) -> None:
    text = "The United States imposed sanctions on Iran. Tehran called the step illegal and rejected it."
    for claim in read(text, parts).claims:
        for party in (*claim.actors, *claim.recipients):
            if party.end > party.start and "carried over" not in " ".join(claim.why):
                assert claim.sentence.span.start <= party.start < party.end <= claim.sentence.span.end


def test_confidence_falls_with_every_doubt() -> None:
    doubts = [
        Signs(**{**{k: getattr(SURE, k) for k in Signs.__slots__}, name: value})
        for name, value in {"seen": 0.3, "frame": 0.0, "unknown": 1.0, "alone": 1.0}.items()
    ]
    assert all(0 < rate(d, "AID") < rate(SURE, "AID") <= 1 for d in doubts)
    assert rate(SURE, "AID") < rate(SURE, "CONSULT")
