"""``/v1/actors``: who takes part in events, how often, with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.archive.act_queries import get_counted_code
from dragoman.archive.parties import Parties, load_listed
from dragoman.archive.query import Query as Question
from dragoman.archive.where import Where
from dragoman.domain import Act
from dragoman.errors import ArchiveError
from dragoman.http import shapes
from dragoman.http.asking import answer_one, told
from dragoman.http.errors import Problem
from dragoman.http.filters import ActorsAsked, ClaimsAsked
from dragoman.http.lists import Listing, answer_list, ask_checked
from dragoman.http.names import name_code, name_id
from dragoman.http.relation_shapes import tell_counts
from dragoman.http.too_much import MOST_EVENTS, refuse_too_much
from dragoman.relations.series import count_acts, find_dyads, is_counted, sum_intensity

router = APIRouter(tags=["actors"])
_COLUMNS = ("id", "code", "name", "country", "sector", "events", "reports", "outlets", "first_day", "last_day")
_PARTS = ("ids", "codes", "countries", "sectors")


def _side(side: str) -> str:
    names = {"ids": "id", "codes": "code", "countries": "country", "sectors": "sector"}
    cells = ", ".join(f"unnest({side}_{part}) AS {names[part]}" for part in _PARTS)
    return f"SELECT event_id, day, reports, outlets, unnest({side}s) AS name, {cells} FROM chosen"


_ACTORS = f"""
WITH chosen AS (SELECT * FROM events {{where}}), named AS ({_side("actor")} UNION ALL {_side("recipient")})
SELECT id, mode(code ORDER BY code) AS code, mode(name ORDER BY name) AS name,
    CASE WHEN count(DISTINCT country) = 1 THEN min(country) END AS country,
    CASE WHEN count(DISTINCT country) <= 1 THEN mode(sector ORDER BY sector) END AS sector,
    count(DISTINCT event_id)::INTEGER AS events, len(list_distinct(flatten(list(reports))))::INTEGER AS reports,
    len(list_distinct(flatten(list(outlets))))::INTEGER AS outlets, min(day) AS first_day, max(day) AS last_day
FROM named GROUP BY id"""
_COUNTED_UNDER = f"""
WITH chosen AS (SELECT * FROM ({{events}})), named AS ({_side("actor")} UNION ALL {_side("recipient")})
SELECT DISTINCT code, country, sector FROM named WHERE list_contains(?::VARCHAR[], code) OR list_contains(?::VARCHAR[], id)"""
_MOST_PARTNERS = 100
_MOST_NAMES = 200


def ask_actors(archive: Archive, asked: Any) -> Question:
    """Who takes part in events of these filters."""
    events = archive.events(**asked.find_filters())
    question = Question(archive, _ACTORS, _COLUMNS, ('"events" DESC', '"id"'), events.tables, events.find_where)
    words = getattr(asked, "q", None)
    if not words:
        return question
    named = _ask_named(archive, words)

    def find_where() -> Where:
        """The events' conditions; the values of the words come after theirs, as they do in the text."""
        where = events.find_where()
        return replace(where, values=where.values + named.values)

    return replace(question, source=f"SELECT * FROM ({_ACTORS}) WHERE {named.sql}", find_where=find_where)


def _ask_named(archive: Archive, words: str) -> Where:
    """Actors whose name holds the words, or who are called so by their code, id or another name."""
    where = Where("(contains(lower(name), lower(?)) OR lower(code) = lower(?) OR lower(id) = lower(?))", (words,) * 3)
    try:
        parties = archive.directory.find(words)
    except ArchiveError:
        return where
    where |= Where("list_contains(?::VARCHAR[], code)", (sorted(parties.codes),)) if parties.codes else Where()
    return where | (Where("list_contains(?::VARCHAR[], id)", (sorted(parties.ids),)) if parties.ids else Where())


def brief_actors(archive: Archive, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    from dragoman.http.briefs import say_day

    return [
        {
            **{name: row[name] for name in ("code", "id", "country", "sector")}, "name": name_id(row["id"], row["name"]),
            "counts": {name: row[name] for name in ("events", "reports", "outlets")},
            "first_day": say_day(row["first_day"]), "last_day": say_day(row["last_day"]),
        }
        for row in rows
    ]  # fmt: skip


ACTORS = Listing(
    ask=ask_actors,
    key="id",
    sorts={
        "events": "INTEGER",
        "reports": "INTEGER",
        "outlets": "INTEGER",
        "name": "VARCHAR",
        "last_day": "DATE",
        "id": "VARCHAR",
    },
    default="-events",
    brief=brief_actors,
    count="SELECT count(*) AS actors FROM chosen",
    most_events=MOST_EVENTS,
    columns=_COLUMNS,
)


@router.get("/v1/actors", responses=told(shapes.RecordList, media=("json", "jsonl", "csv")))
async def list_actors(request: Request, asked: Annotated[ActorsAsked, Query()]) -> Response:
    """Who takes part in events, the most named first."""
    return await answer_list(request, ACTORS, asked)


@router.get("/v1/actors/{name}", responses=told(dict[str, Any]))
async def get_actor(request: Request, name: str, asked: Annotated[ClaimsAsked, Query()]) -> Response:
    """One actor by code, country, roster id or name: how often, with whom, and the names it goes by."""
    return await answer_one(request, lambda archive: find_actor(archive, name, asked), snapshot=asked.snapshot)


def find_actor(archive: Archive, name: str, asked: ClaimsAsked) -> dict[str, Any]:
    """An actor with its partners.

    Raises:
        Problem: Nobody is called so, or several are (404).
    """
    try:
        parties = archive.directory.find(name)
    except ArchiveError as error:
        raise Problem(404, str(error)) from error
    codes, ids = sorted(parties.codes), sorted(parties.ids)
    given = asked.model_copy(update={"either": [*codes, *ids]})
    events, where = ask_checked(archive, lambda opened, a: opened.events(**a.find_filters()), given)
    refuse_too_much(archive, events, where, MOST_EVENTS)
    sql = where.after("SELECT * FROM events")
    tables = (*events.tables, *where.tables)
    rows = archive.engine.find_rows(_COUNTED_UNDER.replace("{events}", sql), [*where.values, codes, ids], tables=tables)
    own = {get_counted_code(row["code"], row["country"], row["sector"]) for row in rows}
    counts = archive.engine.find_rows(
        f"SELECT count(*) AS events, coalesce(len(list_distinct(flatten(list(reports)))), 0) AS reports, "
        f"coalesce(len(list_distinct(flatten(list(outlets)))), 0) AS outlets FROM ({sql})", where.values, tables=tables,
    )[0]  # fmt: skip
    return {
        **_find_facts(archive, parties), "counts": counts,
        "partners": _find_partners(events.acts(), own | parties.codes),  # type: ignore[attr-defined]
        "snapshot": archive.snapshot.number,
    }  # fmt: skip


def _find_partners(acts: Iterable[Act], own: Set[str]) -> list[dict[str, Any]]:
    """Whom a party's acts are toward or come from, the most events first: counted as a relation is, from what happened."""
    of: dict[str, dict[str, Act]] = defaultdict(dict)
    for pair, found in find_dyads(filter(is_counted, acts)).items():
        if len(others := [code for code in pair if code not in own]) == 1:
            of[others[0]].update((act.event_id, act) for act in found)
    ranked = sorted(of.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_PARTNERS]
    scored = [(code, found.values(), *sum_intensity(found.values())) for code, found in ranked]
    return [
        {
            "code": code, "name": name_code(code), "coop": round(coop, 3), "conf": round(conf, 3),
            "counts": tell_counts(count_acts(found)),
        }
        for code, found, coop, conf in scored
    ]  # fmt: skip


def _find_facts(archive: Archive, parties: Parties) -> dict[str, Any]:
    """Code, id and names, from the roster and from the archive."""
    codes, ids = sorted(parties.codes), sorted(parties.ids) or [f"state:{code}" for code in parties.codes]
    listed = next((named for named in load_listed() if named.id in ids), None)
    listed = listed or next((named for named in load_listed() if named.code in codes), None)
    seen = archive.directory.find_seen_names(ids, codes)[:_MOST_NAMES]
    names = list(listed.names if listed else seen)
    code = codes[0] if codes else (listed.code if listed else None)
    return {
        "code": code, "id": listed.id if listed else ids[0], "name": names[0] if names else code, "names": names,
        "seen_as": [name for name in seen if name not in names],
    }  # fmt: skip
