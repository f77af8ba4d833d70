"""What a large archive is counted from, held in memory: how many claims, events, reports and outlets a question has.

Ids are numbered from 0, each kind by itself, and columns are arrays of numbers, so that a question is a mask over rows and what it
has a set of marks. Rows stand for pairs of parties as in ``dyads``; a mutual claim of one party alone has two, each with nobody on
the other side, so that it is found by either side and by no pair, as in ``claims`` itself.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.archive.filters import Filters, ask_days, find_pairs, is_narrow
from dragoman.archive.parties import Directory, Parties

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

NO_DAY = -(2**31)
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows for pairs of parties, of claims or of events. Words of a column are numbers of its list of words, -1 where there is none."""

    columns: dict[str, Array]
    """Days count from 1970; those of no day are ``NO_DAY``."""
    words: dict[str, dict[str, int]]
    """Column → word → its number; all party columns share ``party``'s."""

    def choose(self, filters: Filters, directory: Directory) -> Array:
        """A mask of the rows that are asked for."""
        mask = self._choose_parties(filters, directory)
        for column, wanted in (("event_type", filters.type), ("quad", filters.quad), ("status", filters.status)):
            if wanted:
                mask &= self._is_among(column, column, wanted)
        if filters.min_confidence is not None:
            mask &= self.columns["confidence"] >= filters.min_confidence
        return mask & choose_days(self.columns["day"], filters)

    def _choose_parties(self, filters: Filters, directory: Directory) -> Array:
        pairs = find_pairs(filters, directory)
        mask = np.full(len(self.columns["day"]), not pairs)
        for actors, recipients in pairs:
            both = self._choose_side("actor", actors)
            other = self._choose_side("recipient", recipients)
            mask |= other if both is None else both if other is None else both & other
        return mask

    def _choose_side(self, side: str, parties: Parties) -> Array | None:
        """Rows with one of these on a side; ``None`` where anybody may stand there."""
        if not parties.codes:
            return None
        return self._is_among(side, "party", parties.codes) | self._is_among(f"{side}_country", "party", parties.codes)

    def _is_among(self, column: str, words: str, wanted: Any) -> Array:
        known = self.words[words]
        table = np.zeros(len(known) + 1, dtype=bool)  # the last stands for none
        table[[known[word] for word in wanted if word in known]] = True
        found: Array = table[self.columns[column]]
        return found


@dataclass(frozen=True, slots=True)
class Tally:
    """What is held of one snapshot."""

    claims: Rows
    """With ``claim``, ``event`` (-1 where it is of none) and ``report`` as numbers."""
    events: Rows
    """With ``event``."""
    told: dict[str, Array]
    """``event`` and ``report``: which reports tell which events."""
    spread: dict[str, Array]
    """``event`` and ``outlet``: which outlets."""
    reports: dict[str, Array]
    """By number: ``root`` (the report whose text it repeats, or itself), ``outlet``, ``day``."""
    outlets: dict[str, int]
    sizes: dict[str, int]
    """How many numbers there may be of each kind."""

    def count_claims(self, directory: Directory, filters: Filters) -> dict[str, int] | None:
        """Claims, and the events, reports and outlets they are of; ``None`` where the columns held don't tell."""
        if not _can_tell(filters, directory):
            return None
        rows = np.flatnonzero(self.claims.choose(filters, directory))
        claims, events, reports = (
            self._mark(kind, self.claims.columns[kind][rows]) for kind in ("claim", "event", "report")
        )
        outlets = self._mark("outlet", self.reports["outlet"][reports[self.reports["root"]]])
        return _count(claims=claims, events=events, reports=reports, outlets=outlets)

    def count_events(self, directory: Directory, filters: Filters) -> dict[str, int] | None:
        """Events with their reports and outlets; ``None`` where the columns held don't tell."""
        if not _can_tell(filters, directory):
            return None
        events = self._mark("event", self.events.columns["event"][self.events.choose(filters, directory)])
        reports = self._mark("report", self.told["report"][events[self.told["event"]]])
        outlets = self._mark("outlet", self.spread["outlet"][events[self.spread["event"]]])
        return _count(events=events, reports=reports, outlets=outlets)

    def count_reports(self, filters: Filters) -> dict[str, int] | None:
        """Reports by outlet and day, with the events they tell; ``None`` where more is asked for."""
        if filters != Filters(outlet=filters.outlet, since=filters.since, until=filters.until):
            return None
        mask = choose_days(self.reports["day"], filters)
        if filters.outlet:
            asked = {outlet.lower() for outlet in filters.outlet}
            mask &= np.isin(self.reports["outlet"], [n for name, n in self.outlets.items() if name.lower() in asked])
        roots = self._mark("report", self.reports["root"][mask])
        events = self._mark("event", self.claims.columns["event"][roots[self.claims.columns["report"]]])
        return _count(events=events, reports=mask, outlets=self._mark("outlet", self.reports["outlet"][mask]))

    def _mark(self, kind: str, numbers: Array) -> Array:
        """Marks of these numbers among all of a kind; -1 marks none."""
        marks = np.zeros(self.sizes[kind] + 1, dtype=bool)
        marks[numbers] = True
        return marks[:-1]


def choose_days(days: Array, filters: Filters) -> Array:
    """A mask of the days from ``since`` to ``until``; what has no day is only there where neither is asked for."""
    mask = np.ones(len(days), dtype=bool)
    for first in ask_days(Filters(since=filters.since), "day").values:
        mask &= days >= (first - _EPOCH).days
    for last in ask_days(Filters(until=filters.until), "day").values:
        mask &= (days <= (last - _EPOCH).days) & (days != NO_DAY)
    return mask


def _can_tell(filters: Filters, directory: Directory) -> bool:
    """Whether the columns held know all that is asked for, of one pair or side at most: of several, no one row need meet all."""
    sides = [filters.either, filters.dyad, filters.actor or filters.recipient]
    is_one = sum(map(bool, sides)) <= 1 and not (filters.report or filters.claim)
    return is_one and is_narrow(filters, directory)


def _count(**marks: Array) -> dict[str, int]:
    return {name: int(np.count_nonzero(each)) for name, each in marks.items()}
