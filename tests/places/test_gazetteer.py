"""The packaged gazetteer."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from dragoman.places import load_gazetteer
from dragoman.places.names import fold_name

ROOT = Path(__file__).parents[2]
MOST_BYTES = 1_500_000


def test_it_is_what_the_resources_make() -> None:
    make = runpy.run_path(str(ROOT / "resources" / "generate_places.py"))["make_places"]

    assert (ROOT / "src" / "dragoman" / "_data" / "places.tsv").read_text(encoding="utf-8") == make()


def test_it_stays_small() -> None:
    assert (ROOT / "src" / "dragoman" / "_data" / "places.tsv").stat().st_size < MOST_BYTES


def test_every_place_has_a_point_on_earth() -> None:
    gazetteer = load_gazetteer()
    places = [place for key in gazetteer.index for place in gazetteer.get_places(key)]

    assert [p.name for p in places if not (-90 <= p.lat <= 90 and -180 <= p.lon <= 180)] == []


def test_countries_are_three_capitals() -> None:
    gazetteer = load_gazetteer()
    codes = {place.country for key in gazetteer.index for place in gazetteer.get_places(key)} - {None}

    assert [code for code in sorted(map(str, codes)) if not (len(code) == 3 and code.isupper())] == []


@pytest.mark.parametrize(
    ("written", "folded"),
    [("St. Petersburg", "st petersburg"), ("Saint Petersburg", "st petersburg"), ("N’Djamena", "ndjamena"),
     ("Nagorno-Karabakh", "nagorno karabakh"), ("Łódź", "lodz"), ("İzmir", "izmir")],
)  # fmt: skip
def test_spellings_of_a_name_fold_to_one(written: str, folded: str) -> None:
    assert fold_name(written) == folded
