"""What the readable pages tell that no single answer of the API does: answers put together for one page."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams as Query

from dragoman.archive import Archive
from dragoman.domain import Act
from dragoman.http.actors import find_actor
from dragoman.http.asking import find_code
from dragoman.http.errors import Problem
from dragoman.http.events import COUNT, ask_events, brief_events
from dragoman.http.exchanges import find_exchanges
from dragoman.http.filters import (
    ClaimsAsked,
    DyadAsked,
    DyadsAsked,
    ExchangesAsked,
    ListAsked,
    NetworkAsked,
    PlacesAsked,
    SearchAsked,
)
from dragoman.http.lists import Kept, ask_checked, count_rows
from dragoman.http.names import name_code
from dragoman.http.overview import OverviewAsked, find_overview
from dragoman.http.paging import read_place
from dragoman.http.places import PLACES, ask_places, find_places
from dragoman.http.relations import find_dyad, find_networks, find_pairs
from dragoman.http.reviews import NextAsked, find_queue
from dragoman.http.roster import find_begun
from dragoman.http.search import FARTHEST, find_hits
from dragoman.http.too_much import MOST_EVENTS, refuse_too_much

_PAIRS, _LATEST, _TRANSFERS = 12, 15, 10
_EVENTS, _PLACES, _PARTIES, _QUEUE = 50, 200, 8, 50
_FILTERS = tuple(name for name in ClaimsAsked.model_fields if name not in ListAsked.model_fields)
_OF_SEARCH = ("q", "outlet", "since", "until")
Model = TypeVar("Model", bound=BaseModel)


def find_overview_page(archive: Archive, query: Query, kept: Kept[list[Act]]) -> dict[str, Any]:
    """The overview with the relations most told of; these are left out where there is too much to count them."""
    asked = _read(OverviewAsked, query, "since")
    try:
        wanted = DyadsAsked(directed=False, limit=_PAIRS, since=asked.since)
        pairs, _, _ = find_pairs(archive, wanted, 0, kept, is_whole=False)
    except Problem:
        pairs = []
    return {**find_overview(archive, asked.since), "dyads": pairs, "since": asked.since}


def find_dyad_page(archive: Archive, pair: str, query: Query, kept: Kept[list[Act]]) -> dict[str, Any]:
    """A relation with what passed between the two."""
    asked = _read(DyadAsked, query, "since", "until", "unit")
    found = find_dyad(archive, pair, asked, kept)
    exchanges = ExchangesAsked(a=found["a"], b=found["b"], **asked.find_filters())
    return {**found, **find_exchanges(archive, exchanges, transfers=_TRANSFERS)}


def find_actor_page(archive: Archive, name: str, query: Query) -> dict[str, Any]:
    """A party with its newest events."""
    asked = _read(ClaimsAsked, query, "since", "until")
    found = find_actor(archive, name, asked)
    newest = archive.events(**{**asked.find_filters(), "either": [found["code"] or found["id"]]}).limit(_LATEST)
    return {**found, "latest": brief_events(archive, [*newest.rows()])}


def find_events_page(archive: Archive, query: Query) -> dict[str, Any]:
    """The newest events that meet the filters of an address, and how many do."""
    asked = _read(ClaimsAsked, query, *_FILTERS)
    found, where = ask_checked(archive, ask_events, asked)
    newest = archive.events(**asked.find_filters()).limit(_EVENTS)
    return {
        "asked": asked.find_filters(), "counts": count_rows(archive, found, where, COUNT),
        "items": brief_events(archive, [*newest.rows()]),
    }  # fmt: skip


def find_map_page(archive: Archive, query: Query) -> dict[str, Any]:
    """The places of most events that meet the filters of an address, and how many there are."""
    asked = _read(PlacesAsked, query, *_FILTERS, "precision")
    refuse_too_much(archive, *ask_checked(archive, ask_events, asked), MOST_EVENTS)
    counted = count_rows(archive, *ask_checked(archive, ask_places, asked), PLACES.count)
    precision = {"precision": list(asked.precision)} if asked.precision else {}
    return {
        "asked": {**asked.find_filters(), **precision}, "count": counted["places"],
        "items": find_places(archive, asked, _PLACES),
    }  # fmt: skip


def find_network_page(archive: Archive, query: Query, kept: Kept[list[Act]]) -> dict[str, Any]:
    """The ties of all days, of one party where it is asked for."""
    asked = _read(NetworkAsked, query, "of", "least", "parties", "since", "until")
    code = find_code(archive, asked.of, "of") if asked.of else None
    of = {"code": code, "name": name_code(code)} if code else None
    return {**find_networks(archive, asked, code, kept), "of": of, "least": asked.least}


def find_search_page(archive: Archive, query: Query) -> dict[str, Any]:
    """What was asked for and a page of what is found; nothing where no word is given. What can't be asked so is said beside
    the form."""
    given = {name: query.get(name, "").strip() for name in _OF_SEARCH}
    if not given["q"]:
        return {"given": given, "found": None, "parties": [], "problem": None}
    try:
        asked = _read(SearchAsked, query, *_OF_SEARCH, "cursor")
        start, _ = read_place(asked.cursor, None, most=FARTHEST)
        found, problem = {**find_hits(archive, asked, start), "start": start}, None
    except Problem as fault:
        if fault.status != 400:
            raise
        found, problem = None, fault.detail
    return {"given": given, "found": found, "parties": find_begun(archive, given["q"], _PARTIES), "problem": problem}


def find_review_page(archive: Archive) -> dict[str, Any]:
    """The claims that are most worth a look."""
    return {"items": find_queue(archive, NextAsked(limit=_QUEUE))}


def _read(model: type[Model], query: Query, *names: str) -> Model:
    """What an address of the desk asks for: these parameters, and none of those that only the desk reads.

    Raises:
        Problem: A value can't be (400).
    """
    given = {name: [value for value in query.getlist(name) if value] for name in names}
    is_list = {name: isinstance(model.model_fields[name].default, list) for name in names}
    try:
        return model(**{name: values if is_list[name] else values[-1] for name, values in given.items() if values})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        raise Problem(400, f"{name}: {first['msg']}", parameter=name) from error
