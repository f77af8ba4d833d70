"""The command ``serve`` and its options. ``serve`` does what it asks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

serving = typer.Typer()


@serving.command()
def serve(
    archive: Annotated[
        Path | None, typer.Option("--archive", metavar="DIR", help="The archive. [dragoman.toml, else 'archive']")
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 is any that is free.")] = 8321,
    write: Annotated[
        bool, typer.Option("--write", help="Take judgements, reviews and texts, not only questions.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Follow the archive's feeds meanwhile, as 'dragoman watch' does.")
    ] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="FILE", help="Tokens of programs and other people, as hashes."),
    ] = None,
    new_token: Annotated[
        str | None, typer.Option("--new-token", metavar="NAME", help="Make a token, print it once, and leave.")
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name under which it may be asked."),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Show an archive in the browser, and answer questions to it over HTTP; to this machine alone by default.

    The link it prints can be used once. Nothing is fetched from elsewhere but, with --watch, the feeds.
    """
    from dragoman.cli.ending import run_guarded
    from dragoman.cli.serve import make_token
    from dragoman.cli.serve import serve as serve_it

    if new_token is not None:
        raise typer.Exit(run_guarded(lambda: make_token(token_file, new_token, writes=write), debug=debug))
    options = {
        "host": host, "port": port, "writes": write, "opens_browser": not no_open, "token_file": token_file,
        "allowed_hosts": tuple(allow_host or ()),
    }  # fmt: skip
    raise typer.Exit(run_guarded(lambda: serve_it(archive, options, watches=watch), debug=debug))
