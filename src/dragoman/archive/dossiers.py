"""Events of an archive with their claims and where these stand: what ledgers, commitments and briefs are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.parties import find_listed_names
from dragoman.archive.rows import read_claim
from dragoman.domain import Claim, Dossier, Event, Provenance

_BATCH = 5_000
"""Claims asked for at a time."""


def make_dossier(engine: Engine, events: Iterable[Event]) -> Dossier:
    """Events by day with their claims, the reports these stand in, and names for the codes of their parties."""
    ordered = sorted(events, key=lambda event: (event.day or "", event.id))
    claims: dict[str, Claim] = {}
    reports: dict[str, Provenance] = {}
    wanted = sorted({name for event in ordered for name in event.claims})
    for at in range(0, len(wanted), _BATCH):
        for row in _find_rows(engine, wanted[at : at + _BATCH]):
            claim = read_claim(row)
            claims[claim.id] = claim
            reports.setdefault(claim.report_id, _read_provenance(row))
    return Dossier(tuple(ordered), claims, reports, find_names(ordered))


def find_names(events: Iterable[Event]) -> dict[str, str]:
    """Code → name, for codes of the roster and of these events' parties; persons have none of their own."""
    names = dict(find_listed_names())
    for event in events:
        for party in (*event.actors, *event.recipients):
            if party.code and party.code not in names and not party.id.startswith("person:"):
                names[party.code] = party.name
    return names


def _find_rows(engine: Engine, ids: Sequence[str]) -> list[dict[str, Any]]:
    query = "SELECT * FROM claims WHERE claim_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY claim_id"
    return engine.find_rows(query, [list(ids)], tables=["claims"])


def _read_provenance(row: dict[str, Any]) -> Provenance:
    date = row["report_date"]
    return Provenance(row["report_id"], row["outlet"], date.isoformat() if date else None, row["url"], row["title"])
