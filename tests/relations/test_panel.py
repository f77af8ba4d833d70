"""Panels: every pair in every period, states only while they exist, numbers of their lists, an event once."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from acting import act, both

from dragoman.errors import ArchiveError
from dragoman.relations.panel import to_panel
from dragoman.relations.states import find_numbers, find_states, load_state_codes

ROOT = Path(__file__).parents[2]


def test_the_committed_codes_are_what_resources_make() -> None:
    make = runpy.run_path(str(ROOT / "resources" / "generate_states.py"))["make_states"]

    committed = (ROOT / "src" / "dragoman" / "_data" / "state_codes.tsv").read_text(encoding="utf-8")
    assert make() == committed, "state_codes.tsv differs: run python resources/generate_states.py"


def test_codes_whose_years_run_backwards_are_refused(tmp_path: Path) -> None:
    make = runpy.run_path(str(ROOT / "resources" / "generate_states.py"))["make_states"]
    wrong = tmp_path / "codes.tsv"
    header = "iso3\tname\tcow\tcow_from\tcow_to\tgw\tgw_from\tgw_to\n"
    wrong.write_text(header + "NOR\tNorway\t385\t1945\t1940\t\t\t\n", encoding="utf-8")

    with pytest.raises(Exception, match=r"codes\.tsv, line 2: cow holds from 1945 to 1940"):
        make(wrong)


def test_every_pair_of_the_states_that_exist_has_a_row() -> None:
    rows = list(to_panel([act("2024-03-01", "RUS", "UKR", "ASSAULT")], "dyad-month"))

    states = len(find_states(2024))
    assert len(rows) == states * (states - 1) // 2
    assert [(row.first, row.second, row.events) for row in rows if row.events] == [("RUS", "UKR", 1)]


def test_states_count_while_they_exist() -> None:
    assert "SSD" not in find_states(2010) and "SSD" in find_states(2012)
    assert "CSK" in find_states(1985) and "CSK" not in find_states(1995)


def test_numbers_are_those_of_the_year() -> None:
    assert [find_numbers("DEU", year) for year in (1930, 1970, 2000)] == [(255, 255), (260, 260), (255, 260)]
    assert [find_numbers("SRB", year) for year in (1999, 2010)] == [(345, 345), (345, 340)]
    assert find_numbers("PSE", 2020) == (None, None)


def test_no_number_is_held_by_two_states_in_one_year() -> None:
    for year in (1950, 1989, 1992, 2005, 2015):
        numbers = [find_numbers(code, year) for code in find_states(year)]
        for held in ([one for one, _ in numbers if one], [other for _, other in numbers if other]):
            assert len(held) == len(set(held)), year
    assert min(codes.cow_since or 1816 for codes in load_state_codes()) == 1816


def test_an_event_counts_once_undirected_and_each_way_directed() -> None:
    acts = both("2024-03-01", "FRA", "DEU")

    (row,) = to_panel(acts, states=["DEU", "FRA"])
    assert (row.first, row.second, row.events, row.cooperation) == ("DEU", "FRA", 1, 2.5)
    there, back = to_panel(acts, states=["DEU", "FRA"], directed=True)
    assert (there.events, back.events, there.event_ids) == (1, 1, back.event_ids)


def test_periods_without_events_are_there_between_the_days_asked_for() -> None:
    acts = [act("2024-02-05", "FRA", "DEU", "AID"), act("2024-02-09", "DEU", "FRA", "ACCUSE")]
    rows = list(to_panel(acts, states=["DEU", "FRA"], since="2023-12-01", until="2024-03-31"))

    assert [(row.period, row.events, row.net) for row in rows] == [
        ("2023-12", 0, 0.0), ("2024-01", 0, 0.0), ("2024-02", 2, 7.0), ("2024-03", 0, 0.0),
    ]  # fmt: skip
    assert dict(rows[2].by_quad) == {
        "verbal cooperation": 0, "material cooperation": 1, "verbal conflict": 1, "material conflict": 0,
    }  # fmt: skip


def test_without_zeros_only_pairs_with_events_are_told_and_what_was_planned_is_no_event() -> None:
    acts = [act("2024-02-05", "FRA", "DEU"), act("2024-02-05", "FRA", "ITA", status="planned")]

    assert [(row.first, row.second) for row in to_panel(acts, fill_zero=False)] == [("DEU", "FRA")]


def test_parties_that_are_no_states_come_in_by_name() -> None:
    acts = [act("2024-02-05", "ISR", "PSE", "ASSAULT")]

    assert list(to_panel(acts, fill_zero=False)) == []
    assert [row.conflict for row in to_panel(acts, states=["ISR", "PSE"])] == [9.0]


def test_years_and_weeks() -> None:
    acts = [act("2020-12-31", "FRA", "DEU"), act("2021-01-03", "FRA", "DEU")]

    assert [(r.period, r.events) for r in to_panel(acts, "dyad-week", states=["FRA", "DEU"])] == [("2020-W53", 2)]
    assert [r.period for r in to_panel(acts, "dyad-year", states=["FRA", "DEU"])] == ["2020", "2021"]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ArchiveError, match="dyad-month"):
        to_panel([], "dyad-century")  # type: ignore[arg-type]
