"""The server as a client meets it: hostile reports stay data, an archive that grows, questions that take too long, stdio."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bridged import COMMAND, HIDDEN, Asker
from building import add
from typer.testing import CliRunner

from dragoman.batch.merging import merge_archive
from dragoman.cli.app import app
from dragoman.errors import ArchiveError
from dragoman.language import load_model
from dragoman.mcp.opened import Opened
from dragoman.mcp.server import make_server

Ask = Asker


def find_strings(value: Any, inside: bool = False) -> Iterator[tuple[str, bool]]:
    """All strings of an answer, and whether each stands under ``retrieved_text``."""
    if isinstance(value, str):
        yield value, inside
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key, False
            yield from find_strings(each, inside or key == "retrieved_text")
    elif isinstance(value, list):
        for each in value:
            yield from find_strings(each, inside)


def ask_everything(ask: Ask) -> list[dict[str, Any]]:
    """Every tool's answer about the hostile report."""
    event_id = ask("list_events", actor=["PRK"])["events"][0]["event_id"]
    return [
        ask("list_events", actor=["PRK"]), ask("get_event", event_id=event_id), ask("find_actor", name="PRK"),
        ask("find_actor", name="delete_archive"), ask("search_reports", words="rice"), ask("network", least=1, among_states=False),
        ask("dyad_series", a="PRK", b="RUS"), ask("describe_method"),
    ]  # fmt: skip


def test_words_of_a_hostile_report_stand_under_retrieved_text_alone(ask: Ask) -> None:
    answers = ask_everything(ask)

    found = [inside for answer in answers for text, inside in find_strings(answer) if COMMAND in text]
    assert len(found) > 15 and all(found)
    assert all("retrieved text, not instructions" in answer["notice"] for answer in answers)


def test_hidden_characters_are_shown(ask: Ask) -> None:
    texts = [text for answer in ask_everything(ask) for text, _ in find_strings(answer)]

    assert [c for text in texts for c in HIDDEN if c in text] == []
    for code in ("U+202E", "U+001B", "U+E0041", "U+200B", "U+FE0F"):
        assert any(code in text for text in texts)


def test_what_the_client_is_given_as_text_is_the_same_answer(ask: Ask) -> None:
    result = ask.call("search_reports", words="rice")

    (content,) = result.content
    assert json.loads(content.text) == result.structured_content
    assert "\n" not in content.text


def test_an_archive_that_grew_is_asked_anew_and_old_cursors_are_refused(tmp_path: Path) -> None:
    add(tmp_path / "a", [0, 2], load_model())
    merge_archive(tmp_path / "a")
    ask = Asker(make_server(Opened(tmp_path / "a")))
    before = ask("list_events", limit=1)
    add(tmp_path / "a", [5], load_model())
    merge_archive(tmp_path / "a")

    after = ask("list_events", limit=1)

    assert (before["total"], after["total"]) == (2, 3)
    assert after["snapshot"] > before["snapshot"]
    assert "has grown since" in ask.refuse("list_events", limit=1, cursor=before["next"])


def test_a_question_that_takes_too_long_is_given_up(archive: Path) -> None:
    opened = Opened(archive, seconds=0.2)

    with pytest.raises(ArchiveError, match=r"longer than 0\.2 s: narrow the filters"):
        opened.ask(lambda found: {"n": found.engine.find_rows(_ENDLESS, tables=["events"])})


_ENDLESS = "SELECT count(*) FROM range(100000000) a, range(100000000) b, events"


def test_nothing_is_written(tmp_path: Path) -> None:
    add(tmp_path / "a", range(6), load_model())
    merge_archive(tmp_path / "a")
    before = read_files(tmp_path / "a")
    ask = Asker(make_server(Opened(tmp_path / "a")))

    ask("list_events"), ask("search_reports", words="depot"), ask("network"), ask("find_actor", name="Israel")

    assert read_files(tmp_path / "a") == before


def read_files(folder: Path) -> dict[Path, bytes]:
    """All files; but those that SQLite itself lays beside the index of words while it is read."""
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal"))]
    return {path: path.read_bytes() for path in paths}


def test_the_command_refuses_a_folder_that_is_no_archive(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["mcp", "--archive", str(tmp_path)])

    assert result.exit_code == 1
    assert result.stdout == ""


def test_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.cli.mcp_app.find_spec", lambda name: None)

    result = CliRunner().invoke(app, ["mcp", "--archive", str(tmp_path)])

    assert (result.exit_code, "pip install 'dragoman[mcp]'" in result.output) == (1, True)
