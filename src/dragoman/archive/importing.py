"""Somebody else's events on their way into an archive: one commit a file, so that what was stopped goes on with the next.

The same file is never imported twice into one set: files are known by their SHA-256, whatever they are called.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.imported_rows import Source, make_imported_row
from dragoman.archive.keeper import Keeper
from dragoman.archive.manifest import Change, Part, Snapshot
from dragoman.archive.parts import write_rows
from dragoman.archive.rows import Row
from dragoman.errors import ArchiveError
from dragoman.interchange.imported import BadRow, Imported

PART_ROWS = 100_000
"""Rows of one part: some tens of megabytes."""
_KEPT_BAD = 10_000
"""Bad rows of one file that are told one by one in ``rejected``; the rest are counted. A file of the wrong format is all bad."""
_TELL_EVERY = 5_000
_NAME = re.compile(r"[A-Za-z][\w.-]{0,63}")
_RESERVED = "coded"
"""What the archive's own events are called where sets are compared."""


@dataclass(slots=True)
class ImportedFile:
    """What became of one file."""

    file: str
    rows: int = 0
    bad: Counter[str] = field(default_factory=Counter)
    """Reason → rows that could not be read."""
    first_bad: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, reason and detail of the first of them."""
    without: Counter[str] = field(default_factory=Counter)
    """What imported rows lack: ``type``, ``actor``, ``recipient``, ``country of an actor``, ``place``."""
    first_day: str | None = None
    last_day: str | None = None
    is_known: bool = False
    """It was in the set already, so nothing was done."""


def check_set_name(name: str) -> None:
    """Refuse what can't be the name of a set.

    Raises:
        ArchiveError: It is none, or ``coded``, which means the archive's own events.
    """
    if not _NAME.fullmatch(name) or name == _RESERVED:
        raise ArchiveError(
            f"{name!r} can't name a set: a letter first, then letters, digits, . _ and -; '{_RESERVED}' means the "
            "archive's own events"
        )


def hash_file(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        OSError: It can't be read.
    """
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def import_file(
    keeper: Keeper,
    source: Source,
    rows: Iterable[Imported | BadRow],
    *,
    tell: Callable[[int, int], None] | None = None,
    part_rows: int = PART_ROWS,
) -> ImportedFile:
    """Commit one file's rows to a set.

    Args:
        keeper: The archive, its lock held.
        source: Set, format, file and its checksum.
        rows: Its rows, as a reader gives them.
        tell: Called now and then with the numbers of good and bad rows so far.
        part_rows: Rows of one part.

    Raises:
        ArchiveError: The set's name can't be, or the set holds files of another format.
        InputError: The file is none of that format.
        OSError: It can't be read, or the archive not be written; the archive is as it was.
    """
    check_set_name(source.set_name)
    if has_file(keeper.snapshot, source):
        return ImportedFile(source.file, is_known=True)
    done = ImportedFile(source.file)
    bad: list[Row] = []
    stream = _take(rows, source, done, bad, tell)
    parts: list[Part | None] = []
    while part := write_rows(
        keeper.archive, "imported", islice(stream, part_rows), f"{source.unit}-{len(parts)}", coder=None
    ):
        parts.append(part)
    parts.append(write_rows(keeper.archive, "rejected", bad, source.unit, coder=None))
    parts.append(write_rows(keeper.archive, "imports", [_make_row(source, done)], source.unit, coder=None))
    added = tuple(replace(part, unit=source.unit) for part in parts if part)
    keeper.save(Change(added, note=f"imported {source.file} into {source.set_name}"))
    return done


def has_file(snapshot: Snapshot, source: Source) -> bool:
    """Whether a set holds this file."""
    return any(part.unit == source.unit for part in snapshot.find_parts("imports"))


def drop_set(keeper: Keeper, set_name: str) -> int:
    """Take a set out of the newest snapshot; older ones keep it. Gives the number of its rows.

    Raises:
        ArchiveError: There is no such set.
    """
    units = {row["unit"] for row in find_sets(Engine(keeper.archive, keeper.snapshot)) if row["set_name"] == set_name}
    if not units:
        raise ArchiveError(f"{keeper.archive}: no imported set {set_name!r}; 'dragoman sets' lists them")
    gone = [part for part in keeper.snapshot.parts if part.unit in units]
    keeper.save(Change(removed=tuple(part.name for part in gone), note=f"dropped the imported set {set_name}"))
    return sum(part.rows for part in gone if part.table == "imported")


def find_sets(engine: Engine) -> list[dict[str, Any]]:
    """The imported files with their sets, by set and file."""
    return engine.find_rows("SELECT * FROM imports ORDER BY set_name, file, unit", tables=["imports"])


def _take(
    rows: Iterable[Imported | BadRow],
    source: Source,
    done: ImportedFile,
    bad: list[Row],
    tell: Callable[[int, int], None] | None,
) -> Iterator[Row]:
    """Good rows as rows of the table; bad ones are counted and the first of them kept."""
    line = number = 0
    for row in rows:
        if isinstance(row, BadRow):
            done.bad[row.reason] += 1
            if len(bad) < _KEPT_BAD:
                bad.append(_make_bad_row(row, source))
                done.first_bad.append((row.line, row.reason, row.detail))
        else:
            number = number + 1 if row.line == line else 0
            line = row.line
            _count(row, done)
            yield make_imported_row(row, source, number)
        if tell and (done.rows + done.bad.total()) % _TELL_EVERY == 0:
            tell(done.rows, done.bad.total())


def _count(row: Imported, done: ImportedFile) -> None:
    done.rows += 1
    if row.day:
        done.first_day = min(done.first_day or row.day, row.day)
        done.last_day = max(done.last_day or row.day, row.day)
    if not row.code:
        return  # a mention: it leads to its event, which tells the rest
    lacks: Mapping[str, bool] = {
        "type": row.event_type is None, "actor": not row.actors, "recipient": not row.recipients,
        "country of an actor": any(side.country is None for side in row.actors), "place": row.place is None,
    }  # fmt: skip
    done.without.update(name for name, is_lacking in lacks.items() if is_lacking)


def _make_bad_row(row: BadRow, source: Source) -> Row:
    return {
        "step": "import", "reason": row.reason, "detail": row.detail, "place": f"{source.file}:{row.line}",
        "unit": source.unit,
    }  # fmt: skip


def _make_row(source: Source, done: ImportedFile) -> Row:
    from dragoman import __version__

    return {
        "unit": source.unit, "set_name": source.set_name, "format": source.format, "file": source.file,
        "sha256": source.sha256, "rows": done.rows, "bad_rows": done.bad.total(), "first_day": done.first_day,
        "last_day": done.last_day, "version": __version__,
    }  # fmt: skip
