"""The ledger drawn from the parts: known reports, their fingerprints and their words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.archive.copies import Fingerprint, make_fingerprint
from dragoman.archive.ledger import Ledger
from dragoman.archive.manifest import Part, Snapshot
from dragoman.archive.parts import connect, quote

_BATCH = 100
"""Reports held at a time; a text may have 20 million bytes."""


def draw_reports(ledger: Ledger, archive: Path, snapshot: Snapshot) -> None:
    """Take in the reports of all parts that the ledger doesn't know, such as those of a process that was killed."""
    indexed = ledger.find_indexed()
    for part in snapshot.find_parts("reports"):
        if part.name not in indexed:
            ledger.add_reports(part.name, _read_marks(archive, part))


def _read_marks(archive: Path, part: Part) -> Iterator[tuple[str, str | None, Fingerprint, str | None, str | None]]:
    query = f"SELECT report_id, copy_of, text_id, url, title, text FROM {quote(str(archive / part.name))}"
    with connect(threads=1) as connection:
        found = connection.execute(query)
        while rows := found.fetchmany(_BATCH):
            for report_id, copy_of, text_id, url, title, text in rows:
                yield report_id, copy_of, make_fingerprint(text or "", text_id, url), title, text
