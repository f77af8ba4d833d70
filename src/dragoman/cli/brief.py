"""``dragoman brief``, ``ledger``, ``commitments``, ``warnings``: relations in words and rows, each with its sentences."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from dragoman.archive.dossiers import make_dossier
from dragoman.archive.parties import find_listed_names
from dragoman.cli.ending import DONE
from dragoman.cli.output import open_output
from dragoman.cli.rows import SHOWN, Row, RowOptions, write_rows
from dragoman.domain import Brief, CommitmentKind, Dossier, Fate, ThreatKind
from dragoman.errors import ArchiveError
from dragoman.relations.brief import find_standing, write_brief
from dragoman.relations.brief_html import write_html
from dragoman.relations.brief_markdown import write_markdown
from dragoman.relations.brief_text import write_text
from dragoman.relations.commitments import find_commitments
from dragoman.relations.ledger import draw_ledger
from dragoman.relations.rows import (
    COMMITMENTS,
    TALLIES,
    THREATS,
    TRANSFERS,
    make_commitment_row,
    make_tally_row,
    make_threat_row,
    make_transfer_row,
)
from dragoman.relations.warnings import find_threats

if TYPE_CHECKING:
    from dragoman.archive import Archive

Filters = Mapping[str, Any]
Pair = tuple[str | None, str | None]
FORMS = ("text", "markdown", "html", "json")
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".json": "json"}

_WIDE = ("status", "what", "contested", "mutual", "type", "reports", "outlets", "texts", "why", "claim_ids", "rule", "later", "before",
         "confidence", "claimants")  # fmt: skip
"""Columns left out of a table in a terminal."""


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """All that ``dragoman brief`` can be told."""

    parties: tuple[str, ...]
    is_bloc: bool = False
    form: str | None = None
    output: Path | None = None


def show_brief(archive: Archive, filters: Filters, options: BriefOptions) -> int:
    """Write the brief to a file or the terminal."""
    form = options.form or _SUFFIXES.get(options.output.suffix.lower() if options.output else "", "text")
    if form not in FORMS:
        raise ArchiveError(f"format {form!r} can't be; there are {', '.join(FORMS)}")
    brief = make_brief(archive, options.parties, filters, is_bloc=options.is_bloc)
    writers = {"text": write_text, "markdown": write_markdown, "html": write_html, "json": _write_json}
    with open_output(options.output) as stream:
        stream.write(writers[form](brief))
    return DONE


def make_brief(archive: Archive, names: tuple[str, ...], filters: Filters, *, is_bloc: bool = False) -> Brief:
    """The brief of parties by code or name, from an archive's events.

    Raises:
        ArchiveError: Nobody is called so, or there are too many parties for a relation.
    """
    codes = tuple(dict.fromkeys(archive.directory.get_code(name) for name in names))
    if len(codes) != len(names) or (len(codes) > 2 and not is_bloc) or (is_bloc and len(codes) < 2):
        raise ArchiveError(
            f"a brief is of one party, of two different ones, or with --bloc of several; there are {', '.join(names)}"
        )
    given = _clean(filters)
    query = archive.events(either=list(codes), **given)
    is_pair = len(codes) == 2 and not is_bloc
    return write_brief(
        make_dossier(archive.engine, query), codes, since=given.get("since"), until=given.get("until"),
        standing=find_standing(query.acts(), codes[0], codes[1], archive.coverage("month")) if is_pair else None,
        snapshot=f"{archive.path.resolve().name}, snapshot {archive.snapshot.number}",
    )  # fmt: skip


def show_ledger(
    archive: Archive,
    pair: tuple[str, str | None],
    filters: Filters,
    options: RowOptions,
    *,
    tally: bool,
    plot: Path | None,
) -> int:
    """A row a transfer, or a row a direction and kind."""
    codes = _find_codes(archive, pair)
    found = draw_ledger(
        _find_dossier(archive, codes, filters), *codes, since=filters.get("since"), until=filters.get("until")
    )
    if plot is not None:
        from dragoman.relations.picture import write_picture
        from dragoman.relations.plots import draw_ledger as draw

        write_picture(draw(found, find_listed_names()), plot)
    if tally:
        _write([make_tally_row(each) for each in found.tallies], TALLIES, options)
    else:
        _write([make_transfer_row(each) for each in found.transfers], TRANSFERS, options)
    return DONE


def show_commitments(
    archive: Archive, pair: Pair, filters: Filters, options: RowOptions, *, kinds: Sequence[str], fates: Sequence[str]
) -> int:
    """A row a commitment."""
    _check("kind", kinds, get_args(CommitmentKind))
    _check("fate", fates, get_args(Fate))
    codes = _find_codes(archive, pair)
    rows = [
        make_commitment_row(c)
        for c in find_commitments(_find_dossier(archive, codes, filters))
        if (not kinds or c.kind in kinds) and (not fates or c.fate in fates)
    ]
    _write(rows, COMMITMENTS, options)
    return DONE


def show_warnings(archive: Archive, pair: Pair, filters: Filters, options: RowOptions, *, kinds: Sequence[str]) -> int:
    """A row a threat or demand."""
    _check("kind", kinds, get_args(ThreatKind))
    codes = _find_codes(archive, pair)
    found = find_threats(_find_dossier(archive, codes, filters))
    _write([make_threat_row(t) for t in found if not kinds or t.kind in kinds], THREATS, options)
    return DONE


def _find_codes(archive: Archive, pair: Pair) -> tuple[str, ...]:
    return tuple(archive.directory.get_code(name) for name in pair if name is not None)


def _find_dossier(archive: Archive, codes: Sequence[str], filters: Filters) -> Dossier:
    """Events of no, one or two parties. Later events decide on commitments and threats, so ``until`` ends both."""
    asked: dict[str, Any] = {"dyad": [",".join(codes)]} if len(codes) == 2 else {"either": list(codes)} if codes else {}
    return make_dossier(archive.engine, archive.events(**asked, **_clean(filters)))


def _clean(filters: Filters) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value is not None}


def _check(name: str, values: Sequence[str], known: Sequence[str]) -> None:
    for value in values:
        if value not in known:
            raise ArchiveError(f"no {name} {value!r}; there are {', '.join(known)}")


def _write(rows: Sequence[Row], columns: Sequence[str], options: RowOptions) -> None:
    """Rows, the newest last; in a terminal the newest of them with the sentence cut."""
    limit = SHOWN if options.limit is None and options.format == "table" else options.limit
    kept = rows if limit is None else rows[-limit:] if limit else []
    write_rows(kept, columns, options, lambda row: _show(row, columns))
    if options.format == "table" and len(kept) < len(rows):
        print(
            f"the newest {len(kept)} of {len(rows):,} rows; --limit N shows more, -o FILE.csv writes all",
            file=sys.stderr,
        )


def _show(row: Row, columns: Sequence[str]) -> Row:
    """The cells of a terminal's table: one sentence, no list brackets."""
    return {name: _cell(row[name][:1] if name == "evidence" else row[name]) for name in columns if name not in _WIDE}


def _cell(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _write_json(brief: Brief) -> str:
    return json.dumps(asdict(brief), ensure_ascii=False, indent=2) + "\n"
