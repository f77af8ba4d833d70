"""Exports, read back with other people's programs and compared with the archive."""

from __future__ import annotations

import csv
import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
import yaml
from kept import fill

from dragoman.archive import Archive, open_archive
from dragoman.archive.bundle import BundleOptions, export_bundle
from dragoman.archive.export import TEXTS, export_table, find_columns, find_form
from dragoman.archive.schema import TABLES, TableName
from dragoman.archive.snapshots import hash_snapshot
from dragoman.errors import ArchiveError

TYPES = {"DATE": "date", "BOOLEAN": "boolean", "INTEGER": "integer", "DOUBLE": "number"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("made") / "news desk"
    fill(folder, [range(0, 8), range(8, 12)])
    with open_archive(folder) as archive:
        yield archive


@pytest.fixture(scope="module")
def bundle(opened: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "bundle"
    export_bundle(opened.engine, folder, BundleOptions(authors=("Ada Okafor", "Jun Li")))
    return folder


def find_rows(opened: Archive, table: TableName, *, with_text: bool = False) -> list[tuple[Any, ...]]:
    names = ", ".join(f'"{column.name}"' for column in find_columns(table, with_text=with_text))
    return sorted(opened.engine.execute(f"SELECT {names} FROM {table}", tables=[table]).fetchall(), key=repr)


def to_cell(value: Any) -> str:
    """What a value is in CSV, by the rules of the README."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(to_cell(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


@pytest.mark.parametrize("table", TABLES)
def test_parquet_holds_the_rows_of_the_archive(opened: Archive, bundle: Path, table: TableName) -> None:
    with duckdb.connect() as connection:
        found = connection.execute(f"FROM '{bundle / table}.parquet'").fetchall()

    assert sorted(found, key=repr) == find_rows(opened, table)


@pytest.mark.parametrize("table", TABLES)
def test_csv_holds_the_same_cells(opened: Archive, bundle: Path, table: TableName) -> None:
    """Read by the rules of RFC 4180: quotes, commas and line breaks come back."""
    with open(bundle / f"{table}.csv", encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream, strict=True)

    assert header == [column.name for column in find_columns(table, with_text=False)]
    assert sorted(rows) == sorted([to_cell(cell) for cell in row] for row in find_rows(opened, table))


@pytest.mark.parametrize("table", TABLES)
def test_pandas_reads_csv_as_the_readme_says(opened: Archive, bundle: Path, table: TableName) -> None:
    frame = pandas.read_csv(bundle / f"{table}.csv", keep_default_na=False, na_values=[""], dtype=str)

    cells = [[None if isinstance(cell, float) else cell for cell in row] for row in frame.values.tolist()]
    expected = [[to_cell(cell) or None for cell in row] for row in find_rows(opened, table)]
    assert sorted(cells, key=repr) == sorted(expected, key=repr)


def test_the_word_na_is_a_word_and_missing_is_empty_without_quotes(opened: Archive, bundle: Path) -> None:
    """As ``read.csv(na.strings = "")`` takes it: an unquoted empty cell is missing."""
    text = (bundle / "rejected.csv").read_text(encoding="utf-8")

    assert ",not in English,NA," in text
    assert '""' not in text.replace('"""', "")


def test_full_texts_stay_at_home_unless_asked_for(opened: Archive, bundle: Path, tmp_path: Path) -> None:
    export_bundle(opened.engine, tmp_path / "b", BundleOptions(with_text=True))
    with duckdb.connect() as connection:
        names = {row[0] for row in connection.execute(f"DESCRIBE FROM '{bundle}/reports.parquet'").fetchall()}
        full = connection.execute(f"FROM '{tmp_path}/b/reports.parquet'").fetchall()

    assert names & TEXTS == set()
    assert b"No one else took part" not in b"".join(path.read_bytes() for path in bundle.glob("*.csv"))
    assert sorted(full, key=repr) == find_rows(opened, "reports", with_text=True)
    assert "publishers' property" in (tmp_path / "b" / "README.md").read_text()


@pytest.mark.parametrize("options", [BundleOptions(), BundleOptions(is_packed=True), BundleOptions(is_guarded=True)])
def test_twice_gives_the_same_bytes_and_the_checksums_hold(
    opened: Archive, tmp_path: Path, options: BundleOptions
) -> None:
    for name in ("a", "b"):
        export_bundle(opened.engine, tmp_path / name, options)

    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert [(tmp_path / "a" / f).read_bytes() == (tmp_path / "b" / f).read_bytes() for f in files] == [True] * len(
        files
    )
    check = subprocess.run(["sha256sum", "-c", "checksums.sha256"], cwd=tmp_path / "a", capture_output=True, text=True)
    assert (check.returncode, check.stdout.count(": OK")) == (0, len(files) - 1)


def test_packed_csv_is_the_csv(opened: Archive, bundle: Path, tmp_path: Path) -> None:
    export_bundle(opened.engine, tmp_path / "b", BundleOptions(is_packed=True))

    assert gzip.decompress((tmp_path / "b" / "claims.csv.gz").read_bytes()) == (bundle / "claims.csv").read_bytes()


def test_a_spreadsheet_runs_nothing(opened: Archive, tmp_path: Path) -> None:
    """Texts of ours begin with none of those signs, so a table of our own stands in for the claims."""
    signs = ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx", "-3.5", "plain", "5 = 5"]
    connection = opened.engine.connection
    opened.engine.prepare(["rejected"])
    rows = ", ".join(f"(E'{sign}')".replace("\t", "\\t").replace("\r", "\\r") for sign in signs)
    connection.execute(
        f"CREATE OR REPLACE VIEW rejected AS SELECT r.* REPLACE (v.x AS detail) "
        f"FROM (SELECT * FROM every.rejected LIMIT 1) r, (VALUES {rows}) v(x)"
    )
    try:
        export_table(opened.engine, "rejected", tmp_path / "r.csv", form="csv", guarded=True)
    finally:
        connection.execute("CREATE OR REPLACE VIEW rejected AS SELECT * FROM every.rejected")

    content = (tmp_path / "r.csv").read_bytes()
    with open(tmp_path / "r.csv", encoding="utf-8-sig", newline="") as stream:
        cells = {row["detail"] for row in csv.DictReader(stream)}
    assert content.startswith(b"\xef\xbb\xbf")
    assert cells == {"'=1+1", "'+cmd", "'-x", "'@SUM(A1)", "'\tx", "'\rx", "-3.5", "plain", "5 = 5"}


def test_the_codebook_tells_every_column(bundle: Path) -> None:
    with open(bundle / "codebook.csv", encoding="utf-8", newline="") as stream:
        told = [(row["table"], row["column"]) for row in csv.DictReader(stream) if row["type"] and row["holds"]]

    there = [(table, name) for table in TABLES for name in pandas.read_csv(bundle / f"{table}.csv").columns]
    assert told == there
    page = (bundle / "codebook.md").read_text(encoding="utf-8")
    assert [name for _, name in there if f"| `{name}` |" not in page] == []


def test_the_data_package_describes_files_as_they_are(bundle: Path) -> None:
    package = json.loads((bundle / "datapackage.json").read_text(encoding="utf-8"))

    assert re.fullmatch(r"[a-z0-9._/-]+", package["name"])
    for resource in package["resources"]:
        path = bundle / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert f"{resource['hash'].removeprefix('sha256:')}  {path.name}\n" in (bundle / "checksums.sha256").read_text()
        fields = [(field["name"], field["type"]) for field in resource["schema"]["fields"]]
        columns = find_columns(resource["name"], with_text=False)
        assert fields == [(column.name, TYPES.get(column.type, "string")) for column in columns]
        assert fields[0][0] == pandas.read_csv(path).columns[0]


def test_the_citation_names_authors_snapshot_and_software(opened: Archive, bundle: Path) -> None:
    citation = yaml.safe_load((bundle / "CITATION.cff").read_text(encoding="utf-8"))

    assert [author["name"] for author in citation["authors"]] == ["Ada Okafor", "Jun Li"]
    assert citation["type"], citation["version"] == ("dataset", "2")
    assert citation["date-released"] == opened.snapshot.created[:10]
    assert citation["references"][0]["version"] == "0.1.0"
    readme = (bundle / "README.md").read_text(encoding="utf-8")
    assert hash_snapshot(opened.snapshot) in readme and "| read | 16 |" in readme


def test_a_folder_that_is_not_empty_is_left_alone(opened: Archive, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(ArchiveError, match="not empty"):
        export_bundle(opened.engine, tmp_path, BundleOptions())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_json_lines_hold_lists_as_lists(opened: Archive, tmp_path: Path) -> None:
    count = export_table(opened.engine, "claims", tmp_path / "c.jsonl", form="jsonl")

    records = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (count, len(records)) == (12, 12)
    assert (records[0]["actor_codes"], records[0]["day"], records[0]["mutual"]) == (["PRK"], "2024-10-21", False)


def test_a_file_that_cannot_be_written_leaves_nothing(opened: Archive, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="can't be written"):
        export_table(opened.engine, "claims", tmp_path / "none" / "c.csv", form="csv")
    assert list(tmp_path.iterdir()) == []


def test_the_name_of_a_file_tells_its_form() -> None:
    assert [find_form(Path(name)) for name in ("a.parquet", "a.CSV", "a.csv.gz", "a.jsonl")] == [
        "parquet",
        "csv",
        "csv.gz",
        "jsonl",
    ]
    with pytest.raises(ArchiveError, match=r"must end in \.parquet"):
        find_form(Path("a.xlsx"))
