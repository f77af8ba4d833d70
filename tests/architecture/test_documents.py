"""Documentation is tested: commands, options, settings, keys and names that exist are told, in the reference."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
import typer
import yaml
from make import make_reading

import dragoman
from dragoman.archive.schema import TABLES, Table
from dragoman.cli.app import app
from dragoman.interchange.citation import cite_software, write_cff
from dragoman.interchange.claims_json import to_json
from dragoman.settings import Settings

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_its_options_are_in_the_reference(name: str) -> None:
    assert f"## `dragoman {name}" in REFERENCE
    options = [max(param.opts, key=len) for param in COMMANDS[name].params if param.opts[0].startswith("-")]
    assert [option for option in options if f"{option}`" not in REFERENCE and f"{option} " not in REFERENCE] == []


def test_every_public_name_is_in_the_reference() -> None:
    names = [name for name in dragoman.__all__ if not name.startswith("__")]

    assert [name for name in names if not re.search(rf"`{name}[`(]", REFERENCE)] == []


def test_every_setting_is_in_the_reference() -> None:
    names = [field.name for field in fields(Settings) if field.name != "project"]

    assert [name for name in names if f"| `{name}` | `DRAGOMAN_{name.upper()}` |" not in REFERENCE] == []


def test_every_json_key_of_report_and_claim_is_in_the_reference() -> None:
    record = to_json(make_reading(), with_text=True)
    keys = [*record, *record["report"], *record["claims"][0], *record["claims"][0]["magnitudes"][0]]

    assert [key for key in keys if f"`{key}`" not in REFERENCE] == []


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_of_an_archive_is_in_the_reference_as_the_schema_tells_it(table: Table) -> None:
    rows = [f"| `{column.name}` | {column.type} | {column.holds} |" for column in table.columns]

    assert "\n".join([table.holds, "| column | type | holds |", "|---|---|---|", *rows]) in re.sub(
        r" Sorted by .*\n\n", "\n", REFERENCE
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!<?https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_extra_that_is_named_anywhere_is_there_and_in_the_reference() -> None:
    extras = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    )
    texts = [path.read_text(encoding="utf-8") for path in (*PAGES, *(ROOT / "src").rglob("*.py"))]
    named = {name for text in texts for name in re.findall(r"pip install '(?:dragoman|\.)\[(\w+)\]'", text)}

    assert {"pandas", "serve"} <= named <= extras
    assert [extra for extra in sorted(extras) if f"`{extra}`" not in REFERENCE] == []


def test_the_page_of_error_rates_is_what_the_results_give() -> None:
    spec = importlib.util.spec_from_file_location("error_rates", ROOT / "benchmarks" / "error_rates.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    page = (ROOT / "docs" / "error-rates.md").read_text(encoding="utf-8")
    assert page == module.write_page(), "run 'python benchmarks/error_rates.py'"
    assert module.DATA.read_text(encoding="utf-8") == module.write_tables(page), (
        "run 'python benchmarks/error_rates.py'"
    )


def test_the_citation_file_is_what_cite_prints() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert citation == yaml.safe_load(write_cff(cite_software(dragoman.__version__)))
