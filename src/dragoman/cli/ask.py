"""``dragoman claims``, ``reports``, ``actors``, ``rejected``, ``search``, ``sql``, ``status``: what an archive answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dragoman.cli.ending import DONE
from dragoman.cli.output import open_output
from dragoman.cli.rows import Row, RowOptions, write_query, write_rows

if TYPE_CHECKING:
    from dragoman.archive import Archive, Hit

_SEARCH_COLUMNS = ("report_id", "title", "outlet", "date", "rank", "spans", "passage", "passage_start")


def show_claims(
    archive: Archive, filters: Mapping[str, Any], options: RowOptions, *, order: list[str], months: bool, count: bool
) -> int:
    """Claims, their months, or how many there are."""
    query = archive.claims(**filters)
    if count:
        counts = asdict(query.count())
        write_rows([counts], list(counts), options)
        return DONE
    if months:
        return write_query(query.months().order(*order), options, lambda row: row)
    return write_query(query.order(*order), options, _show_claim)


def show_reports(archive: Archive, filters: Mapping[str, Any], options: RowOptions) -> int:
    keys = ("date", "outlet", "title", "characters", "copy_of", "report_id")
    return write_query(archive.reports(**filters), options, lambda row: {key: row[key] for key in keys})


def show_rejected(archive: Archive, filters: Mapping[str, Any], options: RowOptions) -> int:
    keys = ("step", "reason", "detail", "report_id", "place")
    return write_query(archive.rejected(**filters), options, lambda row: {key: row[key] for key in keys})


def show_actors(archive: Archive, filters: Mapping[str, Any], options: RowOptions) -> int:
    return write_query(archive.actors(**filters), options, lambda row: row)


def show_hits(archive: Archive, words: str, filters: Mapping[str, Any], options: RowOptions, *, limit: int) -> int:
    """Reports that hold the words; in a terminal with the sentence and the words marked in it."""
    hits = archive.search(words, limit=limit, **filters)
    if options.format == "table":
        with open_output(options.path) as stream:
            from dragoman.cli.archive_view import show_hits as show

            show(hits, stream)
    else:
        write_rows([_hit_row(hit, options.format) for hit in hits], _SEARCH_COLUMNS, options)
    return DONE


def show_answer(archive: Archive, query: str, options: RowOptions, *, limit: int, seconds: float) -> int:
    """Rows of a question in SQL. That there are more is told on stderr."""
    answer = archive.sql(query, limit=limit, seconds=seconds)
    names = _unique(answer.columns)
    write_rows((dict(zip(names, row, strict=True)) for row in answer.rows), names, options)
    if answer.is_cut:
        print(f"the first {limit:,} rows; there are more: --limit N", file=sys.stderr)
    return DONE


def show_status(archive: Archive, options: RowOptions) -> int:
    status = archive.status()
    record = {**asdict(status), "path": str(status.path), "is_balanced": status.is_balanced}
    if options.format != "table":
        write_rows([record], list(record), options)
        return DONE
    with open_output(options.path) as stream:
        from dragoman.cli.archive_view import show_status as show

        show(status, stream)
    return DONE


def _show_claim(row: Row) -> Row:
    from dragoman.archive.rows import read_claim
    from dragoman.interchange.words import say_claim

    kind = f"{row['event_type']} ({row['mode']})" if row["mode"] else row["event_type"]
    return {
        "day": row["day"], "claim": say_claim(read_claim(row)), "type": kind, "status": row["status"],
        "claimant": row["claimant"], "outlet": row["outlet"], "sure": f"{row['confidence']:.2f}", "id": row["claim_id"],
    }  # fmt: skip


def _hit_row(hit: Hit, form: str) -> Row:
    spans = [[span.start, span.end] for span in hit.spans]
    flat = "; ".join(f"{start}-{end}" for start, end in spans)
    record: dict[str, Any] = asdict(hit)
    return {**record, "spans": spans if form in ("json", "jsonl") else flat}


def _unique(names: tuple[str, ...]) -> list[str]:
    """Column names, told apart where a question names two alike."""
    found: list[str] = []
    for name in names:
        count = sum(1 for each in found if each == name or each.startswith(f"{name}_"))
        found.append(f"{name}_{count + 1}" if name in found else name)
    return found
