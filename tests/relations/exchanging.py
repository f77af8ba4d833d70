"""Dossiers of events that the real builder makes of claims written as lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from told import make_told

from dragoman.domain import Appearance, Claim, Dossier, Event, Magnitude, Party, Provenance
from dragoman.pipeline.events import build_events

NAMES = {"RUS": "Russia", "PRK": "North Korea", "UKR": "Ukraine", "USA": "United States", "CHN": "China"}
SCORES = {
    "AID": 10.0, "COOPERATE": 9.5, "AGREE": 2.5, "SUPPORT": 5.0, "CONSULT": 2.5, "RETREAT": 6.5, "CONCEDE": 4.5, "REQUEST": -1.0,
    "ACCUSE": -3.0, "REJECT": -2.0, "THREATEN": -3.5, "SANCTION": -6.0, "COERCE": -7.0, "ASSAULT": -9.0, "MOBILIZE": -5.5,
}  # fmt: skip


def make_claim(name: str, line: str, **changes: Any) -> Claim:
    """A claim from ``day outlet | status TYPE [mode] | who > whom | sentence with its [act]``; ``+`` joins mutual parties."""
    where, what, who, text = (cell.strip() for cell in line.split("|", 3))
    day = where.split()[0]
    who = " > ".join(" + ".join(f"state:{code}" for code in side.split(" + ")) for side in who.split(" > "))
    claim = make_told(name, f"re_{name}", what, who, text, date=day, place="", model=None)
    quad = "verbal conflict" if claim.event_type == "REQUEST" else claim.quad
    return replace(claim, intensity=SCORES[claim.event_type], quad=quad, **changes)


def make_dossier(*groups: list[tuple[str, dict[str, Any]]] | str) -> Dossier:
    """A dossier of events: each a line, or several lines (with changes of their claims) that tell one event."""
    events, claims, reports, sources = [], {}, {}, {}
    for n, group in enumerate(groups):
        lines = [(group, {})] if isinstance(group, str) else group
        told = []
        for m, (line, changes) in enumerate(lines):
            claim = make_claim(f"{n}{chr(97 + m)}", line, **changes)
            day, outlet = line.split("|")[0].split()
            reports[claim.report_id] = Appearance(claim.report_id, day, outlet, claim.report_id)
            sources[claim.report_id] = Provenance(
                claim.report_id, outlet, day, f"https://{outlet}.example/{claim.id}", ""
            )
            claims[claim.id] = claim
            told.append(claim)
        events += build_events([told], reports, {})
    return Dossier(tuple(sorted(events, key=lambda e: (e.day or "", e.id))), claims, sources, NAMES)


def get_event(dossier: Dossier, claim_id: str) -> Event:
    return next(event for event in dossier.events if claim_id in event.claims)


def make_size(text: str, value: float, unit: str, kind: Any = "people") -> Magnitude:
    return Magnitude(text, 0, len(text), value, value, value, unit, kind)


def make_voice(name: str, code: str) -> Party:
    return Party(name, 0, 1, f"state:{code}", name, code, code, "GOV")
