"""What can be asked about relations: two parties through time, and who stands how to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.archive import Archive
from dragoman.archive.act_queries import find_acts
from dragoman.archive.parties import find_listed_names, find_state_codes
from dragoman.domain import Act, Level, Point, Tie, Unit
from dragoman.errors import ArchiveError
from dragoman.mcp.limits import LONGEST_SERIES, REACH, find_place, tell_ids, tell_more
from dragoman.mcp.telling import Told, tell_counts
from dragoman.relations.levels import find_level
from dragoman.relations.network import find_ego, make_network
from dragoman.relations.periods import find_periods, get_period
from dragoman.relations.series import count_acts, is_counted, make_series, select_between, sum_intensity

_COUNTED = "Events that occurred or are ongoing, each once; planned, conditional, denied and historical ones are never added in."


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesAsked:
    """Which series of which dyad."""

    first: str
    second: str
    unit: Unit
    directed: bool
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAsked:
    """Which ties: among states or all, around one party or all, of which days, of so many events at least."""

    of: str | None
    among_states: bool
    least: int
    since: str | None
    until: str | None


def tell_series(archive: Archive, asked: SeriesAsked, limit: int, cursor: str | None) -> Told:
    """Cooperation and conflict of two parties by period, with the level of their relation."""
    first, second = archive.directory.get_code(asked.first), archive.directory.get_code(asked.second)
    if first == second:
        raise ArchiveError(f"both are counted under {first}; expected two parties")
    days = {"since": asked.since, "until": asked.until}
    acts = archive.events(dyad=f"{first},{second}", **days).acts()
    _check_length(acts, asked.unit)
    series = make_series(
        acts, first, second, unit=asked.unit, directed=asked.directed, coverage=archive.coverage(asked.unit)
    )
    place = find_place(archive.snapshot.number, {"dyad_series": repr(asked)}, cursor)
    page = series.points[place.start : min(place.start + limit, REACH)]
    own = select_between(acts, first, second, directed=asked.directed)
    beside = _find_beside(own, asked.unit)
    return {
        **{"a": first, "a_name": _name(first), "b": second, "b_name": _name(second), "unit": asked.unit},
        "directed": asked.directed, **_sum([act for act in own if is_counted(act)]), "counted": _COUNTED,
        "level": _tell_level(find_level(acts, first, second)),
        "points": [_tell_point(point, beside.get(point.period, ())) for point in page],
        **tell_more(place, len(page), len(series.points), "periods"),
    }  # fmt: skip


def tell_network(archive: Archive, asked: NetworkAsked, limit: int, cursor: str | None) -> Told:
    """Ties between parties, those of most events first."""
    query = archive.events(**{"since": asked.since, "until": asked.until})
    acts = find_acts(archive.engine, query.find_where(), with_reports=False)
    states = find_state_codes()
    chosen = [act for act in acts if not asked.among_states or (act.actor in states and act.recipient in states)]
    network = make_network(chosen, least=asked.least)
    code = archive.directory.get_code(asked.of) if asked.of else None
    if code is not None:
        network = find_ego(network, code)
    ties = sorted(network.ties, key=lambda tie: (-len(tie.events), tie.first, tie.second))
    place = find_place(archive.snapshot.number, {"network": repr(asked)}, cursor)
    page = ties[place.start : min(place.start + limit, REACH)]
    return {
        "of": code, "parties": "states" if asked.among_states else "all", "least": asked.least,
        "count": {"nodes": len(network.nodes), "ties": len(ties)}, "counted": _COUNTED,
        "ties": [_tell_tie(tie) for tie in page], **tell_more(place, len(page), len(ties), "ties"),
    }  # fmt: skip


def _check_length(acts: Sequence[Act], unit: Unit) -> None:
    days = [act.day for act in acts]
    if days and len(find_periods(min(days), max(days), unit)) > LONGEST_SERIES:
        raise ArchiveError(f"the series has more than {LONGEST_SERIES} periods: take a longer unit or fewer days")


def _sum(acts: Sequence[Act]) -> Told:
    coop, conf = sum_intensity(acts)
    return {
        "counts": tell_counts(count_acts(acts)), "coop": round(coop, 3), "conf": round(conf, 3),
        "net": round(coop - conf, 3), **tell_ids([act.event_id for act in acts]),
    }  # fmt: skip


def _find_beside(acts: Sequence[Act], unit: Unit) -> dict[str, list[str]]:
    """Period → ids of the events that aren't counted in it."""
    found: dict[str, list[str]] = {}
    for act in acts:
        if not is_counted(act):
            found.setdefault(get_period(act.day, unit), []).append(act.event_id)
    return found


def _tell_point(point: Point, beside: Sequence[str]) -> Told:
    return {
        "period": point.period, "coop": point.cooperation, "conf": point.conflict, "net": round(point.net, 3),
        "by_quad": dict(point.by_quad), "counts": tell_counts(point.counts), "reports_read": point.read,
        **tell_ids(point.events), "beside": {"by_status": dict(point.beside), **tell_ids(beside)},
    }  # fmt: skip


def _tell_level(level: Level) -> Told:
    return {
        "word": level.word, "why": level.why, "since": level.since, "until": level.until, "mean": level.mean,
        "counts": tell_counts(level.counts), **tell_ids(level.events),
    }  # fmt: skip


def _tell_tie(tie: Tie) -> Told:
    return {
        "a": tie.first, "a_name": _name(tie.first), "b": tie.second, "b_name": _name(tie.second),
        "coop": tie.cooperation, "conf": tie.conflict, "net": round(tie.cooperation - tie.conflict, 3),
        "weight": tie.weight, "events": len(tie.events), **tell_ids(tie.events),
    }  # fmt: skip


def _name(code: str) -> Any:
    """A listed party's name, of the roster and so of no report."""
    return find_listed_names().get(code)
