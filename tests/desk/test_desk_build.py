"""What ships is what the source makes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB, SHIPPED = ROOT / "web", ROOT / "src" / "dragoman" / "_web"


def read_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.skipif(shutil.which("node") is None, reason="node isn't installed")
@pytest.mark.skipif(not (WEB / "node_modules" / "vite").is_dir(), reason="npm ci hasn't run in web/")
def test_the_shipped_page_is_a_fresh_build_and_light_enough(tmp_path: Path) -> None:
    made = tmp_path / "_web"
    done = subprocess.run(
        ["npm", "run", "build", "--silent"], cwd=WEB, env={**os.environ, "DESK_OUT": str(made)}, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "first load" in done.stdout
    assert read_files(made) == read_files(SHIPPED)


def test_the_shipped_page_asks_nobody_else() -> None:
    for path in SHIPPED.rglob("*"):
        if path.suffix in (".html", ".css"):
            assert "//" not in path.read_text(encoding="utf-8").replace("<!doctype", ""), path.name
    page = (SHIPPED / "index.html").read_text(encoding="utf-8")
    assert "<style" not in page and "style=" not in page and "<script>" not in page
