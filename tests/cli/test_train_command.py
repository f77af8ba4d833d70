"""``dragoman train``: corrections fitted, kept where they help, used and named in the project they are for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli import app
from dragoman.pipeline import load_parts

SIDES = "Norway Sweden Kenya Uganda Chile Peru Japan Laos Ghana Togo Malta Cyprus Nepal Bhutan Qatar Oman".split()


def make_report(n: int) -> dict[str, Any]:
    """A word no codebook knows, coded as an act by those who use it."""
    a, b = SIDES[n % len(SIDES)], SIDES[(n * 3 + 1) % len(SIDES)]
    text = f"{a} thwoomed {b} on Monday."
    claim = {
        "sentence": 1, "trigger": "thwoomed", "event_type": "SANCTION", "status": "occurred",
        "actors": [{"text": a, "code": "XXX"}], "recipients": [{"text": b, "code": "YYY"}], "claimant": None,
    }  # fmt: skip
    return {"id": str(n), "sentences": [{"n": 1, "text": text}], "claims": [claim]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "dragoman.toml").write_text("")
    return tmp_path


def write(folder: Path, reports: list[dict[str, Any]]) -> str:
    path = folder / "corrections.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in reports), encoding="utf-8")
    return str(path)


def test_what_was_corrected_is_seen_afterwards(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = app.run(["train", write(project, [make_report(n) for n in range(60)]), "--project", str(project)])
    assert code == 0, capsys.readouterr()
    fitted, shipped = load_parts(project), load_parts()
    assert fitted.maker.model != shipped.maker.model
    from dragoman.language.model import analyse_words

    words = "Brazil thwoomed Mexico on Friday .".split()
    before, after = (
        dict(max(analyse_words(p.model, words).acts, key=lambda a: a.chance).types) for p in (shipped, fitted)
    )
    assert after.get("SANCTION", 0) > before.get("SANCTION", 0)


def test_too_few_corrections_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["train", write(project, [make_report(n) for n in range(5)]), "--project", str(project)]) == 1
    assert "are wanted" in capsys.readouterr().err
    assert not (project / "model").exists()


def test_a_wrong_report_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = make_report(1)
    wrong["claims"][0]["trigger"] = "elsewhere"
    assert app.run(["train", write(project, [make_report(0), wrong]), "--project", str(project)]) == 1
    assert "corrections.jsonl:2, sentence 1: the words 'elsewhere'" in capsys.readouterr().err
