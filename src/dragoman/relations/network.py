"""Who stands how to whom: a signed, weighted network of parties for each period."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from dragoman.domain import Act, Network, Tie, Unit
from dragoman.relations.periods import get_period
from dragoman.relations.series import find_dyads, is_counted, sum_intensity

LEAST_EVENTS = 2
"""Events of a tie, at least: one may be a slip of the coder."""


def make_networks(
    acts: Iterable[Act],
    unit: Unit = "year",
    *,
    among: Collection[str] | None = None,
    least: int = LEAST_EVENTS,
) -> list[Network]:
    """The network of each period that has a tie, by period.

    Args:
        acts: Acts of all parties.
        unit: Length of a period.
        among: Codes of the parties that count, such as those of states; by default all that have a name.
        least: Events of a tie, at least.
    """
    by_period: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        if among is None or (act.actor in among and act.recipient in among):
            by_period[get_period(act.day, unit)].append(act)
    networks = [make_network(own, period, least=least) for period, own in sorted(by_period.items())]
    return [network for network in networks if network.ties]


def make_network(acts: Iterable[Act], period: str = "", *, least: int = LEAST_EVENTS) -> Network:
    """The network of all these acts: a tie for each pair with events enough, both ways taken together."""
    ties = [
        make_tie(first, second, own)
        for (first, second), own in find_dyads(act for act in acts if is_counted(act)).items()
        if len(own) >= least
    ]
    nodes = sorted({code for tie in ties for code in (tie.first, tie.second)})
    return Network(period, tuple(nodes), tuple(ties))


def make_tie(first: str, second: str, acts: Sequence[Act]) -> Tie:
    """A tie from its acts, each event once."""
    cooperation, conflict = sum_intensity(acts)
    ids = tuple(sorted({act.event_id for act in acts}))
    return Tie(first, second, round(cooperation, 3), round(conflict, 3), weigh(cooperation - conflict), ids)


def weigh(net: float) -> float:
    """A net score as a weight: the logarithm of one plus it, with its sign."""
    return round(math.copysign(math.log1p(abs(net)), net), 4) if net else 0.0


def find_ego(network: Network, code: str, *, most: int = 30) -> Network:
    """A party, those it has the strongest ties with, and the ties among them."""
    own = [tie for tie in network.ties if code in (tie.first, tie.second)]
    own = sorted(own, key=lambda tie: (-abs(tie.weight), tie.first, tie.second))[:most]
    near = {code, *(party for tie in own for party in (tie.first, tie.second))}
    ties = tuple(tie for tie in network.ties if tie.first in near and tie.second in near)
    return Network(network.period, tuple(sorted(near)), ties)
