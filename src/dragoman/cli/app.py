"""The commands and their options. Each hands over to the module of its name; nothing heavy is imported here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import archive_app, brief_app, outlook_app, relations_app
from dragoman.cli.events_app import events
from dragoman.cli.exchange_app import exchange
from dragoman.cli.keeping_app import keeping
from dragoman.cli.mcp_app import bridging
from dragoman.cli.serve_app import serving
from dragoman.cli.watch_app import watching

app = typer.Typer(
    name="dragoman",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(keeping)
app.add_typer(events)
app.add_typer(serving)
app.add_typer(exchange)
app.add_typer(bridging)
app.add_typer(watching)

# Option lists are the one place with more than five parameters: each is a line of the help page.
Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", help="Text, HTML, feed, JSON, JSONL (.gz, .zst), CSV, TSV; '-' is stdin."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document: one report is an object, several a list.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="One line of JSON a report. What you get when piped.")]
Csv = Annotated[bool, typer.Option("--csv", help="One row a claim.")]
Tsv = Annotated[bool, typer.Option("--tsv", help="The same, separated by tabs.")]
Excel = Annotated[bool, typer.Option("--excel", help="CSV that spreadsheets open safely.")]
Table = Annotated[bool, typer.Option("-t", "--table", help="Plain words. What you get in a terminal.")]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write here; the file appears when it is whole."),
]
WithText = Annotated[bool, typer.Option("--with-text", help="Put each report's original text in the JSON.")]
Date = Annotated[str | None, typer.Option(metavar="DAY", help="Day of publication where the report doesn't tell.")]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Outlet where the report doesn't tell.")]
Project = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder with your actors, acts, outlets. [nearest dragoman.toml]"),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(min=0.0, max=1.0, metavar="P", help="Put claims below it with the rejected."),
]
Blocks = Annotated[bool, typer.Option("--blocks", help="Show how the text was cut; claims nothing, needs no model.")]
Why = Annotated[bool, typer.Option("--why", help="Show the rules and scores behind each claim.")]
ShowRejected = Annotated[bool, typer.Option("--rejected", help="Show what was read and not kept, and why.")]
Errors = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write what could not be read here, one line of JSON each."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 where some documents failed, not 3.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress on stderr.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]

ArchiveFolder = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="DIR",
        envvar="DRAGOMAN_ARCHIVE",
        help="Folder of the archive. [dragoman.toml, else 'archive']",
    ),
]
Workers = Annotated[int | None, typer.Option(min=1, metavar="N", help="Worker processes. [all cores]")]
Wait = Annotated[float, typer.Option("--wait", metavar="S", min=0, help="Seconds to wait for another writer to end.")]
Timeout = Annotated[float, typer.Option(min=0.1, metavar="S", help="Seconds that one record or report may take.")]
Memory = Annotated[int, typer.Option(min=1, metavar="MB", help="Memory that a worker may take.")]


@app.callback(
    invoke_without_command=True,
    epilog="Exit codes: 0 all done, 1 failed, 2 wrong usage, 3 finished with some documents failed, 130 interrupted.",
)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --version: all that makes a claim.")] = False,
) -> None:
    """Read news reports and say who did what to whom, on whose word, with the sentence that says so."""
    if version:
        from dragoman.cli.version import show_version

        raise typer.Exit(_guard(lambda: show_version(as_json=as_json)))
    if context.invoked_subcommand is None:
        raise typer.BadParameter("--json goes with --version here; see 'dragoman read --help'.")


@app.command()
def read(
    sources: Sources = None,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
    as_tsv: Tsv = False,
    as_excel: Excel = False,
    as_table: Table = False,
    output: Output = None,
    with_text: WithText = False,
    date: Date = None,
    outlet: Outlet = None,
    project: Project = None,
    min_confidence: MinConfidence = None,
    blocks: Blocks = False,
    why: Why = False,
    rejected: ShowRejected = False,
    errors: Errors = None,
    strict: Strict = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Read reports and print their claims.

    In a terminal they are told in plain words with the evidence marked; piped, they are JSONL.
    """
    from dragoman.cli.output import OutputOptions, choose_format
    from dragoman.cli.read import ReadOptions, read_sources

    if not sources and sys.stdin.isatty():
        raise typer.BadParameter("nothing to read: name files, or '-' for stdin.", param_hint="FILE...")
    flags = dict(json=as_json, jsonl=as_jsonl, csv=as_csv, tsv=as_tsv, excel=as_excel, table=as_table)
    form = choose_format(flags, output)
    shown = OutputOptions(form, output, with_text=with_text, why=why, rejected=rejected, only_blocks=blocks)
    options = ReadOptions(
        tuple(sources or ["-"]), shown, date=date, outlet=outlet, project=project, min_confidence=min_confidence,
        errors=errors, is_strict=strict, is_quiet=quiet,
    )  # fmt: skip
    raise typer.Exit(_guard(lambda: read_sources(options), debug=debug))


@app.command()
def demo(
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
    output: Output = None,
    why: Why = False,
    rejected: ShowRejected = False,
    read: Annotated[
        bool, typer.Option("--read", help="Only read the twelve example files and show their claims here.")
    ] = False,
    archive: Annotated[
        Path | None, typer.Option("--archive", metavar="DIR", help="The demo's archive. [dragoman-demo]")
    ] = None,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 is any that is free.")] = 8321,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
    debug: Debug = False,
) -> None:
    """Fill an archive with five hundred bundled reports and show it in the browser; with --read, read the examples here."""
    from dragoman.cli.demo import FOLDER, serve_demo, show_demo
    from dragoman.cli.output import OutputOptions, choose_format

    if not (read or as_json or as_jsonl or as_csv or output or why or rejected):
        raise typer.Exit(_guard(lambda: serve_demo(archive or FOLDER, port, opens=not no_open), debug=debug))

    flags = dict(json=as_json, jsonl=as_jsonl, csv=as_csv)
    form = choose_format({**flags, "table": not any(flags.values())}, output)
    shown = OutputOptions(form, output, why=why, rejected=rejected)
    raise typer.Exit(_guard(lambda: show_demo(shown), debug=debug))


@app.command("code-pairs")
def code_pairs(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl", help='Lines of {"id", "sentence", "actor", "recipient"}.', exists=True, dir_okay=False
        ),
    ],
    output: Output = None,
    strict: Strict = False,
    debug: Debug = False,
) -> None:
    """Code your own hand-coded pairs: what one named party does to another in a sentence, one line of JSON each.

    The heads are those that claims are made with: check the coder on pairs whose codes you know.
    """
    from dragoman.cli.code_pairs import code_file

    raise typer.Exit(_guard(lambda: code_file(file, output, is_strict=strict), debug=debug))


@app.command()
def train(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Coded reports (JSON, JSONL) in the shape of the guide.",
            exists=True,
            dir_okay=False,
        ),
    ],
    project: Project = None,
    keep_anyway: Annotated[
        bool, typer.Option("--keep-anyway", help="Save even where it doesn't help on the reports kept aside.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Fit the heads that make claims (types, statuses, parties) to your own corrections; needs no more than Dragoman.

    The fit is saved in the project's folder, used there from then on, and named in each claim's maker.
    """
    from dragoman.cli.train import train_heads

    raise typer.Exit(_guard(lambda: train_heads(files, project, keep_anyway=keep_anyway), debug=debug))


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL...", help="Files, folders, patterns, web addresses; '-' is stdin."),
    ],
    archive: ArchiveFolder = None,
    date: Date = None,
    outlet: Outlet = None,
    project: Project = None,
    workers: Workers = None,
    commit_every: Annotated[
        int, typer.Option(min=1, metavar="N", help="Records a commit: what a killed run reads again.")
    ] = 500,
    redo: Annotated[bool, typer.Option("--redo", help="Code again what is known, in the place of the old.")] = False,
    no_events: Annotated[
        bool, typer.Option("--no-events", help="Leave events as they are; 'dragoman events --derive' catches up.")
    ] = False,
    private: Annotated[bool, typer.Option("--private", help="Fetch also from your own machine and network.")] = False,
    wait: Wait = 0.0,
    timeout: Timeout = 10.0,
    memory: Memory = 1000,
    errors: Errors = None,
    strict: Strict = False,
    quiet: Quiet = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the totals as JSON at the end.")] = False,
    debug: Debug = False,
) -> None:
    """Read reports into an archive: once each, nothing lost. Run it again to go on after it was stopped."""

    def start_adding() -> int:
        from dragoman.cli.add import AddOptions, add_sources

        return add_sources(
            AddOptions(
                archive, tuple(sources), date=date, outlet=outlet, project=project, workers=workers, seconds=timeout,
                megabytes=memory, commit_every=commit_every, redo=redo, with_events=not no_events,
                wait=wait, allow_private=private, errors=errors, is_strict=strict, is_quiet=quiet, as_json=as_json,
            )
        )  # fmt: skip

    raise typer.Exit(_guard(start_adding, debug=debug))


@app.command()
def recode(
    archive: ArchiveFolder = None,
    project: Project = None,
    workers: Workers = None,
    redo: Annotated[
        bool, typer.Option("--redo", help="Also what this coder has read, in the place of the old.")
    ] = False,
    no_events: Annotated[
        bool, typer.Option("--no-events", help="Leave events as they are; 'dragoman events --derive' catches up.")
    ] = False,
    wait: Wait = 0.0,
    timeout: Timeout = 10.0,
    memory: Memory = 1000,
    errors: Errors = None,
    strict: Strict = False,
    quiet: Quiet = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the totals as JSON at the end.")] = False,
    debug: Debug = False,
) -> None:
    """Code an archive's texts with today's model, roster and codebook, beside what earlier ones found."""

    def start_recoding() -> int:
        from dragoman.cli.add import AddOptions, recode_archive

        return recode_archive(
            AddOptions(
                archive, project=project, workers=workers, seconds=timeout, megabytes=memory, redo=redo,
                with_events=not no_events, wait=wait, errors=errors, is_strict=strict, is_quiet=quiet, as_json=as_json,
            )
        )  # fmt: skip

    raise typer.Exit(_guard(start_recoding, debug=debug))


app.add_typer(archive_app.commands)
app.add_typer(relations_app.commands)
app.add_typer(outlook_app.commands)
app.add_typer(brief_app.commands)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    try:
        app(args=list(arguments), prog_name="dragoman")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 1
    return 0


def _guard(command: Callable[[], int], *, debug: bool = False) -> int:
    """Run a command: an error of ours becomes one line on stderr and exit code 1."""
    from dragoman.cli.ending import run_guarded

    return run_guarded(command, debug=debug)
