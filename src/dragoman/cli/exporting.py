"""``dragoman export --format``: events in another format, with a report of what the format could not hold."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman import __version__
from dragoman.archive import Archive, open_archive
from dragoman.archive.export import replacing
from dragoman.archive.snapshots import hash_snapshot
from dragoman.archive.telling import iterate_told
from dragoman.cli.ending import DONE
from dragoman.interchange.losses import Losses
from dragoman.interchange.sqlite_file import make_metadata
from dragoman.interchange.told import WriteOptions
from dragoman.interchange.writers import get_writer


@dataclass(frozen=True, slots=True)
class EventExport:
    """What is written, where, and of which snapshot and coder."""

    form: str
    path: Path
    snapshot: str | None = None
    coder: str | None = None
    least_texts: int = 1
    search: bool = False


def export_events(archive: Path, filters: Mapping[str, Any], wanted: EventExport) -> int:
    """Write the events that meet the filters; the file appears when it is whole, its loss report beside it."""
    write, path, losses = get_writer(wanted.form), wanted.path, Losses(wanted.form)
    with open_archive(archive, snapshot=wanted.snapshot, coder=wanted.coder) as opened:
        options = WriteOptions(
            tuple(filters.get("status", ())), search=wanted.search, source=_name_source(opened), version=__version__
        )
        with replacing(path) as beside:
            write(iterate_told(opened, filters, least_texts=wanted.least_texts), beside, losses, options)
    path.with_name(f"{path.name}.losses.json").write_text(losses.to_json(), encoding="utf-8")
    if wanted.form == "sqlite":
        path.with_name(f"{path.stem}.metadata.json").write_text(make_metadata(path, options), encoding="utf-8")
    print(f"{path}: {losses.say()}", file=sys.stderr)
    return DONE


def _name_source(opened: Archive) -> str:
    """Archive, snapshot and checksum, so that the file can be traced."""
    snapshot = opened.snapshot
    return f"{opened.path.resolve().name}, snapshot {snapshot.number} ({hash_snapshot(snapshot)[:16]})"
