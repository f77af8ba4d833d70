"""The server: tools of an archive, spoken over stdin and stdout. Nothing is listened to and nothing fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations

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


class _Server(MCPServer[Any]):
    """Refuses arguments that a tool doesn't take: a misspelt filter left out in silence would give wrong numbers."""

    def __init__(self, tools: list[Tool]) -> None:
        self._takes = {tool.name: frozenset(tool.parameters["properties"]) for tool in tools}
        super().__init__(
            "dragoman",
            title="Dragoman",
            instructions=_INSTRUCTIONS,
            version=__version__,
            log_level="WARNING",
            tools=tools,
        )

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        takes = self._takes.get(name)
        unknown = sorted(set(arguments) - takes) if takes is not None else []
        if unknown:
            words = ", ".join(repr(each[:40]) for each in unknown[:5])
            raise ToolError(f"{name} doesn't take {words}; it takes {', '.join(sorted(takes or ())) or 'nothing'}")
        return _write_densely(await super().call_tool(name, arguments, context))


def _write_densely(result: CallToolResult | InputRequiredResult) -> CallToolResult | InputRequiredResult:
    """An answer's text without blanks between its parts: a third less for a model to read."""
    if not isinstance(result, CallToolResult) or result.is_error or result.structured_content is None:
        return result
    text = json.dumps(result.structured_content, ensure_ascii=False, separators=(",", ":"))
    return result.model_copy(update={"content": [TextContent(type="text", text=text)]})


def make_server(opened: Opened) -> MCPServer[Any]:
    """The server of an opened archive."""
    tools = [
        Tool.from_function(tool, annotations=_ONLY_READS, structured_output=True) for tool in Tools(opened).gather()
    ]
    for tool in tools:
        tool.parameters["additionalProperties"] = False
    return _Server(tools)


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
