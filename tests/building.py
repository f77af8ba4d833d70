"""An archive of a few reports with one claim each, as adding would have made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from told import MAKER, make_told

from dragoman.archive.copies import make_fingerprint
from dragoman.archive.rows import hash_text, make_claim_rows, make_coding_row, make_report_row, name_report
from dragoman.archive.writer import Work, open_writer
from dragoman.domain import Reading, Report

STRIKE = "occurred ASSAULT aerial", "state:ISR > state:SYR"
TOLD = [
    ("2024-03-05", *STRIKE, "Israeli jets [struck] a depot near Homs on Monday, killing three guards.", "2024-03-04"),
    ("2024-03-05", *STRIKE, "Jets from Israel [struck] an arms depot near Homs on Monday, killing guards.", "2024-03-04"),
    ("2024-03-06", *STRIKE, "Israeli jets [struck] a depot near Homs on Tuesday, killing two guards.", "2024-03-05"),
    ("2024-03-07", *STRIKE, "A depot near Homs was [struck] by Israeli jets on Monday and three guards were killed.", "2024-03-04"),
    ("2024-03-12", "planned CONSULT visit", "state:FRA > state:KAZ", "The French president will [visit] Kazakhstan next week.", None),
    ("2024-03-14", "occurred CONSULT visit", "state:FRA > state:KAZ", "The French president [visited] Kazakhstan for talks.", "2024-03-14"),
]  # fmt: skip
"""Day, what, who, sentence, told day: a strike told thrice, another strike, a visit planned and made."""


def add(archive: Path, numbers: Sequence[int], model: Any, *, copy_of: str | None = None) -> list[str]:
    """Add the reports of these lines of ``TOLD`` as one unit of work; gives their ids."""
    work = Work(f"unit-{'-'.join(map(str, numbers))}{'-copies' if copy_of else ''}")
    ids = []
    with open_writer(archive, MAKER, "a test") as writer:
        for n in numbers:
            reading = read_line(n, model, is_copy=copy_of is not None)
            row = make_report_row(reading.report, record_id=str(n), unit=work.key)
            if copy_of:
                row |= {"copy_of": copy_of, "text": None}
            else:
                work.codings.append(make_coding_row(reading, writer.coder))
                work.claims += make_claim_rows(reading, writer.coder)
            work.reports.append(row)
            text = reading.report.text
            work.marks[reading.report.id] = make_fingerprint(text, hash_text(text), None)
            work.count("copies" if copy_of else "coded")
            ids.append(reading.report.id)
        writer.commit(work)
    return ids


def read_line(n: int, model: Any, *, is_copy: bool) -> Reading:
    day, what, who, text, date = TOLD[n]
    plain = text.replace("[", "").replace("]", "")
    outlet = f"Outlet {n}" + (" B" if is_copy else "")
    report = name_report(Report("", plain, date=day, outlet=outlet, language="en"))
    claim = make_told(str(n), report.id, what, who, text, date=date, place="", model=model)
    claims = () if is_copy else (replace(claim, report_id=report.id),)
    return Reading(report, (), (claim.sentence,), claims, ())
