"""The feeds that an archive follows are told with their health."""

from __future__ import annotations

from pathlib import Path

from served import Client

from dragoman.archive.feeds import Feed, add_feeds, save_feed


def test_feeds_are_told_with_their_health(own_folder: Path, writer: Client) -> None:
    address, later = "https://harbour.example/feed", "2024-03-05T11:00:00+00:00"
    add_feeds(own_folder, [(address, "Harbour")], "2024-03-05T10:00:00+00:00")
    save_feed(own_folder, Feed(address, state="failing", failures=2, next=later, reason="status 503", etag='"secret"'))

    (item,) = writer.items("/v1/feeds")

    assert item == {
        "address": address, "title": "Harbour", "added": "2024-03-05T10:00:00+00:00", "state": "failing", "last": None,
        "failures": 2, "next": later, "reason": "status 503",
    }  # fmt: skip
