"""When a relation changed: cuts where rates change, none where only more was read, and what is new since a day."""

from __future__ import annotations

import random

import pytest
from acting import act

from dragoman.domain import Act, Coverage
from dragoman.relations.changes import find_changes, find_movers
from dragoman.relations.series import make_series

MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]


def make_acts(rates: list[int], kind: str = "CONSULT") -> list[Act]:
    return [act(f"{month}-10", "AAA", "BBB", kind) for month, n in zip(MONTHS, rates, strict=True) for _ in range(n)]


def test_a_rise_is_found_where_it_begins() -> None:
    acts = make_acts([1] * 12 + [8] * 12)
    (change,) = find_changes(make_series(acts, "AAA", "BBB"), acts)

    assert (change.period, change.before.cooperation, change.after.cooperation) == ("2023-01", 1.0, 8.0)
    assert change.gain > 0
    assert change.words == "cooperative events rose from 1 to 8 a month"


def test_conflict_for_cooperation_is_a_change_though_the_count_stays() -> None:
    acts = make_acts([4] * 12 + [0] * 12) + make_acts([0] * 12 + [4] * 12, "ACCUSE")

    assert [change.period for change in find_changes(make_series(acts, "AAA", "BBB"), acts)] == ["2023-01"]


def test_more_reading_is_no_change() -> None:
    acts = make_acts([2] * 12 + [8] * 12)
    coverage = [Coverage(month, 100 if month < "2023" else 400, 3) for month in MONTHS]

    assert find_changes(make_series(acts, "AAA", "BBB", coverage=coverage), acts) == []


def test_months_that_nothing_was_read_of_are_no_fall() -> None:
    acts = make_acts([4] * 6 + [0] * 10 + [4] * 8)
    coverage = [Coverage(month, 100, 3) for n, month in enumerate(MONTHS) if not 6 <= n < 16]

    assert find_changes(make_series(acts, "AAA", "BBB", coverage=coverage), acts) == []


def test_a_rise_after_months_that_nothing_was_read_of_says_so() -> None:
    acts = make_acts([1] * 10 + [0] * 2 + [8] * 12)
    coverage = [Coverage(month, 100, 3) for n, month in enumerate(MONTHS) if not 10 <= n < 12]
    (change,) = find_changes(make_series(acts, "AAA", "BBB", coverage=coverage), acts)

    assert change.words == "cooperative events rose from 1 to 8 a month, after 2 months of which nothing was read"


def test_steady_noise_is_seldom_taken_for_a_change() -> None:
    found = 0
    for seed in range(40):
        rng = random.Random(seed)
        acts = make_acts([sum(rng.random() < 0.1 for _ in range(30)) for _ in MONTHS])
        found += bool(find_changes(make_series(acts, "AAA", "BBB"), acts))

    assert found <= 2


def test_a_change_names_its_strongest_events() -> None:
    acts = [*make_acts([1] * 12 + [3] * 12), *(act("2023-01-20", "AAA", "BBB", "AID") for _ in range(9))]
    change = find_changes(make_series(acts, "AAA", "BBB"), acts)[0]

    strong = {a.event_id for a in acts if a.event_type == "AID"}
    assert set(change.events) <= strong and len(change.events) == 6


def test_short_and_too_long_series() -> None:
    assert find_changes(make_series([act("2024-01-01", "AAA", "BBB")], "AAA", "BBB")) == []
    long = make_series([act("1900-01-01", "AAA", "BBB"), act("2024-01-01", "AAA", "BBB")], "AAA", "BBB", unit="month")
    with pytest.raises(ValueError, match="at most 1200"):
        find_changes(long)


def test_movers_are_measured_against_as_long_a_time_before() -> None:
    acts = [
        act("2024-01-20", "AAA", "BBB", "CONSULT"), act("2024-02-05", "AAA", "BBB", "ASSAULT"),
        act("2023-01-20", "AAA", "CCC", "AID"), act("2024-02-10", "AAA", "CCC", "CONSULT"),
    ]  # fmt: skip
    first, second = find_movers(acts, "2024-02-01", "2024-02-29")

    assert (first.first, first.second, first.before, first.now, first.new_types) == (
        "AAA",
        "BBB",
        2.5,
        -9.0,
        ("ASSAULT",),
    )
    assert (second.before, second.now, second.new_types) == (0, 2.5, ("CONSULT",))
