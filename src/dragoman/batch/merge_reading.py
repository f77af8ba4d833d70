"""What merging reads from an archive: claims by week and id, their reports, judgements, events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.event_rows import read_event, read_judgement
from dragoman.archive.manifest import Snapshot
from dragoman.archive.rows import read_claim
from dragoman.domain import Appearance, Claim, Event, Judgement

_BUCKET, _LONGEST = 7, 49
"""Days of a week, and days before it in which a claim that belongs to it may begin: those of a month, and its own weeks."""


class MergeReader:
    """One snapshot, as merging asks it."""

    def __init__(self, archive: Path, snapshot: Snapshot) -> None:
        self._engine = Engine(archive, snapshot)
        self._versions = dict(
            self._run("SELECT report_id, version_of FROM reports WHERE version_of IS NOT NULL", ["reports"])
        )

    def close(self) -> None:
        self._engine.connection.close()

    def find_generation(self) -> int:
        """Of the last merging; 0 before the first."""
        rows = self._run(
            "SELECT max(g) FROM (SELECT max(generation) g FROM every.event_claims UNION ALL "
            "SELECT max(generation) FROM every.judgements)",
            ["event_claims", "judgements"],
        )
        return int(rows[0][0] or 0)

    def find_unmerged(self) -> list[str]:
        """Claims that no merging has seen."""
        query = "SELECT claim_id FROM claims ANTI JOIN event_claims USING (claim_id) ORDER BY 1"
        return [row[0] for row in self._run(query, ["claims", "event_claims"])]

    def has_lost_claims(self) -> bool:
        """Whether a claim of an event is no longer in the archive, as after coding again."""
        query = "SELECT 1 FROM event_claims ANTI JOIN claims USING (claim_id) LIMIT 1"
        return bool(self._run(query, ["claims", "event_claims"]))

    def find_weeks(self) -> list[int]:
        """Numbers of the weeks that claims may belong to."""
        query = "SELECT DISTINCT unnest([day, report_date]) FROM claims"
        days = {row[0] for row in self._run(query, ["claims"]) if row[0] is not None}
        weeks = {w + more for w in {d.toordinal() // _BUCKET for d in days} for more in range(_LONGEST // _BUCKET)}
        return sorted(weeks | {0})

    def find_claims_of_week(self, week: int) -> list[Claim]:
        """All claims that may stand in blocks of this week, and some that don't; week 0 holds those without any day."""
        if week == 0:
            return self._claims("coalesce(report_date, day) IS NULL", [])
        last = dt.date.fromordinal(week * _BUCKET + _BUCKET - 1)
        span = [(last - dt.timedelta(days=_LONGEST + _BUCKET)), last]
        return self._claims("day BETWEEN ? AND ? OR report_date BETWEEN ? AND ?", [*span, *span])

    def find_claims(self, ids: Sequence[str]) -> list[Claim]:
        return self._claims("claim_id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]) if ids else []

    def find_reports(self, ids: Iterable[str]) -> dict[str, Appearance]:
        """Reports by id."""
        query = "SELECT report_id, date, outlet, copy_of FROM reports WHERE report_id IN (SELECT unnest(?::VARCHAR[]))"
        rows = self._run(query, ["reports"], [sorted(set(ids))])
        return {row[0]: self._appear(*row) for row in rows}

    def find_copies(self, ids: Iterable[str]) -> dict[str, list[Appearance]]:
        """Report → the reports that repeat its text."""
        query = "SELECT report_id, date, outlet, copy_of FROM reports WHERE copy_of IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1"
        found: dict[str, list[Appearance]] = defaultdict(list)
        for row in self._run(query, ["reports"], [sorted(set(ids))]):
            found[row[3]].append(self._appear(*row))
        return found

    def find_texts(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """Report → its title and the sentences of its claims."""
        query = (
            "SELECT report_id, any_value(title), list(DISTINCT text ORDER BY text) FROM claims "
            "WHERE report_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY report_id"
        )
        rows = self._run(query, ["claims"], [sorted(set(ids))])
        return {name: [*([title] if title else []), *texts] for name, title, texts in rows}

    def find_judgements(self, ids: Iterable[str] | None = None, *, by_persons: bool = False) -> list[Judgement]:
        """Judgements on any of these claims (all by default), of persons or of the machine."""
        where, values = "rule = 'person'" if by_persons else "rule <> 'person'", []
        if ids is not None:
            where += " AND (first IN (SELECT unnest(?::VARCHAR[])) OR second IN (SELECT unnest(?::VARCHAR[])))"
            values = [sorted(set(ids))] * 2
        rows = self._engine.find_rows(f"SELECT * FROM judgements WHERE {where}", values, tables=["judgements"])
        return [read_judgement(row) for row in rows]

    def find_person_rows(self) -> list[dict[str, Any]]:
        """Persons' judgements as they stand in the archive, to be kept as they are."""
        return self._engine.find_rows("SELECT * FROM judgements WHERE rule = 'person'", tables=["judgements"])

    def find_events(self, ids: Iterable[str] | None = None) -> list[Event]:
        """Events by id, all by default."""
        query, values = "SELECT * FROM events", []
        if ids is not None:
            query, values = f"{query} WHERE event_id IN (SELECT unnest(?::VARCHAR[]))", [sorted(set(ids))]
        rows = self._engine.find_rows(f"{query} ORDER BY event_id", values, tables=["events"])
        return [read_event(row) for row in rows]

    def find_event_ids(self, claim_ids: Iterable[str]) -> set[str]:
        query = "SELECT DISTINCT event_id FROM event_claims WHERE claim_id IN (SELECT unnest(?::VARCHAR[]))"
        rows = self._run(query, ["event_claims"], [sorted(set(claim_ids))])
        return {row[0] for row in rows if row[0] is not None}

    def find_events_with_new_copies(self) -> set[str]:
        """Events of reports whose text another report, not yet among theirs, repeats."""
        query = (
            "SELECT DISTINCT e.event_id FROM reports r JOIN event_claims c ON r.copy_of = c.report_id "
            "JOIN events e ON e.event_id = c.event_id WHERE NOT list_contains(e.reports, r.report_id)"
        )
        return {row[0] for row in self._run(query, ["reports", "event_claims", "events"])}

    def find_claim_ids(self) -> list[str]:
        return [row[0] for row in self._run("SELECT claim_id FROM claims ORDER BY 1", ["claims"])]

    def find_gone(self) -> list[dict[str, Any]]:
        """Rows of ids that no event has any more."""
        query = "SELECT * FROM every.events WHERE gone IS NOT NULL ORDER BY event_id, generation"
        return self._engine.find_rows(query, tables=["events"])

    def _claims(self, where: str, values: Sequence[Any]) -> list[Claim]:
        rows = self._engine.find_rows(
            f"SELECT * FROM claims WHERE {where} ORDER BY claim_id", values, tables=["claims"]
        )
        return [read_claim(row) for row in rows]

    def _appear(self, report_id: str, date: dt.date | None, outlet: str | None, copy_of: str | None) -> Appearance:
        text = copy_of or report_id
        while text in self._versions:
            text = self._versions[text]
        return Appearance(report_id, date.isoformat() if date else None, outlet, text)

    def _run(self, query: str, tables: Sequence[Any], values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._engine.execute(query, values, tables=tables).fetchall()
