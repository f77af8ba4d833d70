"""Which pairs of claims are compared at all: those that share parties, kind and days. Never all pairs.

Each claim stands in a few blocks. A pair belongs to the smallest block that both share, and to no other: what a block
gives depends on its own claims alone, so that new claims touch only the blocks they stand in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dragoman.events.telling import Telling

BUCKET_DAYS = 7
"""A claim stands in the week of its day and in the next: two within a week of one another always meet."""
MOST_BUCKETS = 6
"""Weeks of a claim of which only the month is told; one of which only the year is told goes by its report's day."""
MOST_DYADS = 6
MOST_NEIGHBOURS = 100
"""In a block, sorted by type, day and trigger, a claim is compared with so many that follow it."""

LASTING = "lasting"
"""Kind of block of the claims that name one war as a whole: each is tied to the next, and they are compared with no others."""

Key = str
"""Name of a block."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of some blocks, and how many at most were left out because a block holds too many claims."""

    pairs: tuple[tuple[str, str], ...]
    left_out: int


def find_blocks(telling: Telling) -> frozenset[Key]:
    """The blocks of a claim: unordered parties (or its place, or its words), kind and weeks."""
    if telling.lasting and telling.story.day is not None:
        week = telling.story.day // BUCKET_DAYS
        return frozenset(f"{LASTING}|{telling.lasting}|{n}" for n in (week, week + 1))
    kind = telling.quad.rpartition(" ")[2] if telling.quad else "any"
    names = _find_names(telling, kind)
    return frozenset(f"{name}|{week}" for name in names for week in find_weeks(telling))


def find_weeks(telling: Telling) -> range:
    """Numbers of the weeks in which a claim is looked for."""
    window, day = telling.window, telling.story.day
    if window is not None and window.last - window.first < BUCKET_DAYS * (MOST_BUCKETS - 1):
        return range(window.first // BUCKET_DAYS, window.last // BUCKET_DAYS + 2)
    if day is None:
        return range(1)
    return range(day // BUCKET_DAYS, day // BUCKET_DAYS + 2)


def _find_names(telling: Telling, kind: str) -> list[str]:
    actors = sorted({s.state or s.code for s in telling.actors if s.id})
    recipients = sorted({s.state or s.code for s in telling.recipients if s.id})
    if telling.mutual or not recipients:
        pairs = {(a, b) for a in actors for b in (*actors, *recipients) if a < b}
    else:
        pairs = {(min(a, b), max(a, b)) for a in actors for b in recipients}
    names = [f"dyad|{a}|{b}|{kind}" for a, b in sorted(pairs)[:MOST_DYADS]]
    names += [f"party|{code}|{telling.event_type}" for code in dict.fromkeys((*actors, *recipients))][:MOST_DYADS]
    if telling.place is not None and telling.place.country:
        names.append(f"place|{telling.place.country}|{telling.event_type}")
    return names or [f"words|{telling.stems[0]}"]


def find_pairs(tellings: Mapping[str, Telling], blocks: Iterable[Key] | None = None) -> Pairs:
    """The pairs of blocks, sorted; ids of a pair in order.

    Args:
        tellings: By id; all claims of the blocks asked for.
        blocks: The blocks; all by default.
    """
    keys = {name: find_blocks(telling) for name, telling in tellings.items()}
    members: dict[Key, list[str]] = defaultdict(list)
    for name, found in keys.items():
        for key in found:
            members[key].append(name)
    pairs: list[tuple[str, str]] = []
    left_out = 0
    for key in sorted(members if blocks is None else set(blocks) & members.keys()):
        if key.startswith(LASTING):
            pairs += [(a, b) for a, b in _chain(members[key], tellings) if get_home(keys[a], keys[b]) == key]
            continue
        ordered = sorted(members[key], key=lambda name: _sort_key(tellings[name]))
        pairs += [(a, b) for a, b in _neighbours(ordered) if get_home(keys[a], keys[b]) == key]
        beyond = max(0, len(ordered) - 1 - MOST_NEIGHBOURS)
        left_out += beyond * (beyond + 1) // 2
    return Pairs(tuple(sorted(pairs)), left_out)


def get_home(first: frozenset[Key], second: frozenset[Key]) -> Key | None:
    """The block a pair belongs to: the smallest that both stand in."""
    return min(first & second, default=None)


def _chain(names: Sequence[str], tellings: Mapping[str, Telling]) -> Iterator[tuple[str, str]]:
    """Each with the next by the day of its report, within a month."""
    ordered = sorted(names, key=lambda name: (tellings[name].story.day or 0, name))
    for a, b in pairwise(ordered):
        if find_month(tellings[a]) == find_month(tellings[b]):
            yield (a, b) if a < b else (b, a)


def find_month(telling: Telling) -> tuple[int, int]:
    """Year and month of the report."""
    day = date.fromordinal(telling.story.day or 1)
    return day.year, day.month


def _neighbours(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for n, a in enumerate(names):
        for b in names[n + 1 : n + 1 + MOST_NEIGHBOURS]:
            yield (a, b) if a < b else (b, a)


def _sort_key(telling: Telling) -> tuple[str, int, str, str]:
    day = telling.window.first if telling.window else telling.story.day or 0
    return telling.event_type or "", day, telling.stems[0], telling.id
