"""Alerts: new events that involve whom one asked for, or a pair of parties that never met in the archive before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.archive import Archive
from dragoman.archive.act_queries import find_acts, find_pairs
from dragoman.archive.where import Where
from dragoman.domain import Event

NEW_PAIR = "new pair"
_NEW = "SELECT event_id FROM every.events GROUP BY 1 HAVING min(generation) > {0}"


@dataclass(frozen=True, slots=True)
class Alert:
    """A new event, why it is told, and the sentence that made it."""

    event: Event
    why: tuple[str, ...]
    """What was asked for (``RUS,PRK``, ``Japan``), and ``new pair: PRK,RUS``."""
    sentence: str
    outlet: str | None
    url: str | None


def find_generation(archive: Archive) -> int:
    """The number of the last deriving that changed events; 0 where there are none."""
    rows = archive.engine.find_rows("SELECT max(generation) AS newest FROM every.events", tables=["events"])
    return int(rows[0]["newest"] or 0)


def check_asked(archive: Archive, asked: Sequence[str]) -> None:
    """Refuse names that nobody has.

    Raises:
        ArchiveError: A name is unknown or could be several actors.
    """
    for value in asked:
        _ask(archive, value, 0).limit(0).count_rows()


def find_alerts(archive: Archive, after: int, asked: Sequence[str], *, with_new_pairs: bool) -> list[Alert]:
    """Alerts about the events that came after a generation, by day.

    Args:
        archive: Its newest snapshot.
        after: The generation up to which alerts were given.
        asked: ``A,B`` is what passes between two, ``A`` all that one does or undergoes.
        with_new_pairs: Also tell pairs of parties that had no event before. In an archive that had no events at all
            every pair is new, and none is told.
    """
    why: dict[str, list[str]] = {}
    for value in asked:
        for row in _ask(archive, value, after).rows():
            why.setdefault(row["event_id"], []).append(value)
    if with_new_pairs and after:
        for event_id, pair in _find_new_pairs(archive, after):
            why.setdefault(event_id, []).append(f"{NEW_PAIR}: {','.join(pair)}")
    alerts = [_make_alert(archive, event_id, reasons) for event_id, reasons in why.items()]
    return sorted(alerts, key=lambda alert: (alert.event.day or "", alert.event.id))


def to_record(alert: Alert) -> dict[str, Any]:
    """An alert as JSON tells it."""
    event = alert.event
    return {
        "kind": "alert", "event": event.id, "why": list(alert.why), "day": event.day, "type": event.event_type,
        "mode": event.mode, "status": event.status, "actors": [party.name for party in event.actors],
        "recipients": [party.name for party in event.recipients], "confidence": round(event.confidence, 3),
        "reports": len(event.reports), "sentence": alert.sentence, "outlet": alert.outlet, "url": alert.url,
    }  # fmt: skip


def _ask(archive: Archive, value: str, after: int) -> Any:
    query = archive.events(dyad=[value]) if "," in value else archive.events(either=[value])
    new = f"SELECT * FROM events WHERE event_id IN ({_NEW.format(int(after))})"
    return replace(query, source=f"SELECT * FROM ({new}) AS events {{where}}", columns=("event_id",))


def _find_new_pairs(archive: Archive, after: int) -> list[tuple[str, tuple[str, str]]]:
    """New events with a pair that no older event has, each once for each pair."""
    new, old = (Where(f"event_id {word} ({_NEW.format(int(after))})") for word in ("IN", "NOT IN"))
    fresh = find_pairs(archive.engine, new) - find_pairs(archive.engine, old)
    if not fresh:
        return []
    acts = find_acts(archive.engine, new, with_reports=False)
    told = {(act.event_id, _sort(act.actor, act.recipient)) for act in acts if act.recipient}
    return sorted(each for each in told if each[1] in fresh)


def _sort(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _make_alert(archive: Archive, event_id: str, why: Sequence[str]) -> Alert:
    event = archive.get_event(event_id)
    claim = archive.get_claim(event.claims[0])
    report = archive.get_report(claim.report_id)
    return Alert(event, tuple(why), claim.sentence.text, report.outlet, report.url)
