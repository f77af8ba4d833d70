"""Claims as a flat table, one row a claim: what ``--csv`` and ``--tsv`` print. ``docs/reference.md`` tells the columns.

Lists are joined with ``"; "``; lists that belong together (``actor_codes`` and ``actors``) keep their places, so that
a missing country leaves an empty place. Missing is empty. Runs of white space become one space: one row, one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.domain import Claim, Party, Reading, Report
from dragoman.interchange.tables import JOIN, Dialect, find_cell, write_cells, write_header

COLUMNS: tuple[str, ...] = (
    "report_id", "report_date", "outlet", "title", "url",
    "claim_id", "sentence", "trigger", "trigger_start", "trigger_end",
    "event_type", "mode", "context", "quad", "intensity",
    "actors", "actor_codes", "actor_ids", "actor_countries", "actor_sectors", "actor_texts",
    "recipients", "recipient_codes", "recipient_ids", "recipient_countries", "recipient_sectors", "recipient_texts",
    "mutual", "status", "claimant", "claimant_code",
    "magnitudes", "magnitude_values", "magnitude_units", "magnitude_kinds",
    "date", "place", "place_country", "place_lat", "place_lon",
    "place_kind", "place_precision",
    "confidence", "why", "text", "sentence_start", "sentence_end",
    "version", "model", "roster", "codebook", "overlay",
)  # fmt: skip


def write_table(readings: Iterable[Reading], *, dialect: Dialect = "csv") -> Iterable[str]:
    """The table in pieces: the header, then the rows of each reading as it comes.

    Args:
        readings: Reports with their claims.
        dialect: ``csv`` (RFC 4180, lines end in LF), ``tsv``, or ``excel``: CSV with a byte order mark and an
            apostrophe before cells that a spreadsheet would run as a formula.
    """
    yield write_header(COLUMNS, dialect)
    for reading in readings:
        yield "".join(write_cells(find_cells(claim, reading.report), dialect) for claim in reading.claims)


def find_cells(claim: Claim, report: Report) -> list[str]:
    """The cells of one claim, in the order of ``COLUMNS``."""
    row: dict[str, str | int | float | None] = {
        "report_id": report.id,
        "report_date": report.date,
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "claim_id": claim.id,
        "sentence": claim.sentence.index,
        "trigger": claim.trigger.cut(report.text),
        "trigger_start": claim.trigger.start,
        "trigger_end": claim.trigger.end,
        "event_type": claim.event_type,
        "mode": claim.mode,
        "context": JOIN.join(claim.context),
        "quad": claim.quad,
        "intensity": claim.intensity,
        **_party_cells("actor", claim.actors),
        **_party_cells("recipient", claim.recipients),
        "mutual": "true" if claim.mutual else "false",
        "status": claim.status,
        "claimant": claim.claimant.name if claim.claimant else None,
        "claimant_code": claim.claimant.code if claim.claimant else None,
        **_magnitude_cells(claim),
        "date": claim.date,
        **_place_cells(claim),
        "confidence": claim.confidence,
        "why": JOIN.join(claim.why),
        "text": claim.sentence.text,
        "sentence_start": claim.sentence.span.start,
        "sentence_end": claim.sentence.span.end,
        "version": claim.maker.version,
        "model": claim.maker.model,
        "roster": claim.maker.roster,
        "codebook": claim.maker.codebook,
        "overlay": claim.maker.overlay,
    }
    return [find_cell(row[column]) for column in COLUMNS]


def _party_cells(side: str, parties: Sequence[Party]) -> dict[str, str]:
    return {
        f"{side}s": JOIN.join(party.name for party in parties),
        f"{side}_codes": JOIN.join(party.code for party in parties),
        f"{side}_ids": JOIN.join(party.id for party in parties),
        f"{side}_countries": JOIN.join(party.country or "" for party in parties),
        f"{side}_sectors": JOIN.join(party.sector or "" for party in parties),
        f"{side}_texts": JOIN.join(party.text for party in parties),
    }


def _magnitude_cells(claim: Claim) -> dict[str, str]:
    sizes = claim.magnitudes
    return {
        "magnitudes": JOIN.join(size.text for size in sizes),
        "magnitude_values": JOIN.join(find_cell(size.value) for size in sizes),
        "magnitude_units": JOIN.join(size.unit for size in sizes),
        "magnitude_kinds": JOIN.join(size.kind for size in sizes),
    }


def _place_cells(claim: Claim) -> dict[str, str | float | None]:
    place = claim.place
    return {
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "place_lat": place.lat if place else None,
        "place_lon": place.lon if place else None,
        "place_kind": place.kind if place else None,
        "place_precision": place.precision if place else None,
    }
