"""The frozen type that every series, network and ledger is counted from: an Act is one event seen from one ordered pair."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.domain.reading import EventType, Quad, Status


@dataclass(frozen=True, slots=True)
class Act:
    """One event as one ordered pair of its parties sees it. A mutual event is an act of each pair in both orders.

    Light on purpose: a million fit into memory. What made it is found again by ``event_id``.
    """

    event_id: str
    day: str
    """The day it is counted on, ISO 8601."""
    actor: str
    """Code of the acting party: ISO 3166-1 alpha-3 for states and their organs, else UNO, NATO …, UNK."""
    recipient: str | None
    event_type: EventType
    mode: str | None
    quad: Quad
    intensity: float
    """PLOVER score of type and mode, -10 (conflict) to +10 (cooperation)."""
    status: Status
    mutual: bool
    confidence: float
    """Chance that the event is right, 0 to 1."""
    reports: int = 1
    outlets: int = 1
    texts: int = 1
    """Independent texts that tell it."""
    origin: str = "coded"
    """``coded``, or the name of the imported set it comes from."""
