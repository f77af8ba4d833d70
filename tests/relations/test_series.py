"""A dyad through time: what counts, what stands beside, and that every period is there."""

from __future__ import annotations

import pytest
from acting import act, both

from dragoman.domain import Counts, Coverage
from dragoman.relations.periods import find_periods, get_period, get_start
from dragoman.relations.series import find_balance, find_dyads, find_third_parties, make_series


def test_cooperation_and_conflict_are_kept_apart() -> None:
    series = make_series(
        [act("2024-03-01", "AAA", "BBB", "AID"), act("2024-03-09", "BBB", "AAA", "ACCUSE")], "AAA", "BBB"
    )

    (point,) = series.points
    assert (point.cooperation, point.conflict, point.net) == (10.0, 3.0, 7.0)
    assert dict(point.by_quad) == {"material cooperation": 1, "verbal conflict": 1}


def test_a_mutual_event_counts_once_and_a_directed_series_leaves_the_other_way_out() -> None:
    acts = [*both("2024-03-01", "AAA", "BBB"), act("2024-03-02", "BBB", "AAA", "ACCUSE")]

    undirected, directed = make_series(acts, "AAA", "BBB"), make_series(acts, "AAA", "BBB", directed=True)
    assert (undirected.points[0].counts.events, directed.points[0].counts.events) == (2, 1)


def test_periods_without_events_are_filled_and_told_with_what_was_read() -> None:
    acts = [act("2024-01-05", "AAA", "BBB"), act("2024-03-05", "AAA", "BBB")]
    series = make_series(acts, "AAA", "BBB", coverage=[Coverage("2024-01", 500, 2), Coverage("2024-02", 40, 1)])

    assert [(p.period, p.counts.events, p.read) for p in series.points] == [
        ("2024-01", 1, 500), ("2024-02", 0, 40), ("2024-03", 1, 0),
    ]  # fmt: skip
    assert [p.per_thousand for p in series.points] == [2.0, 0.0, None]


def test_what_did_not_happen_stands_beside() -> None:
    acts = [
        act("2024-01-05", "AAA", "BBB", "AID", status=status)
        for status in ("planned", "denied", "occurred", "historical")
    ]

    (point,) = make_series(acts, "AAA", "BBB").points
    assert (point.counts.events, point.cooperation) == (1, 10.0)
    assert dict(point.beside) == {"denied": 1, "historical": 1, "planned": 1}


def test_counts_are_events_reports_and_outlets() -> None:
    acts = [
        act("2024-01-05", "AAA", "BBB", reports=("re_1", "re_2"), outlets=("Wire", "Post")),
        act("2024-01-06", "AAA", "BBB", reports=("re_2",), outlets=("Post",)),
    ]

    assert make_series(acts, "AAA", "BBB").points[0].counts == Counts(2, 2, 2)


def test_every_point_names_its_events_by_day() -> None:
    late, early = act("2024-01-20", "AAA", "BBB"), act("2024-01-02", "BBB", "AAA")

    assert make_series([late, early], "AAA", "BBB").points[0].events == (early.event_id, late.event_id)


def test_a_window_without_events_is_a_series_of_zeros() -> None:
    series = make_series([], "AAA", "BBB", since="2024-01-01", until="2024-03-31")

    assert [p.counts.events for p in series.points] == [0, 0, 0]
    assert make_series([], "AAA", "BBB").points == ()


def test_the_balance_leaves_mutual_events_out_of_its_share() -> None:
    acts = [
        *both("2024-01-01", "AAA", "BBB"),
        *(act("2024-01-02", "AAA", "BBB") for _ in range(3)),
        act("2024-01-03", "BBB", "AAA"),
    ]

    balance = find_balance(acts, "AAA", "BBB")
    assert (balance.there.events, balance.back.events, balance.both.events, balance.share) == (3, 1, 1, 0.75)


def test_third_parties_deal_with_both_more_than_once() -> None:
    acts = [act("2024-01-01", a, b, k) for a, b, k in (
        ("AAA", "CCC", "ASSAULT"), ("CCC", "AAA", "ACCUSE"), ("BBB", "CCC", "ASSAULT"), ("BBB", "CCC", "ACCUSE"),
        ("AAA", "DDD", "AID"), ("BBB", "DDD", "AID"), ("AAA", "UNK", "AID"),
    )]  # fmt: skip

    (rival,) = find_third_parties(acts, "AAA", "BBB")
    assert (rival.code, rival.with_first, rival.with_second, len(rival.events)) == ("CCC", -12.0, -12.0, 4)


def test_dyads_leave_out_the_unknown_and_a_states_own_affairs() -> None:
    acts = [
        act("2024-01-01", "BBB", "AAA"),
        act("2024-01-01", "AAA", "AAA"),
        act("2024-01-01", "AAA", "UNK"),
        act("2024-01-01", "AAA", None),
    ]

    assert list(find_dyads(acts)) == [("AAA", "BBB")]


@pytest.mark.parametrize(
    ("day", "unit", "period", "start"),
    [
        ("2024-12-30", "week", "2025-W01", "2024-12-30"),
        ("2024-06-19", "month", "2024-06", "2024-06-01"),
        ("2024-06-19", "year", "2024", "2024-01-01"),
        ("2024-06-19", "day", "2024-06-19", "2024-06-19"),
    ],
)
def test_periods_are_iso(day: str, unit: str, period: str, start: str) -> None:
    assert get_period(day, unit) == period  # type: ignore[arg-type]
    assert get_start(period, unit) == start  # type: ignore[arg-type]


def test_all_periods_of_a_span_are_named() -> None:
    assert find_periods("2023-11-30", "2024-02-01", "month") == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert find_periods("2024-12-29", "2025-01-06", "week") == ["2024-W52", "2025-W01", "2025-W02"]
