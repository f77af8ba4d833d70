"""Readings as rows of the archive's tables, and rows as claims again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import permutations, product
from typing import Any

from dragoman.domain import Claim, Magnitude, Maker, Party, PlaceMention, Reading, Rejected, Report, Sentence, Span

Row = dict[str, Any]
_ID_DIGITS, _TEXT_DIGITS, _CODER_DIGITS = 16, 32, 12


def find_coder(maker: Maker) -> str:
    """Id of a coder: a short hash of all that makes its claims what they are."""
    return hashlib.sha256(json.dumps(asdict(maker), sort_keys=True).encode()).hexdigest()[:_CODER_DIGITS]


def hash_text(text: str) -> str:
    """Exact copies share it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_TEXT_DIGITS]


def name_report(report: Report) -> Report:
    """The report under the id it has in an archive: the same report always gets the same, others never do.

    Input records may carry ids that are only theirs ("1"), so the id is made of text, address, outlet, title and day.
    """
    parts = (hash_text(report.text), report.url or "", report.outlet or "", report.title or "", report.date or "")
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_ID_DIGITS]
    return replace(report, id=f"re_{digest}")


def make_report_row(report: Report, *, record_id: str, unit: str) -> Row:
    """One report as a row. ``copy_of``, ``version_of`` and ``likeness`` are for whoever compares it with others."""
    return {
        "report_id": report.id, "record_id": record_id, "text_id": hash_text(report.text), "url": report.url,
        "outlet": report.outlet, "title": report.title, "date": _day(report.date),
        "date_how": report.date_how, "language": report.language, "translated": report.translated,
        "machine_translated": report.machine_translated, "agencies": list(report.agencies), "text": report.text,
        "characters": len(report.text), "copy_of": None, "version_of": None, "likeness": None,
        "page_sha256": report.page_sha256, "repairs": list(report.repairs), "place": report.place,
        "extra": json.dumps(dict(report.extra), sort_keys=True, default=str) if report.extra else None, "unit": unit,
    }  # fmt: skip


def make_coding_row(reading: Reading, coder: str) -> Row:
    """What a coder made of one report."""
    gated = any(rejected.step == "gate" for rejected in reading.rejected)
    return {
        "report_id": reading.report.id,
        "coder": coder,
        "state": "without parties" if gated else "coded",
        "sentences": len(reading.sentences),
        "sentences_read": sum(bool(sentence.tokens) for sentence in reading.sentences),
        "claims": len(reading.claims),
    }


def make_claim_rows(reading: Reading, coder: str) -> list[Row]:
    """One row for each claim of a reading."""
    return [_claim_row(claim, reading.report, coder) for claim in reading.claims]


def make_dyad_rows(claims: Sequence[Row]) -> list[Row]:
    """One row for each ordered pair of parties of each claim row."""
    return [row for claim in claims for row in _pair_rows(claim)]


def make_rejected_row(
    rejected: Rejected, report: Report | None, *, coder: str | None, unit: str, raw: str | None = None
) -> Row:
    """Something that was not kept, as a row. ``raw`` is its record in base64, where that is kept aside."""
    span = rejected.span
    return {
        "report_id": report.id if report else None, "coder": coder, "step": rejected.step, "reason": rejected.reason,
        "detail": rejected.detail, "place": report.place if report else None,
        "start": span.start if span else None, "stop": span.end if span else None, "raw": raw, "unit": unit,
    }  # fmt: skip


def read_claim(row: Mapping[str, Any]) -> Claim:
    """A claim from its row. Its sentence has text and span, not the model's analysis."""
    sentence = Sentence(row["sentence"], Span(row["sentence_start"], row["sentence_end"]), row["text"], row["block"])
    return Claim(
        id=row["claim_id"],
        sentence=sentence,
        trigger=Span(row["trigger_start"], row["trigger_end"]),
        event_type=row["event_type"],
        mode=row["mode"],
        context=tuple(row["context"] or ()),
        quad=row["quad"],
        intensity=row["intensity"],
        actors=_read_parties(row, "actor"),
        recipients=_read_parties(row, "recipient"),
        mutual=row["mutual"],
        status=row["status"],
        claimant=_read_claimant(row),
        magnitudes=tuple(_read_magnitudes(row)),
        date=row["date"],
        date_span=Span(row["date_start"], row["date_end"]) if row["date_start"] is not None else None,
        place=_read_place(row),
        confidence=row["confidence"],
        why=tuple(row["why"] or ()),
        maker=Maker(row["version"], row["model"], row["roster"], row["codebook"], row["overlay"]),
        report_id=row["report_id"],
        vector=row["vector"],
    )


def read_report(row: Mapping[str, Any]) -> Report:
    """A report from its row (``text`` filled in where it was that of another)."""
    date = row["date"]
    return Report(
        id=row["report_id"], text=row["text"], title=row["title"], date=date.isoformat() if date else None,
        date_how=row["date_how"], outlet=row["outlet"], url=row["url"], agencies=tuple(row["agencies"] or ()),
        language=row["language"], translated=bool(row["translated"]), machine_translated=bool(row["machine_translated"]),
        page_sha256=row["page_sha256"], repairs=tuple(row["repairs"] or ()), place=row["place"] or "",
        extra=json.loads(row["extra"]) if row["extra"] else {},
    )  # fmt: skip


def _claim_row(claim: Claim, report: Report, coder: str) -> Row:
    sentence, when, told = claim.sentence, _day(report.date), _first_day(claim.date)
    return {
        "claim_id": claim.id, "report_id": report.id, "coder": coder, "report_date": when, "outlet": report.outlet,
        "title": report.title, "url": report.url, "sentence": sentence.index, "text": sentence.text,
        "sentence_start": sentence.span.start, "sentence_end": sentence.span.end, "block": sentence.block,
        "trigger": claim.trigger.cut(report.text), "trigger_start": claim.trigger.start,
        "trigger_end": claim.trigger.end, "event_type": claim.event_type, "mode": claim.mode,
        "context": list(claim.context), "quad": claim.quad, "intensity": claim.intensity,
        **_party_cells("actor", claim.actors), **_party_cells("recipient", claim.recipients),
        "mutual": claim.mutual, "status": claim.status, **_claimant_cells(claim.claimant), **_magnitude_cells(claim),
        "date": claim.date, "date_start": claim.date_span.start if claim.date_span else None,
        "date_end": claim.date_span.end if claim.date_span else None,
        "day": told or when, "day_how": "act" if told else "report" if when else None,
        **_place_cells(claim.place), "confidence": claim.confidence, "why": list(claim.why),
        "vector": claim.vector, **asdict(claim.maker),
    }  # fmt: skip


def _party_cells(side: str, parties: Sequence[Party]) -> Row:
    return {
        f"{side}s": [party.name for party in parties],
        f"{side}_codes": [party.code for party in parties],
        f"{side}_ids": [party.id for party in parties],
        f"{side}_countries": [party.country for party in parties],
        f"{side}_sectors": [party.sector for party in parties],
        f"{side}_texts": [party.text for party in parties],
        f"{side}_starts": [party.start for party in parties],
        f"{side}_ends": [party.end for party in parties],
    }


def _claimant_cells(party: Party | None) -> Row:
    keys = ("name", "code", "id", "country", "sector", "text", "start", "end")
    names = ["claimant" if key == "name" else f"claimant_{key}" for key in keys]
    return {name: getattr(party, key) if party else None for name, key in zip(names, keys, strict=True)}


def _magnitude_cells(claim: Claim) -> Row:
    sizes = claim.magnitudes
    return {
        "magnitudes": [size.text for size in sizes],
        "magnitude_values": [size.value for size in sizes],
        "magnitude_lows": [size.low for size in sizes],
        "magnitude_highs": [size.high for size in sizes],
        "magnitude_units": [size.unit for size in sizes],
        "magnitude_kinds": [size.kind for size in sizes],
        "magnitude_starts": [size.start for size in sizes],
        "magnitude_ends": [size.end for size in sizes],
    }


def _place_cells(place: PlaceMention | None) -> Row:
    if place is None:
        return {}
    return {
        "place": place.name, "place_country": place.country, "place_lat": place.lat, "place_lon": place.lon,
        "place_kind": place.kind, "place_precision": place.precision, "place_start": place.span.start,
        "place_end": place.span.end,
    }  # fmt: skip


_PAIR_KEYS = (
    "claim_id",
    "report_id",
    "coder",
    "day",
    "mutual",
    "event_type",
    "quad",
    "intensity",
    "status",
    "confidence",
)


def _pair_rows(claim: Row) -> Iterator[Row]:
    same = {key: claim[key] for key in _PAIR_KEYS}
    actors = list(zip(claim["actor_codes"], claim["actor_countries"], strict=True))
    others: list[tuple[str | None, str | None]] = list(
        zip(claim["recipient_codes"], claim["recipient_countries"], strict=True)
    )
    if claim["mutual"]:
        pairs = permutations(dict.fromkeys([*actors, *others]), 2)
    else:
        pairs = product(dict.fromkeys(actors), dict.fromkeys(others or [(None, None)]))  # type: ignore[assignment]
    for (actor, country), (recipient, other) in pairs:
        yield {**same, "actor": actor, "recipient": recipient, "actor_country": country, "recipient_country": other}


def _read_parties(row: Mapping[str, Any], side: str) -> tuple[Party, ...]:
    keys = ("texts", "starts", "ends", "ids", "s", "codes", "countries", "sectors")
    columns = [row[side + key if key == "s" else f"{side}_{key}"] or () for key in keys]
    return tuple(Party(*cells) for cells in zip(*columns, strict=True))


def _read_claimant(row: Mapping[str, Any]) -> Party | None:
    if row["claimant_id"] is None:
        return None
    keys = ("text", "start", "end", "id", "", "code", "country", "sector")
    return Party(*(row[f"claimant_{key}" if key else "claimant"] for key in keys))


def _read_magnitudes(row: Mapping[str, Any]) -> Iterator[Magnitude]:
    keys = ("magnitudes", "starts", "ends", "values", "lows", "highs", "units", "kinds")
    columns = [row[key if key == "magnitudes" else f"magnitude_{key}"] or () for key in keys]
    return (Magnitude(*cells) for cells in zip(*columns, strict=True))


def _read_place(row: Mapping[str, Any]) -> PlaceMention | None:
    if row["place"] is None:
        return None
    return PlaceMention(
        Span(row["place_start"], row["place_end"]), row["place"], row["place_country"], row["place_lat"],
        row["place_lon"], row["place_kind"], row["place_precision"],
    )  # fmt: skip


def _day(date: str | None) -> str | None:
    """A whole day, or nothing; an impossible one (30 February, year 0) is none."""
    try:
        return dt.date.fromisoformat(date).isoformat() if date and len(date) == 10 else None
    except ValueError:
        return None


def _first_day(date: str | None) -> str | None:
    """The first day of a year, month or day."""
    return _day((date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]) if date else None
