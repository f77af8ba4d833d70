"""``dragoman dyads``, ``series``, ``changes``, ``network``, ``blocs``: relations as rows, every row with its events."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from dragoman.archive.parties import find_listed_names, find_state_codes
from dragoman.cli.ending import DONE
from dragoman.cli.rows import Row, RowOptions, write_rows
from dragoman.domain import Act, ChangePoint, Unit
from dragoman.errors import ArchiveError
from dragoman.relations.blocs import find_blocs
from dragoman.relations.changes import find_changes, find_movers
from dragoman.relations.levels import find_level
from dragoman.relations.network import find_ego, make_networks
from dragoman.relations.rows import MEMBERS, make_member_rows
from dragoman.relations.series import count_acts, find_dyads, is_counted, make_series, sum_intensity

if TYPE_CHECKING:
    from dragoman.archive import Archive

Filters = Mapping[str, Any]

_DYADS = (
    "first",
    "second",
    "events",
    "reports",
    "outlets",
    "cooperation",
    "conflict",
    "net",
    "level",
    "why",
    "first_day",
    "last_day",
)
_POINTS = (
    "period", "start", "cooperation", "conflict", "net", "events", "reports", "outlets", "planned", "denied", "other",
    "read", "per_thousand", "by_quad", "by_type", "event_ids",
)  # fmt: skip
_CHANGES = (
    "period", "words", "cooperation_before", "cooperation_after", "conflict_before", "conflict_after", "gain", "event_ids",
)  # fmt: skip
_MOVERS = ("first", "second", "before", "now", "change", "new_types", "event_ids")
_TIES = ("period", "first", "second", "weight", "cooperation", "conflict", "events", "event_ids")
_WIDE = ("event_ids", "by_quad", "by_type", "why")
"""Columns left out of a table in a terminal."""


def show_dyads(archive: Archive, filters: Filters, options: RowOptions, *, all_parties: bool) -> int:
    """A row a pair, the most events first."""
    acts = [act for act in find_acts(archive, filters) if is_counted(act)]
    pairs = find_dyads(among_states(acts, all_parties))
    chosen = sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0]))[: options.limit]
    _write((_make_dyad_row(first, second, own) for (first, second), own in chosen), _DYADS, options)
    return DONE


def show_series(
    archive: Archive,
    pair: tuple[str, str],
    filters: Filters,
    options: RowOptions,
    *,
    unit: str,
    directed: bool,
    plot: Path | None = None,
) -> int:
    """A row a period."""
    first, second = (archive.directory.get_code(name) for name in pair)
    chosen = choose_unit(unit)
    acts = find_acts(archive, {**filters, "dyad": [f"{first},{second}"]})
    found = make_series(acts, first, second, unit=chosen, directed=directed, coverage=archive.coverage(chosen))
    if not found.points:
        print(f"no event between {first} and {second} is told", file=sys.stderr)
    if plot is not None:
        from dragoman.relations.picture import write_picture
        from dragoman.relations.plots import draw_series

        write_picture(draw_series(found, find_listed_names(), find_changes(found, acts)), plot)
    rows = (
        {
            "period": point.period, "start": point.start, "cooperation": point.cooperation, "conflict": point.conflict,
            "net": round(point.net, 3), **asdict(point.counts), "planned": point.beside.get("planned", 0),
            "denied": point.beside.get("denied", 0),
            "other": sum(n for status, n in point.beside.items() if status not in ("planned", "denied")),
            "read": point.read, "per_thousand": None if point.per_thousand is None else round(point.per_thousand, 2),
            "by_quad": _tell(point.by_quad), "by_type": _tell(point.by_type), "event_ids": list(point.events),
        }
        for point in found.points
    )  # fmt: skip
    _write(rows, _POINTS, options)
    return DONE


def show_changes(archive: Archive, pair: tuple[str, str], filters: Filters, options: RowOptions, *, unit: str) -> int:
    """A row a change point."""
    first, second = (archive.directory.get_code(name) for name in pair)
    chosen = choose_unit(unit)
    acts = find_acts(archive, {**filters, "dyad": [f"{first},{second}"]})
    found = make_series(acts, first, second, unit=chosen, coverage=archive.coverage(chosen))
    _write((_make_change_row(change) for change in find_changes(found, acts)), _CHANGES, options)
    return DONE


def show_movers(archive: Archive, filters: Filters, options: RowOptions, *, all_parties: bool) -> int:
    """A row a pair whose events since a day differ most from as long a time before."""
    since = _find_first_day(str(filters["since"]))
    rest = {name: value for name, value in filters.items() if name != "since"}
    acts = among_states(find_acts(archive, rest), all_parties)
    until = max((act.day for act in acts if is_counted(act)), default=since)
    rows = (
        {
            "first": mover.first, "second": mover.second, "before": mover.before, "now": mover.now,
            "change": round(mover.now - mover.before, 3), "new_types": list(mover.new_types), "event_ids": list(mover.events),
        }
        for mover in find_movers(acts, since, max(since, until))
    )  # fmt: skip
    _write(rows, _MOVERS, options)
    return DONE


def show_network(
    archive: Archive, filters: Filters, options: RowOptions, *, of: str | None, unit: str, least: int, all_parties: bool
) -> int:
    """A row a tie of a period."""
    acts = among_states(find_acts(archive, filters), all_parties)
    networks = make_networks(acts, choose_unit(unit), least=least)
    if of is not None:
        code = archive.directory.get_code(of)
        networks = [find_ego(network, code) for network in networks if code in network.nodes]
    rows = (
        {
            "period": network.period, "first": tie.first, "second": tie.second, "weight": tie.weight,
            "cooperation": tie.cooperation, "conflict": tie.conflict, "events": len(tie.events), "event_ids": list(tie.events),
        }
        for network in networks
        for tie in sorted(network.ties, key=lambda tie: (-abs(tie.weight), tie.first, tie.second))
    )  # fmt: skip
    _write(rows, _TIES, options)
    return DONE


def show_blocs(
    archive: Archive,
    filters: Filters,
    options: RowOptions,
    *,
    unit: str,
    least: int,
    all_parties: bool,
    plot: Path | None = None,
) -> int:
    """A row a member of a bloc of a period."""
    acts = among_states(find_acts(archive, filters), all_parties)
    names = find_listed_names()
    periods = find_blocs(acts, choose_unit(unit), least=least)
    if plot is not None:
        from dragoman.relations.picture import write_picture
        from dragoman.relations.plot_blocs import draw_blocs

        write_picture(draw_blocs(periods, names), plot)
    networks = make_networks(acts, choose_unit(unit), least=least)
    _write(make_member_rows(periods, networks, names), MEMBERS, options)
    return DONE


def find_acts(archive: Archive, filters: Filters) -> list[Act]:
    """The acts of the events that are asked for."""
    return archive.events(**{name: value for name, value in filters.items() if value is not None}).acts()


def among_states(acts: Iterable[Act], all_parties: bool) -> list[Act]:
    """Acts between states, or all."""
    states = find_state_codes()
    return [act for act in acts if all_parties or (act.actor in states and act.recipient in states)]


def choose_unit(unit: str) -> Unit:
    """The unit, or an error that names those there are."""
    if unit not in get_args(Unit):
        raise ArchiveError(f"unit {unit!r} can't be; there are {', '.join(get_args(Unit))}")
    return unit  # type: ignore[return-value]


def _find_first_day(words: str) -> str:
    try:
        return dt.date.fromisoformat((words + "-01-01")[:10] if len(words) == 4 else (words + "-01")[:10]).isoformat()
    except ValueError as error:
        raise ArchiveError(f"since {words!r} is no day; expected YYYY, YYYY-MM or YYYY-MM-DD") from error


def _make_dyad_row(first: str, second: str, acts: Sequence[Act]) -> Row:
    cooperation, conflict = sum_intensity(acts)
    level = find_level(acts, first, second)
    return {
        "first": first, "second": second, **asdict(count_acts(acts)), "cooperation": round(cooperation, 3),
        "conflict": round(conflict, 3), "net": round(cooperation - conflict, 3), "level": level.word, "why": level.why,
        "first_day": min(act.day for act in acts), "last_day": max(act.day for act in acts),
    }  # fmt: skip


def _make_change_row(change: ChangePoint) -> Row:
    return {
        "period": change.period, "words": change.words, "cooperation_before": change.before.cooperation,
        "cooperation_after": change.after.cooperation, "conflict_before": change.before.conflict,
        "conflict_after": change.after.conflict, "gain": change.gain, "event_ids": list(change.events),
    }  # fmt: skip


def _tell(counts: Mapping[str, int]) -> list[str]:
    return [f"{name} {count}" for name, count in counts.items()]


def _write(rows: Iterable[Row], columns: Sequence[str], options: RowOptions) -> None:
    write_rows(rows, columns, options, lambda row: {name: row[name] for name in columns if name not in _WIDE})
