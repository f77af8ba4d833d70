"""``/v1/search``: reports that hold words, opened where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.errors import ArchiveError
from dragoman.http import formats, shapes
from dragoman.http.asking import answer_one, find_claim_rows, told
from dragoman.http.errors import Problem
from dragoman.http.filters import SearchAsked
from dragoman.http.paging import read_place, write_place
from dragoman.http.row_files import FORMS, HITS, answer_rows, make_hit_row

router = APIRouter(tags=["reports"])
PAGE = 20
"""Hits of a page where no limit is given."""
FARTHEST = 2_000
"""Hits that one can page through, and of a file: who needs more needs other words."""


@router.get("/v1/search", responses=told(shapes.RecordList, media=FORMS))
async def search(request: Request, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Reports that hold the words, the best first, opened where they stand. As ``.csv`` and ``.jsonl`` a row a report: all
    of them, up to 2,000, where no limit is given."""
    start, snapshot = read_place(asked.cursor, asked.snapshot, most=FARTHEST)
    form = formats.choose_format(request, FORMS)

    def find(archive: Archive) -> Any:
        is_whole = form != "json" and asked.limit is None
        found = find_hits(archive, asked, start, FARTHEST - start if is_whole else asked.limit or PAGE)
        if form == "json":
            return found
        if is_whole and not found["is_counted"]:
            raise Problem(
                400, f"more than {FARTHEST:,} reports hold these words; give more words, days, an outlet or a limit",
                parameter="limit",
            )  # fmt: skip
        rows = (make_hit_row(hit, rank) for rank, hit in enumerate(found["items"], start + 1))
        response = answer_rows(f"search-{archive.snapshot.number}", form, HITS, rows, found["items"], raw=asked.raw)
        response.headers.update(formats.link_next(request, found["next"]))
        return response

    return await answer_one(request, find, snapshot=snapshot, offered=FORMS)


def find_hits(archive: Archive, asked: SearchAsked, start: int = 0, limit: int = PAGE) -> dict[str, Any]:
    """A page of hits, after so many. Each text is there once, however many outlets published it letter for letter.

    ``is_counted`` is false where there are more than ``count`` tells of.
    """
    given = {"outlet": asked.outlet, "since": asked.since, "until": asked.until}
    stop = start + limit
    try:
        hits = archive.search(asked.q, limit=stop + 1, **{k: v for k, v in given.items() if v})
    except ArchiveError as error:
        raise Problem(400, str(error), parameter="q") from error
    page = hits[start:stop]
    claims = defaultdict(list)
    for row in find_claim_rows(archive, "report_id", [hit.report_id for hit in page]):
        claims[row["report_id"]].append(row)
    has_more = len(hits) > stop
    return {
        "items": [_open_hit(hit, claims[hit.report_id]) for hit in page],
        "next": write_place(stop, archive.snapshot.number) if has_more and stop < FARTHEST else None, "limit": limit,
        "count": {"reports": min(len(hits), stop)}, "is_counted": not has_more, "snapshot": archive.snapshot.number,
    }  # fmt: skip


def _open_hit(hit: Any, claims: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A hit with its passage, the words in it, and the claims whose sentences overlap it."""
    start, end = hit.passage_start, hit.passage_start + len(hit.passage)
    inside = [row["claim_id"] for row in claims if row["sentence_start"] < end and row["sentence_end"] > start]
    marks = [[s.start - start, s.end - start] for s in hit.spans if start <= s.start and s.end <= end]
    return {
        "report_id": hit.report_id, "title": hit.title, "outlet": hit.outlet, "date": hit.date,
        "snippets": [{"text": hit.passage, "start": start, "end": end, "marks": marks, "claims": inside}],
    }  # fmt: skip
