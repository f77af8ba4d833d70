"""The tutorial's commands do what it says, one after the other, in a folder of one's own."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

import dragoman
from dragoman.cli import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
COMMANDS = [line for line in PAGE.splitlines() if line.startswith("dragoman ")]
NOT_RUN = ("dragoman serve",)
"""It goes on until it is ended; it has tests of its own."""


def run(command: str, capsys: pytest.CaptureFixture[str], event: str) -> str:
    """What a command prints; patterns are filled in as a shell does it."""
    words = [event if word == "ev_…" else word for word in shlex.split(command)[1:]]
    filled = [str(path) for word in words for path in (sorted(Path().glob(word)) if "*" in word else [word])]
    code = app.run(filled)
    out, error = capsys.readouterr()
    assert code == 0, f"{command}: {error}"
    return out


def test_the_commands_of_the_tutorial_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = ROOT / "resources" / "examples"
    shutil.copytree(examples, tmp_path / "resources" / "examples")
    shutil.copy(examples / "04-ankara-sweden-vote.html", tmp_path / "report.html")
    monkeypatch.chdir(tmp_path)
    told, event = {}, ""
    for command in COMMANDS:
        if not command.startswith(NOT_RUN):
            told[command] = run(command, capsys, event)
            event = next(iter(re.findall(r"^ev_\w+", told[command], re.MULTILINE)), event)

    assert len(told) >= 8
    assert event in told["dragoman events ev_… --archive news"]
    assert "Sources" in told["dragoman brief GRC MKD --archive news"]
    assert "@dataset{news-snapshot-" in told["dragoman cite draft --archive news --bibtex"]


def test_the_python_of_the_tutorial_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The part that needs no archive; asking an archive is the matter of the tests of archives."""
    shutil.copy(ROOT / "resources" / "examples" / "04-ankara-sweden-vote.html", tmp_path / "report.html")
    monkeypatch.chdir(tmp_path)
    first = next(iter(re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)))

    exec(compile(first, "tutorial.md", "exec"), {"dragoman": dragoman})

    assert "SUPPORT occurred" in capsys.readouterr().out
