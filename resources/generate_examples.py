"""Copies the example reports into the package: resources/examples → src/dragoman/_data/examples.

python resources/generate_examples.py            write what differs
python resources/generate_examples.py --check    exit 1 where the package's copies differ
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "resources" / "examples"
TARGET = ROOT / "src" / "dragoman" / "_data" / "examples"


def find_differences() -> list[str]:
    """Names of examples that the package lacks, holds too many of, or holds otherwise."""
    source = {path.name: path.read_bytes() for path in SOURCE.iterdir() if path.name != "README.md"}
    target = {path.name: path.read_bytes() for path in TARGET.iterdir()} if TARGET.is_dir() else {}
    return sorted(name for name in {*source, *target} if source.get(name) != target.get(name))


def main() -> int:
    different = find_differences()
    if "--check" in sys.argv[1:]:
        for name in different:
            print(f"{TARGET / name} differs from {SOURCE / name}: run 'make data'", file=sys.stderr)
        return 1 if different else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in different:
        if (SOURCE / name).exists():
            (TARGET / name).write_bytes((SOURCE / name).read_bytes())
        else:
            (TARGET / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
