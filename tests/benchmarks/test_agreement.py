"""The measures and readers of the relations benchmarks against cases counted by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks" / "relations"))
sys.path.append(str(Path(__file__).parents[2] / "benchmarks" / "forecast"))

from agreement import compare_divisions, correlate, find_auc, find_swing, rank
from cameo import find_type
from recurrency import Company, Recurrency

from dragoman.domain import Act


def test_equal_values_share_their_mean_rank() -> None:
    assert rank(np.array([3.0, 1.0, 3.0, 2.0])).tolist() == [3.5, 1.0, 3.5, 2.0]


def test_rank_correlation_sees_order_alone() -> None:
    first = np.array([1.0, 2.0, 3.0, 4.0])

    assert correlate(first, first**3) == pytest.approx(1.0)
    assert correlate(first, -first) == pytest.approx(-1.0)
    assert np.isnan(correlate(first, np.ones(4)))


def test_the_area_under_the_curve_counts_pairs_in_order_and_ties_half() -> None:
    scores, labels = np.array([1.0, 2.0, 2.0, 3.0]), np.array([False, False, True, True])

    assert find_auc(scores, labels) == pytest.approx((1 + 0.5 + 1 + 1) / 4)


def test_divisions_that_agree_give_one_and_crossed_ones_less_than_chance() -> None:
    one = {"a": 1, "b": 1, "c": 2, "d": 2}

    assert compare_divisions(one, {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}) == pytest.approx(1.0)
    assert compare_divisions(one, {"a": "x", "b": "y", "c": "x", "d": "y"}) == pytest.approx(-0.5)


def test_groups_are_drawn_whole() -> None:
    values = np.arange(40.0)
    low, high = find_swing(correlate, values, values, [n // 4 for n in range(40)])

    assert (low, high) == (pytest.approx(1.0), pytest.approx(1.0))


@pytest.mark.parametrize(
    ("words", "event_type", "mode"),
    [
        ("Express intent to provide military aid", "AGREE", None),
        ("Provide military aid", "AID", None),
        ("Arrest, detain, or charge with legal action", "COERCE", "arrest"),
        ("Demonstrate military or police power", "MOBILIZE", None),
        ("Demonstrate or rally", "PROTEST", None),
        ("Make an appeal or request", "REQUEST", None),
        ("Make a visit", "CONSULT", "visit"),
        ("Make statement", None, None),
    ],
)
def test_cameo_wordings_have_their_plover_type(words: str, event_type: str | None, mode: str | None) -> None:
    assert find_type(words) == (event_type, mode, True)


def test_recurrency_ranks_the_last_one_first_then_whom_the_act_falls_on() -> None:
    model = Recurrency(decay=0.01, mix=0.9)
    for day, actor, recipient in (("2024-01-01", "A", "B"), ("2024-03-01", "A", "C"), ("2024-03-02", "X", "D")):
        model.add(Act(day, day, actor, recipient, "AID", None, "material cooperation", 10.0, "occurred", False, 1.0))

    scores = model.rank("A", "AID", "2024-04-01")
    assert sorted(scores, key=lambda name: -scores[name]) == ["C", "B", "D"]


def test_company_counts_meetings_either_way_whatever_the_act() -> None:
    model = Company()
    for day, actor, recipient in (("2024-01-01", "A", "B"), ("2024-03-01", "C", "A"), ("2024-03-02", "A", "C")):
        model.add(Act(day, day, actor, recipient, "AID", None, "material cooperation", 10.0, "occurred", False, 1.0))

    assert model.rank("A", "ASSAULT", "2024-04-01") == {"B": 1, "C": 2}
