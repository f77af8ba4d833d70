"""Imported events as rows of the archive's table, and what a row tells as acts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

from dragoman.archive.act_queries import APART
from dragoman.archive.rows import Row
from dragoman.domain import Act
from dragoman.interchange.imported import UNKNOWN, Imported, Side

_PLAIN = (
    "line", "row_id", "day", "last_day", "date_precision", "mutual", "event_type", "mode", "quad", "intensity", "status",
    "code", "scale", "place", "place_country", "place_precision", "url", "text",
)  # fmt: skip
_DIGITS = 16
CERTAIN = 1.0
"""Confidence of an imported act: another's data is taken at its word, since it says nothing of its own doubt."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file on its way into a set."""

    set_name: str
    format: str
    file: str
    sha256: str

    @property
    def unit(self) -> str:
        """Key of the file in its set, fit for names of parts."""
        return f"import-{self.set_name}-{self.sha256[:_DIGITS]}"


def make_imported_row(row: Imported, source: Source, number: int) -> Row:
    """A row of the table. ``number`` counts rows of one line (a PLOVER record may name several types)."""
    key = f"{source.set_name}\x1f{source.sha256}\x1f{row.line}\x1f{number}"
    return {
        "imported_id": f"im_{hashlib.sha256(key.encode()).hexdigest()[:_DIGITS]}",
        "set_name": source.set_name, "unit": source.unit, "file": source.file,
        **{name: getattr(row, name) for name in _PLAIN},
        "context": list(row.context), **_spread("actor", row.actors), **_spread("recipient", row.recipients),
        "place_lat": row.lat, "place_lon": row.lon, "report_count": row.reports, "outlet_count": row.outlets,
        "figures": [figure.what for figure in row.figures], "figure_values": [figure.best for figure in row.figures],
        "figure_lows": [figure.low for figure in row.figures],
        "figure_highs": [figure.high for figure in row.figures],
        "original": json.dumps(row.original, ensure_ascii=False, default=str),
    }  # fmt: skip


def _spread(side: str, parties: Sequence[Side]) -> Row:
    return {
        f"{side}s": [party.name for party in parties],
        f"{side}_codes": [party.code for party in parties],
        f"{side}_countries": [party.country for party in parties],
        f"{side}_sectors": [party.sector for party in parties],
    }


def make_acts(row: Mapping[str, Any]) -> Iterator[Act]:
    """An imported row as each ordered pair of its parties sees it; nothing where it lacks type, day or actor.

    Parties are counted as in acts of events: under their state but for those who don't act for it. Who gave the reports
    isn't known by id, so an act names none.
    """
    if row["event_type"] is None or row["day"] is None or not row["actor_codes"]:
        return
    actors, others = _find_keys(row, "actor"), _find_keys(row, "recipient")
    pairs: Iterator[tuple[str, str | None]]
    if row["mutual"] and len({*actors, *others}) > 1:
        pairs = permutations(dict.fromkeys([*actors, *others]), 2)
    else:
        sides: list[str | None] = [*others] or [None]
        pairs = product(actors, sides)
    for actor, recipient in pairs:
        yield Act(
            event_id=row["imported_id"], day=str(row["day"]), actor=actor, recipient=recipient,
            event_type=row["event_type"], mode=row["mode"], quad=row["quad"], intensity=row["intensity"],
            status=row["status"], mutual=bool(row["mutual"]), confidence=CERTAIN, context=tuple(row["context"] or ()),
            origin=row["set_name"],
        )  # fmt: skip


def _find_keys(row: Mapping[str, Any], side: str) -> list[str]:
    columns = (row[f"{side}_{name}"] or () for name in ("codes", "countries", "sectors"))
    keys = (
        country if country and sector not in APART else code for code, country, sector in zip(*columns, strict=True)
    )
    return list(dict.fromkeys(key or UNKNOWN for key in keys))
