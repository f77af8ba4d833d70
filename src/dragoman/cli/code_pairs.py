"""``dragoman code-pairs``: a researcher's hand-coded pairs through the coder, one line each."""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.cli.ending import choose_exit_code
from dragoman.cli.output import open_output
from dragoman.errors import InputError


def code_file(path: Path, output: Path | None, *, is_strict: bool) -> int:
    """Code every pair of the file; what can't be coded is told on stderr and left out. Gives the exit code."""
    from dragoman.interchange.pairs import read_pairs, to_line
    from dragoman.pipeline import code_pair as code
    from dragoman.pipeline import load_parts

    if output and output.exists() and output.resolve() == path.resolve():
        raise InputError("is also what would be written over; name another file to write", place=str(path))
    pairs = read_pairs(path)
    parts, done, failed = load_parts(), 0, 0
    with open_output(output) as out:
        for place, record in pairs:
            try:
                if isinstance(record, InputError):
                    raise record
                code_ = code(record["sentence"], record["actor"], record.get("recipient"), parts)
            except InputError as error:
                failed += 1
                print(error if error.place else f"{place}: {error}", file=sys.stderr)
            else:
                done += 1
                out.write(to_line(record, code_) + "\n")
    return choose_exit_code(done, failed, is_strict=is_strict)
