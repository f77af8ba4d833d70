"""What the README shows of one report is what the command prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = "\n    …\n"


def test_the_readmes_sample_is_what_is_printed() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ dragoman (read \S+)\n(.*?)```", page, re.DOTALL)
    assert shown
    command = [sys.executable, "-m", "dragoman", *shown[1].split(), "--table"]
    printed = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "COLUMNS": "88"}, capture_output=True, text=True, check=True
    ).stdout

    for piece in shown[2].split(LEFT_OUT):
        assert piece.strip("\n") in printed
