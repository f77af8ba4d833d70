"""Puts a third hand's settled claims into a file of reports, in place of the first hand's.

    python resources/training/settle.py REPORTS.txt SETTLED.txt

SETTLED.txt holds, for each sentence that was settled, all its claims as ``ID.N> TYPE status | …``, or ``ID.N> NONE``.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from read_reports import read_file

_SETTLED = re.compile(r"(\S+)\.(\d+)(>.*)$")


def settle(lines: list[str], settled: dict[tuple[str, int], list[str]]) -> list[str]:
    out: list[str] = []
    place, number = ("", 0), 0
    for line in lines:
        if line.startswith("=== "):
            place, number = (line.split()[1], 0), 0
        elif re.match(r"[HSCD](\[|\|)", line):
            number += 1
            place = (place[0], number)
            out.append(line)
            out += settled.get(place, [])
            continue
        if line.startswith(">") and place in settled:
            continue
        out.append(line)
    return out


def main() -> None:
    path, given = Path(sys.argv[1]), Path(sys.argv[2])
    settled: dict[tuple[str, int], list[str]] = defaultdict(list)
    for line in given.read_text(encoding="utf-8").splitlines():
        if m := _SETTLED.match(line):
            rows = settled[m[1], int(m[2])]
            if m[3].strip("> ") != "NONE":
                rows.append("> " + m[3].lstrip("> "))
    before = path.read_text(encoding="utf-8")
    path.write_text("\n".join(settle(before.splitlines(), settled)) + "\n", encoding="utf-8")
    try:
        read_file(path)
    except ValueError as error:
        path.write_text(before, encoding="utf-8")
        raise SystemExit(f"not settled: {error}") from error


if __name__ == "__main__":
    main()
