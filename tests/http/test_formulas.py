"""Cells that a spreadsheet would run: made harmless in CSV, as they are where asked for, and untouched in other forms."""

from __future__ import annotations

import csv
import io
import json

import pytest
from served import Client

from dragoman.archive.schema import TABLES
from dragoman.interchange.tables import find_cell, write_cells, write_header

CELLS = [
    "=1+1", "+1+cmd", "-1+cmd", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", 'a "quoted" cell', "two\nlines", "a\tb", "a,b", "a;b",
    "=HYPERLINK(\"http://evil.example\",\"open\")", "-3.5", "+5", "-", " =1", "'=1", "\uff1d1+1",
]  # fmt: skip
SIGNS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("words", CELLS)
def test_a_cell_is_harmless_in_a_spreadsheet_and_whole_in_csv_and_tsv(words: str) -> None:
    told = find_cell(words)
    guarded = next(csv.reader(io.StringIO(write_cells([told, "x"], "excel")), strict=True))[0]
    plain = next(csv.reader(io.StringIO(write_cells([told, "x"], "csv")), strict=True))
    tabbed = next(csv.reader(io.StringIO(write_cells([told, "x"], "tsv")), delimiter="\t", strict=True))

    assert plain == tabbed == [told, "x"] and told == " ".join(words.split())
    assert guarded in (told, f"'{told}")
    assert not guarded.startswith(SIGNS) or guarded.lstrip("-").replace(".", "", 1).isdigit()


@pytest.mark.parametrize("dialect", ["csv", "tsv", "excel"])
def test_the_header_is_exactly_the_columns(dialect: str) -> None:
    header = write_header(("a", "b c", "d,e"), dialect)  # type: ignore[arg-type]
    separator = "\t" if dialect == "tsv" else ","

    assert next(csv.reader(io.StringIO(header.lstrip("\ufeff")), delimiter=separator)) == ["a", "b c", "d,e"]
    assert header.startswith("\ufeff") == (dialect == "excel")


@pytest.mark.parametrize("name", ["claims", "events", "reports"])
def test_a_table_is_the_same_in_every_form(hostile: Client, name: str) -> None:
    """The guarded table is the raw one but for its apostrophes; JSON holds the texts as they were."""
    raw = list(csv.reader(io.StringIO(hostile.get(f"/v1/{name}.csv?raw=true").text)))
    guarded = list(csv.reader(io.StringIO(hostile.get(f"/v1/{name}.csv").text)))

    columns = {column.name for column in TABLES[name].columns}  # type: ignore[index]
    assert raw[0] == guarded[0] and set(raw[0]) <= columns and len(raw) == len(guarded) > 5
    for ours, theirs in zip(raw[1:], guarded[1:], strict=True):
        assert [cell for cell in theirs] == [f"'{a}" if b == f"'{a}" else a for a, b in zip(ours, theirs, strict=True)]
    lines = hostile.get(f"/v1/{name}.jsonl").text.splitlines()
    assert len(lines) == len(raw) - 1 and all(json.loads(line) for line in lines)
