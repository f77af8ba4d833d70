"""Relations over HTTP: the numbers of the room of relations, each with its events."""

from __future__ import annotations

import pytest
from served import Client


@pytest.fixture(scope="module")
def pair(client: Client) -> dict[str, object]:
    """The pair with the most events."""
    (first, *_) = client.items("/v1/dyads?limit=1&parties=all&directed=false")
    return first


def test_pairs_are_walked_once_each_by_their_events(client: Client) -> None:
    whole = client.get("/v1/dyads?limit=1000").json()
    first = client.get("/v1/dyads?limit=4").json()
    rest = client.get(f"/v1/dyads?limit=1000&cursor={first['next']}").json()

    assert first["items"] + rest["items"] == whole["items"]
    assert whole["count"]["dyads"] == len(whole["items"]) > 4
    events = [item["counts"]["events"] for item in whole["items"]]
    assert events == sorted(events, reverse=True)


def test_the_scores_of_a_pair_are_those_of_its_events(client: Client, pair: dict[str, object]) -> None:
    found = client.items(
        f"/v1/events?dyad={pair['actor']},{pair['recipient']}&limit=1000&status=occurred&status=ongoing"
    )

    assert pair["coop"] == pytest.approx(sum(e["intensity"] for e in found if e["intensity"] > 0))
    assert pair["conf"] == pytest.approx(-sum(e["intensity"] for e in found if e["intensity"] < 0))
    assert pair["counts"]["events"] == len(found)  # type: ignore[index]


def test_an_ordered_pair_is_what_one_does_to_the_other(client: Client) -> None:
    rows = client.items("/v1/dyads?limit=1000&parties=all")

    for row in rows[:5]:
        events = client.items(f"/v1/events?actor={row['actor']}&recipient={row['recipient']}&limit=1000")
        told = [event for event in events if event["status"] in ("occurred", "ongoing")]
        assert row["counts"]["events"] == len(told) > 0
        assert row["level"] is None


def test_a_dyad_tells_where_two_stand_and_why(client: Client, pair: dict[str, object]) -> None:
    dyad = client.get(f"/v1/dyads/{pair['actor']}-{pair['recipient']}").json()

    assert dyad["level"]["word"] and dyad["level"]["why"]
    assert dyad["latest"] and {event["id"] for event in dyad["latest"]} >= set(dyad["level"]["events"][-5:])
    assert dyad == client.get(f"/v1/dyads/{pair['recipient']},{pair['actor']}").json() | {
        key: dyad[key] for key in ("a", "b", "a_name", "b_name", "balance", "series", "third_parties")
    }


def test_a_series_names_its_events_and_what_was_read(client: Client, pair: dict[str, object]) -> None:
    series = client.get(f"/v1/series?actor={pair['actor']}&recipient={pair['recipient']}&unit=year").json()

    again = client.get(f"/v1/series?dyad={pair['actor']},{pair['recipient']}&unit=year").json()
    assert again == series
    told = [point for point in series["points"] if point["events"]]
    assert told
    for point in told:
        scores = [client.get(f"/v1/events/{name}").json()["intensity"] for name in point["events"]]
        assert point["coop"] == pytest.approx(sum(score for score in scores if score > 0))
        assert point["net"] == pytest.approx(point["coop"] - point["conf"])
        assert set(point["a_to_b"]["events"]) | set(point["b_to_a"]["events"]) == set(point["events"])
    assert sum(entry["reports"] for entry in series["coverage"]) >= sum(point["read"] > 0 for point in told)


def test_a_network_and_blocs_name_parties_and_events(client: Client) -> None:
    network = client.get("/v1/network?least=1&unit=year").json()

    assert network["ties"] and all(len(tie["events"]) == tie["counts"]["events"] > 0 for tie in network["ties"])
    assert sum(len(period["ties"]) for period in network["periods"]) >= len(network["ties"])
    party = network["ties"][0]["actor"]
    around = client.get(f"/v1/network?least=1&of={party}").json()
    assert party in {node["code"] for node in around["nodes"]} and around["periods"] == []
    blocs = client.get("/v1/blocs?least=1").json()["periods"]
    assert blocs and blocs == client.get("/v1/blocs?least=1").json()["periods"]
    inside = [(pair, bloc) for each in blocs for bloc in each["blocs"] for pair in bloc["rivals"]]
    assert all({party["code"] for party in pair} <= {m["code"] for m in bloc["members"]} for pair, bloc in inside)


def test_a_download_holds_all_pairs(client: Client) -> None:
    lines = client.get("/v1/dyads.csv").text.splitlines()

    assert lines[0].startswith("actor,recipient,actor_name") and len(lines) == 1 + len(
        client.items("/v1/dyads?limit=1000")
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/dyads/RUS", 404), ("/v1/dyads/RUS-RUS", 404), ("/v1/dyads/" + "-" * 60, 404), ("/v1/series?actor=RUS", 400),
        ("/v1/series?dyad=RUS", 400),
        ("/v1/series?dyad=RUS,UKR&actor=USA", 400),
        ("/v1/series?dyad=RUS,RUS", 400),
        ("/v1/series?actor=RUS&recipient=Atlantis", 400), ("/v1/series?actor=RUS&recipient=UKR&unit=decade", 400),
        ("/v1/series?actor=RUS&recipient=UKR&since=1700&unit=day", 400), ("/v1/dyads?cursor=xx", 400),
        ("/v1/series?actor=RUS&recipient=UKR&since=2025&until=2024", 400), ("/v1/network?unit=hour", 400),
        ("/v1/dyads/RUS-UKR?since=2024-02-30", 400), ("/v1/blocs?least=0", 400),
    ],
)  # fmt: skip
def test_what_cant_be_asked_is_a_problem(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status
