"""``dragoman code-pairs`` as a shell sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli import app

GOOD = {"id": 7, "sentence": "Kenya condemned Uganda over the raid.", "actor": "Kenya", "recipient": "Uganda"}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_each_pair_gives_a_line_with_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = app.run(["code-pairs", str(write(tmp_path, json.dumps(GOOD), json.dumps(GOOD | {"id": "b"})))])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 0 and [line["id"] for line in lines] == [7, "b"]
    assert {"event_type", "mode", "status", "scores", "plv_root"} <= set(lines[0])


def test_a_bad_line_is_told_and_the_others_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = json.dumps(GOOD | {"actor": "Norway"})
    code = app.run(["code-pairs", str(write(tmp_path, "{", bad, json.dumps(GOOD)))])
    done = capsys.readouterr()
    assert code == 3 and len(done.out.splitlines()) == 1
    assert "pairs.jsonl:1: isn't JSON" in done.err and "pairs.jsonl:2: the words 'Norway'" in done.err


def test_it_never_writes_over_its_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, json.dumps(GOOD))
    assert app.run(["code-pairs", str(path), "-o", str(path)]) == 1
    assert json.loads(path.read_text()) == GOOD and "written over" in capsys.readouterr().err
