"""What the program loads is what people edited: generated afresh, byte for byte."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.errors import ResourceError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    sys.path.insert(0, str(ROOT / "resources"))
    spec = importlib.util.spec_from_file_location("generate", ROOT / "resources" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["roster.json", "codebook.json"])
def test_the_committed_file_is_what_resources_make(generate: ModuleType, name: str) -> None:
    committed = (ROOT / "src" / "dragoman" / "_data" / name).read_text(encoding="utf-8")

    assert generate.OUTPUTS[name]() == committed, f"{name} differs: run python resources/generate.py"


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (
            "states.yml",
            "- {id: 'state:NOR', code: NOR, name: no}\n",
            r"states\.yml, entry 1 \(state:NOR\): name is False",
        ),
        ("groups.yml", "- {id: 'group:x', code: X-Y, name: X, sectr: REB}\n", r"unknown field 'sectr'"),
        ("groups.yml", "- {id: 'group:x', code: AB-Y, name: X, sector: ARMY}\n", r"sector is 'ARMY'"),
        ("bodies.yml", "- {id: 'body:x', code: USA, name: X, from: yesterday}\n", r"from is 'yesterday'"),
    ],
)
def test_a_wrong_entry_is_named(generate: ModuleType, tmp_path: Path, file: str, text: str, told: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")

    with pytest.raises(ResourceError, match=told):
        generate.make_roster(tmp_path)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("ATL,head_of_state,Ann Bell,,2001,,King,own", r"line 2: state is 'ATL'"),
        ("PER,kingship,Ann Bell,,2001,,King,own", r"line 2: office is 'kingship'"),
        ("PER,other,Ann Bell,,2001,1999,King,own", r"line 2: end is 1999, before start 2001"),
        ("PER,other,Ann Bell,,spring,,King,own", r"line 2: start is 'spring'"),
    ],
)
def test_a_wrong_term_is_named_by_line(generate: ModuleType, tmp_path: Path, row: str, told: str) -> None:
    (tmp_path / "states.yml").write_text("- {id: 'state:PER', code: PER, iso3: PER, name: Peru}\n", encoding="utf-8")
    (tmp_path / "people").mkdir()
    header = "state,office,name,aliases,start,end,title,source\n"
    (tmp_path / "people" / "south.csv").write_text(header + row + "\n", encoding="utf-8")

    with pytest.raises(ResourceError, match=told):
        generate.make_roster(tmp_path)
