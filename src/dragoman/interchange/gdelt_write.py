"""GDELT 2 events and mentions, from our events: what has happened, a row for each pair of parties.

IsRootEvent and AvgTone stay empty: Dragoman measures neither. ADM codes and feature ids likewise.
Source: GDELT Event Codebook 2.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.domain import EventParty, EventPlace
from dragoman.interchange.cameo_rows import CameoRow, find_rows
from dragoman.interchange.cells import write_line
from dragoman.interchange.codes import find_sector_word, get_cameo_country, load_countries
from dragoman.interchange.gdelt_read import EVENTS, MENTIONS
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import Evidence, Told, WriteOptions, find_name, make_number

_GEO_TYPES = {"country": 1, "area": 5, "point": 4, "line": 4, "water": 4}


def write_gdelt(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A file of the 61 columns, tabs, without a header."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        for row in find_rows(told, losses, also=("sentences",)):
            cells = _make_event(row)
            stream.write(write_line([cells.get(column) for column in EVENTS]))
    return losses.rows


def write_mentions(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A file of the 16 columns: a row for each claim of each row that ``write_gdelt`` writes of the same events.

    ``Extras`` holds the claim's id, status and claimant as JSON.
    """
    rows = 0
    with open(path, "w", encoding="utf-8", newline="") as stream:
        for row in find_rows(told, losses, held=("claimants", "status history", "confidence")):
            for evidence in row.told.evidence:
                rows += 1
                cells = _make_mention(row, evidence)
                stream.write(write_line([cells.get(column) for column in MENTIONS]))
    losses.rows = rows
    return rows


def number_row(row: CameoRow) -> int:
    """The GLOBALEVENTID of a row: a number made of event and pair."""
    return make_number(row.told.event.id, row.actor.code, row.recipient.code if row.recipient else "")


def _make_event(row: CameoRow) -> dict[str, Any]:
    event, kind, (year, month, day) = row.told.event, row.kind, row.day.split("-")
    root = kind.code[:2]
    share = min((int(month) * 30 + int(day)) / 365, 0.9999)  # as GDELT's codebook reckons
    urls = [evidence.url for evidence in row.told.evidence if evidence.url]
    return {
        "GLOBALEVENTID": number_row(row), "SQLDATE": f"{year}{month}{day}", "MonthYear": f"{year}{month}", "Year": year,
        "FractionDate": f"{int(year) + share:.4f}",
        **_make_actor("Actor1", row.actor), **_make_actor("Actor2", row.recipient),
        "EventCode": kind.code, "EventBaseCode": kind.code[:3], "EventRootCode": root, "QuadClass": _find_class(root),
        "GoldsteinScale": kind.goldstein, "NumMentions": len(event.claims), "NumSources": len(event.outlets) or 1,
        "NumArticles": len(event.reports), **_make_place("ActionGeo", event.place),
        "DATEADDED": f"{(event.first_report or row.day).replace('-', '')}000000",
        "SOURCEURL": urls[0] if urls else (row.told.evidence[0].report_id if row.told.evidence else None),
    }  # fmt: skip


def _find_class(root: str) -> int:
    """GDELT's class goes by the root of the code: 01-05, 06-08, 09-13, 14-20."""
    number = int(root)
    return 1 if number <= 5 else 2 if number <= 8 else 3 if number <= 13 else 4


def _make_actor(who: str, party: EventParty | None) -> dict[str, Any]:
    """An actor: its country with its role, or an organisation as a known group."""
    if party is None:
        return {}
    role = find_sector_word("cameo", party.sector) if party.country or party.code == "UNK" else None
    country = get_cameo_country(party.country) if party.country else None
    group = None if country or party.code == "UNK" else party.code
    return {
        f"{who}Code": f"{country or group or ''}{role or ''}" or None, f"{who}Name": (find_name(party) or "").upper() or None,
        f"{who}CountryCode": country, f"{who}KnownGroupCode": group, f"{who}Type1Code": role or ("IGO" if group else None),
    }  # fmt: skip


def _make_place(which: str, place: EventPlace | None) -> dict[str, Any]:
    if place is None:
        return {f"{which}_Type": 0}
    country = load_countries().get(place.country or "")
    name = place.name if country is None or country.name == place.name else f"{place.name}, {country.name}"
    return {
        f"{which}_Type": _GEO_TYPES.get(place.precision, 0), f"{which}_FullName": name,
        f"{which}_CountryCode": country.fips if country else None, f"{which}_Lat": place.lat, f"{which}_Long": place.lon,
    }  # fmt: skip


def _make_mention(row: CameoRow, evidence: Evidence) -> dict[str, Any]:
    extras = {"claim_id": evidence.claim_id, "status": evidence.status, "claimant": evidence.claimant}
    return {
        "GLOBALEVENTID": number_row(row), "EventTimeDate": f"{row.day.replace('-', '')}000000",
        "MentionTimeDate": f"{(evidence.day or row.day).replace('-', '')}000000", "MentionType": 1,
        "MentionSourceName": evidence.outlet, "MentionIdentifier": evidence.url or evidence.report_id,
        "SentenceID": evidence.sentence + 1, "Actor1CharOffset": _offset(evidence.actor_start),
        "Actor2CharOffset": _offset(evidence.recipient_start), "ActionCharOffset": evidence.trigger_start, "InRawText": 1,
        "Confidence": max(10, min(100, round(evidence.confidence * 10) * 10)), "MentionDocLen": evidence.characters,
        "Extras": json.dumps(extras, ensure_ascii=False),
    }  # fmt: skip


def _offset(start: int | None) -> int:
    """-1 where the party isn't named in the sentence, as GDELT writes it."""
    return -1 if start is None else start
