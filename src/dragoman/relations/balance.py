"""Balance among three: two friends of one another agree on the third, or something gives.

A triad is three parties that all have ties. It is balanced when the product of their signs is positive: all friends, or two friends
against a third. Source: Cartwright and Harary 1956, Psychol. Rev. 63, 277; for states Harary 1961, J. Confl. Resolut. 5, 304.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.domain import Act, Flip, Network, Rival, Tie, Triad
from dragoman.relations.series import is_counted

TOLD_EVENTS = 5
"""Events told with a flip, for each pair that turned."""
Pair = tuple[str, str]


def find_triads(network: Network) -> list[Triad]:
    """The triads of a network, the unbalanced first, then the strongest. A tie whose weight is zero has no sign: left out."""
    ties = {(tie.first, tie.second): tie for tie in network.ties if tie.weight}
    near: dict[str, set[str]] = defaultdict(set)
    for first, second in ties:
        near[first].add(second)
    found = [
        _make_triad(network.period, (first, second, third), ties)
        for first, second in sorted(ties)
        for third in sorted(near[first] & near[second])
    ]
    return sorted(found, key=lambda triad: (triad.balanced, -triad.strength, triad.members))


def count_triads(triads: Iterable[Triad]) -> dict[str, int]:
    """How many triads there are of each number of hostile ties: none and two are balanced, one and three are not."""
    counts = {"all friends": 0, "one quarrel": 0, "two against one": 0, "all hostile": 0}
    names = tuple(counts)
    for triad in triads:
        counts[names[sum(sign < 0 for sign in triad.signs)]] += 1
    return counts


def find_flips(before: Network, now: Network, acts: Iterable[Act]) -> list[Flip]:
    """Triads of both periods whose balance changed, with the pairs that turned and the events that turned them.

    Args:
        before: The earlier network.
        now: The later one.
        acts: Acts of the later period at least.
    """
    earlier = {triad.members: triad for triad in find_triads(before)}
    strength = {act.event_id: act.intensity for act in acts if is_counted(act)}
    ties = {(tie.first, tie.second): tie for tie in now.ties}
    found = []
    for triad in find_triads(now):
        old = earlier.get(triad.members)
        if old is None or old.balanced == triad.balanced:
            continue
        pairs = _find_pairs(triad.members)
        turned = tuple(p for p, was, sign in zip(pairs, old.signs, triad.signs, strict=True) if was != sign)
        events = [name for pair in turned for name in _find_makers(ties[pair], strength)]
        found.append(Flip(old, triad, turned, tuple(dict.fromkeys(events))))
    return found


def find_shared_rivals(network: Network, first: str, second: str) -> list[Rival]:
    """Parties that both stand against, those first with whom the milder of the two stands worst."""
    own, other = _find_hostile(network, first), _find_hostile(network, second)
    found = [
        Rival(code, own[code].weight, other[code].weight, tuple(sorted({*own[code].events, *other[code].events})))
        for code in sorted(set(own) & set(other))
    ]
    return sorted(found, key=lambda rival: (max(rival.with_first, rival.with_second), rival.code))


def _find_hostile(network: Network, code: str) -> dict[str, Tie]:
    return {
        tie.second if tie.first == code else tie.first: tie
        for tie in network.ties
        if code in (tie.first, tie.second) and tie.weight < 0
    }


def _make_triad(period: str, members: tuple[str, str, str], ties: Mapping[Pair, Tie]) -> Triad:
    own = [ties[pair] for pair in _find_pairs(members)]
    first, second, third = (1 if tie.weight > 0 else -1 for tie in own)
    return Triad(
        period=period,
        members=members,
        signs=(first, second, third),
        balanced=first * second * third > 0,
        strength=min(abs(tie.weight) for tie in own),
        events=tuple(sorted({name for tie in own for name in tie.events})),
    )


def _find_pairs(members: Sequence[str]) -> list[Pair]:
    return [(first, second) for first, second in itertools.combinations(members, 2)]


def _find_makers(tie: Tie, strength: Mapping[str, float]) -> list[str]:
    """The events that carry a tie's sign, the weightiest first."""
    sign = 1 if tie.weight > 0 else -1
    makers = [name for name in tie.events if strength.get(name, 0.0) * sign > 0]
    return sorted(makers, key=lambda name: (-abs(strength[name]), name))[:TOLD_EVENTS]
