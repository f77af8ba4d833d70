"""The archive: a folder that keeps reports, claims and all that was rejected, in append-only Parquet parts.

    >>> archive = dragoman.open("news")
    >>> archive.get_claim("cl_002089105ad9b5ed")

Snapshots name the parts (``manifest``), one writer adds to them (``writer``), DuckDB reads them (``engine``), one SQLite
file finds known texts and words (``ledger``). Any number of processes may read while one writes.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from dragoman.archive import queries
from dragoman.archive.act_queries import find_coverage
from dragoman.archive.by_id import find_claims
from dragoman.archive.engine import Engine
from dragoman.archive.event_queries import get_event
from dragoman.archive.keeper import check_folder
from dragoman.archive.manifest import Snapshot, load_snapshot
from dragoman.archive.parties import Directory
from dragoman.archive.queries import ClaimQuery, Counts, EventQuery, ReportQuery
from dragoman.archive.query import Query
from dragoman.archive.rows import Row, read_claim, read_report
from dragoman.archive.search import Hit, find_hits
from dragoman.archive.snapshots import get_snapshot
from dragoman.archive.sql import LIMIT, SECONDS, Answer, ask_sql
from dragoman.archive.status import ArchiveStatus, find_status
from dragoman.archive.tally import Tally
from dragoman.domain import Claim, Coverage, Event, Report, Unit
from dragoman.errors import ArchiveError

__all__ = [
    "Answer",
    "Archive",
    "ArchiveStatus",
    "ClaimQuery",
    "Counts",
    "EventQuery",
    "Hit",
    "Query",
    "ReportQuery",
    "open_archive",
]


class Archive:
    """One snapshot of an archive, opened for reading. What is added later shows after ``refresh``."""

    def __init__(self, path: Path, snapshot: Snapshot, *, coder: str | None = None) -> None:
        self.path = path
        self.snapshot = snapshot
        self.coder = coder
        self.engine = Engine(path, snapshot, coder=coder)
        self.directory = Directory(self.engine)
        self.tally: Tally | None = None

    def claims(self, **filters: Any) -> ClaimQuery:
        """Claims by the keywords of ``Filters``, each one value or a list: ``claims(actor="PRK", since="2024")``.

        Raises:
            ArchiveError: There is no such filter, or a value can't be. Names are looked up when rows are taken.
        """
        return queries.ask_for_claims(self, filters)

    def events(self, **filters: Any) -> EventQuery:
        """Events by their own parties, type, day and place; by ``claimant``, ``text`` and ``report`` of one of their claims.

        ``events(dyad="RUS,PRK").acts()`` is what relations are counted from.

        Raises:
            ArchiveError: There is no such filter, or a value can't be.
        """
        return queries.ask_for_events(self, filters)

    def get_event(self, event_id: str) -> Event:
        """The event of that id; an id that was merged into another leads to that one.

        Raises:
            ArchiveError: There is none: it never was, was split, or was withdrawn; the message says which.
        """
        return get_event(self.engine, event_id)

    def coverage(self, unit: Unit = "month") -> list[Coverage]:
        """How many reports were read of each period, by day of publication."""
        return find_coverage(self.engine, unit)

    def reports(self, **filters: Any) -> ReportQuery:
        """Reports by outlet, day of publication (``since``, ``until``) and id; or those that make such claims."""
        return queries.ask_for_reports(self, filters)

    def dyads(self, **filters: Any) -> Query:
        """Ordered pairs of parties, a row for each pair of each such claim."""
        return queries.ask_for_dyads(self, filters)

    def actors(self, **filters: Any) -> Query:
        """Who is named in such claims: counts as actor, recipient and claimant, first and last day."""
        return queries.ask_for_actors(self, filters)

    def rejected(self, **filters: Any) -> Query:
        """What was read and not kept, by ``step``, ``reason``, ``report``, ``outlet``, ``since``, ``until``."""
        return queries.ask_for_rejected(self, filters)

    def imported(self, **filters: Any) -> Query:
        """Rows of imported sets by ``set``, parties, type, quad, mode, day and place: ``imported(set="icews", actor="PRK")``."""
        return queries.ask_for_imported(self, filters)

    def search(self, words: str, *, limit: int = 20, **filters: Any) -> list[Hit]:
        """Reports by their words, the best first: words, ``"a phrase"``, ``prefix*``, ``AND``, ``OR``, ``NOT``, brackets.

        Args:
            words: What to look for, in titles and texts.
            limit: How many to give at most.
            filters: ``outlet``, ``since``, ``until``.

        Raises:
            ArchiveError: The words can't be understood.
        """
        return find_hits(self, words, limit=limit, given=filters)

    def sql(self, query: str, *, limit: int = LIMIT, seconds: float = SECONDS) -> Answer:
        """One question in DuckDB's SQL over the tables of this snapshot; nothing else can be read, and nothing written.

        Args:
            query: One ``SELECT``, ``WITH``, ``EXPLAIN``, ``DESCRIBE``, ``SUMMARIZE`` or ``SHOW``.
            limit: Rows to give at most; ``Answer.is_cut`` tells whether there are more.
            seconds: Time after which it is given up.

        Raises:
            ArchiveError: It isn't such a question, is wrong, asks for what it mustn't, or takes too long or too much.
        """
        return ask_sql(self, query, limit=limit, seconds=seconds)

    def status(self) -> ArchiveStatus:
        """What the archive holds and where it came from."""
        return find_status(self)

    def get_claim(self, claim_id: str) -> Claim:
        """The claim of that id.

        Raises:
            ArchiveError: There is none.
        """
        rows = find_claims(self.engine, [claim_id])
        if not rows:
            raise ArchiveError(f"{self.path}: no claim {claim_id!r} in snapshot {self.snapshot.number}")
        return read_claim(rows[0])

    def get_report(self, report_id: str) -> Report:
        """The report of that id; the text of an exact copy is that of the report it copies.

        Raises:
            ArchiveError: There is none.
        """
        row = self._get_report(report_id)
        if row["text"] is None:
            row["text"] = self._get_report(row["copy_of"])["text"]
        return read_report(row)

    def find_id(self, beginning: str) -> tuple[Literal["claim", "report"], str]:
        """The one claim or report whose id begins so.

        Raises:
            ArchiveError: There is none, or there are several.
        """
        for kind in ("claim", "report"):
            query = f"SELECT DISTINCT {kind}_id AS id FROM {kind}s WHERE starts_with({kind}_id, ?) ORDER BY 1 LIMIT 6"
            rows = self.engine.find_rows(query, [beginning], tables=[f"{kind}s"])  # type: ignore[list-item]
            found = [row["id"] for row in rows]
            if len(found) == 1 or beginning in found:
                return kind, beginning if beginning in found else found[0]
            if found:
                raise ArchiveError(f"{beginning!r} begins several ids: {', '.join(found[:5])} …; give more of it")
        raise ArchiveError(
            f"{self.path}: no id begins with {beginning!r} in snapshot {self.snapshot.number}; claims begin with cl_, "
            "reports with re_"
        )

    def find_carriers(self, report_id: str) -> list[Row]:
        """Who published this report or a copy of it: ``report_id``, ``outlet``, ``date``, ``url``, by day."""
        return self.engine.find_rows(
            "SELECT report_id, outlet, date, url FROM reports WHERE coalesce(copy_of, report_id) = ? "
            "ORDER BY date NULLS LAST, report_id",
            [report_id],
            tables=["reports"],
        )

    def refresh(self) -> None:
        """Go on to the newest snapshot."""
        self.snapshot = load_snapshot(self.path)
        self.engine.connection.close()
        self.engine = Engine(self.path, self.snapshot, coder=self.coder)
        self.directory, self.tally = Directory(self.engine), None

    def close(self) -> None:
        self.engine.connection.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _get_report(self, report_id: str) -> Row:
        rows = self.engine.find_rows("SELECT * FROM reports WHERE report_id = ?", [report_id], tables=["reports"])
        if not rows:
            raise ArchiveError(f"{self.path}: no report {report_id!r} in snapshot {self.snapshot.number}")
        return rows[0]


def open_archive(
    path: str | Path | None = None, *, snapshot: int | str | None = None, coder: str | None = None
) -> Archive:
    """Open an archive for reading. In the door it is called ``dragoman.open``.

    Args:
        path: Its folder; by default the one of the settings, else ``archive`` in the project or working directory.
        snapshot: Number or name of the snapshot to read; the newest by default.
        coder: Read what this coder found; by default, for each report, what the newest that has read it found.

    Raises:
        ArchiveError: There is no archive, no such snapshot, or it is damaged or of a newer version.
    """
    from dragoman.settings import find_settings

    folder = find_settings().find_archive() if path is None else Path(path)
    check_folder(folder)
    found = get_snapshot(folder, snapshot)
    if coder is not None and coder not in found.coders:
        raise ArchiveError(f"{folder}: no coder {coder!r}; there are {', '.join(found.coders) or 'none'}")
    return Archive(folder, found, coder=coder)


open = open_archive
"""The door's name for it."""
