"""The one who writes: units of work become parts, parts become a snapshot, and only then does the ledger know of them.

A process may be killed at any moment. Before the snapshot's rename nothing has happened; after it, what the ledger
lacks is drawn from the parts when the next writer starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from dragoman.archive.copies import Fingerprint, Standing
from dragoman.archive.drawing import draw_reports
from dragoman.archive.keeper import Keeper
from dragoman.archive.ledger import Ledger, find_standing
from dragoman.archive.lock import hold_lock
from dragoman.archive.manifest import FOLDER, Change, Part, Snapshot, Unit
from dragoman.archive.parts import connect, quote, write_query, write_rows
from dragoman.archive.rows import Row, find_coder, make_dyad_rows
from dragoman.archive.schema import TABLES, TableName
from dragoman.domain import Maker
from dragoman.errors import ArchiveError

COUNTS = ("read", "coded", "copies", "known", "without parties", "rejected")
"""What can become of what is read; the first is always the sum of the others."""


@dataclass(slots=True)
class Work:
    """What one unit of work brings: rows of the archive's tables."""

    key: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    reports: list[Row] = field(default_factory=list)
    marks: dict[str, Fingerprint] = field(default_factory=dict)
    """Fingerprints of the reports, by id."""
    codings: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)

    def count(self, what: str) -> None:
        """Count something read, and what became of it."""
        self.counts["read"] += 1
        self.counts[what] += 1


class Writer(Keeper):
    """The archive's one writer, while its lock is held. Made by ``open_writer``."""

    def __init__(self, archive: Path, maker: Maker) -> None:
        super().__init__(archive)
        self.maker = maker
        self.coder = find_coder(maker)
        self.ledger = Ledger(archive)
        self._waiting = Ledger(None)
        draw_reports(self.ledger, archive, self.snapshot)

    def has_unit(self, key: str) -> bool:
        """Whether this coder has committed that unit."""
        return (key, self.coder) in self.snapshot.units

    def find_standing(self, report_id: str, mark: Fingerprint) -> Standing:
        """How a report stands to those committed and to those of this run before it. It is remembered from then on."""
        standing = find_standing((self.ledger, self._waiting), report_id, mark)
        if standing.verdict != "known":
            root = standing.other if standing.verdict == "copy" and standing.other else report_id
            self._waiting.add_report(report_id, root, mark)
        return standing

    def has_text(self, report_id: str, mark: Fingerprint) -> bool:
        """Whether a report's text is the marked one, letter for letter."""
        found = self.ledger.find_root(report_id) or self._waiting.find_root(report_id)
        return found is not None and found[1] == mark.text_id

    def find_original(self, report_id: str) -> str | None:
        """The committed report whose text stands for this one's, itself where it copies none; ``None`` where unknown."""
        found = self.ledger.find_root(report_id)
        return found[0] if found else None

    def commit(self, work: Work, *, note: str = "", replaces: bool = False) -> Snapshot:
        """Make a unit's rows part of the archive.

        Args:
            work: The unit; its counts must add up.
            note: What brought it, for the list of snapshots.
            replaces: Take out what this coder found before in the same reports.

        Raises:
            ArchiveError: The counts don't add up, or somebody else has written.
            OSError: The disk is full or read-only. The archive is as it was.
        """
        if work.counts["read"] != sum(work.counts[name] for name in COUNTS[1:]):
            raise ArchiveError(f"unit {work.key}: its counts don't add up: {work.counts}")
        removed, kept = self._find_replaced(work) if replaces else ((), ())
        parts = self._write_parts(work, replaces=replaces)
        before = self.snapshot.units.get((work.key, self.coder))
        counts = _merge_counts(before.counts, work.counts) if before and replaces else work.counts
        totals = {**counts, f"codings {self.coder}": len(work.codings), "claims": len(work.claims)}
        for name, count in (before.counts if before else {}).items():
            totals[name] -= count
        for part, sign in (*((part, -1) for part in removed), *((part, 1) for part in kept)):
            if part.table in ("claims", "codings"):
                totals["claims" if part.table == "claims" else f"codings {self.coder}"] += sign * part.rows
        change = Change(
            added=(*parts, *kept),
            removed=tuple(part.name for part in removed),
            units=(Unit(work.key, self.coder, counts),),
            coders={self.coder: asdict(self.maker)},
            totals=totals,
            note=note,
        )
        self.save(change)
        self._tell_ledger(work, parts)
        return self.snapshot

    def close(self) -> None:
        self.ledger.close()
        self._waiting.close()

    def _write_parts(self, work: Work, *, replaces: bool) -> list[Part]:
        tables: dict[TableName, list[Row]] = {
            "reports": work.reports, "codings": work.codings, "claims": work.claims,
            "dyads": make_dyad_rows(work.claims), "rejected": work.rejected,
        }  # fmt: skip
        name = f"{work.key}-{self.coder}"
        if replaces or self.has_name(name):
            name += f"-{self.snapshot.number + 1}"
        parts = [
            write_rows(self.archive, table, rows, name, coder=None if table == "reports" else self.coder)
            for table, rows in tables.items()
        ]
        return [replace(part, unit=work.key) for part in parts if part]

    def _find_replaced(self, work: Work) -> tuple[Sequence[Part], Sequence[Part]]:
        """The parts in which this coder's rows of these reports stand, and new parts with what else stands there."""
        ids = ", ".join(quote(row["report_id"]) for row in work.codings) or "NULL"
        mine = f"coder = {quote(self.coder)} AND report_id IN ({ids})"
        removed, kept = [], []
        for part in self.snapshot.parts:
            if part.table in ("reports", "claim_days") or part.coder not in (self.coder, None):
                continue
            file = f"read_parquet({quote(str(self.archive / part.name))})"
            gone = f"{mine} OR (report_id IS NULL AND unit = {quote(work.key)})" if part.table == "rejected" else mine
            with connect(threads=1) as connection:
                if not connection.execute(f"SELECT 1 FROM {file} WHERE {gone} LIMIT 1").fetchall():
                    continue
                removed.append(part)
                name = f"{Path(part.name).stem}-{self.snapshot.number + 1}"
                rest = f"SELECT * FROM {file} WHERE NOT coalesce({gone}, false)"
                left = write_query(connection, self.archive, TABLES[part.table], rest, name, coder=part.coder)
                if left.rows:
                    kept.append(replace(left, unit=part.unit))
        return removed, kept

    def _tell_ledger(self, work: Work, parts: Sequence[Part]) -> None:
        part = next((part.name for part in parts if part.table == "reports"), None)
        if part:
            rows = (
                (r["report_id"], r["copy_of"], work.marks[r["report_id"]], r["title"], r["text"]) for r in work.reports
            )
            self.ledger.add_reports(part, rows)
            self._waiting.drop_reports(row["report_id"] for row in work.reports)


def _merge_counts(before: Mapping[str, int], again: Mapping[str, int]) -> dict[str, int]:
    """What became of a unit that was read again: its reports are known by then, and stay what they were."""
    kept = {name: before[name] + again[name] for name in ("coded", "copies", "without parties")}
    known = again["read"] - sum(kept.values()) - again["rejected"]
    return {"read": again["read"], **kept, "known": known, "rejected": again["rejected"]}


@contextmanager
def open_writer(archive: Path, maker: Maker, what: str, *, wait: float = 0.0) -> Iterator[Writer]:
    """Write to an archive, which is made where there is none.

    Args:
        archive: Its folder.
        maker: What makes the claims of this run.
        what: What is being done, for others who want to write.
        wait: Seconds to wait for another writer to end.

    Raises:
        ArchiveError: Another process writes, or the folder is no archive and not empty.
    """
    make_folder(archive)
    with hold_lock(archive, what, wait=wait):
        writer = Writer(archive, maker)
        try:
            yield writer
        finally:
            writer.close()


def make_folder(archive: Path) -> None:
    """The folder of a new archive; nothing happens where it is one already.

    Raises:
        ArchiveError: The folder holds other things, or can't be made.
    """
    if (archive / FOLDER).is_dir():
        return
    try:
        if archive.is_dir() and any(path for path in archive.iterdir() if path.name not in ("lock", "lock.holder")):
            raise ArchiveError(f"{archive}: is not empty and no archive; name another folder with --archive")
        (archive / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"{archive}: can't be made ({error.strerror}); name another folder with --archive"
        ) from error
