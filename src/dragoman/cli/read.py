"""``dragoman read``: from files to what is printed, with failures told and counted."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dragoman.cli.ending import choose_exit_code
from dragoman.cli.output import OutputOptions, open_output, write_readings
from dragoman.cli.progress import Progress
from dragoman.domain import Reading
from dragoman.errors import InputError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """All that ``dragoman read`` can be told."""

    sources: tuple[str, ...]
    output: OutputOptions
    date: str | None = None
    outlet: str | None = None
    project: Path | None = None
    min_confidence: float | None = None
    errors: Path | None = None
    is_strict: bool = False
    is_quiet: bool = False


def read_sources(options: ReadOptions) -> int:
    """Read every source, write what was found, tell what failed; gives the exit code."""
    _refuse_overwriting(options)
    progress = Progress(is_quiet=options.is_quiet)
    with ExitStack() as stack:
        errors = stack.enter_context(open_output(options.errors)) if options.errors else None
        readings = _keep_readings(_read(options), progress, errors)
        write_readings(readings, options.output)
    progress.finish()
    return choose_exit_code(progress.read, progress.failed, is_strict=options.is_strict)


def _refuse_overwriting(options: ReadOptions) -> None:
    """Never write over a report that is about to be read."""
    for out in (options.output.path, options.errors):
        for source in options.sources:
            if (
                out is not None
                and str(source) != "-"
                and Path(out).exists()
                and Path(source).resolve() == Path(out).resolve()
            ):
                raise InputError("is also what would be written over; name another file to write", place=str(source))


def _read(options: ReadOptions) -> Iterator[Reading | InputError]:
    from dragoman.pipeline import load_parts, read_all
    from dragoman.settings import find_settings

    settings = find_settings(options.project)
    confidence = settings.min_confidence if options.min_confidence is None else options.min_confidence
    return read_all(
        options.sources,
        None if options.output.only_blocks else load_parts(settings.project),
        date=options.date,
        outlet=options.outlet or settings.outlet,
        min_confidence=confidence,
    )


def _keep_readings(
    items: Iterable[Reading | InputError], progress: Progress, errors: TextIO | None
) -> Iterator[Reading]:
    for item in items:
        if isinstance(item, InputError):
            progress.count_failure()
            _tell(item, errors)
        else:
            progress.count(item)
            yield item


def _tell(error: InputError, errors: TextIO | None) -> None:
    print(f"dragoman: {error}", file=sys.stderr)
    if errors:
        from dragoman.interchange.claims_json import write_line

        record = {"place": error.place, "reason": error.reason, "message": error.message}
        errors.write(write_line(record) + "\n")
