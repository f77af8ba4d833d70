"""What claims tell together: votes, windows, figures side by side, voices, history."""

from __future__ import annotations

from dataclasses import replace

from told import make_party, read_lines

from dragoman.domain import Appearance, Claim, Magnitude, PlaceMention, Span
from dragoman.events import build_event, is_contested

LINES = [
    "a | 2024-03-05 Wire | occurred ASSAULT aerial | state:ISR > state:SYR | 2024-03 | Homs SYR | Jets [struck] a depot near Homs.",
    "b | 2024-03-06 Courier | occurred ASSAULT aerial | state:ISR > state:SYR | 2024-03-04 | Homs SYR | Jets [struck] near Homs.",
    "c | 2024-03-07 Gazette | denied COERCE | state:ISR > state:SYR | | | Israel denied having [struck] near Homs.",
]
TOLD = read_lines(LINES)


def build(*claims: Claim, **more: list[Appearance]):  # type: ignore[no-untyped-def]
    return build_event(claims, TOLD.reports, more)


def get(letter: str, **changes: object) -> Claim:
    return replace(TOLD.claims[letter], **changes)  # type: ignore[arg-type]


def test_the_type_is_that_of_most_claims_weighed_by_confidence() -> None:
    event = build(get("a", confidence=0.5), get("b", confidence=0.4), get("c", confidence=0.6))

    assert (event.event_type, event.mode, event.type_share) == ("ASSAULT", "aerial", 0.6)


def test_the_id_is_that_of_the_claim_first_reported() -> None:
    assert build(get("c"), get("b")).id == "ev_b"


def test_the_most_precise_day_stands() -> None:
    event = build(get("a"), get("b"), get("c"))

    assert (event.earliest, event.latest, event.day, event.day_how) == ("2024-03-04", "2024-03-04", "2024-03-04", "act")


def test_without_a_told_day_the_first_report_stands_in_and_says_so() -> None:
    event = build(get("c"))

    assert (event.earliest, event.day, event.day_how) == (None, "2024-03-07", "report")


def test_a_spot_goes_before_a_country() -> None:
    country = PlaceMention(Span(0, 1), "Syria", "SYR", precision="country")

    place = build(get("a", place=country), get("b"), get("c", place=country)).place

    assert place is not None
    assert (place.name, place.share) == ("Homs", 0.3333)


def test_figures_stand_side_by_side_with_who_gives_them() -> None:
    sizes = [Magnitude(f"{n} dead", 0, 1, n, n, n, "killed", "people") for n in (3.0, 7.0)]
    seoul = make_party("state:SYR")

    figures = build(get("a", magnitudes=(sizes[0],)), get("b", magnitudes=(sizes[1],), claimant=seoul)).figures

    assert [(f.magnitude.value, f.claimant, f.day) for f in figures] == [
        (3.0, None, "2024-03-05"),
        (7.0, "SYR", "2024-03-06"),
    ]


def test_a_copy_is_a_report_and_an_outlet_and_no_confirmation() -> None:
    alone = build(get("a"))

    event = build_event([get("a")], TOLD.reports, {"re_a": [Appearance("re_copy", "2024-03-05", "Echo", "re_a")]})

    assert (len(event.reports), [v.name for v in event.outlets]) == (2, ["Echo", "Wire"])
    assert (event.texts, event.confidence) == (1, alone.confidence)


def test_independent_texts_raise_confidence() -> None:
    assert build(get("a"), get("b")).confidence == 0.96


def test_what_occurred_outranks_what_was_planned_whenever_it_is_told() -> None:
    event = build(get("a", status="occurred"), get("b", status="planned"))

    assert (event.status, [entry.status for entry in event.history]) == ("occurred", ["occurred", "planned"])


def test_a_denial_by_another_makes_it_contested_and_not_undone() -> None:
    event = build(get("a", claimant=make_party("state:SYR")), get("c", claimant=make_party("state:ISR")))

    assert (event.status, is_contested(event.history)) == ("occurred", True)


def test_who_takes_a_claim_back_undoes_it() -> None:
    syria = make_party("state:SYR")

    event = build(get("a", claimant=syria), get("c", claimant=syria))

    assert (event.status, is_contested(event.history)) == ("denied", False)


def test_an_unknown_party_gives_way_to_a_known_one() -> None:
    unknown = replace(make_party("state:ISR"), id="unknown", code="UNK")

    event = build(get("a", actors=(unknown,)), get("b"))

    assert [(party.id, party.share) for party in event.actors] == [("state:ISR", 0.5)]
