"""Importing, listing, exporting and comparing sets, as a shell sees it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from building import add
from foreign import GDELT, ICEWS, MENTION, write

from dragoman.batch.merging import merge_archive
from dragoman.cli import app
from dragoman.interchange import gdelt_read, icews


@dataclass(frozen=True)
class Shell:
    """Runs commands on one archive."""

    archive: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = app.run([*arguments, "--archive", str(self.archive)])
        return (code, *self.capture.readouterr())


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "news", capsys)


@pytest.fixture
def coded(shell: Shell) -> Shell:
    """An archive with a strike told four times, another, and a visit planned and made, merged into events."""
    add(shell.archive, range(6), None)
    merge_archive(shell.archive)
    return shell


def write_gdelt(folder: Path, *changes: dict[str, str]) -> str:
    return str(write(folder / "e.csv", gdelt_read.EVENTS, [{**GDELT, **change} for change in changes or ({},)]))


def test_a_file_is_imported_once_and_listed(shell: Shell, tmp_path: Path) -> None:
    path = write_gdelt(tmp_path)

    assert shell.run("import", "gdelt", path, "--set", "world")[:2] == (
        0, "e.csv: 1 rows imported, 2024-03-05 to 2024-03-05\n",
    )  # fmt: skip
    assert shell.run("import", "gdelt", path, "--set", "world")[:2] == (0, "e.csv: in the set already\n")
    assert shell.run("sets")[1] == "world  gdelt, 1 file, 1 rows, 0 bad, 2024-03-05 to 2024-03-05\n"
    (row,) = json.loads(shell.run("sets", "world", "--json")[1])
    assert (row["format"], row["rows"], len(row["sha256"])) == ("gdelt", 1, 64)


def test_bad_rows_are_told_with_their_line_and_exit_code_3(shell: Shell, tmp_path: Path) -> None:
    code, out, _ = shell.run("import", "gdelt", write_gdelt(tmp_path, {}, {"SQLDATE": "never"}), "--set", "world")

    assert (code, "1 bad: no such day" in out, "e.csv:2: no such day ('never')" in out) == (3, True, True)
    assert "e.csv:2" in shell.run("rejected", "--step", "import", "--jsonl")[1]


def test_mentions_are_told_without_what_they_never_have(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path / "m.csv", gdelt_read.MENTIONS, [MENTION])

    assert shell.run("import", "gdelt-mentions", str(path), "--set", "told")[1].splitlines() == [
        "m.csv: 1 rows imported, 2024-03-05 to 2024-03-05"
    ]


def test_a_file_that_is_not_there_makes_no_archive(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("import", "gdelt", str(tmp_path / "none.csv"), "--set", "world")[0] == 2
    assert not shell.archive.exists()


def test_a_set_has_one_format(shell: Shell, tmp_path: Path) -> None:
    shell.run("import", "gdelt", write_gdelt(tmp_path), "--set", "world")
    other = write(tmp_path / "i.tab", icews.COLUMNS, [ICEWS], header=True)

    code, _, err = shell.run("import", "icews", str(other), "--set", "world")

    assert (code, "holds gdelt" in err) == (1, True)


def test_a_row_is_shown_with_its_own_columns_and_a_set_dropped(shell: Shell, tmp_path: Path) -> None:
    shell.run("import", "gdelt", write_gdelt(tmp_path), "--set", "world")
    name = json.loads(shell.run("sql", "SELECT imported_id AS id FROM imported", "--jsonl")[1])["id"]

    out = shell.run("sets", "--row", name)[1]

    assert ("actor_codes: JPN" in out, "  FractionDate: 2024.1753" in out) == (True, True)
    assert shell.run("sets", "--drop", "world")[1].startswith("world: 1 rows taken out")
    assert shell.run("sets")[1].startswith("no imported sets")
    assert shell.run("sets", "--row", name)[0] == 1


def test_events_are_exported_with_their_losses_beside(coded: Shell, tmp_path: Path) -> None:
    path = tmp_path / "out.gdelt"

    code, _, err = coded.run("export", "--format", "gdelt", str(path))
    losses = json.loads((tmp_path / "out.gdelt.losses.json").read_text())

    assert code == 0
    assert err.startswith(f"{path}: {losses['written']} of {losses['events']} events in {losses['rows']} rows; ")
    assert len(path.read_text().splitlines()) == losses["rows"] > 0


def test_an_export_takes_the_filters_of_events(coded: Shell, tmp_path: Path) -> None:
    coded.run("export", "--format", "events-csv", str(tmp_path / "e.csv"), "--type", "ASSAULT", "--since", "2024-03-05")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "e.csv").read_text())))

    assert [(row["event_type"], row["day"]) for row in rows] == [("ASSAULT", "2024-03-05")]


def test_sqlite_comes_with_datasette_s_metadata(coded: Shell, tmp_path: Path) -> None:
    assert coded.run("export", "--format", "sqlite", str(tmp_path / "e.db"), "--search")[0] == 0

    assert list(json.loads((tmp_path / "e.metadata.json").read_text())["databases"]) == ["e"]


@pytest.mark.parametrize("arguments", [["--format", "gexf"], ["events", "-o", "e.csv", "--type", "AID"]])
def test_a_format_needs_a_file_and_filters_a_format(coded: Shell, arguments: list[str]) -> None:
    assert coded.run("export", *arguments)[0] == 2


def test_what_is_exported_and_imported_again_agrees_with_its_source(coded: Shell, tmp_path: Path) -> None:
    coded.run("export", "--format", "icews", str(tmp_path / "e.tab"))
    coded.run("import", "icews", str(tmp_path / "e.tab"), "--set", "again")

    found = json.loads(coded.run("compare", "coded", "again", "--json")[1])
    whole = next(each for each in found["agreements"] if each["kind"] == "all")

    assert (whole["both"], whole["only_first"], whole["only_second"]) == (2, 0, 0)
    assert all(name.startswith("ev_") for cell in found["cells"] for name in cell["first"])
    assert all(name.startswith("im_") for cell in found["cells"] for name in cell["second"])


def test_a_comparison_is_told_in_words_and_as_a_table(coded: Shell, tmp_path: Path) -> None:
    rows = [
        {"Actor1CountryCode": "ISR", "Actor2CountryCode": "SYR", "SQLDATE": day, "EventCode": "195"}
        for day in ("20240303", "20240320")
    ]
    coded.run("import", "gdelt", write_gdelt(tmp_path, *rows), "--set", "world")

    words = coded.run("compare", "coded", "world")[1]
    table = list(csv.DictReader(io.StringIO(coded.run("compare", "coded", "world", "--unit", "day", "--csv")[1])))

    assert "compared 2024-03 to 2024-03, the months that both cover" in words
    assert {(row["period"], row["found_by"]) for row in table if row["by"] == "all"} == {
        ("2024-03-04", "first"), ("2024-03-05", "first"), ("2024-03-14", "first"),
    }  # fmt: skip


def test_a_comparison_goes_to_a_file_in_the_form_of_its_name(coded: Shell, tmp_path: Path) -> None:
    coded.run("import", "gdelt", write_gdelt(tmp_path), "--set", "world")
    for name in ("c.json", "c.csv"):
        assert coded.run("compare", "coded", "world", "-o", str(tmp_path / name))[:2] == (0, "")

    assert json.loads((tmp_path / "c.json").read_text())["first"] == "coded"
    assert (tmp_path / "c.csv").read_text().startswith("by,kind,period,actor,recipient,found_by")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["coded", "nothing"], "no imported set 'nothing'"), (["coded", "coded"], "with itself"), (["a", "b", "--unit", "moon"], "no unit")],
)  # fmt: skip
def test_what_can_not_be_compared_is_told(coded: Shell, arguments: list[str], told: str) -> None:
    code, _, err = coded.run("compare", *arguments)

    assert (code, told in err) == (1, True)
