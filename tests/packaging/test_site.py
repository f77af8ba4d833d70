"""The documents as a site: built without a network, no broken link, nothing of another host in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEAD = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="mkdocs-material isn't installed: pip install -e '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, **DEAD, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_in_the_site_and_in_its_menu(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    menu = set(re.findall(r'<a href="([^"#:]+[.]html)" class="md-nav__link', (site / "index.html").read_text()))

    assert {page for page in pages if not (site / page.replace("README", "index")).is_file()} == set()
    assert pages - {"README.html"} <= menu | {"README.html"}
    assert "model-card.html" in menu


def test_the_site_loads_nothing_from_another_host(site: Path) -> None:
    loaded = {
        (page.name, found)
        for page in site.rglob("*.html")
        for found in re.findall(
            r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//[^"]+|<link[^>]+href="(?:https?:)?//[^"]+', page.read_text()
        )
    }

    assert loaded == set()


def test_links_that_lead_out_of_the_site_are_told_as_paths(site: Path) -> None:
    page = (site / "relations.html").read_text()

    assert "<code>benchmarks/forecast/README.md</code>" in page
    assert 'href="model-card.html"' in (site / "method.html").read_text()
