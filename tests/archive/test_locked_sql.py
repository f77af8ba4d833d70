"""Free questions in SQL see one snapshot: no other file, no network, no setting, and no more time or memory than allowed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept import fill

from dragoman.archive import Archive, open_archive
from dragoman.archive.sql import SECONDS, ask_sql
from dragoman.errors import ArchiveError


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("locked") / "news"
    fill(folder, [range(0, 4)])
    (folder.parent / "secret.csv").write_text("word\nhidden\n")
    with open_archive(folder) as archive:
        yield archive


BESIDE = [
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')",
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM read_parquet('{secret}')",
    "SELECT * FROM parquet_metadata('{secret}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM '{archive}/ledger.sqlite'",
    "SELECT * FROM read_text('{archive}/../secret.csv')",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
    "SELECT * FROM 's3://bucket/x.parquet'",
    "SELECT * FROM sqlite_scan('{archive}/ledger.sqlite', 'units')",
    "WITH t AS (SELECT * FROM read_text('/etc/hostname')) SELECT * FROM t",
    "SELECT (SELECT content FROM read_text('/etc/hostname'))",
    "SELECT * FROM query('SELECT * FROM read_text(''/etc/hostname'')')",
    "EXPLAIN ANALYZE SELECT * FROM read_text('/etc/hostname')",
    "DESCRIBE SELECT * FROM read_csv('{secret}')",
    "SUMMARIZE SELECT * FROM read_csv('{secret}')",
    "SELECT getenv('HOME')",
]
CHANGES = [
    "COPY claims TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "EXPORT DATABASE '{folder}/out'",
    "IMPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/other.db'",
    "ATTACH '{archive}/ledger.sqlite' AS l (TYPE sqlite)",
    "DETACH memory",
    "INSTALL httpfs",
    "INSTALL httpfs FROM community",
    "LOAD httpfs",
    "LOAD '{folder}/evil.duckdb_extension'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET memory_limit = '100GB'",
    "SET allowed_paths = ['/etc/hostname']",
    "RESET enable_external_access",
    "PRAGMA enable_external_access",
    "CREATE TABLE t AS SELECT 1",
    "CREATE MACRO f() AS TABLE SELECT * FROM read_text('/etc/hostname')",
    "CREATE SECRET s (TYPE s3)",
    "DROP VIEW claims",
    "DELETE FROM claims",
    "INSERT INTO claims SELECT * FROM claims",
    "UPDATE claims SET text = ''",
    "CALL pragma_version()",
    "PREPARE p AS SELECT 1",
    "SELECT 1; COPY claims TO '{folder}/out.csv'",
    "EXPLAIN ANALYZE COPY claims TO '{folder}/out.csv'",
    "CHECKPOINT",
    "VACUUM",
    "",
]


def fill_in(query: str, archive: Archive) -> str:
    folder: Path = archive.path.parent
    return query.format(folder=folder, archive=archive.path, secret=folder / "secret.csv")


@pytest.mark.parametrize("query", BESIDE + CHANGES)
def test_nothing_beside_the_snapshot_is_read_or_changed(asked: Archive, query: str) -> None:
    before = sorted(asked.path.parent.iterdir())
    with pytest.raises(ArchiveError):
        ask_sql(asked, fill_in(query, asked), limit=10, seconds=5)

    assert sorted(asked.path.parent.iterdir()) == before


def test_what_the_snapshot_holds_is_answered(asked: Archive) -> None:
    assert ask_sql(asked, "SELECT count(*) FROM claims", limit=1, seconds=5).rows[0][0] > 0


def test_the_settings_are_locked(asked: Archive) -> None:
    names = ("enable_external_access", "lock_configuration", "memory_limit", "autoinstall_known_extensions")
    query = f"SELECT name, value FROM duckdb_settings() WHERE name IN {names}"
    settings = dict(ask_sql(asked, query, limit=10, seconds=5).rows)

    assert settings["enable_external_access"] == "false" and settings["lock_configuration"] == "true"
    assert settings["autoinstall_known_extensions"] == "false"
    assert settings["memory_limit"] in ("953.6 MiB", "1000.0 MB", "1.0 GB")


def test_five_seconds_are_the_most_unless_one_asks_for_more() -> None:
    assert SECONDS == 5.0


def test_a_question_without_end_is_given_up(asked: Archive) -> None:
    query = "SELECT count(*) FROM range(10000000000000) a WHERE hash(a.range) = 7"
    start = time.monotonic()
    with pytest.raises(ArchiveError, match=r"no answer after 0\.5 seconds"):
        ask_sql(asked, query, limit=1, seconds=0.5)

    assert time.monotonic() - start < 5


def test_a_question_that_needs_too_much_memory_is_refused(asked: Archive) -> None:
    query = "SELECT list(repeat('a', 1000) || range) FROM range(5000000)"
    with pytest.raises(ArchiveError, match=r"memory|no answer"):
        ask_sql(asked, query, limit=1, seconds=20)


def test_an_answer_is_cut_where_it_was_told_to_be(asked: Archive) -> None:
    answer = ask_sql(asked, "SELECT * FROM range(1000)", limit=7, seconds=5)

    assert (len(answer.rows), answer.is_cut) == (7, True)
