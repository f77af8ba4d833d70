"""``dragoman show`` and ``explain``: one claim or report, by its id or the beginning of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from dragoman.cli.ending import DONE
from dragoman.cli.output import open_output
from dragoman.cli.rows import RowOptions, write_rows
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from dragoman.archive import Archive


def show_one(archive: Archive, name: str, options: RowOptions) -> int:
    """A claim in plain words with its sentence, report and outlets; or a report with its claims."""
    kind, id = archive.find_id(name)
    if options.format != "table":
        query = archive.claims(claim=id) if kind == "claim" else archive.reports(report=id)
        write_rows(query.rows(), query.columns, options)
        return DONE
    from dragoman.cli import archive_view

    with open_output(options.path) as stream:
        show = archive_view.show_one_claim if kind == "claim" else archive_view.show_one_report
        show(archive, id, stream)
    return DONE


def explain_one(archive: Archive, name: str, options: RowOptions) -> int:
    """Why a claim is as it is, what made it, and how to make it again."""
    kind, id = archive.find_id(name)
    if kind != "claim":
        raise ArchiveError(f"{id} is a report; 'dragoman show {id}' lists its claims, each of which can be explained")
    if options.format != "table":
        claim = archive.get_claim(id)
        record = {"claim_id": id, "report_id": claim.report_id, "why": list(claim.why), **asdict(claim.maker)}
        write_rows([record], list(record), options)
        return DONE
    from dragoman.cli.archive_view import explain_claim

    with open_output(options.path) as stream:
        explain_claim(archive, id, stream)
    return DONE
