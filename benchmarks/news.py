"""The raw news of the data folder as one stream of reports (``news_*``), feeds unpacked in a temporary folder."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading import read_input


def find_news_files(data: Path, scratch: Path) -> list[Path]:
    """Every file of ``news_*`` that holds reports, in the order of their paths; archives are unpacked into ``scratch``."""
    found = []
    for folder in sorted(data.glob("news_*")):
        for path in sorted(folder.iterdir()):
            if path.suffix in (".csv", ".json"):
                found.append(path)
            elif path.name.endswith(".tar.gz"):
                with tarfile.open(path) as tar:
                    tar.extractall(scratch, filter="data")
                found += sorted(p for p in scratch.rglob("*") if p.is_file())
    return found


def read_news(data: Path) -> Iterator[Report | InputError]:
    """Each report once: feeds are snapshots that overlap, so an item seen before (same id and text) is left out."""
    seen = set()
    with tempfile.TemporaryDirectory() as scratch:
        for path in find_news_files(data, Path(scratch)):
            for item in read_input(path):
                key = (item.id, item.text) if isinstance(item, Report) else str(item)
                if key not in seen:
                    seen.add(key)
                    yield item
