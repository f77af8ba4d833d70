"""An event as somebody else's data tells it: one row of GDELT, POLECAT, ICEWS, ACLED …, in our words, with the row itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dragoman.domain import EventType, Precision, Quad, Status
from dragoman.interchange.codes import find_mode, find_type, get_quad, get_score

DatePrecision = Literal["day", "week", "month", "year", "range", "unknown"]
"""How precisely the day is known; ``range`` where the row gives a first and a last day."""
STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "SPY", "LEG", "JUD"))
"""Sectors that act as the state: their code is the state's own, as in claims and events."""
_KINDS = {
    "CVL": "CIV",
    "JRN": "MED",
    "SOC": "CIV",
    "EDU": "CIV",
    "LAB": "CIV",
    "REF": "CIV",
    "MED": "CIV",
    "ELI": "CIV",
}
"""Sector → kind in the code where they differ (``USA-CIV``, ``KOR-MED``), as in claims and events."""
UNKNOWN = "UNK"


@dataclass(frozen=True, slots=True)
class Side:
    """One party of an imported row."""

    name: str
    code: str
    """As in claims and events: ISO code of a state, its organs and officials, ``UNO``, ``KOR-MED``, else ``UNK``."""
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of an imported row: what is counted, and the lowest, best and highest count."""

    what: str
    best: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """One row of an imported set."""

    row_id: str
    """The id the row itself gives; not every format's ids are unique."""
    line: int
    day: str | None
    """ISO 8601: the first day where it is a range, the first of a month or year."""
    last_day: str | None = None
    date_precision: DatePrecision = "day"
    actors: tuple[Side, ...] = ()
    recipients: tuple[Side, ...] = ()
    mutual: bool = False
    event_type: EventType | None = None
    """PLOVER type; ``None`` where PLOVER has no such kind."""
    mode: str | None = None
    context: tuple[str, ...] = ()
    quad: Quad | None = None
    intensity: float | None = None
    """PLOVER score of type and mode, so that sets can be compared."""
    status: Status = "occurred"
    code: str = ""
    """The row's own code of what was done."""
    scale: float | None = None
    """The row's own score of cooperation and conflict (Goldstein, ICEWS intensity), where it gives one."""
    place: str | None = None
    place_country: str | None = None
    lat: float | None = None
    lon: float | None = None
    place_precision: Precision = "unknown"
    figures: tuple[Amount, ...] = ()
    reports: int = 1
    outlets: int = 1
    url: str | None = None
    text: str | None = None
    """The sentence or note that the row gives."""
    original: Mapping[str, Any] = field(default_factory=dict)
    """All filled columns of the row, as they were."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read, and why."""

    line: int
    reason: str
    """A short fixed phrase, countable: ``wrong number of columns``, ``no such day``."""
    detail: str = ""


def make_side(name: str, country: str | None, sector: str | None, *, code: str | None = None) -> Side:
    """A party with the code that claims and events would give it; ``code`` where its own is known (``UNO``)."""
    if code is None:
        kind = sector and _KINDS.get(sector, sector)
        code = UNKNOWN if country is None else country if sector in (None, *STATE_SECTORS) else f"{country}-{kind}"
    return Side(name, code, country, sector)


def find_plover(event_type: str | None, mode: str | None, context: Sequence[str | None] = ()) -> dict[str, Any]:
    """Type, mode, contexts, quad and score as fields of ``Imported``; nothing where the type is none of PLOVER's."""
    kind = find_type(event_type or "")
    if kind is None:
        return {}
    known = find_mode(kind, mode)
    return {
        "event_type": kind, "mode": known, "context": tuple(c for c in context if c), "quad": get_quad(kind),
        "intensity": get_score(kind, known),
    }  # fmt: skip
