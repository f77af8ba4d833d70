"""``watch`` follows feeds and pages: asks each when it is due, adds what is new, tells what was asked to be told.

What a server said (its ETag, the hash of what it gave) is kept only once its items are committed. Whenever the process
is killed, the next one asks again for what isn't in the archive; what is there already is known by its text.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from dragoman.archive import open_archive
from dragoman.archive.feeds import (
    Feed,
    FeedState,
    find_alerted,
    find_feeds,
    find_waiting,
    put_out,
    save_alerted,
    save_feed,
    take_out,
)
from dragoman.archive.writer import make_folder
from dragoman.batch.adding import add
from dragoman.batch.alerts import Alert, check_asked, find_alerts, find_generation, to_record
from dragoman.batch.asking import (
    DAY,
    MINUTE,
    Asker,
    Busy,
    Clock,
    Heard,
    Send,
    Stopped,
    find_backoff,
    find_retry,
    write_time,
)
from dragoman.batch.asking import make_sender as make_sender_of
from dragoman.batch.inputs import Page
from dragoman.batch.pool import Limits, Pool
from dragoman.batch.run import Options, Tally, Watch
from dragoman.errors import ArchiveError, InputError, NotAReport

EVERY = 15 * MINUTE
PACE = 2.0
"""Seconds between two questions to one host."""
TIMEOUT = 30.0
"""Seconds for one answer, however slowly the server speaks."""
_SPREAD = 0.1
"""Share of the interval by which chance moves a feed's next turn, so that feeds don't come due in one crowd."""
_BATCH_BYTES = 20_000_000
"""What is fetched before it is added: it is held in memory."""
_REFUSALS = frozenset(("robots.txt", "private address", "bad address"))
"""Reasons that don't pass by themselves: asked again once a day."""
_LATER = frozenset((408, 425, 429))
"""Statuses below 500 after which a webhook is tried again."""


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How feeds are followed."""

    adding: Options
    """How what they give is read; ``allow_private`` holds for feeds and webhook."""
    every: float = EVERY
    """Seconds between two turns of one feed."""
    pace: float = PACE
    timeout: float = TIMEOUT
    wait: float = MINUTE
    """Seconds to wait for another writer of the archive."""
    alerts: tuple[str, ...] = ()
    """``A,B`` or ``A``."""
    new_pairs: bool = False
    webhook: str | None = None


@dataclass(slots=True)
class Round:
    """What came of asking all feeds that were due."""

    asked: int = 0
    unchanged: int = 0
    failed: int = 0
    """Feeds that failed or were refused."""
    waiting: int = 0
    """Feeds whose turn it wasn't."""
    reports: int = 0
    """New reports, copies included."""
    claims: int = 0
    events: int = 0
    alerts: int = 0
    is_stopped: bool = False
    trouble: str | None = None
    """Why what was fetched could not be added. It is fetched again."""


class Listener:
    """Whoever looks on. This one is silent and never stops anything."""

    def is_stopped(self) -> bool:
        """Whether it shall end."""
        return False

    def tell_feed(self, feed: Feed) -> None:
        """Called whenever a feed fails, is refused, or answers again."""

    def tell_round(self, done: Round) -> None:
        """Called after each round."""

    def tell_trouble(self, message: str) -> None:
        """Called when something goes wrong that isn't a feed's fault."""

    def alert(self, alert: Alert) -> None:
        """Called for each event that was asked to be told."""


@dataclass(slots=True)
class _Looking(Watch):
    """Looks on while items are added: whether to stop, and which feeds could not be read as a whole."""

    listener: Listener
    broken: dict[str, InputError] = field(default_factory=dict)

    def is_stopped(self) -> bool:
        return self.listener.is_stopped()

    def fail(self, error: InputError) -> None:
        if not isinstance(error, NotAReport) and error.reason != "empty":  # a feed may have nothing to tell
            self.broken.setdefault(error.place, error)


class Watching:
    """Follows the feeds of one archive."""

    def __init__(
        self,
        archive: Path,
        options: WatchOptions,
        listener: Listener | None = None,
        *,
        only: Sequence[str] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Get ready to follow.

        Args:
            archive: Its folder, made where there is none.
            options: How to follow.
            listener: Whoever looks on.
            only: Addresses to follow; by default all that the archive knows, also those that are added meanwhile.
            clock: Time.

        Raises:
            ArchiveError: The folder is no archive, or a name to alert about is unknown.
        """
        make_folder(archive)
        self.archive, self._options, self._listener = archive, options, listener or Listener()
        self._clock = clock or Clock(is_stopped=self._listener.is_stopped)
        self._only = frozenset(only) if only is not None else None
        self._asker = Asker(self._clock, options.pace)
        self._due: dict[str, float] = {}
        if options.alerts or options.new_pairs:
            self._begin_alerts()

    def run(self, *, once: bool = False) -> Round:
        """Ask feeds as they come due, until told to stop; with ``once`` every feed at once, and end.

        With ``once``, a feed that failed is left alone until its time has come: whoever calls this every minute must
        not ask a server every minute that bade us wait.
        """
        done = Round()
        while True:
            feeds = self._find_feeds()
            due = [feed for feed in feeds if self._find_left(feed, once) <= 0]
            if due or once:
                done = self._go(due, len(feeds) - len(due))
                self._listener.tell_round(done)
            if once or done.is_stopped:
                return done
            try:
                self._clock.pause(self._find_pause())
            except Stopped:
                return replace(done, is_stopped=True)

    def _find_feeds(self) -> list[Feed]:
        """The feeds to follow, but those that are gone for good."""
        feeds = [feed for feed in find_feeds(self.archive) if feed.state != "gone"]
        return [feed for feed in feeds if self._only is None or feed.address in self._only]

    def _find_left(self, feed: Feed, once: bool) -> float:
        """Seconds until a feed's turn. What an earlier process left on the calendar is bounded: clocks may be wrong."""
        if feed.address not in self._due:
            left = 0.0
            if feed.next and not (once and feed.state == "ok"):
                left = (datetime.fromisoformat(feed.next) - self._clock.now()).total_seconds()
            longest = self._options.every * (1 + _SPREAD) if feed.state == "ok" else max(DAY, self._options.every)
            self._due[feed.address] = self._clock.monotonic() + min(max(left, 0.0), longest)
        return self._due[feed.address] - self._clock.monotonic()

    def _find_pause(self) -> float:
        soonest = min((self._find_left(feed, False) for feed in self._find_feeds()), default=self._options.every)
        return min(max(soonest, 0.0), MINUTE)  # a feed that is added meanwhile waits a minute at most

    def _go(self, due: list[Feed], waiting: int) -> Round:
        done = Round(waiting=waiting)
        try:
            self._ask_all(due, done)
        except Stopped:
            done.is_stopped = True
        if self._options.alerts or self._options.new_pairs:
            self._tell_alerts(done)
        if self._options.webhook:
            self._deliver(self._options.webhook)
        return done

    def _ask_all(self, due: list[Feed], done: Round) -> None:
        """Ask all feeds, each time the one whose host may be asked soonest, and add what they give."""
        pending, batch, size = list(due), list[tuple[Feed, Page]](), 0
        limits = Limits(2 * self._options.timeout, self._options.adding.limits.memory)
        with Pool(1, limits) as pool:
            send = make_sender_of(pool, allow_private=self._options.adding.allow_private, timeout=self._options.timeout)
            while pending:
                feed = min(pending, key=lambda each: self._asker.find_wait(each.moved or each.address))
                pending.remove(feed)
                found = self._ask(send, feed, done)
                if found:
                    batch.append(found)
                    size += len(found[1].data)
                if size >= _BATCH_BYTES:
                    self._add(batch, done)
                    batch, size = [], 0
        if batch:
            self._add(batch, done)

    def _ask(self, send: Send, feed: Feed, done: Round) -> tuple[Feed, Page] | None:
        """Ask one feed. What it gives, if that is new, and what to remember of it once that is added."""
        told = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
        conditions = {name: value for name, value in told.items() if value}
        done.asked += 1
        try:
            heard = self._asker.ask(send, feed.moved or feed.address, conditions)
        except Busy as busy:
            self._fail(feed, busy.reason, done, retry=find_retry(busy.answer.headers, self._clock.now()))
            return None
        except InputError as error:
            self._fail(feed, error.reason, done)
            return None
        return self._take(feed, heard, done)

    def _take(self, feed: Feed, heard: Heard, done: Round) -> tuple[Feed, Page] | None:
        answer = heard.answer
        if answer.status == 304 and (feed.etag or feed.modified):
            done.unchanged += 1
            self._succeed(replace(feed, moved=heard.moved or feed.moved))
            return None
        if answer.status != 200:
            self._fail(
                feed, f"status {answer.status}", done, retry=find_retry(answer.headers, self._clock.now()),
                is_gone=answer.status == 410,
            )  # fmt: skip
            return None
        digest = hashlib.sha256(answer.data).hexdigest()
        headers = {name: value[:1_000] for name, value in answer.headers.items()}
        fresh = replace(
            feed, moved=heard.moved or feed.moved, etag=headers.get("etag"), modified=headers.get("last-modified"),
            sha256=digest,
        )  # fmt: skip
        if digest == feed.sha256:
            done.unchanged += 1
            self._succeed(fresh)
            return None
        return fresh, Page(feed.address, answer.data, dict(answer.page.meta))

    def _add(self, batch: list[tuple[Feed, Page]], done: Round) -> None:
        """Add what feeds gave; only then remember that they gave it."""
        pages = {feed.address: page for feed, page in batch}
        looking = _Looking(self._listener)
        try:
            tally = add(
                self.archive, list(pages), self._options.adding, wait=self._options.wait, watch=lambda _: looking,
                fetch=lambda address: pages.get(address) or _refuse_list(address),
            )  # fmt: skip
        except (ArchiveError, OSError) as error:
            done.trouble = str(error)
            self._listener.tell_trouble(f"{error}; what was fetched is fetched again")
            for feed, _ in batch:
                self._put_off(feed, self._options.every)
            return
        if tally.is_stopped:
            raise Stopped
        _count(tally, done)
        for feed, _ in batch:
            broken = looking.broken.get(feed.address)
            if broken:
                self._fail(replace(feed, etag=None, modified=None, sha256=None), broken.reason, done)
            else:
                self._succeed(feed)

    def _succeed(self, feed: Feed) -> None:
        wait = self._options.every * (1 + random.uniform(-_SPREAD, _SPREAD))
        now = self._clock.now()
        after = replace(
            feed,
            state="ok",
            last=write_time(now),
            failures=0,
            reason=None,
            next=write_time(now + timedelta(seconds=wait)),
        )
        self._keep(after, wait)
        if feed.failures:
            self._listener.tell_feed(after)

    def _fail(self, feed: Feed, reason: str, done: Round, *, retry: float = 0.0, is_gone: bool = False) -> None:
        """Keep why a feed failed. One that had moved is asked where it was first from now on."""
        done.failed += 1
        is_refused = reason in _REFUSALS
        failures = feed.failures + 1
        wait = DAY if is_refused else max(retry, find_backoff(failures, self._options.every))
        until = None if is_gone else write_time(self._clock.now() + timedelta(seconds=wait))
        state: FeedState = "gone" if is_gone else "refused" if is_refused else "failing"
        after = replace(feed, state=state, failures=failures, reason=reason, next=until)
        if feed.moved:
            after = replace(after, moved=None, etag=None, modified=None)
        self._keep(after, wait)
        self._listener.tell_feed(after)

    def _keep(self, feed: Feed, wait: float) -> None:
        self._put_off(feed, wait)
        save_feed(self.archive, feed)

    def _put_off(self, feed: Feed, wait: float) -> None:
        self._due[feed.address] = self._clock.monotonic() + wait

    def _begin_alerts(self) -> None:
        """Check the names, and remember which events are there already, unless an earlier watch did."""
        with open_archive(self.archive) as archive:
            check_asked(archive, self._options.alerts)
            if find_alerted(self.archive) is None:
                save_alerted(self.archive, find_generation(archive))

    def _tell_alerts(self, done: Round) -> None:
        """Tell of events since the last telling, whoever added them; at least once, whenever the process is killed."""
        after = find_alerted(self.archive) or 0
        with open_archive(self.archive) as archive:
            newest = find_generation(archive)
            if newest <= after:
                return
            options = self._options
            alerts = find_alerts(archive, after, options.alerts, with_new_pairs=options.new_pairs)
        for alert in alerts:
            self._listener.alert(alert)
        done.alerts = len(alerts)
        if self._options.webhook:
            put_out(self.archive, [json.dumps(to_record(alert), ensure_ascii=False) for alert in alerts])
        save_alerted(self.archive, newest)

    def _deliver(self, webhook: str) -> None:
        """Send what waits, the oldest first; what can't be sent waits for the next round."""
        from dragoman.pipeline.web import send_json

        for number, body in find_waiting(self.archive):
            try:
                status = send_json(webhook, body.encode(), allow_private=self._options.adding.allow_private)
            except InputError as error:
                self._listener.tell_trouble(f"webhook: {error}; the alert waits")
                return
            if status >= 500 or status in _LATER:
                self._listener.tell_trouble(f"webhook: {webhook}: answers {status}; the alert waits")
                return
            if status >= 300:
                self._listener.tell_trouble(f"webhook: {webhook}: answers {status}; the alert is dropped")
            take_out(self.archive, number)


def _refuse_list(address: str) -> InputError:
    return InputError("is named by a list at a followed address; follow it by its own", place=address, reason="list")


def _count(tally: Tally, done: Round) -> None:
    done.reports += tally.counts["coded"] + tally.counts["copies"] + tally.counts["without parties"]
    done.claims += tally.claims
    done.events += len(tally.merged.added) if tally.merged else 0
