"""The archive as the server holds it: its newest snapshot and a few pinned ones, asked by threads that can be given up."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from fastapi import Request

from dragoman.archive import Archive, open_archive
from dragoman.archive.engine import Engine
from dragoman.archive.fork import Fork, fork_archive, prepare_archive
from dragoman.archive.manifest import find_numbers
from dragoman.archive.parties import Directory
from dragoman.archive.parts import check_parts
from dragoman.archive.tally_making import make_tally
from dragoman.errors import ArchiveError
from dragoman.http.errors import Problem, busy
from dragoman.http.limits import Limits

T = TypeVar("T")
_TICK = 0.2
"""Seconds between looks at the clock and at whether the caller is still there."""
_FRESH = 1.0
"""Seconds for which the newest snapshot is taken to be the newest."""
_PAUSE = 0.01
"""Seconds between looks at whether another thread has opened a snapshot."""
_ASIDE = 4
"""Threads for what is no question: opening snapshots, keeping judgements and reviews."""
_MOST_PINNED = 3
"""Older snapshots kept open beside the newest."""


class Shelf:
    """Snapshots of one archive, opened when asked for."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self.path, self.limits = path, limits or Limits()
        self._is_opening = False
        self._newest = self._open(None)
        self._looked = time.monotonic()
        self._pinned: OrderedDict[int, Archive] = OrderedDict()
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(self.limits.at_once, thread_name_prefix="ask")
        self._aside = ThreadPoolExecutor(_ASIDE, thread_name_prefix="aside")
        self._busy = 0
        self._one_tallies, self._is_closing = threading.Lock(), False
        self._making: Fork | None = None
        self._aside.submit(self._tally)

    def get(self, number: int | None = None) -> Archive:
        """The newest snapshot, or that of a number. May open it, so call it from a thread.

        Raises:
            Problem: There is no such snapshot (404), or not any more (410).
        """
        if number is None:
            return self._find_newest()
        with self._lock:
            if number == self._newest.snapshot.number:
                return self._newest
            if number not in self._pinned:
                self._pinned[number] = self._open_pinned(number)
                while len(self._pinned) > _MOST_PINNED:
                    self._pinned.popitem(last=False)
            self._pinned.move_to_end(number)
            return self._pinned[number]

    @property
    def number(self) -> int:
        """Number of the newest snapshot that is open."""
        return self._newest.snapshot.number

    def is_large(self, archive: Archive) -> bool:
        """Whether what it is counted from is worth the memory."""
        return sum(part.rows for part in archive.snapshot.find_parts("claims")) >= self.limits.tally_from

    @property
    def has_tally(self) -> bool:
        """Whether what it is counted from is held."""
        return self._newest.tally is not None

    async def ask(
        self, request: Request, question: Callable[[Archive], T], *, snapshot: int | None = None, seconds: float = 0.0
    ) -> T:
        """Ask a snapshot in a thread of its own. A question whose caller has left, or whose time is up, is interrupted.

        Raises:
            Problem: It took too long, or too many are waiting (503).
        """
        if self._busy >= self.limits.at_once + self.limits.waiting:
            raise busy("too many questions at once")
        self._busy += 1
        try:
            return await self._ask(request, question, snapshot, seconds or self.limits.seconds)
        finally:
            self._busy -= 1

    async def run(self, work: Callable[[], T]) -> T:
        """Do something in a thread beside those of the questions, so that it needn't wait for them."""
        return await asyncio.get_running_loop().run_in_executor(self._aside, work)

    def refresh(self) -> None:
        """Open the newest snapshot before this returns, so that who wrote it sees it in the next answer. Call it from a thread."""
        numbers = find_numbers(self.path)
        while numbers and self.number < numbers[-1]:
            self._looked = float("-inf")
            if self._find_newest().snapshot.number < numbers[-1]:
                time.sleep(_PAUSE)  # another thread is opening one

    def close(self) -> None:
        self._is_closing = True
        if self._making:
            self._making.interrupt()
        for threads in (self._threads, self._aside):
            threads.shutdown(wait=True, cancel_futures=True)
        for archive in (self._newest, *self._pinned.values()):
            archive.close()

    async def _ask(self, request: Request, question: Callable[[Archive], T], snapshot: int | None, seconds: float) -> T:
        archive, fork = await self.run(lambda: fork_archive(self.get(snapshot)))
        done = asyncio.get_running_loop().run_in_executor(self._threads, lambda: question(archive))
        deadline, why = time.monotonic() + seconds, ""
        try:
            while not done.done():
                await asyncio.wait({done}, timeout=_TICK)
                if not done.done():
                    why = why or ("late" if time.monotonic() > deadline else "")
                    why = why or ("left" if await request.is_disconnected() else "")
                    if why:
                        fork.interrupt()
            return await done
        except Exception as error:
            if why and not isinstance(error, Problem):
                raise busy(f"this took longer than {seconds:g} s; ask for less: fewer days, one type", 10) from error
            raise
        finally:
            if not done.done():  # the server is told to end
                fork.interrupt()
                await asyncio.wait({done})
            fork.close()

    def _find_newest(self) -> Archive:
        """Go on to a newer snapshot where there is one; while one thread opens it, the others ask the one before."""
        with self._lock:
            if time.monotonic() - self._looked < _FRESH or self._is_opening:
                return self._newest
            self._looked = time.monotonic()
            numbers = find_numbers(self.path)
            if not numbers or numbers[-1] == self._newest.snapshot.number:
                return self._newest
            self._is_opening = True
        try:
            newest = self._open(None, beside=self._newest)
        finally:
            self._is_opening = False
        with self._lock:
            self._pinned[self._newest.snapshot.number], self._newest = self._newest, newest
        self._aside.submit(self._tally)
        return newest

    def _tally(self) -> None:
        """Hold what a large archive is counted from, for the newest snapshot alone; until then its files are read."""
        import duckdb

        if not self._one_tallies.acquire(blocking=False):
            return  # the thread that is at it looks for a newer snapshot when it is done
        try:
            while not self._is_closing and (archive := self._newest).tally is None and self.is_large(archive):
                for other in list(self._pinned.values()):
                    other.tally = None
                self._making = Fork(archive.engine)
                archive.tally = make_tally(self._making)
        except (ArchiveError, duckdb.Error) as error:
            if not self._is_closing:
                print(f"counting will be slow: {error}", file=sys.stderr, flush=True)
        finally:
            self._one_tallies.release()

    def _open(self, number: int | None, beside: Archive | None = None) -> Archive:
        """Open a snapshot. Parts that another open one vouches for aren't hashed again: a part never changes."""
        archive = open_archive(self.path, snapshot=number)
        known = {part.name for part in beside.snapshot.parts} if beside else set()
        check_parts(self.path, [part for part in archive.snapshot.parts if part.name not in known])
        archive.engine = Engine(self.path, archive.snapshot, check=False)
        archive.directory = Directory(archive.engine)
        prepare_archive(archive)
        return archive

    def _open_pinned(self, number: int) -> Archive:
        numbers = find_numbers(self.path)
        if number not in numbers:
            was = bool(numbers) and 0 < number < numbers[-1]
            raise Problem(
                410 if was else 404, f"no snapshot {number}{' any more' if was else ''}", parameter="snapshot"
            )
        try:
            return self._open(number)
        except ArchiveError as error:
            raise Problem(410, f"snapshot {number} can't be read any more: {error}", parameter="snapshot") from error
