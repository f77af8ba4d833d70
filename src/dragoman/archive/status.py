"""What an archive holds: how much was read and what became of it, by which coders, and how large it is on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive.ledger import FILE
from dragoman.archive.manifest import find_numbers
from dragoman.archive.schema import TABLES

if TYPE_CHECKING:
    from dragoman.archive import Archive

_FATES = ("coded", "copies", "known", "without parties", "rejected")


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """The state of one snapshot."""

    path: Path
    snapshot: int
    created: str
    """UTC, ISO 8601."""
    version: str
    """Version of Dragoman that wrote it."""
    name: str | None
    snapshots: int
    """How many snapshots there are."""
    totals: Mapping[str, int]
    """``read`` and what became of it: ``coded``, ``copies``, ``known``, ``without parties``, ``rejected``."""
    rows: Mapping[str, int]
    """Rows of each table, of all coders."""
    coders: Mapping[str, Mapping[str, Any]]
    """What made the claims, in the order of first use: ``codings`` (reports it has read), version, model, roster …"""
    bytes: Mapping[str, int]
    """Size of each table's parts and of the ledger."""

    @property
    def is_balanced(self) -> bool:
        """Whether all that was read is accounted for: the first total is the sum of the others."""
        return self.totals["read"] == sum(self.totals[fate] for fate in _FATES)


def find_status(archive: Archive) -> ArchiveStatus:
    snapshot = archive.snapshot
    parts = {table: snapshot.find_parts(table) for table in TABLES}
    ledger = archive.path / FILE
    return ArchiveStatus(
        path=archive.path,
        snapshot=snapshot.number,
        created=snapshot.created,
        version=snapshot.version,
        name=snapshot.name,
        snapshots=len(find_numbers(archive.path)),
        totals={key: snapshot.totals.get(key, 0) for key in ("read", *_FATES)},
        rows={table: sum(part.rows for part in found) for table, found in parts.items()},
        coders={
            coder: {"codings": snapshot.totals.get(f"codings {coder}", 0), **maker}
            for coder, maker in snapshot.coders.items()
        },
        bytes={
            **{table: sum(part.bytes for part in found) for table, found in parts.items()},
            "ledger": ledger.stat().st_size if ledger.exists() else 0,
        },
    )
