"""Series, levels, changes, networks and blocs in the shapes of the API. Each names its events."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from typing import Any

from dragoman.domain import Act, Blocs, ChangePoint, Counts, Level, Network, Point, Series, Stretch, ThirdParty
from dragoman.http.names import name_code
from dragoman.relations.series import count_acts


def tell_counts(counts: Counts) -> dict[str, int]:
    return {"events": counts.events, "reports": counts.reports, "outlets": counts.outlets}


def tell_level(level: Level) -> dict[str, Any]:
    """The word, the rule that held, and the window it held in."""
    return {
        "word": level.word, "why": level.why, "since": level.since, "until": level.until, "counts": tell_counts(level.counts),
        "mean": level.mean, "material_conflict": level.material_conflict, "events": list(level.events),
    }  # fmt: skip


def tell_series(both: Series, there: Series, back: Series) -> dict[str, Any]:
    """A series both ways, with each way beside it."""
    ways = [{point.period: point for point in series.points} for series in (there, back)]
    return {
        "unit": both.unit,
        "points": [
            {
                "period": point.period, "start": point.start, **_tell_scores(point), "net": round(point.net, 3),
                "a_to_b": _tell_way(ways[0].get(point.period)), "b_to_a": _tell_way(ways[1].get(point.period)),
                "by_quad": dict(point.by_quad), "by_type": dict(point.by_type), "beside": dict(point.beside),
                "counts": tell_counts(point.counts), "read": point.read,
                "per_thousand": None if point.per_thousand is None else round(point.per_thousand, 2),
                "events": list(point.events),
            }
            for point in both.points
        ],
    }  # fmt: skip


def tell_change(change: ChangePoint) -> dict[str, Any]:
    """From when a relation was another, and how it was before and after."""
    return {
        "period": change.period, "start": change.start, "words": change.words, "before": _tell_stretch(change.before),
        "after": _tell_stretch(change.after), "gain": change.gain, "events": list(change.events),
    }  # fmt: skip


def tell_third_party(party: ThirdParty) -> dict[str, Any]:
    return {
        "code": party.code, "name": name_code(party.code), "with_a": party.with_first, "with_b": party.with_second,
        "events": list(party.events),
    }  # fmt: skip


def tell_network(network: Network, acts: Iterable[Act]) -> dict[str, Any]:
    """Nodes and signed ties of one period. Ties are both ways taken together; ``acts`` tell their reports and outlets."""
    of_event = {act.event_id: act for act in acts}
    events: Tally[str] = Tally()
    for tie in network.ties:
        events.update({tie.first: len(tie.events), tie.second: len(tie.events)})
    return {
        "period": network.period or None,
        "nodes": [{"code": code, "name": name_code(code), "events": events[code]} for code in network.nodes],
        "ties": [
            {
                "actor": tie.first, "recipient": tie.second, "actor_name": name_code(tie.first),
                "recipient_name": name_code(tie.second), "weight": tie.weight, "coop": tie.cooperation,
                "conf": tie.conflict, "net": round(tie.cooperation - tie.conflict, 3),
                "counts": tell_counts(count_acts(of_event[name] for name in tie.events)), "events": list(tie.events),
            }
            for tie in network.ties
        ],
    }  # fmt: skip


def tell_blocs(blocs: Blocs) -> dict[str, Any]:
    """Blocs of one period, with how often each member falls into it when events are drawn anew."""
    return {
        "period": blocs.period, "modularity": blocs.modularity, "parties": blocs.parties,
        "alone": [{"code": code, "name": name_code(code)} for code in blocs.alone],
        "blocs": [
            {
                "label": bloc.label, "name": name_code(bloc.label), "stability": bloc.stability,
                "members": [
                    {"code": code, "name": name_code(code), "share": share}
                    for code, share in sorted(bloc.members.items(), key=lambda item: (-item[1], item[0]))
                ],
                "rivals": [[{"code": code, "name": name_code(code)} for code in pair] for pair in bloc.rivals],
            }
            for bloc in blocs.blocs
        ],
    }  # fmt: skip


def _tell_way(point: Point | None) -> dict[str, Any]:
    if point is None:
        return {"coop": 0.0, "conf": 0.0, "events": []}
    return {**_tell_scores(point), "events": list(point.events)}


def _tell_scores(point: Point) -> dict[str, float]:
    return {"coop": point.cooperation, "conf": point.conflict}


def _tell_stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "start": stretch.start, "end": stretch.end, "coop": stretch.cooperation, "conf": stretch.conflict,
        "periods": stretch.periods,
    }  # fmt: skip
