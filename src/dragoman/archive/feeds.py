"""The feeds that an archive follows and how they are: kept in its ledger alone, between snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from dragoman.archive.ledger import FILE, Ledger
from dragoman.errors import ArchiveError

FeedState = Literal["new", "ok", "failing", "refused", "gone"]
"""``refused``: by robots.txt, or because the address leads into a private network; ``gone``: status 410, for good."""
_MAX_WAITING = 1_000
"""Alerts that wait for a webhook; beyond it the oldest are dropped, for nobody reads a thousand late alarms."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or page that is followed, and its health."""

    address: str
    """As the user named it."""
    title: str = ""
    added: str = ""
    """When it was named first, ISO 8601 in UTC."""
    state: FeedState = "new"
    last: str | None = None
    """When it last answered well, ISO 8601 in UTC."""
    failures: int = 0
    """Failures one after the other, until now."""
    next: str | None = None
    """When it is asked again at the earliest, ISO 8601 in UTC; ``None``: never asked yet, or gone for good."""
    reason: str | None = None
    """Why it fails or is refused."""
    moved: str | None = None
    """Where its server says that it has moved for good; it is asked there."""
    etag: str | None = None
    modified: str | None = None
    """The server's own ``Last-Modified``, given back to it as it is."""
    sha256: str | None = None
    """Of what it gave last, for servers that know neither of these."""


_STATE = tuple(field.name for field in fields(Feed) if field.name not in ("title", "added"))


def find_feeds(archive: Path) -> list[Feed]:
    """All feeds that an archive follows, by address. An archive that never followed any has none.

    Raises:
        ArchiveError: The ledger is damaged.
    """
    if not (archive / FILE).exists():
        return []
    with _open(archive, read_only=True) as ledger:
        names = {name for (name,) in ledger.execute("SELECT name FROM sqlite_master")}
        known = {address: (title or "", added) for address, title, added in ledger.execute("SELECT * FROM feeds")}
        rows = ledger.execute(f"SELECT {', '.join(_STATE)} FROM feed_states") if "feed_states" in names else []
    states: dict[str, dict[str, Any]] = {row[0]: dict(zip(_STATE, row, strict=True)) for row in rows}
    return [
        Feed(**{"address": address, **states.get(address, {}), "title": title, "added": added})
        for address, (title, added) in sorted(known.items())
    ]


def add_feeds(archive: Path, feeds: Iterable[tuple[str, str]], now: str) -> None:
    """Follow addresses, each given with a title; those that are followed already stay as they are."""
    with _open(archive) as ledger:
        for address, title in feeds:
            ledger.execute("INSERT OR IGNORE INTO feeds VALUES (?, ?, ?)", (address, title, now))


def save_feed(archive: Path, feed: Feed) -> None:
    """Keep how a feed is. One that was forgotten meanwhile stays forgotten."""
    marks = ", ".join("?" * len(_STATE))
    with _open(archive) as ledger:
        ledger.execute(
            f"INSERT OR REPLACE INTO feed_states ({', '.join(_STATE)}) SELECT {marks} "
            "WHERE EXISTS (SELECT 1 FROM feeds WHERE address = ?)",
            (*(getattr(feed, name) for name in _STATE), feed.address),
        )


def forget_feed(archive: Path, address: str) -> None:
    """Follow an address no longer. What was read from it stays.

    Raises:
        ArchiveError: It isn't followed.
    """
    with _open(archive) as ledger:
        if not ledger.execute("DELETE FROM feeds WHERE address = ? RETURNING address", (address,)):
            raise ArchiveError(f"{address}: isn't followed; 'dragoman feeds' lists what is")
        ledger.execute("DELETE FROM feed_states WHERE address = ?", (address,))


def find_alerted(archive: Path) -> int | None:
    """The generation of events up to which alerts were given; ``None`` where nobody ever asked for any."""
    with _open(archive) as ledger:
        rows = ledger.execute("SELECT generation FROM alerted WHERE name = 'watch'")
    return int(rows[0][0]) if rows else None


def save_alerted(archive: Path, generation: int) -> None:
    """Alerts were given up to that generation."""
    with _open(archive) as ledger:
        ledger.execute("INSERT OR REPLACE INTO alerted VALUES ('watch', ?)", (generation,))


def put_out(archive: Path, bodies: Iterable[str]) -> None:
    """Let messages wait for the webhook. The same message waits once."""
    with _open(archive) as ledger:
        for body in bodies:
            ledger.execute("INSERT OR IGNORE INTO outbox (body) VALUES (?)", (body,))
        ledger.execute(
            "DELETE FROM outbox WHERE number NOT IN (SELECT number FROM outbox ORDER BY number DESC LIMIT ?)",
            (_MAX_WAITING,),
        )


def find_waiting(archive: Path) -> list[tuple[int, str]]:
    """The messages that wait, with their numbers, the oldest first."""
    with _open(archive) as ledger:
        return [(number, body) for number, body in ledger.execute("SELECT number, body FROM outbox ORDER BY number")]


def take_out(archive: Path, number: int) -> None:
    """A message has arrived."""
    with _open(archive) as ledger:
        ledger.execute("DELETE FROM outbox WHERE number = ?", (number,))


@contextmanager
def _open(archive: Path, *, read_only: bool = False) -> Iterator[Ledger]:
    """The ledger for a moment: a repair may put another in its place while feeds are followed for weeks."""
    ledger = Ledger(archive, read_only=read_only)
    try:
        yield ledger
    finally:
        ledger.close()
