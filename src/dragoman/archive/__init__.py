"""The archive: a folder that keeps reports, claims and all that was rejected, in append-only Parquet parts.

    >>> archive = dragoman.open("news")
    >>> archive.get_claim("cl_002089105ad9b5ed")

Snapshots name the parts (``manifest``), one writer adds to them (``writer``), DuckDB reads them (``engine``), one SQLite
file finds known texts and words (``ledger``). Any number of processes may read while one writes.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from dragoman.archive.engine import Engine
from dragoman.archive.keeper import check_folder
from dragoman.archive.manifest import Snapshot, load_snapshot
from dragoman.archive.rows import Row, read_claim, read_report
from dragoman.archive.snapshots import get_snapshot
from dragoman.domain import Claim, Report
from dragoman.errors import ArchiveError

__all__ = ["Archive", "open_archive"]


class Archive:
    """One snapshot of an archive, opened for reading. What is added later shows after ``refresh``."""

    def __init__(self, path: Path, snapshot: Snapshot, *, coder: str | None = None) -> None:
        self.path = path
        self.snapshot = snapshot
        self.coder = coder
        self.engine = Engine(path, snapshot, coder=coder)

    def get_claim(self, claim_id: str) -> Claim:
        """The claim of that id.

        Raises:
            ArchiveError: There is none.
        """
        return read_claim(self._get("claims", "claim_id", claim_id))

    def get_report(self, report_id: str) -> Report:
        """The report of that id; the text of an exact copy is that of the report it copies.

        Raises:
            ArchiveError: There is none.
        """
        row = self._get("reports", "report_id", report_id)
        if row["text"] is None:
            row["text"] = self._get("reports", "report_id", row["copy_of"])["text"]
        return read_report(row)

    def refresh(self) -> None:
        """Go on to the newest snapshot."""
        self.snapshot = load_snapshot(self.path)
        self.engine.connection.close()
        self.engine = Engine(self.path, self.snapshot, coder=self.coder)

    def close(self) -> None:
        self.engine.connection.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _get(self, table: str, key: str, value: str) -> Row:
        rows = self.engine.find_rows(f"SELECT * FROM {table} WHERE {key} = ?", [value], tables=[table])  # type: ignore[list-item]
        if not rows:
            raise ArchiveError(
                f"{self.path}: no {table.removesuffix('s')} {value!r} in snapshot {self.snapshot.number}"
            )
        return rows[0]


def open_archive(path: str | Path, *, snapshot: int | str | None = None, coder: str | None = None) -> Archive:
    """Open an archive for reading.

    Args:
        path: Its folder.
        snapshot: Number or name of the snapshot to read; the newest by default.
        coder: Read what this coder found; by default, for each report, what the newest that has read it found.

    Raises:
        ArchiveError: There is no archive, no such snapshot, or it is damaged or of a newer version.
    """
    folder = Path(path)
    check_folder(folder)
    found = get_snapshot(folder, snapshot)
    if coder is not None and coder not in found.coders:
        raise ArchiveError(f"{folder}: no coder {coder!r}; there are {', '.join(found.coders) or 'none'}")
    return Archive(folder, found, coder=coder)
