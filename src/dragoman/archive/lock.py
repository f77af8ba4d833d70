"""One writer at a time: a lock that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.errors import ArchiveError

_FILE, _HOLDER = "lock", "lock.holder"


@contextmanager
def hold_lock(archive: Path, what: str, *, wait: float = 0.0) -> Iterator[None]:
    """Be the archive's one writer.

    Args:
        archive: The archive's folder.
        what: What is being done, for those who are turned away.
        wait: Seconds to wait for another writer to end.

    Raises:
        ArchiveError: Another process writes; it is named.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(archive / _FILE, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise ArchiveError(
            f"{archive}: is being written by {_find_holder(archive)}; wait for it to end, or run with --wait"
        ) from None
    except OSError as error:
        raise ArchiveError(f"{archive}: can't be written ({error.strerror}); is the folder read-only?") from error
    try:
        (archive / _HOLDER).write_text(f"process {os.getpid()} ({what})", encoding="utf-8")
        yield
    finally:
        (archive / _HOLDER).unlink(missing_ok=True)
        lock.release()


def is_locked(archive: Path) -> bool:
    """Whether somebody writes at this moment. In a folder where nobody can, nobody does."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(archive / _FILE, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def _find_holder(archive: Path) -> str:
    try:
        return (archive / _HOLDER).read_text(encoding="utf-8") or "another process"
    except OSError:
        return "another process"
