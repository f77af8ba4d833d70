"""The packaged gazetteer."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from dragoman.places import Gazetteer, load_gazetteer
from dragoman.places.names import fold_name

ROOT = Path(__file__).parents[2]
MOST_BYTES = 6_000_000


def find_keys(gazetteer: Gazetteer) -> list[str]:
    return sorted({line.partition("\t")[0] for line in gazetteer.lines})


def test_it_is_what_the_resources_make() -> None:
    make = runpy.run_path(str(ROOT / "resources" / "generate_places.py"))["make_places"]

    assert (ROOT / "src" / "dragoman" / "_data" / "places.tsv").read_text(encoding="utf-8") == make()


def test_it_stays_small() -> None:
    assert (ROOT / "src" / "dragoman" / "_data" / "places.tsv").stat().st_size < MOST_BYTES


def test_every_place_has_a_point_on_earth() -> None:
    gazetteer = load_gazetteer()
    places = [place for key in find_keys(gazetteer) for place in gazetteer.get_places(key)]

    assert len(places) == len(gazetteer.lines)
    assert [p.name for p in places if not (-90 <= p.lat <= 90 and -180 <= p.lon <= 180)] == []


def test_countries_are_three_capitals() -> None:
    gazetteer = load_gazetteer()
    codes = {place.country for key in find_keys(gazetteer) for place in gazetteer.get_places(key)} - {None}

    assert [code for code in sorted(map(str, codes)) if not (len(code) == 3 and code.isupper())] == []


def test_lines_are_sorted_as_they_are_searched() -> None:
    lines = load_gazetteer().lines

    assert list(lines) == sorted(lines)


@pytest.mark.parametrize("code", ["USA", "UKR", "PSE"])
def test_a_country_is_found_by_its_code(code: str) -> None:
    (place,) = load_gazetteer().get_places("@" + code)

    assert (place.country, place.kind) == (code, "country")


def test_a_name_that_is_the_start_of_another_is_not_it() -> None:
    gazetteer = load_gazetteer()

    assert gazetteer.has_name("springfield") and not gazetteer.has_name("springfiel")
    assert gazetteer.has_first("new") and not gazetteer.has_first("springfiel")


@pytest.mark.parametrize(
    ("written", "folded"),
    [("St. Petersburg", "st petersburg"), ("Saint Petersburg", "st petersburg"), ("N’Djamena", "ndjamena"),
     ("Nagorno-Karabakh", "nagorno karabakh"), ("Łódź", "lodz"), ("İzmir", "izmir"),
     ("Mt. Vernon", "mount vernon"), ("Ft. Worth", "fort worth")],
)  # fmt: skip
def test_spellings_of_a_name_fold_to_one(written: str, folded: str) -> None:
    assert fold_name(written) == folded
