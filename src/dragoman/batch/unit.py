"""One unit on its way through: what was read of it, how that stands to the archive, what was found, what became of it all."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.archive.rows import make_rejected_row, make_report_row
from dragoman.archive.writer import Work, Writer
from dragoman.batch.pool import Failure, Outcome
from dragoman.batch.tasks import Coded, CodingOne, NewReport
from dragoman.domain import Rejected, Report
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.pipeline.inputs import RawRecord

MAX_RAW_BYTES = 1_000_000
"""Largest record that is kept aside whole where it can't be read."""


@dataclass(slots=True)
class _Slot:
    """A report that is being coded, and what was found in it. Slots keep the order of the input."""

    report: Report
    is_known: bool = False
    found: Coded | Failure | None = None


@dataclass(slots=True)
class OpenUnit:
    """A unit that isn't committed yet. Its records are judged in order, once all before them are."""

    number: int
    work: Work
    records: list[RawRecord | InputError | None] = field(default_factory=list)
    """Let go once read."""
    bytes: int = 0
    slots: list[_Slot] = field(default_factory=list)
    failures: list[InputError] = field(default_factory=list)
    """What was not kept, to be told."""
    is_redone: bool = False
    note: str = ""
    """What brought it, for the list of snapshots."""
    _outcomes: dict[int, Outcome] = field(default_factory=dict)
    _next: int = 0
    _open: int = 0

    @property
    def is_judged(self) -> bool:
        return self._next == len(self.records)

    @property
    def is_complete(self) -> bool:
        return self.is_judged and not self._open

    def count_done(self) -> int:
        """Reports that need nothing more."""
        return self.work.counts["read"] + sum(slot.found is not None for slot in self.slots)

    def take_read(self, index: int, outcome: Outcome) -> None:
        """What reading a record gave."""
        self._outcomes[index] = outcome

    def take_coded(self, index: int, outcome: Outcome) -> None:
        """What coding a report gave."""
        slot = self.slots[index]
        slot.found = outcome.failure or outcome.found[0]
        self._open -= 1

    def judge(self, writer: Writer) -> list[tuple[int, CodingOne]]:
        """Judge the records that can be, in order; gives the reports to be coded, each with its slot."""
        first = len(self.slots)
        while not self.is_judged:
            record = self.records[self._next]
            outcome = self._outcomes.pop(self._next, None)
            if outcome is None and not isinstance(record, InputError):
                break
            self._judge_one(record, outcome, writer)
            self.records[self._next] = None
            self._next += 1
        return self._list_tasks(first, writer.coder)

    def add_slot(self, report: Report, *, is_known: bool = False) -> None:
        """A report to be coded."""
        self.slots.append(_Slot(report, is_known))

    def open_slots(self, coder: str) -> list[tuple[int, CodingOne]]:
        """The tasks of all slots (those of texts that the archive holds)."""
        return self._list_tasks(0, coder)

    def finish(self, coder: str) -> Work:
        """The unit's rows, in the order of the input."""
        for slot in self.slots:
            if isinstance(slot.found, Coded):
                self._add_coded(slot, slot.found)
            elif slot.found:
                self._add_uncoded(slot, slot.found, coder)
        return self.work

    def _list_tasks(self, first: int, coder: str) -> list[tuple[int, CodingOne]]:
        self._open += len(self.slots) - first
        unit = self.work.key
        return [(n, CodingOne(self.slots[n].report, coder, unit)) for n in range(first, len(self.slots))]

    def _judge_one(self, record: RawRecord | InputError | None, outcome: Outcome | None, writer: Writer) -> None:
        if isinstance(record, InputError):
            self._reject(record, None)
            return
        raw = _keep_raw(record)
        found = outcome.found if outcome else ()
        for each in found:
            if isinstance(each, InputError):
                self._reject(each, raw)
                raw = None  # once is enough
            else:
                self._judge_report(each, writer)
        failure = outcome.failure if outcome else None
        place = record.place if record else ""
        if failure:
            self._reject(InputError(_tell(failure), place=place, reason=failure.reason), raw, step="limits")
        elif not found:
            self._reject(InputError("holds no report", place=place, reason="empty"), raw)

    def _judge_report(self, new: NewReport, writer: Writer) -> None:
        report, standing = new.report, writer.find_standing(new.report.id, new.mark)
        if standing.verdict == "known":
            self.work.count("known")
            if self.is_redone and writer.find_original(report.id) == report.id:
                self._add_again(report)
            return
        row = make_report_row(report, record_id=new.record_id, unit=self.work.key)
        row["likeness"] = standing.likeness
        if standing.verdict == "copy" and standing.other:
            self.work.count("copies")
            row["copy_of"] = standing.other
            row["text"] = None if writer.has_text(standing.other, new.mark) else report.text
        else:
            row["version_of"] = standing.other
            self.add_slot(report)
        self.work.reports.append(row)
        self.work.marks[report.id] = new.mark

    def _add_again(self, report: Report) -> None:
        if all(slot.report.id != report.id for slot in self.slots):
            self.add_slot(report, is_known=True)

    def _add_coded(self, slot: _Slot, found: Coded) -> None:
        self.work.codings.append(found.coding)
        self.work.claims += found.claims
        self.work.rejected += found.rejected
        if not slot.is_known:
            self.work.count(found.coding["state"])

    def _add_uncoded(self, slot: _Slot, failure: Failure, coder: str) -> None:
        """A report that could not be coded is kept, with no coding; ``recode --redo`` may try it again."""
        rejected = Rejected("limits", failure.reason, failure.detail)
        self.work.rejected.append(make_rejected_row(rejected, slot.report, coder=coder, unit=self.work.key))
        self.failures.append(InputError(_tell(failure), place=slot.report.place, reason=failure.reason))
        if not slot.is_known:
            self.work.count("rejected")

    def _reject(self, error: InputError, raw: str | None, *, step: str = "read") -> None:
        row = make_rejected_row(
            Rejected(step, error.reason, error.message), None, coder=None, unit=self.work.key, raw=raw
        )
        self.work.rejected.append({**row, "place": error.place or None})
        self.work.count("rejected")
        self.failures.append(error)


def make_coding_unit(number: int, key: str, reports: Sequence[Report]) -> OpenUnit:
    """A unit of reports that the archive holds and that are only coded; nothing is read, so nothing is counted."""
    unit = OpenUnit(number, Work(key))
    for report in reports:
        unit.add_slot(report, is_known=True)
    return unit


def _keep_raw(record: RawRecord | None) -> str | None:
    """A record in base64, unless it is too large, or a file of its own that can be read again."""
    if record is None or len(record.data) > MAX_RAW_BYTES or Path(record.place).is_file():
        return None
    return base64.b64encode(record.data).decode("ascii")


def _tell(failure: Failure) -> str:
    return f"{failure.reason}: {failure.detail}" if failure.detail else failure.reason
