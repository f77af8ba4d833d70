"""The command line. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the ``dragoman`` command and leave with its exit code."""
    from dragoman.cli.app import run

    sys.exit(run(sys.argv[1:]))
