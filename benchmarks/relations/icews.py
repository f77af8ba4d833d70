"""Rows of the ICEWS tables (who, what, whom, when, all in words) → acts between states."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cameo import find_type

from dragoman.actors.roster import Roster, load_roster
from dragoman.actors.spelling import cut_name
from dragoman.coding.codebook import load_codebook
from dragoman.domain import Act

TABLE = "icews_2005-2015_valid.txt"
SAMPLE = "events.2018.sample.tab"
_APART = re.compile(
    r"insurgent|rebel|separatist|criminal|opposition|terrorist|militant|armed (gang|band)|attacker|protest|extremist|"
    r"paramilitary|combatant|men$|women$|children$|citizen",
    re.IGNORECASE,
)
"""Sorts of people who don't act for the state in the parentheses behind them; citizens among them."""
_SPELLED = {
    "Palestinian Territory, Occupied": "PSE", "Democratic Republic of Congo": "COD", "Congo": "COG", "Macedonia": "MKD",
    "Swaziland": "SWZ", "Cote d'Ivoire": "CIV", "Vatican": "VAT",
}  # fmt: skip
"""Names of states as ICEWS spells them that the roster has not."""


class Row(NamedTuple):
    actor: str
    relation: str
    recipient: str
    day: str


def read_rows(folder: Path) -> list[Row]:
    """The rows by day, then by their words: the file has no order of its own."""
    with (folder / TABLE).open(encoding="utf-8") as lines:
        rows = [Row(*line.rstrip("\n").split("\t")) for line in lines if line.count("\t") == 3]
    return sorted(rows, key=lambda row: (row.day, row))


class States:
    """Names as ICEWS writes them → codes of states (ISO 3166-1 alpha-3), each decision counted by its ground."""

    def __init__(self, folder: Path) -> None:
        self._roster: Roster = load_roster()
        self._sample = _read_sample(folder / SAMPLE)
        self.grounds: Counter[str] = Counter()

    def find(self, name: str) -> str | None:
        code, ground = self._find(name)
        self.grounds[ground] += 1
        return code

    @cache  # noqa: B019 – lives as long as the run
    def _find(self, name: str) -> tuple[str | None, str]:
        fits = re.fullmatch(r"(.*?) ?\(([^()]*)\)", name)
        if fits:
            if _APART.search(fits[1]):
                return None, "acts for no state"
            code = self._find_state(fits[2])
            return (code, "country in parentheses") if code else (None, "no country in parentheses")
        if code := self._find_state(name):
            return code, "name of a state"
        people = {self._roster.actors[i].country for i in self._roster.find_people(tuple(cut_name(name)))} - {None}
        if len(people) == 1:
            return people.pop(), "person of the roster"
        if name in self._sample and (code := self._find_state(self._sample[name])):
            return code, "country in the export of 2018"
        return None, "not known"

    def _find_state(self, name: str) -> str | None:
        if name in _SPELLED:
            return _SPELLED[name]
        found = {actor.code for actor in self._roster.find_actors(name) if actor.kind == "state"}
        return found.pop() if len(found) == 1 else None


def make_acts(rows: list[Row], states: States) -> tuple[list[Act], Counter[str]]:
    """Acts between two states, one a row, and what became of the rest."""
    codebook, fates, acts = load_codebook(), Counter[str](), []
    for number, row in enumerate(rows):
        event_type, mode, fitted = find_type(row.relation)
        if event_type is None:
            fates["a bare statement" if fitted else "no pattern fits"] += 1
            continue
        first, second = states.find(row.actor), states.find(row.recipient)
        if first is None or second is None or first == second:
            fates["a side is no state" if None in (first, second) else "within one state"] += 1
            continue
        fates["act"] += 1
        kind = codebook.types[event_type]
        modes = {entry["mode"] for entry in kind["modes"]}
        mode = mode if mode in modes else None
        acts.append(
            Act(
                event_id=f"ic_{number:06d}", day=row.day, actor=first, recipient=second, event_type=event_type, mode=mode,  # type: ignore[arg-type]
                quad=kind["quad"], intensity=codebook.get_score(event_type, mode), status="occurred", mutual=False,
                confidence=1.0, origin="icews",
            )
        )  # fmt: skip
    return acts, fates


def _read_sample(path: Path) -> dict[str, str]:
    """Name → the country it has in every row of a raw export."""
    seen: dict[str, set[str]] = defaultdict(set)
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                for side in ("Source", "Target"):
                    seen[row[f"{side} Name"]].add(row[f"{side} Country"])
    return {name: countries.pop() for name, countries in seen.items() if len(countries) == 1}
