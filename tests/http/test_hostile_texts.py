"""Texts of others stay text: in pages, feeds, tables and JSON, whatever they hold."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from hostile import HOSTILE, URLS, check_page
from served import Client

from dragoman.http.briefs import find_link
from dragoman.http.pages import put_into_desk, write_page


@pytest.fixture(scope="module")
def pages(hostile: Client) -> list[str]:
    """The readable page of every event, claim and report."""
    found = []
    for name in ("events", "claims", "reports"):
        for item in hostile.items(f"/v1/{name}?limit=1000"):
            response = hostile.get(f"/{name}/{item['id']}", headers={"Accept": "text/html"})
            assert response.status_code == 200
            found.append(response.text)
    return found


def test_no_page_holds_anything_but_our_own_elements(pages: list[str]) -> None:
    assert len(pages) > 2 * len(HOSTILE)
    for page in pages:
        check_page(page)


def test_what_was_said_is_still_there_to_be_read(pages: list[str]) -> None:
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages)


def test_text_that_runs_the_other_way_is_isolated(pages: list[str]) -> None:
    turned = [page for page in pages if "\u202e" in page]

    assert turned
    for page in turned:
        outside = re.sub(r"<bdi>.*?</bdi>|<title>.*?</title>", "", page, flags=re.DOTALL)
        assert "\u202e" not in outside


@pytest.mark.parametrize("words", [*HOSTILE, "half \ud800 end"])
def test_a_desk_takes_a_readable_page_in_without_harm(words: str) -> None:
    index = (
        '<!doctype html><html><head><title>Dragoman</title></head><body class="x"><div id="app"></div></body></html>'
    )

    page = put_into_desk(index, words, write_page("inner", "<p>text</p>"))

    check_page(page.encode("utf-8", "replace").decode(), frozenset({"div"}))
    assert page.count("</title>") == 2 and '<div id="app">' in page


@pytest.mark.parametrize("url", [*URLS, "HTTPS://x\ny", "https://a b", "http://x<y>", None, ""])
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert find_link(url) is None


def test_addresses_of_the_web_stay_links() -> None:
    assert find_link("https://news.example/a?b=c&d=%20#e") == "https://news.example/a?b=c&d=%20#e"


def test_json_gives_texts_back_as_they_are(hostile: Client) -> None:
    titles = {item["title"] for item in hostile.items("/v1/reports?limit=1000")}

    assert set(HOSTILE[:12]) <= titles
    response = hostile.get("/v1/reports?limit=1000")
    assert response.headers["content-type"] == "application/json"
    json.loads(response.content.decode("utf-8"))


@pytest.mark.parametrize("name", ["events", "claims", "reports", "actors", "places"])
def test_no_cell_of_a_table_is_a_formula(hostile: Client, name: str) -> None:
    text = hostile.get(f"/v1/{name}.csv").text
    rows = list(csv.reader(io.StringIO(text)))

    width = len(rows[0])
    assert len(rows) > 5 and {len(row) for row in rows} == {width}
    for cell in (cell for row in rows[1:] for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell), cell


def test_who_wants_cells_as_they_are_says_so(hostile: Client) -> None:
    assert '\n"=HYPERLINK' in hostile.get("/v1/reports.csv?raw=true").text.replace(",", "\n")
    assert '\n"=HYPERLINK' not in hostile.get("/v1/reports.csv").text.replace(",", "\n")


def test_a_feed_of_such_events_is_whole(hostile: Client) -> None:
    feed = ElementTree.fromstring(hostile.get("/v1/events.atom?limit=1000").content)

    assert {element.tag.rpartition("}")[2] for element in feed.iter()} <= {
        "feed", "id", "title", "updated", "author", "name", "entry", "link", "category", "summary",
    }  # fmt: skip


def test_geojson_holds_nothing_but_properties(hostile: Client) -> None:
    assert hostile.get("/v1/events.geojson?limit=1000").json()["type"] == "FeatureCollection"


SQL = [
    "' OR 1=1 --", "'; DROP TABLE claims; --", "\" OR \"\"=\"", "1 UNION SELECT * FROM every.reports", "%' AND read_text('/etc/passwd')",
    "$1", "?", "{where}", "\\", "day\"; COPY claims TO '/tmp/x'", "(SELECT text FROM reports LIMIT 1)",
]  # fmt: skip


@pytest.mark.parametrize("words", SQL)
@pytest.mark.parametrize("name", ["outlet", "place", "report", "q"])
def test_words_that_look_like_sql_are_words(client: Client, name: str, words: str) -> None:
    path = "/v1/actors" if name == "q" else "/v1/events"

    response = client.get(path, params={name: words})

    assert response.status_code == 200
    assert response.json()["items"] == []


@pytest.mark.parametrize("words", SQL)
@pytest.mark.parametrize(
    "name", ["actor", "dyad", "type", "mode", "sort", "cursor", "since", "min_confidence", "snapshot"]
)
def test_sql_in_a_closed_parameter_is_refused(client: Client, name: str, words: str) -> None:
    assert client.get("/v1/events", params={name: words}).status_code == 400


@pytest.mark.parametrize("words", SQL)
def test_words_of_a_sentence_are_words(client: Client, words: str) -> None:
    response = client.get("/v1/claims", params={"text": words, "limit": 1000})

    wanted = set(re.findall(r"[^\W_]+", words.lower()))
    if not wanted:
        assert response.status_code == 400
    for claim in response.json().get("items", ()):
        assert wanted <= set(re.findall(r"[^\W_]+", claim["sentence"].lower()))


@pytest.mark.parametrize("words", [*SQL, *HOSTILE[:20], '"', "a AND", "(((", "NEAR(a b)", "title:x", "*", "^a"])
def test_no_search_is_a_fault(client: Client, words: str) -> None:
    assert client.get("/v1/search", params={"q": words}).status_code in (200, 400)
