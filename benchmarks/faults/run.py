"""What becomes of an archive when things break: runs the fault tests and writes their table to docs/faults.md.

    python benchmarks/faults/run.py [--long] [--out docs/faults.md]

Each row is one test (or one family of its cases): what is broken, how often, what must hold, and what came of it. With
``--long`` runs are killed 500 times instead of a few, and disks fill at many more places; that takes about an hour
(``FAULTS_SECONDS`` bounds the killing). Needs what ``make test`` installs, and root for the
tests that mount a small disk (they are told as skipped without it).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from machine import tell_run  # noqa: E402

FOLDERS = (
    "tests/faults",
    "tests/reading/test_bad_input.py",
    "tests/reading/test_archives.py",
    "tests/archive/test_doctor.py",
    "tests/archive/test_compact.py",
)


@dataclass
class Row:
    """One test with all its cases."""

    cases: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    told: list[str] = field(default_factory=list)


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--long", action="store_true")
    ap.add_argument("--out", type=Path, default=ROOT / "docs" / "faults.md")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "junit.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *FOLDERS]
        code = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "FAULTS": "long" if a.long else "short"}, check=False
        )
        rows = read_rows(report)
    a.out.write_text(write_page(rows, is_long=a.long), encoding="utf-8")
    print(a.out)
    return code.returncode


def read_rows(report: Path) -> dict[tuple[str, str], Row]:
    """(file, test) → what came of it, in the order of the tests."""
    rows: dict[tuple[str, str], Row] = defaultdict(Row)
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        row = rows[case.get("classname", "").rsplit(".", 1)[-1], case.get("name", "").split("[")[0]]
        row.cases += 1
        row.seconds += float(case.get("time", 0))
        row.failed += any(case.find(kind) is not None for kind in ("failure", "error"))
        row.skipped += case.find("skipped") is not None
        row.told += [str(p.get("value")) for p in case.iter("property")]
    return rows


def write_page(rows: dict[tuple[str, str], Row], *, is_long: bool) -> str:
    run = tell_run("faults")
    limit = os.environ.get("FAULTS_SECONDS")
    within = f" (runs killed for at most {int(limit):,} s)" if limit else ""
    head = f"""# When things break

Made by `{"make faults" if is_long else "python benchmarks/faults/run.py"}`{within} on {run["date"]}, {run["machine"]};
nothing in it is written by hand. Each row is a test of the suite: what is done to a run or an archive stands in its name.
All files are made by the tests, nothing leaves the machine. What must always hold: no report lost and none counted twice,
`read = coded + copies + known + without parties + rejected`, the claims of an unbroken run, a message that names the file
and the way out.

| test | cases | held | figures | seconds |
|---|---|---|---|---|
"""
    lines = []
    for (file, name), row in rows.items():
        held = (
            f"**{row.cases - row.failed - row.skipped} of {row.cases}**" if row.failed else f"{row.cases - row.skipped}"
        )
        held += f", {row.skipped} skipped" if row.skipped else ""
        words = name.removeprefix("test_").replace("_", " ")
        told = "; ".join(dict.fromkeys(row.told))
        lines.append(f"| {words} <sub>{file}</sub> | {row.cases} | {held} | {told} | {row.seconds:.0f} |")
    total = sum(row.cases for row in rows.values())
    failed = sum(row.failed for row in rows.values())
    return head + "\n".join(lines) + f"\n\n{total} cases, {failed} failed.\n"


if __name__ == "__main__":
    raise SystemExit(main())
