"""A real server on this machine's own address: what is new is told, and many ask at once while the archive grows."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import uvicorn
from launched import launch
from make import TEXT, make_archive, make_claim, make_reading, make_report
from served import READER, WRITER

from dragoman.batch.merging import merge_archive
from dragoman.http.app import make_app
from dragoman.http.limits import Limits
from dragoman.http.serving import bind, make_config
from dragoman.http.tokens import Keyring, Token, hash_secret


class Server:
    """uvicorn in a thread of its own."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        sock = bind("127.0.0.1", 0)
        self.port = sock.getsockname()[1]
        tokens = (Token("r", "read", hash_secret(READER)), Token("w", "write", hash_secret(WRITER)))
        self.app = make_app(folder, keyring=Keyring(tokens), writes=True, port=self.port, limits=limits)
        self.server = uvicorn.Server(make_config(self.app))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [sock]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def open(self, token: str = READER) -> httpx.Client:
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", headers={"Authorization": f"Bearer {token}"}, timeout=20
        )

    def end(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def server(own_folder: Path) -> Iterator[Server]:
    server = Server(own_folder, Limits(burst=1e6, seconds=5))
    yield server
    server.end()


def add_one(folder: Path, number: int) -> None:
    """Another report with a claim, as a second process would add it."""
    text = f"{TEXT}Note {number} {'of the day ' * number}.\n"
    claim = make_claim(text, id=f"cl_{number:016x}")
    reading = make_reading(text, claims=(claim,), report=make_report(text, id=f"n-{number}", date="2024-10-23"))
    make_archive(folder, [reading], unit=f"late-{number}")
    merge_archive(folder)


def test_a_new_snapshot_and_its_claims_are_told(server: Server, own_folder: Path) -> None:
    told: list[tuple[str, dict[str, object]]] = []
    with server.open() as client, client.stream("GET", "/v1/live") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.iter_lines()
        name = ""
        for line in lines:
            if line.startswith("event:"):
                name = line.removeprefix("event: ")
            elif line.startswith("data:"):
                told.append((name, json.loads(line.removeprefix("data: "))))
                if len(told) == 1:
                    add_one(own_folder, 1)
                if name == "claims":
                    break

    assert told[0][0] == "snapshot" and told[-1][0] == "claims"
    assert told[-1][1] == {"ids": ["cl_0000000000000001"], "count": 1}


def test_new_events_of_whom_is_watched_are_told(server: Server, own_folder: Path) -> None:
    told: dict[str, dict[str, object]] = {}
    with server.open() as client, client.stream("GET", "/v1/live?watch=PRK,RUS&watch=FRA") as response:
        name = ""
        for line in response.iter_lines():
            if line.startswith("event:"):
                name = line.removeprefix("event: ")
            elif line.startswith("data:"):
                told[name] = json.loads(line.removeprefix("data: "))
                if name == "snapshot" and len(told) == 1:
                    add_one(own_folder, 1)
                if name == "alerts":
                    break
    (alert,) = told["alerts"]["items"]  # type: ignore[misc]

    assert alert["why"] == ["PRK,RUS"] and str(alert["sentence"]) in TEXT
    with server.open() as client:
        assert client.get(f"/v1/events/{alert['event']}").status_code == 200
        refused = client.get("/v1/live?watch=Atlantis")
        assert (refused.status_code, refused.json()["parameter"]) == (400, "watch")


def test_eight_readers_see_whole_snapshots_while_the_archive_grows(own_folder: Path) -> None:
    """A few seconds of what benchmarks/http asks for ten minutes, where the answers are timed too."""
    process, link = launch(own_folder)
    base = link.partition("/?")[0]
    cookie = httpx.get(link, follow_redirects=False).headers["set-cookie"].partition(";")[0]
    ends = time.monotonic() + 3
    faults: list[object] = []

    def read(_: int) -> int:
        count = 0
        with httpx.Client(base_url=base, headers={"Cookie": cookie}, timeout=20) as client:
            while time.monotonic() < ends:
                page = client.get("/v1/events?limit=1000")
                record = page.json()
                if page.status_code != 200 or record["count"]["events"] != len(record["items"]):
                    faults.append((page.status_code, record.get("count")))
                count += 1
                time.sleep(0.2)
        return count

    with ThreadPoolExecutor(9) as pool:
        readers = [pool.submit(read, number) for number in range(8)]
        for number in range(2, 5):
            add_one(own_folder, number)
        counts = [reader.result() for reader in readers]
    process.terminate()
    process.wait(20)

    assert faults == [] and sum(counts) >= 16


def test_a_request_in_pieces_or_nonsense_ends_no_server(server: Server) -> None:
    for data in (
        b"GET / HTTP/1.1\r\n",
        b"\x00\x01\x02",
        b"GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 100_000,
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=2) as connection:
            connection.sendall(data)

    with server.open() as client:
        assert client.get("/v1/health").status_code == 200


def test_who_sends_a_byte_a_second_is_sent_away_and_others_are_served(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.http.protocol import Patient

    monkeypatch.setattr(Patient, "seconds", 0.6)
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as slow, server.open() as client:
        assert client.get("/v1/health").status_code == 200
        start = time.monotonic()
        with pytest.raises(OSError):
            for letter in b"GET /v1/health HTTP/1.1\r\nX-Slow: " + b"y" * 40:
                slow.sendall(bytes([letter]))
                time.sleep(0.05)
                client.get("/v1/health")
                if not _is_open(slow):
                    raise ConnectionResetError
        assert time.monotonic() - start < 3
        assert client.get("/v1/health").status_code == 200


def _is_open(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    finally:
        connection.setblocking(True)


def test_the_server_ends_while_somebody_listens(own_folder: Path) -> None:
    server = Server(own_folder, Limits(burst=1e6))
    with server.open() as client, client.stream("GET", "/v1/live") as response:
        next(response.iter_lines())
        server.end()
