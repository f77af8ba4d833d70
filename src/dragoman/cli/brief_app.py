"""The command ``brief`` and its options. ``brief`` does what it asks."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.archive_app import Debug, Folder, MinConfidence, Output, Since, Snapshot, Until, run_on_archive

commands = typer.Typer()


@commands.command()
def brief(
    party: Annotated[list[str], typer.Argument(metavar="WHO [WHOM]", help="One party or two: RUS, 'North Korea' …")],
    bloc: Annotated[bool, typer.Option("--bloc", help="Take the parties, two or more, as a bloc.")] = False,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="text|markdown|html|json", help="[by the file's suffix, else text]"),
    ] = None,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """One page on a relation, an actor or a bloc, every sentence cited: where it stands and how it came there."""
    from dragoman.cli.brief import BriefOptions, show_brief

    options = BriefOptions(tuple(party), bloc, form, output)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(lambda opened: show_brief(opened, filters, options), archive, snapshot, debug=debug)
