"""The map on the desk: moved and enlarged by hand and key, about a state, and honest about what is vague."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from settled import settle


@pytest.fixture
def map_page(page: Any, base: str) -> Iterator[Any]:
    page.goto(base + "/map")
    page.wait_for_selector(".map .land")
    page.wait_for_selector(".map .spot")
    yield page


def find_view(page: Any) -> list[float]:
    page.wait_for_url("**view=*")
    return [float(part) for part in page.url.split("view=")[1].split("&")[0].split(",")]


def test_buttons_and_keys_enlarge_and_move_and_the_address_keeps_it(map_page: Any) -> None:
    map_page.get_by_role("button", name="Enlarge the map").click()
    assert find_view(map_page)[0] == pytest.approx(1.6)
    map_page.locator(".map-sheet").focus()
    map_page.keyboard.press("+")
    map_page.keyboard.press("ArrowRight")
    map_page.wait_for_url("**view=2.56*")
    zoom, east, _ = find_view(map_page)

    assert (zoom, east > 0) == (pytest.approx(2.56), True)
    map_page.keyboard.press("0")
    map_page.wait_for_url(lambda url: "view=" not in url)


def test_the_wheel_enlarges_where_the_pointer_is_once_the_map_was_clicked(map_page: Any) -> None:
    box = map_page.locator(".map-sheet").bounding_box()
    map_page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.3)
    map_page.mouse.wheel(0, -400)
    map_page.wait_for_timeout(300)
    assert "view=" not in map_page.url

    map_page.locator(".map-sheet").focus()
    box = map_page.locator(".map-sheet").bounding_box()
    map_page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.3)
    map_page.mouse.wheel(0, -400)
    zoom, east, north = find_view(map_page)

    assert zoom > 1.5 and east > 20 and north > 5


def test_a_drag_moves_the_map_and_opens_nothing(page: Any, base: str) -> None:
    page.goto(base + "/map?view=4,120,38")
    page.wait_for_selector(".map .land")
    box = page.locator(".map-sheet").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 150, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    page.wait_for_url(lambda url: "view=4,120,38" not in url)

    assert "/map?view=4," in page.url and find_view(page)[1] > 120


@pytest.mark.parametrize(("way", "parameter"), [("acts of", "actor"), ("acts on", "recipient"), ("acts in", "place")])
def test_a_map_of_a_state_is_of_on_or_in_it(map_page: Any, base: str, way: str, parameter: str) -> None:
    map_page.get_by_role("button", name=way, exact=True).click()
    field = map_page.get_by_role("combobox", name="A state or party")
    field.press_sequentially("PRK")
    map_page.wait_for_selector("#map-of-list [role=option]")
    field.press("Enter")
    map_page.wait_for_url(f"**{parameter}=PRK**")
    settle(map_page)

    told = map_page.request.get(f"{base}/v1/places?{parameter}=PRK&limit=1").json()["count"]
    assert f"{told['places']} place" in map_page.locator("#map").inner_text()
    every = map_page.request.get(f"{base}/v1/events?{parameter}=PRK&limit=1").json()["count"]["events"]
    assert f"no place: {every - told['events']:,} event" in map_page.locator("#map").inner_text()


def test_where_only_the_state_is_known_the_state_is_hatched_and_no_dot_stands_in_it(map_page: Any, base: str) -> None:
    items = map_page.request.get(base + "/v1/places?limit=1000").json()["items"]
    vague = [item["name"] for item in items if item["precision"] == "country"]
    labels = [
        map_page.locator("a:has(.vague)").nth(n).get_attribute("aria-label")
        for n in range(map_page.locator("a:has(.vague)").count())
    ]

    assert vague and labels and all("known only as the state" in (label or "") for label in labels)
    dots = map_page.locator("a:has(circle.spot)").evaluate_all(
        "links => links.map(link => link.getAttribute('aria-label'))"
    )
    drawn = {label.split(" (")[0].split(",")[0] for label in labels if label}
    assert drawn <= set(vague) and not any(dot.split(",")[0] in drawn and "only as the state" in dot for dot in dots)


def test_who_drew_the_boundaries_is_named(map_page: Any) -> None:
    told = map_page.locator("#map").inner_text()

    assert "Natural Earth" in told and "United Nations" in told and "takes no side" in told
