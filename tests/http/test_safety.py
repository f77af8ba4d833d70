"""Who may ask: hosts, origins, tokens, sizes and rates; and the headers of every answer."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from served import READER, WRITER, Client, close_client, open_client

from dragoman.errors import DragomanError
from dragoman.http.limits import Buckets, Limits
from dragoman.http.serving import find_hosts, refuse_open_door
from dragoman.http.tokens import Keyring, Token, add_token, hash_secret, read_tokens

JUDGEMENT = {"kind": "withdraw", "events": ["ev_0"], "reason": "a test", "by": "Ada"}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8321", "127.0.0.1.evil.example", "", "localhost@evil", "[::2]:8321"]
)
def test_a_host_that_isnt_ours_is_refused(client: Client, host: str) -> None:
    """A name of another site that was pointed at this machine."""
    assert client.get("/v1/health", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "LOCALHOST:1", "[::1]:8321"])
def test_our_own_names_are_served(client: Client, host: str) -> None:
    assert client.get("/v1/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1/health", "/v1/events", "/events/ev_1", "/docs", "/v1/openapi.json", "/", "/v1/live"]
)
@pytest.mark.parametrize("token", [None, "wrong", "", READER + "x"])
def test_nothing_of_an_archive_is_told_without_a_token(client: Client, path: str, token: str | None) -> None:
    response = client.get(path, token=token)

    assert response.status_code in (401, 429)
    assert response.headers["content-type"] == "application/problem+json"


def test_a_token_in_the_address_of_the_api_is_none(client: Client) -> None:
    assert client.get(f"/v1/health?token={READER}", token=None).status_code in (401, 429)


def test_wrong_tokens_are_slowed_down(folder: Path) -> None:
    client = open_client(folder, limits=Limits(wrong_tokens=3, burst=1e6))

    statuses = [client.get("/v1/health", token="guess").status_code for _ in range(5)]
    late = client.get("/v1/health", token=READER)

    close_client(client)
    assert statuses == [401, 401, 401, 429, 429]
    assert late.status_code == 200  # who guesses doesn't lock out who knows


def exchange(client: Client, secret: str, **more: Any) -> Any:
    return client.get(f"/?token={secret}", token=None, **more)


def test_a_link_is_good_once_and_leaves_the_address(client: Client) -> None:
    link = client.app.keyring.make_link("read")

    first = exchange(client, link)
    again = exchange(client, link)

    assert (first.status_code, first.headers["location"], again.status_code) == (303, "/", 401)
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower() and link not in cookie
    session = {"Cookie": cookie.partition(";")[0]}
    assert client.get("/v1/health", token=None, headers=session).status_code == 200


def test_links_and_sessions_grow_old() -> None:
    now = [0.0]
    keyring = Keyring(clock=lambda: now[0])
    old, link = keyring.make_link("read"), keyring.make_link("read")
    found = keyring.exchange(link)

    assert found and keyring.find(found[0])
    now[0] = 13 * 3600
    assert (keyring.find(found[0]), keyring.exchange(old)) == (None, None)


def test_only_hashes_of_tokens_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "tokens"

    secret = add_token(path, "ada", "write")

    assert secret not in path.read_text() and path.stat().st_mode & 0o077 == 0
    (token,) = read_tokens(path)
    assert (token.name, token.scope, token.sha256) == ("ada", "write", hash_secret(secret))
    assert Keyring((token,)).find(secret) == token
    with pytest.raises(DragomanError, match="there is a token 'ada'"):
        add_token(path, "ada", "read")


def test_a_file_of_tokens_that_others_may_write_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    add_token(path, "ada", "read")
    path.chmod(0o666)

    with pytest.raises(DragomanError, match="others may write"):
        read_tokens(path)


def test_a_line_that_is_no_token_is_told_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("# mine\nada write secret\n")
    (tmp_path / "tokens").chmod(0o600)

    with pytest.raises(DragomanError, match=r"tokens:2"):
        read_tokens(tmp_path / "tokens")


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({"Origin": "http://evil.example"}, WRITER),
        ({"Origin": "null"}, WRITER),
        ({"Origin": "http://127.0.0.1:9999"}, WRITER),
        ({"Sec-Fetch-Site": "cross-site"}, WRITER),
        ({"Origin": "http://127.0.0.1:8321", "Sec-Fetch-Site": "same-site"}, WRITER),
        ({}, READER),
    ],
)
def test_a_change_from_elsewhere_or_by_a_reader_is_refused(
    refuser: Client, headers: dict[str, str], token: str
) -> None:
    assert refuser.post("/v1/judgements", JUDGEMENT, headers=headers, token=token).status_code == 403


def test_a_change_by_cookie_needs_our_origin(refuser: Client) -> None:
    cookie = exchange(refuser, refuser.app.keyring.make_link("write")).headers["set-cookie"].partition(";")[0]
    same = {"Cookie": cookie, "Origin": "http://127.0.0.1:8321", "Sec-Fetch-Site": "same-origin"}

    assert refuser.post("/v1/judgements", JUDGEMENT, token=None, headers={"Cookie": cookie}).status_code == 403
    assert refuser.post("/v1/judgements", JUDGEMENT, token=None, headers=same).status_code == 404  # no such event


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_that_a_form_could_send_is_refused(refuser: Client, kind: str) -> None:
    response = refuser.ask("POST", "/v1/judgements", content=b"{}", headers={"Content-Type": kind})

    assert response.status_code == 415


def test_a_server_that_reads_takes_nothing(client: Client) -> None:
    for path in ("judgements", "read", "add", "reviews"):
        response = client.post(f"/v1/{path}", {})
        assert (response.status_code, "--write" in response.json()["detail"]) == (403, True)


def test_a_body_is_bounded_whatever_length_it_says(refuser: Client) -> None:
    def flood() -> Any:
        async def pieces() -> Any:
            for _ in range(40):
                yield b" " * 50_000

        return pieces()

    headers = {"Content-Type": "application/json"}
    assert refuser.ask("POST", "/v1/read", content=flood(), headers=headers).status_code == 413
    assert refuser.ask("POST", "/v1/read", content=b" " * 1_000_001, headers=headers).status_code == 413


def test_a_body_that_comes_too_slowly_is_given_up(own_folder: Path) -> None:
    client = open_client(own_folder, writes=True, limits=Limits(body_seconds=0.2, burst=1e6))

    response = client.ask("POST", "/v1/read", content=_Slow(), headers={"Content-Type": "application/json"})

    close_client(client)
    assert response.status_code == 408


class _Slow:
    """A body of which the end doesn't come for long."""

    async def __aiter__(self) -> Any:
        yield b"{"
        await asyncio.sleep(1)
        yield b"}"


def test_too_many_requests_are_sent_away_with_a_time(folder: Path) -> None:
    client = open_client(folder, limits=Limits(per_second=1, burst=3))

    answers = [client.get("/v1/health") for _ in range(5)]

    close_client(client)
    assert [each.status_code for each in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(2.0, 3.0, clock=lambda: now[0])

    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.take("b") == 0
    now[0] = 0.5
    assert buckets.take("a") == 0


@pytest.mark.parametrize("path", ["/v1/events", "/v1/nothing", "/", "/v1/events?x=1", "/static/page.css"])
def test_every_answer_has_the_headers_that_keep_it_in(client: Client, path: str) -> None:
    headers = client.get(path).headers

    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_a_host_that_others_reach_needs_tokens() -> None:
    for host in ("0.0.0.0", "::", "192.168.1.7", "box.example"):
        with pytest.raises(DragomanError, match="can be reached from other machines"):
            refuse_open_door(host, has_tokens=False)
        refuse_open_door(host, has_tokens=True)
    for host in ("127.0.0.1", "::1", "localhost", "127.9.9.9"):
        refuse_open_door(host, has_tokens=False)


def test_a_host_answers_to_its_own_names_alone() -> None:
    assert find_hosts("192.168.1.7", ["news.example"]) == {
        "127.0.0.1",
        "localhost",
        "::1",
        "192.168.1.7",
        "news.example",
    }
    assert "0.0.0.0" not in find_hosts("0.0.0.0", [])


def test_tokens_of_a_file_are_compared_as_hashes() -> None:
    keyring = Keyring((Token("a", "read", hash_secret("s")),))

    assert keyring.find("s") and keyring.find(hash_secret("s")) is None


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../errors.py", "/assets/..%2f..%2ferrors.py", "/assets/%2e%2e/%2e%2e/errors.py", "/assets//etc/passwd",
        "/static/..%5capp.py", "/static/../app.py", "/static/page.css%00.js", "/static/C:%5cx.css", "/assets/con",
        "/static/", "/..%2f..%2fetc/passwd",
    ],
)  # fmt: skip
def test_files_outside_of_the_page_are_never_sent(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code in (400, 404)
    assert "import" not in response.text and "root:" not in response.text
