"""``dragoman add`` and ``dragoman recode``: from inputs into an archive, with progress, failures and an ending told."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from dragoman.archive.writer import COUNTS
from dragoman.batch.adding import add, count_cores, recode
from dragoman.batch.pool import MEGABYTE, Limits
from dragoman.batch.run import Options, Tally, Watch
from dragoman.batch.units import UNIT_RECORDS
from dragoman.cli.adding_progress import AddingProgress
from dragoman.cli.ending import INTERRUPTED, choose_exit_code
from dragoman.cli.events import tell_merged
from dragoman.cli.output import open_output
from dragoman.errors import DragomanError, InputError


@dataclass(frozen=True, slots=True)
class AddOptions:
    """All that ``dragoman add`` and ``dragoman recode`` can be told."""

    archive: Path | None = None
    """``None``: that of the settings."""
    sources: tuple[str, ...] = ()
    date: str | None = None
    outlet: str | None = None
    project: Path | None = None
    workers: int | None = None
    seconds: float = 10.0
    megabytes: int = 1_000
    commit_every: int = UNIT_RECORDS
    redo: bool = False
    with_events: bool = True
    """Whether events are brought up to date at the end."""
    wait: float = 0.0
    allow_private: bool = False
    errors: Path | None = None
    is_strict: bool = False
    is_quiet: bool = False
    as_json: bool = False


def add_sources(options: AddOptions) -> int:
    """Read inputs into the archive; gives the exit code."""
    archive = _find_archive(options)
    return _run(
        options,
        lambda how, wait, watch: add(
            archive, options.sources, how, wait=wait, watch=lambda stream: watch.follow(stream)
        ),
    )


def recode_archive(options: AddOptions) -> int:
    """Code the archive's texts with today's coder; gives the exit code."""
    archive = _find_archive(options)
    return _run(options, lambda how, wait, watch: recode(archive, how, wait=wait, watch=watch))


def _find_archive(options: AddOptions) -> Path:
    from dragoman.settings import find_settings

    return options.archive or find_settings(options.project).find_archive()


def _run(options: AddOptions, work: Callable[[Options, float, AddingWatch], Tally]) -> int:
    how = _choose(options)
    with ExitStack() as stack:
        errors = stack.enter_context(open_output(options.errors)) if options.errors else None
        progress = stack.enter_context(AddingProgress(is_quiet=options.is_quiet))
        watch = AddingWatch(progress, errors)
        stack.enter_context(_stop_gently(watch))
        try:
            tally = work(how, options.wait, watch)
        except OSError as error:
            where = "" if str(options.archive) in str(error) else f"{options.archive}: "
            raise DragomanError(
                f"{where}{error}; what was committed is safe. Make room or mend the folder, then run the same command again"
            ) from error
    return _end(tally, options)


def _choose(options: AddOptions) -> Options:
    from dragoman.settings import find_settings

    settings = find_settings(options.project)
    return Options(
        date=options.date,
        outlet=options.outlet or settings.outlet,
        project=settings.project,
        workers=options.workers or count_cores(),
        limits=Limits(options.seconds, options.megabytes * MEGABYTE),
        unit_records=options.commit_every,
        redo=options.redo,
        allow_private=options.allow_private,
        with_events=options.with_events,
    )


def _end(tally: Tally, options: AddOptions) -> int:
    if options.as_json:
        from dragoman.interchange.claims_json import write_line

        print(write_line(_to_json(tally, _find_archive(options))))
    elif not options.is_quiet:
        print(_tell(tally, options), file=sys.stderr)
    if tally.is_stopped:
        print("dragoman: stopped; run the same command again to go on", file=sys.stderr)
        return INTERRUPTED
    kept = tally.counts["read"] - tally.counts["rejected"] + tally.codings
    return choose_exit_code(kept, tally.counts["rejected"] or tally.failed, is_strict=options.is_strict)


def _tell(tally: Tally, options: AddOptions) -> str:
    """The identity that must hold, and what to do next."""
    counts = tally.counts
    shares = " + ".join(f"{counts[name]:,} {name}" for name in COUNTS[1:])
    lines = [f"{counts['read']:,} read = {shares}; {tally.claims:,} claims (snapshot {tally.snapshot})"]
    again = tally.codings - counts["coded"] - counts["without parties"]
    if counts["read"] and again:
        lines.append(f"{again:,} of the known coded again")
    elif again or not counts["read"]:
        lines = [f"{tally.codings:,} reports of the archive coded; {tally.claims:,} claims (snapshot {tally.snapshot})"]
    if tally.merged:
        lines.append(tell_merged(tally.merged))
    if tally.to_recode and not tally.is_stopped:
        lines.append(
            f"{tally.to_recode:,} reports here were only read by an earlier coder: "
            f"'dragoman recode --archive {_find_archive(options)}' codes them"
        )
    return "\n".join(lines)


def _to_json(tally: Tally, archive: Path) -> dict[str, Any]:
    counts = {name.replace(" ", "_"): count for name, count in tally.counts.items()}
    return {
        "archive": str(archive), **counts, "codings": tally.codings, "claims": tally.claims,
        "snapshot": tally.snapshot, "to_recode": tally.to_recode, "stopped": tally.is_stopped,
    }  # fmt: skip


class AddingWatch(Watch):
    """Shows how far the run is, tells what failed, and asks it to stop when the user does."""

    def __init__(self, progress: AddingProgress, errors: TextIO | None) -> None:
        self.stopped = False
        self._progress, self._errors = progress, errors
        self.tell = progress.tell  # type: ignore[method-assign]

    def follow(self, stream: Any) -> AddingWatch:
        """Also show how much there is to read."""
        self._progress.stream = stream
        return self

    def fail(self, error: InputError) -> None:
        self._progress.say(f"dragoman: {error}")
        if self._errors:
            from dragoman.interchange.claims_json import write_line

            record = {"place": error.place, "reason": error.reason, "message": error.message}
            self._errors.write(write_line(record) + "\n")

    def is_stopped(self) -> bool:
        return self.stopped

    def begin_merging(self) -> None:
        self._progress.say_next("bringing events up to date")


@contextmanager
def _stop_gently(watch: AddingWatch) -> Iterator[None]:
    """The first Ctrl-C (or SIGTERM) lets the unit at work be committed where that takes seconds; the second ends at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        if watch.stopped:
            raise KeyboardInterrupt
        watch.stopped = True
        print("dragoman: stopping; press Ctrl-C again to stop at once", file=sys.stderr)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
