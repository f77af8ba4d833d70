"""Snapshots to list, to find by name, and to cite."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.archive.manifest import Snapshot, load_snapshot, walk_records
from dragoman.errors import ArchiveError


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


def cite_snapshot(archive: Path, snapshot: Snapshot) -> str:
    """One paragraph to cite a snapshot by. The day is that of the snapshot, so that the text is always the same."""
    makers = [
        f"Dragoman {maker['version']} (model {maker['model']}, roster {maker['roster']}, codebook {maker['codebook']}"
        + (f", overlay {maker['overlay']})" if maker.get("overlay") else ")")
        for maker in snapshot.coders.values()
    ]
    name = f"“{snapshot.name}” (snapshot {snapshot.number})" if snapshot.name else f"snapshot {snapshot.number}"
    return (
        f"{archive.resolve().name}: an archive of claims, {name} of {snapshot.created[:10]}, "
        f"coded by {'; '.join(makers) or 'nobody yet'}. SHA-256 of its content: {hash_snapshot(snapshot)}."
    )
