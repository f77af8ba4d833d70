"""What grows from events: dyads, series, ledger, network, blocs, brief."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.http.asking import told
from dragoman.http.errors import Problem

router = APIRouter(tags=["relations"])


def _refuse() -> Response:
    raise Problem(501, "not built yet: relations are counted in another room, which isn't there")


for _path in ("dyads", "dyads/{pair}", "series", "ledger", "network", "blocs", "brief"):

    async def _answer(request: Request, pair: str = "") -> Response:
        return _refuse()

    router.add_api_route(
        f"/v1/{_path}",
        _answer,
        methods=["GET"],
        responses=told(dict[str, Any], 501),
        name=_path,
        include_in_schema=False,
    )
