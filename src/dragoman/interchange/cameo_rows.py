"""What the formats of CAMEO have in common: which events they can hold, as which code, a row for each pair of parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.domain import EventParty
from dragoman.interchange.codes import Fit, Kind, choose_cameo
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import HAPPENED, Told, find_pairs

_LOST = (
    "status history", "claimants", "sizes", "mode", "contexts", "place precision", "range of days", "mutual", "confidence",
    "independent texts",
)  # fmt: skip
"""What none of them holds. A mode or context that the code itself says is not lost."""


@dataclass(frozen=True, slots=True)
class CameoRow:
    """One row to write."""

    told: Told
    kind: Kind
    actor: EventParty
    recipient: EventParty | None
    day: str


def find_rows(
    told: Iterable[Told], losses: Losses, *, held: Iterable[str] = (), also: Iterable[str] = ()
) -> Iterator[CameoRow]:
    """Rows of events that have happened and have a day; the others are counted.

    Args:
        told: The events.
        losses: Where losses are counted.
        held: Fields that this format holds, of those that such formats lose.
        also: Fields that it loses beyond those.
    """
    names = frozenset((*_LOST, *also)).difference(held)
    for each in told:
        event = each.event
        losses.events += 1
        if event.status not in HAPPENED:
            losses.leave_out(event, f"{event.status}, which would be told as a fact")
            continue
        if event.day is None:
            losses.leave_out(event, "no day")
            continue
        kind, fit = choose_cameo(event.event_type, event.mode, event.context)
        _tell(each, kind, fit, losses, names)
        count = 0
        for actor, recipient in find_pairs(event):
            count += 1
            yield CameoRow(each, kind, actor, recipient, event.day)
        losses.written += 1
        losses.rows += count
        if count > 1:
            losses.change(event, "one event in several rows, a row a pair of parties")


def _tell(told: Told, kind: Kind, fit: Fit, losses: Losses, names: frozenset[str]) -> None:
    event = told.event
    says_mode = fit == "same" and kind.mode == event.mode
    says_context = len(event.context) == 1 and kind.context == event.context[0]
    said = ({"mode"} if says_mode else set()) | ({"contexts"} if says_context else set())
    losses.lose(event, sorted(names - said))
    if event.status == "ongoing":
        losses.lose(event, ["status"])
    if fit == "none":
        losses.change(event, "no exact CAMEO code: the general one of its root")
    elif fit == "near":
        losses.change(event, "no exact CAMEO code: the nearest one")
    elif kind.mode not in (None, event.mode):
        losses.change(event, "a CAMEO code that says a mode which the event hasn't")
