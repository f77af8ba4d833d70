"""The flat table: one row a claim that R, Stata and spreadsheets read without a warning."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from make import TEXT, make_claim, make_party, make_place, make_reading, make_report

from dragoman.domain import Reading
from dragoman.interchange.claims_table import COLUMNS, Dialect, write_table


def read_back(readings: list[Reading], dialect: Dialect = "csv") -> list[dict[str, str]]:
    text = "".join(write_table(readings, dialect=dialect))
    return list(csv.DictReader(io.StringIO(text), delimiter="\t" if dialect == "tsv" else ","))


def test_a_claim_is_one_row() -> None:
    (row,) = read_back([make_reading()])

    assert list(row) == list(COLUMNS)
    assert (row["actors"], row["trigger"], row["recipients"]) == ("North Korea", "sent", "Russia")
    assert (row["magnitudes"], row["magnitude_values"]) == ("500 tons of rice", "500")
    assert (row["mutual"], row["claimant_code"], row["place"]) == ("false", "PRK-MED", "")


def test_a_place_tells_its_kind_and_precision() -> None:
    place = make_place(TEXT, "Russia", "RUS", lat=60.0, lon=100.0, kind="country", precision="country")

    (row,) = read_back([make_reading(claims=(make_claim(place=place),))])

    cells = (row["place"], row["place_lat"], row["place_kind"], row["place_precision"])
    assert cells == ("Russia", "60", "country", "country")


def test_lists_that_belong_together_keep_their_places() -> None:
    unknown = make_party(TEXT, "KCNA", "UNK", "gunmen", country=None, sector=None)
    claim = make_claim(actors=(unknown, make_party(TEXT, "Russia", "RUS")))

    (row,) = read_back([make_reading(claims=(claim,))])

    assert (row["actors"], row["actor_codes"], row["actor_countries"]) == ("gunmen; Russia", "UNK; RUS", "; RUS")


def test_no_claims_give_the_header_alone() -> None:
    assert "".join(write_table([make_reading(claims=())])) == ",".join(COLUMNS) + "\n"


def test_a_spreadsheet_is_given_nothing_to_run() -> None:
    reading = make_reading(report=make_report(title='=HYPERLINK("http://x.example")', outlet="-2"))

    (row,) = read_back([reading], "excel")

    assert row["title"] == '\'=HYPERLINK("http://x.example")'
    assert row["outlet"] == "-2"


@given(st.text(), st.sampled_from(["csv", "tsv", "excel"]))
def test_whatever_a_title_holds_a_row_stays_a_row(title: str, dialect: Any) -> None:
    lines = "".join(write_table([make_reading(report=make_report(title=title))], dialect=dialect)).split("\n")
    (row,) = read_back([make_reading(report=make_report(title=title))], dialect)

    assert len(lines) == 3
    assert (len(row), row["event_type"]) == (len(COLUMNS), "AID")


def test_every_column_is_documented() -> None:
    reference = (Path(__file__).parents[2] / "docs" / "reference.md").read_text(encoding="utf-8")

    assert [column for column in COLUMNS if f"`{column}`" not in reference] == []
