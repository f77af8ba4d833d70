"""What can be asked of an archive, the same for the command line and Python, and how it becomes SQL.

Values are always bound; what stands in the SQL itself comes from here alone.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

from dragoman.archive.parties import Directory, Parties
from dragoman.archive.where import Where, ask_event_pairs, ask_pair_rows, ask_pairs, ask_party, ask_side
from dragoman.domain import EventType, Quad, Status
from dragoman.errors import ArchiveError

Values = tuple[str, ...]
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "type": get_args(EventType), "quad": get_args(Quad), "status": get_args(Status),
    "step": ("read", "gate", "link", "code", "confidence", "limits", "import"), "by": ("act", "report"),
}  # fmt: skip
_COLUMNS = {
    "type": "event_type",
    "quad": "quad",
    "mode": "mode",
    "status": "status",
    "report": "report_id",
    "claim": "claim_id",
}
"""Filters that ask for one of several values of a column, and that column."""
_WORD = "[\\pL\\pN]+"
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

_OF_REPORTS = ("outlet", "since", "until", "report")
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "claims": (
        "actor", "recipient", "either", "dyad", "type", "quad", "mode", "status", "claimant", "outlet", "since", "until",
        "by", "place", "min_confidence", "text", "report", "claim",
    ),
    "rejected": (*_OF_REPORTS, "step", "reason"),
    "search": ("outlet", "since", "until"),
    "imported": ("set", "actor", "recipient", "either", "dyad", "type", "quad", "mode", "since", "until", "place"),
}  # fmt: skip
"""Which filters what can be asked of takes. Reports and dyads take those of claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for. Several values of one filter widen it, several filters narrow it. Made by ``make_filters``."""

    actor: Values = ()
    """Who acts: a code, country, roster id or name. Each side of a mutual claim acts."""
    recipient: Values = ()
    either: Values = ()
    """Who acts or is acted upon."""
    dyad: Values = ()
    """Pairs ``A,B``: what A does to B or B to A."""
    type: Values = ()
    quad: Values = ()
    mode: Values = ()
    status: Values = ()
    claimant: Values = ()
    outlet: Values = ()
    since: str | None = None
    """First day: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. Claims without a day are left out."""
    until: str | None = None
    """Last day, likewise; a month or year is meant to its end."""
    by: Literal["act", "report"] = "act"
    """Whether ``since`` and ``until`` ask for the day of the act or of publication."""
    place: Values = ()
    min_confidence: float | None = None
    text: Values = ()
    """Words that all stand in the sentence."""
    report: Values = ()
    """Ids of reports."""
    claim: Values = ()
    """Ids of claims."""
    step: Values = ()
    reason: Values = ()
    set: Values = ()
    """Names of imported sets."""

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) not in ((), None, f.default) for f in fields(self))


def make_filters(of: Literal["claims", "rejected", "search", "imported"], given: Mapping[str, Any]) -> Filters:
    """Filters from keywords, checked.

    Raises:
        ArchiveError: There is no such filter, or a value can't be.
    """
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in ALLOWED[of]:
            raise ArchiveError(f"{of} can't be asked for {name!r}. {hint(name, ALLOWED[of])}")
        if value is not None and value != ():
            values[name] = _tidy(name, value)
    return Filters(**values)


def ask_claims(filters: Filters, directory: Directory) -> Where:
    """The conditions on rows of ``claims``."""
    where = ask_parties(filters, directory)
    where &= _ask_columns(filters) & _confident(filters)
    if filters.claimant:
        where &= ask_party("claimant", directory.find_all(filters.claimant))
    where &= _one_of("lower(outlet)", [outlet.lower() for outlet in filters.outlet])
    where &= ask_days(filters, "report_date" if filters.by == "report" else "day")
    return where & _places(filters.place, directory) & _texts(filters.text)


def ask_parties(filters: Filters, directory: Directory) -> Where:
    """The conditions on who acts upon whom."""
    where = Where()
    actors, recipients = directory.find_all(filters.actor), directory.find_all(filters.recipient)
    if filters.actor and filters.recipient:
        where &= ask_pairs([(actors, recipients)], directory.find_row_codes)
    elif filters.actor:
        where &= ask_side("actor", actors)
    elif filters.recipient:
        where &= ask_side("recipient", recipients)
    if filters.either:
        either = directory.find_all(filters.either)
        where &= ask_side("actor", either) | ask_side("recipient", either)
    if filters.dyad:
        where &= ask_pairs(_both_ways(filters, directory), directory.find_row_codes)
    return where


def _both_ways(filters: Filters, directory: Directory) -> list[tuple[Parties, Parties]]:
    pairs = [[directory.find(name) for name in pair.split(",")] for pair in filters.dyad]
    return [*((a, b) for a, b in pairs), *((b, a) for a, b in pairs)]


def ask_dyad_rows(filters: Filters, directory: Directory) -> Where:
    """The conditions on rows of ``dyads``: pairs of the parties asked for, of claims that meet the other filters."""
    every = Parties()
    actors = directory.find_all(filters.actor) if filters.actor else every
    recipients = directory.find_all(filters.recipient) if filters.recipient else every
    where = ask_pair_rows([(actors, recipients)], directory.find_row_codes)
    if filters.either:
        either = directory.find_all(filters.either)
        where &= ask_pair_rows([(either, every), (every, either)], directory.find_row_codes)
    if filters.dyad:
        where &= ask_pair_rows(_both_ways(filters, directory), directory.find_row_codes)
    if is_narrow(filters, directory):
        return where & _ask_columns(filters, without="mode") & ask_days(filters, "day") & _confident(filters)
    return where & ask_claims(filters, directory).within("claim_id", "SELECT claim_id FROM claims", "claims")


def is_narrow(filters: Filters, directory: Directory) -> bool:
    """Whether the narrow table of pairs knows all that is asked for."""
    names = [*filters.actor, *filters.recipient, *filters.either]
    parties = directory.find_all([*names, *(name for pair in filters.dyad for name in pair.split(","))])
    wide = (filters.mode, filters.claimant, filters.outlet, filters.place, filters.text, parties.ids)
    return not any(wide) and filters.by == "act"


def find_pairs(filters: Filters, directory: Directory) -> list[tuple[Parties, Parties]]:
    """Who acts upon whom, one of several pairs; an empty side stands for everyone, no pair for no question."""
    every = Parties()
    pairs: list[tuple[Parties, Parties]] = []
    if filters.actor or filters.recipient:
        pairs.append((directory.find_all(filters.actor), directory.find_all(filters.recipient)))
    if filters.either:
        either = directory.find_all(filters.either)
        pairs += [(either, every), (every, either)]
    return pairs + (_both_ways(filters, directory) if filters.dyad else [])


def knows_pairs(filters: Filters, directory: Directory) -> bool:
    """Whether the claims asked for are those of one condition on pairs that the narrow table can answer alone."""
    both, either_side = filters.actor and filters.recipient, filters.actor or filters.recipient or filters.either
    is_one = not either_side if filters.dyad else bool(both) and not filters.either
    return is_one and is_narrow(filters, directory)


def ask_report_rows(filters: Filters, directory: Directory) -> Where:
    """The conditions on rows of ``reports``: their own, and that they, or what they copy, make such claims."""
    where = ask_reports(filters) & _one_of("report_id", filters.report)
    rest = replace(filters, outlet=(), since=None, until=None, report=(), by="act")
    if rest:
        claims = ask_claims(rest, directory)
        where &= claims.within("coalesce(copy_of, report_id)", "SELECT report_id FROM claims", "claims")
    return where


def ask_event_rows(filters: Filters, directory: Directory) -> Where:
    """The conditions on rows of ``events``: their own parties, type, day and place, so that what is asked for is what is shown.

    What only claims know (claimant, words, report) is asked of them: an event fits where one of its claims does.
    """
    where = _ask_event_parties(filters, directory) & _ask_columns(replace(filters, report=(), claim=()))
    where &= _confident(filters) & _places(filters.place, directory)
    if filters.by == "act":
        where &= ask_days(filters, "day")
    if filters.outlet:
        outlets = [outlet.lower() for outlet in filters.outlet]
        where &= Where("list_has_any([lower(o) FOR o IN outlets], ?::VARCHAR[])", (outlets,))
    of_claims = {name: getattr(filters, name) for name in ("claimant", "text", "report", "claim")}
    if filters.by == "report":
        of_claims |= {"since": filters.since, "until": filters.until, "by": "report"}
    claims = ask_claims(Filters(**of_claims), directory)
    if not claims.sql:
        return where
    told = claims.within("claim_id", "SELECT claim_id FROM claims", "claims")
    return where & told.within("event_id", "SELECT event_id FROM event_claims", "event_claims")


def _ask_event_parties(filters: Filters, directory: Directory) -> Where:
    """The conditions on the parties of events, which stand under the names that those of claims have."""
    where = Where()
    actors, recipients = directory.find_all(filters.actor), directory.find_all(filters.recipient)
    if filters.actor and filters.recipient:
        where &= ask_event_pairs([(actors, recipients)])
    elif filters.actor:
        where &= ask_side("actor", actors)
    elif filters.recipient:
        where &= ask_side("recipient", recipients)
    if filters.either:
        either = directory.find_all(filters.either)
        where &= ask_side("actor", either) | ask_side("recipient", either)
    if filters.dyad:
        where &= ask_event_pairs(_both_ways(filters, directory))
    return where


def ask_rejected(filters: Filters) -> Where:
    """The conditions on rows of ``rejected``; those on outlet and day are for their reports."""
    where = _one_of("report_id", filters.report) & _one_of("step", filters.step)
    where &= _one_of("lower(reason)", [reason.lower() for reason in filters.reason])
    about = ask_reports(filters)
    return where & about.within("report_id", "SELECT report_id FROM reports", "reports") if about.sql else where


def ask_imported(filters: Filters, directory: Directory) -> Where:
    """The conditions on rows of ``imported``, which know codes and countries: of roster ids, the codes are asked for."""
    where = _one_of("set_name", filters.set)
    for name, column in (("type", "event_type"), ("quad", "quad"), ("mode", "mode")):
        where &= _one_of(column, getattr(filters, name))
    if filters.actor:
        where &= ask_side("actor", _coded(directory, filters.actor))
    if filters.recipient:
        where &= ask_side("recipient", _coded(directory, filters.recipient))
    if filters.either:
        either = _coded(directory, filters.either)
        where &= ask_side("actor", either) | ask_side("recipient", either)
    for pair in filters.dyad:
        a, b = (_coded(directory, [name]) for name in pair.split(","))
        one_way = ask_side("actor", a) & ask_side("recipient", b)
        where &= one_way | (ask_side("actor", b) & ask_side("recipient", a))
    return where & ask_days(filters, "day") & _places(filters.place, directory)


def _coded(directory: Directory, names: Iterable[str]) -> Parties:
    """Parties by code alone: imported rows carry no roster ids."""
    found = directory.find_all(names)
    return Parties(found.codes | (directory.find_codes(found.ids) if found.ids else frozenset()))


def ask_reports(filters: Filters) -> Where:
    """The conditions on rows of ``reports``: outlet and day of publication."""
    return _one_of("lower(outlet)", [outlet.lower() for outlet in filters.outlet]) & ask_days(filters, "date")


def ask_days(filters: Filters, column: Literal["day", "report_date", "date"]) -> Where:
    where = Where()
    if filters.since:
        where &= Where(f"{column} >= ?", (_find_day(filters.since, is_last=False),))
    if filters.until:
        where &= Where(f"{column} <= ?", (_find_day(filters.until, is_last=True),))
    return where


def _tidy(name: str, value: Any) -> Any:
    if name in ("since", "until"):
        _find_day(str(value), is_last=False, name=name)
        return str(value)
    if name == "min_confidence":
        return _confidence(value)
    if name == "by":
        return _choose("by", value)
    values = [value] if isinstance(value, str) else list(value)
    if name == "dyad":
        return _pairs(values)
    for each in values:
        if not isinstance(each, str) or not each.strip():
            raise ArchiveError(f"{name} is {each!r}; expected words. Leave {name!r} out to ask for all.")
    if name in _CHOICES or name == "mode":
        return tuple(_choose(name, each) for each in values)
    return tuple(values)


def _pairs(values: list[Any]) -> Values:
    if len(values) == 2 and all(isinstance(value, str) and "," not in value for value in values):
        values = [",".join(values)]
    for value in values:
        if not isinstance(value, str) or len([name for name in value.split(",") if name.strip()]) != 2:
            raise ArchiveError(f"dyad is {value!r}; expected two parties with a comma between them, such as 'PRK,RUS'.")
    return tuple(values)


def _choose(name: str, value: Any) -> str:
    choices = _find_modes() if name == "mode" else _CHOICES[name]
    for choice in choices:
        if str(value).casefold() == choice.casefold():
            return choice
    raise ArchiveError(f"no {name} {value!r}. {hint(str(value), choices)}")


@lru_cache(maxsize=1)
def _find_modes() -> tuple[str, ...]:
    data = json.loads((files("dragoman") / "_data" / "codebook.json").read_bytes())
    return tuple(sorted({mode["mode"] for kind in data["types"] for mode in kind["modes"]}))


def hint(word: str, known: Iterable[str]) -> str:
    folded = {each.casefold(): each for each in known}
    near = get_close_matches(word.casefold(), folded, n=2)
    if near:
        return f"Did you mean {' or '.join(repr(folded[each]) for each in near)}?"
    return f"Expected one of: {', '.join(folded.values())}."


def _confidence(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 1:
        raise ArchiveError(f"min_confidence is {value!r}; expected a number from 0 to 1, such as 0.5.")
    return number


def _find_day(words: str, *, is_last: bool, name: str = "day") -> dt.date:
    """The first or last day of a year, month or day."""
    found = _DATE.fullmatch(words.strip())
    try:
        if found:
            year, month = int(found[1]), int(found[2] or (12 if is_last else 1))
            last = calendar.monthrange(year, month)[1] if is_last else 1
            return dt.date(year, month, int(found[3] or last))
    except ValueError:
        pass
    raise ArchiveError(
        f"{name} is {words!r}; expected a day, month or year that there is: 2024-10-22, 2024-10 or 2024."
    )


def _ask_columns(filters: Filters, without: str = "") -> Where:
    where = Where()
    for name, column in _COLUMNS.items():
        if name != without:
            where &= _one_of(column, getattr(filters, name))
    return where


def _confident(filters: Filters) -> Where:
    return Where() if filters.min_confidence is None else Where("confidence >= ?", (filters.min_confidence,))


def _one_of(column: str, values: Sequence[str]) -> Where:
    return Where(f"{column} IN (SELECT unnest(?::VARCHAR[]))", (list(values),)) if values else Where()


def _places(values: Values, directory: Directory) -> Where:
    where = Where()
    for value in values:
        here = Where("lower(place) = lower(?)", (value.strip(),))
        state = directory.find_state(value.strip())
        where |= (here | Where("place_country = ?", (state,))) if state else here
    return where


def _texts(values: Values) -> Where:
    where = Where()
    for value in values:
        where |= Where(
            f"list_has_all(regexp_extract_all(lower(text), '{_WORD}'), regexp_extract_all(lower(?), '{_WORD}'))",
            (value,),
        )
    return where
