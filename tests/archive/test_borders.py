"""The same reports in one run or in several, cut into other units, under a clock that was set back: the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from make import make_archive, make_claim, make_reading, make_report

from dragoman.archive import open_archive
from dragoman.archive.ledger import FILE
from dragoman.archive.manifest import load_snapshot, save_complete
from dragoman.domain import Reading

_OPENING = "Envoys gather\n\nKCNA said North Korea sent 500 tons of rice to Russia on Monday. No one else took part.\n"


def make_reports() -> list[Reading]:
    """Ten addresses, each with a text, two edited versions, one of them shorter, and a copy of an edited one elsewhere."""
    told = []
    for place in range(4):
        for number in range(10):
            words = [f"w{number}x{n}" for n in range(40)]
            edited = [*words[:20], *(f"v{number}x{n}" for n in range(20))]
            text = (words, edited, [*words[:10], *words[30:]], edited[:39])[place]
            url = f"https://harbour.example/{number}" if place < 3 else None
            told.append(make_report(f"{_OPENING}{' '.join(text)}.", url=url, date=f"2024-10-{1 + number:02}"))
    claims = [make_claim(report.text, id=f"c-{number}") for number, report in enumerate(told)]
    return [make_reading(report.text, (claim,), report=report) for report, claim in zip(told, claims, strict=True)]


def fill(path: Path, borders: Sequence[int], *, is_drawn_anew: bool = False) -> Path:
    """One run for each piece; after each the clock goes back, as its snapshots lie far ahead."""
    readings = make_reports()
    for start, stop in zip((0, *borders), (*borders, len(readings)), strict=True):
        make_archive(path, readings[start:stop], unit=f"u{start}")
        save_complete(path, replace(load_snapshot(path), created=f"20{99 - start:02}-01-01T00:00:00+00:00"))
        if is_drawn_anew:
            for file in path.glob(f"{FILE}*"):
                file.unlink()
    return path


def ask(path: Path) -> list[list[dict[str, Any]]]:
    """The answers, in their order, without the units they came in."""
    with open_archive(path) as archive:
        reports = [{**row, "unit": None} for row in archive.reports().rows()]
        copies = [archive.find_carriers(row["report_id"]) for row in reports]
        return [reports, *copies, list(archive.claims().rows())]


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> list[list[dict[str, Any]]]:
    return ask(fill(tmp_path_factory.mktemp("one") / "news", ()))


@pytest.mark.parametrize("is_drawn_anew", [False, True])
@pytest.mark.parametrize("borders", [(20,), (3, 17, 18, 31)])
def test_reports_are_the_same_in_other_units_under_another_clock(
    unbroken: list[list[dict[str, Any]]], borders: tuple[int, ...], is_drawn_anew: bool, tmp_path: Path
) -> None:
    reports = unbroken[0]
    assert len(reports) == 40 and sum(row["version_of"] is not None for row in reports) >= 20

    assert ask(fill(tmp_path / "news", borders, is_drawn_anew=is_drawn_anew)) == unbroken
