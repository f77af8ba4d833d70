"""``/v1/reports``: the texts, with the claims that stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.archive.query import Query as Question
from dragoman.archive.rows import read_claim
from dragoman.archive.schema import TABLES
from dragoman.domain import Report
from dragoman.http import shapes
from dragoman.http.asking import answer_one, brief_claims, check_id, find_claim_rows, told
from dragoman.http.briefs import brief_report, find_spans
from dragoman.http.claims import find_carriers
from dragoman.http.errors import Problem
from dragoman.http.filters import Asked, ListAsked, ReportsAsked
from dragoman.http.lists import Listing, answer_list
from dragoman.pipeline import cut_report

router = APIRouter(tags=["reports"])
_LONGEST_CUT = 200_000
"""Code points of a text that is cut into its blocks when it is asked for: longer ones would keep others waiting."""


def ask_reports(archive: Archive, asked: ListAsked) -> Question:
    """The question for reports of a list's filters."""
    return archive.reports(**asked.find_filters())


def brief_reports(archive: Archive, rows: Sequence[Mapping[str, Any]]) -> list[shapes.ReportBrief]:
    return [brief_report(row) for row in rows]


REPORTS = Listing(
    ask=ask_reports,
    key="report_id",
    sorts={"date": "DATE", "outlet": "VARCHAR", "report_id": "VARCHAR"},
    default="-date",
    brief=brief_reports,
    count="SELECT (SELECT count(DISTINCT event_id) FROM event_claims WHERE report_id IN (SELECT coalesce(copy_of, report_id) "
    "FROM chosen)) AS events, (SELECT count(*) FROM chosen) AS reports, (SELECT count(DISTINCT outlet) FROM chosen) AS outlets",
    columns=tuple(column.name for column in TABLES["reports"].columns if column.name not in ("text", "extra", "unit")),
)


@router.get("/v1/reports", responses=told(shapes.ReportList, media=("json", "jsonl", "csv")))
async def list_reports(request: Request, asked: Annotated[ReportsAsked, Query()]) -> Response:
    """Reports, the newest first, without their texts."""
    return await answer_list(request, REPORTS, asked)


@router.get("/v1/reports/{report_id}", responses=told(shapes.ReportBrief))
async def get_report(request: Request, report_id: str, asked: Annotated[Asked, Query()]) -> Response:
    """One report with its text and its claims; a copy's claims are those of the report it copies."""
    check_id(report_id, "re_")
    return await answer_one(request, lambda archive: find_report(archive, report_id), snapshot=asked.snapshot)


def find_report(archive: Archive, report_id: str) -> dict[str, Any]:
    """A report in full.

    Raises:
        Problem: There is none (404).
    """
    rows = archive.engine.find_rows("SELECT * FROM reports WHERE report_id = ?", [report_id], tables=["reports"])
    if not rows:
        raise Problem(404, f"no report {report_id!r} in snapshot {archive.snapshot.number}")
    row = rows[0]
    root = row["copy_of"] or report_id
    claim_rows = find_claim_rows(archive, "report_id", [root])
    claims = [
        {
            **brief,
            "at": [found["sentence_start"], found["sentence_end"]],
            "report_spans": find_spans(read_claim(found), base=0),
        }
        for brief, found in zip(brief_claims(archive, claim_rows), claim_rows, strict=True)
    ]
    has_own_text = row["text"] is not None and row["copy_of"] is not None
    report = archive.get_report(report_id)
    return {
        **brief_report(row), "text": report.text, "blocks": find_blocks(report), "agencies": list(row["agencies"] or ()),
        "date_how": row["date_how"], "translated": bool(row["translated"]), "likeness": row["likeness"],
        "copies": [each for each in find_carriers(archive, root) if each["report_id"] != report_id],
        "versions": _find_versions(archive, root), "offsets_of": root if has_own_text else report_id, "claims": claims,
    }  # fmt: skip


def find_blocks(report: Report) -> list[dict[str, Any]]:
    """The runs of a report's text by kind, as this version cuts them; none of a text that is very long."""
    if not report.text or len(report.text) > _LONGEST_CUT:
        return []
    blocks = cut_report(report).blocks
    return [{"kind": b.kind, "start": b.span.start, "end": b.span.end, "why": b.why} for b in blocks]


def _find_versions(archive: Archive, root: str) -> list[shapes.ReportBrief]:
    """Edited texts of the same, before and after."""
    rows = archive.engine.find_rows(
        "SELECT * EXCLUDE (text) FROM reports WHERE version_of = ? OR report_id IN (SELECT version_of FROM reports WHERE "
        "report_id = ?) ORDER BY date NULLS LAST, report_id",
        [root, root], tables=["reports"],
    )  # fmt: skip
    return [brief_report(row) for row in rows]
