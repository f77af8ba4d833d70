"""The commands that keep an archive sound and citable, and their options. ``keeping`` does what they ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli import archive_app as asked

keeping = typer.Typer()

Archive = Annotated[
    Path | None,
    typer.Option("--archive", metavar="DIR", envvar="DRAGOMAN_ARCHIVE", help="Folder of the archive. [dragoman.toml]"),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Wait = Annotated[float, typer.Option("--wait", metavar="S", min=0, help="Seconds to wait for another writer to end.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@keeping.command()
def doctor(
    archive: Archive = None,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Take out what is damaged, delete what killed runs left, draw the ledger anew."),
    ] = False,
    thorough: Annotated[bool, typer.Option("--thorough", help="Also compare every word of the search index.")] = False,
    as_json: Json = False,
    wait: Wait = 0.0,
    debug: Debug = False,
) -> None:
    """Check that an archive is sound: files, rows, counts, search index. Exit code 1 where something is wrong."""
    from dragoman.cli.keeping import examine_archive, repair_archive

    if repair:
        raise typer.Exit(_guard(lambda: repair_archive(_find(archive), thorough, as_json, wait), debug))
    raise typer.Exit(_guard(lambda: examine_archive(_find(archive), thorough, as_json), debug))


@keeping.command()
def snapshot(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Name a new snapshot of what is there now.")
    ] = None,
    archive: Archive = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What it is for.")] = "",
    cite: Annotated[
        str | None, typer.Option("--cite", metavar="WHICH", help="Print how to cite a snapshot (number or name).")
    ] = None,
    as_json: Json = False,
    wait: Wait = 0.0,
    debug: Debug = False,
) -> None:
    """List the snapshots of an archive, name one, or tell how to cite one."""
    from dragoman.cli.keeping import cite_one, name_one, show_snapshots

    if name is not None and cite is not None:
        raise typer.BadParameter("name a snapshot or cite one, not both at once.")
    if cite is not None:
        raise typer.Exit(_guard(lambda: cite_one(_find(archive), cite, as_json), debug))
    if name is not None:
        raise typer.Exit(_guard(lambda: name_one(_find(archive), name, note, wait, as_json=as_json), debug))
    raise typer.Exit(_guard(lambda: show_snapshots(_find(archive), as_json), debug))


@keeping.command()
def cite(
    which: Annotated[
        str | None, typer.Argument(metavar="WHICH", help="Number or name of a snapshot. [the newest]")
    ] = None,
    archive: Archive = None,
    authors: Annotated[
        list[str] | None, typer.Option("--author", metavar="NAME", help="Whose archive it is; may be repeated.")
    ] = None,
    software: Annotated[bool, typer.Option("--software", help="The software alone.")] = False,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="As BibTeX.")] = False,
    cff: Annotated[bool, typer.Option("--cff", help="As a CITATION.cff: of the archive where there is one.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As CSL-JSON, for Zotero and pandoc.")] = False,
    debug: Debug = False,
) -> None:
    """Tell how to cite Dragoman and, where there is an archive, a snapshot of it."""
    from dragoman.cli.citing import Form, show_citation

    if bibtex + cff + as_json > 1:
        raise typer.BadParameter("one form at a time: --bibtex, --cff or --json.")
    if software and (which is not None or authors):
        raise typer.BadParameter("--software cites no snapshot.")
    is_wanted = archive is not None or which is not None or bool(authors)
    folder = None if software else _find(archive)
    form: Form = "bibtex" if bibtex else "cff" if cff else "json" if as_json else "text"
    raise typer.Exit(
        _guard(lambda: show_citation(folder, which, tuple(authors or ()), form, is_wanted=is_wanted), debug)
    )


@keeping.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Number or name of a snapshot.")],
    new: Annotated[str | None, typer.Argument(metavar="NEW", help="Another. [the newest]")] = None,
    archive: Archive = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help="Lines to show; 0 shows all.")] = 20,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Tell which claims and reports were added, changed or withdrawn between two snapshots, and why."""
    from dragoman.cli.keeping import show_diff

    raise typer.Exit(_guard(lambda: show_diff(_find(archive), old, new, limit, as_json=as_json), debug))


@keeping.command()
def compact(
    archive: Archive = None,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Delete snapshots without a name, but for the newest, and files only they need."),
    ] = False,
    keep: Annotated[int, typer.Option("--keep", metavar="N", min=1, help="Newest snapshots that --prune keeps.")] = 1,
    full: Annotated[
        bool, typer.Option("--full", help="Sort large files anew too: one claim of millions is found in milliseconds.")
    ] = False,
    memory: Annotated[str, typer.Option("--memory", metavar="SIZE", help="What sorting may take.")] = "1GB",
    as_json: Json = False,
    wait: Wait = 0.0,
    debug: Debug = False,
) -> None:
    """Merge small files of an archive into large, sorted ones: many questions are answered faster then."""
    from dragoman.cli.keeping import compact_archive

    kept = keep if prune else None
    raise typer.Exit(
        _guard(lambda: compact_archive(_find(archive), kept, memory, wait, is_full=full, as_json=as_json), debug)
    )


@keeping.command()
def export(
    table: Annotated[
        str | None,
        typer.Argument(
            metavar="TABLE|FILE", help="reports, claims, dyads … (see the reference); with --format the file."
        ),
    ] = None,
    archive: Archive = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="One table: .parquet, .csv, .csv.gz or .jsonl."),
    ] = None,
    bundle: Annotated[
        Path | None, typer.Option("--bundle", metavar="DIR", help="All tables with codebook, citation and checksums.")
    ] = None,
    which: Annotated[
        str | None, typer.Option("--snapshot", metavar="WHICH", help="Number or name. [the newest]")
    ] = None,
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="ID", help="What this coder found. [the newest for each report]")
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put in full texts; you may not have the right to pass them on.")
    ] = False,
    packed: Annotated[bool, typer.Option("--gz", help="With --bundle: CSV packed with gzip.")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="CSV that spreadsheets open safely.")] = False,
    authors: Annotated[
        list[str] | None, typer.Option("--author", metavar="NAME", help="With --bundle: whom to cite; may be repeated.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="Events as plover, plover-strict, polecat, gdelt, gdelt-mentions, icews, phoenix, gexf, graphml, geojson, "
            "sqlite or events-csv.",
        ),
    ] = None,
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
    min_texts: Annotated[
        int, typer.Option("--min-texts", metavar="N", help="With --format: independent texts, at least.")
    ] = 1,
    search: Annotated[
        bool, typer.Option("--search", help="With --format sqlite: a full-text index of the sentences.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Write tables of an archive to files, its events in another format, or all of it as a bundle to publish beside a paper.

    With --format, filters are those of 'dragoman events', and what the format can't hold is told in one line and in
    FILE.losses.json.
    """
    from dragoman.archive.bundle import BundleOptions
    from dragoman.cli.keeping import export_all, export_one

    filters = asked.gather(
        actor=actor, recipient=recipient, either=either, dyad=dyad, type=type, quad=quad, mode=mode, status=status,
        claimant=claimant, outlet=outlet, since=since, until=until, place=place, min_confidence=min_confidence,
        text=text, report=report,
    )  # fmt: skip
    if form is not None:
        from dragoman.cli.exporting import EventExport, export_events

        path = output or (Path(table) if table else None)
        if path is None or bundle is not None or (output and table):
            raise typer.BadParameter("--format takes one file: dragoman export --format gexf FILE.")
        wanted = EventExport(form, path, which, coder, min_texts, search=search)
        raise typer.Exit(_guard(lambda: export_events(_find(archive), filters, wanted), debug))
    if filters or search or min_texts > 1:
        raise typer.BadParameter("filters and --search go with --format.")
    if excel and packed:
        raise typer.BadParameter("--excel and --gz don't go together: spreadsheets don't open packed CSV.")
    options = BundleOptions(with_text, packed, excel, tuple(authors or ()))
    if bundle is not None and table is None and output is None:
        raise typer.Exit(_guard(lambda: export_all(_find(archive), which, coder, bundle, options), debug))
    if table is None or output is None or bundle is not None:
        raise typer.BadParameter("either a table and -o FILE, or --bundle DIR.")
    raise typer.Exit(_guard(lambda: export_one(_find(archive), which, coder, (table, output), options), debug))


def _guard(command: Callable[[], int], debug: bool) -> int:
    from dragoman.cli.ending import run_guarded

    return run_guarded(command, debug=debug)


def _find(archive: Path | None) -> Path:
    from dragoman.settings import find_settings

    return archive or find_settings().find_archive()
