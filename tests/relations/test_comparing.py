"""Two sets side by side: what both have, what one has, how far they agree, and the ids behind it."""

from __future__ import annotations

import pytest
from acting import act, both
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.domain import Act
from dragoman.relations.comparing import Agreement, Comparison, compare_sets, find_by, find_rank_correlation


def compare(first: list[Act], second: list[Act], **more: object) -> Comparison:
    return compare_sets(("ours", first), ("theirs", second), **more)  # type: ignore[arg-type]


def get_agreement(found: Comparison, kind: str) -> Agreement:
    return next(each for each in found.agreements if each.kind == kind)


def test_cells_are_pairs_in_periods_with_the_ids_of_both_sets() -> None:
    ours = [act("2024-03-01", "JPN", "PHL", "AID", event_id="ev_1"), act("2024-03-09", "JPN", "PHL", event_id="ev_2")]
    theirs = [act("2024-03-01", "JPN", "PHL", "AID", event_id="im_1"), act("2024-03-09", "PHL", "JPN", event_id="im_2")]

    cells = [cell for cell in compare(ours, theirs).cells if find_by(cell) == "all"]

    assert [(cell.actor, cell.found_by, cell.first, cell.second) for cell in cells] == [
        ("JPN", "both", ("ev_1", "ev_2"), ("im_1",)),
        ("PHL", "second", (), ("im_2",)),
    ]


def test_shares_are_of_each_set_and_of_all() -> None:
    ours = [act("2024-03-01", "JPN", "PHL"), act("2024-03-31", "KOR", "PHL")]
    theirs = [act("2024-03-01", "JPN", "PHL"), act("2024-03-02", "FRA", "PHL"), act("2024-03-31", "FRA", "KOR")]

    found = get_agreement(compare(ours, theirs), "all")

    assert (found.both, found.only_first, found.only_second, found.pairs) == (1, 1, 2, 4)
    assert (found.share_of_first, found.share_of_second, found.jaccard) == (0.5, 0.3333, 0.25)


def test_the_same_pair_may_agree_in_class_and_not_in_type() -> None:
    found = compare([act("2024-03-01", "JPN", "PHL", "AID")], [act("2024-03-01", "JPN", "PHL", "COOPERATE")])

    assert get_agreement(found, "material cooperation").both == 1
    assert (get_agreement(found, "AID").both, get_agreement(found, "COOPERATE").only_second) == (0, 1)


def test_only_periods_that_both_cover_are_compared_and_the_rest_is_counted() -> None:
    ours = [act(f"2024-0{month}-15", "JPN", "PHL") for month in (1, 2, 3, 4)]
    theirs = [act(f"2024-0{month}-15", "JPN", "PHL") for month in (3, 4, 5)]

    found = compare(ours, theirs)

    assert (found.since, found.until) == ("2024-03", "2024-04")
    assert get_agreement(found, "all").jaccard == 1.0
    assert {name: dict(why) for name, why in found.left_out.items()} == {
        "ours": {"outside the months that both cover": 2}, "theirs": {"outside the months that both cover": 1},
    }  # fmt: skip


@pytest.mark.parametrize("others", [[], [act("2025-01-01", "JPN", "PHL")]])
def test_sets_without_a_period_in_common_have_nothing_to_compare(others: list[Act]) -> None:
    found = compare([act("2024-03-01", "JPN", "PHL")], others)

    assert (found.since, found.agreements, found.cells) == (None, (), ())


def test_what_can_not_be_compared_is_counted_by_reason() -> None:
    ours = [
        act("2024-03-01", "JPN", "PHL", status="planned"), act("2024-03-01", "JPN", None), act("2024-03-01", "UNK", "PHL"),
        act("2024-03-01", "JPN", "JPN"), act("2024-03-01", "UNO", "PHL"), act("2024-03-01", "JPN", "PHL"),
    ]  # fmt: skip

    found = compare(ours, [act("2024-03-01", "JPN", "PHL")], among={"JPN", "PHL"})

    assert found.left_out["ours"] == {
        "a party that isn't known": 1, "no recipient": 1, "not between states": 1,
        "not told as having happened": 1, "within one state": 1,
    }  # fmt: skip
    assert get_agreement(compare(ours, ours, domestic=True), "all").both == 3


def test_mutual_events_count_in_both_orders() -> None:
    found = get_agreement(compare(both("2024-03-01", "JPN", "PHL"), both("2024-03-02", "PHL", "JPN")), "all")

    assert (found.both, found.only_first, found.only_second) == (2, 0, 0)


@pytest.mark.parametrize(
    ("first", "second", "rank"),
    [([1, 2, 3], [10, 20, 90], 1.0), ([1, 2, 3], [3, 2, 1], -1.0), ([1, 1, 2], [1, 1, 9], 1.0), ([1, 2], [1, 2], None),
     ([1, 1, 1], [1, 2, 3], None), ([1, 2, 3, 4], [1, 3, 2, 4], 0.8)],
)  # fmt: skip
def test_ranks_correlate(first: list[float], second: list[float], rank: float | None) -> None:
    assert find_rank_correlation(first, second) == rank


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=20))
def test_a_rank_correlation_is_that_of_pandas(pairs: list[tuple[int, int]]) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(pairs, columns=["a", "b"]).rank()
    expected = frame["a"].corr(frame["b"])

    found = find_rank_correlation([a for a, _ in pairs], [b for _, b in pairs])

    assert (found is None) == bool(pandas.isna(expected))
    assert found is None or found == pytest.approx(expected, abs=1e-3)
