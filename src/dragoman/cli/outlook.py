"""``dragoman next``, ``panel``, ``triads``: what may come, panels, balance, as rows that name their events."""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from dragoman.archive.parties import find_listed_names
from dragoman.cli.ending import DONE
from dragoman.cli.relations import Filters, among_states, choose_unit, find_acts
from dragoman.cli.rows import Row, RowOptions, write_rows
from dragoman.domain import Act, EventType, Network, PanelRow, Triad, Unit
from dragoman.errors import ArchiveError, DragomanError
from dragoman.relations.balance import count_triads, find_flips, find_shared_rivals, find_triads
from dragoman.relations.forecast import make_outlook, rank_candidates
from dragoman.relations.network import make_networks
from dragoman.relations.panel import QUADS, to_panel
from dragoman.relations.periods import find_last_day, get_start
from dragoman.relations.series import is_counted

if TYPE_CHECKING:
    from dragoman.archive import Archive

_NEXT = ("kind", "mean", "low", "high", "chance", "weight", "seen", "event_ids")
_WHOM = ("party", "name", "share", "seen", "event_ids")
_PANEL = (
    "period", "start", "first", "second", "first_cow", "second_cow", "first_gw", "second_gw", "events", "reports", "outlets",
    "cooperation", "conflict", "net", *(quad.replace(" ", "_") for quad in QUADS), "event_ids",
)  # fmt: skip
_TRIADS = ("period", "first", "second", "third", "signs", "balanced", "strength", "event_ids")
_FLIPS = ("period", "first", "second", "third", "signs_before", "signs", "balanced", "turned", "event_ids")
_RIVALS = ("period", "rival", "with_first", "with_second", "event_ids")
_TYPES = {
    **dict.fromkeys(("period", "first", "second"), "VARCHAR"), "start": "DATE", "event_ids": "VARCHAR[]",
    **dict.fromkeys(("cooperation", "conflict", "net"), "DOUBLE"),
}  # fmt: skip
"""Types of a panel's columns in Parquet; the rest are whole numbers."""
_WHOM_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PanelOptions:
    unit: str
    directed: bool
    fill_zero: bool
    states: str | None


@dataclass(frozen=True, slots=True)
class TriadOptions:
    of: tuple[str, ...]
    flips: bool
    rivals: bool
    unit: str
    least: int
    all_parties: bool


def show_next(archive: Archive, pair: tuple[str, str], filters: Filters, options: RowOptions, *, days: int) -> int:
    """A row for all acts, then one a type."""
    first, second = (archive.directory.get_code(name) for name in pair)
    found = make_outlook(find_acts(archive, filters), first, second, days=days, coverage=archive.coverage("day"))
    told = (
        f"{first} to {second}, {days} days of reading after {found.until}; acts count half after {found.half_life} days"
    )
    print(f"{told}. The rule takes what was told to go on; it knows no causes.", file=sys.stderr)
    rows = (
        {
            "kind": one.kind, "mean": one.mean, "low": one.low, "high": one.high, "chance": one.chance, "weight": one.weight,
            "seen": one.seen, "event_ids": list(one.events),
        }
        for one in (found.total, *found.types)[: options.limit]
    )  # fmt: skip
    _write(rows, _NEXT, options)
    return DONE


def show_candidates(
    archive: Archive, who: str, filters: Filters, options: RowOptions, *, event_type: str | None
) -> int:
    """A row a party."""
    kind = event_type.upper() if event_type else None
    if kind is not None and kind not in get_args(EventType):
        raise ArchiveError(f"type {event_type!r} can't be; there are {', '.join(get_args(EventType))}")
    code, names = archive.directory.get_code(who), find_listed_names()
    most = _WHOM_SHOWN if options.limit is None else options.limit
    found = rank_candidates(find_acts(archive, filters), code, event_type=kind, most=most)
    rows = (
        {
            "party": one.code, "name": names.get(one.code, one.code), "share": one.share, "seen": one.seen,
            "event_ids": list(one.events),
        }
        for one in found
    )  # fmt: skip
    _write(rows, _WHOM, options)
    return DONE


def show_panel(archive: Archive, filters: Filters, options: RowOptions, asked: PanelOptions) -> int:
    """A row a pair and period."""
    states = None
    if asked.states is not None:
        states = [archive.directory.get_code(name.strip()) for name in asked.states.split(",") if name.strip()]
    acts = [act for act in find_acts(archive, filters) if is_counted(act)]
    if filters.get("since") is None and asked.fill_zero and acts:
        print(
            f"from {min(act.day for act in acts)} on, the day of the oldest act; --since DAY begins later",
            file=sys.stderr,
        )
    rows = to_panel(
        acts,
        asked.unit,  # type: ignore[arg-type]
        fill_zero=asked.fill_zero,
        directed=asked.directed,
        states=states,
        since=_find_day(filters.get("since"), is_last=False),
        until=_find_day(filters.get("until"), is_last=True),
    )
    made = (_make_panel_row(row) for row in rows)
    if options.parquet is not None:
        _write_parquet(made, options.parquet)
    else:
        _write(made, _PANEL, options)
    return DONE


def show_triads(archive: Archive, filters: Filters, options: RowOptions, asked: TriadOptions) -> int:
    """A row a triad, flip or rival of a period; counts of triads go to stderr."""
    acts = among_states(find_acts(archive, filters), asked.all_parties)
    codes = tuple(archive.directory.get_code(name) for name in asked.of)
    networks = make_networks(acts, choose_unit(asked.unit), least=asked.least)
    if asked.rivals:
        _write(_tell_rivals(networks, codes), _RIVALS, options)
    elif asked.flips:
        _write(_tell_flips(networks, acts, codes), _FLIPS, options)
    else:
        _write(_tell_triads(networks, codes), _TRIADS, options)
    return DONE


def _tell_triads(networks: Iterable[Network], codes: Sequence[str]) -> Iterator[Row]:
    for network in networks:
        found = [triad for triad in find_triads(network) if set(codes) <= set(triad.members)]
        counts = ", ".join(f"{name} {count}" for name, count in count_triads(found).items())
        print(f"{network.period}: {len(found)} triads: {counts}", file=sys.stderr)
        for triad in found:
            yield _name(triad) | {
                "signs": _tell_signs(triad), "balanced": triad.balanced, "strength": triad.strength,
                "event_ids": list(triad.events),
            }  # fmt: skip


def _tell_flips(networks: Sequence[Network], acts: Sequence[Act], codes: Sequence[str]) -> Iterator[Row]:
    for before, now in itertools.pairwise(networks):
        for flip in find_flips(before, now, acts):
            if set(codes) <= set(flip.now.members):
                yield _name(flip.now) | {
                    "signs_before": _tell_signs(flip.before), "signs": _tell_signs(flip.now), "balanced": flip.now.balanced,
                    "turned": [f"{first}–{second}" for first, second in flip.turned], "event_ids": list(flip.events),
                }  # fmt: skip


def _tell_rivals(networks: Iterable[Network], codes: Sequence[str]) -> Iterator[Row]:
    for network in networks:
        for rival in find_shared_rivals(network, *codes):
            yield {
                "period": network.period, "rival": rival.code, "with_first": rival.with_first, "with_second": rival.with_second,
                "event_ids": list(rival.events),
            }  # fmt: skip


def _name(triad: Triad) -> dict[str, object]:
    return {"period": triad.period, **dict(zip(("first", "second", "third"), triad.members, strict=True))}


def _tell_signs(triad: Triad) -> str:
    """``+-+``: of first and second, first and third, second and third."""
    return "".join("+" if sign > 0 else "-" for sign in triad.signs)


def _make_panel_row(row: PanelRow) -> Row:
    return {
        "period": row.period, "start": row.start, "first": row.first, "second": row.second, "first_cow": row.first_cow,
        "second_cow": row.second_cow, "first_gw": row.first_gw, "second_gw": row.second_gw, "events": row.events,
        "reports": row.reports, "outlets": row.outlets, "cooperation": row.cooperation, "conflict": row.conflict, "net": row.net,
        **{quad.replace(" ", "_"): row.by_quad[quad] for quad in QUADS}, "event_ids": list(row.event_ids),
    }  # fmt: skip


def _find_day(words: object, *, is_last: bool) -> str | None:
    """The first or last day of a day, month or year: the span of a panel, events or none. The archive has checked it."""
    if words is None:
        return None
    text = str(words)
    unit: Unit = {4: "year", 7: "month"}.get(len(text), "day")  # type: ignore[assignment]
    return find_last_day(text, unit) if is_last else get_start(text, unit)


def _write_parquet(rows: Iterable[Row], path: Path) -> None:
    """Through a file of lines: a panel of the world is too large to hold."""
    import duckdb

    if not path.parent.is_dir():
        raise DragomanError(f"{path}: can't be written. Name a folder that is there.")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        lines, new = Path(folder) / "panel.jsonl", Path(folder) / "panel.parquet"
        write_rows(rows, _PANEL, RowOptions("jsonl", lines))
        with duckdb.connect() as engine:
            columns = {name: _TYPES.get(name, "INTEGER") for name in _PANEL}
            engine.read_json(str(lines), format="newline_delimited", columns=columns).write_parquet(
                str(new), compression="zstd"
            )
        new.replace(path)


def _write(rows: Iterable[Row], columns: Sequence[str], options: RowOptions) -> None:
    shown = [name for name in columns if name != "event_ids"]
    write_rows(rows, columns, options, lambda row: {name: row[name] for name in shown})
