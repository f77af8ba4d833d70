"""Questions to the archive in threads: given up when their time is over or nobody waits for them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from make import make_archive, make_reading, make_report
from served import close_client, open_client

from dragoman.archive import Archive
from dragoman.archive.manifest import find_numbers
from dragoman.http.errors import Problem
from dragoman.http.limits import Limits
from dragoman.http.opened import Shelf

SLOW = "SELECT count(*) AS n FROM range(1000000000) a, range(1000000) b WHERE a.range % 7 = b.range % 5"


class Caller:
    """Whoever waits for an answer, until they leave."""

    def __init__(self, leaves: float = float("inf")) -> None:
        self.leaves = time.monotonic() + leaves

    async def is_disconnected(self) -> bool:
        return time.monotonic() > self.leaves


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    shelf = Shelf(folder, Limits(seconds=0.5, at_once=2, waiting=1))
    yield shelf
    shelf.close()


def ask_slowly(archive: Archive) -> Any:
    return archive.engine.find_rows(SLOW, tables=["events"])


def ask_often(archive: Archive) -> Any:
    """Many quick questions: between two of them there is nothing to interrupt."""
    while True:
        archive.engine.find_rows("SELECT 1 AS n", tables=["events"])
        time.sleep(0.001)


@pytest.mark.parametrize("question", [ask_slowly, ask_often])
def test_a_question_whose_time_is_over_is_interrupted(shelf: Shelf, question: Any) -> None:
    start = time.monotonic()

    with pytest.raises(Problem, match=r"longer than 0\.5 s") as caught:
        asyncio.run(shelf.ask(cast(Any, Caller()), question))

    assert time.monotonic() - start < 3
    assert (caught.value.status, "Retry-After" in caught.value.headers) == (503, True)


def test_a_question_whose_caller_left_is_interrupted(shelf: Shelf) -> None:
    start = time.monotonic()

    with pytest.raises(Problem):
        asyncio.run(shelf.ask(cast(Any, Caller(leaves=0.1)), ask_slowly, seconds=60))

    assert time.monotonic() - start < 3


def test_too_many_questions_are_sent_away_and_the_others_answered(shelf: Shelf) -> None:
    def ask(archive: Archive) -> int:
        time.sleep(0.2)
        return archive.snapshot.number

    async def ask_all() -> list[Any]:
        return await asyncio.gather(*(shelf.ask(cast(Any, Caller()), ask) for _ in range(6)), return_exceptions=True)

    answers = asyncio.run(ask_all())

    assert [answer for answer in answers if not isinstance(answer, Problem)] == [shelf.number] * 3
    assert {answer.status for answer in answers if isinstance(answer, Problem)} == {503}


def test_questions_side_by_side_get_each_their_own_answer(folder: Path) -> None:
    shelf = Shelf(folder)

    def ask(number: int) -> Any:
        return lambda archive: archive.engine.find_rows(
            "SELECT sum(range) + ? AS n FROM range(200000)", [number], tables=["events"]
        )

    async def ask_all() -> list[Any]:
        return await asyncio.gather(*(shelf.ask(cast(Any, Caller()), ask(number)) for number in range(40)))

    answers = asyncio.run(ask_all())
    shelf.close()

    assert [int(rows[0]["n"]) - 19999900000 for rows in answers] == list(range(40))


def test_who_wrote_sees_it_at_once_though_others_ask_meanwhile(own_folder: Path) -> None:
    shelf = Shelf(own_folder)
    stop = threading.Event()

    def ask_on() -> None:
        while not stop.is_set():
            shelf.get()

    askers = [threading.Thread(target=ask_on) for _ in range(3)]
    for asker in askers:
        asker.start()
    try:
        for number in range(3):
            make_archive(own_folder, [make_reading(report=make_report(id=f"late-{number}"))], unit=f"late-{number}")
            shelf.refresh()
            assert shelf.get().snapshot.number == find_numbers(own_folder)[-1]
    finally:
        stop.set()
        for asker in askers:
            asker.join()
        shelf.close()


def test_a_large_archive_is_counted_from_memory_and_says_so(folder: Path) -> None:
    plain, large = open_client(folder), open_client(folder, limits=Limits(tally_from=1))
    try:
        while not (health := large.get("/v1/health").json())["tally"]:
            time.sleep(0.01)

        assert health == {**plain.get("/v1/health").json(), "tally": True}
        for path in ("/v1/claims?actor=RUS", "/v1/events?either=RUS", "/v1/reports", "/v1/events?text=talks"):
            assert large.get(path).json()["count"] == plain.get(path).json()["count"]
    finally:
        close_client(plain)
        close_client(large)


def test_a_newer_snapshot_of_a_large_archive_is_counted_anew(own_folder: Path) -> None:
    client = open_client(own_folder, limits=Limits(tally_from=1, per_second=1000), writes=True)
    try:
        before = client.get("/v1/reports").json()["count"]["reports"]
        assert (
            client.post("/v1/add", {"text": "Russia sent grain to Egypt on Monday.", "date": "2026-01-31"}).status_code
            == 200
        )

        while not client.get("/v1/health").json()["tally"]:
            time.sleep(0.05)
        assert client.get("/v1/reports").json()["count"]["reports"] == before + 1
    finally:
        close_client(client)
