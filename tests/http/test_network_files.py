"""The network as a file: what Gephi opens, and its ties as a table."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from served import Client

GEXF = "{http://gexf.net/1.3}"


def read_gexf(client: Client, path: str) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200 and response.headers["content-type"] == "application/gexf+xml"
    return ElementTree.fromstring(response.text)


def read_pairs(root: ElementTree.Element) -> set[frozenset[str]]:
    return {frozenset((edge.get("source", ""), edge.get("target", ""))) for edge in root.iter(f"{GEXF}edge")}


def test_a_network_is_told_as_gexf_with_the_days_of_its_edges(client: Client) -> None:
    root = read_gexf(client, "/v1/network.gexf?least=1")

    nodes = {node.get("id") for node in root.iter(f"{GEXF}node")}
    edges = list(root.iter(f"{GEXF}edge"))
    assert edges and all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)
    assert all(edge.findall(f"{GEXF}spells/{GEXF}spell") for edge in edges)
    ties = client.get("/v1/network?least=1").json()["ties"]
    assert read_pairs(root) == {frozenset((tie["actor"], tie["recipient"])) for tie in ties}


def test_ties_of_too_few_events_and_others_parties_are_not_in_the_file(client: Client) -> None:
    every = read_pairs(read_gexf(client, "/v1/network.gexf?least=1&parties=all"))
    firm = read_pairs(read_gexf(client, "/v1/network.gexf?least=3&parties=all"))
    party = sorted(next(iter(firm or every)))[0]
    around = read_pairs(read_gexf(client, f"/v1/network.gexf?least=1&parties=all&of={party}"))

    assert firm < every
    near = {code for pair in every if party in pair for code in pair}
    assert around == {pair for pair in every if pair <= near}


def test_ties_are_told_as_csv_with_their_period(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/network.csv?unit=year&least=1").text)))
    periods = client.get("/v1/network?unit=year&least=1").json()["periods"]

    assert len(rows) == sum(len(period["ties"]) for period in periods) > 0
    first = periods[0]["ties"][0]
    assert (rows[0]["period"], rows[0]["actor"], int(rows[0]["reports"])) == (
        periods[0]["period"],
        first["actor"],
        first["counts"]["reports"],
    )


@pytest.mark.parametrize("path", ["/v1/network.atom", "/v1/blocs.gexf", "/v1/dyads.gexf"])
def test_forms_that_a_network_hasnt_are_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 406


def test_a_filter_that_cant_be_is_refused_in_every_form(client: Client) -> None:
    for form in ("json", "csv", "gexf"):
        assert client.get(f"/v1/network.{form}?type=SING").status_code == 400


def test_ties_name_their_events_in_csv_and_json_lines(client: Client) -> None:
    found = client.get("/v1/network?least=1").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/network.csv?least=1").text)))
    lines = [json.loads(line) for line in client.get("/v1/network.jsonl?least=1").text.splitlines()]

    assert lines == [{"period": None, **tie} for tie in found["ties"]] != []
    assert [row["event_ids"].split("; ") for row in rows] == [tie["events"] for tie in found["ties"]]
    assert [len(row["event_ids"].split("; ")) for row in rows] == [int(row["events"]) for row in rows]


def test_members_of_blocs_are_rows_with_the_events_of_their_ties_inside(client: Client) -> None:
    periods = client.get("/v1/blocs?least=1").json()["periods"]
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/blocs.csv?least=1").text)))
    lines = [json.loads(line) for line in client.get("/v1/blocs.jsonl?least=1").text.splitlines()]
    told = [(p["period"], b["label"], m["code"]) for p in periods for b in p["blocs"] for m in b["members"]]

    assert [(row["period"], row["bloc"], row["member"]) for row in rows] == told != []
    assert [(line["period"], line["bloc"], line["member"]) for line in lines] == told
    inside = {(line["period"], line["bloc"]): set[str]() for line in lines}
    for line in lines:
        inside[line["period"], line["bloc"]] |= set(line["event_ids"])
    (period,) = client.get(f"/v1/network?least=1&unit=year&since={periods[-1]['period']}").json()["periods"]
    for bloc in periods[-1]["blocs"]:
        members = {member["code"] for member in bloc["members"]}
        ties = [tie for tie in period["ties"] if {tie["actor"], tie["recipient"]} <= members]
        assert inside[period["period"], bloc["label"]] == {name for tie in ties for name in tie["events"]}


def test_a_series_is_a_row_a_period_with_its_events(client: Client) -> None:
    points = client.get("/v1/series?dyad=PRK,RUS").json()["points"]
    rows = list(csv.DictReader(io.StringIO(client.get("/v1/series.csv?dyad=PRK,RUS").text)))
    lines = [json.loads(line) for line in client.get("/v1/series.jsonl?dyad=PRK,RUS").text.splitlines()]

    assert lines == points and len(rows) == len(points) > 0
    assert [row["event_ids"] for row in rows] == ["; ".join(point["events"]) for point in points]
    assert [float(row["a_to_b_coop"]) for row in rows] == [point["a_to_b"]["coop"] for point in points]
    assert [int(row["outlets"]) for row in rows] == [point["counts"]["outlets"] for point in points]
