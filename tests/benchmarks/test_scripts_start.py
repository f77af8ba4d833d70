"""Every benchmark can be asked what it does: none is left behind by a name that moved."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = [
    path.relative_to(ROOT) for path in sorted((ROOT / "benchmarks").rglob("*.py")) if "__main__" in path.read_text()
]
NEED_ONNX = ("benchmarks/model/run.py", "benchmarks/speed/run.py")


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_it_starts(script: Path) -> None:
    if str(script) in NEED_ONNX and importlib.util.find_spec("onnx") is None:
        pytest.skip("needs onnx, which is no dependency of ours")
    run = subprocess.run(
        [sys.executable, script, "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "usage" in run.stdout
