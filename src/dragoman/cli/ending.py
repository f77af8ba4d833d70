"""How a command ends: exit codes, one line for an error, a traceback only with ``--debug``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from dragoman.errors import DragomanError

DONE = 0
FAILED = 1
SOME_FAILED = 3
INTERRUPTED = 130


def run_guarded(command: Callable[[], int], *, debug: bool = False) -> int:
    """Run a command and give its exit code; our own errors and the system's become one line on stderr."""
    try:
        return command()
    except BrokenPipeError:
        # The reader (head, less) has had enough; without this, Python complains again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("dragoman: interrupted", file=sys.stderr)
        return INTERRUPTED
    except (DragomanError, OSError) as error:
        if debug:
            raise
        print(f"dragoman: {error}", file=sys.stderr)
        return FAILED


def choose_exit_code(read: int, failed: int, *, is_strict: bool) -> int:
    """0 where nothing failed, 3 where some documents did and others not, 1 where all did (or any, when strict)."""
    if not failed:
        return DONE
    return SOME_FAILED if read and not is_strict else FAILED
