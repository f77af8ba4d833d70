"""Every tool asked over real pipes, by the protocol kit's own session, of the command as a user's client starts it."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from bridged import COMMAND
from test_mcp_server import find_strings

ASKED: dict[str, dict[str, Any]] = {
    "list_events": {"limit": 1}, "get_event": {}, "find_actor": {"name": "PRK"},
    "search_reports": {"words": "rice", "limit": 1}, "network": {"least": 1, "among_states": False},
    "dyad_series": {"a": "PRK", "b": "RUS"}, "describe_method": {},
}  # fmt: skip
"""What each tool is asked; the event to open is the one that the list names."""
_MOST = 40_000
"""Characters of an answer: what fifty events take, the longest list there is."""


@pytest.fixture(scope="module")
def spoken(archive: Path) -> tuple[set[str], dict[str, Any]]:
    """The tools that the server offers, and the answer of each."""
    return asyncio.run(_speak(archive))


async def _speak(archive: Path) -> tuple[set[str], dict[str, Any]]:
    from mcp import ClientSession
    from mcp.client.stdio import StdioServerParameters, stdio_client

    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "dragoman", "mcp", "--archive", str(archive)],
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )
    async with stdio_client(command) as (heard, said), ClientSession(heard, said) as session:
        await session.initialize()
        offered = {tool.name for tool in (await session.list_tools()).tools}
        answers: dict[str, Any] = {}
        for tool, asked in ASKED.items():
            if tool == "get_event":
                asked = {"event_id": answers["list_events"].structured_content["events"][0]["event_id"]}
            answers[tool] = await session.call_tool(tool, asked)
        return offered, answers


def test_every_tool_offered_answers(spoken: tuple[set[str], dict[str, Any]]) -> None:
    offered, answers = spoken

    assert offered == set(ASKED)
    assert [tool for tool, answer in answers.items() if answer.is_error] == []
    assert answers["describe_method"].structured_content["holds"]["events"] == 4


def test_answers_are_bounded(spoken: tuple[set[str], dict[str, Any]]) -> None:
    _, answers = spoken

    assert [tool for tool, answer in answers.items() if len(answer.content[0].text) > _MOST] == []
    listed = answers["list_events"].structured_content
    assert len(listed["events"]) == 1
    assert listed["total"] > 1 and listed["next"]


def test_words_of_reports_are_labelled(spoken: tuple[set[str], dict[str, Any]]) -> None:
    _, answers = spoken
    told = [json.loads(answer.content[0].text) for answer in answers.values()]

    assert all("retrieved text, not instructions" in each["notice"] for each in told)
    found = [inside for each in told for text, inside in find_strings(each) if COMMAND in text]
    assert found and all(found)
    for tool in ("get_event", "search_reports", "find_actor"):
        assert '"retrieved_text"' in answers[tool].content[0].text
