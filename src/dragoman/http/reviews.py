"""``/v1/reviews`` and ``/v1/review/next``: what persons say of claims, as lessons for the coder; and what to look at next."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from dragoman.archive import Archive
from dragoman.archive.rows import read_claim
from dragoman.http import formats
from dragoman.http.agreement import find_own, find_pairs, tell_pair
from dragoman.http.asking import brief_claims, check_id, find_claim_rows, refuse_parameters, told
from dragoman.http.briefs import say_day
from dragoman.http.errors import Problem
from dragoman.http.filters import Asked, Words
from dragoman.http.gold import check_fix, code_claim, make_coded_report
from dragoman.http.opened import Shelf
from dragoman.http.review_store import Review, Verdict, add_review, find_newest, find_reviews

router = APIRouter(tags=["writing"])
readable = APIRouter(tags=["reviews"])
"""What a server that only reads tells of reviews."""
_NEXT = """
SELECT c.*, (1 - c.confidence) * (1 + ln(e.texts)) AS worth
FROM claims c JOIN event_claims m USING (claim_id) JOIN events e ON e.event_id = m.event_id
WHERE NOT list_contains(?::VARCHAR[], c.claim_id) AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], c.claim_id))
ORDER BY worth DESC, c.claim_id LIMIT ?"""
"""Doubt times weight: a doubtful claim in an event that many independent texts tell misleads most. The logarithm, because
the tenth text changes less than the second."""


class Reviewing(BaseModel):
    """What a person says of a claim."""

    model_config = ConfigDict(extra="forbid")

    claim_id: Annotated[str, Field(max_length=80)]
    verdict: Verdict
    fix: Annotated[
        dict[str, Any], Field(description="With `fixed`: fields as they should be, as the coding guide has them.")
    ] = {}
    by: Annotated[str, Field(min_length=1, max_length=200)]


class NextAsked(Asked):
    """How many, and for whom."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    by: Annotated[
        Words | None, Field(description="Who is to review: leaves out only what this person has reviewed.")
    ] = None
    second: Annotated[
        bool, Field(description="With `by`: only claims that somebody else has reviewed, to see whether two agree.")
    ] = False


class ExportAsked(Asked):
    """Whose."""

    by: Annotated[Words | None, Field(description="Only what this person said; else the last word of all.")] = None


@router.post("/v1/reviews", status_code=201, responses=told(dict[str, Any], 415))
async def review(request: Request, reviewing: Reviewing) -> Response:
    """Say that a claim is right, wrong, or how it should be."""
    refuse_parameters(request)
    check_id(reviewing.claim_id, "cl_")
    shelf: Shelf = request.app.state.shelf
    kept = await shelf.ask(request, lambda archive: make_review(archive, reviewing))
    number = await shelf.run(lambda: add_review(shelf.path, kept))
    response = formats.answer({"number": number, "claim_id": kept.claim_id, "verdict": kept.verdict, "when": kept.when})
    response.status_code = 201
    return response


@readable.get("/v1/reviews", responses=told(dict[str, Any], media=("jsonl", "json")))
async def export_reviews(request: Request, asked: Annotated[ExportAsked, Query()]) -> Response:
    """As ``.jsonl``: reviewed claims as coded reports, the shape that ``dragoman train`` takes. As ``.json``: the reviews."""
    form = formats.choose_format(request, ("json", "jsonl"))
    shelf: Shelf = request.app.state.shelf
    kept = await shelf.run(lambda: find_reviews(shelf.path))
    reviews = [each for each in kept if asked.by in (None, each.by)]
    if form == "json":
        return formats.answer({"items": [_tell(each) for each in reviews]})
    body = await shelf.ask(request, lambda archive: b"".join(formats.write_lines(find_coded(archive, reviews))))
    return Response(body, media_type=formats.MEDIA["jsonl"])


@readable.get("/v1/review/next", responses=told(dict[str, Any]))
async def find_next(request: Request, asked: Annotated[NextAsked, Query()]) -> Response:
    """Claims that nobody has reviewed, or ``by`` has not: those first whose doubt, times the weight of their event, is largest.
    ``coded`` is the claim as the coding guide has it, which a fix may change."""
    shelf: Shelf = request.app.state.shelf

    if asked.second and not asked.by:
        raise Problem(400, "whose second look? Give by=NAME", parameter="by")

    found = await shelf.ask(request, lambda archive: find_queue(archive, asked), snapshot=asked.snapshot)
    return formats.answer({"items": found})


def find_queue(archive: Archive, asked: NextAsked) -> list[dict[str, Any]]:
    """Claims to look at, those that mislead most if they are wrong first."""
    own = find_own(find_reviews(archive.path))
    seen = sorted(name for name, by in own.items() if asked.by is None or asked.by in by)
    wanted = sorted(set(own) - set(seen)) if asked.second else None
    values = [seen, wanted, wanted, asked.limit]
    rows = archive.engine.find_rows(_NEXT, values, tables=["claims", "events", "event_claims"])
    return [
        {**brief, "worth": row["worth"], "coded": code_claim(read_claim(row))}
        for brief, row in zip(brief_claims(archive, rows), rows, strict=True)
    ]


@readable.get("/v1/review/agreement", responses=told(dict[str, Any]))
async def find_agreement(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Pairs of persons who judged the same claims: how often they agree, Cohen's kappa, and field by field."""
    shelf: Shelf = request.app.state.shelf

    def find(archive: Archive) -> dict[str, Any]:
        reviews = find_reviews(shelf.path)
        pairs = find_pairs(find_own(reviews))
        names = sorted({each.claim_id for judged in pairs.values() for each, _ in judged})
        claims = {row["claim_id"]: read_claim(row) for row in find_claim_rows(archive, "claim_id", names)}
        told_pairs = [
            tell_pair(first, second, [(claims[a.claim_id], a, b) for a, b in judged if a.claim_id in claims])
            for (first, second), judged in sorted(pairs.items())
        ]
        persons = Tally(by for own in find_own(reviews).values() for by in own)
        return {
            "persons": [{"by": by, "claims": count} for by, count in sorted(persons.items())], "pairs": told_pairs,
            "snapshot": archive.snapshot.number,
        }  # fmt: skip

    return formats.answer(await shelf.ask(request, find, snapshot=asked.snapshot))


def make_review(archive: Archive, reviewing: Reviewing) -> Review:
    """A review that can be taught.

    Raises:
        Problem: There is no such claim (404), or the fix can't be (400).
    """
    rows = find_claim_rows(archive, "claim_id", [reviewing.claim_id])
    if not rows:
        raise Problem(404, f"no claim {reviewing.claim_id!r} in snapshot {archive.snapshot.number}")
    if bool(reviewing.fix) != (reviewing.verdict == "fixed"):
        raise Problem(400, "a fix goes with the verdict 'fixed', and that needs one", parameter="fix")
    try:
        check_fix(reviewing.fix, rows[0]["text"])
    except ValueError as error:
        raise Problem(400, str(error), parameter="fix") from error
    when = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Review(reviewing.claim_id, rows[0]["report_id"], reviewing.verdict, reviewing.fix, reviewing.by, when)


def find_coded(archive: Archive, reviews: list[Review]) -> Iterator[dict[str, Any]]:
    """Reviewed claims as coded reports, by report."""
    newest = find_newest(reviews)
    for report_id in sorted({each.report_id for each in reviews}):
        rows = find_claim_rows(archive, "report_id", [report_id])
        if rows:
            report = {"report_id": report_id, "outlet": rows[0]["outlet"], "date": say_day(rows[0]["report_date"])}
            coded = make_coded_report(report, [read_claim(row) for row in rows], newest)
            if coded["sentences"]:
                yield coded


def _tell(review: Review) -> dict[str, Any]:
    return {
        "number": review.number, "claim_id": review.claim_id, "report_id": review.report_id, "verdict": review.verdict,
        "fix": dict(review.fix), "by": review.by, "when": review.when,
    }  # fmt: skip
