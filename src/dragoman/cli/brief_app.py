"""The commands that tell of relations in words: briefs, ledgers, commitments, warnings. ``brief`` does what they ask."""

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
    Limit,
    MinConfidence,
    Output,
    Since,
    Snapshot,
    Table,
    Tsv,
    Until,
    choose_options,
    run_on_archive,
)

commands = typer.Typer()

Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Also draw it: FILE.svg, or FILE.png (needs 'dragoman[plot]')."),
]
One = Annotated[str | None, typer.Argument(metavar="WHO", help="A party: RUS, Russia, NATO …; without it, all.")]
Other = Annotated[str | None, typer.Argument(metavar="WHOM", help="The other; without it, whoever it is.")]


@commands.command()
def brief(
    parties: Annotated[
        list[str], typer.Argument(metavar="WHO...", help="One party, two, or with --bloc several: RUS, Russia, NATO …")
    ],
    bloc: Annotated[bool, typer.Option("--bloc", help="Take the parties, two or more, as a bloc.")] = False,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="text|markdown|html|json", help="[what -o's suffix says, else text]"),
    ] = None,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """A brief in sentences, each with the sentences of reports it rests on: where a relation stands and how it came there."""
    from dragoman.cli.brief import BriefOptions, show_brief

    options = BriefOptions(tuple(parties), bloc, form, output)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(lambda opened: show_brief(opened, filters, options), archive, snapshot, debug=debug)


@commands.command()
def ledger(
    first: Annotated[str, typer.Argument(metavar="WHO", help="A party: RUS, Russia, NATO …")],
    second: Other = None,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    tally: Annotated[bool, typer.Option("--tally", help="A row for each direction and kind.")] = False,
    plot: Plot = None,
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
    """What passed from whom to whom: arms, troops, money, goods, relief, know-how; sent apart from promised."""
    from dragoman.cli.brief import show_ledger

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, None, limit)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(
        lambda opened: show_ledger(opened, (first, second), filters, options, tally=tally, plot=plot),
        archive, snapshot, debug=debug,
    )  # fmt: skip


@commands.command()
def commitments(
    first: One = None,
    second: Other = None,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", metavar="KIND", help="treaty, pledge, offer.")] = None,
    fate: Annotated[
        list[str] | None, typer.Option("--fate", metavar="FATE", help="kept, broken, 'turned down', pending, denied.")
    ] = None,
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
    """Treaties, pledges and offers, and what became of them: by which later event, by which rule."""
    from dragoman.cli.brief import show_commitments

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, None, limit)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(
        lambda opened: show_commitments(opened, (first, second), filters, options, kinds=kind or (), fates=fate or ()),
        archive, snapshot, debug=debug,
    )  # fmt: skip


@commands.command()
def warnings(
    first: One = None,
    second: Other = None,
    since: Since = None,
    until: Until = None,
    min_confidence: MinConfidence = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", metavar="KIND", help="threat, demand.")] = None,
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
    """Threats and demands, their conditions, and whether they were carried out or met."""
    from dragoman.cli.brief import show_warnings

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, None, limit)
    filters = {"since": since, "until": until, "min_confidence": min_confidence}
    run_on_archive(
        lambda opened: show_warnings(opened, (first, second), filters, options, kinds=kind or ()),
        archive, snapshot, debug=debug,
    )  # fmt: skip
