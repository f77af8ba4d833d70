"""What an event's status is: the newest of what its claims say, by a stated rule, with the way it came there.

What occurred outranks what was planned, whenever it is said. A denial doesn't undo what others say: it stands in the
history, and the status stays what the others say unless nobody else does, or the denier is who said it before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.domain import Claim, Status, StatusChange

RANK: Mapping[Status, int] = {"historical": 4, "occurred": 4, "ongoing": 3, "denied": 2, "planned": 1, "conditional": 0}
"""Which status outranks which, in ascending order. ``historical`` is ``occurred``, told long after."""


def find_status(claims: Sequence[Claim], days: Mapping[str, str | None]) -> tuple[Status, tuple[StatusChange, ...]]:
    """The status of an event, and its history: an entry whenever status or claimant changes.

    Args:
        claims: By day of report and id.
        days: Report → its day.
    """
    history: list[StatusChange] = []
    for claim in claims:
        who = claim.claimant.name if claim.claimant else None
        if not any(entry.status == claim.status and entry.claimant == who for entry in history):
            history.append(StatusChange(claim.status, days[claim.report_id], who, claim.id))
    return _choose(history), tuple(history)


def _choose(history: Sequence[StatusChange]) -> Status:
    """The highest in rank that wasn't taken back by who said it; of equals the newest."""
    standing = [entry for n, entry in enumerate(history) if not _is_taken_back(entry, history[n + 1 :])]
    return max(enumerate(standing), key=lambda item: (RANK[item[1].status], item[0]))[1].status


def _is_taken_back(entry: StatusChange, later: Sequence[StatusChange]) -> bool:
    """Whether the same claimant later denies it."""
    if entry.claimant is None or entry.status == "denied":
        return False
    return any(other.status == "denied" and other.claimant == entry.claimant for other in later)


def is_contested(history: Sequence[StatusChange]) -> bool:
    """Whether one party says that it happened and another that it didn't."""
    said = {entry.claimant for entry in history if entry.status in ("occurred", "ongoing", "historical")}
    denied = {entry.claimant for entry in history if entry.status == "denied"}
    return bool(said and denied) and said != denied
