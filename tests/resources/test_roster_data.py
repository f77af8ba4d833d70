"""The roster's hand-written data: whole, well-formed, and in agreement with the state lists of the field."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.actors.overlay import SECTORS
from dragoman.actors.spelling import cut_name

ROOT = Path(__file__).resolve().parents[2]
ACTORS = ROOT / "resources" / "actors"
SHARED = Path(os.environ.get("DRAGOMAN_SHARED", ROOT.parent / "shared"))
FILES = ("states", "organisations", "groups", "media", "bodies")

MEMBERS_OF_THE_UN = frozenset(
    """
    AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF
    CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI
    FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN
    KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT
    MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT
    ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON
    TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
    """.split()
)

SHARED_BY_STATES = {
    "congo": {"COD", "COG"},
    "congolese": {"COD", "COG"},
    "dominican": {"DMA", "DOM"},
    "dominicans": {"DMA", "DOM"},
    "korea": {"KOR", "PRK"},
    "korean": {"KOR", "PRK"},
    "koreans": {"KOR", "PRK"},
}
"""Names that two states bear: linking needs more than the name."""

SHARED_BY_ACTORS = {
    "adf": {"body:aus-adf", "group:adf"},
    "pti": {"group:pti-party", "media:pti"},
    "sdf": {"body:jpn-jsdf", "group:sdf"},
    "spa": {"body:prk-spa", "media:spa"},
}
"""Abbreviations that two actors bear, beside the names of states above."""


@cache
def read_entries(file: str) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((ACTORS / f"{file}.yml").read_text(encoding="utf-8")))


@cache
def read_outlets() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((ROOT / "resources" / "outlets" / "outlets.yml").read_text(encoding="utf-8")))


def list_all() -> list[dict[str, Any]]:
    return [entry for file in FILES for entry in read_entries(file)]


def list_names(entry: dict[str, Any]) -> list[str]:
    names = [entry["name"], *entry.get("names", []), *entry.get("demonyms", []), *entry.get("seats", [])]
    names += [former["name"] for former in entry.get("former", [])]
    return [*names, entry["capital"]] if "capital" in entry else names


def find_bearers(entries: list[dict[str, Any]], key: str) -> dict[str, set[str]]:
    """Folded names with more than one bearer."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for name in list_names(entry):
            bearers[" ".join(cut_name(name.removeprefix("the ")))].add(entry[key])
    return {name: found for name, found in bearers.items() if len(found) > 1}


def test_ids_are_unique() -> None:
    assert [id for id, n in Counter(entry["id"] for entry in list_all()).items() if n > 1] == []


@pytest.mark.parametrize(
    ("file", "prefix"),
    [("states", "state:"), ("organisations", "org:"), ("groups", "group:"), ("media", "media:"), ("bodies", "body:")],
)
def test_ids_tell_the_kind(file: str, prefix: str) -> None:
    assert [e["id"] for e in read_entries(file) if not re.fullmatch(prefix + r"[A-Za-z0-9-]+", e["id"])] == []


@pytest.mark.parametrize(
    ("file", "least"), [("states", 200), ("organisations", 80), ("groups", 110), ("media", 110), ("bodies", 150)]
)
def test_files_hold_enough(file: str, least: int) -> None:
    assert len(read_entries(file)) >= least


def test_every_entry_tells_its_source() -> None:
    assert [entry["id"] for entry in list_all() if not str(entry.get("source", "")).strip()] == []


def test_no_text_was_read_as_another_type() -> None:
    texts = [(entry["id"], text) for entry in list_all() for text in (entry["code"], *list_names(entry))]
    assert [(id, text) for id, text in texts if not isinstance(text, str) or text != text.strip() or not text] == []


def test_every_member_of_the_united_nations_is_there() -> None:
    assert len(MEMBERS_OF_THE_UN) == 193
    assert {e["code"] for e in read_entries("states")} >= MEMBERS_OF_THE_UN | {"XKX", "PSE", "TWN", "VAT", "HKG", "ESH"}


def test_states_bear_their_code_in_every_field() -> None:
    states = read_entries("states")
    assert [e["id"] for e in states if not (e["id"] == f"state:{e['code']}" and e["iso3"] == e["code"])] == []
    assert [e["id"] for e in states if not re.fullmatch(r"[A-Z]{2}", e["iso2"])] == []


@pytest.mark.parametrize("key", ["iso2", "cow", "gw"])
def test_state_numbers_are_unique(key: str) -> None:
    numbers = Counter(e[key] for e in read_entries("states") if key in e)
    assert [number for number, n in numbers.items() if n > 1] == []


def test_no_name_means_two_states_but_the_known_ones() -> None:
    assert find_bearers(list(read_entries("states")), "code") == SHARED_BY_STATES


def test_no_name_means_two_actors_but_the_known_ones() -> None:
    found = find_bearers(list_all(), "id")
    assert {name: ids for name, ids in found.items() if name not in SHARED_BY_STATES} == SHARED_BY_ACTORS


def test_codes_of_organisations_are_no_states() -> None:
    states = {e["code"] for e in read_entries("states")}
    assert [e["id"] for e in read_entries("organisations") if e["code"] in states] == []


def test_codes_of_groups_begin_with_their_state() -> None:
    states = {e["code"] for e in read_entries("states")}
    groups = read_entries("groups")
    assert [e["id"] for e in groups if not re.fullmatch(e["country"] + r"(-[A-Z0-9]{1,16})?", e["code"])] == []
    assert {e["country"] for e in groups} <= states


KINDS = {"BUS": "-BUS", "MED": "-CIV", "REL": "-REL", "SOC": "-CIV"}
"""What is no organ of its state bears its kind as well."""
VATICAN = "body:vat-curia"
"""The one church that is its state."""


def test_media_and_bodies_bear_the_code_of_their_state() -> None:
    states = {e["code"] for e in read_entries("states")}
    assert [e["id"] for e in read_entries("media") if e["code"] != f"{e['country']}-MED"] == []
    bodies = read_entries("bodies")
    assert [e["id"] for e in bodies if e["code"] != e["country"] + KINDS.get(e["sector"], "")] == [VATICAN]
    assert {e["country"] for e in (*read_entries("media"), *bodies)} <= states


def test_sectors_are_sectors_of_plover() -> None:
    assert {e["sector"] for e in list_all() if "sector" in e} <= SECTORS
    assert [e["id"] for file in ("groups", "bodies") for e in read_entries(file) if "sector" not in e] == []


def test_groups_end_after_they_begin() -> None:
    dated = [e for e in list_all() if "from" in e and "until" in e]
    assert dated
    assert [e["id"] for e in dated if e["until"] < e["from"]] == []


def test_enough_media_are_owned_by_states() -> None:
    assert sum(e.get("state_owned") is True for e in read_entries("media")) >= 60


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("NATO", "NATO"), ("UN Security Council", "UNO"), ("UNHCR", "UNO"), ("European Commission", "EU"),
        ("the West", "WEST"), ("Arab League", "ARAB"), ("Hamas", "PSE-HAMAS"), ("Hezbollah", "LBN-HEZBOLLAH"),
        ("Houthis", "YEM-HOUTHI"), ("Taliban", "AFG-TALIBAN"), ("Donetsk People's Republic", "UKR-DPR"),
        ("Communist Party of China", "CHN"), ("Workers' Party of Korea", "PRK"), ("KCNA", "PRK-MED"),
        ("TASS", "RUS-MED"), ("Foggy Bottom", "USA"), ("IDF", "ISR"), ("Kremlin", "RUS"), ("Burma", "MMR"),
        ("Swaziland", "SWZ"), ("Kiev", "UKR"), ("Blue House", "KOR"), ("Zaire", "COD"),
    ],
)  # fmt: skip
def test_well_known_names_have_their_code(name: str, code: str) -> None:
    assert {e["code"] for e in list_all() if name in list_names(e)} == {code}


def test_outlets_point_into_the_roster() -> None:
    countries = {e["id"]: e["country"] for file in ("media", "bodies") for e in read_entries(file)}
    for outlet in read_outlets():
        keeper = outlet.get("media") or outlet.get("body")
        assert keeper is None or countries[keeper] == outlet["country"], outlet
    assert len(read_outlets()) >= 100


def test_domains_are_domains_and_unique() -> None:
    domains = Counter(outlet["domain"] for outlet in read_outlets())
    assert [d for d, n in domains.items() if n > 1 or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", d)] == []


NOT_IN_THE_LIST = {"ATG", "LIE", "MAC", "MCO", "SRB", "TWN", "VNM", "XKX"}
"""States that the list of codes leaves out, or gives a number of a former state."""


def test_cow_numbers_agree_with_the_list_of_codes() -> None:
    path = SHARED / "data" / "actor_lists" / "cow2iso.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not here; set DRAGOMAN_SHARED to the folder of the shared data")
    listed = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["cow_id"] and not row["valid_until"]:
                listed[row["iso3"]].add(int(row["cow_id"]))
    states = [e for e in read_entries("states") if "cow" in e and e["code"] not in NOT_IN_THE_LIST]
    assert len(states) > 180
    assert [(e["code"], e["cow"], listed[e["code"]]) for e in states if e["cow"] not in listed[e["code"]]] == []


@pytest.mark.parametrize(("key", "file", "column"), [("cow", "cow_states", "ccode"), ("gw", "gw_states", "gwcode")])
def test_state_numbers_agree_with_the_lists_of_states(key: str, file: str, column: str) -> None:
    pyreadr = pytest.importorskip("pyreadr", reason="pyreadr, which reads the lists of states, is not installed")
    path = SHARED / "data" / "ir_tables" / f"{file}.rda"
    if not path.is_file():
        pytest.skip(f"{path} is not here; set DRAGOMAN_SHARED to the folder of the shared data")
    table = next(iter(pyreadr.read_r(str(path)).values()))
    ends = "endyear" if key == "cow" else "enddate"
    living = {int(row[column]) for _, row in table.iterrows() if str(row[ends])[:4] >= "2016"}
    ours = {e[key] for e in read_entries("states") if key in e}
    assert ours <= living
    assert living - ours == set()


def test_two_letter_codes_agree_with_geonames() -> None:
    path = SHARED / "data" / "geonames_admin" / "countryInfo.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not here; set DRAGOMAN_SHARED to the folder of the shared data")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    listed = {row[1]: row[0] for row in rows}
    assert [e["code"] for e in read_entries("states") if listed.get(e["code"]) != e["iso2"]] == []
