"""Claims found by id and by page: the same answers whichever way they are found, in archives small, compacted and old."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from kept import NEWER, make_kept, make_work, read_again
from make import MAKER

from dragoman.archive import Archive, open_archive
from dragoman.archive.by_id import find_claims, find_places
from dragoman.archive.compact import compact
from dragoman.archive.doctor import examine
from dragoman.archive.keeper import Keeper, open_keeper
from dragoman.archive.manifest import Change, load_snapshot
from dragoman.archive.parts import read_parts
from dragoman.archive.repair import repair
from dragoman.archive.rows import name_report
from dragoman.archive.writer import open_writer
from dragoman.domain import Party, Reading
from dragoman.errors import ArchiveError

COUNT, FULL = 48, 64
CODES = (("PRK", "PRK"), ("RUS", "RUS"), ("KOR", "KOR"), ("PRK-MED", "PRK"), ("UNO", None))
FILTERS: dict[str, tuple[Any, ...]] = {
    "actor": ("PRK", "RUS", "UNO", "org:uno"), "recipient": ("RUS", "KOR"), "either": ("KOR",),
    "dyad": ("PRK,RUS", "RUS,KOR", ["PRK,KOR", "UNO,PRK"]), "status": ("occurred", "planned"), "since": ("2024-03", "2023"),
    "until": ("2024-06", "2024-01-20"), "min_confidence": (0.5,), "text": ("rice", "envoys"), "type": ("AID", "CONSULT"),
    "outlet": ("The Strait Courier",), "by": ("report",),
}  # fmt: skip
ORDERS = ((), ("-day",), ("day", "-confidence"), ("claim_id",), ("status", "-day"))


def make_one(number: int, chance: random.Random, **changes: Any) -> Reading:
    """A claim by chance: a day or none, two parties, at times mutual."""
    day = None if number % 11 == 0 else (date(2024, 1, 1) + timedelta(days=chance.randrange(200))).isoformat()
    made = make_kept(number)
    one, two = (chance.choice(CODES) for _ in range(2))
    found = replace(
        made.claims[0], date=day, date_span=made.claims[0].date_span if day else None,
        actors=(change_party(made.claims[0].actors[0], *one),),
        recipients=() if number % 7 == 0 else (change_party(made.claims[0].recipients[0], *two),),
        mutual=number % 5 == 0 and number % 7 != 0, status=chance.choice(("occurred", "planned")),
        event_type=chance.choice(("AID", "CONSULT")), confidence=chance.randrange(100) / 100, **changes,
    )  # fmt: skip
    report = name_report(replace(made.report, date=None if number % 22 == 0 else made.report.date))
    return replace(made, report=report, claims=(replace(found, report_id=report.id),))


def change_party(party: Party, code: str, country: str | None) -> Party:
    return replace(
        party,
        name=f"The {code}",
        code=code,
        country=country,
        id=f"org:{code.lower()}" if country != code else f"state:{code}",
    )


def fill_by_chance(path: Path, numbers: range, *, size: int = 6) -> None:
    chance = random.Random(7)
    with open_writer(path, MAKER, "add") as writer:
        for start in range(numbers.start, numbers.stop, size):
            readings = [make_one(number, chance) for number in range(start, min(start + size, numbers.stop))]
            writer.commit(make_work(f"u{start}", readings, writer.coder))


def make_state(path: Path, state: str) -> None:
    """An archive that was never compacted, was, went on after it, or was written before parts told their range."""
    fill_by_chance(path, range(COUNT))
    if state in ("compacted", "gone on"):
        with open_keeper(path, "compact") as keeper:
            compact(keeper, rows=FULL)
    if state == "gone on":
        chance = random.Random(3)
        fill_by_chance(path, range(COUNT, COUNT + 12))
        read_again(path, [make_one(number, chance) for number in range(1, 30, 4)], NEWER, "again")
    if state == "old":
        keeper = Keeper(path)
        parts = tuple(replace(part, low=None, high=None) for part in keeper.snapshot.parts)
        keeper.save(Change(added=parts, removed=tuple(part.name for part in parts)))


@pytest.fixture(scope="module", params=["units", "compacted", "gone on", "old"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("by-id") / "news"
    make_state(path, request.param)
    with open_archive(path) as opened:
        yield opened


def test_pages_are_the_first_rows_of_the_whole_answer_for_any_filters(archive: Archive) -> None:
    chance, answered = random.Random(11), 0

    for _ in range(40):
        names = chance.sample(sorted(FILTERS), chance.randrange(0, 4))
        given = {name: chance.choice(FILTERS[name]) for name in names}
        query = archive.claims(**given).order(*chance.choice(ORDERS))
        whole, count = list(query.rows()), chance.randrange(1, 12)
        assert list(query.limit(count).rows()) == whole[:count], given
        told = [row["report_id"] for row in whole]
        assert (query.count().claims, query.count().reports) == (len(told), len(set(told))), given
        answered += bool(whole)

    assert answered > 15


def test_rows_of_pairs_are_those_of_the_parties_by_code_or_country(archive: Archive) -> None:
    every = list(archive.dyads().rows())

    for one in ("PRK", "RUS", "UNO"):
        for two in ("PRK", "RUS", "KOR"):
            found = list(archive.dyads(actor=one, recipient=two).rows())
            assert found == [row for row in every if is_of(row, "actor", one) and is_of(row, "recipient", two)]
            both = list(archive.dyads(dyad=f"{one},{two}").rows())
            assert both == [
                row for row in every
                if (is_of(row, "actor", one) and is_of(row, "recipient", two))
                or (is_of(row, "actor", two) and is_of(row, "recipient", one))
            ]  # fmt: skip


def is_of(row: dict[str, Any], side: str, code: str) -> bool:
    return code in (row[side], row[f"{side}_country"])


def test_every_claim_is_found_by_its_id_alone(archive: Archive) -> None:
    rows = {row["claim_id"]: row for row in archive.claims().rows()}
    ids = sorted(rows, reverse=True)

    assert find_claims(archive.engine, [*ids, "cl_none", ids[0]]) == [rows[id] for id in ids]
    assert all(archive.get_claim(id).id == id for id in ids)
    assert find_claims(archive.engine, []) == find_places(archive.engine, []) == []
    with pytest.raises(ArchiveError, match="no claim 'cl_none'"):
        archive.get_claim("cl_none")


def test_compacting_lists_each_claim_once_under_its_day(tmp_path: Path) -> None:
    make_state(tmp_path / "news", "compacted")
    snapshot = load_snapshot(tmp_path / "news")
    lists, claims = snapshot.find_parts("claim_days"), snapshot.find_parts("claims")

    assert {name for part in lists for name in part.of} == {part.name for part in claims}
    assert sum(part.rows for part in lists) == sum(part.rows for part in claims) == COUNT
    assert len([part for part in claims if part.low is None]) == 1  # the one with claims that have no day
    assert examine(tmp_path / "news", is_thorough=True) == []


def test_what_came_since_is_listed_by_the_next_compacting(tmp_path: Path) -> None:
    path = tmp_path / "news"
    make_state(path, "gone on")
    before = load_snapshot(path)

    with open_keeper(path, "compact") as keeper:
        compact(keeper, rows=FULL)

    after = load_snapshot(path)
    listed = {name for part in after.find_parts("claim_days") for name in part.of}
    assert {part.name for part in after.find_parts("claims")} <= listed
    with open_archive(path, snapshot=before.number) as old, open_archive(path) as new:
        ids = [row["claim_id"] for row in new.claims().rows()]
        assert find_claims(old.engine, ids) == find_claims(new.engine, ids)
    assert examine(path) == []


def test_a_damaged_list_is_taken_out_and_nothing_with_it(tmp_path: Path) -> None:
    path = tmp_path / "news"
    make_state(path, "compacted")
    with open_archive(path) as archive:
        rows = sorted(archive.claims().rows(), key=lambda row: row["claim_id"])
    part = load_snapshot(path).find_parts("claim_days")[0]
    (path / part.name).write_bytes(b"?")
    assert [finding.where for finding in examine(path) if finding.severity == "error"] == [part.name]

    done = repair(path, redraw=False)

    assert done.inputs == () and not load_snapshot(path).find_parts("claim_days")
    assert [finding for finding in examine(path) if finding.severity == "error"] == []
    with open_archive(path) as archive:
        assert find_claims(archive.engine, [row["claim_id"] for row in rows]) == rows


def test_a_claim_listed_under_another_day_is_told(tmp_path: Path) -> None:
    from hashlib import sha256

    from kept import rewrite

    path = tmp_path / "news"
    make_state(path, "compacted")
    keeper = Keeper(path)
    part = keeper.snapshot.find_parts("claim_days")[0]
    rewrite(path, part.name, "claim_days", "SELECT claim_id, day + 1 AS day FROM old")
    data = (path / part.name).read_bytes()
    wrong = replace(part, bytes=len(data), sha256=sha256(data).hexdigest())
    keeper.save(Change(added=(wrong,), removed=(part.name,)))

    assert any("isn't listed under its day" in finding.what for finding in examine(path))


def test_a_page_opens_only_the_parts_that_can_hold_it(tmp_path: Path) -> None:
    make_state(tmp_path / "news", "compacted")
    with open_archive(tmp_path / "news") as archive:
        near = archive.claims(since="2024-01").order("-day").limit(1).draw_near()
        files = [part for part in archive.snapshot.find_parts("claims") if part.name in near.source]

    assert len(archive.snapshot.find_parts("claims")) >= 3
    assert len([part for part in files if part.low]) == 1
    assert read_parts(tmp_path / "news", files) in near.source
