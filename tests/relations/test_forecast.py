"""What may come next: rates that fade, intervals, the prior behind thin dyads, and whom a party deals with."""

from __future__ import annotations

import pytest
from acting import act

from dragoman.domain import Act, Coverage
from dragoman.relations.forecast import (
    HALF_LIFE_DAYS,
    PRIOR_DAYS,
    WHO_HALF_LIFE_DAYS,
    History,
    find_bounds,
    find_exposure,
    find_prior,
    make_outlook,
    rank_candidates,
)


def weekly(actor: str, recipient: str, kind: str, year: int = 2024) -> list[Act]:
    return [
        act(f"{year}-{month:02d}-{day:02d}", actor, recipient, kind)
        for month in range(1, 13)
        for day in (3, 10, 17, 24)
    ]


def test_the_mean_of_a_busy_dyad_is_near_what_it_did() -> None:
    acts = weekly("AAA", "BBB", "ACCUSE")
    found = make_outlook(acts, "AAA", "BBB", until="2024-12-31", days=30)

    assert found.total.mean == pytest.approx(48 * 30 / 366, rel=0.05)
    assert found.total.low < found.total.mean < found.total.high
    assert [one.kind for one in found.types] == ["ACCUSE"]
    assert found.total.events == tuple(one.event_id for one in acts[-20:])


def test_what_lies_a_half_life_back_counts_half() -> None:
    found = make_outlook(
        [act("2022-01-01", "AAA", "BBB"), act("2023-12-31", "AAA", "BBB")], "AAA", "BBB", until="2023-12-31"
    )

    assert HALF_LIFE_DAYS == 730
    assert found.total.weight == pytest.approx(1 + 2 ** (-729 / 730), abs=1e-3)


def test_types_add_up_to_the_whole_and_types_of_others_have_a_chance() -> None:
    acts = [*weekly("AAA", "BBB", "ACCUSE"), *weekly("CCC", "DDD", "AID")]
    found = make_outlook(acts, "AAA", "BBB", until="2024-12-31")

    assert sum(one.mean for one in found.types) == pytest.approx(found.total.mean, abs=0.01)
    accuse, aid = found.types
    assert (accuse.kind, aid.kind, aid.events) == ("ACCUSE", "AID", ())
    assert 0 < aid.mean < accuse.mean


def test_a_dyad_without_acts_gets_what_the_mean_dyad_does_for_the_prior_s_days() -> None:
    acts = weekly("CCC", "DDD", "AID")
    prior = find_prior(acts, "2024-12-31")
    found = make_outlook(acts, "AAA", "BBB", until="2024-12-31", days=30)

    assert found.total.mean == pytest.approx(prior.rate * PRIOR_DAYS / (PRIOR_DAYS + prior.exposure) * 30, abs=1e-3)
    assert (found.total.weight, found.total.low) == (0.0, 0)


def test_rates_are_per_day_that_was_read() -> None:
    acts = [act("2024-03-01", "AAA", "BBB"), act("2024-03-02", "AAA", "BBB"), act("1953-07-27", "AAA", "BBB")]
    read = [Coverage("2024-03-01", 9, 1), Coverage("2024-03-02", 9, 1)]

    all_days, days_read = (make_outlook(acts, "AAA", "BBB", coverage=coverage) for coverage in ((), read))
    assert days_read.total.mean > 10 * all_days.total.mean


def test_planned_acts_and_those_after_the_day_don_t_count() -> None:
    acts = [act("2024-03-01", "AAA", "BBB", status="planned"), act("2024-05-01", "AAA", "BBB")]

    assert make_outlook(acts, "AAA", "BBB", until="2024-04-01").total.weight == 0.0


def test_bounds_hold_the_middle_eight_tenths() -> None:
    mean, low, high, chance = find_bounds(shape=1e6, rate=1e6 / 0.1, days=30)

    assert (round(mean, 3), low, high) == (3.0, 1, 5)
    assert chance == pytest.approx(0.9502, abs=1e-3)
    assert find_bounds(0.0, 1.0, 30) == (0.0, 0, 0, 0.0)


def test_bounds_of_large_counts_don_t_underflow() -> None:
    mean, low, high, _ = find_bounds(shape=1e6, rate=1e4, days=30)

    assert mean == pytest.approx(3000)
    assert 2900 < low < 2950 and 3050 < high < 3100


def test_exposure_is_the_sum_of_faded_days() -> None:
    assert find_exposure("2024-01-01", "2024-01-03", 1) == pytest.approx(1.75)
    assert find_exposure("2024-01-01", "2024-01-01", 730) == pytest.approx(1.0)


def test_whom_a_party_deals_with_is_led_by_what_it_did() -> None:
    acts = [*weekly("AAA", "BBB", "ACCUSE"), act("2024-12-01", "AAA", "CCC"), act("2024-12-02", "DDD", "EEE")]
    found = rank_candidates(acts, "AAA", until="2024-12-31")

    assert [one.code for one in found[:2]] == ["BBB", "CCC"]
    assert (found[0].seen, found[1].seen, len(found[1].events)) == (48, 1, 1)
    assert "EEE" in [one.code for one in found] and "AAA" not in [one.code for one in found]
    assert sum(one.share for one in found) == pytest.approx(1.0, abs=0.01)


def test_a_type_asked_for_decides() -> None:
    acts = [*weekly("AAA", "BBB", "ACCUSE"), *(act(f"2024-06-{day:02d}", "AAA", "CCC", "AID") for day in range(1, 20))]

    assert rank_candidates(acts, "AAA")[0].code == "BBB"
    assert rank_candidates(acts, "AAA", event_type="AID")[0].code == "CCC"


def test_a_party_that_never_acted_is_told_whom_others_deal_with() -> None:
    assert rank_candidates(weekly("AAA", "BBB", "ACCUSE"), "ZZZ")[0].code == "BBB"
    assert rank_candidates([], "ZZZ") == []


def test_chances_of_a_long_history_stay_sound() -> None:
    history = History(half_life=10)
    for year in range(1990, 2025):
        history.add(act(f"{year}-01-01", "AAA", "BBB"))
    history.add(act("2024-12-31", "AAA", "CCC"))

    chances = history.rank("AAA", "CONSULT", "2025-01-01")
    assert chances["CCC"] > 0.5 > chances["BBB"] > 0
    assert WHO_HALF_LIFE_DAYS > 10
