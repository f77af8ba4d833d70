"""The roster: the actors we know, their names, and who held which office when."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, TypeVar

from dragoman.actors.overlay import Overlay
from dragoman.actors.spelling import cut_name, sound
from dragoman.errors import ResourceError

T = TypeVar("T")
OFFICES = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister", "other")
NAME_SORTS = ("name", "demonym", "capital", "seat", "former", "abbreviation")
SURNAME_FIRST = frozenset(("PRK", "KOR", "CHN", "TWN", "VNM", "HKG", "MAC", "KHM"))
"""States whose people are written surname first in English-language news."""
_PARTICLES = frozenset("al el bin ben ibn von van de der den da dos di du le la abu abd abdel mac ter".split())


@dataclass(frozen=True, slots=True)
class Actor:
    """A party we know: state, organisation, group, medium, organ of a state, or person.

    ``since`` and ``until`` are ISO days, months or years; ``None`` where open or not known.
    """

    id: str
    name: str
    code: str
    country: str | None
    sector: str | None
    kind: str
    """``state``, ``organisation``, ``group``, ``medium``, ``body``, ``person``."""
    names: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """A term: ``person`` (an actor's id) held ``office`` of ``state`` from ``start`` to ``end`` (ISO 8601)."""

    state: str
    office: str
    person: str
    start: str | None
    end: str | None
    title: str = ""

    def is_held(self, date: str | None) -> bool:
        """Whether the term covers the day (ISO 8601). Without a day every term does."""
        if date is None:
            return True
        return (self.start is None or self.start <= date[: len(self.start)]) and (
            self.end is None or date[: len(self.end)] <= self.end
        )


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of an actor. ``sort`` is one of ``NAME_SORTS``."""

    actor: int
    sort: str
    flags: str = ""
    """``U``: capitals only ("US"); ``T``: with its article only ("the West"); ``L``: lower case will do;
    ``H``: any state's organ may be called so, and it counts only where the report speaks of this one's state."""


NOBODY = -1
"""In place of an actor: words that hold a party's name and aren't one ("Latin American", "South China Sea")."""


class Lazy(Sequence[T]):
    """Rows of JSON that become objects when they are asked for: a report needs few of the thousands."""

    def __init__(self, rows: list[list[Any]], make: Callable[..., T]) -> None:
        self.rows, self.make = rows, make
        self.made: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, i: Any) -> Any:
        if isinstance(i, slice):
            return [self[j] for j in range(*i.indices(len(self.rows)))]
        if i not in self.made:
            self.made[i] = self.make(*self.rows[i])
        return self.made[i]


@dataclass(frozen=True)
class Roster:
    """Actors and offices, with the names that find them. Words of a name are joined by a space in the keys."""

    actors: Sequence[Actor]
    offices: Sequence[Office]
    names: Mapping[str, Sequence[Sequence[Any]]]
    """Name → arguments of ``Name``; asked through ``get_names``."""
    people: Mapping[str, Sequence[int]]
    """Full names of persons, by their sound."""
    short_names: Mapping[str, Sequence[int]]
    """Surnames, by their sound."""
    generic: Mapping[str, Any]
    outlets: Mapping[str, Sequence[Any]]
    """Outlets, in folded words: the ISO3 code of their state, and whether they are its mouth."""
    version: str
    overlay_version: str | None = None
    by_id: Mapping[str, int] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)
    """First word of a name → how many words the longest such name has."""
    terms: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Person's id → their terms, state's code → terms of its offices, as places in ``offices``."""

    def get_actor(self, id: str) -> Actor:
        """The actor with this id.

        Raises:
            ResourceError: there is none.
        """
        if id not in self.by_id:
            raise ResourceError(
                f"no actor {id!r} in the roster ({len(self.actors)} actors). Add it to your actors.csv."
            )
        return self.actors[self.by_id[id]]

    def find_actors(self, name: str, *, date: str | None = None) -> list[Actor]:
        """Actors that bear the name, persons also by their surname while in office at ``date`` (ISO day)."""
        words = cut_name(name)
        bare = words[1:] if words[:1] == ("the",) else words
        found = [n.actor for form in dict.fromkeys((words, bare)) for n in self.get_names(form) if n.actor != NOBODY]
        found += self.find_people(words)
        if not found and len(words) == 1:
            found = [i for i in self.find_surname(words[0]) if self.is_in_office(self.actors[i].id, date)]
        return [self.actors[i] for i in dict.fromkeys(found)]

    def get_names(self, words: Sequence[str]) -> tuple[Name, ...]:
        """Who bears these folded words as a name, persons aside."""
        rows = self.names.get(" ".join(words))
        return tuple([Name(*row) for row in rows]) if rows else ()

    def find_people(self, words: Sequence[str]) -> Sequence[int]:
        """Persons whose full name sounds like these folded words."""
        return self.people.get(" ".join(sound(w) for w in words), ())

    def find_surname(self, word: str) -> Sequence[int]:
        """Persons whose surname sounds like this folded word."""
        return self.short_names.get(" ".join(sound(w) for w in word.split(" ")), ())

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first words of persons' full names, by their sound."""
        return frozenset(key.split(" ", 1)[0] for key in self.people)

    def find_full_names(self, words: Sequence[str]) -> Sequence[tuple[str, ...]]:
        """The words of persons' names, by their sound, as many as these and of the same first letters at both ends."""
        return self._full_names.get((len(words), words[0][:1], words[-1][:1]), ())

    @cached_property
    def _full_names(self) -> dict[tuple[int, str, str], list[tuple[str, ...]]]:
        names: dict[tuple[int, str, str], list[tuple[str, ...]]] = {}
        for key in self.people:
            words = tuple(key.split(" "))
            names.setdefault((len(words), words[0][:1], words[-1][:1]), []).append(words)
        return names

    def get_terms(self, key: str) -> list[Office]:
        """The terms of a person (by id) or of the offices of a state (by code)."""
        return [self.offices[i] for i in self.terms.get(key, ())]

    def find_holder(self, state: str, office: str, date: str | None) -> Actor | None:
        """Who held an office of a state (ISO3) on a day: of several terms that cover it, the one begun last."""
        held = [t for t in self.get_terms(state) if t.office == office and t.is_held(date)]
        if not held or (date is None and len(held) > 1):
            return None
        return self.get_actor(max(held, key=lambda t: (t.start or "", t.person)).person)

    def is_in_office(self, person: str, date: str | None) -> bool:
        return any(term.is_held(date) for term in self.get_terms(person))

    def is_yet_to_serve(self, person: str, date: str | None) -> bool:
        """Whether every term of a person that is known begins after the day: what they are on it isn't known."""
        terms = self.get_terms(person)
        return bool(terms) and all(date is not None and t.start is not None and t.start > date for t in terms)

    def get_state(self, code: str) -> Actor | None:
        """The state with this ISO3 code, ``None`` where the roster has none."""
        index = self.by_id.get(f"state:{code}")
        return None if index is None else self.actors[index]


def load_roster(overlay: Overlay | None = None) -> Roster:
    """The roster that comes with the package, with a user's own actors, aliases and outlets before ours.

    Raises:
        ResourceError: an entry of the overlay names an actor or code that isn't there.
    """
    roster = _load_ours()
    return roster if overlay is None or overlay.is_empty else add_overlay(roster, overlay)


@lru_cache(maxsize=1)
def _load_ours() -> Roster:
    text = resources.files("dragoman").joinpath("_data", "roster.json").read_text(encoding="utf-8")
    return build_roster(json.loads(text))


def build_roster(data: Mapping[str, Any]) -> Roster:
    """A roster from the JSON that ``resources/generate.py`` writes."""
    actors, offices = Lazy(data["actors"], _make_actor), Lazy(data["offices"], Office)
    whole = Roster(
        actors,
        offices,
        data["names"],
        data["people"],
        data["short_names"],
        data["generic"],
        data["outlets"],
        data["version"],
    )
    return _with_lookups(whole, [row[0] for row in actors.rows], [(row[0], row[2]) for row in offices.rows])


def _make_actor(*row: Any) -> Actor:
    return Actor(*row[:6], tuple(row[6]), *row[7:])  # type: ignore[call-arg]


def _with_lookups(roster: Roster, ids: Sequence[str], held: Sequence[tuple[str, str]]) -> Roster:
    """The roster with its indexes: of actors' ids, of the first words of names, of (state, person) of every term."""
    terms: dict[str, list[int]] = {}
    for i, (state, person) in enumerate(held):
        terms.setdefault(person, []).append(i)
        terms.setdefault(state, []).append(i)
    longest: dict[str, int] = {}
    for key in roster.names:
        first, _, _ = key.partition(" ")
        longest[first] = max(longest.get(first, 0), key.count(" ") + 1)
    return replace(roster, by_id={id: i for i, id in enumerate(ids)}, longest=longest, terms=terms)


def make_name_flags(name: str) -> str:
    """How a name must be written to count; see ``Name.flags``."""
    bare = name.removeprefix("the ").replace(".", "")
    if bare.isupper() and bare.isalpha() and len(bare) <= _LONGEST_ABBREVIATION:
        return "U"
    if bare[:1].islower():
        return "L"
    return "T" if name.startswith("the ") else ""


_LONGEST_ABBREVIATION = 6


def make_short_names(name: str, state: str) -> list[str]:
    """The surnames a person may be called by: ``Xi`` of Xi Jinping, ``Leyen`` and ``von der Leyen``."""
    words = [w for w in cut_name(name) if len(w) > 1]
    if len(words) < 2:
        return [" ".join(words)] if words else []
    if state in SURNAME_FIRST:
        return [words[0]]
    first = len(words) - 1
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    return list(dict.fromkeys([words[-1], " ".join(words[first:])]))


def add_overlay(roster: Roster, overlay: Overlay) -> Roster:
    """The roster with a user's own actors, aliases and outlets, which go before ours where names meet."""
    actors, offices = list(roster.actors), roster.offices
    names, people, short = dict(roster.names), dict(roster.people), dict(roster.short_names)
    by_id = dict(roster.by_id)
    for own in overlay.actors:
        actor = Actor(own.id, own.name, own.code, own.country, own.sector, own.kind, own.names, own.since, own.until)
        by_id[actor.id] = by_id.get(actor.id, len(actors))
        actors[by_id[actor.id] : by_id[actor.id] + 1] = [actor]
    for alias in [*overlay.find_names(), *overlay.aliases]:
        if alias.actor not in by_id:
            raise ResourceError(
                f"{alias.place}: no actor {alias.actor!r}. Add it to actors.csv or use an id of the roster."
            )
        index = by_id[alias.actor]
        words = cut_name(alias.name.removeprefix("the ")) or ("",)
        if actors[index].kind == "person":
            people[" ".join(sound(w) for w in words)] = (index,)
            for one in make_short_names(alias.name, actors[index].country or ""):
                key = " ".join(sound(w) for w in one.split(" "))
                short[key] = tuple(dict.fromkeys([index, *short.get(key, ())]))
        else:
            names[" ".join(words)] = ((index, "name", make_name_flags(alias.name)),)
    outlets = {**roster.outlets, **{" ".join(cut_name(o.name)): (o.country, False) for o in overlay.outlets}}
    changed = replace(
        roster, actors=actors, offices=offices, names=names, people=people, short_names=short, outlets=outlets,
        overlay_version=overlay.version,
    )  # fmt: skip
    return _with_lookups(changed, [actor.id for actor in actors], [(o.state, o.person) for o in offices])
