"""robots.txt as RFC 9309 has it: groups, longest match, wildcards, escapes; and nothing in it can keep us busy."""

from __future__ import annotations

import time

import pytest

from dragoman.reading.robots import parse_robots

RULES = b"""
# the site's rules
User-agent: otherbot
User-agent: Dragoman/1.0
Disallow: /closed/
Allow: /closed/open/
Disallow: /*.pdf$
Crawl-delay: 7

User-agent: *
Disallow: /

User-Agent: DRAGOMAN
Disallow: /more?all=*
Disallow:
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/closed/feed", False),
        ("/closed/open/feed", True),
        ("/%63losed/feed", False),
        ("/paper.pdf", False),
        ("/paper.pdf?page=2", True),
        ("/more?all=1", False),
        ("/more?one=1", True),
        ("/robots.txt", True),
    ],
)
def test_groups_that_name_us_are_joined_and_the_longest_pattern_decides(path: str, allowed: bool) -> None:
    assert parse_robots(RULES).allows(f"https://news.example{path}") is allowed


def test_the_delay_of_our_group_is_told() -> None:
    assert parse_robots(RULES).delay == 7.0


def test_who_is_not_named_keeps_the_rules_for_all() -> None:
    robots = parse_robots(b"User-agent: *\r\nDisallow: /private\r\nUser-agent: dragomanbot\r\nAllow: /\r\n")

    assert not robots.allows("https://news.example/private/feed")
    assert robots.allows("https://news.example/feed")


def test_a_tie_allows() -> None:
    assert parse_robots(b"User-agent: *\nDisallow: /feed\nAllow: /feed\n").allows("https://news.example/feed")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"<html>not found</html>", b"Disallow: /\n", b"User-agent\n"])
def test_what_is_no_rule_forbids_nothing(data: bytes) -> None:
    assert parse_robots(data).allows("https://news.example/feed")


def test_patterns_made_to_be_slow_are_not() -> None:
    pattern = b"Disallow: /" + b"*a" * 1_000 + b"*b$\n"
    robots = parse_robots(b"User-agent: *\n" + pattern * 200)
    start = time.perf_counter()

    assert robots.allows("https://news.example/" + "a" * 4_000)
    assert time.perf_counter() - start < 2
