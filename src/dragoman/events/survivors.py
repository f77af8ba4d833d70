"""Where the id of an event leads after others have been derived: to the event that holds its claims, or to the reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.domain import Event, Survivor


def find_survivors(
    old_events: Iterable[Event], new_events: Iterable[Event], withdrawn: Mapping[str, str] | None = None
) -> dict[str, Survivor]:
    """For each old id that no new event has: where it leads.

    Args:
        old_events: Before.
        new_events: After; all events that hold any claim of the old ones.
        withdrawn: Claim → why a person says that it tells of no happening.
    """
    new = list(new_events)
    alive = {event.id for event in new}
    holder = {claim: event.id for event in new for claim in event.claims}
    return {old.id: _find_one(old, holder, withdrawn or {}) for old in old_events if old.id not in alive}


def _find_one(old: Event, holder: Mapping[str, str], withdrawn: Mapping[str, str]) -> Survivor:
    counts: dict[str, int] = {}
    for claim in old.claims:
        if claim in holder:
            counts[holder[claim]] = counts.get(holder[claim], 0) + 1
    became = tuple(sorted(counts, key=lambda name: (-counts[name], name)))
    if len(became) == 1:
        return Survivor(old.id, became, f"merged into {became[0]}")
    if became:
        return Survivor(old.id, became, f"split into {', '.join(became[:-1])} and {became[-1]}")
    reasons = [withdrawn[claim] for claim in old.claims if claim in withdrawn]
    return Survivor(old.id, (), f"withdrawn: {reasons[0]}" if reasons else "its claims are no longer in the archive")
