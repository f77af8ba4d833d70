"""The commands about events, and their options. ``events`` does what they ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

events = typer.Typer()

Archive = Annotated[Path, typer.Option("--archive", metavar="DIR", envvar="DRAGOMAN_ARCHIVE", help="The archive.")]
Json = Annotated[bool, typer.Option("--json", help="One line of JSON an event.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the judgement.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who judges; by default the user's name.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
_HERE = Path("archive")


@events.command("events")
def list_events(
    event: Annotated[str | None, typer.Argument(metavar="EVENT", help="Show this one in full.")] = None,
    archive: Archive = _HERE,
    party: Annotated[
        list[str] | None,
        typer.Option("--party", metavar="CODE", help="A code, country or roster id; all must take part."),
    ] = None,
    kind: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="PLOVER event type.")] = None,
    status: Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help="occurred, planned …")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Last day.")] = None,
    min_texts: Annotated[int, typer.Option("--min-texts", metavar="N", help="Independent texts, at least.")] = 1,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many.")] = None,
    derive: Annotated[bool, typer.Option("--derive", help="Bring events up to date with the claims before.")] = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """List an archive's events, the newest first, or show one with its claims and why they are one."""
    from dragoman.archive.event_queries import EventFilters
    from dragoman.cli.events import list_events, show_event

    if event is not None:
        raise typer.Exit(_guard(lambda: show_event(archive, event, as_json=as_json), debug))
    filters = EventFilters(
        party=tuple(party or ()), event_type=tuple(kind or ()), status=tuple(status or ()), since=since, until=until,
        least_texts=min_texts,
    )  # fmt: skip
    raise typer.Exit(_guard(lambda: list_events(archive, filters, limit, as_json=as_json, derive=derive), debug))


@events.command()
def merge(
    event: Annotated[list[str], typer.Argument(metavar="EVENT EVENT...", help="Events that are one happening.")],
    reason: Reason,
    archive: Archive = _HERE,
    by: By = None,
    debug: Debug = False,
) -> None:
    """Make one event of several. What changes is shown; 'dragoman undo' lifts it."""
    from dragoman.cli.events import merge

    raise typer.Exit(_guard(lambda: merge(archive, event, reason, by), debug))


@events.command()
def split(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event.")],
    claim: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Claims that are another happening.")],
    reason: Reason,
    archive: Archive = _HERE,
    by: By = None,
    debug: Debug = False,
) -> None:
    """Take claims out of an event. What changes is shown; 'dragoman undo' lifts it."""
    from dragoman.cli.events import split

    raise typer.Exit(_guard(lambda: split(archive, event, claim, reason, by), debug))


@events.command()
def withdraw(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event.")],
    reason: Reason,
    archive: Archive = _HERE,
    by: By = None,
    debug: Debug = False,
) -> None:
    """Say that an event's claims tell of no happening. Its id goes on telling why."""
    from dragoman.cli.events import withdraw

    raise typer.Exit(_guard(lambda: withdraw(archive, event, reason, by), debug))


@events.command()
def undo(
    name: Annotated[
        str, typer.Argument(metavar="EVENT|CLAIM", help="An event, or a claim that was split off or withdrawn.")
    ],
    reason: Reason,
    archive: Archive = _HERE,
    by: By = None,
    debug: Debug = False,
) -> None:
    """Lift what persons have judged about an event's claims, or about one claim."""
    from dragoman.cli.events import undo

    raise typer.Exit(_guard(lambda: undo(archive, name, reason, by), debug))


def _guard(command: Callable[[], int], debug: bool) -> int:
    from dragoman.cli.ending import run_guarded

    return run_guarded(command, debug=debug)
