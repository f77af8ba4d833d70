"""What events become in others' formats, what is lost, and that our own readers get back what was held."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
from events_told import GHANA, JAPAN, MANILA, MARCHERS, NOBODY, POLICE, UN, make_event, tell
from foreign import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.domain import Event, EventParty, EventType, Status
from dragoman.interchange.codes import _load_codebook
from dragoman.interchange.gexf import find_spells
from dragoman.interchange.losses import Losses
from dragoman.interchange.sqlite_file import make_metadata
from dragoman.interchange.told import WriteOptions
from dragoman.interchange.writers import WRITERS

ROUND = ("plover", "polecat", "gdelt", "icews", "phoenix")
CAMEO = ("gdelt", "gdelt-mentions", "icews", "phoenix")
GEXF = "{http://gexf.net/1.3}"


def export(form: str, path: Path, *events: Event, **options: Any) -> Losses:
    losses = Losses(form)
    count = WRITERS[form]((tell(event) for event in events), path, losses, WriteOptions(**options))
    assert count == losses.rows
    return losses


@pytest.mark.parametrize("form", ROUND)
def test_what_was_written_is_read_again(tmp_path: Path, form: str) -> None:
    export(form, tmp_path / "f", make_event())

    good, bad = read(form, tmp_path / "f")

    assert bad == []
    (row,) = good
    assert (row.day, row.event_type) == ("2024-03-05", "AID")
    assert [[side.code for side in sides] for sides in (row.actors, row.recipients)] == [["JPN"], ["PHL"]]
    assert (row.place_country, round(row.lat or 0, 2), round(row.lon or 0, 2)) == ("PHL", 14.78, 120.23)
    assert row.place_precision == "point"
    assert row.context == ("military",)


@pytest.mark.parametrize("form", ROUND)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_kind_comes_back_as_itself_or_the_change_is_told(tmp_path: Path, form: str, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(get_args(EventType)))
    mode = data.draw(st.sampled_from([None, *(each["mode"] for each in _load_codebook()[kind]["modes"])]))
    status = data.draw(st.sampled_from(get_args(Status)))
    sides = data.draw(
        st.lists(st.sampled_from([JAPAN, MANILA, POLICE, MARCHERS, UN]), min_size=2, max_size=2, unique=True)
    )
    event = make_event(
        event_type=kind, mode=mode, status=status, actors=(sides[0],), recipients=(sides[1],), context=()
    )

    losses = export(form, tmp_path / "f", event)
    good, bad = read(form, tmp_path / "f")

    assert bad == []
    if not good:
        assert losses.left_out
        return
    (row,) = good
    assert [side.code for side in (*row.actors, *row.recipients)] == [side.code for side in sides]
    assert row.event_type == kind or losses.changed
    assert row.mode == mode or losses.changed or "mode" in losses.lost
    assert row.status == status or losses.changed or "status" in losses.lost


@pytest.mark.parametrize("form", CAMEO)
@pytest.mark.parametrize("status", ["planned", "conditional", "denied", "historical"])
def test_formats_without_a_status_get_no_plan_as_a_fact(tmp_path: Path, form: str, status: Status) -> None:
    losses = export(form, tmp_path / "f", make_event("b", status=status), make_event())

    assert (losses.events, losses.written) == (2, 1)
    (why,) = losses.left_out
    assert why.startswith(f"{status}, which would be told as a fact")
    assert losses.left_out[why].examples == ["ev_b"]


def test_losses_are_counted_with_ids(tmp_path: Path) -> None:
    report = json.loads(
        export("gdelt", tmp_path / "f", make_event(), make_event("c", figures=(), claimants=())).to_json()
    )

    assert report["lost"]["sizes"] == {"events": 1, "examples": ["ev_a1"]}
    assert report["lost"]["claimants"]["events"] == 1
    assert report["lost"]["confidence"]["events"] == 2
    assert (report["events"], report["written"], report["rows"]) == (2, 2, 2)


def test_a_code_that_cameo_lacks_is_told(tmp_path: Path) -> None:
    losses = export("gdelt", tmp_path / "f", make_event(event_type="RETREAT", mode="resign", context=()))

    assert read("gdelt", tmp_path / "f")[0][0].code == "080"
    assert list(losses.changed) == ["no exact CAMEO code: the general one of its root"]


def test_an_event_of_several_parties_is_a_row_a_pair_and_a_mutual_one_both_orders(tmp_path: Path) -> None:
    several = make_event(actors=(JAPAN, UN), recipients=(MANILA,))
    mutual = make_event("m", event_type="CONSULT", mutual=True, actors=(JAPAN, MANILA), recipients=())

    losses = export("gdelt", tmp_path / "f", several, mutual)
    pairs = [(row.actors[0].code, row.recipients[0].code) for row in read("gdelt", tmp_path / "f")[0]]

    assert pairs == [("JPN", "PHL"), ("UNO", "PHL"), ("JPN", "PHL"), ("PHL", "JPN")]
    assert losses.changed["one event in several rows, a row a pair of parties"].count == 2


def test_people_of_an_organisation_are_read_again_as_its_own(tmp_path: Path) -> None:
    envoy = EventParty("person:ines-abreu", "Inês Abreu", "UNO", None, "IGO", 1.0)

    export("icews", tmp_path / "f", make_event(actors=(envoy,)))

    (row,) = read("icews", tmp_path / "f")[0]
    assert (row.actors[0].name, row.actors[0].code) == ("Inês Abreu (UNO)", "UNO")


def test_phoenix_keeps_contexts_as_issues(tmp_path: Path) -> None:
    export("phoenix", tmp_path / "f", make_event(context=("economic", "diplomatic")))

    assert read("phoenix", tmp_path / "f")[0][0].context == ("economic", "diplomatic")


def test_gdelt_names_places_by_fips_and_what_is_not_measured_stays_empty(tmp_path: Path) -> None:
    export("gdelt", tmp_path / "f", make_event())

    cells = read("gdelt", tmp_path / "f")[0][0].original
    assert (cells["ActionGeo_CountryCode"], cells["ActionGeo_Type"]) == ("RP", "4")
    assert (cells["QuadClass"], cells["NumMentions"], cells["NumSources"], cells["NumArticles"]) == ("2", "2", "2", "2")
    assert {"AvgTone", "IsRootEvent"}.isdisjoint(cells)


def test_mentions_carry_the_ids_that_events_have_with_claim_and_claimant(tmp_path: Path) -> None:
    export("gdelt", tmp_path / "e", make_event())
    losses = export("gdelt-mentions", tmp_path / "m", make_event())

    (event,), (first, second) = read("gdelt", tmp_path / "e")[0], read("gdelt-mentions", tmp_path / "m")[0]

    assert first.row_id == second.row_id == event.row_id
    assert json.loads(second.original["Extras"]) == {
        "claim_id": "cl_a12",
        "status": "occurred",
        "claimant": "A minister",
    }
    assert (second.original["Actor2CharOffset"], second.original["Confidence"]) == ("-1", "70")
    assert "claimants" not in losses.lost


@pytest.mark.parametrize(
    ("kind", "status", "strict", "auxiliary"),
    [
        ("AID", "planned", "AGREE", []), ("CONSULT", "planned", "AGREE", []), ("ASSAULT", "planned", "ASSAULT", ["future"]),
        ("AID", "conditional", "AID", ["hypothetical"]), ("AID", "denied", "AID", ["negation"]),
        ("AID", "historical", "AID", ["historical"]), ("AID", "ongoing", "AID", []),
    ],
)  # fmt: skip
def test_the_strict_view_is_the_manual_s(
    tmp_path: Path, kind: EventType, status: Status, strict: str, auxiliary: list[str]
) -> None:
    export("plover-strict", tmp_path / "s", make_event(event_type=kind, status=status, context=()))
    export("plover", tmp_path / "n", make_event(event_type=kind, status=status, context=()))
    manual, native = (json.loads((tmp_path / name).read_text()) for name in "sn")

    assert (manual["event"], manual.get("context", [])) == ([strict], auxiliary)
    assert native["event"] == [kind]
    assert json.loads(native["comment"])["status"] == status
    assert "comment" not in manual


def test_a_plover_record_has_evidence_size_and_place(tmp_path: Path) -> None:
    from dragoman.domain import Figure, Magnitude

    killed = Figure(Magnitude("at least 3 killed", 0, 1, 3.0, 3.0, None, "killed", "people"), None, "cl_a11", None)
    export("plover", tmp_path / "p", make_event(figures=(killed,)))
    record = json.loads((tmp_path / "p").read_text())

    assert (record["size"], record["event_loc"]["resolution"], record["quad_code"]) == ({"dead": 3.0}, 4, 2)
    assert record["text_info"] == {"sequence": 0, "start": 10, "end": 49}
    assert record["link"] == ["https://strait-courier.example/cl_a12"]
    assert record["enddate"] == "2024-03-06"


def test_letters_that_latin_1_lacks_are_counted(tmp_path: Path) -> None:
    losses = export("polecat", tmp_path / "p", make_event(actors=(MARCHERS,)))

    assert read("polecat", tmp_path / "p")[1] == []
    assert "letters that ISO-8859-1 lacks" in losses.changed


def make_network() -> list[Event]:
    return [
        make_event(), make_event("a2", day="2024-03-06"), make_event("a3", day="2024-03-09"),
        make_event("b", event_type="ASSAULT", mode="aerial", actors=(MARCHERS,), recipients=(POLICE,)),
        make_event("c", status="denied"), make_event("d", recipients=()), make_event("e", actors=(NOBODY,)),
    ]  # fmt: skip


def test_a_gexf_network_has_spells_kinds_and_weights(tmp_path: Path) -> None:
    losses = export("gexf", tmp_path / "g.gexf", *make_network())
    root = ElementTree.parse(tmp_path / "g.gexf").getroot()
    graph = root.find(f"{GEXF}graph")
    assert graph is not None

    edges = {(e.get("source"), e.get("target")): e for e in graph.iter(f"{GEXF}edge")}
    aid = edges["JPN", "PHL"]
    values = {v.get("for"): v.get("value") for v in aid.iter(f"{GEXF}attvalue")}

    assert (root.get("version"), graph.get("mode"), graph.get("timerepresentation")) == ("1.3", "dynamic", "interval")
    assert (aid.get("weight"), aid.get("kind"), values["sign"], values["event_ids"]) == (
        "3.0",
        "AID",
        "1",
        "ev_a1 ev_a2 ev_a3",
    )
    assert [(s.get("start"), s.get("end")) for s in aid.iter(f"{GEXF}spell")] == [
        ("2024-03-05", "2024-03-06"), ("2024-03-09", "2024-03-09"),
    ]  # fmt: skip
    assert set(edges) == {("JPN", "PHL"), ("GHA-CIV", "GHA")}
    assert losses.left_out["not two known parties, which an edge needs"].count == 2


def test_a_network_of_plans_is_had_by_asking_for_plans(tmp_path: Path) -> None:
    losses = export("gexf", tmp_path / "g.gexf", make_event(status="planned"), statuses=("planned",))

    assert (losses.written, 'kind="AID planned"' in (tmp_path / "g.gexf").read_text()) == (1, True)


def test_graphml_declares_every_key_it_uses(tmp_path: Path) -> None:
    export("graphml", tmp_path / "g.graphml", *make_network())
    root = ElementTree.parse(tmp_path / "g.graphml").getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"

    declared = {key.get("id") for key in root.iter(f"{space}key")}
    assert {data.get("key") for data in root.iter(f"{space}data")} <= declared
    assert {node.get("id") for node in root.iter(f"{space}node")} == {"JPN", "PHL", "GHA", "GHA-CIV"}
    assert len(list(root.iter(f"{space}edge"))) == 2


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_networkx_reads_the_network(tmp_path: Path, form: str) -> None:
    networkx = pytest.importorskip("networkx")
    export(form, tmp_path / "g", *make_network())

    graph = getattr(networkx, f"read_{form}")(tmp_path / "g")

    assert graph.is_directed()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (4, 2)


@settings(deadline=None)
@given(st.sets(st.integers(0, 60), max_size=40))
def test_spells_cover_the_days_and_no_others(numbers: set[int]) -> None:
    days = [dt.date(2024, 2, 20) + dt.timedelta(number) for number in sorted(numbers)]

    spells = [(dt.date.fromisoformat(a), dt.date.fromisoformat(b)) for a, b in find_spells(d.isoformat() for d in days)]

    assert [a + dt.timedelta(n) for a, b in spells for n in range((b - a).days + 1)] == days


def test_geojson_has_points_for_places_and_none_for_countries(tmp_path: Path) -> None:
    losses = export("geojson", tmp_path / "m", make_event(), make_event("g", place=GHANA), make_event("n", place=None))
    found = json.loads((tmp_path / "m").read_text())

    bay, country = found["features"]
    assert (found["type"], bay["geometry"]) == ("FeatureCollection", {"type": "Point", "coordinates": [120.23, 14.78]})
    assert (bay["properties"]["precision"], bay["properties"]["status"]) == ("point", "occurred")
    assert (country["geometry"], country["properties"]["place"]) == (None, "Ghana")
    assert losses.left_out["no place"].examples == ["ev_n"]


def test_a_geojson_of_nothing_is_one_still(tmp_path: Path) -> None:
    export("geojson", tmp_path / "m")

    assert json.loads((tmp_path / "m").read_text()) == {"type": "FeatureCollection", "features": []}


def test_sqlite_ties_events_to_parties_and_sentences(tmp_path: Path) -> None:
    path = tmp_path / "e.db"
    export("sqlite", path, make_event(), make_event("x", actors=(MARCHERS, NOBODY)), search=True)

    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("SELECT count(*) FROM events").fetchone() == (2,)
        named = base.execute(
            "SELECT name FROM parties JOIN event_parties USING (party_id) WHERE side = 'actor' AND event_id = 'ev_x' ORDER BY 1"
        ).fetchall()
        found = base.execute("SELECT count(*) FROM claims_fts WHERE claims_fts MATCH 'boat'").fetchone()
        tied = ("claims", "figures", "history", "event_parties")
        keys = {row[2] for table in tied for row in base.execute(f"PRAGMA foreign_key_list({table})")}
    assert (named, found) == ([(MARCHERS.name,), ("unknown",)], (4,))
    assert keys == {"events", "reports", "claims", "parties"}


def test_the_metadata_names_columns_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "e.db"
    export("sqlite", path, make_event())
    metadata = json.loads(make_metadata(path, WriteOptions()))

    with sqlite3.connect(path) as base:
        for table, told in metadata["databases"]["e"]["tables"].items():
            there = {row[1] for row in base.execute(f"PRAGMA table_info({table})")}
            assert there and set(told["columns"]) <= there


def test_the_table_of_events_has_a_row_each_and_loses_nothing(tmp_path: Path) -> None:
    import csv

    losses = export("events-csv", tmp_path / "e.csv", make_event(), make_event("p", status="planned", place=None))
    with open(tmp_path / "e.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert [(row["event_id"], row["status"], row["place"]) for row in rows] == [
        ("ev_a1", "occurred", "Subic Bay"), ("ev_p", "planned", ""),
    ]  # fmt: skip
    assert rows[0]["figures"] == "two boats"
    assert rows[0]["claims"] == "cl_a11; cl_a12"
    assert (losses.left_out, losses.lost, losses.changed) == ({}, {}, {})


@pytest.mark.parametrize("form", sorted(set(WRITERS) - {"events-csv", "sqlite", "geojson"}))
def test_an_event_without_a_day_is_left_out_and_told(tmp_path: Path, form: str) -> None:
    losses = export(form, tmp_path / "f", make_event(day=None, day_how=None))

    assert (losses.written, list(losses.left_out)) == (0, ["no day"])
