"""Blocs: parties that cooperate with one another more, and clash less, than chance would have it.

The division with the greatest signed modularity is looked for by moving one party at a time, in the order of their
codes, and then whole blocs into one another, until nothing gains; then again in nine other orders from a fixed seed, and
the best is kept (the same network gives the same blocs). A quarrel inside a bloc costs four times its weight, so rivals
share a bloc only where all else gets worse by more; those who do are named. How firm a bloc is, is told
by drawing the ties' events anew, with replacement, from a fixed seed.
Source: Gómez, Jensen and Arenas 2009, Phys. Rev. E 80, 016114 (signed modularity); Blondel et al. 2008, J. Stat. Mech.
P10008 (moves); Hennig 2007, Comput. Stat. Data Anal. 52, 258 (stability by resampling).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from dragoman.domain import Act, Bloc, Blocs, Network, Unit
from dragoman.relations.network import LEAST_EVENTS, make_networks, weigh
from dragoman.relations.series import is_counted

DRAWS = 20
"""Draws for stability: the shares come in steps of a twentieth."""
SEED = 1
STARTS = 10
"""Orders in which parties are moved: one order alone stops at the first hill."""
QUARREL = 3.0
"""Times a negative tie counts beyond its weight inside a bloc. Chosen in benchmarks/relations: of 124 negative ties of ICEWS
9 lie inside blocs at 0, 3 at 1 and 1 at 3, and the likeness to blocs of voting doesn't fall."""
LEAST_MEMBERS = 2
GOES_ON = 0.25
"""Share of members in common from which a bloc counts as the one before."""
_LEAST_GAIN = 1e-9


def find_blocs(
    acts: Iterable[Act],
    unit: Unit = "year",
    *,
    among: Collection[str] | None = None,
    least: int = LEAST_EVENTS,
    draws: int = DRAWS,
) -> list[Blocs]:
    """The blocs of each period, with labels that stay while a bloc goes on.

    Args:
        acts: Acts of all parties.
        unit: Length of a period.
        among: Codes of the parties that count, such as those of states; by default all that have a name.
        least: Events of a tie, at least.
        draws: How often events are drawn anew for stability; 0 leaves it out (all shares are 1 then).
    """
    acts = list(acts)
    strength = {act.event_id: act.intensity for act in acts if is_counted(act)}
    found: list[Blocs] = []
    for network in make_networks(acts, unit, among=among, least=least):
        blocs = divide(network, strength, draws=draws)
        found.append(_keep_labels(found[-1], blocs) if found else blocs)
    return found


def divide(network: Network, strength: Mapping[str, float], *, draws: int = DRAWS) -> Blocs:
    """The blocs of one network.

    Args:
        network: Parties and ties.
        strength: Event → its intensity, for drawing anew.
        draws: How often.
    """
    weights = _make_matrix(network, {(tie.first, tie.second): tie.weight for tie in network.ties})
    groups = _find_best(weights)
    again = [_find_best(_make_matrix(network, _draw(network, strength, n)), 1) for n in range(draws)]
    together = _count_together([np.array(g) for g in again]) if again else None
    members: dict[int, list[int]] = defaultdict(list)
    for node, group in enumerate(groups):
        members[group].append(node)
    large = sorted((m for m in members.values() if len(m) >= LEAST_MEMBERS), key=lambda m: (-len(m), m))
    blocs = tuple(_make_bloc(network, weights, m, together) for m in large)
    alone = tuple(network.nodes[m[0]] for m in sorted(members.values()) if len(m) < LEAST_MEMBERS)
    return Blocs(network.period, blocs, round(_find_modularity(weights, groups), 4), len(network.nodes), alone)


def _make_bloc(network: Network, weights: np.ndarray, nodes: Sequence[int], together: np.ndarray | None) -> Bloc:
    inside = weights[np.ix_(nodes, nodes)].sum(axis=1)
    label = network.nodes[nodes[int(np.argmax(inside))]]
    inner = {network.nodes[n] for n in nodes}
    rivals = tuple((t.first, t.second) for t in network.ties if t.weight < 0 and {t.first, t.second} <= inner)
    if together is None:
        return Bloc(label, {network.nodes[n]: 1.0 for n in nodes}, 1.0, rivals)
    among = together[np.ix_(nodes, nodes)]
    count = len(nodes) - 1
    shares = {network.nodes[n]: round(float((among[i].sum() - among[i, i]) / count), 3) for i, n in enumerate(nodes)}
    return Bloc(label, shares, round(sum(shares.values()) / len(shares), 3), rivals)


def _make_matrix(network: Network, weights: Mapping[tuple[str, str], float]) -> np.ndarray:
    at = {code: n for n, code in enumerate(network.nodes)}
    matrix = np.zeros((len(at), len(at)))
    for (first, second), weight in weights.items():
        matrix[at[first], at[second]] = matrix[at[second], at[first]] = weight
    return matrix


def _draw(network: Network, strength: Mapping[str, float], n: int) -> dict[tuple[str, str], float]:
    """Weights of ties whose events are drawn anew, as many as there were."""
    rng = np.random.default_rng((SEED, n))
    drawn = {}
    for tie in network.ties:
        scores = np.array([strength.get(name, 0.0) for name in tie.events])
        drawn[tie.first, tie.second] = weigh(float(rng.choice(scores, len(scores)).sum()))
    return drawn


def _count_together(groupings: Sequence[np.ndarray]) -> np.ndarray:
    """Share of groupings in which two parties fall together."""
    together: np.ndarray = np.mean([np.equal.outer(grouping, grouping) for grouping in groupings], axis=0)
    return together


def _find_expected(weights: np.ndarray) -> np.ndarray:
    """Signed weights less what chance would give between parties with as many ties of each sign."""
    gain = weights.copy()
    for sign in (1, -1):
        part = np.clip(sign * weights, 0, None)
        total = part.sum()
        if total:
            degrees = part.sum(axis=1)
            gain -= sign * np.outer(degrees, degrees) / total
    return gain


def _find_modularity(weights: np.ndarray, groups: Sequence[int]) -> float:
    total = np.abs(weights).sum()
    same = np.equal.outer(np.array(groups), np.array(groups))
    return float((_find_expected(weights) * same).sum() / total) if total else 0.0


def _find_best(weights: np.ndarray, starts: int = STARTS) -> list[int]:
    """The best of the divisions that are reached from several orders, the order of the codes first."""
    gain = _find_expected(weights) + QUARREL * np.minimum(weights, 0)
    np.fill_diagonal(gain, 0.0)
    best, most = list(range(len(gain))), 0.0
    for start in range(starts):
        order = np.random.default_rng((SEED, start)).permutation(len(gain)) if start else np.arange(len(gain))
        groups = np.empty(len(gain), dtype=int)
        groups[order] = _move_all(gain[np.ix_(order, order)])
        worth = float((gain * np.equal.outer(groups, groups)).sum())
        if worth > most + _LEAST_GAIN:
            best, most = groups.tolist(), worth
    return best


def _move_all(gain: np.ndarray) -> list[int]:
    """The group of each node in a division that no single move and no merging of two groups betters."""
    groups = list(range(len(gain)))
    while _move_nodes(gain, groups) or _merge_groups(gain, groups):
        pass
    return groups


def _move_nodes(gain: np.ndarray, groups: list[int]) -> bool:
    moved = False
    for node in range(len(groups)):
        sums: dict[int, float] = defaultdict(float)
        for other, group in enumerate(groups):
            if other != node:
                sums[group] += gain[node, other]
        own = groups[node]
        best = max(sorted(sums), key=lambda group: (sums[group], group == own), default=own)
        if sums.get(best, 0.0) > max(sums.get(own, 0.0), 0.0) + _LEAST_GAIN:
            groups[node], moved = best, True
    return moved


def _merge_groups(gain: np.ndarray, groups: list[int]) -> bool:
    names = sorted(set(groups))
    member = np.array([[group == name for group in groups] for name in names], dtype=float)
    between = member @ gain @ member.T
    np.fill_diagonal(between, 0.0)
    if not between.size or between.max() <= _LEAST_GAIN:
        return False
    first, second = np.unravel_index(int(np.argmax(between)), between.shape)
    for node, group in enumerate(groups):
        if group == names[int(second)]:
            groups[node] = names[int(first)]
    return True


def _keep_labels(before: Blocs, now: Blocs) -> Blocs:
    """Labels of the blocs before, given to those that go on: where the labelled party still is, with enough of the rest."""
    likeness = [
        (_find_likeness(old, new), i, j)
        for i, old in enumerate(before.blocs)
        for j, new in enumerate(now.blocs)
        if old.label in new.members
    ]
    labels = {j: before.blocs[i].label for share, i, j in likeness if share >= GOES_ON}
    blocs = [replace(bloc, label=labels.get(j, bloc.label)) for j, bloc in enumerate(now.blocs)]
    return replace(now, blocs=tuple(blocs))


def _find_likeness(one: Bloc, other: Bloc) -> float:
    """Members of both by members of either."""
    return len(set(one.members) & set(other.members)) / len(set(one.members) | set(other.members))
