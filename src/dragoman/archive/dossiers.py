"""Events of an archive with their claims and where these stand: what ledgers, commitments and briefs are drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.archive.by_id import MOST, find_claims
from dragoman.archive.engine import Engine
from dragoman.archive.parties import find_listed_names
from dragoman.archive.rows import read_claim
from dragoman.domain import Claim, Dossier, Event, Provenance


def make_dossier(engine: Engine, events: Iterable[Event]) -> Dossier:
    """Events by day with their claims, the reports these stand in, and names for the codes of their parties."""
    ordered = sorted(events, key=lambda event: (event.day or "", event.id))
    found: dict[str, Claim] = {}
    told: dict[str, Provenance] = {}
    wanted = list(dict.fromkeys(name for event in ordered for name in event.claims))  # by day, as they lie in the files
    for at in range(0, len(wanted), MOST):
        for row in find_claims(engine, wanted[at : at + MOST]):
            claim = read_claim(row)
            found[claim.id] = claim
            told.setdefault(claim.report_id, _read_provenance(row))
    claims = dict(sorted(found.items()))
    reports = {claim.report_id: told[claim.report_id] for claim in claims.values()}
    return Dossier(tuple(ordered), claims, reports, find_names(ordered))


def find_names(events: Iterable[Event]) -> dict[str, str]:
    """Code → name, for codes of the roster and of these events' parties; persons have none of their own."""
    names = dict(find_listed_names())
    for event in events:
        for party in (*event.actors, *event.recipients):
            if party.code and party.code not in names and not party.id.startswith("person:"):
                names[party.code] = party.name
    return names


def _read_provenance(row: dict[str, Any]) -> Provenance:
    date = row["report_date"]
    return Provenance(row["report_id"], row["outlet"], date.isoformat() if date else None, row["url"], row["title"])
