"""Asks the HTTP app as a client would: through all that stands before it, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from dragoman.http.app import make_app
from dragoman.http.limits import Limits
from dragoman.http.safety import Guard
from dragoman.http.tokens import Keyring, Token, hash_secret

READER, WRITER = "read-secret", "write-secret"
HOST = "http://127.0.0.1:8321"


@dataclass
class Client:
    """Asks the app, without a network. ``get`` and ``post`` as those of httpx, with the token that may write."""

    app: Guard

    def ask(self, method: str, path: str, *, token: str | None = WRITER, **more: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
                headers = {"Authorization": f"Bearer {token}"} if token else {}
                return await client.request(method, path, headers={**headers, **more.pop("headers", {})}, **more)

        return asyncio.run(ask())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any, **more: Any) -> httpx.Response:
        return self.ask("POST", path, json=body, **more)

    def items(self, path: str, **more: Any) -> list[Any]:
        """The items of a list, which must be there."""
        response = self.get(path, **more)
        assert response.status_code == 200, response.text
        return list(response.json()["items"])


def open_client(folder: Path, *, writes: bool = False, limits: Limits | None = None, **more: Any) -> Client:
    tokens = (Token("r", "read", hash_secret(READER)), Token("w", "write", hash_secret(WRITER)))
    return Client(make_app(folder, keyring=Keyring(tokens), writes=writes, limits=limits or Limits(burst=1e6), **more))


def close_client(client: Client) -> None:
    state = client.app.app.app.state  # type: ignore[attr-defined]
    state.reader.close()
    state.shelf.close()
