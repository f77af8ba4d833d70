"""``/v1/dyads``, ``series``, ``network``, ``blocs``: what grows from events. Formulas are told in docs/relations.md and ``/v1/method``."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.archive.parties import find_state_codes
from dragoman.domain import Act, Unit
from dragoman.errors import ArchiveError
from dragoman.http import formats, shapes
from dragoman.http.asking import answer_one, find_code, told
from dragoman.http.errors import Problem
from dragoman.http.events import brief_events
from dragoman.http.exchanges import find_exchanges
from dragoman.http.filters import LIMIT, BlocsAsked, DyadAsked, DyadsAsked, ExchangesAsked, NetworkAsked, SeriesAsked
from dragoman.http.lists import Kept, ask_checked
from dragoman.http.names import name_code
from dragoman.http.network_files import answer_gexf
from dragoman.http.paging import read_place, write_place
from dragoman.http.relation_shapes import (
    tell_blocs,
    tell_change,
    tell_counts,
    tell_level,
    tell_network,
    tell_series,
    tell_third_party,
)
from dragoman.http.row_files import FORMS, POINTS, TIES, answer_rows, list_ties, make_point_row, make_tie_row
from dragoman.http.too_much import MOST_EVENTS, refuse_too_much
from dragoman.relations.blocs import find_blocs
from dragoman.relations.changes import MOST_PERIODS, find_changes
from dragoman.relations.levels import find_level
from dragoman.relations.network import find_ego, make_network, make_networks
from dragoman.relations.rows import MEMBERS, make_member_rows
from dragoman.relations.series import (
    UNKNOWN,
    count_acts,
    find_balance,
    find_dyads,
    find_third_parties,
    is_counted,
    make_series,
    select_between,
    sum_intensity,
)

router = APIRouter(tags=["relations"])
_LATEST = 20
_MOST_POINTS = 5_000
_DAYS: dict[Unit, int] = {"day": 1, "week": 7, "month": 28, "year": 365}
_COLUMNS = (
    "actor", "recipient", "actor_name", "recipient_name", "events", "reports", "outlets", "coop", "conf", "net", "level",
    "first_day", "last_day",
)  # fmt: skip


@router.get("/v1/dyads", responses=told(shapes.RecordList, media=FORMS))
async def list_dyads(request: Request, asked: Annotated[DyadsAsked, Query()]) -> Response:
    """Ordered pairs of parties by how many events the one does to the other; with ``directed=false`` both ways together, and
    their level. Among states unless ``parties=all``."""
    form = formats.choose_format(request, FORMS)
    start, snapshot = read_place(asked.cursor, asked.snapshot)
    kept = request.app.state.acts

    def find(archive: Archive) -> Any:
        rows, following, count = find_pairs(
            archive, asked, start, kept, is_whole=form != "json" and asked.limit is None
        )
        if form == "json":
            return {
                "items": rows, "next": following, "count": count, "limit": asked.limit or LIMIT,
                "snapshot": archive.snapshot.number,
            }  # fmt: skip
        flat = [
            {
                **{key: row[key] for key in row if key != "counts"},
                **row["counts"],
                "level": (row["level"] or {}).get("word"),
            }
            for row in rows
        ]
        lines = formats.write_csv(_COLUMNS, flat, raw=asked.raw) if form == "csv" else formats.write_lines(rows)
        return Response(b"".join(lines), media_type=formats.MEDIA[form])

    return await answer_one(request, find, snapshot=snapshot, offered=FORMS)


@router.get("/v1/dyads/{pair}", responses=told(dict[str, Any]))
async def get_dyad(request: Request, pair: str, asked: Annotated[DyadAsked, Query()]) -> Response:
    """Two parties, ``RUS-UKR`` or ``RUS,UKR``: where they stand, how it came about, what passed, who stands beside them."""
    kept = request.app.state.acts

    def find(archive: Archive) -> dict[str, Any]:
        found = find_dyad(archive, pair, asked, kept)
        exchanges = ExchangesAsked(a=found["a"], b=found["b"], **asked.find_filters())
        return {**found, **find_exchanges(archive, exchanges)}

    return await answer_one(request, find, snapshot=asked.snapshot)


@router.get("/v1/series", responses=told(dict[str, Any], media=FORMS))
async def get_series(request: Request, asked: Annotated[SeriesAsked, Query()]) -> Response:
    """Two parties through time, both ways and each way, against the reports that were read. As ``.csv`` and ``.jsonl`` a row
    a period."""
    form = formats.choose_format(request, FORMS)

    def find(archive: Archive) -> Any:
        a, b = (find_code(archive, name, key) for key, name in asked.find_pair())
        if a == b:
            raise Problem(400, f"both are {a}; expected two parties", parameter="recipient")
        acts = find_acts(archive, asked, dyad=(a, b))
        found = find_series(archive, acts, a, b, asked)
        if form != "json":
            rows = map(make_point_row, found["points"])
            name = f"series-{archive.snapshot.number}"
            return answer_rows(name, form, POINTS, rows, found["points"], raw=asked.raw)
        return {"a": a, "b": b, **found, "snapshot": archive.snapshot.number}

    return await answer_one(request, find, snapshot=asked.snapshot, offered=FORMS)


@router.get("/v1/network", responses=told(dict[str, Any], media=(*FORMS, "gexf")))
async def get_network(request: Request, asked: Annotated[NetworkAsked, Query()]) -> Response:
    """Parties and signed ties of the whole span, and of each period where ``unit`` is given; ``of`` those around one party.
    As ``.csv`` and ``.jsonl`` the ties, as ``.gexf`` the directed network that ``dragoman export`` writes."""
    kept = request.app.state.acts
    form = formats.choose_format(request, (*FORMS, "gexf"))

    def find(archive: Archive) -> Any:
        code = find_code(archive, asked.of, "of") if asked.of else None
        if form == "gexf":
            ask_checked(archive, lambda opened, own: opened.events(**own.find_filters()), asked)
            return answer_gexf(archive, asked, code)
        found = find_networks(archive, asked, code, kept)
        if form == "json":
            return found
        ties = [*list_ties(found["periods"] if asked.unit else [found])]
        rows = map(make_tie_row, ties)
        return answer_rows(f"network-{archive.snapshot.number}", form, TIES, rows, ties, raw=asked.raw)

    return await answer_one(request, find, snapshot=asked.snapshot, offered=(*FORMS, "gexf"))


@router.get("/v1/blocs", responses=told(dict[str, Any], media=FORMS))
async def get_blocs(request: Request, asked: Annotated[BlocsAsked, Query()]) -> Response:
    """Parties that stand closer to one another than to the rest, period by period, and how firm that is. As ``.csv`` and
    ``.jsonl`` a row a member of a bloc of a period."""
    form = formats.choose_format(request, FORMS)

    def find(archive: Archive) -> Any:
        acts = among(find_acts(archive, asked), asked.parties)
        periods = find_blocs(acts, asked.unit, least=asked.least)
        number = archive.snapshot.number
        if form == "json":
            return {"unit": asked.unit, "periods": [tell_blocs(blocs) for blocs in periods], "snapshot": number}
        names = {code: name_code(code) for blocs in periods for bloc in blocs.blocs for code in bloc.members}
        rows = [*make_member_rows(periods, make_networks(acts, asked.unit, least=asked.least), names)]
        return answer_rows(f"blocs-{number}", form, MEMBERS, rows, rows, raw=asked.raw)

    return await answer_one(request, find, snapshot=asked.snapshot, offered=FORMS)


def find_networks(archive: Archive, asked: NetworkAsked, code: str | None, kept: Kept[list[Act]]) -> dict[str, Any]:
    """The network of the whole span and of each period; of one party where its code is given."""
    acts = among(find_acts(archive, asked, kept=kept), asked.parties)
    networks = make_networks(acts, asked.unit, least=asked.least) if asked.unit else []
    whole, *periods = (
        tell_network(find_ego(network, code) if code else network, acts)
        for network in (make_network(acts, least=asked.least), *networks)
        if code is None or code in network.nodes or not network.period
    )
    return {**whole, "unit": asked.unit, "periods": periods, "snapshot": archive.snapshot.number}


def find_pairs(
    archive: Archive, asked: DyadsAsked, start: int, kept: Kept[list[Act]], *, is_whole: bool
) -> tuple[list[dict[str, Any]], str | None, dict[str, int]]:
    """A page of pairs after so many, the most events first; the word for the next page; and the counts of all."""
    acts = [act for act in among(find_acts(archive, asked, kept=kept), asked.parties) if is_counted(act)]
    found = find_ordered(acts) if asked.directed else find_dyads(acts)
    pairs = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    stop = len(pairs) if is_whole else start + (asked.limit or LIMIT)
    rows = [tell_pair(a, b, own, directed=asked.directed) for (a, b), own in pairs[start:stop]]
    counts = {"dyads": len(pairs), **tell_counts(count_acts(act for _, own in pairs for act in own))}
    return rows, write_place(stop, archive.snapshot.number) if stop < len(pairs) else None, counts


def find_dyad(archive: Archive, pair: str, asked: DyadAsked, kept: Kept[list[Act]]) -> dict[str, Any]:
    """All that is told of two parties.

    Raises:
        Problem: One of them isn't there, or both are the same (404).
    """
    a, b = find_pair(archive, pair)
    every = find_acts(archive, asked, kept=kept)
    own = select_between(every, a, b)
    happened = [act for act in own if is_counted(act)]
    coop, conf = sum_intensity(happened)
    balance = find_balance([act for act in every if is_counted(act)], a, b)
    return {
        "a": a, "b": b, "a_name": name_code(a), "b_name": name_code(b), "level": tell_level(find_level(own, a, b)),
        "counts": tell_counts(count_acts(happened)), "coop": round(coop, 3), "conf": round(conf, 3),
        "beside": dict(sorted(Counter(act.status for act in own if not is_counted(act)).items())),
        "balance": {
            "a_to_b": tell_counts(balance.there), "b_to_a": tell_counts(balance.back), "both": tell_counts(balance.both),
            "share": balance.share,
        },
        **find_series(archive, own, a, b, asked, with_changes=True),
        "third_parties": [tell_third_party(party) for party in find_third_parties((x for x in every if is_counted(x)), a, b)],
        "latest": _find_latest(archive, own),
        "snapshot": archive.snapshot.number,
    }  # fmt: skip


def find_series(
    archive: Archive, acts: Sequence[Act], a: str, b: str, asked: DyadAsked | SeriesAsked, *, with_changes: bool = False
) -> dict[str, Any]:
    """The series of a dyad both ways and each way, from the first day that reports were read of unless a day is given.

    Raises:
        Problem: It has too many periods (400).
    """
    own = select_between(acts, a, b)
    since, until = _find_span(archive, asked, own)
    coverage = archive.coverage(asked.unit)
    both, there, back = (
        make_series(own, *pair, unit=asked.unit, directed=directed, coverage=coverage, since=since, until=until)
        for pair, directed in (((a, b), False), ((a, b), True), ((b, a), True))
    )
    earlier = [act for act in own if since and act.day < since and is_counted(act)]
    periods = {point.period for point in both.points}
    series = {
        **tell_series(both, there, back), "earlier": tell_counts(count_acts(earlier)),
        "coverage": [{"period": c.period, "reports": c.reports, "outlets": c.outlets} for c in coverage if c.period in periods],
    }  # fmt: skip
    if not with_changes:
        return series
    can_tell = len(both.points) <= MOST_PERIODS
    changes = [tell_change(change) for change in find_changes(both, own)] if can_tell else None
    return {"series": series, "changes": changes}


def find_acts(
    archive: Archive, asked: Any, *, dyad: tuple[str, str] | None = None, kept: Kept[list[Act]] | None = None
) -> list[Act]:
    """The acts of events of these filters; where ``kept`` is given, those of the last questions are at hand."""
    filters = {**asked.find_filters(), **({"dyad": [",".join(dyad)]} if dyad else {})}
    query, where = ask_checked(archive, lambda opened, _: opened.events(**filters), asked)
    find = query.acts  # type: ignore[attr-defined]
    refuse_too_much(archive, query, where, MOST_EVENTS)
    return kept.get((archive.snapshot.number, repr(filters)), find) if kept else find()


def among(acts: Iterable[Act], parties: str) -> list[Act]:
    """Acts among states, or all of them."""
    states = find_state_codes()
    return [act for act in acts if parties == "all" or (act.actor in states and act.recipient in states)]


def find_pair(archive: Archive, pair: str) -> tuple[str, str]:
    """The codes of ``RUS-UKR``; codes may have a hyphen in them, so every place to part is tried.

    Raises:
        Problem: Nobody is called so (404).
    """
    cuts = [pair.split(",", 1)] if "," in pair else [[pair[:i], pair[i + 1 :]] for i, c in enumerate(pair) if c == "-"]
    for names in cuts[:10]:
        try:
            a, b = (archive.directory.get_code(name) for name in names)
        except ArchiveError:
            continue
        if a != b:
            return a, b
    raise Problem(404, f"no pair {pair[:80]!r}; expected two codes or names, such as RUS-UKR")


def find_ordered(acts: Iterable[Act]) -> dict[tuple[str, str], list[Act]]:
    """Acts by ordered pair: what the first does to the second; a mutual event counts in both orders."""
    pairs: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        if act.recipient is not None and act.actor != act.recipient and UNKNOWN not in (act.actor, act.recipient):
            pairs[act.actor, act.recipient].append(act)
    return pairs


def tell_pair(actor: str, recipient: str, acts: Sequence[Act], *, directed: bool) -> dict[str, Any]:
    """A pair with its scores and counts; the level of a pair is told of both ways together."""
    coop, conf = sum_intensity(acts)
    level = None if directed else find_level(acts, actor, recipient)
    return {
        "actor": actor, "recipient": recipient, "actor_name": name_code(actor), "recipient_name": name_code(recipient),
        "coop": round(coop, 3), "conf": round(conf, 3), "net": round(coop - conf, 3), "counts": tell_counts(count_acts(acts)),
        "level": {key: getattr(level, key) for key in ("word", "why", "since", "until")} if level else None,
        "first_day": min(act.day for act in acts), "last_day": max(act.day for act in acts),
    }  # fmt: skip


def _find_latest(archive: Archive, acts: Sequence[Act]) -> list[shapes.EventBrief]:
    """The newest events between the two."""
    ids = [act.event_id for act in acts[-_LATEST:]]
    rows = archive.engine.find_rows(
        "SELECT * FROM events WHERE event_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY day DESC NULLS LAST, event_id",
        [ids], tables=["events"],
    )  # fmt: skip
    return brief_events(archive, rows)


def _find_span(archive: Archive, asked: DyadAsked | SeriesAsked, acts: Sequence[Act]) -> tuple[str | None, str | None]:
    """First and last day of a series. Without ``since`` it begins where reading does: reports recall what was long ago,
    and centuries of empty months tell nothing.

    Raises:
        Problem: It ends before it begins, or has too many periods (400).
    """
    rows = archive.engine.find_rows("SELECT min(date)::VARCHAR AS day FROM reports", tables=["reports"])
    since = (asked.since + "-01-01")[:10] if asked.since else rows[0]["day"]
    until = _find_end(asked.until) if asked.until else None
    if not since:
        return since, until
    last = until or max([since, *(act.day for act in acts)])
    if until and until < since:
        raise Problem(400, f"until is {asked.until!r}, before the series begins ({since})", parameter="until")
    days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(since)).days
    if days / _DAYS[asked.unit] > _MOST_POINTS:
        raise Problem(
            400, f"more than {_MOST_POINTS:,} periods; choose a longer unit or a shorter span", parameter="unit"
        )
    return since, until


def _find_end(until: str) -> str:
    """The last day; a month or year is meant to its end. That there is such a day was checked when events were asked for."""
    year, month, day = (int(part) for part in f"{until}-0-0".split("-")[:3])
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1]).isoformat()
