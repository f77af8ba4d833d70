"""``/v1/overview``: what is new, where, between whom it moved, and how much was read meanwhile."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.domain import Act
from dragoman.http.asking import answer_one, told
from dragoman.http.briefs import say_day
from dragoman.http.errors import Problem
from dragoman.http.events import COUNT, ask_events, brief_events
from dragoman.http.filters import Asked, ClaimsAsked, Day
from dragoman.http.lists import ask_checked, count_rows
from dragoman.http.names import name_code
from dragoman.http.paging import find_sql
from dragoman.http.places import find_places
from dragoman.http.relations import among
from dragoman.relations.series import is_counted, sum_intensity

router = APIRouter(tags=["overview"])
WINDOW_DAYS = (7, 30, 90, 365)
"""Days told of where no day is asked for: a week, as analysts write, or the next that holds events enough."""
ENOUGH = 20
"""Events of a window worth an overview."""
_MOVERS, _LATEST, _PLACES = 12, 20, 200


class OverviewAsked(Asked):
    """From which day."""

    since: Day | None = None


@router.get("/v1/overview", responses=told(dict[str, Any]))
async def get_overview(request: Request, asked: Annotated[OverviewAsked, Query()]) -> Response:
    """The last days that the archive has reports of (a week, or longer where it holds little), or those since one."""
    return await answer_one(request, lambda archive: find_overview(archive, asked.since), snapshot=asked.snapshot)


def find_overview(archive: Archive, since: str | None) -> dict[str, Any]:
    """The overview. "Now" ends with the last report, so that the same snapshot always tells the same."""
    last = archive.engine.find_rows("SELECT max(date) AS day FROM reports", tables=["reports"])[0]["day"] or dt.date(
        1970, 1, 1
    )
    first = _read_day(since) if since else _choose_first(archive, last)
    asked = ClaimsAsked(since=first.isoformat(), until=last.isoformat())
    query, where = ask_checked(archive, ask_events, asked)
    counts = count_rows(archive, query, where, COUNT)
    sql, values = find_sql(query, where)
    newest = archive.engine.find_rows(
        f"SELECT * FROM ({sql}) ORDER BY day DESC, texts DESC, event_id LIMIT {_LATEST}", values, tables=["events"]
    )
    return {
        "from": first.isoformat(), "to": last.isoformat(), "counts": counts, "sentence": _say(counts, first, last),
        "movers": _find_movers(archive, first, last), "latest": brief_events(archive, newest),
        "places": find_places(archive, asked, _PLACES), "coverage": _find_coverage(archive, first, last),
        "snapshot": archive.snapshot.number,
    }  # fmt: skip


def _choose_first(archive: Archive, last: dt.date) -> dt.date:
    """The first day of the shortest window that holds events enough, else of the longest."""
    days = [last - dt.timedelta(days=days - 1) for days in WINDOW_DAYS]
    for day in days:
        if archive.events(since=day.isoformat(), until=last.isoformat()).count_rows() >= ENOUGH:
            return day
    return days[-1]


def _find_movers(archive: Archive, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """Ordered pairs of states by how far cooperation and conflict moved against as many days before."""
    span = last - first + dt.timedelta(days=1)
    earliest = max(dt.date.min + span, first) - span
    acts = archive.events(since=earliest.isoformat(), until=last.isoformat()).acts()
    moves: dict[tuple[str, str], _Move] = defaultdict(_Move)
    for act in among(acts, "states"):
        if is_counted(act) and act.recipient is not None and act.actor != act.recipient:
            moves[act.actor, act.recipient].add(act, is_now=act.day >= first.isoformat())
    ranked = sorted(moves.items(), key=lambda item: (-item[1].size, item[0]))[:_MOVERS]
    return [
        {
            "actor": actor, "recipient": recipient, "actor_name": name_code(actor), "recipient_name": name_code(recipient),
            "before": move.tell(is_now=False), "now": move.tell(is_now=True), "events": move.events,
        }
        for (actor, recipient), move in ranked
    ]  # fmt: skip


class _Move:
    """What one party does to another before a day and since."""

    def __init__(self) -> None:
        self.acts: dict[bool, list[Act]] = {False: [], True: []}

    def add(self, act: Act, *, is_now: bool) -> None:
        self.acts[is_now].append(act)

    def tell(self, *, is_now: bool) -> dict[str, float]:
        coop, conf = sum_intensity(self.acts[is_now])
        return {"coop": round(coop, 3), "conf": round(conf, 3)}

    @property
    def size(self) -> float:
        """How far both sums moved."""
        before, now = self.tell(is_now=False), self.tell(is_now=True)
        return abs(now["coop"] - before["coop"]) + abs(now["conf"] - before["conf"])

    @property
    def events(self) -> list[str]:
        return [act.event_id for act in self.acts[True]]


def _find_coverage(archive: Archive, first: dt.date, last: dt.date) -> list[Mapping[str, Any]]:
    """Reports read of each day: a quiet day may be a day that nobody read."""
    rows = archive.engine.find_rows(
        "SELECT date AS day, count(*) AS reports FROM reports WHERE date BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
        [first, last], tables=["reports"],
    )  # fmt: skip
    return [{"day": say_day(row["day"]), "reports": row["reports"]} for row in rows]


def _say(counts: Mapping[str, int], first: dt.date, last: dt.date) -> str:
    events, reports, outlets = (f"{counts[name]:,}" for name in ("events", "reports", "outlets"))
    return (
        f"Of the {(last - first).days + 1} days to the newest report, {_say_day(first)} to {_say_day(last)}: {events} events, "
        f"told by {reports} reports of {outlets} outlets."
    )


def _say_day(day: dt.date) -> str:
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"


def _read_day(words: str) -> dt.date:
    try:
        return dt.date.fromisoformat((words + "-01-01")[:10])
    except ValueError:
        raise Problem(
            400, f"since is {words!r}; expected a day that there is, such as 2024-06-19", parameter="since"
        ) from None
