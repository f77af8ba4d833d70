"""What others' rows become in our words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from foreign import ACLED, GDELT, ICEWS, MENTION, PHOENIX, POLECAT, UCDP, read, write

from dragoman.interchange import acled, gdelt_read, icews, phoenix_read, polecat_read, ucdp
from dragoman.interchange.imported import Amount, Imported


def read_one(form: str, path: Path) -> Imported:
    good, bad = read(form, path)
    assert bad == []
    (row,) = good
    return row


def find_codes(row: Imported) -> tuple[list[str], list[str]]:
    return [side.code for side in row.actors], [side.code for side in row.recipients]


def test_a_gdelt_event_has_parties_type_place_and_counts(tmp_path: Path) -> None:
    row = read_one("gdelt", write(tmp_path / "e.csv", gdelt_read.EVENTS, [GDELT]))

    assert find_codes(row) == (["JPN"], ["PHL"])
    assert (row.day, row.event_type, row.context, row.code, row.scale) == (
        "2024-03-05",
        "AID",
        ("military",),
        "072",
        8.3,
    )
    assert (row.place_country, row.lat, row.place_precision) == ("PHL", 14.78, "point")
    assert (row.reports, row.outlets, row.url) == (5, 2, "https://strait-courier.example/subic")
    assert row.original["FractionDate"] == "2024.1753"


def test_gdelt_1_is_told_by_its_number_of_columns(tmp_path: Path) -> None:
    row = read_one("gdelt", write(tmp_path / "e.csv", gdelt_read.EVENTS_1, [GDELT]))

    assert (len(gdelt_read.EVENTS), len(gdelt_read.EVENTS_1)) == (61, 58)
    assert (row.url, row.lon) == ("https://strait-courier.example/subic", 120.23)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"Actor1CountryCode": "ROM", "Actor1Type1Code": ""}, ["ROU"]),
        ({"Actor1CountryCode": "PHL", "Actor1Type1Code": "MED"}, ["PHL-MED"]),
        ({"Actor1CountryCode": "", "Actor1KnownGroupCode": "UNO", "Actor1Name": "THE UN"}, ["UNO"]),
        ({"Actor1CountryCode": "EUR", "Actor1Name": "EUROPE"}, ["EUROPE"]),
        ({"Actor1CountryCode": "", "Actor1Name": "FISHERMEN"}, ["UNK"]),
        ({"Actor1Code": "", "Actor1Name": ""}, []),
    ],
)
def test_gdelt_actors_get_the_codes_of_claims(tmp_path: Path, changes: dict[str, str], codes: list[str]) -> None:
    row = read_one("gdelt", write(tmp_path / "e.csv", gdelt_read.EVENTS, [{**GDELT, **changes}]))

    assert find_codes(row)[0] == codes


def test_a_mention_leads_to_its_event(tmp_path: Path) -> None:
    row = read_one("gdelt-mentions", write(tmp_path / "m.csv", gdelt_read.MENTIONS, [MENTION]))

    assert (len(gdelt_read.MENTIONS), row.row_id, row.day) == (16, "900001", "2024-03-05")
    assert (row.url, row.actors, row.event_type) == ("https://strait-courier.example/subic", (), None)


def test_a_polecat_event_is_read_in_latin_1_and_none_is_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "p.txt", polecat_read.COLUMNS, [POLECAT], header=True, encoding="iso-8859-1")

    row = read_one("polecat", path)

    assert len(polecat_read.COLUMNS) == 40
    assert (row.actors[0].name, find_codes(row)) == ("São Tomé and Príncipe", (["STP"], ["PRT"]))
    assert (row.event_type, row.mode, row.intensity, row.quad) == ("CONSULT", "visit", 4.0, "verbal cooperation")
    assert row.recipients[0].name == "ministers"
    assert row.context == ("diplomatic", "economic")


@pytest.mark.parametrize(
    ("countries", "codes"),
    [("JPN; KOR", ["JPN", "KOR-REB"]), ("JPN", ["JPN", "JPN-REB"]), ("JPN; KOR; USA", ["UNK"] * 2)],
)
def test_several_names_in_a_polecat_cell_are_several_parties(tmp_path: Path, countries: str, codes: list[str]) -> None:
    several = {"Actor Name": "Tokyo; Reed Front", "Actor Country": countries, "Primary Actor Sector": "GOV; REB"}
    path = write(tmp_path / "p.txt", polecat_read.COLUMNS, [{**POLECAT, **several}], header=True, encoding="iso-8859-1")

    assert find_codes(read_one("polecat", path))[0] == codes


def test_polecat_s_excess_tabs_are_no_fault(tmp_path: Path) -> None:
    path = write(tmp_path / "p.txt", polecat_read.COLUMNS, [POLECAT], header=True, encoding="iso-8859-1")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\t\t\n").replace(b"Version\t\t", b"Version"))

    assert len(read("polecat", path)[0]) == 1


def test_an_icews_event_is_read_by_its_header_with_the_government_s_columns(tmp_path: Path) -> None:
    columns = ("Event Sentence", *icews.COLUMNS, "Headline")
    path = write(tmp_path / "i.tab", columns, [{**ICEWS, "Event Sentence": "Police held marchers."}], header=True)

    row = read_one("icews", path)

    assert (len(icews.COLUMNS), len(icews.GOVERNMENT)) == (20, 6)
    assert find_codes(row) == (["GHA"], ["GHA-OPP"])
    assert (row.actors[0].sector, row.event_type, row.mode) == ("COP", "COERCE", "arrest")
    assert (row.place, row.text) == ("Accra, Greater Accra, Ghana", "Police held marchers.")


@pytest.mark.parametrize(("code", "kind"), [("40", "CONSULT"), ("010", None), ("57", "SUPPORT"), ("0311", "AGREE")])
def test_icews_codes_get_back_the_zero_that_spreadsheets_eat(tmp_path: Path, code: str, kind: str | None) -> None:
    row = read_one("icews", write(tmp_path / "i.tab", icews.COLUMNS, [{**ICEWS, "CAMEO Code": code}], header=True))

    assert row.event_type == kind


@pytest.mark.parametrize(("separator", "header"), [("\t", False), (",", True)])
def test_a_phoenix_event_is_read_with_tabs_or_commas(tmp_path: Path, separator: str, header: bool) -> None:
    path = write(tmp_path / "x.txt", phoenix_read.COLUMNS, [PHOENIX], separator=separator, header=header)

    row = read_one("phoenix", path)

    assert (len(phoenix_read.COLUMNS), find_codes(row)) == (26, (["ISR"], ["SYR"]))
    assert (row.day, row.event_type, row.mode, row.actors[0].sector) == ("2024-03-05", "ASSAULT", "aerial", "MIL")
    assert (row.reports, row.outlets, row.place_country) == (2, 2, "SYR")


def test_an_acled_battle_is_mutual_with_its_deaths_and_precision(tmp_path: Path) -> None:
    row = read_one("acled", write(tmp_path / "a.csv", acled.COLUMNS, [ACLED], separator=",", header=True))

    assert (len(acled.COLUMNS), row.mutual, find_codes(row)) == (31, True, (["MLI"], ["UNK"]))
    assert (row.day, row.date_precision, row.place_precision) == ("2024-03-05", "week", "area")
    assert row.figures == (Amount("killed", 7),)
    assert row.outlets == 2
    assert row.text and row.text.endswith('"at last".')


def test_an_acled_file_may_come_with_semicolons(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv", acled.COLUMNS, [{**ACLED, "notes": "One", "source": "A"}], separator=";", header=True
    )

    assert read_one("acled", path).row_id == "MLI99"


def test_an_acled_strike_is_one_sided(tmp_path: Path) -> None:
    changed = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}
    row = read_one(
        "acled", write(tmp_path / "a.csv", acled.COLUMNS, [{**ACLED, **changed}], separator=",", header=True)
    )

    assert (row.event_type, row.mode, row.mutual) == ("ASSAULT", "aerial", False)


@pytest.mark.parametrize("header", [True, False])
def test_a_ucdp_event_is_read_by_name_or_by_position(tmp_path: Path, header: bool) -> None:
    row = read_one("ucdp", write(tmp_path / "u.csv", ucdp.COLUMNS, [UCDP], separator=",", header=header))

    assert (len(ucdp.COLUMNS), find_codes(row), row.mutual) == (49, (["MLI"], ["UNK"]), True)
    assert (row.day, row.last_day, row.date_precision) == ("2024-03-05", "2024-03-07", "range")
    assert row.figures[0] == Amount("killed", 7, 6, 9)
    assert [figure.what for figure in row.figures[1:]] == ["killed: side a", "killed: side b", "killed: unknown"]
    assert (row.reports, row.place_precision, row.place_country) == (1, "point", "MLI")


def test_a_plover_record_gives_a_row_for_each_type(tmp_path: Path) -> None:
    record = {
        "id": "r1", "date": "2024-03-05", "enddate": "2024-03-06", "event": ["ASSAULT", "COERCE"], "mode": "aerial",
        "actor": [{"code": "ISR", "sector": "MIL", "entity_text": "Israeli jets"}], "recipient": [{"code": "SYR"}],
        "size": {"dead": 3}, "event_loc": {"resolved_place": "Homs", "country_code": "SYR", "lat": 34.7, "lon": 36.7,
        "resolution": 4}, "cite_info": {"url": "https://harbour.example/9"}, "context": ["military"],
    }  # fmt: skip
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps(record) + "\n")

    good, bad = read("plover", path)

    assert bad == []
    assert [(row.event_type, row.mode) for row in good] == [("ASSAULT", "aerial"), ("COERCE", None)]
    assert find_codes(good[0]) == (["ISR"], ["SYR"])
    assert (good[0].date_precision, good[0].place_precision, good[0].figures) == (
        "range",
        "point",
        (Amount("killed", 3),),
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [("historical", "historical"), ("future", "planned"), ("hypothetical", "conditional"), ("negation", "denied")],
)
def test_plover_s_auxiliary_modes_become_statuses(tmp_path: Path, word: str, status: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(
        json.dumps([{"id": "1", "date": "2024-03-05", "event": ["AID"], "actor": ["JPN"], "context": [word]}])
    )

    assert read_one("plover", path).status == status


def test_plover_s_older_keys_are_read_too(tmp_path: Path) -> None:
    record = {
        "id": "g", "date": "2024-03-05", "event": "PROTEST", "mode": "demo", "source": [{"actorText": "dockers", "code": "KORLAB"}],
        "target": [{"actorText": "Seoul", "code": "KOR", "sector": "GOV"}], "eventText": "Dockers marched.",
    }  # fmt: skip
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps(record))

    row = read_one("plover", path)

    assert (find_codes(row), row.actors[0].name, row.text) == ((["KOR-CIV"], ["KOR"]), "dockers", "Dockers marched.")
