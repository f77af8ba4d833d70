"""``add`` reads inputs into an archive; ``recode`` codes again, with a newer coder, the texts that it holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dragoman.archive.writer import Writer, open_writer
from dragoman.batch.held import find_held
from dragoman.batch.inputs import Fetch, InputStream, Page, find_inputs
from dragoman.batch.merging import merge_into
from dragoman.batch.pool import Limits, Pool
from dragoman.batch.run import Options, Run, Tally, Watch
from dragoman.batch.tasks import Fetching
from dragoman.batch.units import group_records
from dragoman.errors import InputError

_FETCH_SECONDS = 60.0


def add(
    archive: Path,
    sources: Sequence[str],
    options: Options,
    *,
    wait: float = 0.0,
    watch: Callable[[InputStream], Watch] | None = None,
    fetch: Fetch | None = None,
) -> Tally:
    """Read inputs into an archive, which is made where there is none. What it holds already is not read again.

    Args:
        archive: Its folder.
        sources: Files, folders, patterns, ``-``, addresses; an address is fetched because it is named.
        options: How to read and code.
        wait: Seconds to wait for another writer to end.
        watch: Makes whoever looks on, from the stream of inputs.
        fetch: Gives what an address holds, for who has fetched it already; by default it is fetched here.

    Raises:
        InputError: An input can't be had; all of them are named, and nothing was added.
        ArchiveError: Another process writes, or the archive is damaged.
        OSError: The disk is full or read-only; what was committed before stays.
    """
    from dragoman.pipeline import find_maker

    inputs = find_inputs(sources, without=archive)
    maker = find_maker(options.project)
    with open_writer(archive, maker, f"add {' '.join(sources)[:100]}", wait=wait) as writer:
        with ExitStack() as stack:
            pool = stack.enter_context(Pool(options.workers, options.limits, options.project))
            stream = InputStream(inputs, fetch or stack.enter_context(_open_fetcher(options)))
            units = group_records(stream, (options.date, options.outlet), most=options.unit_records)
            looking = watch(stream) if watch else Watch()
            tally = Run(writer, pool, looking, options).go(units)
        return _bring_events_up_to_date(writer, tally, looking, options)


def recode(archive: Path, options: Options, *, wait: float = 0.0, watch: Watch | None = None) -> Tally:
    """Code the texts of an archive that today's coder hasn't read, beside what earlier coders found.

    Raises:
        ArchiveError: Another process writes, or the archive is damaged.
        OSError: The disk is full or read-only; what was committed before stays.
    """
    from dragoman.pipeline import find_maker

    maker = find_maker(options.project)
    looking = watch or Watch()
    with open_writer(archive, maker, "recode", wait=wait) as writer:
        with Pool(options.workers, options.limits, options.project) as pool:
            tally = Run(writer, pool, looking, options).go(find_held(writer, options))
        return _bring_events_up_to_date(writer, tally, looking, options)


def _bring_events_up_to_date(writer: Writer, tally: Tally, watch: Watch, options: Options) -> Tally:
    """Derive what is new in the events. All that was added is committed before, whatever happens here."""
    if options.with_events and not tally.is_stopped:
        watch.begin_merging()
        tally.merged = merge_into(writer)
        tally.snapshot = writer.snapshot.number
    return tally


def count_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _open_fetcher(options: Options) -> Iterator[Callable[[str], Page | InputError]]:
    """Fetch addresses in a worker of its own, started with the first of them."""
    with Pool(1, Limits(_FETCH_SECONDS, options.limits.memory)) as pool:

        def fetch(address: str) -> Page | InputError:
            outcome = pool.ask(Fetching(address, options.allow_private))
            if outcome.failure:
                return InputError(outcome.failure.reason, place=address)
            page: Page | InputError = outcome.found[0]
            return page

        yield fetch
