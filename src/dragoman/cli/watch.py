"""``dragoman watch`` and ``dragoman feeds``: what is told of feeds, rounds and alerts, and how it ends."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from dragoman.archive.feeds import Feed, find_feeds, forget_feed
from dragoman.archive.keeper import check_folder
from dragoman.batch.adding import count_cores
from dragoman.batch.alerts import Alert, to_record
from dragoman.batch.following import follow
from dragoman.batch.run import Options
from dragoman.batch.watching import Listener, Round, Watching, WatchOptions
from dragoman.cli.ending import DONE, FAILED, choose_exit_code
from dragoman.cli.rows import RowOptions, write_rows
from dragoman.cli.view import make_plain
from dragoman.interchange.claims_json import write_line

COLUMNS = ("address", "title", "state", "last", "failures", "next", "reason", "moved", "added")


@dataclass(frozen=True, slots=True)
class WatchArguments:
    """All that ``dragoman watch`` can be told."""

    sources: tuple[str, ...]
    archive: Path | None
    every: float
    """Minutes."""
    once: bool
    alerts: tuple[str, ...]
    new_pairs: bool
    webhook: str | None
    pace: float
    project: Path | None
    workers: int | None
    allow_private: bool
    wait: float
    as_json: bool
    is_quiet: bool


def watch_feeds(arguments: WatchArguments) -> int:
    """Follow feeds until Ctrl-C, or once; gives the exit code."""
    from dragoman.settings import find_settings

    settings = find_settings(arguments.project)
    archive = arguments.archive or settings.find_archive()
    named = follow(archive, arguments.sources)
    listener = Teller(as_json=arguments.as_json, is_quiet=arguments.is_quiet)
    adding = Options(
        outlet=settings.outlet, project=settings.project, workers=arguments.workers or count_cores(),
        allow_private=arguments.allow_private, with_events=True,
    )  # fmt: skip
    options = WatchOptions(
        adding, every=60 * arguments.every, pace=arguments.pace, wait=arguments.wait, alerts=arguments.alerts,
        new_pairs=arguments.new_pairs, webhook=arguments.webhook,
    )  # fmt: skip
    watching = Watching(archive, options, listener, only=named or None)
    with _stop_gently(listener):
        done = watching.run(once=arguments.once)
    if not arguments.once or done.is_stopped:
        return DONE
    return FAILED if done.trouble else choose_exit_code(done.asked - done.failed, done.failed, is_strict=False)


def show_feeds(folder: Path | None, forget: Sequence[str], options: RowOptions) -> int:
    """Forget feeds, or list those that are followed."""
    from dragoman.settings import find_settings

    archive = folder or find_settings().find_archive()
    check_folder(archive)
    for address in forget:
        forget_feed(archive, address)
    if not forget:
        write_rows(map(_make_row, find_feeds(archive)), COLUMNS, options, _shorten)
    return DONE


def _make_row(feed: Feed) -> dict[str, Any]:
    return {name: getattr(feed, name) for name in COLUMNS}


def _shorten(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a terminal has room for; times to the minute, in UTC."""
    times = {name: (row[name] or "")[:16].replace("T", " ") for name in ("last", "next")}
    shown = ("address", "state", "last", "failures", "next", "reason")
    return {name: times.get(name, row[name]) for name in shown}


class Teller(Listener):
    """Alerts go to stdout, all else to stderr; with JSON, alerts and rounds are lines on stdout."""

    def __init__(self, *, as_json: bool, is_quiet: bool) -> None:
        self.stopped = False
        self._as_json, self._is_quiet = as_json, is_quiet

    def is_stopped(self) -> bool:
        return self.stopped

    def tell_feed(self, feed: Feed) -> None:
        if feed.state == "ok":
            self._say(f"{feed.address}: answers again")
        else:
            until = f"; asked again {feed.next}" if feed.next else "; not asked again"
            self._say(f"{feed.address}: {feed.state}: {feed.reason}{until}")

    def tell_trouble(self, message: str) -> None:
        self._say(message)

    def tell_round(self, done: Round) -> None:
        if self._as_json:
            print(write_line({"kind": "round", **asdict(done)}), flush=True)
        elif not self._is_quiet:
            waiting = f", {done.waiting} not due" if done.waiting else ""
            print(
                f"{done.asked} asked ({done.unchanged} unchanged, {done.failed} failed{waiting}): {done.reports:,} new "
                f"reports, {done.claims:,} claims, {done.events:,} new events",
                file=sys.stderr,
            )

    def alert(self, alert: Alert) -> None:
        line = write_line(to_record(alert)) if self._as_json else make_plain(_tell(alert))
        print(line, flush=True)

    def _say(self, message: str) -> None:
        if not self._is_quiet:
            print(f"dragoman: {make_plain(message)}", file=sys.stderr)


def _tell(alert: Alert) -> str:
    """One line: whom it concerns, what happened, and the sentence and outlet that say so."""
    event = alert.event
    actors, recipients = (", ".join(party.name for party in side) for side in (event.actors, event.recipients))
    who = f"{actors} → {recipients}" if recipients else actors
    sentence = " ".join(alert.sentence.split())
    return (
        f"alert [{'; '.join(alert.why)}] {event.day or 'no day'} {who} {event.event_type} {event.id} “{sentence}” "
        + (f"({alert.outlet})" if alert.outlet else "")
    )


@contextmanager
def _stop_gently(teller: Teller) -> Iterator[None]:
    """The first Ctrl-C (or SIGTERM) ends after the question or unit at hand; the second ends at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        if teller.stopped:
            raise KeyboardInterrupt
        teller.stopped = True
        print("dragoman: stopping; press Ctrl-C again to stop at once", file=sys.stderr)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
