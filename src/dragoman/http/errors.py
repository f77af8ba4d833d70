"""What goes wrong, told as RFC 9457 problems: type, title, status, detail, and the parameter where one is at fault."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from dragoman.errors import ArchiveError

MEDIA = "application/problem+json"
_TITLES = {
    400: "can't be asked so",
    401: "no valid token",
    403: "refused",
    404: "not found",
    405: "not here",
    406: "no such format",
    408: "too slow",
    409: "busy",
    410: "gone",
    413: "too large",
    415: "not JSON",
    422: "can't be read",
    429: "too many requests",
    500: "a fault of ours",
    501: "not built",
    503: "not now",
}


class Problem(Exception):
    """An answer that is a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        parameter: str | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.parameter = status, detail, parameter
        self.headers, self.more = dict(headers or {}), dict(more or {})

    def tell(self) -> dict[str, Any]:
        """Its members."""
        title = _TITLES.get(self.status, "problem")
        record: dict[str, Any] = {
            "type": f"/docs#problem-{self.status}", "title": title, "status": self.status, "detail": self.detail,
        }  # fmt: skip
        return {**record, **({"parameter": self.parameter} if self.parameter else {}), **self.more}

    def respond(self) -> Response:
        """It as a response, which nobody keeps."""
        body = json.dumps(self.tell(), ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(body, status_code=self.status, media_type=MEDIA, headers=headers)


def busy(detail: str, seconds: int = 1, *, status: int = 503) -> Problem:
    """A problem that goes away; the caller is told when to ask again."""
    return Problem(status, detail, headers={"Retry-After": str(seconds)})


def refuse_unknown(name: str, known: Iterable[str]) -> Problem:
    """There is no such parameter."""
    known = sorted(known)
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known) or 'none'}"
    return Problem(400, f"no parameter {name[:80]!r}; {hint}", parameter=name[:80])


def tell_errors(app: FastAPI) -> None:
    """Let the app answer every error as a problem."""
    app.add_exception_handler(Problem, _tell_problem)
    app.add_exception_handler(RequestValidationError, _tell_wrong_request)
    app.add_exception_handler(HTTPException, _tell_http)
    app.add_exception_handler(ArchiveError, _tell_archive)
    app.add_exception_handler(Exception, _tell_fault)


async def _tell_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.respond()


async def _tell_wrong_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = [str(part) for part in first["loc"][1:]]
    name = next((part for part in where if not part.isdigit()), where[0] if where else "")
    if first["type"] == "extra_forbidden":
        return refuse_unknown(name, _find_known(request, in_body=first["loc"][0] == "body")).respond()
    told = str(first["msg"]).removeprefix("Value error, ")
    return Problem(400, f"{name[:80]}: {told}" if name else told, parameter=name[:80] or None).respond()


def _find_known(request: Request, *, in_body: bool) -> set[str]:
    """The parameters, or the fields of the body, that the route asked for takes."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    params = (dependant.body_params if in_body else dependant.query_params) if dependant else []
    models = [param.field_info.annotation for param in params]
    return {name for model in models for name in getattr(model, "model_fields", {})}


async def _tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {
        404: "nothing is here; /docs lists what there is",
        405: f"{request.method} isn't allowed here",
    }
    return Problem(
        error.status_code, details.get(error.status_code, str(error.detail)), headers=error.headers
    ).respond()


async def _tell_archive(request: Request, error: Exception) -> Response:
    return Problem(503, f"the archive can't answer: {error}").respond()


async def _tell_fault(request: Request, error: Exception) -> Response:
    return Problem(500, f"a fault of Dragoman's ({type(error).__name__}); the terminal tells more").respond()
