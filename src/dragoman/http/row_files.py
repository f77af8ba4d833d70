"""What is told of relations and what a search finds as files: a row an entry as CSV, and as JSON Lines. Each row names its
events or claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fastapi.responses import Response

from dragoman.http import formats

FORMS = ("json", "jsonl", "csv")
TIES = (
    "period", "actor", "recipient", "actor_name", "recipient_name", "weight", "coop", "conf", "net", "events", "reports",
    "outlets", "event_ids",
)  # fmt: skip
POINTS = (
    "period", "start", "coop", "conf", "net", "a_to_b_coop", "a_to_b_conf", "b_to_a_coop", "b_to_a_conf", "events",
    "reports", "outlets", "planned", "conditional", "denied", "historical", "read", "per_thousand", "by_quad", "by_type",
    "event_ids",
)  # fmt: skip
HITS = ("rank", "report_id", "title", "outlet", "date", "passage", "start", "end", "claim_ids")
Told = Mapping[str, Any]


def answer_rows(
    name: str, form: str, columns: Sequence[str], rows: Iterable[Told], lines: Iterable[Told], *, raw: bool = False
) -> Response:
    """A file called ``name``: as CSV ``rows`` under ``columns``, as JSON Lines ``lines``, which keep what they hold."""
    pieces = formats.write_csv(columns, rows, raw=raw) if form == "csv" else formats.write_lines(lines)
    return attach(b"".join(pieces), form, name)


def attach(body: bytes, form: str, name: str) -> Response:
    """A body as a file to be saved."""
    kept = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(body, media_type=formats.MEDIA[form], headers=kept)


def list_ties(networks: Iterable[Told]) -> Iterator[dict[str, Any]]:
    """The ties of networks as they are told, each with its period, which is ``None`` where it is the whole span."""
    return ({"period": network["period"], **tie} for network in networks for tie in network["ties"])


def make_tie_row(tie: Told) -> dict[str, Any]:
    """A tie of a period as cells."""
    return {**tie, **tie["counts"], "event_ids": tie["events"]}


def make_hit_row(hit: Told, rank: int) -> dict[str, Any]:
    """A report that was found as cells: its passage with the claims there; ``rank`` is 1 for the best."""
    (passage,) = hit["snippets"]
    return {**hit, "rank": rank, "passage": passage["text"], **{key: passage[key] for key in ("start", "end")},
            "claim_ids": passage["claims"]}  # fmt: skip


def make_point_row(point: Told) -> dict[str, Any]:
    """A period of a series as cells: both ways together, then each way."""
    ways = {f"{way}_{side}": point[way][side] for way in ("a_to_b", "b_to_a") for side in ("coop", "conf")}
    beside = {status: point["beside"].get(status, 0) for status in ("planned", "conditional", "denied", "historical")}
    told = {key: [f"{name} {n}" for name, n in point[key].items()] for key in ("by_quad", "by_type")}
    return {**point, **ways, **beside, **told, **point["counts"], "event_ids": point["events"]}
