"""Worker processes that may be ended: each does one task at a time, so that a fault always has one culprit.

A worker that takes too long or too much memory is killed and replaced, one that dies is replaced. The task it was at is
tried once more in a fresh worker, alone; after that it has failed, and the others go on.
"""

from __future__ import annotations

import heapq
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from dragoman.batch.memory import measure_memory
from dragoman.batch.tasks import Task
from dragoman.batch.worker import Message, run_worker
from dragoman.errors import DragomanError

TICK = 0.1
"""Seconds between looks at the clock and at memory."""
_LOAD_SECONDS = 120.0
_ENDING_SECONDS = 5.0
_TRIES = 2
_MOST_FALSE_STARTS = 3
_TIRED = 0.75
"""Share of the memory allowed from which a worker is replaced between two tasks: what creeps up is no report's fault."""
_FEWEST_TASKS = 20
MEGABYTE = 1_000_000
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one record or report may take."""

    seconds: float = 10.0
    memory: int = 1_000 * MEGABYTE
    """Bytes in memory of the worker that reads it."""
    tasks: int = 5_000
    """Tasks after which a worker is replaced by a fresh one."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task failed: a short fixed phrase, and what more is known."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A task's findings, all of them or those before it failed."""

    tag: Any
    found: tuple[Any, ...]
    failure: Failure | None = None


@dataclass(order=True, slots=True)
class _Job:
    rank: tuple[int, int]
    task: Task = field(compare=False)
    tag: Any = field(compare=False)
    tries: int = field(default=0, compare=False)


class Pool:
    """Up to ``size`` workers, started when there is work. Give it tasks, then ``wait`` for their outcomes."""

    def __init__(self, size: int, limits: Limits, project: Path | None = None) -> None:
        self.limits = limits
        self._size, self._project = size, project
        self._jobs: list[_Job] = []
        self._again: list[_Job] = []
        self._workers: list[_Worker] = []
        self._count = 0
        self._false_starts = self._false_loads = 0

    def submit(self, task: Task, tag: Any, *, rank: int = 0) -> None:
        """Hand in a task; those of the lowest rank are done first, of one rank in the order they came."""
        self._count += 1
        heapq.heappush(self._jobs, _Job((rank, self._count), task, tag))

    def wait(self, timeout: float = TICK) -> list[Outcome]:
        """The outcomes that came within ``timeout`` seconds, at once when there are some.

        Raises:
            ModelError, ResourceError: A worker can't load what it needs.
            DragomanError: Workers can't be started.
        """
        self._hand_out()
        ready = wait([worker.connection for worker in self._workers], timeout) if self._workers else []
        outcomes = [each for worker in list(self._workers) if worker.connection in ready for each in self._hear(worker)]
        outcomes += [each for worker in list(self._workers) for each in self._check(worker)]
        self._hand_out()
        return outcomes

    def ask(self, task: Task) -> Outcome:
        """Do one task and wait for it."""
        self.submit(task, None)
        while not (outcomes := self.wait()):
            pass
        return outcomes[0]

    def find_slowest(self) -> tuple[str, float] | None:
        """What has been worked on for longest, and for how many seconds."""
        busy = [(worker.job.task.name, worker.find_age()) for worker in self._workers if worker.job]
        return max(busy, key=lambda each: each[1], default=None)

    def find_processes(self) -> list[int]:
        """Ids of the worker processes."""
        return [worker.process.pid or 0 for worker in self._workers]

    def close(self) -> None:
        """End all workers, whatever they are at."""
        for worker in self._workers:
            worker.kill()
        self._workers, self._jobs, self._again = [], [], []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hand_out(self) -> None:
        for worker in [each for each in self._workers if each.is_idle]:
            if self._again and worker.done == 0:
                worker.take(self._again.pop(0))
            elif self._is_tired(worker):
                self._remove(worker)
            elif self._jobs:
                worker.take(heapq.heappop(self._jobs))
        coming = sum(not worker.is_ready for worker in self._workers)
        for _ in range(min(len(self._jobs) + len(self._again) - coming, self._size - len(self._workers))):
            self._workers.append(_Worker(self._project))

    def _is_tired(self, worker: _Worker) -> bool:
        """Whether a worker goes before its next task: its time is over, or a fresh one is needed and there is no room."""
        is_stale = worker.done >= self.limits.tasks
        is_large = worker.done >= _FEWEST_TASKS and worker.measure() > _TIRED * self.limits.memory
        needs_fresh = bool(self._again) and all(each.is_ready for each in self._workers)
        return is_stale or is_large or (needs_fresh and len(self._workers) >= self._size)

    def _hear(self, worker: _Worker) -> Iterator[Outcome]:
        """All that a worker has to tell."""
        try:
            while worker.connection.poll():
                outcome = self._take(worker, worker.connection.recv())
                if outcome:
                    yield outcome
        except (EOFError, OSError):
            yield from self._bury(worker, _tell_death(worker.find_ending()))

    def _take(self, worker: _Worker, message: Message) -> Outcome | None:
        worker.since = time.monotonic()
        if message.kind == "fatal":
            error: Exception = message.content
            raise error
        if message.kind == "found":
            worker.found.append(message.content)
        elif message.kind == "ready":
            worker.is_ready, self._false_starts = True, 0
        elif message.kind in ("loading", "loaded"):
            worker.is_loading = message.kind == "loading"
            if not worker.is_loading:
                self._false_loads = 0
                self._check_room(worker)
        else:
            failure = Failure(*message.content) if message.kind == "failed" else None
            return worker.end_job(failure)
        return None

    def _check_room(self, worker: _Worker) -> None:
        taken = worker.measure()
        if taken > self.limits.memory:
            raise DragomanError(
                f"a worker takes {taken // MEGABYTE:,} MB before it has read a report, more than the "
                f"{self.limits.memory // MEGABYTE:,} MB it may have; allow more with --memory"
            )

    def _check(self, worker: _Worker) -> Iterator[Outcome]:
        """Kill a worker that is over its limits, unless it has just told something."""
        if (worker.job is None and worker.is_ready) or worker.connection.poll():
            return
        limit = self.limits.seconds if worker.is_ready and not worker.is_loading else _LOAD_SECONDS
        if worker.find_age() > limit:
            reason = f"took longer than {limit:g} s"
        elif worker.is_ready and not worker.is_loading and worker.measure() > self.limits.memory:
            reason = f"needed more than {_tell_size(self.limits.memory)}"
        else:
            return
        worker.kill()
        yield from self._bury(worker, Failure(reason))

    def _bury(self, worker: _Worker, failure: Failure) -> Iterator[Outcome]:
        """A worker has ended at its task: try that once more, or let it have failed."""
        self._remove(worker)
        self._false_starts += not worker.is_ready
        self._false_loads += worker.is_loading
        if max(self._false_starts, self._false_loads) >= _MOST_FALSE_STARTS:
            raise DragomanError(f"worker processes can't start: {failure.reason}. Is there enough memory?")
        job = worker.job
        if job is None:
            return
        job.tries += not worker.is_loading
        if job.tries < _TRIES:
            self._again.append(job)
        else:
            yield Outcome(job.tag, tuple(worker.found), failure)

    def _remove(self, worker: _Worker) -> None:
        worker.kill()
        self._workers.remove(worker)


class _Worker:
    """One process, as its parent sees it."""

    def __init__(self, project: Path | None, entry: Callable[..., None] = run_worker) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=entry, args=(theirs, project, os.getpid()), daemon=True)
        with _one_thread():
            self.process.start()
        theirs.close()
        self.job: _Job | None = None
        self.found: list[Any] = []
        self.done = 0
        self.is_ready = self.is_loading = False
        self.since = time.monotonic()

    connection: Connection

    @property
    def is_idle(self) -> bool:
        return self.is_ready and self.job is None

    def take(self, job: _Job) -> None:
        self.job, self.found, self.since = job, [], time.monotonic()
        with suppress(OSError):  # where it has died, the closed pipe tells, and the task is tried again
            self.connection.send(job.task)

    def end_job(self, failure: Failure | None) -> Outcome | None:
        job, self.job = self.job, None
        self.done += 1
        return Outcome(job.tag, tuple(self.found), failure) if job else None

    def find_age(self) -> float:
        """Seconds since it was last heard of."""
        return time.monotonic() - self.since

    def measure(self) -> int:
        return measure_memory(self.process.pid)

    def kill(self) -> None:
        """End it, whatever it is at."""
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        self.connection.close()

    def find_ending(self) -> int:
        """The exit code of one that has hung up, negative where a signal ended it."""
        self.process.join(_ENDING_SECONDS)
        self.kill()
        return self.process.exitcode or 0


def _tell_death(code: int) -> Failure:
    if code >= 0:
        return Failure(f"worker died (exit code {code})")
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = "?"
    detail = "killed from outside, perhaps by the system for want of memory" if code == -signal.SIGKILL else name
    return Failure(f"worker died (signal {-code})", detail)


def _tell_size(size: int) -> str:
    return f"{size / (1_000 * MEGABYTE):g} GB" if size >= 1_000 * MEGABYTE else f"{size / MEGABYTE:g} MB"


@contextmanager
def _one_thread() -> Iterator[None]:
    """Libraries of numbers read these when they are loaded: a worker keeps to one core."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update({name: "1" for name in _ONE_THREAD})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
