"""The tables of an archive and their columns: names, types, what they hold. ``FORMAT`` counts every change of them.

The columns of ``claims`` are those of the flat table that ``dragoman read --csv`` prints, with lists as lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FORMAT = 2
"""Version of the archive's layout and columns: a higher one is refused, a lower one read as it is. In 2 claims lie by
day, parts tell their range, and compacting adds ``claim_days``."""

TableName = Literal[
    "reports", "codings", "claims", "dyads", "rejected", "judgements", "events", "event_claims", "imports", "imported",
    "claim_days",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its DuckDB type and what it holds, as the codebook page of an export tells it."""

    name: str
    type: str
    holds: str


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of part. Rows of a part are sorted by ``order``."""

    name: TableName
    holds: str
    order: tuple[str, ...]
    columns: tuple[Column, ...]


def _table(name: TableName, holds: str, order: str, columns: str) -> Table:
    """A table from lines of ``name | type | what it holds``."""
    cells = [[cell.strip() for cell in line.split("|")] for line in columns.strip().splitlines()]
    return Table(name, holds, tuple(order.split()), tuple(Column(*cell) for cell in cells))


_MAKER = """
version | VARCHAR | version of Dragoman that made the claim
model | VARCHAR | SHA-256 (first 16 hex digits) of the model's weights
roster | VARCHAR | version of the roster
codebook | VARCHAR | version of the codebook
overlay | VARCHAR | hash of the user's own actors, acts and outlets, where there are any
"""


def _party(side: str, what: str) -> str:
    return f"""
{side}s | VARCHAR[] | {what}: names
{side}_codes | VARCHAR[] | {what}: ISO 3166-1 alpha-3 for states and their organs, else UNO, NATO …, UNK where not known
{side}_ids | VARCHAR[] | {what}: roster ids
{side}_countries | VARCHAR[] | {what}: the state each belongs to or acts from, null where there is none
{side}_sectors | VARCHAR[] | {what}: PLOVER sectors
{side}_texts | VARCHAR[] | {what}: the words that name them
{side}_starts | INTEGER[] | {what}: first code point of those words in the report's text
{side}_ends | INTEGER[] | {what}: code point after their last
""".strip()


REPORTS = _table(
    "reports",
    "One row a report: a text as one outlet published it.",
    "report_id",
    """
report_id | VARCHAR | id: hash of text, address, outlet, title and day
record_id | VARCHAR | the id its input record gave, or a hash of its content
text_id | VARCHAR | SHA-256 (first 32 hex digits) of the text: exact copies share it
url | VARCHAR | address, as given
outlet | VARCHAR | who published it
title | VARCHAR | headline, where it isn't part of the text
date | DATE | day of publication
date_how | VARCHAR | how that day was found
language | VARCHAR | ISO 639-1 code
translated | BOOLEAN | its record says that it is a translation
machine_translated | BOOLEAN | it looks machine-translated, or its record says so
agencies | VARCHAR[] | news agencies that the text cites or credits
text | VARCHAR | the text in which all offsets count; null where it is the text of copy_of, letter for letter
characters | INTEGER | length of the text in code points
copy_of | VARCHAR | report_id of the report whose text this repeats, exactly or nearly; its claims are that one's
version_of | VARCHAR | report_id of an earlier report that this is another version of (edited, shortened, extended)
likeness | DOUBLE | estimated Jaccard likeness of the word runs of both, 0 to 1
page_sha256 | VARCHAR | SHA-256 of the page or feed the text was taken from
repairs | VARCHAR[] | what was repaired in the text before it was read
place | VARCHAR | the input it came from: file and line
extra | VARCHAR | keys of its record that Dragoman doesn't know, as JSON
unit | VARCHAR | the unit of work that brought it
""",
)

CODINGS = _table(
    "codings",
    "One row for each report that a coder has read.",
    "report_id",
    """
report_id | VARCHAR | the report
coder | VARCHAR | id of the coder: hash of version, model, roster, codebook and overlay
state | VARCHAR | coded, or without parties (no party named, so nothing to code)
sentences | INTEGER | sentences that could speak claims
sentences_read | INTEGER | those the model read: the others name no party, point back to none and tell of no force
claims | INTEGER | claims found
""",
)

CLAIMS = _table(
    "claims",
    "One row a claim: what one sentence of one report says one party did to another.",
    "day claim_id",
    f"""
claim_id | VARCHAR | id of the claim
report_id | VARCHAR | the report that makes it
coder | VARCHAR | the coder that found it
report_date | DATE | day of publication of the report
outlet | VARCHAR | who published the report
title | VARCHAR | the report's title
url | VARCHAR | the report's address
sentence | INTEGER | number of the sentence in its report, from 0
text | VARCHAR | the sentence
sentence_start | INTEGER | first code point of the sentence in the report's text
sentence_end | INTEGER | code point after its last
block | VARCHAR | kind of block: headline, summary, subheading, body
trigger | VARCHAR | the words that name the act
trigger_start | INTEGER | first code point of those words
trigger_end | INTEGER | code point after their last
event_type | VARCHAR | PLOVER 2.0 event type
mode | VARCHAR | PLOVER mode, where the type has modes
context | VARCHAR[] | PLOVER contexts
quad | VARCHAR | verbal or material, cooperation or conflict
intensity | DOUBLE | PLOVER score of type and mode, -10 (conflict) to +10 (cooperation)
{_party("actor", "who acts")}
{_party("recipient", "to whom")}
mutual | BOOLEAN | the actors do it with one another
status | VARCHAR | occurred, ongoing, planned, conditional, denied, historical
claimant | VARCHAR | in whose mouth the claim is put; null where it is the report's own
claimant_code | VARCHAR | code of the claimant
claimant_id | VARCHAR | roster id of the claimant
claimant_country | VARCHAR | state of the claimant
claimant_sector | VARCHAR | PLOVER sector of the claimant
claimant_text | VARCHAR | the words that name the claimant
claimant_start | INTEGER | first code point of those words
claimant_end | INTEGER | code point after their last
magnitudes | VARCHAR[] | sizes of the act, in the report's words
magnitude_values | DOUBLE[] | best values; null where the words give no number
magnitude_lows | DOUBLE[] | lowest values the words allow
magnitude_highs | DOUBLE[] | highest values the words allow
magnitude_units | VARCHAR[] | ISO 4217 code for money, else what is counted
magnitude_kinds | VARCHAR[] | people, money, items, duration, other
magnitude_starts | INTEGER[] | first code points of those words
magnitude_ends | INTEGER[] | code points after their last
date | VARCHAR | when it happens, as precisely as told: YYYY, YYYY-MM or YYYY-MM-DD; null where not told
date_start | INTEGER | first code point of the words that tell it
date_end | INTEGER | code point after their last
day | DATE | the day it is counted on: the first day of date where told, else report_date
day_how | VARCHAR | act (told in the sentence) or report (day of publication), so that no fall-back is silent
place | VARCHAR | where it happens
place_country | VARCHAR | ISO 3166-1 alpha-3 of that place
place_lat | DOUBLE | latitude, WGS 84 degrees
place_lon | DOUBLE | longitude, WGS 84 degrees
place_kind | VARCHAR | country, region, city, sea …
place_precision | VARCHAR | what the point stands for: point, area, line, country, water, unknown
place_start | INTEGER | first code point of the words that name the place
place_end | INTEGER | code point after their last
confidence | DOUBLE | how likely the claim is right, 0 to 1
why | VARCHAR[] | rules and scores behind type, roles, status and claimant
vector | VARCHAR | what the trigger means in its sentence: 64 signed bytes in base64, for telling which claims are one event
{_MAKER.strip()}
""",
)

DYADS = _table(
    "dyads",
    "One row for each ordered pair of parties of a claim (recipient is null where it has none): what series are counted from.",
    "actor recipient day claim_id",
    """
claim_id | VARCHAR | the claim
report_id | VARCHAR | the report that makes it
coder | VARCHAR | the coder that found it
day | DATE | the day it is counted on, as in claims
actor | VARCHAR | code of the acting party
recipient | VARCHAR | code of the other; null where the act has no recipient
actor_country | VARCHAR | state of the acting party
recipient_country | VARCHAR | state of the other
mutual | BOOLEAN | done with one another: the pair stands here in both orders
event_type | VARCHAR | PLOVER 2.0 event type
quad | VARCHAR | verbal or material, cooperation or conflict
intensity | DOUBLE | PLOVER score, -10 to +10
status | VARCHAR | occurred, ongoing, planned, conditional, denied, historical
confidence | DOUBLE | how likely the claim is right, 0 to 1
""",
)

REJECTED = _table(
    "rejected",
    "One row for everything that was read and not kept: inputs, reports, names, claims; with the reason.",
    "report_id step",
    """
report_id | VARCHAR | the report; null where the input gave none
coder | VARCHAR | the coder; null where reading failed
step | VARCHAR | read, gate, link, code, confidence, limits, import
reason | VARCHAR | short fixed phrase, countable
detail | VARCHAR | what it was and what would help
place | VARCHAR | the input: file and line
start | INTEGER | first code point in the report's text, where it is about words of it
stop | INTEGER | code point after their last
raw | VARCHAR | the record as it came, in base64, where it could not be read and is no file of its own
unit | VARCHAR | the unit of work
""",
)

JUDGEMENTS = _table(
    "judgements",
    "One row a judgement on two claims: whether they tell of the same happening. Persons' are only ever added.",
    "first second",
    """
generation | INTEGER | the merging that made it, counted from 1; of a pair the machine's newest counts
first | VARCHAR | the smaller of the two claim ids
second | VARCHAR | the other; the same where a person says that the claim tells of no happening
verdict | VARCHAR | same, different, unsure; null where the machine no longer compares the two
score | DOUBLE | chance that they are the same, 0 to 1
rule | VARCHAR | own repetition, pair model, lasting, person
reasons | VARCHAR[] | what spoke for and against, with its weight
by | VARCHAR | the person
when | VARCHAR | when a person judged, UTC, ISO 8601
""",
)


def _event_party(side: str, what: str) -> str:
    return f"""
{side}s | VARCHAR[] | {what}: names, the most named first
{side}_ids | VARCHAR[] | {what}: roster ids
{side}_codes | VARCHAR[] | {what}: codes, as in claims
{side}_countries | VARCHAR[] | {what}: states
{side}_sectors | VARCHAR[] | {what}: PLOVER sectors
{side}_shares | DOUBLE[] | {what}: share of the claims that name each
""".strip()


EVENTS = _table(
    "events",
    "One row an event: claims judged to be the same happening. Derived, and derived anew as claims and judgements come.",
    "day event_id generation",
    f"""
generation | INTEGER | the merging that made the row; of an event the newest counts
event_id | VARCHAR | id: that of its smallest claim, by day of report and id
gone | VARCHAR | why there is no such event any more; null where there is
became | VARCHAR[] | the events that hold its claims then
event_type | VARCHAR | PLOVER 2.0 event type of most claims, weighed by confidence
type_share | DOUBLE | their share
mode | VARCHAR | PLOVER mode
context | VARCHAR[] | PLOVER contexts
quad | VARCHAR | verbal or material, cooperation or conflict
intensity | DOUBLE | PLOVER score, -10 to +10
{_event_party("actor", "who acts")}
{_event_party("recipient", "to whom")}
mutual | BOOLEAN | the actors do it with one another
status | VARCHAR | occurred, ongoing, planned, conditional, denied, historical
statuses | VARCHAR[] | its history: status
status_days | VARCHAR[] | its history: day of the report that says so
status_claimants | VARCHAR[] | its history: who says so; null for the report's own word
status_claims | VARCHAR[] | its history: the claim
earliest | DATE | first day on which it may have happened; null where not told
latest | DATE | last such day
day | DATE | the day it is counted on: earliest where told, else the day of its first report
day_how | VARCHAR | act or report
place | VARCHAR | where it happened
place_country | VARCHAR | ISO 3166-1 alpha-3 of that place
place_lat | DOUBLE | latitude, WGS 84 degrees
place_lon | DOUBLE | longitude, WGS 84 degrees
place_kind | VARCHAR | country, region, city, sea …
place_precision | VARCHAR | what the point stands for
place_share | DOUBLE | share of its placed claims that say so
figures | VARCHAR[] | its sizes as each claim gives them, in the report's words
figure_values | DOUBLE[] | best values
figure_lows | DOUBLE[] | lowest values the words allow
figure_highs | DOUBLE[] | highest values the words allow
figure_units | VARCHAR[] | ISO 4217 code for money, else what is counted
figure_kinds | VARCHAR[] | people, money, items, duration, other
figure_starts | INTEGER[] | first code points of those words in their report's text
figure_ends | INTEGER[] | code points after their last
figure_claimants | VARCHAR[] | who gives each; null for the report's own word
figure_claims | VARCHAR[] | the claim that gives each
figure_days | VARCHAR[] | day of that report
claimants | VARCHAR[] | in whose mouth it is put, the most claims first
claimant_codes | VARCHAR[] | their codes
claimant_countries | VARCHAR[] | their states
claimant_counts | INTEGER[] | claims of each
outlets | VARCHAR[] | who published it, the most reports first
outlet_counts | INTEGER[] | reports of each
claims | VARCHAR[] | ids of its claims, by day of report and id
reports | VARCHAR[] | ids of the reports that tell it, copies included
texts | INTEGER | independent texts among them: copies and versions of one count once
first_report | DATE | day of its first report
last_report | DATE | day of its last
confidence | DOUBLE | chance that it is right, 0 to 1
""",
)

EVENT_CLAIMS = _table(
    "event_claims",
    "One row a claim: the event it is of.",
    "claim_id generation",
    """
generation | INTEGER | the merging that made the row; of a claim the newest counts
claim_id | VARCHAR | the claim
event_id | VARCHAR | its event; null where a person says that it tells of no happening
report_id | VARCHAR | the report that makes it
""",
)

IMPORTS = _table(
    "imports",
    "One row a file of somebody else's events that was imported into a set.",
    "set_name unit",
    """
unit | VARCHAR | key of the file in its set
set_name | VARCHAR | the set
format | VARCHAR | format it was read as
file | VARCHAR | the file's name
sha256 | VARCHAR | SHA-256 of the file
rows | INTEGER | rows imported
bad_rows | INTEGER | rows that could not be read; the first of them stand in rejected
first_day | DATE | first day of its rows
last_day | DATE | last
version | VARCHAR | version of Dragoman that read it
""",
)


def _imported_party(side: str, what: str) -> str:
    return f"""
{side}s | VARCHAR[] | {what}: names, as the row gives them
{side}_codes | VARCHAR[] | {what}: codes, as in events
{side}_countries | VARCHAR[] | {what}: states
{side}_sectors | VARCHAR[] | {what}: PLOVER sectors
""".strip()


IMPORTED = _table(
    "imported",
    "One row of somebody else's event data, in the words of events, with the row as it was. It is theirs, under their terms.",
    "set_name day unit line",
    f"""
imported_id | VARCHAR | id: hash of set, file and line
set_name | VARCHAR | the set
unit | VARCHAR | key of the file in its set, as in imports
file | VARCHAR | the file's name
line | INTEGER | its line in the file
row_id | VARCHAR | the id that the row itself gives; not unique in every format
day | DATE | the day it is counted on: the first where it is a range, a month or a year
last_day | DATE | the last day where it is a range
date_precision | VARCHAR | day, week, month, year, range, unknown
{_imported_party("actor", "who acts")}
{_imported_party("recipient", "to whom")}
mutual | BOOLEAN | neither side is known to act upon the other: both fight or agree
event_type | VARCHAR | PLOVER 2.0 event type; null where PLOVER has no such kind
mode | VARCHAR | PLOVER mode
context | VARCHAR[] | PLOVER contexts
quad | VARCHAR | verbal or material, cooperation or conflict
intensity | DOUBLE | PLOVER score of type and mode, -10 to +10
status | VARCHAR | occurred, or what an auxiliary mode of PLOVER says
code | VARCHAR | the row's own code of what was done
scale | DOUBLE | the row's own score of cooperation and conflict
place | VARCHAR | where it happened
place_country | VARCHAR | ISO 3166-1 alpha-3 of that place
place_lat | DOUBLE | latitude, WGS 84 degrees
place_lon | DOUBLE | longitude, WGS 84 degrees
place_precision | VARCHAR | what the point stands for
figures | VARCHAR[] | what is counted: killed, injured …
figure_values | DOUBLE[] | best counts
figure_lows | DOUBLE[] | lowest counts
figure_highs | DOUBLE[] | highest counts
report_count | INTEGER | reports that the row says it rests on; 1 where it doesn't say
outlet_count | INTEGER | outlets, likewise
url | VARCHAR | address that the row gives
text | VARCHAR | sentence, headline or note that the row gives
original | VARCHAR | all filled columns of the row, as JSON
""",
)

CLAIM_DAYS = _table(
    "claim_days",
    "One row a claim of compacted parts: the day it lies under, so that it is found by its id.",
    "claim_id",
    "claim_id | VARCHAR | the claim\nday | DATE | the day it is counted on, as in claims",
)

_EVERY = (REPORTS, CODINGS, CLAIMS, DYADS, REJECTED, JUDGEMENTS, EVENTS, EVENT_CLAIMS, IMPORTS, IMPORTED)
TABLES: Mapping[TableName, Table] = {table.name: table for table in _EVERY}
KEPT: Mapping[TableName, Table] = {**TABLES, "claim_days": CLAIM_DAYS}
"""With what compacting adds to find rows by."""
