"""Fetching: bounded in bytes and time, and never from inside unless allowed. The servers are real ones on loopback."""

from __future__ import annotations

import gzip
import ipaddress
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading import RawRecord, read_record, split_input
from dragoman.reading.addresses import is_public, vet_address
from dragoman.reading.web import fetch

TEXT = "Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
PAGE = f"<html><body><article><p>{TEXT} Čas.</p></article></body></html>".encode("windows-1250")
SEEN: list[tuple[str, dict[str, str]]] = []


class Pages(BaseHTTPRequestHandler):
    """A small site: each path misbehaves in its own way."""

    def do_GET(self) -> None:
        SEEN.append((self.path, dict(self.headers.items())))
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"give_{name or 'page'}")(rest)

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def give_page(self, rest: str) -> None:
        self.answer(PAGE, Content_Type="text/html; charset=windows-1250")

    def give_gzip(self, rest: str) -> None:
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip", Content_Type="text/html; charset=windows-1250")

    def give_bomb(self, rest: str) -> None:
        self.answer(gzip.compress(b"a" * 30_000_000), Content_Encoding="gzip")

    def give_large(self, rest: str) -> None:
        self.answer(b"a" * 100_000)

    def give_short(self, rest: str) -> None:
        self.answer(b"half", Content_Length="100")

    def give_again(self, rest: str) -> None:
        left = int(rest) - 1
        self.answer(b"", 302, Location=f"/again/{left}" if left else "/page")

    def give_to(self, rest: str) -> None:
        self.answer(b"", 301, Location=rest)

    def give_status(self, rest: str) -> None:
        self.answer(b"no", int(rest), Retry_After="120")

    def give_slow(self, rest: str) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(100):
                self.wfile.write(b"X-Slow: a\r\n" if rest == "headers" else b"\r\n")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def give_headers(self, rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Many: a\r\n" * 500 + b"\r\n")

    def give_nonsense(self, rest: str) -> None:
        self.wfile.write(b"\x00\x01 what is this\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing in tests."""


@contextmanager
def serve(wrap: Callable[[socket.socket], socket.socket] | None = None) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.socket = wrap(server.socket) if wrap else server.socket
        thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve() as port:
        yield f"http://127.0.0.1:{port}"


def refusal(address: str, **options: float | bool) -> InputError:
    with pytest.raises(InputError) as told:
        fetch(address, **options)  # type: ignore[arg-type]
    return told.value


def test_a_page_is_fetched_and_read_with_its_address_and_charset(site: str) -> None:
    fetched = fetch(f"{site}/again/5", allow_private=True)
    (record,) = split_input(fetched.data, name=fetched.url, meta=fetched.meta)
    assert isinstance(record, RawRecord)
    (report,) = read_record(record)

    assert fetched.url == f"{site}/page"
    assert isinstance(report, Report) and report.text == f"{TEXT} Čas."
    assert (report.url, report.place) == (f"{site}/page", f"{site}/page")


def test_the_reader_says_who_it_is_and_packed_pages_are_unpacked(site: str) -> None:
    assert fetch(f"{site}/gzip", allow_private=True).data == PAGE
    path, headers = SEEN[-1]
    assert path == "/gzip"
    assert headers["User-Agent"].startswith("Dragoman/") and "(+news archive reader)" in headers["User-Agent"]
    assert headers["Host"] == site.removeprefix("http://")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("bomb", "too large"),
        ("large", "too large"),
        ("short", "no answer"),
        ("again/7", "too many redirects"),
        ("status/404", "status 404"),
        ("status/503", "status 503"),
        ("headers", "no answer"),
        ("nonsense", "no answer"),
        ("to/file:///etc/hostname", "bad address"),
        ("to/http://[", "bad address"),
    ],
)
def test_a_server_that_misbehaves_is_told(site: str, path: str, reason: str) -> None:
    assert refusal(f"{site}/{path}", allow_private=True, limit=50_000).reason == reason


def test_a_server_that_is_busy_tells_when_to_come_again(site: str) -> None:
    assert "after 120" in str(refusal(f"{site}/status/429", allow_private=True))


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_server_that_speaks_slowly_is_left_at_the_deadline(site: str, where: str) -> None:
    start = time.monotonic()
    assert refusal(f"{site}/slow/{where}", allow_private=True, timeout=0.4).reason == "timeout"
    assert time.monotonic() - start < 3


def test_nobody_answers() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert refusal(address, allow_private=True).reason == "no answer"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.100.100.200", "169.254.169.254", "0.0.0.0",
        "168.63.129.16", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
        "[fe80::1]", "[fd00:ec2::254]", "[fec0::1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[::127.0.0.1]",
        "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "127.0.0.1.",
    ],
)  # fmt: skip
def test_addresses_that_lead_inside_are_refused(host: str) -> None:
    assert refusal(f"http://{host}/").reason == "private address"


def test_open_addresses_are_not_refused() -> None:
    for number in ("1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"):
        assert is_public(ipaddress.ip_address(number)), number


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "gopher://1.1.1.1/", "ftp://1.1.1.1/", "//1.1.1.1/", "http://", "http://user:pw@1.1.1.1/", "1.1.1.1",
     "http://1.1.1.1:99999/", "http://[/", "https://" + "a" * 9_000],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(address: str) -> None:
    assert refusal(address).reason == "bad address"


def test_a_redirect_into_a_private_network_is_refused(site: str) -> None:
    """The first hop is allowed by hand; the second is vetted as any other."""
    for inside in ("http://169.254.169.254/latest", "http://0177.0.0.1/"):
        target = vet_address(f"{site}/to/{inside}", allow_private=True)
        assert target.path.endswith(inside)
        with pytest.raises(InputError) as told:
            vet_address(inside)
        assert told.value.reason == "private address"
    assert refusal(f"{site}/to/http://0177.0.0.1/", allow_private=True).reason == "private address"


def test_proxies_of_the_environment_are_not_used(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(f"{site}/page", allow_private=True).data == PAGE


def test_a_path_is_sent_as_it_must_be_written(site: str) -> None:
    fetch(f"{site}/page/Čas a?q=ü b", allow_private=True)
    assert SEEN[-1][0] == "/page/%C4%8Cas%20a?q=%C3%BC%20b"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl to make a certificate with")
    path = tmp_path_factory.mktemp("tls") / "cert.pem"
    made = ["-keyout", str(path.with_name("key.pem")), "-out", str(path), "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made, "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


def test_certificates_are_checked_against_the_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    with serve(lambda plain: context.wrap_socket(plain, server_side=True)) as port:
        assert refusal(f"https://localhost:{port}/page", allow_private=True).reason == "TLS"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch(f"https://localhost:{port}/page", allow_private=True).data == PAGE
        assert refusal(f"https://127.0.0.1:{port}/page", allow_private=True).reason == "TLS"
