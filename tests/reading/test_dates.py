"""Days of publication."""

from pathlib import Path

import pytest
import yaml

from dragoman.reading.dates import find_text_date, parse_date

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "dates_of_publication.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[repr(case["value"]) for case in CASES])
def test_date_values(case: dict) -> None:
    assert parse_date(case["value"]) == case["day"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Published on\n4 March 2024\nThe army left.", ("2024-03-04", "text: published on")),
        ("Army leaves\nMarch 4, 2024\nThe army left.", ("2024-03-04", "text: date line")),
        ("The army left on March 4, 2024, and came back on March 6, 2024, the minister told the assembly.", None),
        ("Last update:\nThe army left the town on March 4, 2024, the minister said to the assembly.", None),
        ("Talks in Oman - Example News - 09.02.2023\nThe army left.", ("2023-02-09", "text: headline")),
        ("Comment on the drill (January 31, 2026)\nThe army left.", ("2026-01-31", "text: headline")),
        ("Kyiv, March 4, 2024 -- The army left.", ("2024-03-04", "text: dateline")),
    ],
)
def test_a_text_tells_its_day_only_where_texts_do(text: str, found: tuple[str, str] | None) -> None:
    assert find_text_date(text) == found
