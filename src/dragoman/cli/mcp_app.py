"""The command ``mcp``: an archive as tools for a language model's client."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from dragoman.errors import DragomanError

bridging = typer.Typer()


@bridging.command()
def mcp(
    archive: Annotated[
        Path | None,
        typer.Option(
            "--archive",
            metavar="DIR",
            envvar="DRAGOMAN_ARCHIVE",
            help="Folder of the archive. [dragoman.toml, else 'archive']",
        ),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Answer a language model's questions to an archive over stdin and stdout (Model Context Protocol).

    It is started by the client, only reads, and fetches nothing.
    """
    from dragoman.cli.ending import run_guarded

    raise typer.Exit(run_guarded(lambda: _serve(archive), debug=debug))


def _serve(archive: Path | None) -> int:
    if find_spec("mcp") is None:
        raise DragomanError("this needs mcp: pip install 'dragoman[mcp]'")
    from dragoman.mcp.server import serve_archive

    return serve_archive(archive)
