"""CAMEO and PLOVER, sectors and countries: the tables fit the codebook and one another."""

from __future__ import annotations

from typing import get_args

import pytest

from dragoman.domain import EventType
from dragoman.interchange.codes import (
    choose_cameo,
    find_cameo,
    find_cameo_country,
    find_mode,
    find_numbered,
    find_sector,
    load_cameo,
)
from dragoman.interchange.names import Names


@pytest.mark.parametrize("kind", load_cameo().values(), ids=lambda kind: kind.code)
def test_a_cameo_code_is_a_kind_that_the_codebook_has(kind) -> None:  # type: ignore[no-untyped-def]
    if kind.event_type is None:
        assert (kind.fit, kind.mode) == ("none", None)
    else:
        assert kind.event_type in get_args(EventType)
        assert kind.mode is None or find_mode(kind.event_type, kind.mode) == kind.mode


@pytest.mark.parametrize("event_type", get_args(EventType))
def test_every_kind_has_a_cameo_code_and_one_that_says_the_same_comes_back(event_type: EventType) -> None:
    from dragoman.interchange.codes import _load_codebook

    for mode in (None, *(each["mode"] for each in _load_codebook()[event_type]["modes"])):
        code, fit = choose_cameo(event_type, mode, [])
        back = load_cameo()[code.code]
        if fit in ("same", "wider"):
            assert back.event_type == event_type, (mode, code)
        if fit == "same":
            assert back.mode in (mode, None) or (event_type, mode) in {("PROTEST", "boycott")}


def test_a_context_of_its_own_code_counts() -> None:
    assert choose_cameo("AID", None, ["diplomatic", "military"])[0].code == "072"
    assert choose_cameo("RETREAT", "resign", []) == (load_cameo()["080"], "none")


def test_an_unknown_code_is_that_of_its_parent_or_none() -> None:
    assert find_cameo("1953").code == "195"  # type: ignore[union-attr]
    assert [find_cameo(code) for code in ("", "X", "---", "9")] == [None] * 4


def test_sectors_countries_and_numbers_are_found() -> None:
    assert find_sector("icews", ["Government", "Military"]) == "MIL"
    assert find_sector("cameo", ["MED"]) == "JRN"
    assert (find_cameo_country("ROM"), find_cameo_country("EUR")) == ("ROU", None)
    assert (find_numbered("gw", "432"), find_numbered("cow", "x")) == ("MLI", None)


def test_names_of_countries_may_be_turned_bracketed_and_within() -> None:
    names = Names([("state:MDA", "MDA", ("Republic of Moldova",)), ("org:un", "UNO", ("United Nations",))])

    assert names.find_country("Moldova, Republic of") == "MDA"
    assert names.find_country("the Moldova") == "MDA"
    assert names.find_country_within("Protesters (Moldova)") == "MDA"
    assert names.find_country_within("Government of Moldova") == "MDA"
    assert names.make_side("United Nations", None, "IGO").code == "UNO"
    assert names.make_side("Secretary (United Nations)", None, None).code == "UNO"
    assert names.make_side("Nobody", None, None).code == "UNK"
