"""The commands that bring in others' event data and compare it with ours, and their options. ``exchange`` does what they ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import archive_app as asked

exchange = typer.Typer()

Archive = Annotated[
    Path | None, typer.Option("--archive", metavar="DIR", help="Folder of the archive. [dragoman.toml]")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Wait = Annotated[float, typer.Option("--wait", metavar="S", min=0, help="Seconds to wait for another writer to end.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress on stderr.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@exchange.command("import")
def import_files(
    form: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="plover, polecat, gdelt, gdelt-mentions, icews, phoenix, acled, ucdp."),
    ],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Plain, .gz or .zip.", exists=True, dir_okay=False)
    ],
    set_name: Annotated[str, typer.Option("--set", metavar="NAME", help="The set that the rows go into.")],
    archive: Archive = None,
    as_json: Json = False,
    quiet: Quiet = False,
    wait: Wait = 0.0,
    debug: Debug = False,
) -> None:
    """Import somebody else's event data as a set beside the archive's own events.

    A file that is in the set already is skipped, so a run that was stopped is simply run again. Rows that can't be read
    are counted by reason and stand in 'dragoman rejected --step import'; exit code 3 where there are any.
    """
    from dragoman.cli.exchange import import_all

    options = (archive, form, tuple(files), set_name)
    raise typer.Exit(_guard(lambda: import_all(*options, wait=wait, as_json=as_json, is_quiet=quiet), debug))


@exchange.command()
def sets(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Only this set, file by file.")] = None,
    archive: Archive = None,
    row: Annotated[
        str | None, typer.Option("--row", metavar="ID", help="Show one imported row (im_…) with all its columns.")
    ] = None,
    drop: Annotated[
        str | None, typer.Option("--drop", metavar="NAME", help="Take this set out of the archive.")
    ] = None,
    as_json: Json = False,
    wait: Wait = 0.0,
    debug: Debug = False,
) -> None:
    """List the imported sets: files, rows, bad rows, first and last day; show one row; drop a set."""
    from dragoman.cli.exchange import drop_one, show_row, show_sets

    if drop is not None:
        raise typer.Exit(_guard(lambda: drop_one(archive, drop, wait=wait), debug))
    if row is not None:
        raise typer.Exit(_guard(lambda: show_row(archive, row, as_json=as_json), debug))
    raise typer.Exit(_guard(lambda: show_sets(archive, name, as_json=as_json), debug))


@exchange.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="SET_A", help="A set; 'coded' is the archive's own events.")],
    second: Annotated[str, typer.Argument(metavar="SET_B", help="Another.")],
    unit: Annotated[str, typer.Option(metavar="day|week|month|year", help="Length of a period.")] = "month",
    since: asked.Since = None,
    until: asked.Until = None,
    all_parties: Annotated[
        bool, typer.Option("--all-parties", help="Organisations and armed groups too, not only states.")
    ] = False,
    domestic: Annotated[bool, typer.Option("--domestic", help="Also what happens within one state.")] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="In a terminal: rows of what only one set found.")
    ] = 5,
    as_json: Annotated[
        bool, typer.Option("--json", help="One document: agreement, and every cell with its ids.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A row a cell: period, pair, kind, counts, ids.")] = False,
    output: asked.Output = None,
    archive: Archive = None,
    snapshot: asked.Snapshot = None,
    debug: Debug = False,
) -> None:
    """Compare two sets: the same ordered pairs in the same periods, found by both or by one, and how far they agree."""
    from dragoman.cli.comparing import CompareOptions, choose_form, compare_two

    if as_json and as_csv:
        raise typer.BadParameter("choose one of --json and --csv.")
    options = CompareOptions(
        unit, asked.gather(since=since, until=until), all_parties=all_parties, domestic=domestic, limit=limit,
        form=choose_form(output, as_json=as_json, as_csv=as_csv), path=output,
    )  # fmt: skip
    asked.run_on_archive(lambda opened: compare_two(opened, first, second, options), archive, snapshot, debug=debug)


def _guard(command: Callable[[], int], debug: bool) -> int:
    from dragoman.cli.ending import run_guarded

    return run_guarded(command, debug=debug)
