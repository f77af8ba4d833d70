"""What all tests share. Standing here, it also lets them say ``from make import make_claim``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
"""No test fails because the machine is busy."""


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of real reports beside the repository, where there is one."""
    folder = Path(os.environ.get("DRAGOMAN_SHARED", Path(__file__).parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}; set DRAGOMAN_SHARED to read it")
    return folder


@pytest.fixture(scope="session")
def is_long() -> bool:
    """Whether this is ``make faults``: what is broken at random is broken at many more places."""
    return os.environ.get("FAULTS") == "long"
