"""What relations are held against: votes in the General Assembly, militarised disputes, leaders. Read from R's files."""

from __future__ import annotations

import datetime as dt
import logging
import warnings
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

ROOT = Path(__file__).resolve().parents[2]
_VOTES = {"yes": 1.0, "abstain": 0.0, "no": -1.0}
LEAST_VOTES = 10
"""Votes both cast in a year, at least."""


class Leader(NamedTuple):
    state: str
    name: str
    start: str
    end: str


class Votes(NamedTuple):
    """Votes of one year: states, and how alike each two vote, 0 to 1; not a number where they cast too few together."""

    states: tuple[str, ...]
    likeness: np.ndarray


def read_table(path: Path) -> Any:
    try:
        import rdata
    except ImportError as error:
        raise SystemExit("reading .rda files needs rdata: pip install rdata") from error
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return next(iter(rdata.read_rda(str(path)).values()))


def read_states() -> list[dict[str, Any]]:
    path = ROOT / "resources" / "actors" / "states.yml"
    entries: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return entries


def read_votes(folder: Path, years: range) -> dict[int, Votes]:
    """How alike states vote: 1 − mean distance, where yes and no stand 1 apart and abstaining half-way.

    Source: Signorino and Ritter 1999, Int. Stud. Q. 43, 115 (S, here on 0 to 1).
    """
    calls = read_table(folder / "un_roll_calls.rda")
    year_of = {
        int(rcid): (dt.date(1970, 1, 1) + dt.timedelta(days=int(day))).year
        for rcid, day in zip(calls["rcid"], calls["date"], strict=True)
    }
    iso = {entry["iso2"]: entry["iso3"] for entry in read_states() if "iso2" in entry}
    votes = read_table(folder / "un_votes.rda")
    by_year: dict[int, list[tuple[int, str, float]]] = defaultdict(list)
    for rcid, code, vote in zip(votes["rcid"], votes["country_code"], votes["vote"], strict=True):
        year = year_of.get(int(rcid))
        if year in years and code in iso:
            by_year[year].append((int(rcid), iso[code], _VOTES[vote]))
    return {year: _compare_votes(cast) for year, cast in sorted(by_year.items())}


def _compare_votes(cast: list[tuple[int, str, float]]) -> Votes:
    states = sorted({state for _, state, _ in cast})
    calls = {name: n for n, name in enumerate(sorted({rcid for rcid, _, _ in cast}))}
    at = {state: n for n, state in enumerate(states)}
    table = np.full((len(states), len(calls)), np.nan)
    for rcid, state, vote in cast:
        table[at[state], calls[rcid]] = vote
    likeness = np.full((len(states), len(states)), np.nan)
    for n, row in enumerate(table):
        apart = np.abs(table - row) / 2
        told = ~np.isnan(apart)
        enough = told.sum(axis=1) >= LEAST_VOTES
        likeness[n, enough] = 1 - np.nanmean(apart[enough], axis=1)
    return Votes(tuple(states), likeness)


def read_disputes(folder: Path) -> dict[int, set[tuple[str, str]]]:
    """Year → pairs of states in a militarised dispute, codes in alphabetical order. Source: COW MID, to 2014."""
    table = read_table(folder / "cow_mid_dirdisps.rda")
    iso = {entry["cow"]: entry["iso3"] for entry in read_states() if "cow" in entry}
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for one, other, year in zip(table["ccode1"], table["ccode2"], table["year"], strict=True):
        if int(one) in iso and int(other) in iso:
            first, second = sorted((iso[int(one)], iso[int(other)]))
            found[int(year)].add((first, second))
    return found


def read_leaders(folder: Path, since: str, until: str) -> tuple[list[Leader], int]:
    """Leaders in office in a span, and how many of states whose number isn't ours. Source: Archigos 4.1, to 2015."""
    table = read_table(folder / "archigos.rda")
    iso = {
        entry.get("gw", entry.get("cow")): entry["iso3"] for entry in read_states() if "cow" in entry or "gw" in entry
    }
    found, unknown = [], 0
    for number, name, start, end in zip(
        table["gwcode"], table["leader"], table["startdate"], table["enddate"], strict=True
    ):
        first, last = ((dt.date(1970, 1, 1) + dt.timedelta(days=int(day))).isoformat() for day in (start, end))
        if first > until or last < since:
            continue
        if int(number) in iso:
            found.append(Leader(iso[int(number)], str(name), first, last))
        else:
            unknown += 1
    return found, unknown


def find_regions() -> Mapping[str, int]:
    """State → the hundreds of its COW number, which run by region: Americas, Europe, Africa, Middle East, Asia, Oceania."""
    bounds = (200, 400, 600, 700, 900)
    return {entry["iso3"]: sum(entry["cow"] >= bound for bound in bounds) for entry in read_states() if "cow" in entry}
