"""``/v1/claims``: what single sentences say, each with the runs of the sentence that bear it out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.archive.query import Query as Question
from dragoman.archive.rows import read_claim
from dragoman.archive.schema import TABLES
from dragoman.http import shapes
from dragoman.http.asking import answer_one, brief_claims, check_id, find_claim_rows, told
from dragoman.http.briefs import find_spans
from dragoman.http.errors import Problem
from dragoman.http.filters import Asked, ClaimsAsked, ListAsked
from dragoman.http.lists import Listing, answer_list

router = APIRouter(tags=["claims"])
_CARRIERS = "SELECT coalesce(copy_of, report_id) AS report_id, outlet FROM reports WHERE outlet IS NOT NULL"


def ask_claims(archive: Archive, asked: ListAsked) -> Question:
    """The question for claims of a list's filters."""
    return archive.claims(**asked.find_filters())


CLAIMS = Listing(
    ask=ask_claims,
    key="claim_id",
    sorts={"day": "DATE", "report_date": "DATE", "confidence": "DOUBLE", "intensity": "DOUBLE", "claim_id": "VARCHAR"},
    default="-day",
    brief=brief_claims,
    count="SELECT (SELECT count(*) FROM chosen) AS claims, (SELECT count(DISTINCT event_id) FROM event_claims WHERE claim_id IN "
    "(SELECT claim_id FROM chosen)) AS events, (SELECT count(DISTINCT report_id) FROM chosen) AS reports, "
    f"(SELECT count(DISTINCT outlet) FROM ({_CARRIERS}) WHERE report_id IN (SELECT report_id FROM chosen)) AS outlets",
    columns=tuple(column.name for column in TABLES["claims"].columns if column.name != "vector"),
)


@router.get("/v1/claims", responses=told(shapes.ClaimList, media=("json", "jsonl", "csv")))
async def list_claims(request: Request, asked: Annotated[ClaimsAsked, Query()]) -> Response:
    """Claims, the newest first."""
    return await answer_list(request, CLAIMS, asked)


@router.get("/v1/claims/{claim_id}", responses=told(shapes.ClaimBrief))
async def get_claim(request: Request, claim_id: str, asked: Annotated[Asked, Query()]) -> Response:
    """One claim: why it is as it is, what made it, and its spans in the report's text."""
    check_id(claim_id, "cl_")
    return await answer_one(request, lambda archive: find_claim(archive, claim_id), snapshot=asked.snapshot)


def find_claim(archive: Archive, claim_id: str) -> dict[str, Any]:
    """A claim in full.

    Raises:
        Problem: There is none (404).
    """
    rows = find_claim_rows(archive, "claim_id", [claim_id])
    if not rows:
        raise Problem(404, f"no claim {claim_id!r} in snapshot {archive.snapshot.number}")
    claim, brief = read_claim(rows[0]), brief_claims(archive, rows)[0]
    maker = {key: rows[0][key] for key in ("version", "model", "roster", "codebook", "overlay", "coder")}
    return {
        **brief, "context": list(claim.context), "date_told": claim.date, "why": list(claim.why), "maker": maker,
        "block": claim.sentence.block, "at": [claim.sentence.span.start, claim.sentence.span.end],
        "report_spans": find_spans(claim, base=0), "carriers": find_carriers(archive, claim.report_id),
        "magnitudes": [
            {"text": m.text, "value": m.value, "low": m.low, "high": m.high, "unit": m.unit, "kind": m.kind}
            for m in claim.magnitudes
        ],
    }  # fmt: skip


def find_carriers(archive: Archive, report_id: str) -> list[dict[str, Any]]:
    """Who published a report or a copy of it."""
    from dragoman.http.briefs import find_link, say_day

    return [
        {
            "report_id": row["report_id"],
            "outlet": row["outlet"],
            "date": say_day(row["date"]),
            "url": find_link(row["url"]),
        }
        for row in archive.find_carriers(report_id)
    ]
