"""The page in the browser: its files, one HTML page for all its addresses, and the readable pages within."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

import dragoman
from dragoman.archive import Archive
from dragoman.http.asking import answer_one, check_id
from dragoman.http.claims import find_claim
from dragoman.http.errors import Problem
from dragoman.http.events import find_event
from dragoman.http.list_pages import show_events, show_map, show_network, show_review, show_search
from dragoman.http.opened import Shelf
from dragoman.http.pages import (
    link_address,
    put_into_desk,
    say,
    show_claim,
    show_event,
    show_problem,
    show_report,
    wants_page,
    write_page,
)
from dragoman.http.readable import (
    find_actor_page,
    find_dyad_page,
    find_events_page,
    find_map_page,
    find_network_page,
    find_overview_page,
    find_review_page,
    find_search_page,
)
from dragoman.http.relation_pages import show_actor, show_dyad, show_overview
from dragoman.http.reports import find_report
from dragoman.http.review_store import find_reviews

router = APIRouter(include_in_schema=False)
WEB = Path(dragoman.__file__).parent / "_web"
"""Where the desk's build lies."""
STATIC = Path(__file__).parent / "_static"
_HASHED = re.compile(r"[-.](?=[a-z_-]*[A-Z0-9])[A-Za-z0-9_-]{8,}\.\w+$")
"""Names that change with their content, as builds make them."""
_TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json",
    ".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".html": "text/html", ".txt": "text/plain",
    ".webmanifest": "application/manifest+json", ".map": "application/json", ".topojson": "application/json",
}  # fmt: skip
"""Told here, not guessed by the machine's own table, which differs."""


def find_file(folder: Path, name: str) -> Path:
    """A file below a folder.

    Raises:
        Problem: There is none of that name, or the name leads out of the folder (404).
    """
    path = (folder / name).resolve() if "\\" not in name and "\0" not in name and ":" not in name else folder
    if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.suffix not in _TYPES:
        raise Problem(404, "no such file")
    return path


def send_file(folder: Path, name: str) -> Response:
    """A file, to be kept for ever where its name changes with its content."""
    path = find_file(folder, name)
    response = FileResponse(path, media_type=_TYPES[path.suffix])
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if _HASHED.search(path.name) else "no-cache"
    )
    return response


@router.get("/assets/{name:path}")
async def get_asset(request: Request, name: str) -> Response:
    """A file of the desk's build."""
    return send_file(request.app.state.web / "assets", name)


@router.get("/static/{name:path}")
async def get_static(name: str) -> Response:
    """A file of the readable pages."""
    return send_file(STATIC, name)


@router.get("/docs")
async def get_docs() -> Response:
    """The description of the API, to be read. Nothing in it comes from elsewhere."""
    return send_file(STATIC, "docs.html")


@router.get("/events/{name}")
async def show_event_page(request: Request, name: str) -> Response:
    check_id(name, "ev_")
    return await _show(
        request, lambda archive: find_event(archive, name), show_event, lambda event: str(event["words"])
    )


@router.get("/claims/{name}")
async def show_claim_page(request: Request, name: str) -> Response:
    check_id(name, "cl_")
    return await _show(
        request, lambda archive: find_claim(archive, name), show_claim, lambda claim: str(claim["words"])
    )


@router.get("/reports/{name}")
async def show_report_page(request: Request, name: str) -> Response:
    check_id(name, "re_")
    return await _show(
        request,
        lambda archive: find_report(archive, name),
        show_report,
        lambda report: str(report["title"] or report["id"]),
    )


@router.get("/dyads/{pair}")
async def show_dyad_page(request: Request, pair: str) -> Response:
    kept = request.app.state.acts
    return await _show(
        request, lambda archive: find_dyad_page(archive, pair, request.query_params, kept), show_dyad,
        lambda dyad: f"{dyad['a_name']} and {dyad['b_name']}", is_gathered=True,
    )  # fmt: skip


@router.get("/actors/{name}")
async def show_actor_page(request: Request, name: str) -> Response:
    return await _show(
        request, lambda archive: find_actor_page(archive, name, request.query_params), show_actor,
        lambda actor: str(actor["name"]), is_gathered=True,
    )  # fmt: skip


@router.get("/data")
async def show_events_page(request: Request) -> Response:
    return await _show(
        request, lambda archive: find_events_page(archive, request.query_params), show_events, lambda _: "Events",
        is_gathered=True,
    )  # fmt: skip


@router.get("/map")
async def show_map_page(request: Request) -> Response:
    return await _show(
        request,
        lambda archive: find_map_page(archive, request.query_params),
        show_map,
        lambda _: "Map",
        is_gathered=True,
    )


@router.get("/network")
async def show_network_page(request: Request) -> Response:
    kept = request.app.state.acts
    return await _show(
        request, lambda archive: find_network_page(archive, request.query_params, kept), show_network, lambda _: "Network",
        is_gathered=True,
    )  # fmt: skip


@router.get("/search")
async def show_search_page(request: Request) -> Response:
    is_plain = "plain" in request.query_params
    return await _show(
        request, lambda archive: find_search_page(archive, request.query_params),
        lambda told: show_search(told, is_plain=is_plain), lambda _: "Search",
    )  # fmt: skip


@router.get("/review")
async def show_review_page(request: Request) -> Response:
    shelf: Shelf = request.app.state.shelf
    reviewed = await shelf.run(lambda: len(find_reviews(shelf.path)))
    return await _show(
        request, find_review_page, show_review, lambda _: "Review", is_gathered=True, state=f" {reviewed} reviewed"
    )


async def _show(
    request: Request,
    find: Callable[[Archive], dict[str, Any]],
    show: Callable[[Any], str],
    name: Callable[[dict[str, Any]], str],
    *,
    is_gathered: bool = False,
    state: str = "",
) -> Response:
    """A record as a page: readable as it stands, and the desk where there is JavaScript.

    What is gathered from many events takes seconds in a large archive, and the desk gathers it by itself: there the readable
    page is a link away, with ``plain``, so that the desk needn't wait for it. ``state`` is what the page depends on besides the
    snapshot and the address.
    """
    index = None if "plain" in request.query_params else _read_index(request)
    if index and is_gathered and await _is_large(request):
        return _send_desk(put_into_desk(index, "Dragoman", _link_plain(request)))

    def write(archive: Archive) -> Response:
        record = find(archive)
        title, body = f"{name(record)} – Dragoman", show(record)
        return HTMLResponse(put_into_desk(index, title, body) if index else write_page(title, body))

    try:
        return await answer_one(request, write, offered=("html",), state=state)
    except Problem as problem:
        if not wants_page(request.url.path, request.headers.get("accept", "")):
            raise
        body = show_problem(problem, quote(request.url.path))
        page = put_into_desk(index, "Dragoman", body) if index else write_page("Dragoman", body)
        return HTMLResponse(page, status_code=problem.status, headers={**problem.headers, "Cache-Control": "no-store"})


async def _is_large(request: Request) -> bool:
    shelf: Shelf = request.app.state.shelf
    return await shelf.run(lambda: shelf.is_large(shelf.get()))


def _link_plain(request: Request) -> str:
    query = urlencode([*request.query_params.multi_items(), ("plain", "1")])
    return f"<h1>Dragoman</h1><p>{link_address(f'{quote(request.url.path)}?{query}', 'Read this page without JavaScript')}</p>"


def _send_desk(page: str) -> Response:
    response = HTMLResponse(page)
    response.headers["Cache-Control"] = "no-cache"
    return response


@router.get("/{name:path}")
async def get_page(request: Request, name: str) -> Response:
    """A file of the desk, or its page: the desk reads the address itself. Without a desk, a page that says so."""
    web: Path = request.app.state.web
    if ".." in name.split("/"):
        raise Problem(404, "no such page")
    if name.startswith("v1/") or name == "v1":
        raise Problem(404, "nothing is here; /docs lists what there is")
    index = _read_index(request)
    if not name and (index or "plain" in request.query_params):
        asked, kept = request.query_params, request.app.state.acts
        return await _show(
            request, lambda archive: find_overview_page(archive, asked, kept), show_overview, lambda _: "Overview",
            is_gathered=True,
        )  # fmt: skip
    if index is None:
        if name:
            raise Problem(404, "nothing is here; the page for browsers isn't built into this installation")
        return HTMLResponse(write_page("Dragoman", _say_no_desk(request)))
    if name and "." in name.rpartition("/")[2]:
        return send_file(web, name)
    return _send_desk(index)


def _read_index(request: Request) -> str | None:
    path: Path = request.app.state.web / "index.html"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _say_no_desk(request: Request) -> str:
    number = request.app.state.shelf.number
    links = "".join(
        f'<li><a href="{path}">{say(path)}</a></li>'
        for path in (
            "/v1/health",
            "/v1/overview",
            "/v1/events",
            "/v1/claims",
            "/v1/reports",
            "/v1/actors",
            "/v1/places",
            "/docs",
        )
    )
    return (
        f"<h1>Dragoman</h1><p>Snapshot {number} of the archive is served. The page for browsers isn't built into this "
        f"installation; the API is, and each event, claim and report has a page that can be read.</p><ul>{links}</ul>"
    )
