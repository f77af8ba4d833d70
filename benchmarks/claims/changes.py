"""Claims that a change gains and loses on the bundled example reports.

    python benchmarks/claims/changes.py [--base REVISION] [--write]

``--write`` puts the claims of now into ``tests/cases/example_claims.tsv``, which a test holds to what is read. The
comparison is with that file at ``--base``; by default as it was before the last commit that touched it.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

import dragoman
from dragoman.interchange.claims_json import to_json

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "tests" / "cases" / "example_claims.tsv"
EXAMPLES = ROOT / "resources" / "examples"


def find_claims() -> list[str]:
    """One line a claim: report, trigger, type, status, actors → recipients, in the order of the reports' text."""
    parts, lines = dragoman.load_parts(), []
    for path in sorted(p for p in EXAMPLES.iterdir() if p.suffix != ".md"):
        for n, reading in enumerate(dragoman.read_all([path], parts), 1):
            if isinstance(reading, Exception):
                continue
            for claim in to_json(reading)["claims"]:
                sides = [" ".join(p["code"] for p in claim[k]) for k in ("actors", "recipients")]
                what = (f"{path.name}#{n}", claim["trigger"]["text"], claim["event_type"], claim["status"])
                lines.append("\t".join((*what, f"{sides[0]} → {sides[1]}")))
    return lines


def read_before(base: str | None) -> list[str] | None:
    name = SNAPSHOT.relative_to(ROOT).as_posix()
    revisions = git("log", "-n", "2", "--format=%H", "--", name).split()
    revision = base or (revisions[1] if len(revisions) > 1 else None)
    if revision is None:
        return None
    found = git("show", f"{revision}:{name}")
    return found.splitlines() if found else None


def git(*arguments: str) -> str:
    return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False).stdout


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--base", help="revision to compare with")
    ap.add_argument("--write", action="store_true")
    a = ap.parse_args()
    now, before = find_claims(), read_before(a.base)
    if a.write:
        SNAPSHOT.write_text("\n".join(now) + "\n", encoding="utf-8")
    if before is None:
        print(f"{len(now)} claims on the examples; no earlier snapshot to compare with")
        return
    gained, lost = [x for x in now if x not in before], [x for x in before if x not in now]
    print(f"claims on the examples: {len(before)} before, {len(now)} now; {len(gained)} gained, {len(lost)} lost")
    print(*(f"+ {x}" for x in gained), *(f"- {x}" for x in lost), sep="\n")


if __name__ == "__main__":
    main()
