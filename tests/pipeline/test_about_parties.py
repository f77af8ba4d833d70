"""Reports that name nobody pass the model by; all others are read as before."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.domain import Report
from dragoman.pipeline import Parts, is_about_parties, is_page_about_parties, load_parts, read_report

RECIPE = "We baked two loaves. They rose for an hour, and then we let them cool before supper."


@pytest.fixture(scope="module")
def parts() -> Parts:
    return load_parts()


def test_a_report_that_names_nobody_is_not_analysed(parts: Parts) -> None:
    reading = read_report(Report("r", RECIPE, date="2024-05-01"), parts)

    assert [s.text[:9] for s in reading.sentences] == ["We baked ", "They rose"]
    assert not any(s.tokens for s in reading.sentences)
    assert (reading.claims, [(r.step, r.reason) for r in reading.rejected]) == ((), [("gate", "no party named")])


def test_a_party_in_any_sentence_lets_the_whole_report_pass(parts: Parts) -> None:
    reading = read_report(Report("r", RECIPE + " Sweden condemned Russia.", date="2024-05-01"), parts)

    assert all(s.tokens for s in reading.sentences)
    assert [c.event_type for c in reading.claims] == ["ACCUSE"]


def test_a_place_is_enough(parts: Parts) -> None:
    assert is_about_parties("Gunmen attacked a market in Karachi.", parts)
    assert not is_about_parties("Gunmen attacked a market.", parts)


def test_a_ministry_speaks_for_its_state_without_naming_it(parts: Parts) -> None:
    outlet = next(name for name, (_, is_mouth) in parts.roster.outlets.items() if is_mouth)

    assert is_about_parties("We reject it.", parts, outlet=outlet)


def test_own_aliases_count(parts: Parts) -> None:
    names = {**parts.roster.names, "ruritania": [[parts.roster.by_id["state:FRA"], "name", ""]]}
    own = replace(parts, roster=replace(parts.roster, names=names, longest={**parts.roster.longest, "ruritania": 1}))

    assert is_about_parties("Ruritania voted.", own)
    assert not is_about_parties("Ruritania voted.", parts)


def test_a_page_is_told_by_its_words_and_not_by_its_scripts(parts: Parts) -> None:
    page = "<html><head><script>var country = 'Russia';</script></head><body><!-- Iran --><p>{}</p></body></html>"

    assert is_page_about_parties(page.format("Talks with Sweden<br>began.").encode(), parts)
    assert not is_page_about_parties(page.format("We baked two loaves.").encode(), parts)
    assert not is_page_about_parties(b" ", parts)


@pytest.mark.parametrize(
    "path", sorted(Path(str(files("dragoman") / "_data" / "examples")).iterdir()), ids=lambda p: p.name
)
def test_no_example_is_held_back(parts: Parts, path: Path) -> None:
    from dragoman.reading import read_input

    for report in read_input(path):
        assert isinstance(report, Report)
        assert is_about_parties(report.text, parts, date=report.date, outlet=report.outlet)
