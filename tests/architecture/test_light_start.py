"""Asking for help loads nothing heavy. Modules are counted, not seconds: a slow machine is no fault."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "numpy",
    "onnxruntime",
    "trafilatura",
    "lxml",
    "feedparser",
    "yaml",
    "py3langid",
    "ftfy",
    "fastapi",
    "uvicorn",
    "dragoman.pipeline",
)


def find_loaded(code: str) -> list[str]:
    """The heavy modules that a fresh Python holds after running ``code``."""
    tell = f"import sys; print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", f"try:\n    {code}\nexcept SystemExit: pass\nfinally:\n    {tell}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return run.stderr.split()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["read", "--help"], ["demo", "--help"], ["serve", "--help"], ["--version"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert find_loaded(f"from dragoman.cli.app import run; run({arguments!r})") == []


def test_importing_the_door_loads_nothing_heavy() -> None:
    assert find_loaded("import dragoman") == []


def test_the_watch_would_see_a_heavy_import() -> None:
    assert find_loaded("import numpy") == ["numpy"]
