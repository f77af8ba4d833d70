"""A served archive: the example reports read by the real model, events derived, asked through the whole app."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hostile import make_hostile_archive
from make import make_archive
from served import Client, close_client, open_client

import dragoman
from dragoman.batch.merging import merge_archive
from dragoman.domain import Reading
from dragoman.pipeline import read_report

EXAMPLES = Path(dragoman.__file__).parent / "_data" / "examples"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the examples; another outlet published the second letter for letter."""
    parts = dragoman.load_parts()
    cut = [item for item in dragoman.read_all([EXAMPLES], None) if isinstance(item, Reading)]
    readings = [read_report(reading.report, parts) for reading in cut]
    copy = replace(readings[1], report=replace(readings[1].report, outlet="The Harbour Wire", date="2024-06-20"))
    path = make_archive(tmp_path_factory.mktemp("http") / "news", [*readings, copy], maker=parts.maker)
    merge_archive(path)
    return path


@pytest.fixture
def own_folder(folder: Path, tmp_path: Path) -> Path:
    """A copy of it that may be written to."""
    return Path(shutil.copytree(folder, tmp_path / "own"))


@pytest.fixture(scope="session")
def client(folder: Path) -> Iterator[Client]:
    """Reads the examples."""
    client = open_client(folder)
    yield client
    close_client(client)


@pytest.fixture(scope="session")
def refuser(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """May write, but is only asked what it must refuse: nothing changes in it."""
    client = open_client(Path(shutil.copytree(folder, tmp_path_factory.mktemp("refuser") / "news")), writes=True)
    yield client
    close_client(client)


@pytest.fixture
def writer(own_folder: Path) -> Iterator[Client]:
    """May write to a copy of the examples."""
    client = open_client(own_folder, writes=True)
    yield client
    close_client(client)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Reads an archive of hostile texts, without a build of the page: what it sends is the readable pages alone."""
    folder = tmp_path_factory.mktemp("hostile")
    client = open_client(make_hostile_archive(folder / "news"), web=folder / "none")
    yield client
    close_client(client)
