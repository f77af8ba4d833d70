"""The SQL recipes of the documents are run as they stand there, on an archive with events."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.archive import Archive, open_archive
from dragoman.archive.sql import ask_sql
from dragoman.batch.merging import merge_archive
from dragoman.relations.series import make_series

PAGE = (Path(__file__).parents[2] / "docs" / "recipes-sql.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^## (.+?)\n.*?^```sql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
MAY_BE_EMPTY = {"Planned, and what became of it"}


@pytest.fixture(scope="module")
def merged(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = Path(shutil.copytree(folder, tmp_path_factory.mktemp("recipes") / "news"))
    merge_archive(path)
    with open_archive(path) as archive:
        yield archive


def ask(archive: Archive, title: str) -> list[dict[str, Any]]:
    answer = ask_sql(archive, RECIPES[title], limit=10_000, seconds=30)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_the_page_has_a_recipe_under_each_heading() -> None:
    assert len(RECIPES) == PAGE.count("\n## ") == PAGE.count("```sql") >= 10


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_is_answered(merged: Archive, title: str) -> None:
    rows = ask(merged, title)

    assert rows or title in MAY_BE_EMPTY


def test_cooperation_and_conflict_are_those_of_the_series(merged: Archive) -> None:
    rows = ask(merged, "Cooperation and conflict of a pair by month")
    points = make_series(merged.events().acts(), "GRC", "MKD", unit="month").points

    told = {str(row["month"])[:7]: (row["cooperation"], row["conflict"]) for row in rows}
    assert told == {p.period: (p.cooperation, p.conflict) for p in points if p.events}


def test_each_pair_is_counted_with_its_events(merged: Archive) -> None:
    rows = ask(merged, "Events of each pair, counted once")

    assert all(row["events"] == len(set(row["event_ids"])) for row in rows)
    assert {("GRC", "MKD")} <= {(row["first"], row["second"]) for row in rows}


def test_no_claim_is_lost_when_the_bar_is_raised(merged: Archive) -> None:
    rows = ask(merged, "How much hangs on confidence")

    assert all(row["claims"] >= row["sure"] >= row["surer"] for row in rows)
