"""Events and judgements as rows of the archive's tables, and rows as events and judgements again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.archive.rows import Row
from dragoman.domain import Event, EventParty, EventPlace, Figure, Judgement, Magnitude, StatusChange, Voice

_PLAIN = (
    "event_type", "type_share", "mode", "quad", "intensity", "mutual", "status", "earliest", "latest", "day", "day_how",
    "texts", "first_report", "last_report", "confidence",
)  # fmt: skip
_DAYS = ("earliest", "latest", "day", "first_report", "last_report")
_PARTY = {
    "name": "s",
    "id": "_ids",
    "code": "_codes",
    "country": "_countries",
    "sector": "_sectors",
    "share": "_shares",
}
_PLACE = ("name", "country", "lat", "lon", "kind", "precision", "share")
_STATUS = {"status": "statuses", "day": "status_days", "claimant": "status_claimants", "claim_id": "status_claims"}
_SIZE = {
    "text": "figures", "start": "figure_starts", "end": "figure_ends", "value": "figure_values", "low": "figure_lows",
    "high": "figure_highs", "unit": "figure_units", "kind": "figure_kinds",
}  # fmt: skip
_FIGURE = {"claimant": "figure_claimants", "claim_id": "figure_claims", "day": "figure_days"}
_CLAIMANT = {
    "name": "claimants",
    "code": "claimant_codes",
    "country": "claimant_countries",
    "claims": "claimant_counts",
}


def make_event_row(event: Event, generation: int) -> Row:
    """An event as a row."""
    place = event.place
    return {
        "generation": generation, "event_id": event.id, "gone": None, "became": [],
        **{name: getattr(event, name) for name in _PLAIN},
        "context": list(event.context), "claims": list(event.claims), "reports": list(event.reports),
        **_spread(event.actors, {field: f"actor{end}" for field, end in _PARTY.items()}),
        **_spread(event.recipients, {field: f"recipient{end}" for field, end in _PARTY.items()}),
        **_spread(event.history, _STATUS),
        **{("place" if key == "name" else f"place_{key}"): getattr(place, key) if place else None for key in _PLACE},
        **_spread([figure.magnitude for figure in event.figures], _SIZE), **_spread(event.figures, _FIGURE),
        **_spread(event.claimants, _CLAIMANT), **_spread(event.outlets, {"name": "outlets", "claims": "outlet_counts"}),
    }  # fmt: skip


def make_gone_row(event_id: str, became: Sequence[str], reason: str, generation: int) -> Row:
    """What became of an id that no event has any more."""
    return {"generation": generation, "event_id": event_id, "gone": reason, "became": list(became)}


def make_membership_rows(
    event_id: str | None, claims: Iterable[str], reports: Mapping[str, str], generation: int
) -> list[Row]:
    """Which event claims are of; ``reports`` names the report of each."""
    return [
        {"generation": generation, "claim_id": claim, "event_id": event_id, "report_id": reports[claim]}
        for claim in claims
    ]


def make_judgement_row(judgement: Judgement, generation: int) -> Row:
    """A judgement as a row."""
    return {
        "generation": generation, "first": judgement.first, "second": judgement.second, "verdict": judgement.verdict,
        "score": judgement.score, "rule": judgement.rule, "reasons": list(judgement.reasons), "by": judgement.by,
        "when": judgement.when,
    }  # fmt: skip


def make_dropped_row(first: str, second: str, generation: int) -> Row:
    """A pair that the machine no longer compares."""
    return {"generation": generation, "first": first, "second": second, "rule": "pair model", "reasons": []}


def read_judgement(row: Mapping[str, Any]) -> Judgement:
    """A judgement from its row."""
    return Judgement(
        row["first"], row["second"], row["verdict"], row["score"], row["rule"], tuple(row["reasons"] or ()), row["by"],
        row["when"],
    )  # fmt: skip


def read_event(row: Mapping[str, Any]) -> Event:
    """An event from its row."""
    plain = {name: row[name] for name in _PLAIN}
    plain |= {name: plain[name].isoformat() for name in _DAYS if plain[name] is not None}
    sizes = [Magnitude(**cells) for cells in _gather(row, _SIZE)]
    figures = [Figure(size, **cells) for size, cells in zip(sizes, _gather(row, _FIGURE), strict=True)]
    return Event(
        id=row["event_id"],
        claims=tuple(row["claims"]),
        context=tuple(row["context"] or ()),
        actors=tuple(EventParty(**c) for c in _gather(row, {f: f"actor{end}" for f, end in _PARTY.items()})),
        recipients=tuple(EventParty(**c) for c in _gather(row, {f: f"recipient{end}" for f, end in _PARTY.items()})),
        history=tuple(StatusChange(**cells) for cells in _gather(row, _STATUS)),
        place=_read_place(row),
        figures=tuple(figures),
        claimants=tuple(Voice(**cells) for cells in _gather(row, _CLAIMANT)),
        outlets=tuple(
            Voice(name, None, None, count)
            for name, count in zip(row["outlets"] or (), row["outlet_counts"] or (), strict=True)
        ),
        reports=tuple(row["reports"]),
        **plain,
    )


def _read_place(row: Mapping[str, Any]) -> EventPlace | None:
    if row["place"] is None:
        return None
    return EventPlace(*(row["place" if key == "name" else f"place_{key}"] for key in _PLACE))


def _spread(items: Sequence[Any], columns: Mapping[str, str]) -> Row:
    """Column → the values of one field of all items."""
    return {column: [getattr(item, field) for item in items] for field, column in columns.items()}


def _gather(row: Mapping[str, Any], columns: Mapping[str, str]) -> list[dict[str, Any]]:
    cells = [row[column] or () for column in columns.values()]
    return [dict(zip(columns, values, strict=True)) for values in zip(*cells, strict=True)]
