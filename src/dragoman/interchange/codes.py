"""Codes of other codebooks: CAMEO and PLOVER both ways, sectors, countries. Tables are loaded when they are first needed.

Nothing is guessed: what has no counterpart gives ``None``, and how well a code fits is told with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from dragoman.domain import EventType, Quad

Fit = Literal["same", "wider", "near", "none"]
"""Whether a code says the same, is wider, is the nearest in another sense, or stands for what has no code."""
_FILE_CLASSES: Mapping[Quad, int] = {
    "verbal cooperation": 1,
    "material cooperation": 2,
    "verbal conflict": 3,
    "material conflict": 4,
}
"""Numbers of the four classes in GDELT, Phoenix and PLOVER."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A CAMEO code: its score and what it is in PLOVER."""

    code: str
    goldstein: float
    event_type: EventType | None
    mode: str | None
    context: str | None
    fit: Fit
    what: str


@dataclass(frozen=True, slots=True)
class Country:
    """A state's names in other codebooks."""

    code: str
    name: str
    fips: str | None
    cow: int | None
    gw: int | None


@lru_cache(maxsize=1)
def _load() -> dict[str, Any]:
    return cast(dict[str, Any], json.loads((files("dragoman") / "_data" / "interchange.json").read_bytes()))


@lru_cache(maxsize=1)
def _load_codebook() -> dict[str, Any]:
    data = json.loads((files("dragoman") / "_data" / "codebook.json").read_bytes())
    return {kind["type"]: kind for kind in data["types"]}


@lru_cache(maxsize=1)
def load_cameo() -> Mapping[str, Kind]:
    """CAMEO code → what it is."""
    return {row[0]: Kind(*row) for row in _load()["cameo"]}


def find_cameo(code: str) -> Kind | None:
    """The kind of a CAMEO code, or of the nearest wider code that is known; ``None`` where it is no CAMEO code.

    Codes that lost their leading zero (``40`` for ``040``, ``20`` stays mass violence) are not repaired here.
    """
    kinds = load_cameo()
    while code and code not in kinds:
        code = code[:-1]
    return kinds.get(code) if len(code) > 1 else None


@lru_cache(maxsize=1)
def _load_plover() -> Mapping[tuple[str, str | None, str | None], tuple[str, Fit]]:
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in _load()["plover"]}


def choose_cameo(event_type: str, mode: str | None, context: Sequence[str]) -> tuple[Kind, Fit]:
    """The CAMEO code of a PLOVER kind, and how well it fits; the first context that has a code of its own counts."""
    table = _load_plover()
    for each in (*context, None):
        found = table.get((event_type, mode, each))
        if found:
            return load_cameo()[found[0]], found[1]
    code, _ = table[event_type, None, None]
    return load_cameo()[code], "none"


def get_quad(event_type: EventType) -> Quad:
    """The class of a PLOVER type."""
    return cast(Quad, _load_codebook()[event_type]["quad"])


def get_class(quad: Quad) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return _FILE_CLASSES[quad]


@lru_cache(maxsize=512)
def get_score(event_type: EventType, mode: str | None) -> float:
    """The PLOVER score of a type and mode, -10 to +10."""
    kind = _load_codebook()[event_type]
    scores = {each["mode"]: each["score"] for each in kind["modes"]}
    return float(scores.get(mode, kind["score"]))


def find_type(word: str) -> EventType | None:
    """A PLOVER type by its name, in whatever case."""
    name = word.strip().upper()
    return cast(EventType, name) if name in get_args(EventType) else None


@lru_cache(maxsize=1)
def load_contexts() -> frozenset[str]:
    """The names of PLOVER's contexts."""
    data = json.loads((files("dragoman") / "_data" / "codebook.json").read_bytes())
    return frozenset(context["name"] for context in data["contexts"])


_OLD_MODES = {
    ("ASSAULT", "assassinate"): "targeted", ("ASSAULT", "massacre"): "targeted", ("COERCE", "ban"): "restrict",
    ("THREATEN", "ban"): "restrict", ("THREATEN", "political"): "restrict",
}  # fmt: skip
"""Modes of PLOVER drafts that PLOVER 2.0 calls otherwise."""


@lru_cache(maxsize=1024)
def find_mode(event_type: EventType, word: str | None) -> str | None:
    """A mode of a type by its name; modes of PLOVER's drafts under today's name."""
    name = (word or "").strip().casefold().replace("_", "-")
    modes = {each["mode"] for each in _load_codebook()[event_type]["modes"]}
    name = _OLD_MODES.get((event_type, name), name)
    return name if name in modes else None


@lru_cache(maxsize=4)
def _load_sectors(scheme: str) -> Mapping[str, tuple[int, str]]:
    rows = [row for row in _load()["sectors"] if row[0] == scheme]
    return {word.casefold(): (number, sector) for number, (_, word, sector, _) in enumerate(rows)}


def find_sector(scheme: Literal["acled", "cameo", "icews"], words: Iterable[str]) -> str | None:
    """The PLOVER sector of what another codebook calls sectors; of several the one that stands first in our table."""
    known = _load_sectors(scheme)
    found = sorted(known[word] for word in (w.strip().casefold() for w in words) if word in known)
    return found[0][1] if found else None


def find_sector_word(scheme: Literal["cameo", "icews"], sector: str | None) -> str | None:
    """The word of another codebook for a PLOVER sector."""
    return next(
        (word for name, word, own, is_written in _load()["sectors"] if (name, own) == (scheme, sector) and is_written),
        None,
    )


@lru_cache(maxsize=1)
def load_countries() -> Mapping[str, Country]:
    """ISO 3166-1 alpha-3 → the state's names in other codebooks."""
    return {code: Country(code, *row) for code, row in _load()["countries"].items()}


def find_cameo_country(code: str) -> str | None:
    """The ISO code of a CAMEO country code; ``None`` for regions (``EUR``, ``AFR``) and what is none."""
    code = _load_cameo_countries().get(code, code)
    return code if code in load_countries() else None


@lru_cache(maxsize=1)
def _load_cameo_countries() -> Mapping[str, str]:
    return {cameo: iso for cameo, iso, _ in _load()["cameo_countries"]}


def get_cameo_country(code: str) -> str:
    """The CAMEO code of a country, which for most is its ISO code."""
    return next((cameo for cameo, iso, is_written in _load()["cameo_countries"] if iso == code and is_written), code)


@lru_cache(maxsize=1)
def _load_numbers() -> Mapping[str, Mapping[int, str]]:
    numbers: dict[str, dict[int, str]] = {"gw": {}, "cow": {}}
    for country in load_countries().values():
        for system in numbers:
            if (number := getattr(country, system)) is not None:
                numbers[system].setdefault(number, country.code)
    return numbers


def find_numbered(system: Literal["gw", "cow"], number: str) -> str | None:
    """The ISO code of a state by its number in Gleditsch and Ward's or the Correlates of War list."""
    digits = number.strip().removesuffix(".0")  # as tables write whole numbers that went through a spreadsheet
    return _load_numbers()[system].get(int(digits)) if digits.isdecimal() else None


@lru_cache(maxsize=1)
def _load_others() -> Mapping[tuple[str, str, str], tuple[EventType | None, str | None, bool]]:
    return {(row[0], row[1].casefold(), row[2].casefold()): (row[3], row[4], row[5]) for row in _load()["others"]}


def find_other(
    scheme: Literal["acled", "ucdp"], kind: str, subkind: str = ""
) -> tuple[EventType | None, str | None, bool] | None:
    """PLOVER type, mode and whether it is mutual, of a kind of ACLED or UCDP; ``None`` where they have no such kind."""
    table = _load_others()
    kind, subkind = kind.strip().casefold(), subkind.strip().casefold()
    return table.get((scheme, kind, subkind)) or table.get((scheme, kind, ""))
