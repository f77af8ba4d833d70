"""``POST /v1/read`` and ``/v1/add``: a text read at once, and one that is kept.

What is handed in is hostile until shown otherwise: it is read in a worker process that can be ended, one text at a time,
with the model loaded once. Pages are fetched as ``dragoman add`` fetches them, from the open internet alone.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from dragoman.batch.adding import add
from dragoman.batch.inputs import Page
from dragoman.batch.merging import merge_archive
from dragoman.batch.pool import MEGABYTE, Pool
from dragoman.batch.pool import Limits as WorkerLimits
from dragoman.batch.run import Options, Watch
from dragoman.batch.tasks import Fetching
from dragoman.domain import Reading, Report
from dragoman.errors import ArchiveError, DragomanError, InputError
from dragoman.http import formats
from dragoman.http.asking import refuse_parameters, told
from dragoman.http.briefs import brief_claim, find_link, find_spans
from dragoman.http.errors import Problem, busy
from dragoman.http.filters import Day, Words
from dragoman.http.opened import Shelf
from dragoman.pipeline import Parts

router = APIRouter(tags=["writing"])
T = TypeVar("T")
_WORKER_MEMORY = 1_000 * MEGABYTE
_WAIT = 5.0
"""Seconds to wait for another writer to end."""
_MOST_WAITING = 8
_MOST_CHARACTERS = 200_000
"""Code points of a text: a long report has 30,000."""


class Handed(BaseModel):
    """A text, or the address of a page."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str | None, Field(min_length=1, max_length=_MOST_CHARACTERS)] = None
    url: Annotated[str | None, Field(max_length=4_000)] = None
    title: Annotated[str | None, Field(max_length=1_000)] = None
    outlet: Words | None = None
    date: Annotated[Day | None, Field(description="Day of publication.")] = None

    @model_validator(mode="after")
    def _check(self) -> Handed:
        if (self.text is None) == (self.url is None):
            raise ValueError("give either text or url")
        return self


class Kept(Handed):
    """A text to keep, with where and when it came from."""


@dataclass(frozen=True, slots=True)
class ReadingHanded:
    """Read and code one text or fetched page, in a worker. Of a page that holds several reports, the first."""

    text: str | None
    page: Page | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    name: str = "text handed in"

    def run(self, get_parts: Callable[[], Parts]) -> Iterator[Reading | InputError]:
        from dragoman.pipeline import read_report

        for found in self._find():
            yield read_report(found, get_parts()) if isinstance(found, Report) else found
            return

    def _find(self) -> Iterator[Report | InputError]:
        from dragoman.pipeline.inputs import read_fields, read_raw, split_source

        if self.page is None:
            fields = {"text": self.text, "title": self.title}
            yield from read_fields(fields, self.name, date=self.date, outlet=self.outlet)
            return
        for record in split_source(self.page.data, name=self.page.address, meta=self.page.meta):
            if isinstance(record, InputError):
                yield record
            else:
                yield from read_raw(record, date=self.date, outlet=self.outlet)


@dataclass(slots=True)
class Reader:
    """One worker process with the model in it, started when it is first needed, asked by one thread."""

    seconds: float = 20.0
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="read"))
    _pools: list[Pool] = field(default_factory=list)
    _waiting: int = 0

    async def run(self, work: Callable[[Pool], T]) -> T:
        """Do work with the pool, after what came before it.

        Raises:
            Problem: Too much is waiting.
        """
        if self._waiting >= _MOST_WAITING:
            raise busy("too many texts are waiting to be read", 10)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(self._get_pool()))
        finally:
            self._waiting -= 1

    def warm(self) -> None:
        """Start the worker and have it load the model, while nobody waits for it."""
        self._thread.submit(lambda: self._get_pool().ask(ReadingHanded("The two ministers met on Monday.")))

    def close(self) -> None:
        def end() -> None:
            for pool in self._pools:
                pool.close()

        self._thread.submit(end).result()
        self._thread.shutdown()

    def _get_pool(self) -> Pool:
        # Made in this thread and kept by it: on Linux a worker ends with the thread that started it.
        if not self._pools:
            self._pools.append(Pool(1, WorkerLimits(self.seconds, _WORKER_MEMORY)))
        return self._pools[0]


@router.post("/v1/read", responses=told(dict[str, Any], 415, 422))
async def read(request: Request, handed: Handed) -> Response:
    """What stands in a text or page, without keeping it."""
    refuse_parameters(request)
    reader: Reader = request.app.state.reader
    reading = await reader.run(lambda pool: read_handed(pool, handed))
    return formats.answer(tell_reading(reading))


@router.post("/v1/add", responses=told(dict[str, Any], 409, 415, 422))
async def add_one(request: Request, kept: Kept) -> Response:
    """Read a text or page into the archive, and bring its events up to date."""
    refuse_parameters(request)
    reader, shelf = request.app.state.reader, request.app.state.shelf
    async with request.app.state.writing:
        return formats.answer(await reader.run(lambda _: keep_handed(shelf, kept)))


def read_handed(pool: Pool, handed: Handed) -> Reading:
    """Read what was handed in.

    Raises:
        Problem: It can't be read, or its address is refused or gives no page (422).
    """
    page = _ask(pool, Fetching(handed.url, allow_private=False)) if handed.url is not None else None
    assert page is None or isinstance(page, Page)
    task = ReadingHanded(handed.text, page, handed.title, handed.date, handed.outlet)
    found = _ask(pool, task)
    assert isinstance(found, Reading)
    return found


def tell_reading(reading: Reading) -> dict[str, Any]:
    """A reading as JSON: the report with its text, its claims, and what was not kept."""
    report = reading.report
    row = {"outlet": report.outlet, "report_date": report.date, "title": report.title, "url": report.url}
    claims = [
        {
            **brief_claim(claim, {**row, "day": claim.date or report.date, "day_how": "act" if claim.date else "report"}, None),
            "at": [claim.sentence.span.start, claim.sentence.span.end], "report_spans": find_spans(claim, base=0),
            "why": list(claim.why),
        }
        for claim in reading.claims
    ]  # fmt: skip
    return {
        "report": {
            "id": report.id, "outlet": report.outlet, "date": report.date, "date_how": report.date_how,
            "title": report.title, "url": find_link(report.url), "language": report.language,
            "machine_translated": report.machine_translated, "text": report.text,
        },
        "claims": claims, "sentences": len(reading.sentences),
        "rejected": [{"step": r.step, "reason": r.reason, "detail": r.detail} for r in reading.rejected],
    }  # fmt: skip


def keep_handed(shelf: Shelf, kept: Kept) -> dict[str, Any]:
    """Add what was handed in to the archive and derive its events.

    Raises:
        Problem: Another process writes (409), or it can't be read or fetched (422).
    """
    before = shelf.get().snapshot.number
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / "handed-in.jsonl"
        fields = {"text": kept.text, "title": kept.title}
        path.write_text(json.dumps({key: value for key, value in fields.items() if value}) + "\n", encoding="utf-8")
        source = check_address(kept.url) if kept.url is not None else str(path)
        try:
            watch = _Watch()
            options = Options(date=kept.date, outlet=kept.outlet)
            tally = add(shelf.path, [source], options, wait=_WAIT, watch=lambda _: watch)
            if watch.errors:
                raise watch.errors[0]
            merged = merge_archive(shelf.path, wait=_WAIT)
        except ArchiveError as error:
            raise busy(str(error), 5, status=409) from error
        except InputError as error:
            raise _refuse(error) from error
    shelf.refresh()
    counts = {name.replace(" ", "_"): count for name, count in tally.counts.items()}
    changed = [*merged.added, *(after for _, after in merged.changed)]
    return {**counts, "claims": tally.claims, "events": [event.id for event in changed], "snapshot_before": before}


def check_address(url: str) -> str:
    """An address of the web; what isn't one could be a file of this machine.

    Raises:
        Problem: It is no http or https address (422).
    """
    if not url.startswith(("http://", "https://")) or any(c.isspace() or c in "*?[" for c in url.partition("?")[0]):
        raise Problem(422, "only http:// and https:// addresses are fetched", parameter="url")
    return url


class _Watch(Watch):
    """Keeps what could not be read."""

    def __init__(self) -> None:
        self.errors: list[InputError] = []

    def fail(self, error: InputError) -> None:
        self.errors.append(error)


def _refuse(error: InputError) -> Problem:
    """Why it can't be read, without the paths of this machine."""
    place = error.place if error.place.startswith(("http://", "https://")) else ""
    return Problem(422, f"{place}: {error.message}" if place else error.message)


def _ask(pool: Pool, task: Any) -> object:
    """What a worker finds, the first of it.

    Raises:
        Problem: It fails (422), or workers can't be started (503).
    """
    try:
        outcome = pool.ask(task)
    except DragomanError as error:
        raise busy(str(error), 30) from error
    found = outcome.found[0] if outcome.found else None
    if isinstance(found, InputError):
        raise _refuse(found)
    if outcome.failure or found is None:
        reason = outcome.failure.reason if outcome.failure else "holds no report"
        raise Problem(422, f"can't be read: {reason}")
    return found
