"""Judgements → groups of claims. The same judgements give the same groups, in whatever order they come.

Groups grow by average linkage: the two groups whose pairs have the highest mean chance become one, as long as that mean
is high enough and nothing tells them apart; a pair that wasn't judged counts as 0. Persons' judgements stand above all.
Source: Sneath and Sokal 1973, Numerical Taxonomy (UPGMA).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.domain import Judgement

PERSON = "person"
LASTS = "lasting"
"""Rule of pairs that name one war as a whole: they are one, however many there are."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Links:
    """What persons have settled: pairs that are one, pairs that are not, claims that tell of no happening."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    """Claim id → why."""
    overruled: tuple[Judgement, ...] = ()
    """Judgements that a newer one of the same or of other pairs makes impossible."""


def settle_links(judgements: Iterable[Judgement]) -> Links:
    """What persons' judgements come to: of one pair the newest counts, and where several can't all hold, the newer ones.

    ``unsure`` by a person lifts an earlier judgement. A claim judged different from itself tells of no happening.
    """
    groups = _Groups()
    same: set[Pair] = set()
    different: set[Pair] = set()
    withdrawn: dict[str, str] = {}
    overruled = []
    for judgement in _find_newest(judgements):
        pair = (judgement.first, judgement.second)
        if judgement.verdict == "unsure":
            continue
        if pair[0] == pair[1]:
            if judgement.verdict == "different":
                withdrawn[pair[0]] = "; ".join(judgement.reasons)
        elif not groups.allows(pair, judgement.verdict == "same"):
            overruled.append(judgement)
        elif judgement.verdict == "same":
            groups.join(*pair)
            same.add(pair)
        else:
            groups.part(*pair)
            different.add(pair)
    return Links(frozenset(same), frozenset(different), withdrawn, tuple(overruled))


def _find_newest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The newest of each pair, the newest first."""
    ordered = sorted(
        (j for j in judgements if j.rule == PERSON),
        key=lambda j: (j.when or "", j.first, j.second, j.verdict, j.by or "", j.reasons),
        reverse=True,
    )
    newest: dict[Pair, Judgement] = {}
    for judgement in ordered:
        newest.setdefault((judgement.first, judgement.second), judgement)
    return list(newest.values())


def find_groups(
    claim_ids: Iterable[str], judgements: Iterable[Judgement], links: Links, *, least: float
) -> list[tuple[str, ...]]:
    """Claims in groups, each claim in one: ids sorted, groups by their first.

    Args:
        claim_ids: All claims; those withdrawn are left out.
        judgements: Of the machine; those about other claims are passed over.
        links: Persons' word.
        least: Mean chance from which two groups are one.
    """
    names = sorted(set(claim_ids) - set(links.withdrawn))
    known = set(names)
    scores: dict[Pair, float] = {}
    apart: set[Pair] = set()
    for j in sorted(judgements, key=lambda j: (j.first, j.second)):
        if j.first in known and j.second in known and j.rule != PERSON:
            if j.verdict == "different":
                apart.add((j.first, j.second))
            elif j.rule != LASTS:
                scores[j.first, j.second] = j.score
    same = {pair for pair in links.same if pair[0] in known and pair[1] in known}
    different = {pair for pair in links.different if pair[0] in known and pair[1] in known}
    same |= _hold_together([j for j in judgements if j.rule == LASTS and j.verdict == "same"], known, same, different)
    components = find_components(names, [*scores, *sorted(same)])
    home = {name: n for n, component in enumerate(components) for name in component}
    told = [_Told({}, set(), set(), set()) for _ in components]
    for pair, score in scores.items():
        told[home[pair[0]]].scores[pair] = score
    for kind, pairs in (("same", same), ("different", different), ("apart", apart)):
        for pair in pairs:
            if home[pair[0]] == home[pair[1]]:
                getattr(told[home[pair[0]]], kind).add(pair)
    groups = [
        group
        for component, of in zip(components, told, strict=True)
        for group in _Linkage(component, of.scores, of.same, of.different, of.apart).run(least)
    ]
    return sorted(groups)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one component's pairs."""

    scores: dict[Pair, float]
    same: set[Pair]
    different: set[Pair]
    apart: set[Pair]


def _hold_together(lasting: Iterable[Judgement], known: set[str], same: set[Pair], different: set[Pair]) -> set[Pair]:
    """Pairs that make one of all claims a chain ties, save those that persons hold apart; one withdrawn breaks no chain."""
    chain = sorted((j.first, j.second) for j in lasting)
    settled = _Groups()
    for pair in sorted(same):
        settled.join(*pair)
    for pair in sorted(different):
        settled.part(*pair)
    found = set()
    for component in find_components(sorted({name for pair in chain for name in pair}), chain):
        heads: list[str] = []
        for name in (name for name in component if name in known):
            head = next((head for head in heads if settled.allows((head, name), True)), None)
            if head is None:
                heads.append(name)
            else:
                settled.join(head, name)
                found.add((min(head, name), max(head, name)))
    return found


def find_components(names: Sequence[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Claims that hang together by any chain of pairs, sorted."""
    groups = _Groups()
    for first, second in pairs:
        groups.join(first, second)
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[groups.find(name)].append(name)
    return list(found.values())


class _Groups:
    """Groups that are joined, and pairs of groups that never may be."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def find(self, name: str) -> str:
        root = name
        while self._above.get(root, root) != root:
            root = self._above[root]
        while self._above.get(name, name) != name:
            self._above[name], name = root, self._above[name]
        return root

    def allows(self, pair: Pair, is_same: bool) -> bool:
        first, second = self.find(pair[0]), self.find(pair[1])
        return second not in self._apart[first] if is_same else first != second

    def join(self, first: str, second: str) -> None:
        root, other = sorted((self.find(first), self.find(second)))
        if root == other:
            return
        self._above[other] = root
        for enemy in self._apart.pop(other, set()):
            self._apart[enemy].discard(other)
            self._apart[enemy].add(root)
            self._apart[root].add(enemy)

    def part(self, first: str, second: str) -> None:
        one, other = self.find(first), self.find(second)
        self._apart[one].add(other)
        self._apart[other].add(one)


class _Linkage:
    """One component's claims, grouped step by step. A group is named by its smallest claim."""

    def __init__(
        self,
        names: Sequence[str],
        scores: Mapping[Pair, float],
        same: set[Pair],
        different: set[Pair],
        apart: set[Pair],
    ) -> None:
        self.members = {name: [name] for name in names}
        self.sums: dict[str, dict[str, float]] = {name: {} for name in names}
        self.walls: dict[str, set[str]] = {name: set() for name in names}
        self.version = dict.fromkeys(names, 0)
        for (a, b), score in scores.items():
            if a in self.members and b in self.members:
                self.sums[a][b] = self.sums[b][a] = score
        for group in find_components(names, sorted(same)):
            for name in group[1:]:
                self._join(group[0], name)
        owner = {claim: name for name, members in self.members.items() for claim in members}
        for a, b in sorted(different | apart):
            self._wall(owner.get(a), owner.get(b))

    def run(self, least: float) -> Iterator[tuple[str, ...]]:
        heap = [entry for a in self.members for entry in self._find_offers(a, least) if entry[1] < entry[2]]
        heapq.heapify(heap)
        while heap:
            _, a, b, *versions = heapq.heappop(heap)
            if [self.version.get(a), self.version.get(b)] == versions:
                self._join(a, b)
                for entry in self._find_offers(min(a, b), least):
                    heapq.heappush(heap, entry)
        for members in self.members.values():
            yield tuple(sorted(members))

    def _find_offers(self, a: str, least: float) -> Iterator[tuple[float, str, str, int, int]]:
        for b, total in self.sums[a].items():
            mean = round(total / (len(self.members[a]) * len(self.members[b])), 6)
            if mean >= least and b not in self.walls[a]:
                first, second = sorted((a, b))
                yield -mean, first, second, self.version[first], self.version[second]

    def _wall(self, one: str | None, other: str | None) -> None:
        if one and other and one != other:
            self.walls[one].add(other)
            self.walls[other].add(one)

    def _join(self, a: str, b: str) -> None:
        root, gone = sorted((a, b))
        self.members[root] += self.members.pop(gone)
        for c, total in self.sums.pop(gone).items():
            self.sums[c].pop(gone, None)
            if c != root:
                self.sums[root][c] = self.sums[c][root] = self.sums[root].get(c, 0.0) + total
        self.sums[root].pop(gone, None)
        for c in self.walls.pop(gone):
            self.walls[c].discard(gone)
            self.walls[c].add(root)
            self.walls[root].add(c)
        self.version.pop(gone)
        self.version[root] += 1
