"""The one SQLite file of an archive: what changes, and what is looked up in passing.

Known reports and texts, their fingerprints and their full text are drawn from the committed parts and can be drawn again;
jobs and feeds live here alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dragoman.archive.copies import Fingerprint, Standing, estimate_likeness, judge
from dragoman.errors import ArchiveError

FILE = "ledger.sqlite"
VERSION = 1
_MOST_ALIKE = 200
"""Reports of which the hashes are compared; they are the first by id that agree in a band."""
_DISK_FAULTS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}
TOKENIZER = "unicode61 remove_diacritics 2"
"""How texts are cut into words, without case and accents."""
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS indexed (part TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS known (
    number INTEGER PRIMARY KEY, report_id TEXT UNIQUE NOT NULL, text_id TEXT NOT NULL, root TEXT NOT NULL,
    address TEXT, hashes BLOB);
CREATE INDEX IF NOT EXISTS known_text ON known (text_id);
CREATE INDEX IF NOT EXISTS known_address ON known (address) WHERE address IS NOT NULL;
CREATE TABLE IF NOT EXISTS bands (key INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    title, text, content='', tokenize='{TOKENIZER}');
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, inputs TEXT NOT NULL, state TEXT NOT NULL, counts TEXT);
CREATE TABLE IF NOT EXISTS feeds (address TEXT PRIMARY KEY, title TEXT, added TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS feed_states (
    address TEXT PRIMARY KEY, state TEXT NOT NULL, last TEXT, failures INTEGER NOT NULL, next TEXT, reason TEXT,
    moved TEXT, etag TEXT, modified TEXT, sha256 TEXT);
CREATE TABLE IF NOT EXISTS alerted (name TEXT PRIMARY KEY, generation INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE);
"""


class Ledger:
    """The archive's SQLite file, opened (WAL: any number of readers beside one writer)."""

    def __init__(self, archive: Path | None, *, read_only: bool = False) -> None:
        """Open the ledger of an archive; of ``None``, an empty one in memory."""
        self.path = archive / FILE if archive else Path(":memory:")
        try:
            with _tell_disk(self.path):
                self._db = self._open(read_only)
        except sqlite3.DatabaseError as error:
            raise ArchiveError(
                f"{self.path}: can't be opened ({error}). It can be drawn anew from the parts: 'dragoman doctor --repair'"
            ) from error

    def _open(self, read_only: bool) -> sqlite3.Connection:
        if read_only:
            db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
        else:
            db = sqlite3.connect(self.path, timeout=30)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.executescript(_SCHEMA)
            db.execute(f"PRAGMA user_version={VERSION}")
        return db

    def close(self) -> None:
        self._db.close()

    def execute(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """Rows of one statement; a change is committed at once."""
        with self._db:
            return self._db.execute(query, values).fetchall()

    def find_indexed(self) -> set[str]:
        """Names of the parts of ``reports`` whose rows are in here."""
        return {name for (name,) in self._db.execute("SELECT part FROM indexed")}

    def add_reports(
        self, part: str, rows: Iterable[tuple[str, str | None, Fingerprint, str | None, str | None]]
    ) -> None:
        """Take in the reports of a committed part, once; all or none.

        Args:
            part: Its name.
            rows: Report id, the report it copies, its fingerprint, title and text (``None``: that of the other).

        Raises:
            OSError: The disk is full or read-only.
        """
        with _tell_disk(self.path), self._db:
            if self._db.execute("INSERT OR IGNORE INTO indexed VALUES (?)", (part,)).rowcount == 0:
                return
            for report_id, copy_of, mark, title, text in rows:
                self._add_report(report_id, copy_of or report_id, mark, title, text)

    def rename_parts(self, old: Iterable[str], new: Iterable[str]) -> None:
        """Reports taken in from some parts stand in others now."""
        with self._db:
            gone = {(name,) for name in old}
            if gone <= {(name,) for name in self.find_indexed()}:
                self._db.executemany("DELETE FROM indexed WHERE part = ?", gone)
                self._db.executemany("INSERT OR IGNORE INTO indexed VALUES (?)", ((name,) for name in new))

    def _add_report(self, report_id: str, root: str, mark: Fingerprint, title: str | None, text: str | None) -> None:
        found = self._db.execute(
            "INSERT OR IGNORE INTO known (report_id, text_id, root, address, hashes) VALUES (?, ?, ?, ?, ?)",
            (report_id, mark.text_id, root, mark.address, mark.hashes if root == report_id else None),
        )
        if not found.rowcount:
            return
        number = found.lastrowid
        if root == report_id:
            bands = [(key, number) for key in mark.find_bands()]
            self._db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", bands)
        if text is not None:
            self._db.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, title or "", text))

    def drop_reports(self, report_ids: Iterable[str]) -> None:
        """Forget reports (those that wait in memory, once they are committed)."""
        with self._db:
            for report_id in report_ids:
                gone = self._db.execute("DELETE FROM known WHERE report_id = ? RETURNING number, hashes", (report_id,))
                for number, hashes in gone.fetchall():
                    keys = Fingerprint("", None, hashes or b"").find_bands()
                    self._db.executemany("DELETE FROM bands WHERE key = ? AND number = ?", [(k, number) for k in keys])

    def add_report(self, report_id: str, root: str, mark: Fingerprint) -> None:
        """Take in one report without its words."""
        with self._db:
            self._add_report(report_id, root, mark, None, None)

    def find_standing(self, report_id: str, mark: Fingerprint) -> Standing:
        """How a report stands to those taken in."""
        return find_standing((self,), report_id, mark)

    def find_root(self, report_id: str) -> tuple[str, str] | None:
        """The report that one taken in copies (itself where it copies none), and the id of its own text."""
        found: tuple[str, str] | None = self._one("SELECT root, text_id FROM known WHERE report_id = ?", report_id)
        return found

    def find_same(self, text_id: str) -> str | None:
        """The first report of that text, or the one it copies."""
        found = self._one("SELECT root FROM known WHERE text_id = ? ORDER BY number LIMIT 1", text_id)
        return found[0] if found else None

    def find_earlier(self, address: str | None) -> str | None:
        """The first by id of the reports under that address, or of those they copy."""
        found = self._one("SELECT min(root) FROM known WHERE address = ?", address or "")
        return found[0] if found else None

    def find_alike(self, mark: Fingerprint, most: int) -> list[tuple[str, bytes]]:
        """Ids and hashes of the first ``most`` reports, by id, that agree with a text in a band."""
        keys = mark.find_bands()
        marks = ",".join("?" * len(keys))
        query = (
            f"SELECT DISTINCT report_id, hashes FROM bands JOIN known USING (number) WHERE key IN ({marks}) "
            "ORDER BY report_id LIMIT ?"
        )
        return self._db.execute(query, (*keys, most)).fetchall()

    def _one(self, query: str, value: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(query, (value,)).fetchone()
        return row


def find_standing(ledgers: Sequence[Ledger], report_id: str, mark: Fingerprint) -> Standing:
    """How a report stands to those of several ledgers.

    All of them are asked before anything is judged, and what is equally near is chosen by id: a run that was broken off,
    one that was cut into other units and one whose ledger was drawn anew must judge alike, though the one knows from the
    committed what the other still holds in memory, and a drawn ledger doesn't know in which order reports came.
    """
    if any(ledger.find_root(report_id) for ledger in ledgers):
        return Standing("known", report_id)
    same = _first(ledger.find_same(mark.text_id) for ledger in ledgers)
    if same:
        return Standing("copy", same, 1.0)
    alike = sorted(found for ledger in ledgers for found in ledger.find_alike(mark, _MOST_ALIKE))[:_MOST_ALIKE]
    likest = max(
        ((name, estimate_likeness(mark.hashes, hashes)) for name, hashes in alike), key=_get_likeness, default=None
    )
    earlier = [name for name in (ledger.find_earlier(mark.address) for ledger in ledgers) if name is not None]
    return judge(likest, earlier=min(earlier, default=None))


@contextmanager
def _tell_disk(path: Path) -> Iterator[None]:
    """What the disk refuses is the disk's fault, not the ledger's."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _DISK_FAULTS:
            raise OSError(f"{path}: can't be written ({error})") from error
        raise


def _get_likeness(found: tuple[str, float]) -> float:
    return found[1]


def _first(found: Iterable[str | None]) -> str | None:
    return next((name for name in found if name is not None), None)
