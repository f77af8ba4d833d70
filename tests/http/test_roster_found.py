"""Parties found as one types."""

from __future__ import annotations

from served import Client


def test_a_name_as_it_is_typed_finds_its_party(client: Client) -> None:
    found = client.items("/v1/roster?q=russ&limit=5")

    assert found[0]["code"] == "RUS" and found[0]["name"] == "Russia"
    assert len(found) <= 5


def test_a_code_comes_before_names_that_begin_so(client: Client) -> None:
    assert client.items("/v1/roster?q=usa")[0] == {"id": "state:USA", "code": "USA", "name": "United States"}


def test_a_word_inside_a_name_counts_and_a_part_of_a_word_does_not(client: Client) -> None:
    assert "GBR" in {each["code"] for each in client.items("/v1/roster?q=kingdom&limit=100")}
    assert "GBR" not in {each["code"] for each in client.items("/v1/roster?q=ingdom&limit=100")}


def test_who_isnt_known_is_an_empty_list(client: Client) -> None:
    assert client.items("/v1/roster?q=nobodyatall") == []
    assert client.get("/v1/roster").status_code == 400
