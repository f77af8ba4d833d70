"""The commands that ask an archive, and their options. Each hands over; nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dragoman.archive import Archive
    from dragoman.cli.rows import RowOptions

commands = typer.Typer()

# Option lists are the one place with more than five parameters: each is a line of the help page.
Folder = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="DIR",
        envvar="DRAGOMAN_ARCHIVE",
        help="Folder of the archive. [dragoman.toml, else 'archive']",
    ),
]
Snapshot = Annotated[int | None, typer.Option(metavar="N", help="Read this snapshot, not the newest.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON list.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="One line of JSON a row. What you get when piped.")]
Csv = Annotated[bool, typer.Option("--csv", help="CSV; lists joined with '; '.")]
Tsv = Annotated[bool, typer.Option("--tsv", help="The same, separated by tabs.")]
Excel = Annotated[bool, typer.Option("--excel", help="CSV that spreadsheets open safely.")]
Table = Annotated[bool, typer.Option("-t", "--table", help="A plain table. What you get in a terminal.")]
Parquet = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a Parquet file, lists as lists.")]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write here; the suffix chooses the format."),
]
Limit = Annotated[int | None, typer.Option(min=0, metavar="N", help="At most so many rows. [50 in a terminal]")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]

Several = list[str] | None
Actor = Annotated[Several, typer.Option(metavar="WHO", help="Who acts: PRK, 'North Korea', person:sergey-lavrov.")]
Recipient = Annotated[Several, typer.Option(metavar="WHO", help="To whom.")]
Either = Annotated[Several, typer.Option(metavar="WHO", help="Who acts or is acted upon.")]
Dyad = Annotated[Several, typer.Option(metavar="A,B", help="What A does to B or B to A.")]
Type = Annotated[Several, typer.Option(metavar="TYPE", help="PLOVER type: AID, CONSULT …")]
Quad = Annotated[Several, typer.Option(metavar="QUAD", help="'verbal cooperation', 'material conflict' …")]
Mode = Annotated[Several, typer.Option(metavar="MODE", help="PLOVER mode: visit, phone …")]
Status = Annotated[Several, typer.Option(metavar="STATUS", help="occurred, ongoing, planned, conditional, denied …")]
Claimant = Annotated[Several, typer.Option(metavar="WHO", help="On whose word.")]
Outlet = Annotated[Several, typer.Option(metavar="NAME", help="Who published the report.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day, month or year on: 2024, 2024-10 …")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to its end.")]
By = Annotated[str | None, typer.Option(metavar="act|report", help="Count days of the act or of publication. [act]")]
Place = Annotated[Several, typer.Option(metavar="PLACE", help="Where: country code or name of a place.")]
MinConfidence = Annotated[float | None, typer.Option(metavar="P", help="At least so sure, 0 to 1.")]
Text = Annotated[Several, typer.Option(metavar="WORDS", help="Words that all stand in the sentence.")]
Report = Annotated[Several, typer.Option(metavar="ID", help="Of this report.")]
Name = Annotated[str, typer.Argument(metavar="ID", help="Id of a claim or report, or its beginning.")]


@commands.command()
def claims(
    actor: Actor = None,
    recipient: Recipient = None,
    either: Either = None,
    dyad: Dyad = None,
    type: Type = None,
    quad: Quad = None,
    mode: Mode = None,
    status: Status = None,
    claimant: Claimant = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    by: By = None,
    place: Place = None,
    min_confidence: MinConfidence = None,
    text: Text = None,
    report: Report = None,
    order: Annotated[Several, typer.Option(metavar="COLUMN", help="Sort by it; -COLUMN for falling.")] = None,
    count: Annotated[bool, typer.Option("--count", help="How many claims, reports and outlets.")] = False,
    months: Annotated[bool, typer.Option("--months", help="A row for each month and pair of parties.")] = False,
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
    """Claims of an archive: who did what to whom, on whose word.

    Several values of one option (repeated, or with commas) widen what is asked for, several options narrow it.
    """
    from dragoman.cli.ask import show_claims

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, limit)
    filters = gather(
        actor=actor, recipient=recipient, either=either, dyad=dyad, type=type, quad=quad, mode=mode, status=status,
        claimant=claimant, outlet=outlet, since=since, until=until, by=by, place=place, min_confidence=min_confidence,
        text=text, report=report,
    )  # fmt: skip
    sorting = _split(order) or []
    run_on_archive(
        lambda opened: show_claims(opened, filters, options, order=sorting, months=months, count=count),
        archive, snapshot, debug=debug,
    )  # fmt: skip


@commands.command()
def reports(
    actor: Actor = None,
    recipient: Recipient = None,
    either: Either = None,
    dyad: Dyad = None,
    type: Type = None,
    text: Text = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    report: Report = None,
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
    """Reports of an archive, without their texts: by outlet and day, or those that make such claims."""
    from dragoman.cli.ask import show_reports

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, limit)
    filters = gather(
        actor=actor, recipient=recipient, either=either, dyad=dyad, type=type, text=text, outlet=outlet, since=since,
        until=until, report=report,
    )  # fmt: skip
    run_on_archive(lambda opened: show_reports(opened, filters, options), archive, snapshot, debug=debug)


@commands.command()
def rejected(
    step: Annotated[Several, typer.Option(metavar="STEP", help="read, gate, link, code, confidence, limits.")] = None,
    reason: Annotated[Several, typer.Option(metavar="REASON", help="The short phrase: 'no actor' …")] = None,
    report: Report = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
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
    """What was read and not kept, with the reason."""
    from dragoman.cli.ask import show_rejected

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, limit)
    filters = gather(step=step, reason=reason, report=report, outlet=outlet, since=since, until=until)
    run_on_archive(lambda opened: show_rejected(opened, filters, options), archive, snapshot, debug=debug)


@commands.command()
def actors(
    either: Either = None,
    type: Type = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
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
    """Who is named in the claims: counts as actor, recipient and claimant, first and last day."""
    from dragoman.cli.ask import show_actors

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output, parquet, limit)
    filters = gather(either=either, type=type, outlet=outlet, since=since, until=until)
    run_on_archive(lambda opened: show_actors(opened, filters, options), archive, snapshot, debug=debug)


@commands.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help='Words, "a phrase", begin*, AND, OR, NOT.')],
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many reports.")] = 20,
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
    """Reports that hold these words, the best first, opened where they stand."""
    from dragoman.cli.ask import show_hits

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output)
    filters = gather(outlet=outlet, since=since, until=until)
    run_on_archive(
        lambda opened: show_hits(opened, " ".join(words), filters, options, limit=limit), archive, snapshot, debug=debug
    )


@commands.command()
def show(
    id: Name,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
    as_table: Table = False,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """One claim with its sentence, report and outlets; or one report with its claims."""
    from dragoman.cli.show import show_one

    options = choose_options((as_json, as_jsonl, as_csv, False, False, as_table), output)
    run_on_archive(lambda opened: show_one(opened, id, options), archive, snapshot, debug=debug)


@commands.command()
def explain(
    id: Name,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_table: Table = False,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """Why a claim is as it is: rules and scores, what made it, how to make it again."""
    from dragoman.cli.show import explain_one

    options = choose_options((as_json, as_jsonl, False, False, False, as_table), output)
    run_on_archive(lambda opened: explain_one(opened, id, options), archive, snapshot, debug=debug)


@commands.command()
def status(
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_table: Table = False,
    output: Output = None,
    archive: Folder = None,
    snapshot: Snapshot = None,
    debug: Debug = False,
) -> None:
    """What an archive holds, what became of all that was read, by which coders, and how large it is."""
    from dragoman.cli.ask import show_status

    options = choose_options((as_json, as_jsonl, False, False, False, as_table), output)
    run_on_archive(lambda opened: show_status(opened, options), archive, snapshot, debug=debug)


@commands.command()
def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT over claims, reports, dyads …")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many rows.")] = 10_000,
    seconds: Annotated[float, typer.Option(min=0.1, metavar="S", help="Give up after so long.")] = 5.0,
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
    """One question in DuckDB's SQL. It sees the archive's tables and no other file, and changes nothing."""
    from dragoman.cli.ask import show_answer

    options = choose_options((as_json, as_jsonl, as_csv, as_tsv, as_excel, as_table), output)
    run_on_archive(
        lambda opened: show_answer(opened, query, options, limit=limit, seconds=seconds),
        archive, snapshot, debug=debug,
    )  # fmt: skip


def run_on_archive(
    command: Callable[[Archive], int], folder: Path | None, snapshot: int | None, *, debug: bool
) -> None:
    """Open the archive, run the command, leave with its exit code."""
    from dragoman.cli.ending import run_guarded

    def ask() -> int:
        from dragoman.archive import open_archive

        with open_archive(folder, snapshot=snapshot) as opened:
            return command(opened)

    raise typer.Exit(run_guarded(ask, debug=debug))


def choose_options(
    flags: tuple[bool, ...], output: Path | None, parquet: Path | None = None, limit: int | None = None
) -> RowOptions:
    from dragoman.cli.rows import choose_rows

    names = ("json", "jsonl", "csv", "tsv", "excel", "table")
    return choose_rows(dict(zip(names, flags, strict=True)), output, parquet, limit)


def gather(**given: Any) -> dict[str, Any]:
    """What was given, lists cut at commas (pairs stay whole)."""
    split = {
        name: _split(value) if isinstance(value, list) and name != "dyad" else value for name, value in given.items()
    }
    return {name: value for name, value in split.items() if value not in (None, [])}


def _split(values: list[str] | None) -> list[str] | None:
    return [part.strip() for value in values for part in value.split(",") if part.strip()] if values else None
