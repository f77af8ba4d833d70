"""Hostile reports in a real browser: whatever their texts, names, addresses and feeds hold, nothing of it runs or misleads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hostile import HOSTILE, URLS, make_hostile_archive
from launched import launch
from settled import settle

from dragoman.archive.feeds import add_feeds

SCREENS = [
    "/", "/data", "/dyads", "/actors", "/network?parties=all&least=1", "/map", "/search?q=script", "/search?q=alert", "/sources",
    "/review", "/method", "/dyads/PRK-RUS", "/actors/PRK",
]  # fmt: skip
ASKED = [
    "/search?q={}",
    "/data?outlet={}",
    "/map?place={}",
    "/network?of={}",
    "/actors/{}",
    "/dyads/{}-{}",
    "/data?text={}",
    "/{}",
]
WATCH = """() => { window.ran = [];
    for (const name of ['alert', 'confirm', 'prompt']) window[name] = (said) => window.ran.push(String(said)); }"""
FOREIGN = """() => [...document.querySelectorAll('script:not([src]), iframe, object, embed, base, form[action], img, [onerror], [onload],'
    + ' [onmouseover], [onclick], [srcdoc], [srcset]')].map((each) => each.outerHTML.slice(0, 200))"""
LINKS = """() => [...document.querySelectorAll('a[href], area[href], [*|href]')].map((each) =>
    [String(each.getAttribute('href') ?? each.getAttribute('xlink:href') ?? ''), each.rel ?? '', each.target ?? ''])"""


@pytest.fixture(scope="module")
def hostile_link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = make_hostile_archive(tmp_path_factory.mktemp("hostile-desk") / "news")
    feeds = [(f"https://feeds.example/{number}", words.replace("\0", "")) for number, words in enumerate(HOSTILE)]
    add_feeds(folder, [*feeds, *((url, url) for url in URLS)], "2024-06-19T00:00:00+00:00")
    server, link = launch(folder, "--write")
    yield link
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="module")
def hostile_cookie(hostile_link: str) -> tuple[str, str]:
    """Name and value of what the link is good for, once."""
    found = httpx.get(hostile_link, follow_redirects=False).headers["set-cookie"]
    name, _, value = found.partition(";")[0].partition("=")
    return name, value


@pytest.fixture
def watched(browser: Any, hostile_link: str, hostile_cookie: tuple[str, str]) -> Iterator[tuple[Any, str]]:
    """A page that notes what runs, what it asks for elsewhere, and what its policy stops."""
    base = hostile_link.split("/?")[0]
    name, value = hostile_cookie
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": value, "url": base}])
    context.add_init_script(f"({WATCH})()")
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("dialog", lambda dialog: (page.asked.append(f"dialog {dialog.message}"), dialog.dismiss()))
    yield page, base
    context.close()


def check(page: Any, base: str, where: str) -> None:
    assert page.evaluate("window.ran") == [], where
    assert page.evaluate(FOREIGN) == [], where
    for href, rel, target in page.evaluate(LINKS):
        inside = href.startswith(("/", "#", "?", base)) and not href.startswith("//")
        assert inside or (href.startswith(("http://", "https://")) and "noreferrer" in rel), (where, href)
        assert target != "_blank" or "noreferrer" in rel or href.startswith("/"), (where, href)
    assert not [url for url in page.asked if not url.startswith((base, "blob:", "data:image/svg"))], where


def test_no_text_of_a_report_runs_on_any_screen(watched: tuple[Any, str]) -> None:
    page, base = watched
    for path in SCREENS:
        page.goto(base + path)
        settle(page)
        while page.get_by_role("button", name="as table").count():
            page.get_by_role("button", name="as table").first.click()
        settle(page)
        check(page, base, path)


@pytest.mark.parametrize("kind", ["events", "reports", "actors"])
def test_no_record_of_a_hostile_report_runs(watched: tuple[Any, str], kind: str) -> None:
    from urllib.parse import quote

    page, base = watched
    items = page.request.get(f"{base}/v1/{kind}?limit=1000").json()["items"]
    assert len(items) > 10
    for item in items:
        path = f"/{kind}/{quote(str(item.get('id') or item['code']), safe='')}"
        page.goto(base + path)
        settle(page)
        check(page, base, path)


def test_nothing_in_an_address_runs(watched: tuple[Any, str]) -> None:
    """What stands in the address is somebody else's, too: a link may be sent to a reader."""
    from urllib.parse import quote

    page, base = watched
    for number, words in enumerate(HOSTILE[:13]):
        asked = quote(words, safe="")
        path = ASKED[number % len(ASKED)].replace("{}", asked)
        page.goto(base + path)
        settle(page)
        check(page, base, path)


def test_turned_direction_is_kept_in_its_place(watched: tuple[Any, str]) -> None:
    """A right-to-left override in a title is shown by its number, or isolated: it turns nothing beside it."""
    page, base = watched
    page.goto(f"{base}/sources")
    settle(page)
    loose = """() => { const found = []; const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(walk.currentNode.data)
            && !walk.currentNode.parentElement.closest('bdi, [dir=auto], .hidden-character')) found.push(walk.currentNode.data);
        return found; }"""

    assert page.evaluate(loose) == []


def test_a_table_taken_from_the_desk_holds_no_formula(watched: tuple[Any, str]) -> None:
    page, base = watched
    page.goto(f"{base}/search?q=day")
    settle(page)
    with page.expect_download() as coming:
        page.locator("#reports").get_by_role("link", name="CSV").click()
    text = Path(coming.value.path()).read_text(encoding="utf-8-sig")

    assert len(text.splitlines()) > 5
    assert not [
        line for line in text.splitlines() for cell in line.split(",") if cell.lstrip('"').startswith(("=", "+", "@"))
    ]
