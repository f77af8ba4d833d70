"""Progress of a long run on stderr: a line that stays in place in a terminal, a plain one every ten seconds elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from dragoman.batch.run import State

if TYPE_CHECKING:
    from dragoman.batch.inputs import InputStream

_SECONDS_BETWEEN_LINES = 10.0
_SECONDS_BETWEEN_LOOKS = 0.5
_SLOW_SECONDS = 3.0
"""From when a report is named as slow."""


class AddingProgress:
    """Tells how far a run is, now and then."""

    def __init__(self, *, is_quiet: bool = False) -> None:
        self.stream: InputStream | None = None
        self._is_quiet = is_quiet
        self._began = self._last = time.monotonic()
        self._live: Any = None

    def __enter__(self) -> AddingProgress:
        if not self._is_quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.status import Status

            self._live = Status("starting", console=Console(stderr=True))
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._live.stop()

    def tell(self, state: State) -> None:
        """Show the state where it is time to."""
        now = time.monotonic()
        if self._is_quiet or now - self._last < (_SECONDS_BETWEEN_LOOKS if self._live else _SECONDS_BETWEEN_LINES):
            return
        self._last = now
        line = self.describe(state, now - self._began)
        if self._live:
            from rich.text import Text

            self._live.update(Text(line))
        else:
            print(line, file=sys.stderr, flush=True)

    def say_next(self, what: str) -> None:
        """What comes after reading."""
        if self._live:
            self._live.update(what)
        elif not self._is_quiet:
            print(what, file=sys.stderr, flush=True)

    def say(self, line: str) -> None:
        """Something that stays."""
        if self._live:
            self._live.console.print(line, markup=False, highlight=False)
        else:
            print(line, file=sys.stderr)

    def describe(self, state: State, seconds: float) -> str:
        """One line: how many, how fast, what failed, how long still, and which report takes its time."""
        tally = state.tally
        pieces = [f"{state.reports:,} reports, {tally.claims:,} claims ({state.reports / max(seconds, 0.001):.1f}/s)"]
        for what in ("copies", "known", "rejected"):
            pieces += [f"{tally.counts[what]:,} {what}"] if tally.counts[what] else []
        pieces += self._tell_left(tally.bytes, seconds)
        if state.slowest and state.slowest[1] > _SLOW_SECONDS:
            pieces.append(f"{state.slowest[1]:.0f} s at {state.slowest[0]}")
        return ", ".join(pieces)

    def _tell_left(self, done: int, seconds: float) -> list[str]:
        total = self.stream.total if self.stream else None
        if not total or not done or done >= total:
            return []
        left = seconds * (total - done) / done
        shown = f"{left:.0f} s" if left < 90 else f"{left / 60:.0f} min" if left < 5400 else f"{left / 3600:.1f} h"
        return [f"{100 * done // total} %, about {shown} left"]
