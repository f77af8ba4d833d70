"""The network on the desk: one party's ties first, periods by key, blocs told by more than colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def network(page: Any, base: str) -> Iterator[Any]:
    page.goto(base + "/network?least=1&parties=all")
    page.wait_for_selector("#ego svg.graph .is-centre")
    yield page


def test_one_partys_ties_come_first_and_the_whole_on_demand(network: Any) -> None:
    strongest = network.locator("#ego .is-centre .strong").text_content()
    assert strongest in network.locator("#ego h2").inner_text()
    assert network.locator("#graph").count() == 0

    network.get_by_role("button", name="Draw the whole network").click()
    network.wait_for_selector("#graph svg.graph .node")

    assert "whole=1" in network.url
    assert network.locator("#graph .node").count() >= network.locator("#matrix tbody tr").count()


def test_the_slider_steps_by_key_and_the_address_keeps_the_period(network: Any, base: str) -> None:
    network.goto(base + "/network?least=1&unit=month")
    slider = network.get_by_role("slider", name="Period")
    slider.focus()
    network.keyboard.press("Home")
    network.keyboard.press("ArrowRight")
    network.wait_for_url("**period=*")
    second = network.request.get(base + "/v1/network?least=1&unit=month").json()["periods"][1]

    assert f"period={second['period']}" in network.url
    assert second["period"] in slider.get_attribute("aria-valuetext")
    assert second["period"] in network.locator("#matrix h2").inner_text()


def test_a_party_is_found_as_one_types_its_name(network: Any) -> None:
    field = network.get_by_role("combobox", name="Around")
    field.press_sequentially("rus", delay=10)
    network.wait_for_selector("#network-of-list [role=option]")
    field.press("Enter")

    network.wait_for_url("**of=RUS**")
    assert network.locator("#ego .is-centre .strong").text_content() == "Russia"


def test_a_bloc_is_told_by_letter_shape_and_words(network: Any, base: str) -> None:
    told = network.request.get(base + "/v1/blocs?least=1&parties=all").json()["periods"][-1]
    blocs = network.locator(".blocs > li")

    assert blocs.count() == len(told["blocs"])
    letters = [network.locator(".blocs svg text").nth(n).text_content() for n in range(blocs.count())]
    assert len(set(letters)) == len(letters)
    for bloc, text in zip(told["blocs"], blocs.all_inner_texts(), strict=True):
        assert all(member["name"] in text for member in bloc["members"]) and f"{bloc['stability']:.2f}" in text


def test_a_cell_of_the_matrix_opens_the_relation_in_its_period(network: Any) -> None:
    network.locator("#matrix td a").first.click()
    network.wait_for_selector("#series")

    assert "/dyads/" in network.url and "since=" in network.url
