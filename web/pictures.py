"""Takes the pictures of ``docs/desk.md`` anew, of what ``dragoman demo`` shows: ``python web/pictures.py``.

Needs Chromium (``apt-get install chromium``), playwright and Pillow.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "desk"))
from settled import settle  # noqa: E402

WINDOW = {"width": 1180, "height": 860}
SIZE = (1000, 729)
"""The window, and the pixels of its picture in the docs."""
COLOURS = 256


@contextmanager
def run_demo(folder: Path) -> Iterator[str]:
    """The link of a demo on a free port, which ends with the block; its archive is filled where it isn't yet."""
    command = [sys.executable, "-m", "dragoman", "demo", "--no-open", "--port", "0", "--archive", str(folder)]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    try:
        links = (re.search(r"http://\S*token=\S+", line) for line in server.stdout or ())
        found = next((link for link in links if link), None)
        if found is None:
            sys.exit("the demo ended before it told its link")
        yield found.group(0)
    finally:
        server.terminate()
        server.wait(20)


def find_screens(window: Any, base: str) -> dict[str, str]:
    """The address of each picture: fixed ones, and the event most told of aid to Russia with a report of it."""
    events = ask(window, f"{base}/v1/events?actor=PRK&recipient=RUS&type=AID&limit=200")["items"]
    event = max(events, key=lambda each: (each["counts"]["reports"], each["id"]))["id"]
    told = str(ask(window, f"{base}/v1/events/{event}"))
    report = min(re.findall(r"\bre_[0-9a-f]{16}\b", told))
    return {
        "overview": "/", "dyad": "/dyads/PRK-RUS", "event": f"/events/{event}", "actor": "/actors/PRK", "network": "/network?of=PRK",
        "map": "/map", "report": f"/reports/{report}", "search": "/search?q=ceasefire",
        "review": "/review", "sources": "/sources", "data": "/data", "method": "/method",
    }  # fmt: skip


def ask(window: Any, address: str) -> dict[str, Any]:
    """An answer of the demo's API, asked with the window's cookie."""
    response = window.request.get(address)
    if not response.ok:
        sys.exit(f"{address}: {response.status} {response.text()[:300]}")
    return dict(response.json())


def take(page: Any, address: str, file: Path) -> None:
    """Write the picture of a screen once it has drawn all it asked for."""
    page.goto(address)
    settle(page)
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
    seen.quantize(COLOURS).save(file, optimize=True)


def take_all(link: str, folder: Path) -> None:
    """Write all pictures, light and dark; the link is good once, so that the second window has the first's cookie."""
    base = link.split("/?")[0].partition("/dyads")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        first = browser.new_context()
        first.new_page().goto(link)
        kept, screens = first.storage_state(), find_screens(first, base)
        for scheme in ("light", "dark"):
            page = browser.new_context(viewport=WINDOW, color_scheme=scheme, storage_state=kept).new_page()
            for name in screens:
                take(page, base + screens[name], folder / f"{name}-{scheme}.png")
        browser.close()


def main() -> None:
    """Fill a demo, or take the one given, and write its pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, help="the demo's archive, where one is filled already")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "desk")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, run_demo(given.archive or Path(folder) / "demo") as link:
        take_all(link, given.out)


if __name__ == "__main__":
    main()
