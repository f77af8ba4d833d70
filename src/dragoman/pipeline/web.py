"""Questions to servers for those who follow feeds. Answers may be hostile: ask where that can be ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.reading.robots import Robots as Robots
    from dragoman.reading.web import Answer as Answer


def ask_address(
    address: str, headers: Mapping[str, str], *, allow_private: bool = False, timeout: float = 30.0
) -> Answer:
    """What a server says to one question, whatever its status; redirects are told and not followed.

    Raises:
        InputError: The address is refused, or no answer comes within the bounds of one feed.
    """
    from dragoman.reading.limits import MAX_FEED_BYTES
    from dragoman.reading.web import ask_once

    return ask_once(address, headers, allow_private=allow_private, limit=MAX_FEED_BYTES, timeout=timeout)


def read_robots(data: bytes) -> Robots:
    """The rules of a robots.txt that hold for us; of no data, none."""
    from dragoman.reading.robots import parse_robots

    return parse_robots(data)


def send_json(address: str, body: bytes, *, allow_private: bool = False) -> int:
    """Send JSON to an address; gives the status of the answer.

    Raises:
        InputError: The address is refused, or no answer comes in ten seconds.
    """
    from dragoman.reading.web import post_json

    return post_json(address, body, allow_private=allow_private)
