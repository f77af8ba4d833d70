"""Who is meant by a name as people write it: ``PRK``, ``state:PRK``, ``North Korea``, ``DPRK``, ``Lavrov``.

Names are looked up among the actors that come with Dragoman and those that stand in the archive. What could be several
actors, or none, is an error that names the candidates: no guess is made in silence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NoReturn

from dragoman.archive.engine import Engine
from dragoman.errors import ArchiveError

_SHOWN = 6
_SEEN = "SELECT DISTINCT unnest({0}_ids) AS id, unnest({0}s) AS name, unnest({0}_codes) AS code FROM claims"
_SEEN_ALL = (
    f"{_SEEN.format('actor')} UNION {_SEEN.format('recipient')} "
    "UNION SELECT DISTINCT claimant_id, claimant, claimant_code FROM claims WHERE claimant_id IS NOT NULL ORDER BY ALL"
)
_COUNTRIES = """
SELECT DISTINCT actor AS code, actor_country AS country FROM dyads WHERE actor_country <> actor
UNION SELECT DISTINCT recipient, recipient_country FROM dyads WHERE recipient_country <> recipient"""


@dataclass(frozen=True, slots=True)
class Parties:
    """Parties asked for: those of these codes or countries, and those of these roster ids."""

    codes: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def __or__(self, other: Parties) -> Parties:
        return Parties(self.codes | other.codes, self.ids | other.ids)


@dataclass(frozen=True, slots=True)
class Named:
    """An actor with all its names."""

    id: str
    code: str
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def load_listed() -> tuple[Named, ...]:
    """The actors that come with Dragoman."""
    data = json.loads((files("dragoman") / "_data" / "roster.json").read_bytes())
    return tuple(Named(actor[0], actor[2], (actor[1], *actor[6])) for actor in data["actors"])


@lru_cache(maxsize=1)
def find_listed_codes() -> frozenset[str]:
    return frozenset(named.code for named in load_listed())


@lru_cache(maxsize=1)
def find_state_codes() -> frozenset[str]:
    """Codes of the states that come with Dragoman, ISO 3166-1 alpha-3."""
    return frozenset(named.id.removeprefix("state:") for named in load_listed() if named.id.startswith("state:"))


@lru_cache(maxsize=1)
def find_listed_names() -> dict[str, str]:
    """Code → name, that of the actor whom the code is named after before those that share it; persons left out."""
    names: dict[str, str] = {}
    for named in load_listed():
        is_own = named.id.casefold() in (f"state:{named.code}".casefold(), f"org:{named.code}".casefold())
        if named.code and not named.id.startswith("person:") and (is_own or named.code not in names):
            names[named.code] = named.names[0]
    return names


class Directory:
    """Finds parties by what people call them, in one snapshot of an archive."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find_all(self, values: Iterable[str]) -> Parties:
        """The parties of several names together."""
        found = Parties()
        for value in values:
            found |= self.find(value)
        return found

    def find(self, value: str) -> Parties:
        """The parties of one code, country, roster id or name. A state stands for all that have its code or country.

        Raises:
            ArchiveError: Nobody is called so, or several are.
        """
        value = value.strip()
        if value in find_listed_codes():
            return Parties(codes=frozenset({value}))
        key = _key(value)
        if key in self._ids:
            return Parties(ids=frozenset({self._ids[key]}))
        if key not in self._by_name and key in self._codes:
            return Parties(codes=frozenset({self._codes[key]}))
        ids = self._by_name.get(key) or self._find_by_words(key)
        here = [each for each in ids if each in self._seen_ids]
        if len(ids := here or ids) != 1:
            self._refuse(value, ids)
        return self._choose(ids[0])

    def find_named(self, value: str) -> list[Named]:
        """All who are called so by code, roster id, name or part of a name: those in the archive first, whole names before parts."""
        key = _key(value)
        ids = [self._ids[key]] if key in self._ids else []
        ids += [named.id for named in (*load_listed(), *self._seen) if key and (named.code or "").casefold() == key]
        ids += [*self._by_name.get(key, ()), *self._find_by_words(key)]
        named = {each.id: each for each in reversed((*load_listed(), *self._seen))}
        return [named[id] for id in sorted(dict.fromkeys(ids), key=lambda id: id not in self._seen_ids)]

    def get_code(self, value: str) -> str:
        """The one code that a party, by code, roster id or name, is counted under: its state's, else its own.

        Raises:
            ArchiveError: Nobody is called so, or several are.
        """
        found = self.find(value)
        codes = found.codes | self.find_codes(found.ids)
        if len(codes) != 1:
            raise ArchiveError(
                f"{value!r} has {len(codes)} codes: {', '.join(sorted(codes)) or 'none'}; give one of them"
            )
        return next(iter(codes))

    def find_codes(self, ids: frozenset[str]) -> frozenset[str]:
        """The codes that these roster ids have in the archive or the roster."""
        return frozenset(named.code for named in (*load_listed(), *self._seen) if named.id in ids)

    def find_seen_names(self, ids: Iterable[str], codes: Iterable[str]) -> list[str]:
        """The names under which these ids or codes stand in the archive, in order."""
        known, named = set(ids), set(codes)
        return sorted({n for each in self._seen if each.id in known or each.code in named for n in each.names if n})

    def find_row_codes(self, parties: Parties) -> frozenset[str]:
        """The codes under which these parties stand in ``dyads``: their own, and those of who belongs to their states."""
        near = {code for code, country in self._countries if country in parties.codes}
        return parties.codes | near | (self.find_codes(parties.ids) if parties.ids else frozenset())

    def find_state(self, value: str) -> str | None:
        """The code of a state by code or name; ``None`` where it is none."""
        key = _key(value)
        states = {id for id in self._by_name.get(key, ()) if id.startswith("state:")}
        if len(states) == 1:
            return states.pop().removeprefix("state:")
        return value.upper() if f"state:{value}".casefold() in self._ids else None

    def _choose(self, id: str) -> Parties:
        return (
            Parties(codes=frozenset({id.removeprefix("state:")}))
            if id.startswith("state:")
            else Parties(ids=frozenset({id}))
        )

    def _find_by_words(self, key: str) -> list[str]:
        """Actors of whose name the words are a part, those of the archive first."""
        padded = f" {key} "
        found = {id: None for name, ids in self._by_name.items() if padded in f" {name} " for id in ids}
        return list(found) if key else []

    def _refuse(self, value: str, ids: list[str]) -> NoReturn:
        if ids:
            shown = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
            raise ArchiveError(
                f"{value!r} names {len(ids)} actors: {shown}. Give the code, or one or several of these ids."
            )
        known = {**{_key(code): code for code in self._codes.values()}, **{key: key for key in self._ids}}
        known |= {name: self._spell[name] for name in self._by_name}
        near = [known[key] for key in get_close_matches(_key(value), known, n=3, cutoff=0.7)]
        hint = (
            f"Did you mean {' or '.join(map(repr, near))}?" if near else "'dragoman actors' lists those in the archive."
        )
        raise ArchiveError(f"nobody is called {value!r}, in the roster or in this archive. {hint}")

    @cached_property
    def _seen(self) -> tuple[Named, ...]:
        rows = self._engine.find_rows(_SEEN_ALL, tables=["claims"])
        return tuple(Named(row["id"], row["code"], (row["name"],)) for row in rows if row["id"])

    @cached_property
    def _countries(self) -> frozenset[tuple[str, str]]:
        """Codes in ``dyads`` with the countries they have there, where these are others."""
        rows = self._engine.find_rows(_COUNTRIES, tables=["dyads"])
        return frozenset((row["code"], row["country"]) for row in rows)

    @cached_property
    def _seen_ids(self) -> frozenset[str]:
        return frozenset(named.id for named in self._seen)

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {named.id.casefold(): named.id for named in (*load_listed(), *self._seen)}

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {named.code.casefold(): named.code for named in (*load_listed(), *self._seen) if named.code}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for named in (*load_listed(), *self._seen):
            for name in named.names:
                found.setdefault(_key(name or ""), {})[named.id] = None
        found.pop("", None)
        return {name: list(ids) for name, ids in found.items()}

    @cached_property
    def _spell(self) -> dict[str, str]:
        names = [name for named in (*load_listed(), *self._seen) for name in named.names if name]
        return {_key(name): name for name in reversed(names)}


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())
