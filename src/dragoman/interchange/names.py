"""Countries and organisations by the names that other people's data give them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.interchange.codes import load_countries
from dragoman.interchange.imported import Side, make_side

Listed = tuple[str, str, tuple[str, ...]]
"""An actor of the roster: id, code, names."""
_GOVERNMENT = re.compile(r"^(?:government|armed forces|military forces|police forces) of (?:the )?", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)")


class Names:
    """Finds states, organisations and groups by name: those of our tables, and those handed in, as the roster lists them.

    Args:
        listed: Actors of the roster; states, organisations and groups among them are heeded.
    """

    def __init__(self, listed: Iterable[Listed] = ()) -> None:
        self._states: dict[str, str] = {}
        self._organisations: dict[str, str] = {}
        for country in load_countries().values():
            self._states |= {_key(country.name): country.code, _key(country.code): country.code}
        for id, code, names in listed:
            known = {"state": self._states, "org": self._organisations, "group": self._organisations}.get(
                id.split(":")[0]
            )
            for name in (code, *names) if known is not None else ():
                known.setdefault(_key(name), code)  # type: ignore[union-attr]

    def find_country(self, name: str) -> str | None:
        """The ISO 3166-1 alpha-3 code of a country's name, also of ``Moldova, Republic of`` and ``Myanmar (Burma)``."""
        turned = " ".join(reversed(name.split(", ")))
        return next(
            (found for n in (name, name.partition("(")[0], turned) if (found := self._states.get(_key(n)))), None
        )

    def find_organisation(self, name: str) -> str | None:
        """The code of an organisation or group by its name: ``UNO``, ``NATO`` …"""
        return self._organisations.get(_key(name))

    def find_country_within(self, name: str) -> str | None:
        """The country that a party's name holds: ``Government of Mali``, ``Military Forces of Mali (2021-)``, ``Civilians (Mali)``."""
        plain = _GOVERNMENT.sub("", name)
        if plain != name and (found := self.find_country(plain)):
            return found
        brackets = _BRACKETS.findall(name)
        return next((found for words in reversed(brackets) if (found := self._states.get(_key(words)))), None)

    def make_side(self, name: str, country: str | None, sector: str | None) -> Side:
        """A party: an organisation or group under its own code, also its people (``Ministry (European Union)``), else one of
        its country and sector."""
        code = self.find_organisation(name)
        if code is None and country is None:
            code = next((found for words in _BRACKETS.findall(name) if (found := self.find_organisation(words))), None)
        return make_side(name, country, sector, code=code)


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").replace("&", "and").split()).removeprefix("the ")
