"""Others' events in an archive: once each, with where they came from, and able to be asked, lost and dropped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from foreign import ACLED, GDELT, ICEWS, make_names, write
from kept import dump, fill

from dragoman.archive import open_archive
from dragoman.archive.compact import compact
from dragoman.archive.doctor import examine
from dragoman.archive.imported_acts import count_left_out, iterate_acts
from dragoman.archive.imported_rows import Source
from dragoman.archive.importing import (
    PART_ROWS,
    ImportedFile,
    check_set_name,
    drop_set,
    find_sets,
    hash_file,
    import_file,
)
from dragoman.archive.keeper import open_keeper
from dragoman.archive.manifest import load_snapshot
from dragoman.archive.repair import repair
from dragoman.archive.writer import make_folder
from dragoman.errors import ArchiveError
from dragoman.interchange import acled, gdelt_read, icews
from dragoman.interchange.readers import READERS


def bring(archive: Path, form: str, path: Path, set_name: str, part_rows: int = PART_ROWS) -> ImportedFile:
    make_folder(archive)
    with open_keeper(archive, "a test") as keeper:
        source = Source(set_name, form, path.name, hash_file(path))
        return import_file(keeper, source, READERS[form](path, make_names()), part_rows=part_rows)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Claims of ours, two events of one set and a bad row, and a battle of another."""
    tmp_path = tmp_path_factory.mktemp("importing")
    folder = tmp_path / "archive"
    fill(folder, [range(0, 2)])
    rows = [GDELT, {**GDELT, "SQLDATE": "soon"}, {**GDELT, "GLOBALEVENTID": "900002", "EventCode": "010"}]
    bring(folder, "gdelt", write(tmp_path / "one.csv", gdelt_read.EVENTS, rows), "world")
    bring(folder, "acled", write(tmp_path / "two.csv", acled.COLUMNS, [ACLED], separator=",", header=True), "battles")
    return tmp_path


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    """A copy of it to go on with, and of the files."""
    return Path(shutil.copytree(made, tmp_path, dirs_exist_ok=True)) / "archive"


def test_a_row_keeps_its_file_line_and_own_columns(archive: Path) -> None:
    with open_archive(archive) as opened:
        row = next(iter(opened.imported(set="world", type="AID")))

    assert (row["file"], row["line"], row["row_id"], row["actor_codes"]) == ("one.csv", 1, "900001", ["JPN"])
    assert '"FractionDate": "2024.1753"' in row["original"]


def test_what_a_file_brought_is_counted(tmp_path: Path) -> None:
    rows = [GDELT, {**GDELT, "SQLDATE": "soon"}, {**GDELT, "EventCode": "010", "Actor2Code": "", "Actor2Name": ""}]

    done = bring(tmp_path / "a", "gdelt", write(tmp_path / "e.csv", gdelt_read.EVENTS, rows), "world")

    assert (done.rows, done.bad, done.first_day) == (2, {"no such day": 1}, "2024-03-05")
    assert done.without == {"type": 1, "recipient": 1}


def test_a_bad_row_stands_in_rejected_with_its_line(archive: Path) -> None:
    with open_archive(archive) as opened:
        rows = list(opened.rejected(step="import"))

    assert [(row["place"], row["reason"]) for row in rows] == [("one.csv:2", "no such day")]


def test_the_same_file_under_another_name_is_not_imported_twice(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "again.csv").write_bytes((tmp_path / "one.csv").read_bytes())
    before = load_snapshot(archive)

    assert bring(archive, "gdelt", tmp_path / "again.csv", "world").is_known
    assert load_snapshot(archive) == before
    assert not bring(archive, "gdelt", tmp_path / "again.csv", "elsewhere").is_known


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 3), ({"set": "world"}, 2), ({"actor": "Japan"}, 2), ({"recipient": "JPN"}, 0), ({"either": "MLI"}, 1),
        ({"recipient": "MLI"}, 1), ({"dyad": "PHL,JPN"}, 2), ({"since": "2024-04"}, 0), ({"place": "Philippines"}, 2),
        ({"quad": "material conflict"}, 1),
    ],
)  # fmt: skip
def test_sets_are_asked_as_claims_are(archive: Path, filters: dict[str, str], count: int) -> None:
    with open_archive(archive) as opened:
        assert opened.imported(**filters).count_rows() == count


def test_rows_become_acts_of_their_pairs_and_what_has_no_type_is_counted(archive: Path) -> None:
    with open_archive(archive) as opened:
        (aid,) = iterate_acts(opened.engine, "world")
        battle = list(iterate_acts(opened.engine, "battles"))

        assert (aid.origin, aid.actor, aid.recipient, aid.context, aid.day) == (
            "world",
            "JPN",
            "PHL",
            ("military",),
            "2024-03-05",
        )
        assert sorted((act.actor, act.recipient) for act in battle) == [("MLI", "UNK"), ("UNK", "MLI")]
        assert count_left_out(opened.engine, "world") == {"no PLOVER type": 1}
        assert list(iterate_acts(opened.engine, "world", since="2024-03-06")) == []


def test_who_acts_for_a_state_is_counted_under_it_and_rebels_are_not(tmp_path: Path) -> None:
    rows = [{**GDELT, "Actor1Type1Code": "CVL"}, {**GDELT, "GLOBALEVENTID": "2", "Actor1Type1Code": "REB"}]
    bring(tmp_path / "a", "gdelt", write(tmp_path / "e.csv", gdelt_read.EVENTS, rows), "world")

    with open_archive(tmp_path / "a") as opened:
        assert sorted(act.actor for act in iterate_acts(opened.engine, "world")) == ["JPN", "JPN-REB"]


def test_a_set_that_is_not_there_is_named_with_those_that_are(archive: Path) -> None:
    with open_archive(archive) as opened, pytest.raises(ArchiveError, match="battles, world"):
        list(iterate_acts(opened.engine, "wrld"))


@pytest.mark.parametrize("name", ["coded", "", "two words", "9lives"])
def test_a_set_needs_a_name_of_its_own(name: str) -> None:
    with pytest.raises(ArchiveError, match="can't name a set"):
        check_set_name(name)


def test_a_dropped_set_is_gone_and_an_older_snapshot_keeps_it(archive: Path) -> None:
    before = load_snapshot(archive)
    with open_keeper(archive, "a test") as keeper:
        assert drop_set(keeper, "world") == 2
    with open_archive(archive) as now, open_archive(archive, snapshot=before.number) as then:
        assert [row["set_name"] for row in find_sets(now.engine)] == ["battles"]
        assert now.rejected(step="import").count_rows() == 0
        assert then.imported(set="world").count_rows() == 2
    assert examine(archive) == []


def test_imported_files_stay_apart_when_an_archive_is_compacted(archive: Path, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        many = [{**GDELT, "GLOBALEVENTID": f"{name}{number}"} for number in range(5)]
        bring(archive, "gdelt", write(tmp_path / name, gdelt_read.EVENTS, many), "many", part_rows=2)
    before = dump(archive)
    with open_keeper(archive, "a test") as keeper:
        compact(keeper)

    assert dump(archive) == before
    parts = load_snapshot(archive).find_parts("imported")
    assert len(parts) == len({part.unit for part in parts}) == 4


def test_a_damaged_part_takes_its_file_alone_and_imported_again_all_is_as_before(archive: Path, tmp_path: Path) -> None:
    before = dump(archive)
    (part,) = (p for p in load_snapshot(archive).find_parts("imported") if "world" in p.name)
    (archive / part.name).write_bytes(b"noise")

    done = repair(archive, redraw=False)

    assert done.inputs == ("one.csv",)
    assert {table: rows for table, rows in dump(archive).items() if table in ("claims", "reports", "dyads")} == {
        table: before[table] for table in ("claims", "reports", "dyads")
    }
    with open_archive(archive) as opened:
        assert [row["set_name"] for row in find_sets(opened.engine)] == ["battles"]
    bring(archive, "gdelt", tmp_path / "one.csv", "world")
    assert dump(archive) == before
    assert [finding for finding in examine(archive) if finding.severity == "error"] == []


def test_a_file_of_another_format_leaves_the_archive_as_it_was(archive: Path, tmp_path: Path) -> None:
    before = load_snapshot(archive)
    with pytest.raises(Exception, match="no column"):
        bring(archive, "icews", write(tmp_path / "x.tab", icews.COLUMNS[:5], [ICEWS], header=True), "third")

    assert load_snapshot(archive) == before
