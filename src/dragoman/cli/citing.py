"""``dragoman cite``: how to cite the software and a snapshot of an archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from dragoman import __version__
from dragoman.archive import open_archive
from dragoman.archive.manifest import find_numbers
from dragoman.archive.snapshots import cite_snapshot
from dragoman.cli.ending import DONE
from dragoman.interchange.citation import Citation, cite_software, write_bibtex, write_cff, write_csl, write_text
from dragoman.pipeline import load_parts
from dragoman.settings import find_settings

Form = Literal["text", "bibtex", "cff", "json"]


def show_citation(
    archive: Path | None, which: str | None, authors: Sequence[str], form: Form, *, is_wanted: bool
) -> int:
    """Print the citation of the software, and of a snapshot where there is an archive.

    Args:
        archive: Its folder; none cites the software alone.
        which: Number or name of the snapshot, by default the newest.
        authors: Whose archive it is.
        form: What to print it as.
        is_wanted: An archive was asked for, so that it is an error if there is none.
    """
    snapshot = None
    if archive and (is_wanted or find_numbers(archive)):
        with open_archive(archive, snapshot=which) as opened:
            snapshot = cite_snapshot(opened.engine, authors)
    if form == "cff" and snapshot:
        print(write_cff(snapshot), end="")
        return DONE
    software = cite_software(__version__, asdict(load_parts(find_settings().project).maker))
    print(_write([software, *([snapshot] if snapshot else [])], form))
    return DONE


def _write(citations: Sequence[Citation], form: Form) -> str:
    if form == "bibtex":
        return write_bibtex(citations)
    if form == "json":
        return json.dumps(write_csl(citations), ensure_ascii=False, indent=2)
    if form == "cff":
        return write_cff(citations[0]).rstrip()
    return write_text(citations)
