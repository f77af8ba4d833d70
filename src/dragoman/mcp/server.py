"""The server: tools of an archive, spoken over stdin and stdout. Nothing is listened to and nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp_types import ToolAnnotations

from dragoman import __version__
from dragoman.mcp.limits import SECONDS
from dragoman.mcp.opened import NOTICE, Opened
from dragoman.mcp.tools import Tools

_INSTRUCTIONS = (
    "An archive of events drawn from news reports: who did what to whom, on whose word. All tools only read. Every number names the events "
    "it comes from; get_event gives the sentences behind one. Cite event ids, and say who claims a thing: a report's claim is not a fact. "
    "Counts are of what was read, not of the world. Answers are bounded: go on with 'next', or narrow the filters. "
    + NOTICE
)
_ONLY_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def make_server(opened: Opened) -> MCPServer[Any]:
    """The server of an opened archive."""
    server: MCPServer[Any] = MCPServer(
        "dragoman", title="Dragoman", instructions=_INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    for tool in Tools(opened).gather():
        server.tool(annotations=_ONLY_READS, structured_output=True)(tool)
    return server


def serve_archive(archive: Path | None, seconds: float = SECONDS) -> int:
    """Answer on stdin and stdout until the client leaves; the exit code.

    Raises:
        ArchiveError: There is no archive, or it is damaged.
    """
    opened = Opened(archive, seconds)
    try:
        make_server(opened).run("stdio")
    finally:
        opened.close()
    return 0
