"""robots.txt: which pages of a site a program may ask for. Source: RFC 9309; ``Crawl-delay`` is older custom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

AGENT = "dragoman"
"""The name that a site's rules may call us by, in any case."""
MAX_ROBOTS_BYTES = 512_000
"""RFC 9309 asks that at least 500 KiB are understood."""
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_PLAIN = re.compile(r"[A-Za-z0-9._~-]")
_TOKEN = re.compile(r"[A-Za-z_-]+|\*")
_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site that hold for us."""

    rules: tuple[tuple[bool, str], ...] = ()
    """Whether it is allowed, and the pattern of paths."""
    delay: float = 0.0
    """Seconds that the site asks us to leave between two questions."""

    def allows(self, address: str) -> bool:
        """Whether an address of the site may be asked for: the longest pattern that fits decides, a tie allows."""
        parts = urlsplit(address)
        path = _normalise((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


def parse_robots(data: bytes) -> Robots:
    """The rules for us: of all groups that name us, else of those for everybody. What isn't understood is passed over."""
    rules: dict[str, list[tuple[bool, str]]] = {}
    delays: dict[str, float] = {}
    agents: list[str] = []
    is_naming = False
    for key, value in _split_lines(data):
        if key == "user-agent":
            agents = [*agents, _find_token(value)] if is_naming else [_find_token(value)]
            is_naming = True
            rules.setdefault(agents[-1], [])
        elif key in ("allow", "disallow", "crawl-delay"):
            is_naming = False
            for agent in agents:
                _add(key, value, rules[agent], delays, agent)
    name = AGENT if AGENT in rules else "*"
    return Robots(tuple(rules.get(name, ())), delays.get(name, 0.0))


def _split_lines(data: bytes) -> Iterator[tuple[str, str]]:
    text = data[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")
    for line in re.split(r"[\r\n]+", text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _find_token(value: str) -> str:
    token = _TOKEN.match(value)
    return token[0].lower() if token else ""


def _add(key: str, value: str, rules: list[tuple[bool, str]], delays: dict[str, float], agent: str) -> None:
    if key == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
            delays[agent] = max(delays.get(agent, 0.0), float(value))
    elif value.startswith(("/", "*")):  # an empty Disallow forbids nothing
        rules.append((key == "allow", _normalise(value)))


def _normalise(path: str) -> str:
    """One spelling of a path: what needs no escape is plain, escapes are in capitals."""

    def open_one(found: re.Match[str]) -> str:
        letter = chr(int(found[1], 16))
        return letter if _PLAIN.fullmatch(letter) else found[0].upper()

    return _ESCAPE.sub(open_one, quote(path, safe=_SAFE))


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern with ``*`` and a closing ``$`` fits the beginning of a path. Takes linear time: no backtracking."""
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if is_whole:
        if not rest:
            return at == len(path)
        last = rest.pop()
        if not path.endswith(last) or len(path) - len(last) < at:
            return False
        path = path[: len(path) - len(last)]
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True
