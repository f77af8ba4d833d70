"""``dragoman demo``: the bundled examples, read like any report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import as_file, files

from dragoman.cli.ending import DONE
from dragoman.cli.output import OutputOptions, write_readings
from dragoman.domain import Reading


def show_demo(output: OutputOptions) -> int:
    """Read the bundled example reports and show their claims."""
    counts = {"reports": 0, "claims": 0}
    write_readings(_read_examples(counts), output)
    print(
        f"{counts['reports']} example reports (written for Dragoman) gave {counts['claims']} claims.\n"
        "Next: dragoman read yourfile.txt, or dragoman read --json yourfile.html > claims.json",
        file=sys.stderr,
    )
    return DONE


def _read_examples(counts: dict[str, int]) -> Iterator[Reading]:
    from dragoman.pipeline import load_parts, read_all

    with as_file(files("dragoman") / "_data" / "examples") as folder:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
        for item in read_all(paths, load_parts()):
            if not isinstance(item, Reading):
                raise item
            counts["reports"] += 1
            counts["claims"] += len(item.claims)
            yield item
