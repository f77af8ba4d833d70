"""The questions one can ask: claims, reports, pairs of parties, months, actors, and what was rejected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dragoman.archive.act_queries import find_acts
from dragoman.archive.by_id import MOST, Place, ask_events, ask_places, find_bounds, walk_days
from dragoman.archive.event_rows import read_event
from dragoman.archive.filters import (
    Filters,
    ask_claims,
    ask_dyad_rows,
    ask_event_rows,
    ask_imported,
    ask_rejected,
    ask_report_rows,
    knows_pairs,
    make_filters,
)
from dragoman.archive.query import Query
from dragoman.archive.rows import read_claim
from dragoman.archive.schema import TABLES, TableName
from dragoman.archive.where import Where
from dragoman.domain import Act, Claim, Event, Report
from dragoman.domain import Counts as EventCounts
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from dragoman.archive import Archive

MONTHS = ("month", "actor", "recipient", "claims", "reports", "outlets", "cooperation", "conflict", "net")
ACTORS = ("code", "id", "name", "country", "as_actor", "as_recipient", "as_claimant", "first_day", "last_day")
_CARRIERS = "SELECT coalesce(copy_of, report_id) AS report_id, outlet FROM reports WHERE outlet IS NOT NULL"
"""Who published a report or a copy of it."""

_MONTHS_SQL = f"""
WITH chosen AS (SELECT *, date_trunc('month', day)::DATE AS month FROM dyads {{where}}),
counted AS (
    SELECT month, actor, recipient, count(DISTINCT claim_id) AS claims, count(DISTINCT report_id) AS reports,
        sum(intensity::DECIMAL(9, 4)) FILTER (intensity > 0) AS up, sum(intensity::DECIMAL(9, 4)) FILTER (intensity < 0) AS down
    FROM chosen GROUP BY ALL),
carried AS (
    SELECT month, actor, recipient, count(DISTINCT outlet) AS outlets
    FROM (SELECT DISTINCT month, actor, recipient, report_id FROM chosen) JOIN ({_CARRIERS}) USING (report_id) GROUP BY ALL)
SELECT c.*, coalesce(outlets, 0) AS outlets, coalesce(up, 0)::DOUBLE AS cooperation, coalesce(down, 0)::DOUBLE AS conflict,
    (coalesce(up, 0) + coalesce(down, 0))::DOUBLE AS net
FROM counted c LEFT JOIN carried o
ON c.month IS NOT DISTINCT FROM o.month AND c.actor = o.actor AND c.recipient IS NOT DISTINCT FROM o.recipient"""
"""Scores are added as decimals: sums of doubles would differ in their last digit from run to run."""
_ACTORS_SQL = """
WITH chosen AS (SELECT * FROM claims {where}),
named AS (
    SELECT 1 AS side, claim_id, day, unnest(actor_codes) AS code, unnest(actor_ids) AS id, unnest(actors) AS name,
        unnest(actor_countries) AS country FROM chosen
    UNION ALL SELECT 2, claim_id, day, unnest(recipient_codes), unnest(recipient_ids), unnest(recipients),
        unnest(recipient_countries) FROM chosen
    UNION ALL SELECT 3, claim_id, day, claimant_code, claimant_id, claimant, claimant_country FROM chosen
        WHERE claimant_id IS NOT NULL)
SELECT code, id, name, country, count(DISTINCT claim_id) FILTER (side = 1) AS as_actor,
    count(DISTINCT claim_id) FILTER (side = 2) AS as_recipient, count(DISTINCT claim_id) FILTER (side = 3) AS as_claimant,
    min(day) AS first_day, max(day) AS last_day
FROM named GROUP BY code, id, name, country"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is. One agency's text in forty outlets is one report."""

    claims: int
    reports: int
    """Reports that make the claims; copies of them aren't counted again."""
    outlets: int
    """Outlets that published one of these reports or a copy of it."""


@dataclass(frozen=True)
class ClaimQuery(Query):
    """Claims, not yet read. Iterating gives ``Claim`` objects."""

    filters: Filters = field(default_factory=Filters)

    def draw_near(self) -> ClaimQuery:
        """Of a page, the ids and days are found first, in few columns; then its rows are read where they lie."""
        if self.most is None or self.most > MOST:
            return self
        rows, where = ask_places(self.archive.engine, self._find_places(self.most))
        return replace(self, source=f"{rows} {{where}}", find_where=lambda: where, rest=Where())

    def _find_places(self, most: int) -> list[Place]:
        """The ids and days of a page; where it is sorted by day, looked for from that end of the archive on."""
        narrow, engine, places = self.narrow("claim_id", "day"), self.archive.engine, list[Place]()
        if "claims" not in narrow.tables or not narrow.sorting[0].startswith('"day"'):
            return narrow._find_places_in(None)
        is_falling = narrow.sorting[0].startswith('"day" DESC')
        for parts, bound in walk_days(engine, is_falling=is_falling):
            places = narrow._find_places_in(engine.select("claims", parts))
            last = places[-1][1] if len(places) == most > 0 else None
            if last and bound and (last.isoformat() > bound if is_falling else last.isoformat() < bound):
                break
        return places

    def _find_places_in(self, rows: str | None) -> list[Place]:
        some = self if rows is None else replace(self, source=f"SELECT * FROM ({rows}) {{where}}")
        cursor = some._cursor()
        places: list[Place] = cursor.execute(some._sql(), some._values).fetchall()
        return places

    def narrow(self, *columns: str) -> ClaimQuery:
        """The same claims in a few columns, asked of ``dyads`` where that knows all of them that is needed."""
        few = replace(self, columns=columns)
        needed = {*columns, *re.findall(r'"(\w+)"', " ".join(self.sorting) + self.rest.sql)}
        if not (needed <= {"day", "claim_id", "report_id"} and knows_pairs(self.filters, self.archive.directory)):
            return few
        where = ask_dyad_rows(self.filters, self.archive.directory)
        source = "SELECT DISTINCT claim_id, report_id, day FROM dyads {where}"
        return replace(few, source=source, tables=("dyads",), find_where=lambda: where)

    def __iter__(self) -> Iterator[Claim]:
        return (read_claim(row) for row in self.rows())

    def count(self) -> Counts:
        """How many claims there are, in how many reports, published by how many outlets. Always all three."""
        few = self.narrow("claim_id", "report_id")
        sql = (
            f"WITH chosen AS ({few._sql(is_sorted=False)}) SELECT count(*), count(DISTINCT report_id), (SELECT "
            f"count(DISTINCT outlet) FROM ({_CARRIERS}) WHERE report_id IN (SELECT report_id FROM chosen)) FROM chosen"
        )
        cursor = self.archive.engine.open_cursor(("reports", *few.tables, *few._where.tables))
        return Counts(*cursor.execute(sql, few._values).fetchall()[0])

    def months(self) -> Query:
        """A row for each month and ordered pair of parties of these claims (no recipient: null).

        Columns: ``month`` (its first day; null where a claim has no day), ``actor``, ``recipient`` (codes), ``claims``,
        ``reports``, ``outlets`` as in ``Counts``, and sums of PLOVER scores: ``cooperation`` (those above 0),
        ``conflict`` (those below), ``net`` (both).
        """
        if self.most is not None:
            raise ArchiveError("a limited query has no months: the claims left out would be missing in them")
        return Query(
            self.archive,
            _MONTHS_SQL,
            MONTHS,
            ('"month" ASC NULLS LAST', '"actor"', '"recipient" ASC NULLS LAST'),
            ("dyads", "reports"),
            lambda: ask_dyad_rows(self.filters, self.archive.directory),
        )


@dataclass(frozen=True)
class EventQuery(Query):
    """Events, not yet read. Iterating gives ``Event`` objects."""

    filters: Filters = field(default_factory=Filters)

    def draw_near(self) -> EventQuery:
        """Of a page, the ids and days are found first, in few columns; then its rows are read where they lie."""
        if self.most is None or self.most > MOST:
            return self
        rows, where = ask_events(self.archive.engine, self._find_places(self.most))
        return replace(self, source=f"{rows} {{where}}", find_where=lambda: where, rest=Where())

    def _find_places(self, most: int) -> list[Place]:
        """The ids and days of a page; where it is sorted by day, looked for from that end of the archive on."""
        narrow, places = replace(self, columns=("event_id", "day")), list[Place]()
        is_falling = self.sorting[0].startswith('"day" DESC')
        bounds = find_bounds(self.archive.engine, is_falling=is_falling) if self.sorting[0].startswith('"day"') else []
        for bound in (*bounds, None):
            near = Where(f'"day" {">=" if is_falling else "<="} CAST(? AS DATE)', (bound,)) if bound else Where()
            some = replace(narrow, rest=self.rest & near)
            cursor = some._cursor()
            places = cursor.execute(some._sql(), some._values).fetchall()
            if len(places) == most:
                break
        return places

    def __iter__(self) -> Iterator[Event]:
        return (read_event(row) for row in self.rows())

    def count(self) -> EventCounts:
        """How many events there are, in how many reports of how many outlets. Always all three."""
        sql = (
            f"WITH chosen AS ({self._sql(is_sorted=False)}) SELECT count(*), (SELECT count(DISTINCT r) FROM (SELECT unnest("
            "reports) AS r FROM chosen)), (SELECT count(DISTINCT o) FROM (SELECT unnest(outlets) AS o FROM chosen)) FROM chosen"
        )
        return EventCounts(*self._cursor().execute(sql, self._values).fetchall()[0])

    def acts(self) -> list[Act]:
        """The events as acts: one for each ordered pair of parties, what relations are counted from."""
        return find_acts(self.archive.engine, self._where)


@dataclass(frozen=True)
class ReportQuery(Query):
    """Reports, not yet read. Iterating gives ``Report`` objects with their text; rows leave the text out."""

    filters: Filters = field(default_factory=Filters)

    def draw_near(self) -> ReportQuery:
        """Of a page, the ids are found first, in few columns; then its rows are read where they lie."""
        if self.most is None or self.most > MOST:
            return self
        few = replace(self, columns=("report_id",))
        ids = [row[0] for row in few._cursor().execute(few._sql(), few._values).fetchall()]
        where = Where(f"report_id IN ({', '.join('?' * len(ids))})", tuple(sorted(ids))) if ids else Where("false")
        return replace(self, find_where=lambda: where, rest=Where())

    def __iter__(self) -> Iterator[Report]:
        return (self.archive.get_report(row["report_id"]) for row in self.rows())


def ask_for_claims(archive: Archive, given: Mapping[str, Any]) -> ClaimQuery:
    filters = make_filters("claims", given)
    return ClaimQuery(
        archive,
        "SELECT * FROM claims {where}",
        _columns("claims"),
        ('"day" ASC NULLS LAST', '"claim_id"'),
        ("claims",),
        lambda: ask_claims(filters, archive.directory),
        filters=filters,
    )


def ask_for_events(archive: Archive, given: Mapping[str, Any]) -> EventQuery:
    """Events by their own parties, type, day and place; by claimant, words and report of one of their claims."""
    filters = make_filters("claims", given)
    return EventQuery(
        archive,
        "SELECT * FROM events {where}",
        tuple(column for column in _columns("events") if column not in ("generation", "gone", "became")),
        ('"day" DESC NULLS LAST', '"event_id"'),
        ("events",),
        lambda: ask_event_rows(filters, archive.directory),
        filters=filters,
    )


def ask_for_reports(archive: Archive, given: Mapping[str, Any]) -> ReportQuery:
    """Reports by outlet, day of publication and id; with other filters, those that make such claims, and their copies."""
    filters = make_filters("claims", given)
    return ReportQuery(
        archive,
        "SELECT * FROM reports {where}",
        tuple(column for column in _columns("reports") if column != "text"),
        ('"date" ASC NULLS LAST', '"report_id"'),
        ("reports",),
        lambda: ask_report_rows(filters, archive.directory),
        filters=filters,
    )


def ask_for_rejected(archive: Archive, given: Mapping[str, Any]) -> Query:
    filters = make_filters("rejected", given)
    return Query(
        archive,
        "SELECT * FROM rejected {where}",
        _columns("rejected"),
        ('"report_id" ASC NULLS LAST', '"step"', '"start"', '"stop"', '"reason"', '"detail"', '"place"'),
        ("rejected",),
        lambda: ask_rejected(filters),
    )


def ask_for_dyads(archive: Archive, given: Mapping[str, Any]) -> Query:
    filters = make_filters("claims", given)
    return Query(
        archive,
        "SELECT * FROM dyads {where}",
        _columns("dyads"),
        ('"day" ASC NULLS LAST', '"claim_id"', '"actor"', '"recipient"', '"actor_country"', '"recipient_country"'),
        ("dyads",),
        lambda: ask_dyad_rows(filters, archive.directory),
    )


def ask_for_actors(archive: Archive, given: Mapping[str, Any]) -> Query:
    """Who is named, how often as actor, recipient and claimant of these claims, and from which day to which."""
    filters = make_filters("claims", given)
    return Query(
        archive,
        _ACTORS_SQL,
        ACTORS,
        ('"as_actor" DESC', '"as_recipient" DESC', '"as_claimant" DESC', '"code"', '"id"', '"name"', '"country"'),
        ("claims",),
        lambda: ask_claims(filters, archive.directory),
    )


def ask_for_imported(archive: Archive, given: Mapping[str, Any]) -> Query:
    """Rows of imported sets."""
    filters = make_filters("imported", given)
    return Query(
        archive,
        "SELECT * FROM imported {where}",
        _columns("imported"),
        ('"set_name"', '"day" ASC NULLS LAST', '"imported_id"'),
        ("imported",),
        lambda: ask_imported(filters, archive.directory),
    )


def _columns(table: TableName) -> tuple[str, ...]:
    return tuple(column.name for column in TABLES[table].columns)
