"""Events of an archive with their claims and where these stand: what ledgers, commitments and briefs are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.archive.engine import Engine
from dragoman.archive.event_queries import EventFilters, find_events
from dragoman.archive.parties import load_listed
from dragoman.archive.rows import read_claim
from dragoman.domain import Claim, Dossier, Event, Provenance

_BATCH = 5_000
"""Claims asked for at a time."""


def find_dossier(engine: Engine, filters: EventFilters) -> Dossier:
    """The events that meet the filters, by day, with all their claims."""
    events = sorted(find_events(engine, filters), key=lambda event: (event.day or "", event.id))
    return make_dossier(engine, events)


def make_dossier(engine: Engine, events: Sequence[Event]) -> Dossier:
    """Events with their claims, the reports these stand in, and names for the codes of their parties."""
    claims: dict[str, Claim] = {}
    reports: dict[str, Provenance] = {}
    wanted = sorted({name for event in events for name in event.claims})
    for at in range(0, len(wanted), _BATCH):
        for row in _find_rows(engine, wanted[at : at + _BATCH]):
            claim = read_claim(row)
            claims[claim.id] = claim
            reports.setdefault(claim.report_id, _read_provenance(row))
    return Dossier(tuple(events), claims, reports, find_names(events))


def find_names(events: Iterable[Event]) -> dict[str, str]:
    """Code → name, for codes of states and organisations of the roster and of these events' parties."""
    names: dict[str, str] = {}
    for named in load_listed():
        if named.id.split(":")[0] != "person" and named.code:
            _keep(names, named.id, named.code, named.names[0])
    for event in events:
        for party in (*event.actors, *event.recipients):
            if party.code and party.code not in names and not party.id.startswith("person:"):
                names[party.code] = party.name
    return names


def _keep(names: dict[str, str], id: str, code: str, name: str) -> None:
    """A state's own name stands before that of its organs, which share its code."""
    if id == f"state:{code}" or code not in names:
        names[code] = name


def _find_rows(engine: Engine, ids: Sequence[str]) -> list[dict[str, Any]]:
    query = "SELECT * FROM claims WHERE claim_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY claim_id"
    return engine.find_rows(query, [list(ids)], tables=["claims"])


def _read_provenance(row: dict[str, Any]) -> Provenance:
    date = row["report_date"]
    return Provenance(row["report_id"], row["outlet"], date.isoformat() if date else None, row["url"], row["title"])
