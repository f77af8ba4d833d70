"""What every request passes before anything is asked: host, origin, token, rate, size; and the headers of every answer.

A page of another site can make a browser send requests here, and can point its own name at this machine (rebinding). So
the host must be ours, a request that changes something must come from our page or carry a bearer token, and everything
but the page's own files needs a token.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.http.errors import Problem, busy
from dragoman.http.limits import Buckets, Limits
from dragoman.http.pages import show_problem, wants_page, write_page
from dragoman.http.tokens import Keyring, Token

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = ("/assets/", "/static/")
"""The page's own files: nothing of an archive is in them."""
_OPEN_FILES = frozenset({"/favicon.ico", "/favicon.svg", "/robots.txt", "/manifest.webmanifest"})
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST_PATH = 4_000


class Guard:
    """The outermost layer. What passes has ``scope["state"]["token"]``."""

    def __init__(
        self, app: ASGIApp, *, keyring: Keyring, hosts: Iterable[str] = LOCAL, port: int = 8321, limits: Limits
    ) -> None:
        self.app, self.keyring, self.limits = app, keyring, limits
        self.hosts = {host.lower() for host in hosts}
        self.cookie = f"dragoman_{port}"
        """Cookies know no ports: each server has a name of its own."""
        self._rates = Buckets(limits.per_second, limits.burst)
        self._wrong = Buckets(limits.wrong_tokens / 60, limits.wrong_tokens)
        self.spent: Any = None
        """Called with its scope when a link was used."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _with_headers(send)
        try:
            answer = self._check(scope)
            if answer is None and scope["method"] not in _SAFE:
                receive = _replay(await _take_body(receive, self.limits), receive)
        except Problem as problem:
            answer = _tell(problem, scope)
        await (answer or self.app)(scope, receive, send)

    def _check(self, scope: Scope) -> Response | None:
        """Raises a ``Problem`` where the request must go no further; gives an answer where there is one already."""
        headers, path = Headers(scope=scope), scope["path"]
        caller = scope["client"][0] if scope.get("client") else "?"
        self._check_host(headers)
        if len(path) > _LONGEST_PATH or "\0" in path:
            raise Problem(400, "no such path")
        wait = self._rates.take(caller)
        if wait:
            raise busy("too many requests", math.ceil(wait), status=429)
        if path in _OPEN_FILES or path.startswith(_OPEN):
            return None
        if scope["method"] == "GET" and not path.startswith("/v1/") and b"token=" in scope["query_string"]:
            return self._exchange(scope, headers, caller)
        token, is_bearer = self._find_token(headers, caller)
        if scope["method"] not in _SAFE:
            self._check_origin(headers, is_bearer=is_bearer)
            self._check_body(headers)
            if token.scope != "write":
                raise Problem(403, "this token may only read; 'dragoman serve --write' gives one that may write")
        scope.setdefault("state", {})["token"] = token
        return None

    def _check_host(self, headers: Headers) -> None:
        host = _split_host(headers.get("host", ""))
        if host not in self.hosts or len(headers.getlist("host")) != 1:
            raise Problem(403, "this host isn't served here; 'dragoman serve --allow-host NAME' would allow it")

    def _check_origin(self, headers: Headers, *, is_bearer: bool) -> None:
        """What changes something comes from our own page, or from a program that has a token."""
        site = headers.get("sec-fetch-site", "none" if is_bearer else "same-origin")
        if site not in ("same-origin", "none"):
            raise Problem(403, "requests of other sites are refused")
        origin = headers.get("origin")
        if origin is None:
            if not is_bearer:
                raise Problem(403, "a request that changes something needs an Origin, or a bearer token")
            return
        scheme, _, host = origin.partition("://")
        if scheme not in ("http", "https") or host.lower() != headers.get("host", "").lower():
            raise Problem(403, "requests of other sites are refused")

    def _check_body(self, headers: Headers) -> None:
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Problem(415, "expected a body of type application/json")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.limits.body_bytes:
            raise Problem(413, f"a body may have {self.limits.body_bytes:,} bytes")

    def _find_token(self, headers: Headers, caller: str) -> tuple[Token, bool]:
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        is_bearer = kind.lower() == "bearer"
        secret = bearer.strip() if is_bearer else self._read_cookie(headers)
        token = self.keyring.find(secret) if secret else None
        if token:
            return token, is_bearer
        if secret:
            self._count_wrong(caller)
        raise Problem(
            401,
            "open the link that 'dragoman serve' printed, or send 'Authorization: Bearer TOKEN'",
            headers={"WWW-Authenticate": 'Bearer realm="dragoman"'},
        )

    def _count_wrong(self, caller: str) -> None:
        """Slow down who guesses. A good token is never kept waiting: others of the same address could lock its owner out."""
        wait = self._wrong.take(caller)
        if wait:
            raise busy("too many wrong tokens", math.ceil(wait), status=429)

    def _read_cookie(self, headers: Headers) -> str:
        try:
            cookies: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return ""
        return cookies[self.cookie].value if self.cookie in cookies else ""

    def _exchange(self, scope: Scope, headers: Headers, caller: str) -> Response:
        """A session in a cookie for the link's token, which goes out of the address at once."""
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        found = self.keyring.exchange(asked.pop("token", [""])[0])
        if found is None:
            if self.keyring.find(self._read_cookie(headers)):
                return RedirectResponse(_find_page(scope["path"]), status_code=303)
            self._count_wrong(caller)
            raise Problem(401, "this link was used already or is too old; the terminal shows a new one")
        session, allowed = found
        rest = {key: value for key, value in asked.items() if key != "token"}
        answer = RedirectResponse(
            _find_page(scope["path"]) + (f"?{urlencode(rest, doseq=True, quote_via=quote)}" if rest else ""),
            status_code=303,
        )
        answer.set_cookie(
            self.cookie, session, httponly=True, samesite="strict", secure=scope["scheme"] == "https", path="/"
        )
        answer.headers["Cache-Control"] = "no-store"
        if self.spent:
            self.spent(allowed)
        return answer


def _find_page(path: str) -> str:
    """The page of ours that a link leads to; anything that could be taken for another host leads to the first."""
    return path if _PAGE.fullmatch(path) else "/"


_PAGE = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_,-]+)*)?")


def _tell(problem: Problem, scope: Scope) -> Response:
    """A problem as a page for people, else as data."""
    response = problem.respond()
    if wants_page(scope["path"], Headers(scope=scope).get("accept", "")):
        page = write_page("Dragoman", show_problem(problem)).encode("utf-8", "replace")
        headers = {**problem.headers, "Cache-Control": "no-store"}
        response = Response(page, status_code=problem.status, media_type="text/html", headers=headers)
    return response


def _split_host(host: str) -> str:
    """The host without its port, in lower case: ``[::1]:80`` is ``::1``."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def _with_headers(send: Send) -> Send:
    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return tell


async def _take_body(receive: Receive, limits: Limits) -> bytes:
    """A whole body, in bounds of bytes and time whatever length it said to have."""
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return bytes(body)
                body += message.get("body", b"")
                if len(body) > limits.body_bytes:
                    raise Problem(413, f"a body may have {limits.body_bytes:,} bytes")
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise Problem(408, "the body came too slowly", headers={"Connection": "close"}) from None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give a body that was taken, then what comes after it."""
    waiting = [body]

    async def hear() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return hear
