"""The frozen types of what may come next, of balance among three, and of panels. Every number names its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.domain.reading import EventType


@dataclass(frozen=True, slots=True)
class Expected:
    """How many acts of a kind one may expect in the days to come."""

    kind: EventType | str
    """A type of act, or ``all``."""
    mean: float
    low: int
    """A tenth of outcomes lie at or below it, by the rule's own account."""
    high: int
    """A tenth lie above it."""
    chance: float
    """Chance of one or more, 0 to 1."""
    weight: float
    """Acts seen, each halved for every half-life it lies back."""
    seen: int
    events: tuple[str, ...]
    """Ids of the newest of those seen, the last one last."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one party may do to another in the days after a day."""

    actor: str
    recipient: str
    until: str
    """Last day that was looked at, ISO 8601."""
    days: int
    half_life: int
    """Days after which an act counts half."""
    total: Expected
    types: tuple[Expected, ...]
    """By mean, the greatest first; types never seen of anyone are left out."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that another may deal with next."""

    code: str
    share: float
    """Chance that the next act is toward it, 0 to 1."""
    seen: int
    """Acts between the two, either way."""
    events: tuple[str, ...]
    """Ids of the newest of them."""


@dataclass(frozen=True, slots=True)
class StateCodes:
    """A state and its numbers, with the years they hold for; both numbers ``None`` where the lists have none."""

    iso3: str
    name: str
    cow: int | None
    cow_since: int | None
    cow_until: int | None
    """Last year; ``None`` while the state exists."""
    gw: int | None
    gw_since: int | None
    gw_until: int | None

    def is_in(self, year: int) -> bool:
        """Whether either list has the state in that year."""
        return _holds(self.cow_since, self.cow_until, year) or _holds(self.gw_since, self.gw_until, year)

    def get_cow(self, year: int) -> int | None:
        """Its Correlates of War number, where it holds in that year."""
        return self.cow if _holds(self.cow_since, self.cow_until, year) else None

    def get_gw(self, year: int) -> int | None:
        """Its Gleditsch and Ward number, where it holds in that year."""
        return self.gw if _holds(self.gw_since, self.gw_until, year) else None


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A dyad in a period, events or none."""

    period: str
    start: str
    """First day of the period, ISO 8601."""
    first: str
    second: str
    """Codes (ISO 3166-1 alpha-3); directed: the first acts."""
    first_cow: int | None
    second_cow: int | None
    first_gw: int | None
    second_gw: int | None
    events: int
    reports: int
    outlets: int
    cooperation: float
    conflict: float
    by_quad: Mapping[str, int]
    event_ids: tuple[str, ...]

    @property
    def net(self) -> float:
        """Cooperation less conflict."""
        return round(self.cooperation - self.conflict, 3)


@dataclass(frozen=True, slots=True)
class Triad:
    """Three parties that all have ties, by the signs of the three."""

    period: str
    members: tuple[str, str, str]
    """Codes in alphabetical order."""
    signs: tuple[int, int, int]
    """Of first and second, first and third, second and third: 1 or -1."""
    balanced: bool
    """An even number of hostile ties: friends all, or two against a third."""
    strength: float
    """Least of the three weights, without sign."""
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A triad whose balance was another in the period before."""

    before: Triad
    now: Triad
    turned: tuple[tuple[str, str], ...]
    """The pairs whose sign changed."""
    events: tuple[str, ...]
    """Ids of the events of those pairs in the later period that carry its sign, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A party that two others both stand against."""

    code: str
    with_first: float
    """Weight of its tie with the first, below zero."""
    with_second: float
    events: tuple[str, ...]


def _holds(since: int | None, until: int | None, year: int) -> bool:
    return since is not None and since <= year and (until is None or year <= until)
