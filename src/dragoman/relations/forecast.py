"""What may come next: rates from what passed, the old counting less than the new, with what all dyads do behind the thin ones.

The number of acts in the days to come is taken as Poisson with a rate that isn't known; what is known of the rate is a gamma
distribution: the prior says what all dyads do, the dyad's own acts, each halved for every half-life it lies back, move it. Who is
dealt with next is told by shares that fall back from actor and type to the actor alone, to the type, to everyone.
Source: Gelman et al., Bayesian Data Analysis, 3rd ed., 2.6 (gamma and Poisson); MacKay and Peto 1995, Nat. Lang. Eng. 1, 289
(falling back). Half-lives and strengths were chosen on the ninth tenth of benchmarks/forecast; its figures are of the last.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.domain import Act, Candidate, Coverage, Expected, Outlook
from dragoman.relations.series import UNKNOWN, is_counted

HALF_LIFE_DAYS = 730
"""Days after which an act counts half in rates."""
PRIOR_DAYS = 30.0
"""Days of reading that the prior on a dyad's rate is worth."""
TYPE_STRENGTH = 5.0
"""Acts that the shares of types over all dyads are worth against a dyad's own."""
WHO_HALF_LIFE_DAYS = 1460
"""Days after which an act counts half where parties are ranked."""
WHO_STRENGTHS = (3.0, 5.0, 50.0)
"""Acts that each coarser share is worth: the actor's, the type's, everyone's."""
BACK_SHARE = 0.5
"""What an act the other way counts for whom a party deals with."""
WINDOW_DAYS = 30
TAIL = 0.1
"""Share of outcomes below the low bound, and above the high."""
NEWEST = 20
"""Events named with a figure, at most."""
_REBASE = 400.0
"""Halvings after which the sums are scaled down, so that no number overflows."""


def make_outlook(
    acts: Iterable[Act],
    actor: str,
    recipient: str,
    *,
    until: str | None = None,
    days: int = WINDOW_DAYS,
    coverage: Iterable[Coverage] = (),
) -> Outlook:
    """What one party may do to another in the days after a day, by type, with intervals.

    Args:
        acts: Acts of all parties: the prior needs them.
        actor: Code of the party that acts.
        recipient: Code of the other.
        until: Last day that is looked at, ISO 8601; by default that of the newest act.
        days: Days ahead.
        coverage: What was read of each day: rates are then per day that was read. Without it every day from the oldest act
            on counts as read.
    """
    told = [act for act in acts if is_counted(act) and (until is None or act.day <= until)]
    last = until or max((act.day for act in told), default=dt.date.today().isoformat())
    prior = find_prior(told, last, read=[entry.period for entry in coverage if entry.reports])
    own = sorted((act for act in told if (act.actor, act.recipient) == (actor, recipient)), key=lambda act: act.day)
    weights = [_weigh(act.day, last, HALF_LIFE_DAYS) for act in own]
    shape, rate = prior.rate * PRIOR_DAYS + sum(weights), PRIOR_DAYS + prior.exposure
    total = _expect("all", shape, rate, days, own, sum(weights))
    by_type: Counter[str] = Counter()
    for act, weight in zip(own, weights, strict=True):
        by_type[act.event_type] += weight  # type: ignore[assignment]
    shares = _mix(by_type, prior.shares)
    types = [
        _expect(kind, shape * share, rate, days, [a for a in own if a.event_type == kind], by_type[kind])
        for kind, share in sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Outlook(actor, recipient, last, days, HALF_LIFE_DAYS, total, tuple(types))


class Prior:
    """What all dyads do: acts a day of the mean dyad that acts at all, and the shares of types."""

    def __init__(self, rate: float, shares: Mapping[str, float], exposure: float) -> None:
        self.rate, self.shares, self.exposure = rate, shares, exposure


def find_prior(acts: Sequence[Act], until: str, *, half_life: int = HALF_LIFE_DAYS, read: Sequence[str] = ()) -> Prior:
    """The prior from all acts up to a day; each act of a pair in each order counts, old ones less.

    Args:
        acts: Acts of all parties.
        until: Last day, ISO 8601.
        half_life: Days after which an act counts half.
        read: Days of which something was read; by default all from the oldest act on.
    """
    dyads, kinds, total = set(), Counter[str](), 0.0
    for act in acts:
        if act.recipient is None or UNKNOWN in (act.actor, act.recipient) or act.actor == act.recipient:
            continue
        weight = _weigh(act.day, until, half_life)
        dyads.add((act.actor, act.recipient))
        kinds[act.event_type] += weight  # type: ignore[assignment]
        total += weight
    exposure = sum(_weigh(day, until, half_life) for day in read if day <= until)
    exposure = exposure or find_exposure(min((act.day for act in acts), default=until), until, half_life)
    shares = {kind: weight / total for kind, weight in kinds.items()} if total else {}
    return Prior(total / len(dyads) / exposure if dyads else 0.0, shares, exposure)


def find_exposure(since: str, until: str, half_life: int) -> float:
    """Days from one to another, both included, each halved for every half-life it lies back."""
    span = (dt.date.fromisoformat(until) - dt.date.fromisoformat(since)).days + 1
    step: float = 2 ** (-1 / half_life)
    return (1 - step ** max(span, 1)) / (1 - step)


def find_bounds(shape: float, rate: float, days: int) -> tuple[float, int, int, float]:
    """Mean, low and high bound and chance of one or more of a count in so many days (negative binomial)."""
    if shape <= 0:
        return 0.0, 0, 0, 0.0
    stay = math.log(rate / (rate + days))
    log_chance, grow = shape * stay, math.log(days / (rate + days))
    none, total, count, low = math.exp(log_chance), 0.0, 0, None
    while True:
        total += math.exp(log_chance)
        if low is None and total >= TAIL:
            low = count
        if total >= 1 - TAIL:
            return shape * days / rate, low or 0, count, 1 - none
        log_chance += math.log((shape + count) / (count + 1)) + grow
        count += 1


class History:
    """Acts in the order of their days; tells whom a party deals with next. Weights grow instead of old sums shrinking."""

    def __init__(
        self,
        *,
        half_life: float = WHO_HALF_LIFE_DAYS,
        strengths: Sequence[float] = WHO_STRENGTHS,
        back: float = BACK_SHARE,
    ) -> None:
        self._half_life, self._strengths, self._back = half_life, strengths, back
        self._origin = 0
        self._tables: tuple[dict[str, dict[str, float]], ...] = tuple(defaultdict(dict) for _ in range(4))
        self._sums: tuple[dict[str, float], ...] = tuple(defaultdict(float) for _ in range(4))

    def add(self, act: Act) -> None:
        """Take in an act; acts come in the order of their days."""
        if act.recipient is None:
            return
        weight = self._get_weight(act.day)
        self._put(0, f"{act.actor}\t{act.event_type}", act.recipient, weight)
        self._put(1, act.actor, act.recipient, weight)
        self._put(1, act.recipient, act.actor, weight * self._back)
        self._put(2, act.event_type, act.recipient, weight)
        self._put(3, "", act.recipient, weight)

    def rank(self, actor: str, event_type: str | None, day: str) -> dict[str, float]:
        """Party → chance that the actor's next act (of this type, or of any) on a day is toward it; seen parties alone."""
        now = self._get_weight(day)
        keys = (f"{actor}\t{event_type}", actor, event_type, "") if event_type is not None else (None, actor, None, "")
        chances: dict[str, float] = {}
        for level in (3, 2, 1, 0):
            key = keys[level]
            if key is None:
                continue
            own = self._tables[level].get(key, {})
            worth = self._strengths[level] * now if level < len(self._strengths) else 0.0
            whole = self._sums[level].get(key, 0.0) + worth
            if not whole:
                continue
            chances = {name: worth * chance / whole for name, chance in chances.items()}
            for name, count in own.items():
                chances[name] = chances.get(name, 0.0) + count / whole
        return chances

    def _put(self, level: int, key: str, name: str, weight: float) -> None:
        row = self._tables[level][key]
        row[name] = row.get(name, 0.0) + weight
        self._sums[level][key] += weight

    def _get_weight(self, day: str) -> float:
        number = dt.date.fromisoformat(day).toordinal()
        self._origin = self._origin or number
        halvings = (number - self._origin) / self._half_life
        if halvings > _REBASE:
            self._scale_down(2.0**-halvings)
            self._origin, halvings = number, 0.0
        return float(2.0**halvings)

    def _scale_down(self, factor: float) -> None:
        for table, sums in zip(self._tables, self._sums, strict=True):
            for key, row in table.items():
                table[key] = {name: value * factor for name, value in row.items()}
                sums[key] *= factor


def rank_candidates(
    acts: Iterable[Act], actor: str, *, event_type: str | None = None, until: str | None = None, most: int = 20
) -> list[Candidate]:
    """Whom a party deals with next, the likeliest first; itself and parties without a name left out.

    Args:
        acts: Acts of all parties.
        actor: Code of the party that acts.
        event_type: Only acts of this type.
        until: Last day that is looked at, ISO 8601.
        most: So many candidates at most.
    """
    told = [act for act in acts if is_counted(act) and act.recipient and UNKNOWN not in (act.actor, act.recipient)]
    told = sorted(
        (a for a in told if a.actor != a.recipient and (until is None or a.day <= until)), key=lambda a: a.day
    )
    history, between = History(), defaultdict[str, dict[str, None]](dict)
    for act in told:
        history.add(act)
        if actor in (act.actor, act.recipient):
            between[str(act.recipient if act.actor == actor else act.actor)][act.event_id] = None
    if not told:
        return []
    chances = {
        name: chance for name, chance in history.rank(actor, event_type, until or told[-1].day).items() if name != actor
    }
    best = sorted(chances.items(), key=lambda item: (-item[1], item[0]))[:most]
    whole = sum(chances.values())
    return [
        Candidate(name, round(chance / whole, 4), len(between[name]), tuple(between[name])[-NEWEST:])
        for name, chance in best
    ]


def _mix(own: Mapping[str, float], world: Mapping[str, float], strength: float = TYPE_STRENGTH) -> dict[str, float]:
    """Shares of types: the dyad's own acts, and everyone's worth so many acts."""
    whole = sum(own.values()) + strength
    return {kind: (own.get(kind, 0.0) + strength * share) / whole for kind, share in world.items()}


def _weigh(day: str, until: str, half_life: float) -> float:
    return float(2.0 ** (-(dt.date.fromisoformat(until) - dt.date.fromisoformat(day)).days / half_life))


def _expect(kind: str, shape: float, rate: float, days: int, own: Sequence[Act], weight: float) -> Expected:
    mean, low, high, chance = find_bounds(shape, rate, days)
    ids = tuple(dict.fromkeys(act.event_id for act in own))
    return Expected(kind, round(mean, 3), low, high, round(chance, 4), round(weight, 3), len(ids), ids[-NEWEST:])
