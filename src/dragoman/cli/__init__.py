"""The command line. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the ``dragoman`` command and leave with its exit code."""
    # Before numpy is imported: its products here are small, and threads of their own only stand in one another's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from dragoman.cli.app import run

    sys.exit(run(sys.argv[1:]))
