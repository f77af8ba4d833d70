"""The commands that follow feeds, and their options. ``watch`` does what they ask."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.archive_app import Csv, Debug, Folder, Json, Jsonl, Output, Table, choose_options

watching = typer.Typer()


# Option lists are the one place with more than five parameters: each is a line of the help page.
@watching.command()
def watch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FEEDS.opml|URL...]", help="Lists and addresses to follow. [those followed before]"),
    ] = None,
    archive: Folder = None,
    every: Annotated[float, typer.Option(min=1, metavar="MINUTES", help="Between two turns of a feed.")] = 15.0,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once and end, as for cron.")] = False,
    alert: Annotated[
        list[str] | None, typer.Option(metavar="A,B", help="Tell new events between A and B, or of A alone.")
    ] = None,
    new_pairs: Annotated[
        bool, typer.Option("--new-pairs", help="Tell events of two parties that had none before.")
    ] = False,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Also post each alert there, as JSON.")] = None,
    pace: Annotated[float, typer.Option(min=0, metavar="S", help="Seconds between questions to one host.")] = 2.0,
    project: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder with your actors, acts, outlets. [nearest dragoman.toml]")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help="Worker processes. [all cores]")] = None,
    private: Annotated[bool, typer.Option("--private", help="Ask also your own machine and network.")] = False,
    wait: Annotated[
        float, typer.Option("--wait", metavar="S", min=0, help="Seconds to wait for another writer to end.")
    ] = 60.0,
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON for each alert and round.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Alerts only.")] = False,
    debug: Debug = False,
) -> None:
    """Follow feeds and pages: what is new in them goes into the archive, and what you ask for is told."""
    from dragoman.cli.ending import run_guarded
    from dragoman.cli.watch import WatchArguments, watch_feeds

    arguments = WatchArguments(
        tuple(sources or ()), archive, every, once, tuple(alert or ()), new_pairs, webhook, pace, project, workers,
        private, wait, as_json, quiet,
    )  # fmt: skip
    raise typer.Exit(run_guarded(lambda: watch_feeds(arguments), debug=debug))


@watching.command()
def feeds(
    forget: Annotated[
        list[str] | None, typer.Option(metavar="URL", help="Follow it no longer; what was read stays.")
    ] = None,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
    as_table: Table = False,
    output: Output = None,
    archive: Folder = None,
    debug: Debug = False,
) -> None:
    """The feeds that an archive follows: how each is, when it last answered, when it is asked next, and why."""
    from dragoman.cli.ending import run_guarded
    from dragoman.cli.watch import show_feeds

    options = choose_options((as_json, as_jsonl, as_csv, False, False, as_table), output)
    raise typer.Exit(run_guarded(lambda: show_feeds(archive, forget or [], options), debug=debug))
