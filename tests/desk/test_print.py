"""A screen on paper: no navigation, ids after links, charts and tables whole and within the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from settled import settle

PAPER = {"width": 688, "height": 1000}
"""CSS pixels of the text area of an A4 sheet."""
SHOWN = """() => [...document.querySelectorAll('.masthead nav, .panel-tools, .find, .network-tools, .links, .filters')]
    .filter((each) => each.checkVisibility()).length"""
WIDE = """() => [...document.querySelectorAll('main svg.chart, main table')]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.outerHTML.slice(0, 120))"""
AFTER = "(link) => getComputedStyle(link, '::after').content"
BREAKS = "(each) => getComputedStyle(each).breakInside"


@pytest.fixture
def paper(page: Any) -> Iterator[Any]:
    """A page as it is printed."""
    page.set_viewport_size(PAPER)
    yield page
    page.emulate_media(media="screen")


def lay(paper: Any, address: str) -> None:
    paper.goto(address)
    settle(paper)
    paper.emulate_media(media="print", color_scheme="dark")


@pytest.mark.parametrize("path", ["/", "/dyads/PRK-RUS", "/network?of=PRK&whole=1", "/actors/PRK", "/map"])
def test_paper_has_no_navigation_and_nothing_runs_over_its_edge(paper: Any, base: str, path: str) -> None:
    lay(paper, base + path)

    assert paper.evaluate(SHOWN) == 0
    assert paper.evaluate(WIDE) == []
    assert paper.locator(".printed").inner_text().startswith(base + path)
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_links_tell_their_ids_on_paper_and_charts_stay_whole(paper: Any, base: str) -> None:
    lay(paper, base + "/dyads/PRK-RUS")
    links = paper.locator("main a[href^='/events/ev_']:not(svg a)").all()

    assert len(links) > 5
    for link in links[:20]:
        assert str(link.get_attribute("href")) in link.evaluate(AFTER)
    for each in paper.locator("main svg.chart, main table, main li, main tr").all()[:60]:
        assert each.evaluate(BREAKS) == "avoid"


def test_a_table_keeps_the_words_that_are_buttons_on_the_screen(paper: Any, base: str) -> None:
    paper.goto(base + "/dyads/PRK-RUS")
    settle(paper)
    paper.locator("#series").get_by_role("button", name="as table").click()
    paper.emulate_media(media="print")

    first = paper.locator("#series tbody th").first
    assert first.inner_text().strip() and first.locator("button").is_visible()


def test_a_screen_is_printed_on_a_few_sheets(page: Any, base: str) -> None:
    page.goto(base + "/dyads/PRK-RUS")
    settle(page)
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")

    assert 1 < sheets < 12
