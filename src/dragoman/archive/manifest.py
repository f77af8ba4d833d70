"""Snapshots: small JSON files, each naming the parts that make up the archive at one moment. A part in none doesn't exist.

A snapshot tells what it adds and removes against the one before; every ``COMPLETE_EVERY``-th tells everything, so that
neither writing nor reading one grows with the archive. Each carries the SHA-256 of its own content.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.archive.schema import FORMAT, TableName
from dragoman.errors import ArchiveError

FOLDER = "snapshots"
COMPLETE_EVERY = 50
_DIGITS = 8

_PART_NAME = re.compile(r"[a-z_]+/\w[\w.-]*\.parquet")
"""What a part may be called: an archive that somebody else made must not lead to other files."""


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
    unit: str | None = None
    """Key of the one unit of work whose rows it holds; ``None`` where it holds those of several."""
    low: str | None = None
    """Least value of the first column its rows are sorted by; ``None`` where unknown, or where a row has none."""
    high: str | None = None
    """Greatest, likewise."""
    of: tuple[str, ...] = ()
    """Names of the parts of claims whose rows a part of ``claim_days`` lists."""


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
    undone: tuple[tuple[str, str], ...] = ()
    """Keys and coders of units whose work is taken out, so that their inputs can be added again."""
    coders: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    """Counts to add to the totals."""
    note: str = ""
    name: str | None = None


def apply(snapshot: Snapshot, change: Change, *, version: str, created: str = "") -> Snapshot:
    """The snapshot after a change. ``created`` is now where not given."""
    gone, undone = set(change.removed), set(change.undone)
    units = {key: unit for key, unit in snapshot.units.items() if key not in undone}
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
        units={**units, **{(unit.key, unit.coder): unit for unit in change.units}},
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
    target = snapshot_path(archive, snapshot.number)
    if target.exists():
        raise ArchiveError(f"{target}: another process has committed this snapshot; run the command again")
    write_synced(target, _render(_record(snapshot, None if snapshot.number % COMPLETE_EVERY == 1 else change)))


def save_complete(archive: Path, snapshot: Snapshot) -> None:
    """Write a snapshot, or write it again, so that it needs none of those before it."""
    write_synced(snapshot_path(archive, snapshot.number), _render(_record(snapshot, None)))


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


def snapshot_path(archive: Path, number: int) -> Path:
    """The file of a snapshot."""
    return archive / FOLDER / f"{number:0{_DIGITS}}.json"


def _unit(unit: Unit) -> dict[str, Any]:
    return {"key": unit.key, "coder": unit.coder, "counts": dict(unit.counts)}


def _record(snapshot: Snapshot, change: Change | None) -> dict[str, Any]:
    """What the file of a snapshot holds: the change, or everything where there is none."""
    parts, units = (change.added, change.units) if change else (snapshot.parts, tuple(snapshot.units.values()))
    return {
        "format": FORMAT, "number": snapshot.number, "created": snapshot.created, "version": snapshot.version,
        "note": snapshot.note, "name": snapshot.name, "complete": change is None,
        "parts": [asdict(part) for part in parts], "removed": list(change.removed) if change else [],
        "units": [_unit(unit) for unit in units], "undone": [list(key) for key in change.undone] if change else [],
        "coders": dict(snapshot.coders), "totals": dict(snapshot.totals),
    }  # fmt: skip


def _render(content: Mapping[str, Any]) -> bytes:
    """The bytes of a record. Plain ASCII, since notes hold names of files, which may hold half characters."""
    checksum = hashlib.sha256(json.dumps(content, sort_keys=True).encode("ascii")).hexdigest()
    return json.dumps({**content, "sha256": checksum}, indent=1).encode("ascii")


def walk_records(archive: Path) -> Iterator[tuple[int, dict[str, Any] | ArchiveError]]:
    """The record of each snapshot, rising, as its file holds it; or what is wrong with that file."""
    for number in find_numbers(archive):
        try:
            yield number, _read_record(archive, number)
        except ArchiveError as error:
            yield number, error


def _read_record(archive: Path, number: int) -> dict[str, Any]:
    path = snapshot_path(archive, number)
    try:
        data = path.read_bytes()
        record: dict[str, Any] = json.loads(data)
        del record["sha256"]
        form = int(record["format"])
    except FileNotFoundError as error:
        raise ArchiveError(
            f"{path}: missing, and later snapshots build on it; restore it from a copy of the archive"
        ) from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise _damaged(path) from error
    if form > FORMAT:
        raise ArchiveError(
            f"{archive}: written by Dragoman {record.get('version')} in format {form}; "
            f"this version reads up to format {FORMAT}. Install the newer Dragoman."
        )
    if data != _render(record) or record.get("number") != number:
        raise _damaged(path)
    return record


def read_part(record: Mapping[str, Any]) -> Part:
    """A part as a snapshot's record tells it.

    Raises:
        ArchiveError: Its name leads out of its table's folder: the archive was made to read another file.
    """
    part = Part(**{**record, "of": tuple(record.get("of", ()))})
    if not _PART_NAME.fullmatch(part.name) or not part.name.startswith(f"{part.table}/"):
        raise ArchiveError(
            f"a snapshot names the part {part.name!r}, which is none of an archive's; don't use this one"
        )
    return part


def _damaged(path: Path) -> ArchiveError:
    return ArchiveError(
        f"{path}: damaged (its content doesn't match its checksum); restore it from a copy of the archive, "
        "open an earlier one with --snapshot, or go back to that for good with 'dragoman doctor --repair'"
    )


def _apply_record(snapshot: Snapshot, record: Mapping[str, Any]) -> Snapshot:
    before = Snapshot() if record["complete"] else snapshot
    change = Change(
        added=tuple(map(read_part, record["parts"])),
        removed=tuple(record["removed"]),
        units=tuple(Unit(**unit) for unit in record["units"]),
        undone=tuple((key, coder) for key, coder in record["undone"]),
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
