"""One event, claim, report, actor: what is told of it, and how each number opens to its sentence."""

from __future__ import annotations

import pytest
from served import Client


@pytest.fixture(scope="module")
def treaty(client: Client) -> str:
    """An event that two outlets tell in one text."""
    (event, *_) = client.items("/v1/events?outlet=The Harbour Wire&type=ACCUSE")
    return str(event["id"])


def test_an_event_opens_to_the_sentences_that_tell_it(client: Client, treaty: str) -> None:
    event = client.get(f"/v1/events/{treaty}").json()

    claims = [claim for report in event["reports"] for claim in report["claims"]]
    assert claims and {claim["event_id"] for claim in claims} == {treaty}
    for claim in claims:
        for span in claim["spans"]:
            assert claim["sentence"][span["start"] : span["end"]] == span["text"]
        assert "trigger" in {span["role"] for span in claim["spans"]}


def test_copies_of_a_text_are_one_independent_text(client: Client, treaty: str) -> None:
    event = client.get(f"/v1/events/{treaty}").json()

    assert len(event["reports"]) == 2
    assert {report["independent"] for report in event["reports"]} == {1}
    assert event["counts"] == {"events": 1, "reports": 2, "outlets": 1}  # the first report tells no outlet
    assert event["texts"] == 1


def test_spans_of_a_claim_stand_in_the_reports_text(client: Client) -> None:
    for brief in client.items("/v1/claims?limit=15"):
        claim = client.get(f"/v1/claims/{brief['id']}").json()
        text = client.get(f"/v1/reports/{claim['report_id']}").json()["text"]

        start, end = claim["at"]
        assert text[start:end] == claim["sentence"]
        assert all(text[span["start"] : span["end"]] == span["text"] for span in claim["report_spans"])
        assert claim["why"] and claim["maker"]["model"]


def test_a_copy_has_the_claims_of_what_it_copies(client: Client) -> None:
    (copy,) = client.items("/v1/reports?outlet=The Harbour Wire")

    report = client.get(f"/v1/reports/{copy['id']}").json()
    original = client.get(f"/v1/reports/{copy['copy_of']}").json()

    assert report["text"] == original["text"]
    assert report["claims"] == original["claims"] != []
    assert [each["report_id"] for each in original["copies"]] == [copy["id"]]


def test_an_actor_tells_its_partners_and_names(client: Client) -> None:
    actor = client.get("/v1/actors/North Korea").json()

    assert (actor["code"], actor["name"]) == ("PRK", "North Korea")
    partners = {partner["code"]: partner for partner in actor["partners"]}
    dyad = client.get("/v1/dyads/PRK-RUS").json()
    assert partners["RUS"]["counts"] == dyad["counts"]
    assert (partners["RUS"]["coop"], partners["RUS"]["conf"]) == (dyad["coop"], dyad["conf"])
    assert partners["RUS"]["coop"] > 0
    assert "PRK" not in partners


def test_actors_are_found_by_a_part_of_their_name(client: Client) -> None:
    names = {actor["name"] for actor in client.items("/v1/actors?q=korea&limit=100")}

    assert names and all("korea" in name.lower() for name in names)


def test_an_overview_tells_the_last_days_that_were_read(client: Client) -> None:
    overview = client.get("/v1/overview").json()

    events = client.items(f"/v1/events?limit=1000&since={overview['from']}&until={overview['to']}")
    assert overview["counts"]["events"] == len(events)
    assert {event["id"] for event in overview["latest"]} <= {event["id"] for event in events}
    assert sum(day["reports"] for day in overview["coverage"]) > 0


def test_movers_are_the_sums_of_their_events(client: Client) -> None:
    overview = client.get("/v1/overview?since=2020").json()

    assert overview["movers"]
    for mover in overview["movers"]:
        scores = [client.get(f"/v1/events/{name}").json()["intensity"] for name in mover["events"]]
        assert mover["now"]["coop"] == pytest.approx(sum(score for score in scores if score > 0))
        assert mover["now"]["conf"] == pytest.approx(-sum(score for score in scores if score < 0))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/events/ev_0000000000000000", 404), ("/v1/events/cl_1", 404), ("/v1/claims/cl_x'; DROP TABLE claims", 404),
        ("/v1/reports/re_0", 404), ("/v1/actors/Atlantis", 404), ("/v1/nothing", 404), ("/v1/events/ev_" + "0" * 3000, 404),
    ],
)  # fmt: skip
def test_what_isnt_there_is_a_problem(client: Client, path: str, status: int) -> None:
    response = client.get(path)

    assert (response.status_code, response.json()["status"]) == (status, status)


def test_the_codebook_and_method_are_told(client: Client) -> None:
    assert {kind["type"] for kind in client.get("/v1/codebook").json()["types"]} >= {"AID", "ASSAULT"}
    method = client.get("/v1/method").json()
    assert method["coders"] and "SHA-256" in method["citation"]


def test_snapshots_are_told_the_newest_first(client: Client) -> None:
    numbers = [entry["number"] for entry in client.items("/v1/snapshots")]

    assert numbers == sorted(numbers, reverse=True) and numbers[0] == client.get("/v1/health").json()["snapshot"]


def test_a_snapshot_is_cited_in_the_words_of_dragoman_cite(client: Client) -> None:
    told = client.get("/v1/snapshots").json()

    assert told["bibtex"].startswith("@dataset{") and told["sha256"] in told["citation"]
    assert told["citation"] == client.get("/v1/method").json()["citation"]


def test_places_are_asked_for_by_what_is_known_of_them(client: Client) -> None:
    every = client.items("/v1/places?limit=1000")
    kinds = {place["precision"] for place in every}

    assert len(kinds) > 1
    for kind in kinds:
        some = client.get(f"/v1/places?limit=1000&precision={kind}").json()
        assert some["items"] == [place for place in every if place["precision"] == kind]
        assert some["count"]["places"] == len(some["items"])
    assert client.get("/v1/places?precision=vague").status_code == 400


def test_measured_errors_are_told_with_the_method(client: Client) -> None:
    errors = client.get("/v1/method").json()["errors"]

    assert errors["in_short"] and {len(row) for table in errors["tables"] for row in table["rows"]} <= set(range(2, 9))
    assert any("outlet" in table["title"] for table in errors["tables"])
