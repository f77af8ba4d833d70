"""A user's own actors, aliases and outlets, read from tables beside ``dragoman.toml``."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import ResourceError

KINDS = ("state", "organisation", "group", "medium", "body", "person")
SECTORS = frozenset(
    "AGR BUS COP CRM CVL EDU ELI GOV IGO JRN JUD LAB LEG MED MIL MNC NGO OPP PRE PRM PTY REB REF REL SOC SPY UAF "
    "UNK".split()
)
"""Sector codes. Source: PLOVER 2.0 manual, table of sector codes; IGO, NGO and MNC for bodies of no state."""


@dataclass(frozen=True, slots=True)
class OwnActor:
    """A row of ``actors.csv`` or an entry of ``actors.yml``."""

    id: str
    name: str
    code: str
    country: str | None = None
    sector: str | None = None
    kind: str = "organisation"
    names: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """One more name of an actor, ours or the user's."""

    name: str
    actor: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet and the state (ISO3) it speaks from."""

    name: str
    country: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Everything of the user's own in one folder. ``version`` is a hash of the files' content."""

    actors: tuple[OwnActor, ...] = ()
    aliases: tuple[Alias, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    acts: Path | None = None
    """The user's ``acts.yml`` or ``acts.csv``, unread: the codebook reads it."""
    version: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.actors or self.aliases or self.outlets)

    def find_names(self) -> list[Alias]:
        """All names of the user's own actors, as aliases."""
        return [Alias(name, own.id, own.place) for own in self.actors for name in (own.name, *own.names)]


def load_overlay(folder: Path) -> Overlay:
    """The user's own actors, aliases, outlets and acts in ``folder`` (``actors.csv`` or ``.yml`` …), each optional.

    Raises:
        ResourceError: a row is wrong; the message names file and line.
    """
    acts = next((p for p in (folder / f"acts.{kind}" for kind in ("yml", "yaml", "csv")) if p.is_file()), None)
    files = [path for stem in ("actors", "aliases", "outlets") for path in _find_files(folder, stem)]
    digest = hashlib.sha256()
    for path in [*files, *([acts] if acts else [])]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return Overlay(
        actors=tuple(_make_actor(row, place) for row, place in _read(folder, "actors")),
        aliases=tuple(
            Alias(_get(row, "name", place), _get(row, "actor", place), place) for row, place in _read(folder, "aliases")
        ),
        outlets=tuple(
            Outlet(_get(row, "name", place), _get_country(row, place) or "", place)
            for row, place in _read(folder, "outlets")
        ),
        acts=acts,
        version=digest.hexdigest()[:16] if files or acts else None,
    )


def _find_files(folder: Path, stem: str) -> list[Path]:
    return [path for ending in ("csv", "yml", "yaml") if (path := folder / f"{stem}.{ending}").is_file()]


def _read(folder: Path, stem: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    for path in _find_files(folder, stem):
        text = path.read_text(encoding="utf-8-sig", errors="strict")
        yield from _read_csv(path, text) if path.suffix == ".csv" else _read_yaml(path, text)


def _read_csv(path: Path, text: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        for row in reader:
            place = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                raise ResourceError(
                    f"{place}: has another number of cells than the header. Quote cells that hold commas."
                )
            yield row, place
    except csv.Error as error:
        raise ResourceError(f"{path}:{reader.line_num}: not valid CSV ({error}). Mend the line.") from error


def _read_yaml(path: Path, text: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ResourceError(f"{path}:{line}: not valid YAML ({error.problem}). Mend the line.") from error
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise ResourceError(f"{path}:1: holds no list; expected entries that begin with '- '.")
    for node, entry in zip(root.value, yaml.safe_load(text), strict=True):
        place = f"{path}:{node.start_mark.line + 1}"
        if not isinstance(entry, dict):
            raise ResourceError(f"{place}: is {entry!r}; expected keys and values such as 'name: …'.")
        yield entry, place


def _get(row: Mapping[str, Any], key: str, place: str) -> str:
    value = str(row.get(key) or "").strip()
    if not value:
        raise ResourceError(
            f"{place}: no {key}. Every row needs one; this row has {', '.join(k for k in row if row[k])}."
        )
    return value


def _get_country(row: Mapping[str, Any], place: str) -> str | None:
    country = str(row.get("country") or "").strip()
    if country and not (len(country) == 3 and country.isalpha() and country.isupper()):
        raise ResourceError(f"{place}: country is {country!r}; expected an ISO 3166-1 alpha-3 code such as 'KEN'.")
    if not country and "country" in row and "actor" not in row and "code" not in row:
        raise ResourceError(f"{place}: no country. An outlet needs its state's ISO 3166-1 alpha-3 code.")
    return country or None


def _make_actor(row: Mapping[str, Any], place: str) -> OwnActor:
    kind = str(row.get("kind") or "organisation").strip()
    if kind not in KINDS:
        raise ResourceError(f"{place}: kind is {kind!r}; expected one of {', '.join(KINDS)}.")
    sector = str(row.get("sector") or "").strip() or None
    if sector is not None and sector not in SECTORS:
        raise ResourceError(f"{place}: sector is {sector!r}; expected a PLOVER sector such as GOV, MIL, REB, PTY, CVL.")
    names = row.get("names") or ()
    many = names.split(";") if isinstance(names, str) else [str(name) for name in names]
    return OwnActor(
        id=_get(row, "id", place), name=_get(row, "name", place), code=_get(row, "code", place),
        country=_get_country(row, place), sector=sector, kind=kind,
        names=tuple(name.strip() for name in many if name.strip()),
        since=str(row.get("since") or "") or None, until=str(row.get("until") or "") or None, place=place,
    )  # fmt: skip
