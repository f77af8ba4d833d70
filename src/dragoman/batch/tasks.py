"""What a worker does with one thing: fetch an address, read a record, code a report. Each gives its findings one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dragoman.archive.copies import Fingerprint, make_fingerprint
from dragoman.archive.rows import (
    Row,
    find_coder,
    hash_text,
    make_claim_rows,
    make_coding_row,
    make_rejected_row,
    name_report,
)
from dragoman.batch.inputs import Page
from dragoman.domain import Report
from dragoman.errors import InputError, ModelError

if TYPE_CHECKING:
    from dragoman.pipeline import Parts
    from dragoman.pipeline.inputs import RawRecord

GetParts = Callable[[], "Parts"]


class Task(Protocol):
    """Something to be done in a worker. It is sent there, and its findings back."""

    @property
    def name(self) -> str:
        """What it is done to, for messages."""

    def run(self, get_parts: GetParts) -> Iterator[object]:
        """Do it."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report as it was read, under its id in the archive."""

    report: Report
    record_id: str
    mark: Fingerprint


@dataclass(frozen=True, slots=True)
class Coded:
    """What a coder found in one report, as rows."""

    coding: Row
    claims: list[Row]
    rejected: list[Row]


@dataclass(frozen=True, slots=True)
class Fetching:
    """Fetch one address that the user named."""

    address: str
    allow_private: bool = False
    """Also from one's own machine and network."""

    @property
    def name(self) -> str:
        return self.address

    def run(self, get_parts: GetParts) -> Iterator[Page | InputError]:
        from dragoman.pipeline.inputs import fetch_page

        try:
            data, meta = fetch_page(self.address, allow_private=self.allow_private)
        except InputError as error:
            yield error
        else:
            yield Page(self.address, data, dict(meta))


@dataclass(frozen=True, slots=True)
class ReadingOne:
    """Read one raw record."""

    record: RawRecord
    date: str | None = None
    outlet: str | None = None

    @property
    def name(self) -> str:
        return self.record.place

    def run(self, get_parts: GetParts) -> Iterator[NewReport | InputError]:
        from dragoman.pipeline.inputs import read_raw

        for found in read_raw(self.record, date=self.date, outlet=self.outlet):
            yield found if isinstance(found, InputError) else make_new(found)


@dataclass(frozen=True, slots=True)
class CodingOne:
    """Code one report."""

    report: Report
    coder: str
    unit: str

    @property
    def name(self) -> str:
        return self.report.place or self.report.id

    def run(self, get_parts: GetParts) -> Iterator[Coded]:
        from dragoman.pipeline import read_report

        parts = get_parts()
        if find_coder(parts.maker) != self.coder:
            raise ModelError("model, roster, codebook or your own files changed while reports were read; run it again")
        reading = read_report(self.report, parts)
        rejected = [make_rejected_row(each, self.report, coder=self.coder, unit=self.unit) for each in reading.rejected]
        yield Coded(make_coding_row(reading, self.coder), make_claim_rows(reading, self.coder), rejected)


def make_new(report: Report) -> NewReport:
    """A report as read under its id in the archive, with what it is compared by."""
    named = name_report(report)
    return NewReport(named, report.id, make_fingerprint(named.text, hash_text(named.text), named.url))
