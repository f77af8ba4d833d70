"""``dragoman compare``: two sets side by side, in words, as JSON, or as a table of cells with the ids that open them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from dragoman.archive.imported_acts import count_left_out, iterate_acts
from dragoman.archive.parties import find_state_codes
from dragoman.cli.ending import DONE
from dragoman.cli.output import open_output
from dragoman.domain import Act, Unit
from dragoman.errors import ArchiveError
from dragoman.interchange.tables import find_cell, write_cells, write_header
from dragoman.relations.comparing import Agreement, Cell, Comparison, compare_sets, find_by

if TYPE_CHECKING:
    from dragoman.archive import Archive

CODED = "coded"
"""The archive's own events, as a set."""
_COLUMNS = (
    "by",
    "kind",
    "period",
    "actor",
    "recipient",
    "found_by",
    "first_count",
    "second_count",
    "first_ids",
    "second_ids",
)
Form = Literal["words", "json", "csv"]
_IDS = 3
"""Ids told of a cell in words."""


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How two sets are compared, and told."""

    unit: str = "month"
    days: Mapping[str, str] = field(default_factory=dict)
    """``since`` and ``until``: days, months or years."""
    all_parties: bool = False
    domestic: bool = False
    limit: int = 5
    form: Form = "words"
    path: Path | None = None


def choose_form(path: Path | None, *, as_json: bool, as_csv: bool) -> Form:
    """The form that was asked for, else the one that the file's suffix says, else words."""
    if as_json or as_csv:
        return "json" if as_json else "csv"
    suffixes: Mapping[str, Form] = {".json": "json", ".csv": "csv"}
    return suffixes.get(path.suffix.lower(), "words") if path else "words"


def compare_two(archive: Archive, first: str, second: str, options: CompareOptions) -> int:
    """Compare and tell.

    Raises:
        ArchiveError: There is no such set or unit, or the two are one.
    """
    if first == second:
        raise ArchiveError(f"{first!r} is compared with itself; name another set. 'dragoman sets' lists them")
    if options.unit not in get_args(Unit):
        raise ArchiveError(f"{options.unit!r} is no unit; expected one of {', '.join(get_args(Unit))}")
    found = compare_sets(
        (first, _find_acts(archive, first, options.days)),
        (second, _find_acts(archive, second, options.days)),
        cast(Unit, options.unit),
        among=None if options.all_parties else find_state_codes(),
        domestic=options.domestic,
    )
    without = {name: count_left_out(archive.engine, name) for name in (first, second) if name != CODED}
    with open_output(options.path) as stream:
        for piece in _tell(found, without, options):
            stream.write(piece)
    return DONE


def _find_acts(archive: Archive, name: str, days: Mapping[str, str]) -> Sequence[Act]:
    if name == CODED:
        return archive.events(**days).acts()
    return list(iterate_acts(archive.engine, name, **days))


def _tell(found: Comparison, without: Mapping[str, Mapping[str, int]], options: CompareOptions) -> Iterator[str]:
    if options.form == "json":
        cells = [{"by": find_by(cell), "found_by": cell.found_by, **asdict(cell)} for cell in found.cells]
        record = {**asdict(found), "cells": cells, "rows_without_act": without}
        yield json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    elif options.form == "csv":
        yield write_header(_COLUMNS, "csv")
        for cell in found.cells:
            yield write_cells([find_cell(value) for value in _make_row(cell)], "csv")
    else:
        yield from (line + "\n" for line in _say(found, without, options.limit))


def _make_row(cell: Cell) -> Sequence[Any]:
    return (
        find_by(cell), cell.kind, cell.period, cell.actor, cell.recipient, cell.found_by, len(cell.first),
        len(cell.second), cell.first, cell.second,
    )  # fmt: skip


def _say(found: Comparison, without: Mapping[str, Mapping[str, int]], limit: int) -> Iterator[str]:
    for name in (found.first, found.second):
        left = {**without.get(name, {}), **found.left_out.get(name, {})}
        if left:
            yield f"{name}: not compared: " + ", ".join(f"{why} {count:,}" for why, count in left.items())
    if found.since is None:
        yield f"{found.first} and {found.second} have no {found.unit} in common: nothing to compare"
        return
    yield f"compared {found.since} to {found.until}, the {found.unit}s that both cover"
    yield f"  {'':<22} {'both':>6} {'A only':>7} {'B only':>7} {'of A':>6} {'of B':>6} {'rank cells':>11} {'rank pairs':>11}"
    for each in found.agreements:
        yield _say_agreement(each)
    yield f"A is {found.first}, B {found.second}; of A: share of A's cells (a pair in a {found.unit}) that B has too;"
    yield "rank: Spearman's correlation of counts. Agreement is no accuracy: both can be wrong, or one have read more."
    for which, name in (("first", found.first), ("second", found.second)):
        yield from _say_alone(found, which, name, limit)


def _say_agreement(each: Agreement) -> str:
    shares = (_percent(each.share_of_first), _percent(each.share_of_second))
    ranks = ("–" if value is None else f"{value:.2f}" for value in (each.rank_cells, each.rank_pairs))
    counts = f"{each.both:>6,} {each.only_first:>7,} {each.only_second:>7,}"
    return f"  {each.kind:<22} {counts} {shares[0]:>6} {shares[1]:>6} " + " ".join(f"{rank:>11}" for rank in ranks)


def _say_alone(found: Comparison, which: str, name: str, limit: int) -> Iterator[str]:
    """The largest cells that only one set has, with ids to open."""
    alone = [cell for cell in found.cells if find_by(cell) == "all" and cell.found_by == which]
    ranked = sorted(alone, key=lambda c: (-len(c.first) - len(c.second), c.period, c.actor, c.recipient))[:limit]
    if ranked:
        yield f"only {name} (the largest; --csv has all):"
    for cell in ranked:
        ids = cell.first or cell.second
        more = f" and {len(ids) - _IDS} more" if len(ids) > _IDS else ""
        yield f"  {cell.period} {cell.actor} > {cell.recipient}: {len(ids):,} ({', '.join(ids[:_IDS])}{more})"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
