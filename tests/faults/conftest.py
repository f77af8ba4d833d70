"""What the fault tests share: sixty reports, and what an unbroken run makes of them."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from added import UNIT, export, run_add, write_corpus


@dataclass(frozen=True)
class Unbroken:
    """A run that nobody disturbed."""

    sources: list[str]
    rows: dict[str, list[str]]
    seconds: float


@pytest.fixture(scope="session")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Unbroken:
    folder = tmp_path_factory.mktemp("unbroken")
    sources = write_corpus(folder / "in")
    start = time.monotonic()
    run = run_add(folder / "archive", sources, *UNIT)
    assert run.returncode == 3, run.stderr
    return Unbroken(sources, export(folder / "archive"), time.monotonic() - start)
