"""Whether relations counted from coded events agree with what states did: votes, militarised disputes, leaders.

    python benchmarks/relations/run.py [--data DATA] [--out benchmarks/relations/results/relations.json]

Events are those of the ICEWS tables (a tenth of 2005 to 2015, drawn at random by those who published them), mapped to PLOVER.
The same acts give our scores and the rival: raw counts, as event data are used without scores.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(HERE)]

from agreement import compare_divisions, correlate, find_auc, find_swing  # noqa: E402
from icews import TABLE, States, make_acts, read_rows  # noqa: E402
from leaders import find_leaders  # noqa: E402
from machine import find_data, tell_run, write_result  # noqa: E402
from truths import Votes, find_regions, read_disputes, read_states, read_votes  # noqa: E402

from dragoman.domain import Act, Network, Tie  # noqa: E402
from dragoman.relations.blocs import divide, find_blocs  # noqa: E402
from dragoman.relations.series import find_dyads, make_series  # noqa: E402

YEARS = range(2005, 2016)
LAST_DISPUTES = 2014
LEAST = (1, 2, 5)
"""Events of a dyad-year, at least: how much the figures gain when the thinnest are left out."""
LEAST_SPAN = 10
"""Events of a dyad over all years, at least."""
SHUFFLES = 100
Pair = tuple[str, str]


class DyadYear(NamedTuple):
    pair: Pair
    year: int
    net: float
    mean: float
    share: float
    """Share of cooperative events."""
    events: int
    conflict: float
    """Sum of the intensities below zero, as a figure above zero."""
    conflicts: int
    """Conflictual events, verbal and material."""
    material: int
    """Events of material conflict."""


SCORES = ("net", "mean", "share")
RIVALS = ("events", "conflicts", "material")


def make_dyad_years(acts: Sequence[Act]) -> list[DyadYear]:
    """A row for each year in which a pair has events, from its series."""
    rows = []
    for (first, second), own in find_dyads(acts).items():
        for point in make_series(own, first, second, unit="year").points:
            if not point.counts.events:
                continue
            quads = point.by_quad
            material, verbal = quads.get("material conflict", 0), quads.get("verbal conflict", 0)
            n = point.counts.events
            row = DyadYear(
                (first, second), int(point.period), point.net, point.net / n, 1 - (material + verbal) / n, n,
                point.conflict, material + verbal, material,
            )  # fmt: skip
            rows.append(row)
    return rows


def hold_against_votes(rows: Sequence[DyadYear], votes: Mapping[int, Votes]) -> dict[str, Any]:
    """Rank correlation of each score, and of raw counts, with how alike two states vote in that year."""
    alike = []
    for row in rows:
        year = votes.get(row.year)
        known = year is not None and all(code in year.states for code in row.pair)
        alike.append(_find_likeness(year, row.pair) if year and known else float("nan"))
    out: dict[str, Any] = {}
    for least in LEAST:
        kept = [(row, like) for row, like in zip(rows, alike, strict=True) if row.events >= least and like == like]
        own = [row for row, _ in kept]
        truth = np.array([like for _, like in kept])
        found: dict[str, Any] = {"dyad-years": len(own), "dyads": len({row.pair for row in own})}
        for name in (*SCORES, *RIVALS):
            values = np.array([getattr(row, name) for row in own], dtype=float)
            low, high = find_swing(correlate, values, truth, [row.pair for row in own])
            found[name] = {"rho": round(correlate(values, truth), 3), "95 %": [round(low, 3), round(high, 3)]}
        out[f"{least} events or more"] = found
    return out


def hold_spans_against_votes(rows: Sequence[DyadYear], votes: Mapping[int, Votes]) -> dict[str, Any]:
    """The same for the sums of all years of a dyad, against the mean of its years' likeness."""
    by_pair: dict[Pair, list[DyadYear]] = defaultdict(list)
    for row in rows:
        if row.year in votes and all(code in votes[row.year].states for code in row.pair):
            by_pair[row.pair].append(row)
    spans, truth = [], []
    for pair, own in by_pair.items():
        events = sum(row.events for row in own)
        if events >= LEAST_SPAN:
            net, calm = sum(row.net for row in own), sum(row.share * row.events for row in own)
            spans.append({"net": net, "mean": net / events, "share": calm / events, "events": events,
                          "conflicts": sum(row.conflicts for row in own), "material": sum(row.material for row in own)})  # fmt: skip
            truth.append(np.nanmean([_find_likeness(votes[row.year], pair) for row in own]))
    found: dict[str, Any] = {"dyads": len(spans)}
    for name in (*SCORES, *RIVALS):
        values = np.array([span[name] for span in spans], dtype=float)
        low, high = find_swing(correlate, values, np.array(truth), range(len(spans)))
        found[name] = {"rho": round(correlate(values, np.array(truth)), 3), "95 %": [round(low, 3), round(high, 3)]}
    return found


def _find_likeness(votes: Votes, pair: Pair) -> float:
    first, second = (votes.states.index(code) for code in pair)
    return float(votes.likeness[first, second])


def hold_against_disputes(
    rows: Sequence[DyadYear], disputes: Mapping[int, set[Pair]], states: Sequence[str]
) -> dict[str, Any]:
    """Area under the curve for a militarised dispute in the same year and in the next."""
    every = [pair for pair in itertools.combinations(sorted(states), 2)]
    out: dict[str, Any] = {}
    for name, ahead in (("same year", 0), ("next year", 1)):
        years = [year for year in YEARS if year + ahead <= LAST_DISPUTES]
        told = [row for row in rows if row.year in years]
        out[name] = {
            "dyad-years with events": _judge(told, [row.pair in disputes[row.year + ahead] for row in told]),
            "all dyad-years": _judge_all(told, disputes, every, years, ahead),
        }
    return out


def _find_warnings(row: DyadYear) -> dict[str, float]:
    """Scores that should be higher where a dispute is: ours, then the rivals'."""
    return {
        "conflict": row.conflict, "less net": -row.net, "less mean": -row.mean, "less share": -row.share,
        "events": row.events, "conflicts": row.conflicts, "material": row.material,
    }  # fmt: skip


def _judge(rows: Sequence[DyadYear], labels: Sequence[bool]) -> dict[str, Any]:
    truth, values = np.array(labels), [_find_warnings(row) for row in rows]
    found: dict[str, Any] = {"dyad-years": len(rows), "disputes": int(truth.sum())}
    for name in values[0]:
        column = np.array([value[name] for value in values])
        low, high = find_swing(find_auc, column, truth, [row.pair for row in rows])
        found[name] = {"auc": round(find_auc(column, truth), 3), "95 %": [round(low, 3), round(high, 3)]}
    return found


def _judge_all(
    rows: Sequence[DyadYear], disputes: Mapping[int, set[Pair]], every: Sequence[Pair], years: Sequence[int], ahead: int
) -> dict[str, Any]:
    """The same among all pairs of states: those without events score nothing, and a mean of nothing can't be ranked."""
    known = {(row.pair, row.year): _find_warnings(row) for row in rows}
    keys = [(pair, year) for year in years for pair in every]
    truth = np.array([pair in disputes[year + ahead] for pair, year in keys])
    found: dict[str, Any] = {"dyad-years": len(keys), "disputes": int(truth.sum())}
    for name in ("conflict", "less net", "events", "conflicts", "material"):
        column = np.array([known[key][name] if key in known else 0.0 for key in keys])
        found[name] = {"auc": round(find_auc(column, truth), 3)}
    return found


def hold_blocs(acts: Sequence[Act], votes: Mapping[int, Votes]) -> dict[str, Any]:
    """Blocs of each year against blocs of voting, by adjusted Rand index, beside regions and shuffled labels."""
    rng, regions, out = np.random.default_rng(1), find_regions(), {}
    for found in find_blocs(acts, "year", draws=0):
        year = int(found.period)
        if year not in votes:
            continue
        own = {code: bloc.label for bloc in found.blocs for code in bloc.members}
        voting = _find_voting_blocs(votes[year])
        codes = sorted(set(own) & set(voting))
        shuffled = [
            compare_divisions(dict(zip(codes, rng.permutation([own[code] for code in codes]), strict=True)), voting)
            for _ in range(SHUFFLES)
        ]
        among = {code: regions[code] for code in codes if code in regions}
        out[found.period] = {
            "states": len(codes), "blocs": len(found.blocs), "voting blocs": len(set(voting.values())),
            "modularity": found.modularity, "blocs to votes": round(compare_divisions(own, voting), 3),
            "shuffled to votes": round(float(np.mean(shuffled)), 3),
            "shuffled, 95th percentile": round(float(np.percentile(shuffled, 95)), 3),
            "regions to votes": round(compare_divisions(among, voting), 3),
            "blocs to regions": round(compare_divisions(own, among), 3),
        }  # fmt: skip
    means = {name: round(float(np.mean([year[name] for year in out.values()])), 3) for name in next(iter(out.values()))}
    return {"years": out, "mean": means}


def _find_voting_blocs(votes: Votes) -> dict[str, str]:
    """The division of states by how much more alike than the mean they vote, by the same signed modularity."""
    mean = float(np.nanmean(votes.likeness[np.triu_indices(len(votes.states), 1)]))
    ties = tuple(
        Tie(votes.states[i], votes.states[j], 0.0, 0.0, float(votes.likeness[i, j]) - mean, ())
        for i, j in itertools.combinations(range(len(votes.states)), 2)
        if votes.likeness[i, j] == votes.likeness[i, j]
    )
    found = divide(Network("", votes.states, ties), {}, draws=0)
    return {code: bloc.label for bloc in found.blocs for code in bloc.members}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    began, data = time.process_time(), find_data(given.data)
    tables, truths = data / "icews_tables", data / "ir_tables"
    rows, states = read_rows(tables), States(tables)
    acts, fates = make_acts(rows, states)
    years, votes = make_dyad_years(acts), read_votes(truths, YEARS)
    numbered = [entry["iso3"] for entry in read_states() if "cow" in entry]
    result = tell_run(
        "relations",
        data={"events": TABLE, "votes": "un_votes.rda", "disputes": "cow_mid_dirdisps.rda", "leaders": "archigos.rda"},
        rows=len(rows), fates=dict(fates.most_common()), names=dict(states.grounds.most_common()), dyad_years=len(years),
        votes=hold_against_votes(years, votes), votes_over_all_years=hold_spans_against_votes(years, votes),
        disputes=hold_against_disputes(years, read_disputes(truths), numbered),
        blocs=hold_blocs(acts, votes), leaders=find_leaders(truths),
    )  # fmt: skip
    write_result(result | {"cpu_seconds": round(time.process_time() - began, 1)}, given.out)


if __name__ == "__main__":
    main()
