"""Who holds an archive's lock makes its snapshots: the writer adds to it, the others name, compact and repair it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.archive.lock import hold_lock
from dragoman.archive.manifest import FOLDER, Change, Snapshot, apply, load_snapshot, save_snapshot, walk_records
from dragoman.archive.schema import KEPT
from dragoman.errors import ArchiveError

_NAME = re.compile(r"[A-Za-z][\w.-]{0,63}")


class Keeper:
    """An archive while its lock is held. Made by ``open_keeper``."""

    def __init__(self, archive: Path) -> None:
        from dragoman import __version__

        self.archive = archive
        self.snapshot = load_snapshot(archive)
        self._version = __version__

    def save(self, change: Change) -> Snapshot:
        """Commit a change: afterwards the newest snapshot is the one before, changed so."""
        after = apply(self.snapshot, change, version=self._version)
        save_snapshot(self.archive, after, change)
        self.snapshot = after
        return after

    def name_snapshot(self, name: str, note: str = "") -> Snapshot:
        """A snapshot with a name of its own, to cite and to keep.

        Raises:
            ArchiveError: The name is taken, or no name.
        """
        if not _NAME.fullmatch(name):
            raise ArchiveError(f"{name!r} is no name for a snapshot: a letter first, then letters, digits, . _ and -")
        for number, record in walk_records(self.archive):
            if not isinstance(record, ArchiveError) and record["name"] == name:
                raise ArchiveError(f"{self.archive}: snapshot {number} is called {name!r} already; choose another name")
        return self.save(Change(name=name, note=note))

    def has_name(self, name: str) -> bool:
        """Whether parts of that name belong to a snapshot, be it an old one, and so must not be written over."""
        files = {f"{table}/{name}.parquet" for table in KEPT}
        if not any((self.archive / file).exists() for file in files):
            return False
        records = [record for _, record in walk_records(self.archive) if not isinstance(record, ArchiveError)]
        return any(part["name"] in files for record in records for part in record["parts"])


@contextmanager
def open_keeper(archive: Path, what: str, *, wait: float = 0.0) -> Iterator[Keeper]:
    """Hold the lock of an archive that is there.

    Args:
        archive: Its folder.
        what: What is being done, for others who want to write.
        wait: Seconds to wait for another writer to end.

    Raises:
        ArchiveError: There is no archive, it is damaged, or another process writes.
    """
    check_folder(archive)
    with hold_lock(archive, what, wait=wait):
        yield Keeper(archive)


def check_folder(archive: Path) -> None:
    """Refuse a folder that is no archive.

    Raises:
        ArchiveError: It is none.
    """
    if not (archive / FOLDER).is_dir():
        raise ArchiveError(f"{archive}: no archive there; make one with 'dragoman add FILE... --archive {archive}'")
