"""Servers that turn on who asks: names that lead inside, redirects that go there, and answers that never end."""

from __future__ import annotations

import inspect
import ipaddress
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from dragoman.batch.watching import TIMEOUT
from dragoman.errors import InputError
from dragoman.reading.web import fetch, post_json

OPEN = "93.184.216.34"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage"
Resolver = Callable[..., list[tuple[object, ...]]]


class Names:
    """A resolver that gives the next address at each look-up, and a network that notes where one goes."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked, self.went = list(answers), 0, []  # type: ignore[var-annotated]

    def getaddrinfo(self, host: str, port: int, *args: object, **more: object) -> list[tuple[object, ...]]:
        try:
            address = str(ipaddress.ip_address(host))
        except ValueError:
            address = self.answers[min(self.asked, len(self.answers) - 1)]
            self.asked += 1
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    def create_connection(self, address: tuple[str, int], *args: object, **more: object) -> socket.socket:
        self.went.append(address[0])
        raise ConnectionRefusedError("no network in tests")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Names]]:
    def use(*answers: str) -> Names:
        made = Names(*answers)
        monkeypatch.setattr(socket, "getaddrinfo", made.getaddrinfo)
        monkeypatch.setattr(socket, "create_connection", made.create_connection)
        return made

    yield use


def refusal(address: str, **options: float | bool) -> InputError:
    with pytest.raises(InputError) as told:
        fetch(address, **options)  # type: ignore[arg-type]
    return told.value


def test_a_name_that_turns_inward_after_it_was_vetted_is_asked_once(names: Callable[..., Names]) -> None:
    """Rebinding: open when looked up, this machine's own when connected to."""
    found = names(OPEN, "127.0.0.1", "127.0.0.1")

    assert refusal("http://turning.example/").reason == "no answer"
    assert (found.asked, found.went) == (1, [OPEN])


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:192.168.0.1", "fd00:ec2::254"]
)
def test_a_name_that_leads_inside_is_never_connected_to(names: Callable[..., Names], inside: str) -> None:
    found = names(inside)

    assert refusal("http://inside.example/").reason == "private address"
    assert found.went == []


def test_a_name_with_an_open_and_a_private_address_is_refused(
    names: Callable[..., Names], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = names(OPEN)
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in (OPEN, "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)

    assert refusal("http://both.example/").reason == "private address"
    assert found.went == []


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
def test_no_proxy_of_the_environment_is_gone_to(
    names: Callable[..., Names], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    found = names(OPEN)
    for scheme in ("http", "https"):
        refusal(f"{scheme}://news.example/")

    assert found.went == [OPEN, OPEN]


def test_a_webhook_is_vetted_as_a_page_is(names: Callable[..., Names]) -> None:
    found = names("169.254.169.254")
    with pytest.raises(InputError) as told:
        post_json("http://metadata.example/", b"{}")

    assert (told.value.reason, found.went) == ("private address", [])


@contextmanager
def answering(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that answers each connection its own way."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.1)
        is_over = threading.Event()

        def serve() -> None:
            while not is_over.is_set():
                try:
                    connection, _ = door.accept()
                except TimeoutError:
                    continue
                except OSError:
                    return
                with connection:
                    try:
                        connection.recv(65_536)
                        speak(connection)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}/"
        finally:
            is_over.set()
            thread.join(5)


def drip(connection: socket.socket, data: bytes, pause: float) -> None:
    for at in range(len(data)):
        connection.sendall(data[at : at + 1])
        time.sleep(pause)


def reset(connection: socket.socket) -> None:
    connection.sendall(PAGE[:30])
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def send_for_ever(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"a" * 65_536)


def send_chunks_for_ever(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"1000\r\n" + b"a" * 4_096 + b"\r\n")


FAULTS: dict[str, tuple[Callable[[socket.socket], None], str]] = {
    "a byte at a time": (lambda c: drip(c, PAGE * 100, 0.05), "timeout"),
    "a body a byte at a time": (lambda c: (c.sendall(b"HTTP/1.1 200 OK\r\n\r\n"), drip(c, b"a" * 1_000, 0.05)), "timeout"),  # type: ignore[dict-item]
    "silence": (lambda c: time.sleep(2), "timeout"),
    "a reset": (reset, "no answer"),
    "nothing": (lambda c: None, "no answer"),
    "too few bytes": (lambda c: c.sendall(PAGE.replace(b": 4", b": 400")), "no answer"),
    "a length below nothing": (lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + b"a" * 9_000), "too large"),
    "a body without end": (send_for_ever, "too large"),
    "chunks without end": (send_chunks_for_ever, "too large"),
    "a chunk of nonsense": (lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\na"), "no answer"),
    "a header without end": (lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000), "no answer"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_a_server_does_it_is_left_in_time_with_the_reason(name: str) -> None:
    speak, reason = FAULTS[name]
    start = time.monotonic()
    with answering(speak) as address:
        told = refusal(address, allow_private=True, timeout=0.6, limit=5_000)
        assert time.monotonic() - start < 2

    assert told.reason == reason


def test_thirty_seconds_are_the_most_for_one_page() -> None:
    assert inspect.signature(fetch).parameters["timeout"].default == 30.0
    assert TIMEOUT == 30.0


def test_the_time_is_one_for_all_redirects() -> None:
    """Hops don't each begin it anew: five slow ones would make two and a half minutes of thirty seconds."""

    def speak(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /on\r\nContent-Length: 0\r\n\r\n")

    start = time.monotonic()
    with answering(speak) as address:
        assert refusal(address, allow_private=True, timeout=0.8).reason == "timeout"
        assert time.monotonic() - start < 1.5
