"""``dragoman serve --watch``: feeds are followed while the archive is served, and the watch ends with the server."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
from launched import launch

from dragoman.batch.following import follow


def test_feeds_are_followed_while_the_archive_is_served(own_folder: Path) -> None:
    follow(own_folder, ["http://127.0.0.1:9/feed.xml"])
    server, link = launch(own_folder, "--watch")
    try:
        with httpx.Client(follow_redirects=True) as client:
            client.get(link)
            base, until = link.split("/?")[0], time.monotonic() + 60
            while (feed := client.get(f"{base}/v1/feeds").json()["items"][0])["state"] != "refused":
                assert time.monotonic() < until, feed
                time.sleep(0.3)
        children = _find_children(server.pid)
    finally:
        server.terminate()
        server.wait(30)

    assert "private address" in feed["reason"]
    assert children and not any(Path(f"/proc/{child}").exists() for child in children)


def _find_children(parent: int) -> list[int]:
    """Processes that another one started (Linux)."""
    stats = {int(path.parent.name): path.read_text(encoding="utf-8") for path in Path("/proc").glob("[0-9]*/stat")}
    return [number for number, stat in stats.items() if int(stat.rpartition(")")[2].split()[1]) == parent]
