"""One record: asked in a thread, tagged, and answered in the form asked for; and what several resources look up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.archive.by_id import find_claims
from dragoman.archive.rows import read_claim
from dragoman.errors import ArchiveError
from dragoman.http import caching, formats, shapes
from dragoman.http.briefs import brief_claim
from dragoman.http.errors import Problem
from dragoman.http.opened import Shelf

T = TypeVar("T")
_ALWAYS = (400, 401, 403, 404, 406, 410, 429, 503)
"""Problems that any route may answer with: 404 and 410 where the snapshot asked for isn't there."""
Reply = dict[int | str, dict[str, Any]]


def told(shape: Any, *problems: int, media: Iterable[str] = ()) -> Reply:
    """What a route answers, for the API's description."""
    content: dict[str, Any] = {formats.MEDIA[form].partition(";")[0]: {} for form in media}
    found: Reply = {
        200: {"model": shape, **({"content": content} if content else {})},
        304: {"description": "as known"},
    }
    for status in (*_ALWAYS, *problems):
        found[status] = {
            "description": "problem",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemRecord"}}},
        }
    return found


async def answer_one(
    request: Request,
    find: Callable[[Archive], Any],
    *,
    snapshot: int | None = None,
    offered: Sequence[str] = ("json",),
    state: str = "",
) -> Response:
    """What ``find`` finds in a snapshot, as JSON; ``state`` is what the answer depends on besides the snapshot and the question."""
    form = formats.choose_format(request, offered)
    shelf: Shelf = request.app.state.shelf
    number = (await shelf.run(lambda: shelf.get(snapshot))).snapshot.number
    tag = caching.find_tag(request, number, form + state)
    headers = caching.find_headers(tag, is_pinned=snapshot is not None)
    if caching.is_known(request, tag):
        return caching.say_unchanged(headers)
    bodies: caching.Bodies = request.app.state.bodies
    response = bodies.find(tag)
    if response is None:
        response = await shelf.ask(request, lambda archive: _write(find(archive), form), snapshot=number)
        bodies.keep(tag, response)
    return caching.keep(headers, response)


def _write(record: Any, form: str) -> Response:
    return record if isinstance(record, Response) else formats.answer(record, form)


def refuse_parameters(request: Request, known: Iterable[str] = ()) -> None:
    """Refuse parameters where none are taken."""
    from dragoman.http.errors import refuse_unknown

    for name in request.query_params:
        if name not in known:
            raise refuse_unknown(name, known)


def check_id(name: str, beginning: str) -> str:
    """An id of a kind; others can't be there.

    Raises:
        Problem: It can't be one (404).
    """
    if not name.startswith(beginning) or len(name) > 80 or not name.replace("_", "").isalnum():
        raise Problem(404, f"no id {name[:80]!r}; such ids begin with {beginning}")
    return name


def find_code(archive: Archive, name: str, parameter: str) -> str:
    """The code that a party is counted under.

    Raises:
        Problem: Nobody is called so (400).
    """
    try:
        return archive.directory.get_code(name)
    except ArchiveError as error:
        raise Problem(400, str(error), parameter=parameter) from error


def find_events_of(archive: Archive, claim_ids: Sequence[str]) -> dict[str, str]:
    """Claim → its event."""
    if not claim_ids:
        return {}
    marks = ", ".join("?" * len(claim_ids))  # each is compared with the ranges that files tell of their rows
    query = f"SELECT claim_id, event_id FROM event_claims WHERE claim_id IN ({marks})"
    rows = archive.engine.find_rows(query, claim_ids, tables=["event_claims"])
    return {row["claim_id"]: row["event_id"] for row in rows if row["event_id"]}


def find_claim_rows(archive: Archive, column: str, values: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of claims by one of their id columns, in the order of the reports' days and texts."""
    assert column in ("claim_id", "report_id")
    if column == "report_id":
        values = _find_claims_in(archive, values)
    last = dt.date.max
    keys = ("report_id", "sentence_start", "trigger_start", "claim_id")
    return sorted(
        find_claims(archive.engine, values),
        key=lambda row: (row["report_date"] or last, *(row[key] for key in keys)),
    )


def _find_claims_in(archive: Archive, report_ids: Sequence[str]) -> list[str]:
    """Ids of the claims in these reports. Their day of publication is mostly near the day they lie under, so few files are read."""
    if not report_ids:
        return []
    find, marks = archive.engine.find_rows, ", ".join("?" * len(report_ids))
    dated = find(f"SELECT DISTINCT date FROM reports WHERE report_id IN ({marks})", report_ids, tables=["reports"])
    days = [row["date"] for row in dated]
    near = f" AND report_date IN ({', '.join('?' * len(days))})" if days and all(days) else ""
    query = f"SELECT claim_id FROM claims WHERE report_id IN ({marks}){near}"
    return [row["claim_id"] for row in find(query, [*report_ids, *(days if near else ())], tables=["claims"])]


def brief_claims(archive: Archive, rows: Sequence[Mapping[str, Any]]) -> list[shapes.ClaimBrief]:
    """Rows of claims in the shape of the API."""
    events = find_events_of(archive, [row["claim_id"] for row in rows])
    return [brief_claim(read_claim(row), row, events.get(row["claim_id"])) for row in rows]
