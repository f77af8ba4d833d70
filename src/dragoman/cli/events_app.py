"""The commands about events, and their options. ``events`` does what they ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import archive_app as asked

events = typer.Typer()

Archive = asked.Folder
Json = Annotated[bool, typer.Option("--json", help="One line of JSON an event.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the judgement.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who judges; by default the user's name.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@events.command("events")
def list_events(
    event: Annotated[str | None, typer.Argument(metavar="EVENT", help="Show this one in full.")] = None,
    actor: asked.Actor = None,
    recipient: asked.Recipient = None,
    either: asked.Either = None,
    dyad: asked.Dyad = None,
    type: asked.Type = None,
    quad: asked.Quad = None,
    mode: asked.Mode = None,
    status: asked.Status = None,
    claimant: asked.Claimant = None,
    outlet: asked.Outlet = None,
    since: asked.Since = None,
    until: asked.Until = None,
    place: asked.Place = None,
    min_confidence: asked.MinConfidence = None,
    text: asked.Text = None,
    report: asked.Report = None,
    min_texts: Annotated[int, typer.Option("--min-texts", metavar="N", help="Independent texts, at least.")] = 1,
    count: Annotated[bool, typer.Option("--count", help="How many events, reports and outlets.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many.")] = None,
    derive: Annotated[bool, typer.Option("--derive", help="Bring events up to date with the claims before.")] = False,
    as_json: Json = False,
    archive: Archive = None,
    debug: Debug = False,
) -> None:
    """List an archive's events, the newest first, or show one with its claims and why they are one.

    Filters are those of claims: an event is listed where its own day and one of its claims meet them.
    """
    from dragoman.cli.events import Listing, list_events, show_event

    folder = _find(archive)
    if event is not None:
        raise typer.Exit(_guard(lambda: show_event(folder, event, as_json=as_json), debug))
    filters = asked.gather(
        actor=actor, recipient=recipient, either=either, dyad=dyad, type=type, quad=quad, mode=mode, status=status,
        claimant=claimant, outlet=outlet, since=since, until=until, place=place, min_confidence=min_confidence,
        text=text, report=report,
    )  # fmt: skip
    listing = Listing(limit, min_texts, as_json=as_json, is_count=count, derive=derive)
    raise typer.Exit(_guard(lambda: list_events(folder, filters, listing), debug))


@events.command()
def merge(
    event: Annotated[list[str], typer.Argument(metavar="EVENT EVENT...", help="Events that are one happening.")],
    reason: Reason,
    archive: Archive = None,
    by: By = None,
    debug: Debug = False,
) -> None:
    """Make one event of several. What changes is shown; 'dragoman undo' lifts it."""
    from dragoman.cli.events import merge

    raise typer.Exit(_guard(lambda: merge(_find(archive), event, reason, by), debug))


@events.command()
def split(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event.")],
    claim: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Claims that are another happening.")],
    reason: Reason,
    archive: Archive = None,
    by: By = None,
    debug: Debug = False,
) -> None:
    """Take claims out of an event. What changes is shown; 'dragoman undo' lifts it."""
    from dragoman.cli.events import split

    raise typer.Exit(_guard(lambda: split(_find(archive), event, claim, reason, by), debug))


@events.command()
def withdraw(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event.")],
    reason: Reason,
    archive: Archive = None,
    by: By = None,
    debug: Debug = False,
) -> None:
    """Say that an event's claims tell of no happening. Its id goes on telling why."""
    from dragoman.cli.events import withdraw

    raise typer.Exit(_guard(lambda: withdraw(_find(archive), event, reason, by), debug))


@events.command()
def undo(
    name: Annotated[
        str, typer.Argument(metavar="EVENT|CLAIM", help="An event, or a claim that was split off or withdrawn.")
    ],
    reason: Reason,
    archive: Archive = None,
    by: By = None,
    debug: Debug = False,
) -> None:
    """Lift what persons have judged about an event's claims, or about one claim."""
    from dragoman.cli.events import undo

    raise typer.Exit(_guard(lambda: undo(_find(archive), name, reason, by), debug))


def _find(archive: Path | None) -> Path:
    from dragoman.settings import find_settings

    return archive or find_settings().find_archive()


def _guard(command: Callable[[], int], debug: bool) -> int:
    from dragoman.cli.ending import run_guarded

    return run_guarded(command, debug=debug)
