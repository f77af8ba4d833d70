"""What every benchmark says of itself: when, where, with what; and where the data is."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dragoman


def find_data(given: Path | None) -> Path:
    """The data folder: the argument, else ``DRAGOMAN_DATA``, else ``../shared/data`` beside the repository."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = given or Path(os.environ.get("DRAGOMAN_DATA", beside))
    if not folder.is_dir():
        raise SystemExit(f"no data folder at {folder}: give --data or set DRAGOMAN_DATA")
    return folder


def find_gold(given: Path | None) -> Path:
    """The folder with ``reports/``, ``claims/`` and ``score.py``: the argument, else ``DRAGOMAN_GOLD``, else beside the data."""
    folder = given or Path(os.environ.get("DRAGOMAN_GOLD", find_data(None).parent / "gold"))
    if not (folder / "score.py").is_file():
        raise SystemExit(f"no gold claims at {folder}: give --gold or set DRAGOMAN_GOLD")
    return folder


def tell_run(benchmark: str, **more: Any) -> dict[str, Any]:
    return {
        "benchmark": benchmark,
        "date": datetime.now(UTC).date().isoformat(),
        "version": dragoman.__version__,
        "machine": f"{_find_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    } | more


def write_result(result: dict[str, Any], out: Path | None) -> None:
    """Print a result and, where a file is named, write it there."""
    text = json.dumps(result, indent=1)
    print(text)
    if out:
        out.write_text(text + "\n", encoding="utf-8")


def _find_processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
