"""The demo archive's reports: made from the storylines, enough of them, and each readable."""

from __future__ import annotations

import importlib.util
import json
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "resources" / "generate_demo.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_demo", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_package_holds_what_the_storylines_give(script: ModuleType) -> None:
    shipped = (files("dragoman") / "_data" / "demo.jsonl").read_text(encoding="utf-8")

    assert shipped == script.generate(), "run 'make data'"


def test_there_are_enough_reports_and_each_says_that_it_is_an_example() -> None:
    lines = (files("dragoman") / "_data" / "demo.jsonl").read_text(encoding="utf-8").splitlines()
    reports = [json.loads(line) for line in lines]

    assert len(reports) >= 200
    assert len({report["id"] for report in reports}) == len(reports)
    assert all("Example report written for Dragoman" in report["text"] for report in reports)
    assert all(report["url"].split("/")[2].endswith(".example") for report in reports)


def test_a_line_that_is_nothing_is_told_with_its_number(script: ModuleType) -> None:
    with pytest.raises(ValueError, match="line 2"):
        script.read_stories("@ story\nnonsense\n")
