"""The loop of a run: units are opened a few ahead, judged in order, coded by whoever is free, committed in order."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.archive.writer import COUNTS, Work, Writer
from dragoman.batch.merging import Merged
from dragoman.batch.pool import Limits, Outcome, Pool
from dragoman.batch.tasks import CodingOne, ReadingOne
from dragoman.batch.unit import OpenUnit
from dragoman.batch.units import UNIT_BYTES, UNIT_RECORDS, RawUnit
from dragoman.errors import InputError

_AHEAD_RECORDS = 3 * UNIT_RECORDS
_AHEAD_BYTES = 3 * UNIT_BYTES
"""What is open at once: enough for all workers, and of a size that never depends on the input."""
_GRACE_SECONDS = 5.0
"""How long a run that was told to stop waits for the unit it is at."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run reads and codes."""

    date: str | None = None
    outlet: str | None = None
    project: Path | None = None
    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    unit_records: int = UNIT_RECORDS
    redo: bool = False
    """Code again, in the place of what this coder found before, what it has read already."""
    allow_private: bool = False
    """Fetch also from one's own machine and network."""
    with_events: bool = False
    """Bring the archive's events up to date at the end, under the same lock, unless the run was stopped."""


@dataclass(slots=True)
class Tally:
    """What came of a run. ``read`` = ``coded`` + ``copies`` + ``known`` + ``without parties`` + ``rejected``, always."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    codings: int = 0
    """Reports that a coder read: new ones and, with ``redo`` and ``recode``, old ones."""
    failed: int = 0
    claims: int = 0
    units: int = 0
    bytes: int = 0
    """Bytes of records in the units that are done."""
    snapshot: int = 0
    to_recode: int = 0
    """Reports that only an earlier coder has read."""
    is_stopped: bool = False
    merged: Merged | None = None
    """What became of the archive's events, where they were brought up to date."""

    def add(self, work: Work, failed: int) -> None:
        for name, count in work.counts.items():
            self.counts[name] += count
        self.codings += len(work.codings)
        self.claims += len(work.claims)
        self.failed += failed
        self.units += 1

    def add_skipped(self, counts: dict[str, int]) -> None:
        """A unit that was committed before: all of it is known, but for what was rejected then."""
        self.counts["read"] += counts["read"]
        self.counts["rejected"] += counts["rejected"]
        self.counts["known"] += counts["read"] - counts["rejected"]


@dataclass(frozen=True, slots=True)
class State:
    """How far a run is."""

    tally: Tally
    reports: int
    """Reports done, those of open units among them."""
    slowest: tuple[str, float] | None
    """What a worker has been at for longest, and for how many seconds."""


class Watch:
    """Whoever looks on. This one is silent and never stops a run."""

    def tell(self, state: State) -> None:
        """Called several times a second."""

    def fail(self, error: InputError) -> None:
        """Called for everything that was read and not kept."""

    def is_stopped(self) -> bool:
        """Whether the run shall end."""
        return False

    def begin_merging(self) -> None:
        """Called when all is read and events are brought up to date."""


class Run:
    """One run over units. The order of commits is that of the units, whoever is done first."""

    def __init__(self, writer: Writer, pool: Pool, watch: Watch, options: Options) -> None:
        self.tally = Tally()
        self._writer, self._pool, self._watch, self._options = writer, pool, watch, options
        self._open: deque[OpenUnit] = deque()
        self._keys: set[str] = set()
        self._count = 0
        self._until: float | None = None

    def go(self, units: Iterator[RawUnit | OpenUnit]) -> Tally:
        """Do all units, or those that are whole when the run is stopped."""
        more = True
        while (more or self._open) and not self._is_over():
            if more and self._has_room():
                more = self._open_next(units)
            self._step()
        self.tally.is_stopped = self._until is not None
        self._sum_up()
        return self.tally

    def _is_over(self) -> bool:
        if self._until is None and self._watch.is_stopped():
            self._until = time.monotonic() + _GRACE_SECONDS
        return self._until is not None and (not self._open or time.monotonic() > self._until)

    def _has_room(self) -> bool:
        records = sum(len(unit.records) + len(unit.slots) for unit in self._open)
        size = sum(unit.bytes for unit in self._open)
        return self._until is None and records < _AHEAD_RECORDS and size < _AHEAD_BYTES

    def _open_next(self, units: Iterator[RawUnit | OpenUnit]) -> bool:
        """Open one more unit; false where there is none."""
        unit = next(units, None)
        if isinstance(unit, OpenUnit):
            self._open.append(unit)
            self._submit(unit, unit.open_slots(self._writer.coder))
        elif unit and not self._skip(unit):
            self._open_raw(unit)
        return unit is not None

    def _skip(self, raw: RawUnit) -> bool:
        """Whether a unit is done already, now or in an earlier run. It isn't parsed then."""
        is_twice = raw.key in self._keys
        self._keys.add(raw.key)
        if not is_twice and (self._options.redo or not self._writer.has_unit(raw.key)):
            return False
        done = self._writer.snapshot.units.get((raw.key, self._writer.coder))
        if done is None:  # it is open, and will have been committed by then
            while (raw.key, self._writer.coder) not in self._writer.snapshot.units and not self._is_over():
                self._step()
            done = self._writer.snapshot.units.get((raw.key, self._writer.coder))
        if done:
            self.tally.add_skipped(dict(done.counts))
            self.tally.bytes += raw.bytes
        return True

    def _step(self) -> None:
        for outcome in self._pool.wait() if self._open else ():
            self._take(outcome)
        self._advance()
        self._watch.tell(self._find_state())

    def _open_raw(self, raw: RawUnit) -> None:
        self._count += 1
        is_redone = self._options.redo
        note = _name_unit(raw)
        unit = OpenUnit(self._count, Work(raw.key), list(raw.records), raw.bytes, is_redone=is_redone, note=note)
        self._open.append(unit)
        for index, record in enumerate(raw.records):
            if not isinstance(record, InputError):
                task = ReadingOne(record, self._options.date, self._options.outlet)
                self._pool.submit(task, (unit, True, index), rank=unit.number)

    def _take(self, outcome: Outcome) -> None:
        unit, is_read, index = outcome.tag
        (unit.take_read if is_read else unit.take_coded)(index, outcome)

    def _advance(self) -> None:
        """Judge what can be judged, commit what is complete; both in order."""
        for unit in self._open:
            self._submit(unit, unit.judge(self._writer))
            if not unit.is_judged:
                break
        while self._open and self._open[0].is_complete:
            self._commit(self._open.popleft())

    def _submit(self, unit: OpenUnit, tasks: list[tuple[int, CodingOne]]) -> None:
        for index, task in tasks:
            self._pool.submit(task, (unit, False, index), rank=unit.number)

    def _commit(self, unit: OpenUnit) -> None:
        work = unit.finish(self._writer.coder)
        self._writer.commit(work, note=unit.note, replaces=self._options.redo)
        self.tally.add(work, len(unit.failures))
        self.tally.bytes += unit.bytes
        for error in unit.failures:
            self._watch.fail(error)

    def _find_state(self) -> State:
        waiting = sum(unit.count_done() for unit in self._open)
        return State(self.tally, self.tally.counts["read"] + waiting, self._pool.find_slowest())

    def _sum_up(self) -> None:
        totals = self._writer.snapshot.totals
        read = totals.get("coded", 0) + totals.get("without parties", 0)
        self.tally.to_recode = max(0, read - totals.get(f"codings {self._writer.coder}", 0))
        self.tally.snapshot = self._writer.snapshot.number


def _name_unit(raw: RawUnit) -> str:
    """The place of a unit's first record."""
    return f"add {raw.records[0].place}"
