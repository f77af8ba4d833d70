"""The built page in the package is what its source gives, and the first load is small."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src" / "dragoman" / "_web"
MOST = 250_000


def list_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_fresh_build_gives_the_page_in_the_package(tmp_path: Path) -> None:
    if shutil.which("npx") is None or not (ROOT / "web" / "node_modules").is_dir():
        pytest.skip("no Node or no packages here: cd web && npm ci")
    command = ["npx", "--no-install", "vite", "build"]
    done = subprocess.run(
        command, cwd=ROOT / "web", env={**os.environ, "DESK_OUT": str(tmp_path / "web")}, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert list_files(tmp_path / "web") == list_files(BUILT), "run 'npm run build' in web/ and commit what it writes"


def test_the_first_load_is_small_and_names_no_other_host() -> None:
    page = (BUILT / "index.html").read_text(encoding="utf-8")
    first = {name for name in re.findall(r'(?:src|href)="/([^"]+\.(?:js|css|svg))"', page)}
    waiting = list(first)
    while waiting:
        name = waiting.pop()
        if name.endswith(".js"):
            code = (BUILT / name).read_text(encoding="utf-8")
            found = {f"assets/{other}" for other in re.findall(r'(?:from|import)\s*"\./([^"]+)"', code)} - first
            first |= found
            waiting += found

    sizes = sum(len(gzip.compress((BUILT / name).read_bytes())) for name in {*first, "index.html"})
    assert 10_000 < sizes < MOST
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
