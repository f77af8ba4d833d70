"""SQLite that datasette opens: events with their parties, figures, history and sentences, tied by foreign keys.

Beside ``NAME.db`` stands ``NAME.metadata.json``, which datasette takes with ``--metadata``: titles, units, what columns hold.
Full texts are not in it, only the sentences that claims rest on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman.domain import Event
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import Told, WriteOptions

_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE reports (report_id TEXT PRIMARY KEY, outlet TEXT, title TEXT, date TEXT, url TEXT, language TEXT);
CREATE TABLE parties (party_id TEXT PRIMARY KEY, code TEXT, name TEXT, country TEXT, sector TEXT);
CREATE TABLE events (
    event_id TEXT PRIMARY KEY, day TEXT, day_how TEXT, earliest TEXT, latest TEXT, event_type TEXT, mode TEXT, contexts TEXT,
    quad TEXT, intensity REAL, status TEXT, mutual INTEGER, actors TEXT, recipients TEXT, place TEXT, place_country TEXT,
    latitude REAL, longitude REAL, place_kind TEXT, place_precision TEXT, claims INTEGER, reports INTEGER, outlets INTEGER,
    texts INTEGER, first_report TEXT, last_report TEXT, type_share REAL, confidence REAL);
CREATE TABLE event_parties (
    event_id TEXT REFERENCES events(event_id), party_id TEXT REFERENCES parties(party_id), side TEXT, share REAL,
    PRIMARY KEY (event_id, side, party_id));
CREATE TABLE claims (
    claim_id TEXT PRIMARY KEY, event_id TEXT REFERENCES events(event_id), report_id TEXT REFERENCES reports(report_id),
    sentence TEXT, trigger TEXT, status TEXT, claimant TEXT, confidence REAL, sentence_number INTEGER,
    sentence_start INTEGER, sentence_end INTEGER, trigger_start INTEGER);
CREATE TABLE figures (
    figure_id INTEGER PRIMARY KEY, event_id TEXT REFERENCES events(event_id), claim_id TEXT REFERENCES claims(claim_id),
    text TEXT, value REAL, low REAL, high REAL, unit TEXT, kind TEXT, claimant TEXT, day TEXT);
CREATE TABLE history (
    history_id INTEGER PRIMARY KEY, event_id TEXT REFERENCES events(event_id), claim_id TEXT REFERENCES claims(claim_id),
    status TEXT, day TEXT, claimant TEXT);
"""
_INDEXES = """
CREATE INDEX events_day ON events(day);
CREATE INDEX events_type ON events(event_type);
CREATE INDEX event_parties_party ON event_parties(party_id);
CREATE INDEX claims_event ON claims(event_id);
CREATE INDEX claims_report ON claims(report_id);
CREATE INDEX figures_event ON figures(event_id);
CREATE INDEX history_event ON history(event_id);
"""
_SEARCH = """
CREATE VIRTUAL TABLE claims_fts USING fts5(sentence, content="claims", content_rowid="rowid", tokenize="porter unicode61");
INSERT INTO claims_fts(claims_fts) VALUES ('rebuild');
"""
TABLES: Mapping[str, Mapping[str, str]] = {
    "events": {
        "day": "the day it is counted on, ISO 8601", "day_how": "act (told) or report (day of its first report)",
        "earliest": "first day on which it may have happened", "latest": "last such day",
        "event_type": "PLOVER 2.0 event type", "intensity": "PLOVER score, -10 (conflict) to +10 (cooperation)",
        "status": "occurred, ongoing, planned, conditional, denied, historical",
        "latitude": "WGS 84 degrees; of what, place_precision tells", "longitude": "WGS 84 degrees",
        "place_precision": "what the point stands for: point, area, line, country, water, unknown",
        "texts": "independent texts: copies and versions of one count once",
        "type_share": "share of its claims that have this type", "confidence": "chance that it is right, 0 to 1",
    },
    "parties": {"code": "ISO 3166-1 alpha-3 for states and their organs, else UNO, NATO …", "sector": "PLOVER sector"},
    "event_parties": {"side": "actor or recipient", "share": "share of the event's claims that name it"},
    "claims": {"sentence": "what the report says", "sentence_start": "code points in the report's text, from 0"},
    "figures": {"low": "lowest value the words allow", "unit": "ISO 4217 code for money, else what is counted"},
    "history": {"day": "day of the report that says so"},
    "reports": {"date": "day of publication"},
    "about": {},
}  # fmt: skip
"""Table → what its columns hold, where their name doesn't tell."""


def write_sqlite(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A new database; what stood at ``path`` is replaced."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path, isolation_level=None) as base:
        base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        base.execute("BEGIN")
        base.executemany("INSERT INTO about VALUES (?, ?)", _describe(options).items())
        for each in told:
            losses.events += 1
            _add(base, each)
        base.execute("COMMIT")
        base.executescript(f"{_INDEXES} {_SEARCH if options.search else ''}")
        base.execute("PRAGMA foreign_keys = ON")
        faults = base.execute("PRAGMA foreign_key_check").fetchall()
        if faults:
            raise sqlite3.IntegrityError(f"a row without the one it belongs to: {faults[0]}")
        base.execute("VACUUM")
    base.close()
    losses.rows = losses.written = losses.events
    return losses.rows


def make_metadata(path: Path, options: WriteOptions) -> str:
    """The metadata of datasette for the file of that name."""
    tables: dict[str, Any] = {name: {"columns": dict(columns)} for name, columns in TABLES.items()}
    tables["events"] |= {
        "label_column": "event_id",
        "sort_desc": "day",
        "facets": ["event_type", "status", "place_country"],
    }
    tables["parties"] |= {"label_column": "name"}
    tables["claims"] |= {"label_column": "sentence"}
    if options.search:
        tables["claims"] |= {"fts_table": "claims_fts"}
    whole = {"title": options.title, "source": options.source, "databases": {path.stem: {"tables": tables}}}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _describe(options: WriteOptions) -> dict[str, str]:
    return {"title": options.title, "source": options.source, "dragoman": options.version}


def _add(base: sqlite3.Connection, told: Told) -> None:
    event = told.event
    _insert(base, "events", _make_event(event))
    for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for party in parties:
            key = party.id if party.id != "unknown" else f"unknown:{party.code}:{party.name}"
            _insert(base, "parties", (key, party.code, party.name, party.country, party.sector))
            _insert(base, "event_parties", (event.id, key, side, party.share))
    for each in told.evidence:
        _insert(base, "reports", (each.report_id, each.outlet, each.title, each.day, each.url, each.language))
        _insert(base, "claims", (
            each.claim_id, event.id, each.report_id, each.text, each.trigger, each.status, each.claimant, each.confidence,
            each.sentence, each.sentence_start, each.sentence_end, each.trigger_start,
        ))  # fmt: skip
    for figure in event.figures:
        size = figure.magnitude
        _insert(base, "figures", (
            None, event.id, figure.claim_id, size.text, size.value, size.low, size.high, size.unit, size.kind,
            figure.claimant, figure.day,
        ))  # fmt: skip
    for change in event.history:
        _insert(base, "history", (None, event.id, change.claim_id, change.status, change.day, change.claimant))


def _make_event(event: Event) -> Sequence[Any]:
    place = event.place
    where = (place.name, place.country, place.lat, place.lon, place.kind, place.precision) if place else (None,) * 6
    return (
        event.id, event.day, event.day_how, event.earliest, event.latest, event.event_type, event.mode,
        "; ".join(event.context), event.quad, event.intensity, event.status, event.mutual,
        "; ".join(party.name for party in event.actors), "; ".join(party.name for party in event.recipients), *where,
        len(event.claims), len(event.reports), len(event.outlets), event.texts, event.first_report, event.last_report,
        event.type_share, event.confidence,
    )  # fmt: skip


def _insert(base: sqlite3.Connection, table: str, values: Sequence[Any]) -> None:
    """A row; one that is there already (a party, a report) stays as it was first told."""
    base.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(values))})", values)
