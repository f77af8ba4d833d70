"""Who may ask: tokens of a file, kept as hashes; one-time links; and the sessions that links are exchanged for."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from dragoman.errors import DragomanError

Scope = Literal["read", "write"]
LIFE = 12 * 3600.0
"""Seconds for which a link can be used and a session lasts: a day's work."""
_MOST_SESSIONS = 100
_LINE = re.compile(r"(\S+)\s+(read|write)\s+sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is good for ``scope``; of the token itself only the SHA-256 is kept."""

    name: str
    scope: Scope
    sha256: str
    until: float = float("inf")
    """Moment on the clock of the keyring after which it is no longer good."""


@dataclass(slots=True)
class Keyring:
    """The tokens that are good now."""

    tokens: tuple[Token, ...] = ()
    clock: Callable[[], float] = time.monotonic
    _links: list[Token] = field(default_factory=list)
    _sessions: list[Token] = field(default_factory=list)

    def find(self, secret: str) -> Token | None:
        """The token of a file, or the session, that this is."""
        return _match(secret, [*self.tokens, *self._sessions], self.clock())

    def make_link(self, scope: Scope) -> str:
        """A secret that can be exchanged once."""
        secret = secrets.token_urlsafe(32)
        self._links.append(Token("link", scope, hash_secret(secret), self.clock() + LIFE))
        return secret

    def exchange(self, secret: str) -> tuple[str, Scope] | None:
        """A session for a link, which is spent by it; ``None`` where it is no link, spent or too old."""
        link = _match(secret, self._links, self.clock())
        if link is None:
            return None
        self._links.remove(link)
        session = secrets.token_urlsafe(32)
        self._sessions.append(Token("session", link.scope, hash_secret(session), self.clock() + LIFE))
        self._sessions = [each for each in self._sessions if each.until > self.clock()][-_MOST_SESSIONS:]
        return session, link.scope


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def read_tokens(path: Path) -> tuple[Token, ...]:
    """The tokens of a file: lines of ``NAME read|write sha256:HASH``; empty lines and ``#`` are passed over.

    Raises:
        DragomanError: A line is something else, or others than the owner may write the file.
    """
    if os.name == "posix" and path.stat().st_mode & 0o022:
        raise DragomanError(f"{path}: others may write this file of tokens; 'chmod 600 {path}' first")
    tokens = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if not found:
            raise DragomanError(
                f"{path}:{number}: expected 'NAME read|write sha256:HASH'; 'dragoman serve --new-token NAME' writes such a line"
            )
        tokens.append(Token(found[1], "write" if found[2] == "write" else "read", found[3]))
    return tuple(tokens)


def add_token(path: Path, name: str, scope: Scope) -> str:
    """Make a token, put its hash in the file, and give the token itself, which is kept nowhere.

    Raises:
        DragomanError: The name has a space in it, or is taken.
        OSError: The file can't be written.
    """
    if not re.fullmatch(r"[\w.@-]{1,60}", name):
        raise DragomanError(f"{name!r} can't name a token; expected letters, digits, . _ @ - without spaces")
    if path.exists() and name in {token.name for token in read_tokens(path)}:
        raise DragomanError(f"{path}: there is a token {name!r}; take its line out first, or choose another name")
    secret = secrets.token_urlsafe(32)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with open(descriptor, "a", encoding="utf-8") as stream:
        stream.write(f"{name} {scope} sha256:{hash_secret(secret)}\n")
    return secret


def _match(secret: str, tokens: Iterable[Token], now: float) -> Token | None:
    """Every token is compared, in constant time, so that time tells nothing."""
    given, found = hash_secret(secret), None
    for token in tokens:
        if hmac.compare_digest(given, token.sha256) and token.until > now:
            found = token
    return found
