"""``dragoman demo``: the bundled reports, as an archive in the browser, or read one by one in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from dragoman.cli.ending import DONE, FAILED, INTERRUPTED
from dragoman.cli.output import OutputOptions, write_readings
from dragoman.domain import Reading

FOLDER = Path("dragoman-demo")
"""Where the demo's archive is kept, beside where one is: it can be deleted."""
FIRST = "/dyads/PRK-RUS"
"""What the browser opens on: a relation with much to see."""


def serve_demo(folder: Path, port: int, *, opens: bool) -> int:
    """Fill an archive with the bundled reports, where that wasn't done before, and serve it, opened on a relation."""
    from dragoman.cli.add import AddOptions, add_sources
    from dragoman.cli.serve import check_installed, serve

    check_installed()
    print(
        f"Filling {folder} with the bundled reports (written for Dragoman; all outlets are invented).", file=sys.stderr
    )
    with as_file(files("dragoman") / "_data" / "demo.jsonl") as reports:
        code = add_sources(AddOptions(folder, (str(reports),)))
    if code in (FAILED, INTERRUPTED):
        return code
    return serve(folder, {"port": port, "opens_browser": opens, "writes": True, "first": FIRST})


def show_demo(output: OutputOptions) -> int:
    """Read the bundled example reports and show their claims."""
    counts = {"reports": 0, "claims": 0}
    write_readings(_read_examples(counts), output)
    print(
        f"{counts['reports']} example reports (written for Dragoman) gave {counts['claims']} claims.\n"
        "Next: dragoman demo shows an archive of five hundred in the browser; dragoman read yourfile.txt reads yours",
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
