"""Conditions of a query: SQL of ours with the values that are bound to it, joined by ``&`` and ``|``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dragoman.archive.parties import Parties
from dragoman.archive.schema import TableName

Side = Literal["actor", "recipient"]
FindCodes = Callable[[Parties], frozenset[str]]
_OTHER: dict[Side, Side] = {"actor": "recipient", "recipient": "actor"}


@dataclass(frozen=True, slots=True)
class Where:
    """A condition; an empty one asks for nothing and is left out of what it is joined to."""

    sql: str = ""
    values: tuple[Any, ...] = ()
    tables: frozenset[TableName] = frozenset()
    """Tables that the condition reads besides the one it is about."""

    def __and__(self, other: Where) -> Where:
        return self._join(other, "AND")

    def __or__(self, other: Where) -> Where:
        return self._join(other, "OR")

    def _join(self, other: Where, word: str) -> Where:
        if not (self.sql and other.sql):
            return self if self.sql else other
        return Where(f"({self.sql} {word} {other.sql})", self.values + other.values, self.tables | other.tables)

    def after(self, query: str) -> str:
        """The query with this condition."""
        return f"{query} WHERE {self.sql}" if self.sql else query

    def within(self, column: str, query: str, *tables: TableName) -> Where:
        """Rows whose column is among those of another query that meet this condition."""
        return Where(f"{column} IN ({self.after(query)})", self.values, self.tables | set(tables))


def ask_party(prefix: str, parties: Parties) -> Where:
    """The one party of these columns is one of ``parties``."""
    where = Where()
    if parties.codes:
        where |= _in(f"{prefix}_code", parties.codes) | _in(f"{prefix}_country", parties.codes)
    return where | _in(f"{prefix}_id", parties.ids) if parties.ids else where


def ask_side(side: Side, parties: Parties) -> Where:
    """One of a claim's parties on this side is among ``parties``; in a mutual claim all stand on both sides."""
    return _has(side, parties) | (Where("mutual") & _has(_OTHER[side], parties))


def ask_pairs(pairs: Sequence[tuple[Parties, Parties]], find_codes: FindCodes) -> Where:
    """One of the first does it to one of the second, for one of the pairs."""
    if any(parties.ids for pair in pairs for parties in pair):
        return ask_event_pairs(pairs)
    return ask_pair_rows(pairs, find_codes).within("claim_id", "SELECT claim_id FROM dyads", "dyads")


def ask_event_pairs(pairs: Sequence[tuple[Parties, Parties]]) -> Where:
    """The same of rows that hold both sides, as those of ``events`` do."""
    where = Where()
    for actors, recipients in pairs:
        where |= _ask_pair(actors, recipients)
    return where


def ask_pair_rows(pairs: Sequence[tuple[Parties, Parties]], find_codes: FindCodes) -> Where:
    """The same of rows of ``dyads``. They know codes and countries: of roster ids, the codes are asked for.

    Args:
        pairs: Who, to whom; an empty side stands for everyone.
        find_codes: Gives the codes that the rows of some parties have.
    """
    where = Where()
    for actors, recipients in pairs:
        where |= _row_side("actor", actors, find_codes) & _row_side("recipient", recipients, find_codes)
    near = _near_codes("actor", [actors for actors, _ in pairs], find_codes)
    return near & _near_codes("recipient", [recipients for _, recipients in pairs], find_codes) & where


def _near_codes(side: Side, every: Sequence[Parties], find_codes: FindCodes) -> Where:
    """All codes that the rows asked for can have: it follows from the condition, and tells where in the files they lie."""
    if not all(parties.codes or parties.ids for parties in every):
        return Where()
    codes = {code for parties in every for code in find_codes(parties)}
    return Where(f"{side} IN ({', '.join('?' * len(codes))})", tuple(sorted(codes))) if codes else Where()


def _row_side(side: Side, parties: Parties, find_codes: FindCodes) -> Where:
    if not (parties.codes or parties.ids):
        return Where()
    codes = parties.codes | (find_codes(Parties(ids=parties.ids)) if parties.ids else frozenset())
    country = _in(f"{side}_country", parties.codes) if parties.codes else Where()
    return _in(side, codes) | country


def _ask_pair(actors: Parties, recipients: Parties) -> Where:
    one_way = Where("NOT mutual") & _has("actor", actors) & _has("recipient", recipients)
    both_ways = Where("mutual") & ask_side("actor", actors) & ask_side("recipient", recipients)
    return one_way | (both_ways & _has_two(actors | recipients))


def _has(side: Side, parties: Parties) -> Where:
    where = Where()
    if parties.codes:
        where |= _has_any(f"{side}_codes", parties.codes) | _has_any(f"{side}_countries", parties.codes)
    return where | _has_any(f"{side}_ids", parties.ids) if parties.ids else where


def _has_two(parties: Parties) -> Where:
    """Two parties of a mutual claim, told apart by code and country as in ``dyads``, are among these."""
    zipped = ", ".join(f"list_concat(actor_{key}, recipient_{key})" for key in ("codes", "countries", "ids"))
    test = "list_contains(?::VARCHAR[], p[1]) OR list_contains(?::VARCHAR[], p[2]) OR list_contains(?::VARCHAR[], p[3])"
    hits = f"[(p[1], p[2]) FOR p IN list_zip({zipped}) IF {test}]"
    codes, ids = sorted(parties.codes), sorted(parties.ids)
    return Where(f"len(list_distinct({hits})) >= 2", (codes, codes, ids))


def _has_any(column: str, values: frozenset[str]) -> Where:
    return Where(f"list_has_any({column}, ?::VARCHAR[])", (sorted(values),))


def _in(column: str, values: frozenset[str]) -> Where:
    if len(values) == 1:
        return Where(f"{column} = ?", (next(iter(values)),))
    return Where(f"{column} IN (SELECT unnest(?::VARCHAR[]))", (sorted(values),))
