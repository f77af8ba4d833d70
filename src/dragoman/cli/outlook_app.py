"""The commands about what may come next, panels and balance, and their options. ``outlook`` does what they ask."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.archive_app import (
    Csv,
    Debug,
    Excel,
    Folder,
    Json,
    Jsonl,
    MinConfidence,
    Output,
    Parquet,
    Since,
    Snapshot,
    Table,
    Tsv,
    Until,
    choose_options,
    run_on_archive,
)
from dragoman.cli.relations_app import AllParties, First, Least, Limit, Unit

commands = typer.Typer()


@commands.command("next")
def next_acts(
    first: First,
    second: Annotated[
        str | None, typer.Argument(metavar="WHOM", help="The other; left out: whom it deals with.")
    ] = None,
    days: Annotated[int, typer.Option("--days", metavar="N", min=1, max=3650, help="Days ahead.")] = 30,
    event_type: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="Without WHOM: acts of this type alone.")
    ] = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    limit: Limit = None,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
    as_tsv: Tsv = False,
    as_excel: Excel = False,
    as_table: Table = False,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """What one party may do to another in the days to come, with intervals; or, of one party, whom it deals with next."""
    from dragoman.cli.outlook import show_candidates, show_next

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, None, limit)
    filters = {"until": until, "min_confidence": min_confidence}
    if second is None:
        run_on_archive(
            lambda opened: show_candidates(opened, first, filters, options, event_type=event_type),
            archive, snapshot, debug=debug,
        )  # fmt: skip
    if event_type is not None:
        raise typer.BadParameter("--type is for one party alone; of two, all types are told")
    pair = (first, str(second))
    run_on_archive(lambda opened: show_next(opened, pair, filters, options, days=days), archive, snapshot, debug=debug)


@commands.command()
def panel(
    unit: Annotated[
        str, typer.Option(metavar="dyad-month|dyad-year|dyad-week|dyad-day", help="A row for each pair and period.")
    ] = "dyad-month",
    directed: Annotated[bool, typer.Option("--directed", help="A row for each order of a pair.")] = False,
    states: Annotated[
        str | None, typer.Option("--states", metavar="A,B,…", help="Pairs of these parties. [all states of the year]")
    ] = None,
    no_zeros: Annotated[bool, typer.Option("--no-zeros", help="Only pairs that have events in the period.")] = False,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
    as_tsv: Tsv = False,
    as_excel: Excel = False,
    as_table: Table = False,
    parquet: Parquet = None,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """A row for every pair of states in every period, events or none, with COW and GW numbers: to join other data to."""
    from dragoman.cli.outlook import PanelOptions, show_panel

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, None)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    asked = PanelOptions(unit, directed, not no_zeros, states)
    run_on_archive(lambda opened: show_panel(opened, filters, options, asked), archive, snapshot, debug=debug)


@commands.command()
def triads(
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="WHO[,WHOM]", help="Triads with this party; of two, also shared rivals."),
    ] = None,
    flips: Annotated[
        bool, typer.Option("--flips", help="Only those whose balance changed since the period before.")
    ] = False,
    rivals: Annotated[
        bool, typer.Option("--rivals", help="Instead: parties that both of two (--of WHO,WHOM) stand against.")
    ] = False,
    unit: Unit = "year",
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    all_parties: AllParties = False,
    least: Least = 2,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
    as_tsv: Tsv = False,
    as_excel: Excel = False,
    as_table: Table = False,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """Threes that all have ties: balanced or not, which turned and by which events; whom two both stand against."""
    from dragoman.cli.outlook import TriadOptions, show_triads

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, None, None)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    names = tuple(name.strip() for name in (of or "").split(",") if name.strip())
    if len(names) > 2 or (rivals and len(names) != 2):
        raise typer.BadParameter("--of takes one party or two; --rivals needs two: --of WHO,WHOM")
    asked = TriadOptions(names, flips, rivals, unit, least, all_parties)
    run_on_archive(lambda opened: show_triads(opened, filters, options, asked), archive, snapshot, debug=debug)
