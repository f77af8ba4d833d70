"""Servers are asked politely: robots.txt first, no host faster than it bears, each redirect treated as a new address."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dragoman.batch.pool import Pool
from dragoman.batch.tasks import GetParts
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.pipeline.web import Answer, Robots

MINUTE = 60.0
DAY = 86_400.0
MAX_REDIRECTS = 5
ROBOTS_SECONDS = DAY
"""How long a robots.txt holds. RFC 9309: not longer than a day."""
MAX_DELAY = 60.0
"""Longest ``Crawl-delay`` that is heeded between two questions; a site that asks for more is asked once a minute at most."""
_FOR_GOOD = frozenset((301, 308))
_WAKE = 0.2
"""Seconds after which a sleeper looks whether it shall end."""

Send = Callable[[str, Mapping[str, str]], "Answer"]


class Stopped(Exception):
    """The user wants it to end."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time. Waiting is measured by ``monotonic``, which nobody sets; ``now`` is what persons read."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    is_stopped: Callable[[], bool] = field(default=lambda: False)

    def pause(self, seconds: float) -> None:
        """Sleep, unless told to stop.

        Raises:
            Stopped: It was told to stop.
        """
        until = self.monotonic() + seconds
        while True:
            if self.is_stopped():
                raise Stopped
            left = until - self.monotonic()
            if left <= 0:
                return
            self.sleep(min(left, _WAKE))


@dataclass(frozen=True, slots=True)
class Asking:
    """Ask a server once, in a worker, so that a hostile answer ends that alone."""

    address: str
    headers: Mapping[str, str]
    allow_private: bool = False
    timeout: float = 30.0

    @property
    def name(self) -> str:
        return self.address

    def run(self, get_parts: GetParts) -> Iterator[Answer | InputError]:
        from dragoman.pipeline.web import ask_address

        try:
            yield ask_address(self.address, self.headers, allow_private=self.allow_private, timeout=self.timeout)
        except InputError as error:
            yield error


def make_sender(pool: Pool, *, allow_private: bool, timeout: float) -> Send:
    """Asks through a worker of this pool."""

    def send(address: str, headers: Mapping[str, str]) -> Answer:
        outcome = pool.ask(Asking(address, headers, allow_private, timeout))
        if outcome.failure:
            raise InputError(outcome.failure.reason, place=address, reason=outcome.failure.reason)
        found: Answer | InputError = outcome.found[0]
        if isinstance(found, InputError):
            raise found
        return found

    return send


@dataclass(frozen=True, slots=True)
class Heard:
    """What a feed's server said in the end."""

    answer: Answer
    moved: str | None
    """The address to ask from now on, where every redirect on the way was for good."""


class Asker:
    """Remembers, between questions, what each site's robots.txt says and when each host may be asked again."""

    def __init__(self, clock: Clock, pace: float) -> None:
        self._clock, self._pace = clock, pace
        self._free: dict[str, float] = {}
        self._robots: dict[str, tuple[Robots, float]] = {}

    def find_wait(self, address: str) -> float:
        """Seconds until the address's host may be asked again."""
        return max(0.0, self._free.get(_find_host(address), 0.0) - self._clock.monotonic())

    def ask(self, send: Send, address: str, conditions: Mapping[str, str]) -> Heard:
        """What an address gives, after at most five redirects.

        Raises:
            InputError: It is refused, forbidden by robots.txt, or gives no answer in its bounds.
            Stopped: The user wants it to end.
        """
        url, is_for_good = address, True
        for _ in range(MAX_REDIRECTS + 1):
            self._check_robots(send, url)
            answer = self._ask_paced(send, url, conditions)
            if not answer.location:
                return Heard(answer, url if is_for_good and url != address else None)
            is_for_good = is_for_good and answer.status in _FOR_GOOD
            url = answer.location
        raise InputError(f"redirected more than {MAX_REDIRECTS} times", place=address, reason="too many redirects")

    def _check_robots(self, send: Send, url: str) -> None:
        if not self._find_robots(send, url).allows(url):
            raise InputError(
                "the site's robots.txt asks programs to stay away; ask its makers, or read it in a browser",
                place=url,
                reason="robots.txt",
            )

    def _find_robots(self, send: Send, url: str) -> Robots:
        site = _find_site(url)
        known = self._robots.get(site)
        if known and known[1] > self._clock.monotonic():
            return known[0]
        robots = self._fetch_robots(send, f"{site}/robots.txt")
        self._robots[site] = (robots, self._clock.monotonic() + ROBOTS_SECONDS)
        return robots

    def _fetch_robots(self, send: Send, url: str) -> Robots:
        """RFC 9309: a site without the file forbids nothing, one whose server fails forbids all until it answers."""
        from dragoman.pipeline.web import read_robots

        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask_paced(send, asked, {})
            if not answer.location:
                break
            asked = answer.location
        if answer.status >= 500 or answer.status == 429:
            reason = f"robots.txt: status {answer.status}"
            raise Busy("the site's robots.txt can't be had; it is asked later", url, reason, answer)
        return read_robots(answer.data)

    def _ask_paced(self, send: Send, url: str, headers: Mapping[str, str]) -> Answer:
        self._clock.pause(self.find_wait(url))
        robots = self._robots.get(_find_site(url))
        try:
            return send(url, headers)
        finally:
            delay = min(robots[0].delay, MAX_DELAY) if robots else 0.0
            self._free[_find_host(url)] = self._clock.monotonic() + max(self._pace, delay)


class Busy(InputError):
    """A server that answers, and asks us to come later."""

    def __init__(self, message: str, place: str, reason: str, answer: Answer) -> None:
        super().__init__(message, place=place, reason=reason)
        self.answer = answer


def find_retry(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds that ``Retry-After`` asks to wait, 0 to a day; a day it names is counted from the server's own ``Date``."""
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return min(float(told[:9]), DAY)
    until, since = _parse_day(told), _parse_day(headers.get("date", "")) or now
    return min(max(0.0, (until - since).total_seconds()), DAY) if until else 0.0


def find_backoff(failures: int, every: float, chance: Callable[[], float] = random.random) -> float:
    """Seconds to wait after so many failures: doubled with each, a day at most, shortened by up to half by chance.

    Chance keeps those who failed together from coming back together.
    """
    longest: float = min(every * 2.0 ** min(failures, 20), max(DAY, every))
    return longest * (1 - chance() / 2)


def write_time(when: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return when.astimezone(UTC).isoformat(timespec="seconds")


def _parse_day(told: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _find_site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _find_host(url: str) -> str:
    return urlsplit(url).netloc.lower()
