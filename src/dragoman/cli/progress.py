"""Progress on stderr: a line every ten seconds, and what came of it all at the end of a batch."""

from __future__ import annotations

import sys
import time

from dragoman.domain import Reading

SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Counts reports read, claims and failures, and tells them now and then."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        self.read = 0
        self.claims = 0
        self.failed = 0
        self._is_quiet = is_quiet
        self._last = self._began = time.monotonic()

    def count(self, reading: Reading) -> None:
        self.read += 1
        self.claims += len(reading.claims)
        self._tell_if_due()

    def count_failure(self) -> None:
        self.failed += 1
        self._tell_if_due()

    def finish(self) -> None:
        """The last line, for batches only: one report speaks for itself."""
        if self.read + self.failed > 1:
            self._tell()

    def _tell_if_due(self) -> None:
        now = time.monotonic()
        if now - self._last >= SECONDS_BETWEEN_LINES:
            self._last = now
            self._tell()

    def _tell(self) -> None:
        if self._is_quiet:
            return
        seconds = max(time.monotonic() - self._began, 0.001)
        failed = f", {self.failed:,} failed" if self.failed else ""
        counts = f"{_count(self.read, 'report')}, {_count(self.claims, 'claim')}{failed}"
        print(f"{counts} ({self.read / seconds:.1f} reports a second)", file=sys.stderr)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
