"""Who held which office when: people/*.csv must be well formed, free of contradictions and wide enough."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml

ACTORS = Path(__file__).resolve().parents[2] / "resources" / "actors"
PEOPLE = ACTORS / "people"
FILES = sorted(PEOPLE.glob("*.csv"))
REGIONS = ("africa", "americas", "asia", "europe", "middle_east", "oceania")
HEADER = ["state", "office", "name", "aliases", "start", "end", "title", "source"]
FOUR = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
OFFICES = {*FOUR, "other", "head"}
ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
LONGEST_OVERLAP = 60
"""Days two holders of one office may share: sources date a handover by election, oath or cabinet."""
LEAST_STATES = 70
LEAST_OURS = 54
FAR = date(9999, 1, 1)

Row = Mapping[str, str]


@cache
def read_rows(path: Path) -> tuple[Row, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, strict=True))


def read_all() -> Iterator[tuple[str, Row]]:
    for path in FILES:
        for n, row in enumerate(read_rows(path), 2):
            yield f"{path.name}, line {n} ({row['state']} {row['name']})", row


def find_first_day(iso: str) -> date:
    year, month, day = (*(int(part) for part in iso.split("-")), 1, 1)[:3]
    return date(year, month, day)


def find_last_day(iso: str) -> date:
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return date(parts[0], parts[1], parts[2])
    year, month = (parts[0] + parts[1] // 12, parts[1] % 12 + 1) if len(parts) == 2 else (parts[0] + 1, 1)
    return date(year, month, 1) - timedelta(days=1)


def measure_overlap(one: Row, other: Row) -> int:
    """Days that two terms surely share: vague dates count in their favour. 0 where a start isn't known."""
    if not one["start"] or not other["start"]:
        return 0
    ends = [find_first_day(row["end"]) if row["end"] else FAR for row in (one, other)]
    starts = [find_last_day(row["start"]) for row in (one, other)]
    return max(0, (min(ends) - max(starts)).days)


def find_holders(state: str, office: str, day: str) -> set[str]:
    return {
        row["name"]
        for _, row in read_all()
        if row["state"] == state and row["office"] == office
        and (not row["start"] or row["start"] <= day[: len(row["start"])])
        and (not row["end"] or day[: len(row["end"])] <= row["end"])
    }  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_has_the_header_and_whole_rows(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file, strict=True))
    assert table[0] == HEADER
    assert [(n, row) for n, row in enumerate(table, 1) if len(row) != len(HEADER)] == []


def test_cells_carry_no_stray_space() -> None:
    spaced = [place for place, row in read_all() for cell in row.values() if cell != cell.strip() or "  " in cell]
    assert spaced == []


def test_offices_are_known() -> None:
    assert [place for place, row in read_all() if row["office"] not in OFFICES] == []


def test_names_and_sources_are_given() -> None:
    assert [place for place, row in read_all() if not row["name"] or not row["source"]] == []


def test_an_office_beside_the_four_says_its_title() -> None:
    assert [place for place, row in read_all() if row["office"] in ("other", "head") and not row["title"]] == []


def test_dates_are_iso() -> None:
    bad = []
    for place, row in read_all():
        for key in ("start", "end"):
            if row[key] and not (ISO.match(row[key]) and find_first_day(row[key])):
                bad.append(f"{place}: {key} {row[key]}")
    assert bad == []


def test_terms_start_before_they_end() -> None:
    bad = [
        place for place, row in read_all()
        if row["start"] and row["end"] and find_first_day(row["start"]) > find_last_day(row["end"])
    ]  # fmt: skip
    assert bad == []


def test_no_term_is_held_twice() -> None:
    seen: dict[tuple[str, ...], str] = {}
    twice = []
    for place, row in read_all():
        key = (row["state"], row["office"], row["name"], row["start"], row["title"])
        twice += [f"{place} and {seen[key]}"] if key in seen else []
        seen[key] = place
    assert twice == []


def test_codes_are_those_of_the_roster() -> None:
    known = set()
    for name in ("states.yml", "organisations.yml"):
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        known |= {entry["code"] for entry in yaml.load((ACTORS / name).read_text(encoding="utf-8"), Loader=loader)}
    assert [place for place, row in read_all() if row["state"] not in known] == []


def test_states_have_codes_of_three_letters() -> None:
    rows = [(place, row) for place, row in read_all() if not place.startswith("organisations")]
    assert [place for place, row in rows if not re.match(r"[A-Z]{3}$", row["state"])] == []


def test_no_two_people_hold_one_office_at_once() -> None:
    """Collective heads too: of a rotating presidency only the chair is head of state, its members are ``other``."""
    terms = defaultdict(list)
    for _, row in read_all():
        if row["office"] in FOUR:
            terms[row["state"], row["office"]].append(row)
    bad = []
    for (state, office), rows in terms.items():
        for one, other in combinations(rows, 2):
            if measure_overlap(one, other) > LONGEST_OVERLAP:
                bad.append(f"{state} {office}: {one['name']} {one['end']} and {other['name']} {other['start']}")
    assert bad == []


def test_aliases_are_other_names_and_no_bare_surnames() -> None:
    bad = []
    for place, row in read_all():
        aliases = row["aliases"].split(";") if row["aliases"] else []
        last = row["name"].split()[-1].casefold()
        for alias in aliases:
            bare = alias.casefold() == last and "-" not in alias
            if not alias or alias == row["name"] or bare or aliases.count(alias) > 1:
                bad.append(f"{place}: {alias!r}")
    assert bad == []


def count_whole_states(rows: Iterator[Row]) -> int:
    offices = defaultdict(set)
    for row in rows:
        offices[row["state"]].add(row["office"])
    return sum(held >= set(FOUR) for held in offices.values())


def test_europe_and_the_americas_have_all_four_offices() -> None:
    paths = [PEOPLE / "americas.csv", PEOPLE / "europe.csv"]
    assert count_whole_states(row for path in paths for row in read_rows(path)) >= LEAST_OURS


def test_enough_states_have_all_four_offices() -> None:
    missing = [name for name in REGIONS if not (PEOPLE / f"{name}.csv").is_file()]
    if missing:
        pytest.skip(f"people/ has no {', '.join(missing)} yet")
    assert count_whole_states(row for _, row in read_all()) >= LEAST_STATES


@pytest.mark.parametrize(
    ("state", "office", "day", "name"),
    [
        ("USA", "head_of_state", "2003-03-20", "George W. Bush"),
        ("USA", "head_of_state", "2025-06-01", "Donald Trump"),
        ("USA", "foreign_minister", "2022-05-01", "Antony Blinken"),
        ("USA", "defence_minister", "2007-06-01", "Robert Gates"),
        ("RUS", "head_of_state", "2008-08-08", "Dmitry Medvedev"),
        ("RUS", "head_of_government", "2008-08-08", "Vladimir Putin"),
        ("RUS", "foreign_minister", "2016-01-29", "Sergey Lavrov"),
        ("RUS", "defence_minister", "2014-03-01", "Sergei Shoigu"),
        ("UKR", "head_of_state", "2022-02-24", "Volodymyr Zelenskyy"),
        ("UKR", "foreign_minister", "2022-04-01", "Dmytro Kuleba"),
        ("GBR", "head_of_government", "2003-03-20", "Tony Blair"),
        ("FRA", "foreign_minister", "2003-02-14", "Dominique de Villepin"),
        ("DEU", "head_of_government", "2015-09-01", "Angela Merkel"),
        ("DEU", "foreign_minister", "2003-02-14", "Joschka Fischer"),
        ("TUR", "head_of_government", "2013-06-01", "Recep Tayyip Erdoğan"),
        ("POL", "head_of_state", "2010-04-01", "Lech Kaczyński"),
        ("CUB", "head_of_state", "2015-07-20", "Raúl Castro"),
        ("VEN", "head_of_state", "2010-01-01", "Hugo Chávez"),
        ("COL", "defence_minister", "2008-03-01", "Juan Manuel Santos"),
        ("BIH", "head_of_state", "2019-01-10", "Milorad Dodik"),
        ("CHE", "head_of_state", "2021-06-16", "Guy Parmelin"),
        ("XKX", "head_of_government", "2008-02-17", "Hashim Thaçi"),
    ],
)  # fmt: skip
def test_the_holder_of_a_day_is_found(state: str, office: str, day: str, name: str) -> None:
    assert find_holders(state, office, day) == {name}
