"""Snapshots: small JSON files, each naming the parts that make up the archive at one moment. A part in none doesn't exist.

A snapshot tells what it adds and removes against the one before; every ``COMPLETE_EVERY``-th tells everything, so that
neither writing nor reading one grows with the archive. Each carries the SHA-256 of its own content.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.archive.schema import FORMAT, TableName
from dragoman.errors import ArchiveError

FOLDER = "snapshots"
COMPLETE_EVERY = 50
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file, as a snapshot vouches for it."""

    table: TableName
    name: str
    """Path below the archive, e.g. ``claims/3f…e1.parquet``."""
    rows: int
    bytes: int
    sha256: str
    coder: str | None = None
    """The one coder whose work it holds; ``None`` where it holds that of several, or of none."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One committed unit of work: a run of input records, and what became of them. The counts add up to ``records``."""

    key: str
    coder: str
    counts: Mapping[str, int]
    """``records`` = ``coded`` + ``copies`` + ``known`` + ``without parties`` + ``rejected``."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The archive at one moment."""

    number: int = 0
    created: str = ""
    """UTC, ISO 8601."""
    version: str = ""
    """Version of Dragoman that wrote it."""
    note: str = ""
    name: str | None = None
    parts: tuple[Part, ...] = ()
    units: Mapping[tuple[str, str], Unit] = field(default_factory=dict)
    """By key and coder."""
    coders: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Coders in the order of their first use: id → what made the claims."""
    totals: Mapping[str, int] = field(default_factory=dict)
    """Sums of the units' counts, with ``claims``."""

    def find_parts(self, table: TableName) -> list[Part]:
        return [part for part in self.parts if part.table == table]


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit adds to and takes from the snapshot before it."""

    added: tuple[Part, ...] = ()
    removed: tuple[str, ...] = ()
    """Names of parts."""
    units: tuple[Unit, ...] = ()
    coders: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    """Counts to add to the totals."""
    note: str = ""
    name: str | None = None


def apply(snapshot: Snapshot, change: Change, *, version: str, created: str = "") -> Snapshot:
    """The snapshot after a change. ``created`` is now where not given."""
    gone = set(change.removed)
    totals = dict(snapshot.totals)
    for key, count in change.totals.items():
        totals[key] = totals.get(key, 0) + count
    return replace(
        snapshot,
        number=snapshot.number + 1,
        created=created or datetime.now(UTC).isoformat(timespec="seconds"),
        version=version,
        note=change.note,
        name=change.name,
        parts=(*(part for part in snapshot.parts if part.name not in gone), *change.added),
        units={**snapshot.units, **{(unit.key, unit.coder): unit for unit in change.units}},
        coders={
            **snapshot.coders,
            **{key: maker for key, maker in change.coders.items() if key not in snapshot.coders},
        },
        totals=totals,
    )


def find_numbers(archive: Path) -> list[int]:
    """Numbers of the snapshots in the folder, rising."""
    folder = archive / FOLDER
    names = [path.name.removesuffix(".json") for path in folder.glob("*.json")] if folder.is_dir() else []
    return sorted(int(name) for name in names if name.isdigit())


def load_snapshot(archive: Path, number: int | None = None) -> Snapshot:
    """The snapshot of that number, or the latest; number 0 is the empty archive.

    Raises:
        ArchiveError: There is no such snapshot, or a file of the chain is damaged or of a newer format.
    """
    numbers = find_numbers(archive)
    last = number if number is not None else max(numbers, default=0)
    if last and last not in numbers:
        shown = f"{numbers[0]} to {numbers[-1]}" if numbers else "none"
        raise ArchiveError(f"{archive}: no snapshot {last}; there are {shown}. 'dragoman snapshot' lists them.")
    chain: list[dict[str, Any]] = []
    while last:
        record = _read_record(archive, last)
        chain.append(record)
        if record["complete"]:
            break
        last -= 1
    snapshot = Snapshot()
    for record in reversed(chain):
        snapshot = _apply_record(snapshot, record)
    return snapshot


def save_snapshot(archive: Path, snapshot: Snapshot, change: Change) -> None:
    """Make ``snapshot`` (the outcome of ``change``) the latest: written beside, synced, renamed. The rename is the commit.

    Raises:
        ArchiveError: Another process has committed that number meanwhile.
        OSError: The disk is full or read-only; nothing has changed then.
    """
    is_complete = snapshot.number % COMPLETE_EVERY == 1
    content: dict[str, Any] = {
        "format": FORMAT, "number": snapshot.number, "created": snapshot.created, "version": snapshot.version,
        "note": snapshot.note, "name": snapshot.name, "complete": is_complete,
        "parts": [asdict(part) for part in (snapshot.parts if is_complete else change.added)],
        "removed": [] if is_complete else list(change.removed),
        "units": [_unit(unit) for unit in (snapshot.units.values() if is_complete else change.units)],
        "coders": dict(snapshot.coders), "totals": dict(snapshot.totals),
    }  # fmt: skip
    target = _path(archive, snapshot.number)
    if target.exists():
        raise ArchiveError(f"{target}: another process has committed this snapshot; run the command again")
    text = json.dumps({**content, "sha256": _checksum(content)}, ensure_ascii=False, indent=1)
    write_synced(target, text.encode("utf-8"))


def write_synced(target: Path, data: bytes) -> None:
    """A file that is there whole or not at all, also after a power cut."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last (where the system lets folders be synced)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _path(archive: Path, number: int) -> Path:
    return archive / FOLDER / f"{number:0{_DIGITS}}.json"


def _unit(unit: Unit) -> dict[str, Any]:
    return {"key": unit.key, "coder": unit.coder, "counts": dict(unit.counts)}


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _read_record(archive: Path, number: int) -> dict[str, Any]:
    path = _path(archive, number)
    try:
        record: dict[str, Any] = json.loads(path.read_bytes())
        written = record.pop("sha256")
    except FileNotFoundError as error:
        raise ArchiveError(
            f"{path}: missing, and later snapshots build on it; restore it from a copy of the archive"
        ) from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise _damaged(path) from error
    if int(record.get("format", 0)) > FORMAT:
        raise ArchiveError(
            f"{archive}: written by Dragoman {record.get('version')} in format {record['format']}; "
            f"this version reads up to format {FORMAT}. Install the newer Dragoman."
        )
    if written != _checksum(record):
        raise _damaged(path)
    return record


def _damaged(path: Path) -> ArchiveError:
    return ArchiveError(
        f"{path}: damaged (its content doesn't match its checksum); restore it from a copy of the archive, "
        "or open an earlier one with --snapshot"
    )


def _apply_record(snapshot: Snapshot, record: Mapping[str, Any]) -> Snapshot:
    before = Snapshot() if record["complete"] else snapshot
    change = Change(
        added=tuple(Part(**part) for part in record["parts"]),
        removed=tuple(record["removed"]),
        units=tuple(Unit(**unit) for unit in record["units"]),
        coders=record["coders"],
        note=record["note"],
        name=record["name"],
    )
    after = apply(before, change, version=record["version"], created=record["created"])
    return replace(after, number=record["number"], totals=record["totals"])


def find_changes(parts: Sequence[Part], others: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Parts in the second and not in the first, and the other way round."""
    mine, theirs = {part.name for part in parts}, {part.name for part in others}
    return [p for p in others if p.name not in mine], [p for p in parts if p.name not in theirs]
