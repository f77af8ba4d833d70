"""What is asked of a large archive: where much would be gathered it is refused by number, and pages are read where they lie."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.archive import Archive, open_archive
from dragoman.archive.by_id import find_bounds
from dragoman.archive.compact import compact
from dragoman.archive.keeper import open_keeper
from dragoman.archive.manifest import Change
from dragoman.archive.parts import connect, read_parts, write_query
from dragoman.archive.schema import TABLES
from dragoman.http.asking import find_claim_rows
from dragoman.http.errors import Problem
from dragoman.http.pages import show_problem
from dragoman.http.too_much import find_spans, refuse_too_much

_CUTS = ("day IS NULL", "day < '2024-01-01'", "day BETWEEN '2024-01-01' AND '2024-06-18'", "day > '2024-06-18'")


@pytest.fixture(scope="module")
def cut(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The examples in parts of a few rows, by day, as a large archive lies."""
    path = Path(shutil.copytree(folder, tmp_path_factory.mktemp("large") / "news"))
    with open_keeper(path, "dividing") as keeper:
        compact(keeper, rows=8, is_full=True)
        (whole,) = keeper.snapshot.find_parts("events")
        with connect() as connection:
            rows = f"SELECT * FROM {read_parts(path, [whole])}"
            queries = {f"cut-{n}": f"{rows} WHERE {days}" for n, days in enumerate(_CUTS)}
            pieces = [write_query(connection, path, TABLES["events"], q, n, coder=None) for n, q in queries.items()]
        keeper.save(Change(tuple(part for part in pieces if part.rows), (whole.name,)))
    with open_archive(path) as opened:
        yield opened


def test_more_events_than_can_be_told_are_refused(cut: Archive) -> None:
    query = cut.events()
    most = query.count_rows()

    refuse_too_much(cut, query, query.find_where(), most)
    with pytest.raises(Problem, match=f"more than {most - 1} events; ask for a shorter span"):
        refuse_too_much(cut, query, query.find_where(), most - 1)


def test_spans_that_hold_few_enough_are_offered_instead(cut: Archive) -> None:
    """Each is answered when it is asked for, and ends with the last day told of that isn't after the last report."""
    query = cut.events()
    last = max(str(row["date"]) for row in cut.reports().rows() if row["date"])
    most = cut.events(since=last, until=last).count_rows()
    with pytest.raises(Problem) as refused:
        refuse_too_much(cut, query, query.find_where(), most)

    spans = refused.value.tell()["spans"]
    assert refused.value.tell()["parameter"] == "since" and spans
    assert [span["days"] for span in spans] == sorted({span["days"] for span in spans}, reverse=True)
    for span in spans:
        shorter = cut.events(since=span["since"], until=span["until"])
        assert 0 < span["events"] == shorter.count_rows() <= most and span["until"] <= last
        refuse_too_much(cut, shorter, shorter.find_where(), most)
        assert f"?since={span['since']}&amp;until={span['until']}&amp;plain=1" in show_problem(
            refused.value, "/network"
        )


def test_no_span_is_offered_that_holds_nothing_or_too_much(cut: Archive) -> None:
    query = cut.events()

    assert find_spans(cut, query, query.find_where(), 0) == []
    long_ago = cut.events(until="1000")
    assert find_spans(cut, long_ago, long_ago.find_where(), 10) == []


def test_spans_stay_within_the_days_asked_for(cut: Archive) -> None:
    asked = cut.events(until="2024-06-18")

    spans = find_spans(cut, asked, asked.find_where(), 1000)
    assert spans and all(span["until"] <= "2024-06-18" for span in spans)


def test_few_events_of_many_are_told(cut: Archive) -> None:
    query = cut.events(since="2024-06-19", until="2024-06-19")

    assert 0 < query.count_rows() < 10 < cut.events().count_rows()
    refuse_too_much(cut, query, query.find_where(), 10)


def test_claims_of_reports_are_found_by_their_days(cut: Archive) -> None:
    every = list(cut.claims().rows())
    ids = sorted({row["report_id"] for row in every})[:3]

    found = find_claim_rows(cut, "report_id", ids)

    assert sorted(row["claim_id"] for row in found) == sorted(r["claim_id"] for r in every if r["report_id"] in ids)
    assert found and not find_claim_rows(cut, "report_id", [])


@pytest.mark.parametrize("limit", [1, 3, 20, 1000])
@pytest.mark.parametrize("order", ["day", "-day"])
def test_a_page_of_events_is_that_of_all_files(cut: Archive, order: str, limit: int) -> None:
    every = list(cut.events().order(order).rows())

    page = list(cut.events().order(order).limit(limit).rows())

    assert find_bounds(cut.engine, is_falling=order == "-day")
    assert page == every[:limit]
    days = [row["day"] for row in every if row["day"]]
    assert days == sorted(days, reverse=order == "-day")


def test_a_page_of_reports_is_that_of_all_files(cut: Archive) -> None:
    every = list(cut.reports().order("-date").rows())

    assert list(cut.reports().order("-date").limit(4).rows()) == every[:4]
    assert list(cut.reports(outlet="nobody").limit(4).rows()) == []
