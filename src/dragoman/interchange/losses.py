"""What an export could not hold: counted, with ids to look at, beside the file and in one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.domain import Event

_SHOWN = 20
"""Ids told of each loss; the counts tell of all."""
_FIELDS: Mapping[str, Callable[[Event], bool]] = {
    "status": lambda e: e.status != "occurred",
    "status history": lambda e: len(e.history) > 1,
    "claimants": lambda e: bool(e.claimants),
    "sizes": lambda e: bool(e.figures),
    "mode": lambda e: e.mode is not None,
    "contexts": lambda e: bool(e.context),
    "place": lambda e: e.place is not None,
    "place precision": lambda e: e.place is not None,
    "range of days": lambda e: bool(e.earliest and e.latest and e.earliest != e.latest),
    "mutual": lambda e: e.mutual,
    "confidence": lambda e: True,
    "independent texts": lambda e: True,
    "outlets": lambda e: len(e.outlets) > 1,
    "further reports": lambda e: len(e.reports) > 1,
    "sentences": lambda e: True,
}
"""Fields of an event that formats lack, and whether an event has something to lose there."""
FIELDS = frozenset(_FIELDS)


@dataclass(slots=True)
class _Count:
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, event_id: str) -> None:
        self.count += 1
        if len(self.examples) < _SHOWN:
            self.examples.append(event_id)


@dataclass(slots=True)
class Losses:
    """The loss report of one export."""

    format: str
    events: int = 0
    """Events that were asked for."""
    written: int = 0
    """Of them, those that are in the file."""
    rows: int = 0
    """Rows, records or features of the file."""
    left_out: dict[str, _Count] = field(default_factory=dict)
    """Reason → events that are not in the file."""
    lost: dict[str, _Count] = field(default_factory=dict)
    """Field that the format can't hold → events that had something there."""
    changed: dict[str, _Count] = field(default_factory=dict)
    """What is told otherwise → events."""

    def leave_out(self, event: Event, why: str) -> None:
        """Count an event that is not written."""
        self.left_out.setdefault(why, _Count()).add(event.id)

    def change(self, event: Event, what: str) -> None:
        """Count an event that is written otherwise than it is."""
        self.changed.setdefault(what, _Count()).add(event.id)

    def lose(self, event: Event, names: Iterable[str]) -> None:
        """Count the fields, among these, in which an event had something."""
        for name in names:
            if _FIELDS[name](event):
                self.lost.setdefault(name, _Count()).add(event.id)

    def to_json(self) -> str:
        """The whole report."""
        return json.dumps(self.as_record(), ensure_ascii=False, indent=2) + "\n"

    def as_record(self) -> dict[str, Any]:
        def tell(counts: Mapping[str, _Count]) -> dict[str, Any]:
            ranked = sorted(counts.items(), key=lambda item: (-item[1].count, item[0]))
            return {name: {"events": each.count, "examples": each.examples} for name, each in ranked}

        return {
            "format": self.format, "events": self.events, "written": self.written, "rows": self.rows,
            "left_out": tell(self.left_out), "lost": tell(self.lost), "changed": tell(self.changed),
        }  # fmt: skip

    def say(self) -> str:
        """One line."""
        parts = [f"{self.written:,} of {self.events:,} events in {self.rows:,} rows"]
        for title, counts in (("left out", self.left_out), ("not held", self.lost), ("told otherwise", self.changed)):
            ranked = sorted(counts.items(), key=lambda item: (-item[1].count, item[0]))
            if ranked:
                parts.append(f"{title}: " + ", ".join(f"{name} {each.count:,}" for name, each in ranked))
        return "; ".join(parts)
