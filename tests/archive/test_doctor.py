"""The doctor sees whatever is wrong with an archive, and its repair leaves one that is sound and can be filled up again."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from kept import NEWER, dump, fill, make_kept, read_again

from dragoman.archive.compact import compact, prune
from dragoman.archive.doctor import examine
from dragoman.archive.keeper import open_keeper
from dragoman.archive.ledger import FILE, Ledger
from dragoman.archive.manifest import Change, Part, find_numbers, load_snapshot, snapshot_path
from dragoman.archive.parts import connect
from dragoman.archive.repair import repair
from dragoman.errors import ArchiveError

UNITS = [range(0, 3), range(3, 6), range(6, 9)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three units; a second coder has read some of their reports."""
    folder = tmp_path_factory.mktemp("doctor") / "news"
    fill(folder, UNITS)
    read_again(folder, [make_kept(n) for n in (0, 4)], NEWER, "again")
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    """A copy of it to damage."""
    return Path(shutil.copytree(made, tmp_path / "news"))


def find_errors(archive: Path) -> list[tuple[str, str]]:
    return [
        (finding.where, finding.what) for finding in examine(archive, is_thorough=True) if finding.severity == "error"
    ]


def damage(path: Path, at: int = 60) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


def change_rows(archive: Path, table: str, columns: str) -> None:
    """Commit the first part of a table with other values, as a faulty writer might: its checksum is right."""
    old = next(part for part in load_snapshot(archive).parts if part.table == table)
    path = archive / old.name.replace(".parquet", "-changed.parquet")
    with connect() as connection:
        connection.execute(
            f"COPY (SELECT * REPLACE ({columns}) FROM '{archive / old.name}') TO '{path}' (FORMAT parquet)"
        )
        rows = connection.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]
    new = Part(
        old.table,
        path.relative_to(archive).as_posix(),
        rows,
        path.stat().st_size,
        sha256(path.read_bytes()).hexdigest(),
        old.coder,
        old.unit,
    )
    with open_keeper(archive, "test") as keeper:
        keeper.save(Change(added=(new,), removed=(old.name,)))


def test_a_sound_archive_has_no_findings(archive: Path) -> None:
    assert examine(archive, is_thorough=True) == []


def test_an_empty_one_has_none_either(tmp_path: Path) -> None:
    fill(tmp_path, [])

    assert examine(tmp_path, is_thorough=True) == []


@pytest.mark.parametrize(
    ("table", "columns", "what"),
    [
        ("claims", "'BEFRIEND' AS event_type", "a type that the codebook doesn't have"),
        ("claims", "trigger_start - 1 AS trigger_start", "its spans don't cut the quoted words"),
        ("claims", "900 AS sentence_end", "its spans don't cut the quoted words"),
        ("claims", "'x' AS text", "its spans don't cut the quoted words"),
        ("claims", "['Norway'] AS actor_texts", "words of its parties or sizes"),
        ("claims", "[0] AS magnitude_starts", "words of its parties or sizes"),
        ("claims", "0 AS claimant_start", "words of its parties or sizes"),
        ("claims", "'re_0' AS report_id", "its report isn't there"),
        ("claims", "'cl_0' AS claim_id", "the same claim twice"),
        ("claims", "'elsewhere' AS coder", "another number of claims than there are"),
        ("claims", "DATE '1999-01-01' AS day", "told otherwise in its claim"),
        ("codings", "5 AS claims", "another number of claims than there are"),
        ("codings", "'re_0' AS report_id", "read, but no such report"),
        ("codings", "'re_0' AS report_id", "read twice by the same coder"),
        ("reports", "'re_0' AS copy_of", "a copy of a report that isn't there"),
        ("reports", "'re_0' AS report_id", "the same report twice"),
        ("reports", "NULL AS copy_of", "neither text nor copy of one"),
        ("reports", "1 AS characters", "a length that isn't its text's"),
        ("dyads", "'cl_0' AS claim_id", "no such claim"),
        ("codings", "'elsewhere' AS coder", "its parts hold"),
    ],
)  # fmt: skip
def test_rows_that_contradict_one_another_are_found(archive: Path, table: str, columns: str, what: str) -> None:
    change_rows(archive, table, columns)

    assert [error for error in find_errors(archive) if what in error[1]] != []


def test_a_day_after_publication_is_a_warning(archive: Path) -> None:
    for table in ("claims", "dyads"):
        change_rows(archive, table, "DATE '2024-10-24' AS day")

    findings = [(finding.severity, finding.what) for finding in examine(archive)]
    assert findings == [("warning", "has happened, but more than 1 day after its report was published (3 such)")]


def test_totals_and_units_that_do_not_add_up_are_found(archive: Path) -> None:
    with open_keeper(archive, "test") as keeper:
        unit = next(iter(keeper.snapshot.units.values()))
        wrong = replace(unit, counts={**unit.counts, "coded": 9})
        keeper.save(Change(units=(wrong,), totals={"claims": 1}))

    whats = " ".join(what for _, what in find_errors(archive))
    assert all(part in whats for part in ("its counts don't add up", "its units", "claims, its parts hold 11"))


def test_files_of_killed_runs_are_told_and_deleted(archive: Path) -> None:
    left = [archive / "claims" / "left.parquet", archive / "work" / "left.tmp", archive / "snapshots" / ".9.json.1.tmp"]
    for path in left:
        path.write_text("left")

    assert {finding.where for finding in examine(archive)} == {path.relative_to(archive).as_posix() for path in left}
    repair(archive, redraw=False)
    assert (examine(archive), [path for path in left if path.exists()]) == ([], [])


@pytest.mark.parametrize("table", ["reports", "codings", "claims", "dyads", "rejected"])
@pytest.mark.parametrize("harm", [damage, Path.unlink], ids=["damaged", "missing"])
def test_repaired_and_added_again_it_is_as_before(archive: Path, table: str, harm: Callable[[Path], None]) -> None:
    """What a newer coder found in reports that are lost must be read again by that coder, so it isn't counted here."""
    before = dump(archive)
    part = next(part for part in load_snapshot(archive).parts if part.table == table and part.unit == "u6")
    harm(archive / part.name)
    assert [where for where, _ in find_errors(archive)] == [part.name]

    repair(archive, redraw=False)

    assert find_errors(archive) == []
    fill(archive, UNITS)
    assert (find_errors(archive), dump(archive)) == ([], before)


def test_what_others_found_in_lost_reports_goes_with_them(archive: Path) -> None:
    part = next(part for part in load_snapshot(archive).find_parts("reports") if part.unit == "u0")
    damage(archive / part.name)

    done = repair(archive, redraw=False)

    claims, reports = dump(archive)["claims"], dump(archive)["reports"]
    assert (len(claims), len(reports), find_errors(archive)) == (3 + 3 + 1, 8, [])
    assert done.inputs == ("added u0",)
    assert [key for key, _ in load_snapshot(archive).units] == ["u3", "u6", "again"]


def test_a_damaged_part_of_several_units_takes_them_all(archive: Path) -> None:
    before = dump(archive)
    with open_keeper(archive, "compact") as keeper:
        compact(keeper)
        prune(keeper)
    part = next(part for part in load_snapshot(archive).find_parts("claims") if part.unit is None)
    damage(archive / part.name)

    repair(archive, redraw=False)

    assert (find_errors(archive), load_snapshot(archive).units) == ([], {})
    fill(archive, UNITS)
    read_again(archive, [make_kept(n) for n in (0, 4)], NEWER, "again")
    assert dump(archive) == before


def test_copies_of_a_lost_text_are_lost_with_it(archive: Path) -> None:
    """Their text stands nowhere else."""
    change_rows(archive, "reports", "(SELECT min(report_id) FROM read_parquet('{}')) AS copy_of, NULL AS text, NULL AS characters".format(
        next(str(archive / p.name) for p in load_snapshot(archive).find_parts("reports") if p.unit == "u6")))  # fmt: skip
    copier = next(part.unit for part in load_snapshot(archive).find_parts("reports") if "changed" in part.name)
    damage(archive / next(part.name for part in load_snapshot(archive).find_parts("reports") if part.unit == "u6"))

    repair(archive, redraw=False)

    assert {key for key, _ in load_snapshot(archive).units} == {"u0", "u3", "again"} - {copier}
    assert find_errors(archive) == []


def test_damage_that_only_old_snapshots_see_is_a_warning(archive: Path) -> None:
    with open_keeper(archive, "compact") as keeper:
        compact(keeper)
    damage(archive / load_snapshot(archive, 1).parts[0].name)

    findings = examine(archive)
    assert [finding.severity for finding in findings] == ["warning"]
    assert "only earlier snapshots hold it" in findings[0].what


def test_a_damaged_newest_snapshot_is_set_aside(archive: Path) -> None:
    """Its parts are kept: whoever has a copy of the file can put it back."""
    damage(snapshot_path(archive, 3))
    parts = sorted(archive.rglob("*.parquet"))
    assert [where for where, _ in find_errors(archive)][:2] == ["snapshots/00000003.json", "snapshots/00000004.json"]

    repair(archive, redraw=True)

    assert (find_numbers(archive), find_errors(archive)) == ([1, 2, 5], [])
    assert load_snapshot(archive).parts == load_snapshot(archive, 2).parts
    assert sorted(archive.rglob("*.parquet")) == parts
    fill(archive, UNITS)
    assert (len(dump(archive)["claims"]), find_errors(archive)) == (9, [])


def test_a_missing_snapshot_breaks_the_chain(archive: Path) -> None:
    snapshot_path(archive, 2).unlink()

    assert ("snapshots/00000003.json", "builds on snapshot 2, which is missing or damaged") in find_errors(archive)


def test_a_ledger_is_drawn_anew_and_keeps_jobs_and_feeds(archive: Path) -> None:
    ledger = Ledger(archive)
    ledger.execute("INSERT INTO feeds VALUES ('https://example.org/feed', 'Harbour Lights', '2026-01-01')")
    ledger.execute("DELETE FROM known WHERE number = 2")
    ledger.close()
    assert [where for where, _ in find_errors(archive)] == [FILE] * len(find_errors(archive)) != []

    repair(archive, redraw=True)

    assert find_errors(archive) == []
    assert Ledger(archive).execute("SELECT title FROM feeds") == [("Harbour Lights",)]


@pytest.mark.parametrize("harm", ["DELETE FROM indexed", "UPDATE known SET hashes = zeroblob(480) WHERE number = 1",
    "DELETE FROM bands WHERE number = 1", "INSERT INTO words (rowid, title, text) VALUES (2, '', 'peace')",
    "UPDATE known SET address = 'x' WHERE number = 1", "PRAGMA user_version = 7"])  # fmt: skip
def test_a_ledger_out_of_step_is_found(archive: Path, harm: str) -> None:
    with sqlite3.connect(archive / FILE) as db:
        db.execute(harm)

    assert [where for where, _ in find_errors(archive)][:1] == [FILE]


def test_a_missing_ledger_is_a_warning_and_drawn(archive: Path) -> None:
    (archive / FILE).unlink()

    assert [(finding.severity, finding.where) for finding in examine(archive)] == [("warning", FILE)]
    repair(archive, redraw=True)
    assert examine(archive, is_thorough=True) == []


def test_a_newer_format_is_not_repaired_away(archive: Path) -> None:
    path = snapshot_path(archive, 4)
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))

    with pytest.raises(ArchiveError, match="Install the newer Dragoman"):
        examine(archive)


def test_no_flipped_byte_goes_unseen(archive: Path, tmp_path: Path, is_long: bool) -> None:
    """Bytes anywhere: the doctor tells, or all that the archive says is what it said before."""
    rng, before, words = random.Random(11), dump(archive), dump_ledger(archive)
    kinds = [list(archive.rglob("*.parquet")), list((archive / "snapshots").glob("*.json")), [archive / FILE]]
    seen, turns = 0, 90 if is_long else 18
    for turn in range(turns):
        path = rng.choice(kinds[turn % 3])
        copy = tmp_path / f"flip{turn}"
        shutil.copytree(archive, copy)
        flipped = copy / path.relative_to(archive)
        content = bytearray(flipped.read_bytes())
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        flipped.write_bytes(content)
        try:
            findings = find_errors(copy)
        except ArchiveError:
            findings = [(path.name, "refused")]
        seen += bool(findings)
        assert findings or (path.name == FILE and dump(copy) == before and dump_ledger(copy) == words), path.name
        shutil.rmtree(copy)
    assert seen >= 2 * turns / 3


def dump_ledger(archive: Path) -> list[object]:
    """All that the ledger says."""
    with sqlite3.connect(archive / FILE) as db:
        db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, instance)")
        tables = ("indexed", "known", "bands", "jobs", "feeds", "vocabulary")
        return [
            db.execute(
                f"SELECT * FROM {table} ORDER BY 1, 2" if table != "indexed" else "SELECT * FROM indexed"
            ).fetchall()
            for table in tables
        ]
