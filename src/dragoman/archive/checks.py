"""What must hold between the rows of an archive, as queries that give those that break it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.archive.engine import Engine
from dragoman.archive.manifest import Snapshot
from dragoman.archive.parts import read_parts
from dragoman.archive.schema import TableName
from dragoman.domain import EventType

Severity = Literal["error", "warning"]

_TYPES = ", ".join(f"'{name}'" for name in get_args(EventType))
LATEST_AFTER = 1
"""Days by which something that has happened may lie after the day of publication: the world has many time zones."""
_REPORT = "These rows were written wrongly: please tell the developers, and read the inputs again into a new archive."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an archive that isn't as it should be."""

    severity: Severity
    where: str
    what: str
    way_out: str


@dataclass(frozen=True, slots=True)
class _Check:
    """A query that gives an id for each row that breaks a rule."""

    table: TableName
    what: str
    query: str
    severity: Severity = "error"
    way_out: str = _REPORT


def _cuts(words: str, start: str, end: str) -> str:
    return f"substring(r.text, {start} + 1, {end} - {start}) IS DISTINCT FROM {words}"


def _lists(side: str) -> str:
    texts, starts, ends = (f"c.{side}{name}" for name in _LISTS[side])
    cut = "substring(r.text, x[2] + 1, x[3] - x[2])"
    zipped = f"list_zip({texts}, {starts}, {ends})"
    return f"len(list_filter({zipped}, lambda x: {cut} IS DISTINCT FROM x[1])) > 0"


_LISTS = {
    "actor_": ("texts", "starts", "ends"),
    "recipient_": ("texts", "starts", "ends"),
    "magnitude": ("s", "_starts", "_ends"),
}

_CHECKS = (
    _Check("reports", "the same report twice", "SELECT report_id FROM every.reports GROUP BY 1 HAVING count(*) > 1"),
    _Check(
        "reports", "a copy of a report that isn't there",
        "SELECT c.report_id FROM every.reports c ANTI JOIN every.reports r ON c.copy_of = r.report_id "
        "WHERE c.copy_of IS NOT NULL",
    ),
    _Check("reports", "neither text nor copy of one", "SELECT report_id FROM every.reports WHERE text IS NULL AND copy_of IS NULL"),
    _Check("reports", "a length that isn't its text's", "SELECT report_id FROM every.reports WHERE length(text) <> characters"),
    _Check(
        "codings", "read twice by the same coder",
        "SELECT report_id FROM every.codings GROUP BY report_id, coder HAVING count(*) > 1",
    ),
    _Check("codings", "read, but no such report", "SELECT report_id FROM every.codings c ANTI JOIN every.reports r USING (report_id)"),
    _Check(
        "codings", "another number of claims than there are",
        "SELECT report_id FROM (SELECT report_id, coder, claims, 0 AS found FROM every.codings UNION ALL "
        "SELECT report_id, coder, 0, 1 FROM every.claims) GROUP BY report_id, coder HAVING sum(claims) <> sum(found)",
    ),
    _Check("claims", "the same claim twice", "SELECT claim_id FROM every.claims GROUP BY claim_id, coder HAVING count(*) > 1"),
    _Check("claims", "its report isn't there", "SELECT claim_id FROM every.claims c ANTI JOIN every.reports r USING (report_id)"),
    _Check(
        "claims", "its spans don't cut the quoted words out of its report",
        "SELECT claim_id FROM every.claims c JOIN every.reports r USING (report_id) WHERE "
        f"{_cuts('c.text', 'sentence_start', 'sentence_end')} OR {_cuts('trigger', 'trigger_start', 'trigger_end')}"
        " OR trigger_start < sentence_start OR trigger_end > sentence_end",
    ),
    _Check(
        "claims", "words of its parties or sizes aren't where it says",
        "SELECT claim_id FROM every.claims c JOIN every.reports r USING (report_id) WHERE "
        f"{' OR '.join(_lists(side) for side in _LISTS)}"
        f" OR (claimant_start IS NOT NULL AND {_cuts('claimant_text', 'claimant_start', 'claimant_end')})",
    ),
    _Check("claims", "a type that the codebook doesn't have", f"SELECT claim_id FROM every.claims WHERE event_type NOT IN ({_TYPES})"),
    _Check(
        "claims", f"has happened, but more than {LATEST_AFTER} day after its report was published",
        "SELECT claim_id FROM every.claims WHERE status IN ('occurred', 'ongoing', 'historical') "
        f"AND day > report_date + {LATEST_AFTER}",
        "warning", "A date was read wrongly, in the sentence or of the report: look at the claim.",
    ),
    _Check(
        "imports", "another number of imported rows than there are",
        "SELECT unit FROM (SELECT unit, rows, 0 AS found FROM every.imports UNION ALL "
        "SELECT unit, 0, 1 FROM every.imported) GROUP BY unit HAVING sum(rows) <> sum(found)",
        way_out="Drop the set with 'dragoman sets --drop NAME' and import its files again.",
    ),
    _Check("dyads", "no such claim", "SELECT claim_id FROM every.dyads d ANTI JOIN every.claims c USING (claim_id, coder)"),
    _Check(
        "dyads", "told otherwise in its claim",
        "SELECT claim_id FROM every.dyads d JOIN every.claims c USING (claim_id, coder) WHERE "
        + " OR ".join(f"d.{name} IS DISTINCT FROM c.{name}" for name in ("day", "event_type", "status", "report_id")),
    ),
)  # fmt: skip


def check_rows(engine: Engine) -> Iterator[Finding]:
    """Findings about the rows of a snapshot, of all coders. Its parts must be whole."""
    engine.prepare(["reports", "codings", "claims", "dyads", "rejected", "imports", "imported"])
    for check in _CHECKS:
        found = engine.connection.execute(
            f"SELECT count(*), min(id) FROM (SELECT DISTINCT x.* FROM ({check.query}) x(id))"
        ).fetchall()
        for count, first in found:
            if count:
                yield Finding(check.severity, f"{check.table} {first}", f"{check.what} ({count} such)", check.way_out)
    yield from _check_days(engine)
    yield from _check_totals(engine)


def _check_days(engine: Engine) -> Iterator[Finding]:
    """Claims of listed parts that wouldn't be found by their ids."""
    names = {name for part in engine.snapshot.find_parts("claim_days") for name in part.of}
    parts = [part for part in engine.snapshot.find_parts("claims") if part.name in names]
    if not parts:
        return
    engine.prepare(["claim_days"])
    count, first = engine.connection.execute(
        f"SELECT count(*), min(c.claim_id) FROM {read_parts(engine.archive, parts)} c ANTI JOIN every.claim_days d "
        "ON c.claim_id = d.claim_id AND c.day IS NOT DISTINCT FROM d.day"
    ).fetchall()[0]
    if count:
        what = f"isn't listed under its day in claim_days ({count} such)"
        yield Finding("error", f"claims {first}", what, "'dragoman compact --full' lists claims anew.")


def check_units(snapshot: Snapshot) -> Iterator[Finding]:
    """Findings about the counts of units, in themselves and in sum."""
    sums: dict[str, int] = {}
    for unit in snapshot.units.values():
        read = unit.counts.get("read", 0)
        if read != sum(unit.counts.values()) - read:
            yield Finding("error", f"unit {unit.key}", f"its counts don't add up: {dict(unit.counts)}", _REPORT)
        for name, count in unit.counts.items():
            sums[name] = sums.get(name, 0) + count
    for name, count in sums.items():
        if snapshot.totals.get(name, 0) != count:
            what = f"counts {snapshot.totals.get(name, 0)} {name}, its units {count}"
            yield Finding("error", f"snapshot {snapshot.number}", what, _REPORT)


def _check_totals(engine: Engine) -> Iterator[Finding]:
    """Totals against the rows that are there."""
    rows = {f"codings {coder}": 0 for coder in engine.snapshot.coders}
    rows |= dict(
        engine.connection.execute("SELECT 'codings ' || coder, count(*) FROM every.codings GROUP BY 1").fetchall()
    )
    rows["claims"] = engine.connection.execute("SELECT count(*) FROM every.claims").fetchall()[0][0]
    for name, count in rows.items():
        if engine.snapshot.totals.get(name, 0) != count:
            what = f"counts {engine.snapshot.totals.get(name, 0)} {name}, its parts hold {count}"
            yield Finding("error", f"snapshot {engine.snapshot.number}", what, _REPORT)
