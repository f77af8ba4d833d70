"""Events with evidence, invented by us, for writers of other formats."""

from __future__ import annotations

from typing import Any

from dragoman.domain import Event, EventParty, EventPlace, Figure, Magnitude, StatusChange, Voice
from dragoman.interchange.codes import get_quad, get_score
from dragoman.interchange.told import Evidence, Told

JAPAN = EventParty("state:JPN", "Japan", "JPN", "JPN", "GOV", 1.0)
MANILA = EventParty("state:PHL", "Philippines", "PHL", "PHL", "GOV", 1.0)
POLICE = EventParty("unknown", "Ghana's police", "GHA", "GHA", "COP", 1.0)
MARCHERS = EventParty("unknown", "marchers <\x0b&> “Ōtsu”", "GHA-CIV", "GHA", "CVL", 1.0)
UN = EventParty("org:un", "United Nations", "UNO", None, "IGO", 1.0)
NOBODY = EventParty("unknown", "unknown", "UNK", None, None, 1.0)
SUBIC = EventPlace("Subic Bay", "PHL", 14.78, 120.23, "city", "point", 1.0)
GHANA = EventPlace("Ghana", "GHA", 7.9, -1.0, "country", "country", 1.0)


def make_event(name: str = "a1", **changes: Any) -> Event:
    """Japan gives the Philippines two boats, so the Philippines' minister says."""
    kind, mode = changes.get("event_type", "AID"), changes.get("mode")
    plain: dict[str, Any] = {
        "id": f"ev_{name}", "claims": (f"cl_{name}1", f"cl_{name}2"), "event_type": kind, "type_share": 1.0, "mode": mode,
        "context": ("military",), "quad": get_quad(kind), "intensity": get_score(kind, mode), "actors": (JAPAN,),
        "recipients": (MANILA,), "mutual": False, "status": "occurred",
        "history": (
            StatusChange("planned", "2024-03-01", None, f"cl_{name}1"),
            StatusChange("occurred", "2024-03-05", "A minister", f"cl_{name}2"),
        ),
        "earliest": "2024-03-05", "latest": "2024-03-06", "day": "2024-03-05", "day_how": "act", "place": SUBIC,
        "figures": (Figure(Magnitude("two boats", 3, 12, 2.0, 2.0, 2.0, "boats", "items"), "A minister", f"cl_{name}2", "2024-03-05"),),
        "claimants": (Voice("A minister", "PHL", "PHL", 1),),
        "outlets": (Voice("Strait Courier", None, None, 1), Voice("Harbour", None, None, 1)),
        "reports": (f"re_{name}1", f"re_{name}2"), "texts": 2, "first_report": "2024-03-05", "last_report": "2024-03-06", "confidence": 0.8,
    }  # fmt: skip
    return Event(**{**plain, **changes})


def tell(event: Event) -> Told:
    """The event with a claim of each of its ids."""
    return Told(event, tuple(_make_evidence(event, number, name) for number, name in enumerate(event.claims)))


def _make_evidence(event: Event, number: int, name: str) -> Evidence:
    return Evidence(
        claim_id=name, report_id=event.reports[number % len(event.reports)], outlet="Strait Courier",
        url=f"https://strait-courier.example/{name}", title="Boats, at last", day="2024-03-05", language="en",
        characters=900, sentence=number, text='Japan gave the Philippines two "boats".', sentence_start=10, sentence_end=49,
        trigger="gave", trigger_start=16, actor_start=10, recipient_start=None if number else 21, status=event.status,
        claimant="A minister" if number else None, confidence=0.73,
    )  # fmt: skip
