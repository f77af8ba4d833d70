"""A snapshot's narrow columns read into arrays of numbers, year by year, so that no table is in memory whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.archive.engine import Engine
from dragoman.archive.schema import TableName
from dragoman.archive.tally import NO_DAY, Rows, Tally
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_SIDES = tuple(f"{side}_{what}" for side in ("actor", "recipient") for what in ("codes", "countries"))
_CELLS = (
    f"coalesce(day - DATE '1970-01-01', {NO_DAY})::INTEGER AS day, coalesce(confidence, 0) AS confidence, "
    "coalesce(enum_code(event_type::tally_event_type)::INTEGER, -1)::SMALLINT AS event_type, "
    "coalesce(enum_code(quad::tally_quad)::INTEGER, -1)::SMALLINT AS quad, "
    "coalesce(enum_code(status::tally_status)::INTEGER, -1)::SMALLINT AS status"
)
_CODE = "coalesce(enum_code(({0})::tally_party)::INTEGER, -1) AS {1}"
_IS_PLAIN = "NOT coalesce(mutual, false) AND len(actor_codes) = 1 AND len(recipient_codes) <= 1"
_PLAIN_CODES = ", ".join(
    _CODE.format(f"{side}_{what}[1]", f"{side}{name}")
    for side in ("actor", "recipient")
    for what, name in (("codes", ""), ("countries", "_country"))
)
_PAIR_CODES = ", ".join(_CODE.format(f"{p}[{n}]", name) for p, n, name in (
    ("a", 1, "actor"), ("a", 2, "actor_country"), ("b", 1, "recipient"), ("b", 2, "recipient_country")))  # fmt: skip
_PAIRS = f"""
WITH sides AS (SELECT *, list_distinct(list_zip(actor_codes, actor_countries)) AS acting,
    list_distinct(list_zip(recipient_codes, recipient_countries)) AS acted FROM ({{rows}}) WHERE NOT ({_IS_PLAIN})),
parties AS (SELECT * REPLACE (CASE WHEN mutual THEN list_distinct(acting || acted) ELSE acting END AS acting) FROM sides),
firsts AS (SELECT *, unnest(CASE WHEN len(acting) = 0 THEN [NULL] ELSE acting END) AS a FROM parties),
others AS (SELECT *, CASE WHEN mutual THEN list_filter(acting, lambda x: x IS DISTINCT FROM a) ELSE acted END AS rest FROM firsts),
pairs AS (
  SELECT *, unnest(CASE WHEN len(rest) = 0 THEN [NULL] ELSE rest END) AS b FROM others
  UNION ALL SELECT * REPLACE (NULL AS a), a AS b FROM others WHERE mutual AND len(acting) = 1)
SELECT {{ids}}, {_CELLS}, {_PLAIN_CODES} FROM ({{rows}}) WHERE {_IS_PLAIN}
UNION ALL SELECT {{ids}}, {_CELLS}, {_PAIR_CODES} FROM pairs
"""


def make_tally(engine: Engine) -> Tally:
    """Read the narrow columns of a snapshot whose tables are prepared; about two seconds a million claims.

    Raises:
        ArchiveError: It was given up; or two ids have one hash, so that they can't be told apart.
    """
    words = _list_words(engine)
    reports, outlets, report_ids = _read_reports(engine)
    event_ids = _number(engine, "SELECT hash(event_id) AS id FROM events", "events")
    claim_ids = _number(engine, "SELECT hash(claim_id) AS id FROM claims", "claims")
    of_claim = _read_memberships(engine, claim_ids, event_ids)
    ids = {"claim": claim_ids, "report": report_ids, "event": event_ids}
    claims = _read_rows(engine, "claims", ids, ("claim", "report"))
    claims["event"] = of_claim[claims["claim"]]
    events = _read_rows(engine, "events", ids, ("event",))
    told, spread = _read_told(engine, event_ids, report_ids, outlets)
    firsts = _find_firsts(events["event"], len(event_ids))
    for columns in (claims, events, told, spread):
        columns["event"] = firsts[columns["event"]]
    claims["claim"] = _find_firsts(claims["claim"], len(claim_ids))[claims["claim"]]
    sizes = {
        "claim": len(claims["day"]), "event": len(events["day"]), "report": len(report_ids), "outlet": len(outlets),
    }  # fmt: skip
    return Tally(Rows(claims, words), Rows(events, words), told, spread, reports, outlets, sizes)


def _list_words(engine: Engine) -> dict[str, dict[str, int]]:
    """The words of each column with their numbers, also as types of the engine, so that it can tell them."""
    plain = {
        column: f"SELECT DISTINCT {column} AS word FROM claims UNION SELECT DISTINCT {column} FROM events"
        for column in ("event_type", "quad", "status")
    }
    sides = [
        f"SELECT DISTINCT unnest({side}) AS word FROM {table}" for side in _SIDES for table in ("claims", "events")
    ]
    queries = {**plain, "party": " UNION ".join(sides)}
    words = {}
    for name, query in queries.items():
        rows = engine.find_rows(f"SELECT word FROM ({query}) WHERE word IS NOT NULL ORDER BY 1", tables=())
        words[name] = {row["word"]: number for number, row in enumerate(rows)}
        listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words[name])
        engine.execute(f"CREATE OR REPLACE TYPE tally_{name} AS ENUM ({listed})", tables=())
    return words


def _read_reports(engine: Engine) -> tuple[dict[str, Array], dict[str, int], Array]:
    """Reports by number, outlets with their numbers, and the hashes of the reports' ids in order."""
    rows = engine.find_rows("SELECT DISTINCT outlet FROM reports WHERE outlet IS NOT NULL ORDER BY 1", tables=())
    outlets = {row["outlet"]: number for number, row in enumerate(rows)}
    listed = ", ".join("'" + outlet.replace("'", "''") + "'" for outlet in outlets)
    engine.execute(f"CREATE OR REPLACE TYPE tally_outlet AS ENUM ({listed})", tables=())
    found = _fetch(
        engine,
        "SELECT hash(report_id) AS id, hash(coalesce(copy_of, report_id)) AS root, coalesce(enum_code(outlet::tally_outlet)::"
        f"INTEGER, -1) AS outlet, coalesce(date - DATE '1970-01-01', {NO_DAY})::INTEGER AS day FROM reports",
    )
    order = np.argsort(found["id"])
    ids = _check_apart(found["id"][order], "reports")
    columns = {name: found[name][order] for name in ("outlet", "day")}
    return {**columns, "root": _find(ids, found["root"][order])}, outlets, ids


def _number(engine: Engine, query: str, what: str) -> Array:
    return _check_apart(np.sort(_fetch(engine, query)["id"]), what)


def _read_memberships(engine: Engine, claims: Array, events: Array) -> Array:
    """The number of each claim's event, -1 where it is of none."""
    of_claim = np.full(len(claims), -1, dtype=np.int32)
    if len(events):
        rows = _fetch(
            engine,
            "SELECT hash(claim_id) AS claim, hash(event_id) AS event FROM event_claims WHERE event_id IS NOT NULL",
        )
        numbers = _find(claims, rows["claim"])
        of_claim[numbers[numbers >= 0]] = _find(events, rows["event"])[numbers >= 0]
    return of_claim


def _read_rows(engine: Engine, table: TableName, ids: dict[str, Array], kinds: Sequence[str]) -> dict[str, Array]:
    """Rows for pairs, their ids as numbers."""
    hashes = ", ".join(f"hash({kind}_id) AS {kind}" for kind in kinds)
    names = [f"{kind}_id" for kind in kinds]
    wanted = ", ".join([*names, "day", "confidence", "event_type", "quad", "status", "mutual", *_SIDES])
    pieces: list[dict[str, Array]] = []
    for rows in _walk_years(engine, table, wanted):
        found = _fetch(engine, _PAIRS.format(rows=rows, ids=hashes))
        found |= {kind: _find(ids[kind], found[kind]) for kind in kinds}
        pieces.append(found)
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}


def _walk_years(engine: Engine, table: TableName, wanted: str) -> Iterator[str]:
    """The SQL of the rows of each year and of those without a day."""
    rows = engine.find_rows(
        f"SELECT DISTINCT year(day) AS year FROM {table} WHERE day IS NOT NULL ORDER BY 1", tables=()
    )
    yield f"SELECT {wanted} FROM {table} WHERE day IS NULL"
    for year in (row["year"] for row in rows):
        yield f"SELECT {wanted} FROM {table} WHERE day >= make_date({year}, 1, 1) AND day <= make_date({year}, 12, 31)"


def _read_told(
    engine: Engine, events: Array, reports: Array, outlets: dict[str, int]
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Which reports and which outlets tell which events."""
    told = _fetch(engine, "SELECT hash(event_id) AS event, hash(unnest(reports)) AS report FROM events")
    query = "SELECT event_id, unnest(outlets) AS outlet FROM events"
    spread = _fetch(
        engine,
        "SELECT hash(event_id) AS event, coalesce(enum_code(try_cast(outlet AS tally_outlet))::INTEGER, -1) AS outlet "
        f"FROM ({query})",
    )
    numbers = _find(events, told["event"])
    return (
        {"event": numbers, "report": _find(reports, told["report"])},
        {"event": _find(events, spread["event"]), "outlet": spread["outlet"]},
    )


def _fetch(engine: Engine, query: str) -> dict[str, Array]:
    """The columns of a query as arrays of whole numbers or fractions, none missing."""
    found = engine.execute(query, tables=()).fetchnumpy()
    small = {name: np.asarray(column) for name, column in found.items()}
    return {name: _shrink(column) for name, column in small.items()}


def _shrink(column: Array) -> Array:
    """A column in the fewest bytes that hold it: numbers of words are small."""
    if column.dtype == np.int32 and (not len(column) or (column.min() >= -1 and column.max() < 2**15)):
        return column.astype(np.int16)
    return column


def _find_firsts(numbers: Array, count: int) -> Array:
    """For each number the first row it stands in, as a number that is near those of the rows around it: marks are then set one
    after the other, not all over memory. The last is for -1."""
    firsts = np.full(count + 1, -1, dtype=np.int32)
    firsts[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1, dtype=np.int32)
    firsts[-1] = -1
    return firsts


def _find(known: Array, asked: Array) -> Array:
    """The numbers of hashes among those known, -1 where one isn't."""
    if not len(known):
        return np.full(len(asked), -1, dtype=np.int32)
    numbers = np.searchsorted(known, asked).astype(np.int32)
    numbers[numbers == len(known)] = 0
    numbers[known[numbers] != asked] = -1
    return numbers


def _check_apart(hashes: Array, what: str) -> Array:
    """Hashes in order, each there once."""
    if len(hashes) > 1 and (hashes[1:] == hashes[:-1]).any():
        raise ArchiveError(f"two {what} have one hash; they are counted from the files instead")
    return hashes
