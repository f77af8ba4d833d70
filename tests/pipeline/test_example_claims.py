"""The claims of the example reports are those written down; a change to them is seen in review."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "claims"))

from changes import SNAPSHOT, find_claims  # noqa: E402


def test_the_claims_written_down_are_those_read() -> None:
    """After a wanted change: python benchmarks/claims/changes.py --write"""
    assert find_claims() == SNAPSHOT.read_text(encoding="utf-8").splitlines()
