"""Tokens: never in a log, an answer or a time; guessing is slowed down; old and wrong ones are refused."""

from __future__ import annotations

import hmac
import inspect
import json
import logging
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from launched import launch
from served import READER, WRITER, Client, open_client

from dragoman.http import tokens
from dragoman.http.limits import Limits
from dragoman.http.tokens import Keyring, Token, hash_secret


def test_a_server_writes_no_token_and_no_address_anywhere(folder: Path, tmp_path: Path) -> None:
    """A real process: what it prints after its link names neither the token, the cookie nor what was asked."""
    path = tmp_path / "tokens"
    secret = tokens.add_token(path, "ada", "read")
    server = subprocess.Popen(
        [sys.executable, "-m", "dragoman", "serve", "--archive", str(folder), "--port", "0", "--no-open", "--token-file", str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        link = next(line.strip() for line in server.stdout if "?token=" in line)
        base = link.partition("/?")[0]
        for address, header in (
            (f"{base}/v1/events?text=watchword", f"Bearer {secret}"),
            (f"{base}/v1/events?text=watchword", "Bearer wrong-guess-of-mine"),
            (f"{base}/?token=wrong-link-of-mine", ""),
            (f"{base}/v1/health?token={secret}", ""),
        ):
            request = urllib.request.Request(address, headers={"Authorization": header} if header else {})
            try:
                urllib.request.urlopen(request, timeout=10).read()
            except urllib.error.HTTPError as refused:
                told = refused.read().decode()
                assert refused.code in (400, 401) and secret not in told and "of-mine" not in told
    finally:
        server.terminate()
        rest = server.communicate(timeout=20)[0]

    for word in (secret, "wrong-guess", "wrong-link", "watchword", "/v1/events"):
        assert word not in rest


def test_nothing_is_logged_of_a_request(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/v1/health")
        client.get("/v1/health", token="a-guess")
        client.get("/?token=a-guess", token=None)

    ours = [
        record.getMessage() for record in caplog.records if record.name not in ("httpx", "httpcore")
    ]  # the test's own client
    assert not [line for line in ours if READER in line or WRITER in line or "a-guess" in line]


def test_tokens_are_compared_in_constant_time() -> None:
    """No early end, no plain comparison: every token is compared by its hash, whatever was found before."""
    source = inspect.getsource(tokens._match)

    assert "hmac.compare_digest" in source and "break" not in source and "return given" not in source
    assert hmac.compare_digest(hash_secret("a"), hash_secret("a"))


def test_a_guess_near_the_token_takes_as_long_as_one_far_from_it() -> None:
    secret = "s" * 43
    keyring = Keyring(tuple(Token(f"n{n}", "read", hash_secret(f"{secret}{n}")) for n in range(50)))

    def take(guess: str) -> float:
        times = []
        for _ in range(300):
            start = time.perf_counter()
            keyring.find(guess)
            times.append(time.perf_counter() - start)
        return sorted(times)[30]  # the low tenth: what other work on the machine adds is left out

    near, far = take(secret + "x"), take("z" * 44)
    assert max(near, far) < 1.5 * min(near, far)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case_and_no_other_counts(client: Client, scheme: str) -> None:
    assert client.get("/v1/health", token=None, headers={"Authorization": f"{scheme} {READER}"}).status_code == 200
    for wrong in (f"Basic {READER}", f"Token {READER}", READER, f"Bearer{READER}", "Bearer ", "Bearer \x00"):
        assert client.get("/v1/health", token=None, headers={"Authorization": wrong}).status_code == 401


def test_guessing_a_thousand_tokens_gets_twenty_answers(folder: Path) -> None:
    client = open_client(folder, limits=Limits(burst=1e6))

    codes = [client.get("/v1/health", token=f"guess {number}").status_code for number in range(200)]

    assert codes.count(401) <= 25 and codes.count(401) + codes.count(429) == 200


def test_a_cookie_is_for_scripts_of_no_page(folder: Path) -> None:
    server, link = launch(folder)
    try:

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_: object) -> None:
                return None

        try:
            urllib.request.build_opener(Stay).open(link, timeout=10)
            raise AssertionError("a link leads on")
        except urllib.error.HTTPError as moved:
            cookie = moved.headers["Set-Cookie"].lower()
            assert moved.code == 303 and moved.headers["Referrer-Policy"] == "no-referrer"
    finally:
        server.terminate()
        server.wait(20)

    assert "httponly" in cookie and "samesite=strict" in cookie and "domain" not in cookie
    assert json.dumps(cookie).count("token") == 0
