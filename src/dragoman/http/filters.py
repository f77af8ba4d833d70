"""What may be asked of a list: the filters of ``dragoman claims``, and how much of it. Anything else is refused, never ignored."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from dragoman.domain import Unit

_LONGEST = 500
_MOST = 100
LIMIT = 50
"""Items of a page where none is asked for."""
MOST = 1000
"""Items of a page at most."""


def _check_words(words: str) -> str:
    if any(character < " " or character == "\x7f" for character in words):
        raise ValueError("holds a control character")
    if not words.strip():
        raise ValueError("is empty; leave it out to ask for all")
    return words


def _check_spoken(words: str) -> str:
    if not any(character.isalnum() for character in words):
        raise ValueError("holds no word")
    return words


Words = Annotated[str, Field(max_length=_LONGEST), AfterValidator(_check_words)]
Spoken = Annotated[list[Annotated[Words, AfterValidator(_check_spoken)]], Field(max_length=_MOST)]
Several = Annotated[list[Words], Field(max_length=_MOST)]
Day = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$", examples=["2024-06-19"])]
Raw = Annotated[bool, Field(description="CSV without the apostrophe before what looks like a formula.")]
Number = Annotated[int, Field(ge=1, le=99_999_999)]


class Asked(BaseModel):
    """Parameters of any question."""

    model_config = ConfigDict(extra="forbid")

    snapshot: Annotated[
        Number | None, Field(description="Ask this snapshot, not the newest; such an answer never changes.")
    ] = None


class ListAsked(Asked):
    """How much of a list, from where, in which order."""

    limit: Annotated[
        int | None, Field(ge=1, le=MOST, description="Items of a page. [50; all of them as .csv and .jsonl]")
    ] = None
    cursor: Annotated[Words | None, Field(description="`next` of the page before.")] = None
    sort: Annotated[Words | None, Field(description="A column; with `-` before it falling.")] = None
    count: Annotated[
        Literal["exact", "no"], Field(description="`no` leaves `count` null, which is quicker where there is much.")
    ] = "exact"
    raw: Raw = False

    def find_filters(self) -> dict[str, Any]:
        """The filters that are set, as keywords for the archive."""
        own = set(ListAsked.model_fields) | {"q"}
        values = {name: value for name, value in self.model_dump().items() if name not in own}
        return {name: value for name, value in values.items() if value not in (None, [])}


class ClaimsAsked(ListAsked):
    """Values of one filter widen it, several filters narrow it."""

    actor: Annotated[Several, Field(description="Who acts: a code, country, roster id or name.")] = []
    recipient: Annotated[Several, Field(description="To whom.")] = []
    either: Annotated[Several, Field(description="Who acts or is acted upon.")] = []
    dyad: Annotated[Several, Field(description="`A,B`: what A does to B or B to A.")] = []
    type: Annotated[Several, Field(description="PLOVER event type.")] = []
    quad: Annotated[Several, Field(description="`material conflict` …")] = []
    mode: Annotated[Several, Field(description="PLOVER mode.")] = []
    status: Annotated[Several, Field(description="`occurred`, `planned` …")] = []
    claimant: Annotated[Several, Field(description="In whose mouth it is put.")] = []
    outlet: Annotated[Several, Field(description="Who published it.")] = []
    since: Annotated[Day | None, Field(description="First day, month or year.")] = None
    until: Annotated[Day | None, Field(description="Last day, month or year.")] = None
    place: Annotated[Several, Field(description="Where: a country or a place's name.")] = []
    min_confidence: Annotated[float | None, Field(ge=0, le=1, description="At least so sure.")] = None
    text: Annotated[
        Spoken,
        Field(description="Words that all stand in a sentence."),
    ] = []
    report: Annotated[Several, Field(description="Ids of reports.")] = []


Precision = Literal["point", "area", "line", "country", "water", "unknown"]


class PlacesAsked(ClaimsAsked):
    """Places of events that meet these filters."""

    precision: Annotated[list[Precision], Field(description="What the coordinates stand for.", max_length=6)] = []

    def find_filters(self) -> dict[str, Any]:
        return {name: value for name, value in super().find_filters().items() if name != "precision"}


class ReportsAsked(ClaimsAsked):
    """Reports by outlet and day, or those that make such claims."""


class ActorsAsked(ClaimsAsked):
    """Parties of such events."""

    q: Annotated[Words | None, Field(description="Part of a name, a code or an id.")] = None


class RelationsAsked(Asked):
    """Events that relations are counted from."""

    type: Several = []
    quad: Several = []
    outlet: Several = []
    since: Day | None = None
    until: Day | None = None
    min_confidence: Annotated[float | None, Field(ge=0, le=1)] = None

    def find_filters(self) -> dict[str, Any]:
        """The filters of events that are set."""
        values = {name: getattr(self, name) for name in RelationsAsked.model_fields if name != "snapshot"}
        return {name: value for name, value in values.items() if value not in (None, [])}


class DyadsAsked(RelationsAsked):
    """Pairs of parties."""

    either: Annotated[Several, Field(description="Pairs of which this is one.")] = []
    parties: Annotated[Literal["states", "all"], Field(description="Among whom.")] = "states"
    directed: Annotated[bool, Field(description="What the one does to the other; else both ways together.")] = True
    limit: Annotated[int | None, Field(ge=1, le=MOST)] = None
    cursor: Words | None = None
    raw: Raw = False

    def find_filters(self) -> dict[str, Any]:
        return {**super().find_filters(), **({"either": self.either} if self.either else {})}


class DyadAsked(RelationsAsked):
    """Two parties."""

    unit: Unit = "month"


class SeriesAsked(DyadAsked):
    """Two parties through time."""

    actor: Annotated[Words | None, Field(description="One of the two: a code, id or name.")] = None
    recipient: Annotated[Words | None, Field(description="The other.")] = None
    dyad: Annotated[Words | None, Field(description="Both at once: `A,B`.")] = None
    raw: Raw = False

    @model_validator(mode="after")
    def _check(self) -> SeriesAsked:
        names = [name for _, name in self.find_pair()]
        if len([name for name in names if name.strip()]) != 2 or bool(self.dyad) == bool(self.actor or self.recipient):
            raise ValueError("give actor and recipient, or dyad=A,B")
        return self

    def find_pair(self) -> list[tuple[str, str]]:
        """The two names, each with the parameter that gives it."""
        if self.dyad:
            return [("dyad", name) for name in self.dyad.split(",")]
        return [("actor", self.actor or ""), ("recipient", self.recipient or "")]


class NetworkAsked(RelationsAsked):
    """Ties."""

    unit: Annotated[Unit | None, Field(description="Also the network of each such period.")] = None
    least: Annotated[int, Field(ge=1, le=1000, description="Events of a tie, at least.")] = 2
    parties: Literal["states", "all"] = "states"
    of: Annotated[Words | None, Field(description="Only what is around this party.")] = None
    raw: Raw = False


class BlocsAsked(RelationsAsked):
    """Blocs."""

    unit: Literal["month", "year"] = "year"
    least: Annotated[int, Field(ge=1, le=1000, description="Events of a tie, at least.")] = 2
    parties: Literal["states", "all"] = "states"
    raw: Raw = False


class ExchangesAsked(RelationsAsked):
    """What passes between one party and another, or between one and all."""

    a: Annotated[Words, Field(description="A party: a code, id or name.")]
    b: Annotated[Words | None, Field(description="The other; without it whoever it is.")] = None
    limit: Annotated[
        int | None,
        Field(
            ge=1, le=MOST,
            description="The newest so many. [100 commitments or warnings; all transfers, and all rows as .csv and .jsonl]",
        ),
    ] = None  # fmt: skip
    raw: Raw = False


class SearchAsked(Asked):
    """Full text."""

    q: Annotated[Words, Field(description='Words, "a phrase", begin*, AND, OR, NOT, brackets.')]
    outlet: Several = []
    since: Day | None = None
    until: Day | None = None
    limit: Annotated[
        int | None,
        Field(ge=1, le=200, description="Reports of a page. [20; all of them, up to 2,000, as .csv and .jsonl]"),
    ] = None
    cursor: Words | None = None
    raw: Raw = False
