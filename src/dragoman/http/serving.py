"""One process that serves one archive, by default to this machine alone."""

from __future__ import annotations

import ipaddress
import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from dragoman.archive import open_archive
from dragoman.errors import DragomanError
from dragoman.http.app import make_app
from dragoman.http.limits import Limits
from dragoman.http.protocol import Patient
from dragoman.http.safety import LOCAL, Guard
from dragoman.http.tokens import Keyring, Scope, read_tokens

PORT = 8321
_BACKLOG = 128
_MOST_CONNECTIONS = 300
_KEEP_ALIVE = 5
_HEAD_BYTES = 32_768
_ENDING_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Serving:
    """How an archive is served."""

    host: str = "127.0.0.1"
    port: int = PORT
    writes: bool = False
    opens_browser: bool = True
    first: str = "/"
    """The page that the link leads to."""
    token_file: Path | None = None
    """Tokens of programs and of other people; needed where others can reach the host."""
    allowed_hosts: tuple[str, ...] = ()
    """Further names under which it may be asked: those of a proxy."""
    limits: Limits = field(default_factory=Limits)


def serve_archive(archive: Path | None, serving: Serving | None = None) -> int:
    """Serve an archive until it is ended; gives the exit code.

    Args:
        archive: Its folder; by default the one of the settings.
        serving: How.

    Raises:
        ArchiveError: There is no archive, or it is damaged.
        DragomanError: The port is taken, or the host could be reached by others and no token is asked of them.
    """
    serving = serving or Serving()
    with open_archive(archive) as opened:
        folder = opened.path
    tokens = read_tokens(serving.token_file) if serving.token_file else ()
    refuse_open_door(serving.host, has_tokens=bool(tokens))
    sock = bind(serving.host, serving.port)
    port = int(sock.getsockname()[1])
    keyring = Keyring(tokens)
    app = make_app(
        folder, keyring=keyring, writes=serving.writes, hosts=find_hosts(serving.host, serving.allowed_hosts), port=port,
        limits=serving.limits, is_eager=True,
    )  # fmt: skip
    scope: Scope = "write" if serving.writes else "read"
    base = f"http://{_show_host(serving.host)}:{port}"
    _tell(app, keyring, base, scope, serving)
    server = uvicorn.Server(make_config(app))
    server.run(sockets=[sock])
    return 0


def make_config(app: Guard) -> uvicorn.Config:
    """How uvicorn runs the app: bounded, silent about addresses (they may hold a token), no headers of proxies believed."""
    return uvicorn.Config(
        app, log_level="warning", access_log=False, proxy_headers=False, server_header=False, lifespan="on",
        limit_concurrency=_MOST_CONNECTIONS, timeout_keep_alive=_KEEP_ALIVE, h11_max_incomplete_event_size=_HEAD_BYTES,
        timeout_graceful_shutdown=_ENDING_SECONDS, http=Patient, ws="none",
    )  # fmt: skip


def refuse_open_door(host: str, *, has_tokens: bool) -> None:
    """Refuse to be reached by others where nobody has been given a token.

    Raises:
        DragomanError: The host is no loopback address and there are no tokens.
    """
    if not is_loopback(host) and not has_tokens:
        raise DragomanError(
            f"{host} can be reached from other machines, and no token is set; make one with "
            "'dragoman serve --new-token NAME --token-file FILE' and give that file with --token-file"
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def find_hosts(host: str, allowed: Sequence[str]) -> set[str]:
    """The names under which a host may be asked. One that stands for all of a machine's addresses has none of its own."""
    own = set() if host in ("0.0.0.0", "::") else {host}
    if host in ("0.0.0.0", "::"):
        name = socket.gethostname()
        own = {name, *_look_up(name)}
    return {name.lower() for name in {*LOCAL, *own, *allowed}}


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 is any that is free.

    Raises:
        DragomanError: It is taken, or there is no such host.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: without it asyncio leaves Nagle's algorithm on, which costs 40 ms an answer.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(
            _BACKLOG
        )  # the link is printed before the server is up: who opens it at once waits, and isn't refused
    except OSError as error:
        sock.close()
        raise DragomanError(
            f"{host}:{port}: can't listen there ({error.strerror or error}); choose another with --port"
        ) from error
    return sock


def _tell(app: Guard, keyring: Keyring, base: str, scope: Scope, serving: Serving) -> None:
    """Print the link, and a new one whenever one was used."""

    def make() -> str:
        return f"{base}{serving.first}?token={keyring.make_link(scope)}"

    def spent(_: Scope) -> None:
        print(f"For another browser: {make()}", file=sys.stderr, flush=True)

    app.spent = spent
    link = make()
    what = "read and write" if scope == "write" else "read"
    print(f"Dragoman serves the archive at {base} ({what}). Open this link once:\n{link}\nCtrl-C ends it.", flush=True)
    if serving.opens_browser and _can_open():
        webbrowser.open(link)


def _can_open(find: Callable[[], object] = webbrowser.get) -> bool:
    try:
        return find() is not None and sys.stdout.isatty()
    except webbrowser.Error:
        return False


def _show_host(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _look_up(name: str) -> list[str]:
    try:
        return [str(each[4][0]) for each in socket.getaddrinfo(name, None)]
    except OSError:
        return []
