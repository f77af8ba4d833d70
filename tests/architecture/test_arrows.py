"""The rule of arrows: who may import whom. It is read from the code, not from good intentions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "dragoman"
MODULES = sorted(SOURCE.rglob("*.py"))
STAGES = {"reading", "language", "actors", "places", "times", "quantities", "coding", "events"}
GROUND = {"domain", "errors"}
DOOR = ""
"""``dragoman/__init__.py`` and the names it defines itself (``__version__``)."""
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "domain": {"notebook"},  # inside Reading._repr_html_ alone: docs/decisions/0003
    "settings": {"errors"},
    "interchange": GROUND,
    "archive": GROUND | {"interchange", "settings", DOOR},
    "batch": GROUND | {"pipeline", "archive"},
    "relations": GROUND,
    "notebook": GROUND | {"interchange"},
    "pipeline": GROUND | STAGES | {DOOR},
    "cli": GROUND | {"pipeline", "archive", "batch", "relations", "interchange", "settings", "http", "mcp", DOOR},
    "http": GROUND | {"pipeline", "archive", "batch", "relations", "interchange", "settings", DOOR},
    "mcp": GROUND | {"archive", "relations", "interchange", "settings", DOOR},
    "__main__": {"cli"},
    DOOR: GROUND | {"pipeline", "interchange", "archive", "batch"},
    **{stage: GROUND for stage in STAGES},
}
"""Room → the rooms it may import besides itself."""


def find_imports(code: str, package: tuple[str, ...]) -> Iterator[str]:
    """The full names that code in ``package`` imports, at its top or inside functions."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def find_rooms(path: Path) -> list[str]:
    """The rooms of Dragoman that a module imports."""
    package = ("dragoman", *path.relative_to(SOURCE).parts[:-1])
    names = find_imports(path.read_text(encoding="utf-8"), package)
    return sorted({get_room(name.split(".")[1:]) for name in names if name.split(".")[0] == "dragoman"})


def get_room(parts: list[str]) -> str:
    name = parts[0] if parts else DOOR
    return name if name and ((SOURCE / name).is_dir() or (SOURCE / f"{name}.py").exists()) else DOOR


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = get_room([path.relative_to(SOURCE).parts[0].removesuffix(".py").replace("__init__", DOOR)])

    wrong = [name for name in find_rooms(path) if name not in ALLOWED[room] | {room}]

    assert wrong == []


def test_imports_are_seen_at_the_top_in_functions_and_relative() -> None:
    code = "from dragoman.actors import a\ndef f():\n    import dragoman.places.b\nfrom ..coding import c\n"

    assert set(find_imports(code, ("dragoman", "times"))) == {
        "dragoman.actors.a",
        "dragoman.places.b",
        "dragoman.coding.c",
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_shipped_imports_a_workshop(path: Path) -> None:
    """Training and benchmarks import Dragoman; nothing imports them."""
    names = find_imports(path.read_text(encoding="utf-8"), ("dragoman",))

    assert [name for name in names if name.split(".")[0] in ("training", "benchmarks", "tests")] == []


def test_the_pipeline_alone_imports_stages() -> None:
    importers = {str(path.relative_to(SOURCE)) for path in MODULES if STAGES & set(find_rooms(path))}
    outside = {name for name in importers if name.split("/")[0] not in STAGES}

    assert {name.split("/")[0] for name in outside} <= {"pipeline"}
