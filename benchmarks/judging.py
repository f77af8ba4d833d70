"""What benchmarks share that readers judge by a sheet: their commands, lines of JSON, intervals."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any


def parse_judging(doc: str | None, numbers: dict[str, int], readers: int | str = "+") -> argparse.Namespace:
    """The commands of a benchmark that readers judge by a sheet: ``draw ARCHIVE`` (``numbers``: how many of each kind, asked
    for by the kind's name) and ``tell SHEET READER…``."""
    ap = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = ap.add_subparsers(dest="command", required=True)
    draw = commands.add_parser("draw")
    draw.add_argument("archive", type=Path)
    draw.add_argument("--sheet", type=Path, required=True)
    for kind, number in numbers.items():
        draw.add_argument(f"--{kind}", type=int, default=number)
    draw.add_argument("--seed", type=int, default=1)
    tell = commands.add_parser("tell")
    tell.add_argument("sheet", type=Path)
    tell.add_argument("readers", type=Path, nargs=readers)
    tell.add_argument("--out", type=Path)
    return ap.parse_args()


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def find_interval(hits: int, total: int) -> list[float] | None:
    """Wilson's 95 % interval."""
    if not total:
        return None
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return [round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)]
