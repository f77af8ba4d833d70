"""Reports that tell the same: twelve English wordings of one report, and one feed's items, snapshot after snapshot."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.domain import Appearance, Claim, Report
from dragoman.pipeline import Parts, read_report
from dragoman.reading import read_input

DAY = "2023-02-15"
"""The documents are of February 2023; none tells its day."""


class Place(NamedTuple):
    """Where a claim stands."""

    document: str
    report: str
    segment: int
    claim: str


def group_wordings(data: Path, parts: Parts) -> tuple[list[Claim], dict[str, Appearance], dict[Any, list[Place]]]:
    """Claims of every wording of every news document, their reports, and the groups: segment, type and parties."""
    root = ET.parse(next((data / "wmt23_uk-en_mt").glob("*.xml"))).getroot()
    claims, reports, groups = [], {}, defaultdict(list)
    for doc in root.iter("doc"):
        if doc.get("domain") != "news":
            continue
        for version in [*doc.findall("ref"), *doc.findall("hyp")]:
            name = f"{doc.get('id')} {version.get('system') or version.get('translator')}"
            text, starts = "", []
            for segment in version.iter("seg"):
                starts.append(len(text))
                text += (segment.text or "").strip() + "\n"
            reports[name] = Appearance(name, DAY, version.get("system"), name)
            for claim in read_report(Report(name, text, date=DAY, language="en"), parts).claims:
                claims.append(claim)
                segment = sum(start <= claim.trigger.start for start in starts) - 1
                sides = tuple(tuple(sorted(p.code for p in side)) for side in (claim.actors, claim.recipients))
                place = Place(doc.get("id", ""), name, segment, claim.id)
                groups[doc.get("id"), segment, claim.event_type, sides].append(place)
    return claims, reports, groups


def read_snapshots(paths: Sequence[Path]) -> list[tuple[int, Report]]:
    """The items of each snapshot, with the snapshot's number."""
    return [(n, item) for n, path in enumerate(paths) for item in read_input(path) if isinstance(item, Report)]
