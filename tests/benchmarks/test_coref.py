"""The scorer of coreference against cases counted by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks" / "events"))

pytest.importorskip("scipy")
from coref import score


def spell(groups: str) -> dict[str, int]:
    """``ab c`` → a and b in one group, c in another."""
    return {name: n for n, group in enumerate(groups.split()) for name in group}


def test_the_key_itself_scores_one() -> None:
    scores = score(spell("abc de f"), spell("abc de f"))

    assert all(value == pytest.approx(1.0) for value in scores.values())


def test_one_group_for_all() -> None:
    """Links: 4 of 4 kept, 4 of 5 right; B³ by hand: (4 * 4/6 + 2 * 2/6) / 6; CEAFe: best pair 2 * 4 / 10."""
    scores = score(spell("abcd ef"), spell("abcdef"))

    assert (scores["muc recall"], scores["muc precision"]) == (pytest.approx(1.0), pytest.approx(4 / 5))
    assert (scores["b3 recall"], scores["b3 precision"]) == (pytest.approx(1.0), pytest.approx(20 / 36))
    assert (scores["ceafe recall"], scores["ceafe precision"]) == (pytest.approx(0.8 / 2), pytest.approx(0.8))
    assert (scores["pairs recall"], scores["pairs precision"]) == (pytest.approx(1.0), pytest.approx(7 / 15))


def test_each_mention_alone() -> None:
    scores = score(spell("abc d"), spell("a b c d"))

    assert (scores["muc recall"], scores["muc precision"], scores["muc f1"]) == (0.0, 0.0, 0.0)
    assert (scores["b3 recall"], scores["b3 precision"]) == (pytest.approx(0.5), pytest.approx(1.0))
    assert scores["ceafe recall"] == pytest.approx((2 / 4 + 1) / 2)
    assert scores["ceafe precision"] == pytest.approx((2 / 4 + 1) / 4)


def test_the_example_of_bagga_and_baldwin() -> None:
    """Key 1-5, 6-7, 8-9-A-B-C; answer joins the first with the third: B³ precision 0.58, recall 1."""
    scores = score(spell("12345 67 89ABC"), spell("1234589ABC 67"))

    assert (scores["b3 precision"], scores["b3 recall"]) == (pytest.approx(0.583, abs=1e-3), pytest.approx(1.0))
    assert scores["muc precision"] == pytest.approx(9 / 10)


def test_key_and_answer_must_group_the_same() -> None:
    with pytest.raises(ValueError, match="same mentions"):
        score(spell("ab"), spell("abc"))
