"""Snapshots to list, to find by name, and to cite."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.archive.engine import Engine
from dragoman.archive.manifest import Snapshot, load_snapshot, walk_records
from dragoman.archive.schema import TableName
from dragoman.errors import ArchiveError
from dragoman.interchange.citation import Citation, say_maker


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of snapshots."""

    number: int
    name: str | None
    created: str
    """UTC, ISO 8601."""
    note: str
    reports: int
    claims: int
    """Of all coders."""


def list_snapshots(archive: Path) -> Iterator[Entry]:
    """The snapshots that are there, the oldest first. Each file is read once.

    Raises:
        ArchiveError: One is damaged.
    """
    rows: dict[str, tuple[str, int]] = {}
    sums = {"reports": 0, "claims": 0}
    for _, record in walk_records(archive):
        if isinstance(record, ArchiveError):
            raise record
        if record["complete"]:
            rows, sums = {}, {"reports": 0, "claims": 0}
        for name in record["removed"]:
            table, count = rows.pop(name)
            sums[table] -= count
        for part in record["parts"]:
            if part["table"] in sums:
                rows[part["name"]] = (part["table"], part["rows"])
                sums[part["table"]] += part["rows"]
            else:
                rows[part["name"]] = ("claims", 0)
        yield Entry(record["number"], record["name"], record["created"], record["note"], **sums)


def get_snapshot(archive: Path, which: int | str | None = None) -> Snapshot:
    """A snapshot by number (``7``, ``"7"``) or name; the newest where neither is given.

    Raises:
        ArchiveError: There is none so called, or it is damaged.
    """
    if which is None or isinstance(which, int) or which.isdigit():
        return load_snapshot(archive, None if which is None else int(which))
    names = {}
    for number, record in walk_records(archive):
        if not isinstance(record, ArchiveError) and record["name"]:
            names[record["name"]] = number
    if which not in names:
        raise ArchiveError(f"{archive}: no snapshot {which!r}; named are {', '.join(names) or 'none'}")
    return load_snapshot(archive, names[which])


def hash_snapshot(snapshot: Snapshot) -> str:
    """SHA-256 of a snapshot's content: of the names and SHA-256 of all its parts, so of every byte in them.

    It can be made again with nothing but the folder: ``sha256sum`` of the lines ``SHA-256  name``, sorted by name.
    """
    parts = sorted(snapshot.parts, key=lambda part: part.name)
    text = "".join(f"{part.sha256}  {part.name}\n" for part in parts)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def cite_snapshot(engine: Engine, authors: Sequence[str] = ()) -> Citation:
    """How to cite the snapshot that is open, with what it shows: where a coder was chosen, that coder's claims.

    The day is that of the snapshot, so that the text is always the same.
    """
    snapshot, archive = engine.snapshot, engine.archive.resolve().name
    name = f"“{snapshot.name}” (snapshot {snapshot.number})" if snapshot.name else f"snapshot {snapshot.number}"
    makers = tuple(snapshot.coders.values())
    content = hash_snapshot(snapshot)
    by = f"{', '.join(authors)}: " if authors else ""
    text = (
        f"{by}{archive}: an archive of claims, {name} of {snapshot.created[:10]}, {_say_counts(engine)}, "
        f"coded by {'; '.join(map(say_maker, makers)) or 'nobody yet'}. SHA-256 of its content: {content}."
    )
    return Citation(
        "dataset", f"{slug_name(archive)}-snapshot-{snapshot.number}",
        f"Claims of the archive {archive}, snapshot {snapshot.number}",
        tuple(authors) or (f"The keepers of {archive}",), snapshot.name or str(snapshot.number), text,
        day=snapshot.created[:10], sha256=content, makers=makers,
    )  # fmt: skip


def slug_name(name: str) -> str:
    """An archive's name in the letters that data packages and lists of references allow."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    return kept.strip("-") or "archive"


def _say_counts(engine: Engine) -> str:
    tables: tuple[TableName, ...] = ("reports", "claims", "events")
    counts = [engine.execute(f"SELECT count(*) FROM {table}", tables=[table]).fetchall()[0][0] for table in tables]
    said = [f"{n:,} {table[:-1] if n == 1 else table}" for n, table in zip(counts, tables, strict=True)]
    return f"{said[0]}, {said[1]} and {said[2]}"
