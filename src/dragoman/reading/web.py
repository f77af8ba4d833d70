"""One page or feed from the web, fetched with distrust: vetted addresses, bounded in bytes and time, no proxies."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin

from dragoman.errors import InputError
from dragoman.reading.addresses import Target, vet_address
from dragoman.reading.http import Message, decode_body, find_charset
from dragoman.reading.limits import MAX_PAGE_BYTES, MEGABYTE

MAX_REDIRECTS = 5
_MOVED = frozenset((301, 302, 303, 307, 308))
_STEP = 65_536
_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. ``split_input(fetched.data, name=fetched.url, meta=fetched.meta)`` reads on from here."""

    url: str
    """Where it was in the end, behind all redirects."""
    content_type: str
    data: bytes
    """Unpacked."""

    @property
    def meta(self) -> Mapping[str, str]:
        told = {"url": self.url, "content_type": self.content_type, "charset": find_charset(self.content_type)}
        return {key: value for key, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says to one question, redirects not followed."""

    url: str
    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    data: bytes = b""
    """Unpacked; empty unless the status is 200."""
    location: str = ""
    """Where it leads on to, whole; empty unless it is a redirect."""

    @property
    def page(self) -> Fetched:
        """The page it gives."""
        return Fetched(self.url, self.headers.get("content-type", ""), self.data)


def fetch(address: str, *, allow_private: bool = False, limit: int = MAX_PAGE_BYTES, timeout: float = 30.0) -> Fetched:
    """What a web address gives, after at most five redirects, each vetted as the first.

    Args:
        address: http or https.
        allow_private: Also fetch from one's own machine and network.
        limit: Most bytes, packed and unpacked.
        timeout: Seconds for all of it, however slowly the server speaks; the look-up of names is on top.

    Raises:
        InputError: the address is refused, or gives no page in these bounds.
    """
    deadline = time.monotonic() + timeout
    url = address
    for _ in range(MAX_REDIRECTS + 1):
        answer = ask_once(url, allow_private=allow_private, limit=limit, timeout=deadline - time.monotonic())
        if not answer.location:
            return check_answer(answer).page
        url = answer.location
    raise InputError(f"redirected more than {MAX_REDIRECTS} times", place=address[:200], reason="too many redirects")


def ask_once(
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    allow_private: bool = False,
    limit: int = MAX_PAGE_BYTES,
    timeout: float = 30.0,
) -> Answer:
    """What a server says to one question, whatever its status; redirects are told and not followed.

    Args:
        url: http or https, vetted here.
        headers: Beside our own: ``If-None-Match``, ``If-Modified-Since``.
        allow_private: Also ask one's own machine and network.
        limit: Most bytes, packed and unpacked.
        timeout: Seconds for all of it; the look-up of names is on top.

    Raises:
        InputError: the address is refused, or no answer comes in these bounds.
    """
    deadline = time.monotonic() + timeout
    target = vet_address(url, allow_private=allow_private)
    message = _ask(target, limit, deadline, _Question(headers=dict(headers or {})))
    moved = message.headers.get("location", "") if message.status in _MOVED else ""
    if moved:
        return Answer(target.url, message.status, message.headers, location=_join(target.url, moved))
    data = decode_body(message, target.url, limit=limit) if message.status == 200 else b""
    return Answer(target.url, message.status, message.headers, data)


def post_json(url: str, body: bytes, *, allow_private: bool = False, timeout: float = 10.0) -> int:
    """Send JSON to an address, and give the status of the answer; nothing of the answer is read.

    Raises:
        InputError: the address is refused, or no answer comes in time.
    """
    target = vet_address(url, allow_private=allow_private)
    question = _Question("POST", {"Content-Type": "application/json"}, body)
    return _ask(target, MEGABYTE, time.monotonic() + timeout, question).status


def check_answer(answer: Answer) -> Answer:
    """The same answer, where it gives a page.

    Raises:
        InputError: its status isn't 200.
    """
    if answer.status == 200:
        return answer
    wait = answer.headers.get("retry-after", "")
    advice = f"try again after {wait[:40]}" if wait else "check the address in a browser"
    raise InputError(
        f"the server answers {answer.status} instead of the page; {advice}",
        place=answer.url,
        reason=f"status {answer.status}",
    )


def _join(base: str, moved: str) -> str:
    try:
        return urljoin(base, moved)
    except ValueError as error:
        raise InputError(f"redirects to no address ({error})", place=base, reason="bad address") from error


@dataclass(frozen=True, slots=True)
class _Question:
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


def _ask(target: Target, limit: int, deadline: float, question: _Question) -> Message:
    connection = _Connection(target, deadline)
    try:
        connection.request(question.method, target.path, question.body, {**_headers(), **question.headers})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        headers.pop("transfer-encoding", None)
        is_page = response.status == 200 and question.method == "GET"
        body = _read_body(response, target.url, limit) if is_page else b""
        return Message(response.status, headers, body)
    except TimeoutError as error:
        raise InputError("the server is too slow; try again later", place=target.url, reason="timeout") from error
    except ssl.SSLError as error:
        raise InputError(
            f"the server's certificate or TLS fails ({error.reason or error}); nothing was fetched",
            place=target.url,
            reason="TLS",
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(
            f"the server can't be spoken to ({error or type(error).__name__}); try again later",
            place=target.url,
            reason="no answer",
        ) from error
    finally:
        connection.end()


def _headers() -> dict[str, str]:
    agent = f"Dragoman/{version('dragoman')} (+news archive reader)"
    return {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", "Connection": "close"}


def _read_body(response: http.client.HTTPResponse, url: str, limit: int) -> bytes:
    data = bytearray()
    while part := response.read(_STEP):
        data += part
        if len(data) > limit:
            raise InputError(
                f"larger than {limit / MEGABYTE:g} MB, the limit for one page", place=url, reason="too large"
            )
    if response.length:
        raise http.client.IncompleteRead(bytes(data[:0]), response.length)
    return bytes(data)


class _Connection(http.client.HTTPConnection):
    """Connects to the number that was vetted, speaks to the host by its name, and ends at the deadline."""

    def __init__(self, target: Target, deadline: float) -> None:
        super().__init__(target.host, target.port)
        self._target = target
        self._deadline = deadline
        self.default_port = 443 if target.is_https else 80
        self.opened: socket.socket | None = None

    def connect(self) -> None:
        target = self._target
        opened = self.opened = socket.create_connection((target.ip, target.port), timeout=_left(self._deadline))
        if target.is_https:
            opened.settimeout(_left(self._deadline))
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=target.host)
            self.opened = opened
        self.sock = _Socket(opened, self._deadline)

    def end(self) -> None:
        self.close()
        if self.opened:
            self.opened.close()


class _Socket:
    """What ``http.client`` needs of a socket, each wait bounded by what is left until the deadline."""

    def __init__(self, opened: socket.socket, deadline: float) -> None:
        self._opened = opened
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._opened.settimeout(_left(self._deadline))
        self._opened.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._opened, self._deadline))

    def close(self) -> None:
        """``http.client`` closes before it has read the body; the connection ends with ``end``."""


class _Incoming(io.RawIOBase):
    def __init__(self, opened: socket.socket, deadline: float) -> None:
        self._opened = opened
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._opened.settimeout(_left(self._deadline))
        return self._opened.recv_into(buffer)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time is up")
    return left
