"""How much one caller may ask for: requests a second, wrong tokens a minute, bytes and seconds of a body."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server allows. The defaults are for one machine and a few people."""

    seconds: float = 10.0
    """Time for one question to the archive."""
    stream_seconds: float = 300.0
    """Time for one download of all rows."""
    at_once: int = 4
    """Questions answered at the same time."""
    waiting: int = 64
    """Questions that may wait for it; more are sent away with 503."""
    per_second: float = 50.0
    """Requests that a caller may make for long …"""
    burst: float = 300.0
    """… and at once: a page with many charts asks for all of them together."""
    wrong_tokens: float = 20.0
    """Wrong tokens from one address before it must wait; one is forgiven every three seconds."""
    body_bytes: int = 1_000_000
    body_seconds: float = 10.0
    text_characters: int = 200_000
    """Code points of a text to read: a long report has 30,000."""
    streams: int = 50
    """Listeners to what is new."""
    tally_from: int = 300_000
    """Claims from which on what is counted from is held in memory: about 100 bytes a claim (benchmarks/http)."""
    reading_seconds: float = 20.0
    """Time in which a text handed in must be read."""


@dataclass(slots=True)
class Buckets:
    """A bucket of tokens for each caller, filled at ``rate`` a second up to ``size``. The least used are forgotten."""

    rate: float
    size: float
    clock: Callable[[], float] = time.monotonic
    most: int = 10_000
    _levels: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, caller: str, amount: float = 1.0) -> float:
        """Take from a caller's bucket; gives 0 where there was enough, else the seconds until there is."""
        level = self._level(caller)
        if level < amount:
            return (amount - level) / self.rate
        self._keep(caller, level - amount)
        return 0.0

    def _level(self, caller: str) -> float:
        level, since = self._levels.get(caller, (self.size, self.clock()))
        return min(self.size, level + (self.clock() - since) * self.rate)

    def _keep(self, caller: str, level: float) -> None:
        self._levels[caller] = (level, self.clock())
        self._levels.move_to_end(caller)
        while len(self._levels) > self.most:
            self._levels.popitem(last=False)
