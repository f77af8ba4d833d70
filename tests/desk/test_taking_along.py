"""What a reader takes along: tables, files, citations, Python; and what a reader brings: dropped files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from settled import settle, wait_until
from typer.testing import CliRunner

from dragoman.cli.app import app

TABLES = [
    ("/", "movers"), ("/", "latest"), ("/", "map"), ("/dyads/PRK-RUS", "ledger"), ("/dyads/PRK-RUS", "series"),
    ("/dyads/PRK-RUS", "dots"), ("/dyads/PRK-RUS", "balance"),
    ("/network?of=PRK", "blocs"), ("/map", "map"), ("/search?q=treaty", "reports"),
    ("/sources", "coverage"), ("/data", "events"),
]  # fmt: skip


ASKING_NOTHING = {"rules", "levels", "errors", "coders", "cite", "codebook", "paste", "feeds", "snapshots"}
"""Panels of what is no question to an archive."""


@pytest.mark.parametrize(("path", "panel"), TABLES)
def test_what_is_drawn_is_there_as_a_table_too(page: Any, base: str, path: str, panel: str) -> None:
    page.goto(base + path)
    settle(page)
    button = page.locator(f"#{panel}").get_by_role("button", name="as table")
    if panel == "movers" and button.count() == 0:
        assert "No relation moved" in page.locator("#movers").inner_text()
        return
    button.click()
    settle(page)

    assert page.locator(f"#{panel} table tbody tr, #{panel} .event-line").count() >= 1


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/dyads",
        "/dyads/PRK-RUS",
        "/network?of=PRK",
        "/map",
        "/actors/PRK",
        "/search?q=treaty",
        "/sources",
        "/data",
        "/method",
    ],
)
def test_every_panel_can_be_linked_and_cited_and_what_asks_the_archive_in_python(
    page: Any, base: str, path: str
) -> None:
    page.goto(base + path)
    settle(page)
    for panel in page.locator("section.panel").all():
        panel.locator(".copy summary").click()
        words = [button.inner_text() for button in panel.locator(".copy-list button").all()]
        id = panel.get_attribute("id")
        assert {"link", "citation"} <= set(words), id
        assert ("as Python" in words) == (id not in ASKING_NOTHING), id
        panel.locator(".copy summary").click()


def test_a_citation_has_the_words_of_dragoman_cite(context: Any, page: Any, base: str, archive: Path) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "/dyads/PRK-RUS")
    settle(page)
    page.locator("#series .copy summary").click()
    page.wait_for_timeout(300)
    page.locator("#series").get_by_role("button", name="citation").click()
    page.wait_for_selector("text=Citation copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    told = CliRunner().invoke(app, ["cite", "--archive", str(archive)]).output.strip().split("\n\n")[-1]

    assert copied.endswith(" ".join(told.split())) or told in copied
    assert "/dyads/PRK-RUS#series (seen " in copied


@pytest.mark.parametrize(("path", "panel", "column"), [
    ("/dyads/PRK-RUS", "ledger", "event_id"), ("/dyads/PRK-RUS", "commitments", "event_id"),
    ("/dyads/PRK-RUS", "warnings", "event_id"), ("/dyads/PRK-RUS", "series", "event_ids"),
    ("/network?of=PRK&least=1", "blocs", "event_ids"),
])  # fmt: skip
def test_what_relations_tell_is_taken_along_as_csv_that_names_events(
    page: Any, base: str, path: str, panel: str, column: str
) -> None:
    page.goto(base + path)
    settle(page)
    with page.expect_download() as coming:
        page.locator(f"#{panel}").get_by_role("link", name="CSV").click()
    with open(coming.value.path(), encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert rows or panel == "warnings"
    for event in {name for row in rows for name in row[column].split("; ")[:2] if name}:
        assert page.request.get(f"{base}/v1/events/{event}").status == 200


def test_what_a_search_finds_and_what_passed_counted_are_files_too(page: Any, base: str) -> None:
    for path, panel, column in (("/search?q=treaty", "reports", "report_id"), ("/dyads/PRK-RUS", "tallies", "kind")):
        page.goto(base + path)
        settle(page)
        with page.expect_download() as coming:
            page.locator(f"#{panel}").get_by_role("link", name="CSV").click()
        with open(coming.value.path(), encoding="utf-8-sig", newline="") as stream:
            assert [row[column] for row in csv.DictReader(stream)]


def test_an_address_of_a_claim_leads_to_its_sentence(page: Any, base: str) -> None:
    claim = page.request.get(base + "/v1/claims?either=PRK&limit=1").json()["items"][0]
    page.goto(f"{base}/claims/{claim['id']}")
    page.wait_for_url(f"**/reports/{claim['report_id']}?claim={claim['id']}")
    settle(page)

    assert page.locator("[data-picked]").first.is_visible()
    page.goto(f"{base}/claims/cl_0000000000000000")
    settle(page)
    assert "Not in this archive" in page.locator("main").inner_text()


def test_snapshots_are_told_by_number_day_and_size_without_paths(page: Any, base: str) -> None:
    page.goto(base + "/data")
    settle(page)
    told = page.request.get(base + "/v1/snapshots").json()
    text = page.locator("#snapshots").inner_text()

    assert told["citation"] in text and any("/" in each["note"] for each in told["items"])
    assert not any(each["note"] in text for each in told["items"] if "/" in each["note"])
    assert page.locator("#snapshots tbody tr").first.locator("td").first.inner_text() == str(told["items"][0]["number"])


def test_a_table_that_the_desk_makes_opens_too(page: Any, base: str) -> None:
    page.goto(base + "/dyads/PRK-RUS")
    settle(page)
    with page.expect_download() as coming:
        page.locator("#third").get_by_role("button", name="CSV").click()
    with open(coming.value.path(), encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert rows and {"code", "with_a", "with_b", "address"} <= set(rows[0])
    assert page.request.get(rows[0]["address"]).status == 200


def test_a_map_is_narrowed_to_places_known_well_and_says_what_it_leaves_out(page: Any, base: str) -> None:
    every = page.request.get(base + "/v1/places?limit=1").json()["count"]
    towns = page.request.get(base + "/v1/places?limit=1&precision=point").json()["count"]
    page.goto(base + "/map")
    settle(page)
    page.get_by_role("button", name="town or site").click()
    page.wait_for_url("**precision=point*")
    wait_until(
        page, lambda: f"known otherwise: {every['events'] - towns['events']} event" in page.locator("main").inner_text()
    )

    assert page.locator(".map .vague").count() == 0
    assert page.locator(".map .spot").count() <= towns["places"]


def test_a_dropped_file_is_read_at_once(page: Any, base: str, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("On Monday North Korea sent 500 soldiers to Russia, officials in Seoul said.", encoding="utf-8")
    page.goto(base + "/sources")
    settle(page)
    page.set_input_files("input[type=file]", str(path))

    page.wait_for_selector("#paste [role=status]", timeout=30_000)
    assert page.locator("#paste .claims li").count() >= 1


def test_a_file_that_is_no_text_is_refused_in_words(page: Any, base: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\x00\x00\x00")
    page.goto(base + "/sources")
    settle(page)
    page.set_input_files("input[type=file]", str(path))

    assert "is no text" in page.locator("#paste [role=alert]").first.inner_text()


def test_a_day_of_the_coverage_opens_to_its_reports(page: Any, base: str) -> None:
    page.goto(base + "/sources")
    settle(page)
    page.locator("#coverage .bars a").first.click()
    page.wait_for_url("**since=*")
    settle(page)

    assert page.locator("#reports h2").inner_text().startswith("Reports from")
    assert page.locator("#reports [data-line]").count() >= 1


def test_the_measured_errors_are_those_of_the_documents(page: Any, base: str) -> None:
    page.goto(base + "/method")
    settle(page)
    text = page.locator("#errors").inner_text()

    assert "By outlet, and by native or translated text" in text and "machine" in text


def test_a_link_to_a_part_of_a_screen_leads_there(page: Any, base: str) -> None:
    page.goto(base + "/method#codebook")
    settle(page)
    wait_until(
        page, lambda: page.evaluate("document.querySelector('#codebook').getBoundingClientRect().top < innerHeight")
    )


def test_a_text_is_read_within_two_seconds_of_the_model(page: Any, base: str) -> None:
    """The server loads the model when it starts: nobody who pastes a text waits for that."""
    page.goto(base + "/sources")
    settle(page)
    page.fill("[data-paste]", "Kenya signed a treaty with Uganda on Monday.")
    page.click("text=Read it")
    said = page.locator("#paste [role=status]").first.inner_text()

    assert "1 claim in" in said and float(said.split(" in ")[1].split(" s")[0]) < 2


def test_a_report_stands_beside_what_was_read_of_it(page: Any, base: str) -> None:
    report = page.request.get(base + "/v1/claims?either=PRK&limit=1").json()["items"][0]["report_id"]
    told = page.request.get(f"{base}/v1/reports/{report}").json()
    page.goto(f"{base}/reports/{report}")
    settle(page)
    page.get_by_role("button", name="Beside what was read").click()
    page.wait_for_selector(".cut .block")

    assert page.locator(".cut .block").count() == len(told["blocks"])
    assert told["blocks"][-1]["end"] <= len(told["text"])
