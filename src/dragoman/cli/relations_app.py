"""The commands about relations, and their options. ``relations`` does what they ask."""

from __future__ import annotations

from pathlib import Path
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

commands = typer.Typer()

First = Annotated[str, typer.Argument(metavar="WHO", help="A party: RUS, Russia, NATO …")]
Second = Annotated[str, typer.Argument(metavar="WHOM", help="The other.")]
Unit = Annotated[str, typer.Option(metavar="day|week|month|year", help="Length of a period.")]
Limit = Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many rows. [50 in a terminal]")]
AllParties = Annotated[
    bool, typer.Option("--all-parties", help="Organisations, regions and armed groups too, not only states.")
]
Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Also draw it: FILE.svg, or FILE.png (needs 'dragoman[plot]')."),
]
Least = Annotated[int, typer.Option("--least", metavar="N", min=1, help="Events of a tie, at least.")]


@commands.command()
def dyads(
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    all_parties: AllParties = False,
    limit: Limit = None,
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
    """Pairs of parties, those with the most events first: cooperation, conflict, and how they stand in a word."""
    from dragoman.cli.relations import show_dyads

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, limit)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(
        lambda opened: show_dyads(opened, filters, options, all_parties=all_parties), archive, snapshot, debug=debug
    )


@commands.command()
def series(
    first: First,
    second: Second,
    unit: Unit = "month",
    directed: Annotated[bool, typer.Option("--directed", help="Only what the first does to the second.")] = False,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    plot: Plot = None,
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
    """A pair through time, every period filled: cooperation and conflict, counts, how much was read, and the events."""
    from dragoman.cli.relations import show_series

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, None)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(
        lambda opened: show_series(opened, (first, second), filters, options, unit=unit, directed=directed, plot=plot),
        archive, snapshot, debug=debug,
    )  # fmt: skip


@commands.command()
def changes(
    first: Annotated[
        str | None, typer.Argument(metavar="WHO", help="A party; without two, all pairs since a day.")
    ] = None,
    second: Annotated[str | None, typer.Argument(metavar="WHOM", help="The other.")] = None,
    unit: Unit = "month",
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    all_parties: AllParties = False,
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
    """When a pair's relation changed, with the events that made it; or, with --since alone, which pairs moved most."""
    from dragoman.cli.relations import show_changes, show_movers

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, None)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    if first is not None and second is not None:
        pair = (first, second)
        run_on_archive(
            lambda opened: show_changes(opened, pair, filters, options, unit=unit), archive, snapshot, debug=debug
        )
    elif first is not None or since is None:
        raise typer.BadParameter("name two parties, or none and --since DAY")
    run_on_archive(
        lambda opened: show_movers(opened, filters, options, all_parties=all_parties), archive, snapshot, debug=debug
    )


@commands.command()
def network(
    of: Annotated[
        str | None, typer.Option("--of", metavar="WHO", help="This party, those near it, and their ties.")
    ] = None,
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
    parquet: Parquet = None,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """Ties of each period, signed and weighted: who stands how to whom."""
    from dragoman.cli.relations import show_network

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, None)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(
        lambda opened: show_network(opened, filters, options, of=of, unit=unit, least=least, all_parties=all_parties),
        archive, snapshot, debug=debug,
    )  # fmt: skip


@commands.command()
def blocs(
    unit: Unit = "year",
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    all_parties: AllParties = False,
    least: Least = 2,
    plot: Plot = None,
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
    """Blocs of each period with their members, and how firm they are."""
    from dragoman.cli.relations import show_blocs

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, None)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(
        lambda opened: show_blocs(
            opened, filters, options, unit=unit, least=least, all_parties=all_parties, plot=plot
        ),
        archive, snapshot, debug=debug,
    )  # fmt: skip
