"""The life of one worker process: it does one task after the other, tells what it finds, and never outlives its parent."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dragoman.errors import ModelError, ResourceError

if TYPE_CHECKING:
    from dragoman.batch.tasks import Task
    from dragoman.pipeline import Parts

_PR_SET_PDEATHSIG = 1
_SECONDS_BETWEEN_LOOKS = 1.0


@dataclass(frozen=True, slots=True)
class Message:
    """What a worker tells: that it is there, loads or has loaded its parts, a finding, the end of a task, a fault."""

    kind: Literal["ready", "loading", "loaded", "found", "done", "failed", "fatal"]
    content: Any = None


def run_worker(connection: Connection, project: Path | None, parent: int, is_main: bool) -> None:
    """Do tasks until the other end closes.

    Args:
        connection: To the parent.
        project: Folder with the user's own actors, acts and outlets.
        parent: Id of the parent process.
        is_main: Whether its main thread started this process. Linux ends a process with the thread that started it.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # both go to the whole group; the parent says when to end
        signal.signal(number, signal.SIG_IGN)
    _end_with(parent, is_main)
    tell = _make_tell(connection)
    get_parts = _make_shelf(project, tell)
    tell(Message("ready"))
    while (task := _receive(connection)) is not None:
        for message in _do(task, get_parts):
            tell(message)


def _do(task: Task, get_parts: Callable[[], Parts]) -> Iterator[Message]:
    """The findings of one task; a fault of ours in one report is told, and the next report is read."""
    try:
        for found in task.run(get_parts):
            yield Message("found", found)
    except (ModelError, ResourceError) as error:
        yield Message("fatal", error)
        return
    except MemoryError:
        yield Message("failed", ("needed more memory than there is", ""))
        return
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        yield Message("failed", ("unexpected error", detail))
        return
    yield Message("done")


def _make_shelf(project: Path | None, tell: Callable[[Message], None]) -> Callable[[], Parts]:
    """Parts, loaded when first asked for: reading needs none."""
    shelf: list[Parts] = []

    def get_parts() -> Parts:
        from dragoman.pipeline import load_parts

        if not shelf:
            tell(Message("loading"))
            shelf.append(load_parts(project))
            gc.freeze()  # they stay to the end: looking through them for garbage took one second in a hundred
            tell(Message("loaded"))
        return shelf[0]

    return get_parts


def _make_tell(connection: Connection) -> Callable[[Message], None]:
    def tell(message: Message) -> None:
        try:
            connection.send(message)
        except OSError:  # the parent has gone
            os._exit(1)

    return tell


def _receive(connection: Connection) -> Task | None:
    try:
        task: Task = connection.recv()
    except (EOFError, OSError):
        return None
    return task


def _end_with(parent: int, is_main: bool) -> None:
    """End when the parent does, also in the middle of a task, also where the parent was killed."""
    if sys.platform == "linux" and is_main:
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os._exit(1)
