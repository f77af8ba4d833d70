"""What the readable pages of the overview, a relation and a party tell: the answers of the API, put together for one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from dragoman.archive import Archive
from dragoman.domain import Act
from dragoman.http.actors import find_actor
from dragoman.http.errors import Problem
from dragoman.http.events import brief_events
from dragoman.http.exchanges import find_exchanges
from dragoman.http.filters import ClaimsAsked, DyadAsked, DyadsAsked, ExchangesAsked
from dragoman.http.lists import Kept
from dragoman.http.overview import OverviewAsked, find_overview
from dragoman.http.relations import find_dyad, find_pairs

_PAIRS, _LATEST, _TRANSFERS = 12, 15, 10
Query = Mapping[str, str]
Model = TypeVar("Model", bound=BaseModel)


def find_overview_page(archive: Archive, query: Query, kept: Kept[list[Act]]) -> dict[str, Any]:
    """The overview with the relations most told of; these are left out where there is too much to count them."""
    asked = _read(OverviewAsked, query, "since")
    try:
        pairs, _, _ = find_pairs(archive, DyadsAsked(directed=False, limit=_PAIRS), 0, kept, is_whole=False)
    except Problem:
        pairs = []
    return {**find_overview(archive, asked.since), "dyads": pairs}


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


def _read(model: type[Model], query: Query, *names: str) -> Model:
    """What an address of the desk asks for: these parameters, and none of those that only the desk reads.

    Raises:
        Problem: A value can't be (400).
    """
    try:
        return model(**{name: query[name] for name in names if query.get(name)})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        raise Problem(400, f"{name}: {first['msg']}", parameter=name) from error
