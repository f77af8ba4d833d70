"""Real archives to ask: one of the example reports read by the real model, with a copy and a version among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from make import make_archive

import dragoman
from dragoman.archive import Archive, open_archive
from dragoman.archive.rows import name_report
from dragoman.domain import Reading
from dragoman.pipeline import read_report

EXAMPLES = Path(dragoman.__file__).parent / "_data" / "examples"


@pytest.fixture(scope="session")
def readings() -> list[Reading]:
    """The example reports, read."""
    parts = dragoman.load_parts()
    cut = [item for item in dragoman.read_all([EXAMPLES], None) if isinstance(item, Reading)]
    return [read_report(name_report(reading.report), parts) for reading in cut]


@pytest.fixture(scope="session")
def folder(readings: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the examples; the second was also published, letter for letter, by another outlet a day later."""
    second = readings[1]
    copy = replace(second, report=replace(second.report, outlet="The Harbour Wire", date="2024-06-20"))
    path = tmp_path_factory.mktemp("archive") / "news"
    return make_archive(path, [*readings, copy], maker=dragoman.load_parts().maker)


@pytest.fixture(scope="session")
def archive(folder: Path) -> Iterator[Archive]:
    with open_archive(folder) as opened:
        yield opened
