"""Reviews: what persons say of single claims. One small SQLite file beside the archive's ledger; they are only ever added."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FILE = "reviews.sqlite"
Verdict = Literal["right", "wrong", "fixed"]
_SCHEMA = """
CREATE TABLE IF NOT EXISTS reviews (
    number INTEGER PRIMARY KEY, claim_id TEXT NOT NULL, report_id TEXT NOT NULL, verdict TEXT NOT NULL, fix TEXT NOT NULL,
    "by" TEXT NOT NULL, "when" TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS reviews_claim ON reviews (claim_id);
"""
_COLUMNS = ("number", "claim_id", "report_id", "verdict", "fix", "by", "when")


@dataclass(frozen=True, slots=True)
class Review:
    """What a person says of a claim."""

    claim_id: str
    report_id: str
    verdict: Verdict
    fix: Mapping[str, Any]
    """Fields of the claim as they should be, in the shape of the coding guide."""
    by: str
    when: str
    """UTC, ISO 8601."""
    number: int = 0


def add_review(archive: Path, review: Review) -> int:
    """Keep a review; gives its number."""
    values = (review.claim_id, review.report_id, review.verdict, json.dumps(dict(review.fix)), review.by, review.when)
    with closing(sqlite3.connect(archive / FILE, timeout=30)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.executescript(_SCHEMA)
        with db:
            query = 'INSERT INTO reviews (claim_id, report_id, verdict, fix, "by", "when") VALUES (?, ?, ?, ?, ?, ?)'
            return int(db.execute(query, values).lastrowid or 0)


def find_reviews(archive: Path, claim_ids: Sequence[str] | None = None) -> list[Review]:
    """All reviews, or those of some claims, in the order they came."""
    return [review for review in _read(archive) if claim_ids is None or review.claim_id in set(claim_ids)]


def find_newest(reviews: Sequence[Review]) -> dict[str, Review]:
    """Claim → what was said of it last."""
    return {review.claim_id: review for review in reviews}


def _read(archive: Path) -> Iterator[Review]:
    if not (archive / FILE).exists():
        return
    with closing(sqlite3.connect(f"{(archive / FILE).resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as db:
        columns = ", ".join(f'"{name}"' for name in _COLUMNS)
        for row in db.execute(f"SELECT {columns} FROM reviews ORDER BY number"):
            found = dict(zip(_COLUMNS, row, strict=True))
            yield Review(**{**found, "fix": json.loads(found["fix"])})
