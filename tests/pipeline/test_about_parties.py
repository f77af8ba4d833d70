"""Reports that name nobody pass the model by; all others are read as before."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.domain import Report
from dragoman.pipeline import Parts, cut_report, find_telling, load_parts, read_report

RECIPE = "We baked two loaves. They rose for an hour, and then we let them cool before supper."


def find_numbers(text: str, parts: Parts, *, outlet: str | None = None) -> frozenset[int]:
    report = Report("r", text, outlet=outlet)
    return find_telling(report, cut_report(report).sentences, parts)


@pytest.fixture(scope="module")
def parts() -> Parts:
    return load_parts()


def test_a_report_that_names_nobody_is_not_analysed(parts: Parts) -> None:
    reading = read_report(Report("r", RECIPE, date="2024-05-01"), parts)

    assert [s.text[:9] for s in reading.sentences] == ["We baked ", "They rose"]
    assert not any(s.tokens for s in reading.sentences)
    assert (reading.claims, [(r.step, r.reason) for r in reading.rejected]) == ((), [("gate", "no party named")])


def test_the_model_reads_the_sentences_that_name_a_party_or_point_back_to_one(parts: Parts) -> None:
    text = "Bread was sold. Sweden condemned Russia. It later imposed sanctions on Russia. Prices rose."
    reading = read_report(Report("r", text, date="2024-05-01"), parts)

    assert [bool(s.tokens) for s in reading.sentences] == [False, True, True, False]
    assert [c.event_type for c in reading.claims] == ["ACCUSE", "SANCTION"]


def test_a_place_is_enough_beside_force(parts: Parts) -> None:
    assert find_numbers("Gunmen attacked a market in Karachi.", parts) == {0}
    assert find_numbers("Gunmen attacked a market. It closed. It lies in Karachi.", parts) == {0}
    assert find_numbers("Gunmen attacked a market.", parts) == set()
    assert find_numbers("A market opened in Karachi.", parts) == set()


def test_a_ministry_speaks_for_its_state_without_naming_it(parts: Parts) -> None:
    outlet = next(name for name, (_, is_mouth) in parts.roster.outlets.items() if is_mouth)

    assert find_numbers("All was rejected.", parts, outlet=outlet) == {0}
    assert find_numbers("All was rejected.", parts) == set()


def test_own_aliases_count(parts: Parts) -> None:
    names = {**parts.roster.names, "ruritania": [[parts.roster.by_id["state:FRA"], "name", ""]]}
    own = replace(parts, roster=replace(parts.roster, names=names, longest={**parts.roster.longest, "ruritania": 1}))

    assert find_numbers("Ruritania voted.", own) == {0}
    assert find_numbers("Ruritania voted.", parts) == set()


@pytest.mark.parametrize(
    "path", sorted(Path(str(files("dragoman") / "_data" / "examples")).iterdir()), ids=lambda p: p.name
)
def test_no_example_is_held_back(parts: Parts, path: Path) -> None:
    from dragoman.reading import read_input

    for report in read_input(path):
        assert isinstance(report, Report)
        assert find_telling(report, cut_report(report).sentences, parts)
