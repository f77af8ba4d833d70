"""How much one answer holds, and how a longer one is gone through. Answers are read by models whose memory is short."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dragoman.errors import ArchiveError

EVENTS, MOST_EVENTS = 20, 50
"""Events in a list: when nothing is said, and at most. Fifty are about 40 kB."""
CLAIMS, MOST_CLAIMS = 10, 30
REPORTS, MOST_REPORTS = 10, 30
PERIODS, MOST_PERIODS = 36, 120
TIES, MOST_TIES = 30, 100
ACTORS, MOST_ACTORS = 8, 20
IDS = 10
"""Ids beside a number; how many more there are is told."""
PARTIES = 12
"""Parties, voices or figures of one event; how many more there are is told."""
TEXT = 700
"""Code points of one text."""
REACH = 1_000
"""How far a list can be gone through: whoever wants more should ask for less at a time."""
LONGEST_SERIES = 2_000
"""Periods of a series: five years of days."""
SECONDS = 30.0
"""Time after which a question is given up."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list an answer begins. A cursor names the snapshot and the question: it goes on with these alone."""

    snapshot: int
    question: str
    start: int = 0

    def write(self, start: int) -> str:
        """The cursor for the answer that begins there."""
        return f"{self.snapshot}-{self.question}-{start}"


def find_place(snapshot: int, question: Mapping[str, Any], cursor: str | None) -> Place:
    """Where the answer to a question begins.

    Raises:
        ArchiveError: The cursor is none, is of another question, or the archive has grown since.
    """
    words = json.dumps(question, sort_keys=True, default=str)
    place = Place(snapshot, sha256(words.encode()).hexdigest()[:8])
    if not cursor:
        return place
    number, _, rest = cursor.partition("-")
    named, _, start = rest.partition("-")
    if not (number.isdecimal() and number.isascii() and start.isdecimal() and start.isascii() and len(start) < 7):
        raise ArchiveError("that is no cursor; give back 'next' as it was told, or leave it out")
    if int(number) != snapshot:
        raise ArchiveError("the archive has grown since that cursor was told; ask again without it")
    if named != place.question:
        raise ArchiveError("that cursor is of another question; give it with the same arguments, or leave it out")
    return Place(snapshot, place.question, int(start))


def tell_more(place: Place, shown: int, total: int, what: str) -> dict[str, Any]:
    """What an answer tells of the rest: ``next``, and in words where it can't be gone through."""
    stop = place.start + shown
    more: dict[str, Any] = {"shown": shown, "total": total, "next": None}
    if stop < total and stop < REACH:
        more["next"] = place.write(stop)
    elif stop < total:
        more["note"] = f"{total - stop} more {what} can't be gone through from here: narrow the filters"
    return more


def tell_ids(ids: Sequence[str]) -> dict[str, Any]:
    """Ids of the events behind a number, the first ones, and how many were left out."""
    return {"event_ids": list(ids[:IDS]), "event_ids_left_out": max(0, len(ids) - IDS)}


def tell_some(values: Sequence[Any], name: str) -> dict[str, Any]:
    """The first values of a list, and how many were left out where there are more."""
    rest = len(values) - PARTIES
    return {name: list(values[:PARTIES]), **({f"{name}_left_out": rest} if rest > 0 else {})}
