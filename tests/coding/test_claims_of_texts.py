"""Whole texts through the whole pipeline: each row of cases/claims.yml says which claims a short report speaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import dragoman
from dragoman.domain import Claim

ROWS = yaml.safe_load((Path(__file__).parents[1] / "cases" / "claims.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def parts() -> dragoman.Parts:
    return dragoman.load_parts()


def tell(claim: Claim, like: str) -> str:
    """The claim in the words of the case file, with as many of its details as ``like`` names."""
    actors, recipients = ("+".join(sorted(p.code for p in side)) for side in (claim.actors, claim.recipients))
    parts = [f"{claim.event_type} {claim.status} {actors} > {recipients}".strip()]
    for detail in (d.split()[0] for d in like.split("|")[1:]):
        if detail == "claimant":
            parts.append(f"claimant {claim.claimant.code if claim.claimant else None}")
        elif detail == "size":
            parts += [f"size {m.value:g} {m.kind}" for m in claim.magnitudes if m.value is not None] or ["size none"]
        elif detail == "on":
            parts.append(f"on {claim.date}")
        elif detail == "in":
            parts.append(f"in {claim.place.country if claim.place else None}")
    return " | ".join(parts)


def normalise(wanted: str) -> str:
    head, *details = (p.strip() for p in wanted.split("|"))
    event_type, status, rest = head.split(" ", 2)
    actors, _, recipients = rest.partition(">")
    sides = ["+".join(sorted(s.strip().split("+"))) for s in (actors, recipients)]
    return " | ".join([f"{event_type} {status} {sides[0]} > {sides[1]}".strip(), *details])


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["text"][:60])
def test_a_text_speaks_its_claims(row: dict[str, Any], parts: dragoman.Parts) -> None:
    text = (
        row["text"]
        + " "
        + row.get("after", "Nothing more was known by the evening, the desk wrote in its note to readers.")
    )
    reading = dragoman.read(text, date=row.get("date", "2024-06-20"), parts=parts)
    own = [c for c in reading.claims if c.trigger.end <= len(row["text"])]
    if row["claims"] == "none":
        assert own == [], [tell(c, "") for c in own]
        return
    found = [normalise(w) in {tell(c, w) for c in own} for w in row["claims"]]
    told = [tell(c, "| claimant | size | on | in") for c in own]
    assert any(found) if row.get("any") else all(found), f"wanted {row['claims']}, got {told}"
