"""``POST /v1/judgements``: a person's word on events. Nothing is erased; events are derived anew and what changed is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from dragoman.archive import Archive
from dragoman.batch.merging import Merged, find_person_judgements, merge_archive
from dragoman.domain import Judgement
from dragoman.errors import ArchiveError
from dragoman.http import formats
from dragoman.http.asking import check_id, refuse_parameters, told
from dragoman.http.briefs import brief_event
from dragoman.http.errors import Problem, busy
from dragoman.http.events import follow_event
from dragoman.http.filters import Words
from dragoman.http.opened import Shelf
from dragoman.pipeline.events import judge_lift, judge_merge, judge_split, judge_withdrawal

router = APIRouter(tags=["writing"])
_WAIT = 5.0
"""Seconds to wait for another writer to end."""


class Judging(BaseModel):
    """What a person says, and why."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["merge", "split", "withdraw", "undo"]
    events: Annotated[list[Words], Field(max_length=50)] = []
    claims: Annotated[list[Words], Field(max_length=500)] = []
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]
    by: Annotated[str, Field(min_length=1, max_length=200)]


@router.post("/v1/judgements", responses=told(dict[str, Any], 409, 415))
async def judge(request: Request, judging: Judging) -> Response:
    """Merge events, split claims off one, withdraw one, or undo what was judged about one."""
    refuse_parameters(request)
    shelf: Shelf = request.app.state.shelf
    judgements = await shelf.ask(request, lambda archive: find_judgements(archive, judging))
    async with request.app.state.writing:
        merged = await shelf.run(lambda: keep_judgements(shelf, judgements))
    return formats.answer(tell_changes(merged))


def find_judgements(archive: Archive, judging: Judging) -> list[Judgement]:
    """The judgements on claims that a person's word on events comes to.

    Raises:
        Problem: Events or claims are missing, or don't belong together.
    """
    for name in judging.claims:
        check_id(name, "cl_")
    events = [follow_event(archive, check_id(name, "ev_")) for name in judging.events]
    who = {"by": judging.by, "when": datetime.now(UTC).isoformat(timespec="milliseconds"), "reason": judging.reason}
    least = {"merge": 2, "split": 1, "withdraw": 1, "undo": 0}[judging.kind]
    if len(events) < least or (judging.kind != "merge" and len(events) > 1):
        raise Problem(
            400, f"to {judging.kind} needs {'two events or more' if least == 2 else 'one event'}", parameter="events"
        )
    try:
        if judging.kind == "merge":
            return judge_merge(events, **who)
        if judging.kind == "split":
            return judge_split(events[0], judging.claims, **who)
        if judging.kind == "withdraw":
            return judge_withdrawal(events[0], **who)
        claims = [*(name for event in events for name in event.claims), *judging.claims]
        standing = find_person_judgements(archive.path, claims)
        if not standing:
            raise ValueError("nobody has judged these, so there is nothing to undo")
        return judge_lift(standing, **who)
    except ValueError as error:
        raise Problem(400, str(error), parameter="claims" if judging.kind == "split" else "events") from error


def keep_judgements(shelf: Shelf, judgements: Sequence[Judgement]) -> Merged:
    """Keep judgements and derive the events they touch anew.

    Raises:
        Problem: Another process writes to the archive (409).
    """
    try:
        merged = merge_archive(shelf.path, judged=judgements, wait=_WAIT)
    except ArchiveError as error:
        raise busy(str(error), 5, status=409) from error
    shelf.refresh()
    return merged


def tell_changes(merged: Merged) -> dict[str, Any]:
    """What changed, event by event."""
    return {
        "changed": [
            *({"change": "added", "before": None, "event": brief_event(event)} for event in merged.added),
            *(
                {"change": "changed", "before": brief_event(before), "event": brief_event(after)}
                for before, after in merged.changed
            ),
            *(
                {"change": "gone", "id": gone.event_id, "became": list(gone.became), "reason": gone.reason, "event": None}
                for gone in merged.gone
            ),
        ],
        "overruled": [{"first": j.first, "second": j.second, "by": j.by, "when": j.when} for j in merged.overruled],
    }  # fmt: skip
