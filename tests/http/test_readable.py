"""The overview, a relation, a party and a report, read without JavaScript: whole, counted three ways, and every link leads on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from hostile import HOSTILE, Tags, check_page
from served import Client, close_client, open_client

from dragoman.http.limits import Limits
from dragoman.http.pages import say_when, show_text
from dragoman.http.relation_pages import find_figures

INDEX = (
    '<!doctype html><html><head><title>Dragoman</title></head><body><div id="desk"></div>'
    "<noscript><p>Needs JavaScript.</p></noscript></body></html>"
)
PATHS = ("/", "/dyads/PRK-RUS", "/actors/PRK")
LISTS = ("/data", "/map", "/network", "/review")
FOUND = "/search?q=treaty"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readable") / "_web"
    folder.mkdir()
    (folder / "index.html").write_text(INDEX)
    return folder


@pytest.fixture(scope="module")
def desk(folder: Path, web: Path) -> Iterator[Client]:
    """The examples with a build of a page beside them."""
    client = open_client(folder, web=web)
    yield client
    close_client(client)


def read(client: Client, path: str) -> str:
    """What a browser without JavaScript shows of a page."""
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, (path, response.text[:300])
    _, _, rest = response.text.partition("<noscript>")
    assert '<div id="desk">' in rest and "Needs JavaScript" not in rest
    return rest.partition("</noscript>")[0]


def find_links(page: str) -> list[str]:
    tags = Tags()
    tags.feed(page)
    return [str(attributes["href"]) for tag, attributes in tags.found if tag == "a"]


def say(counts: dict[str, int]) -> str:
    return ", ".join(
        f"{counts[name]:,} {name if counts[name] != 1 else name[:-1]}" for name in ("events", "reports", "outlets")
    )


def test_the_overview_tells_events_relations_and_what_was_read(desk: Client) -> None:
    page, told = read(desk, "/"), desk.get("/v1/overview").json()
    pairs = desk.items("/v1/dyads?directed=false&limit=12")

    links = find_links(page)
    assert told["sentence"] in unescape(page)
    assert {f"/events/{event['id']}" for event in told["latest"]} <= set(links)
    assert {f"/dyads/{pair['actor']}-{pair['recipient']}" for pair in pairs} <= set(links)
    assert all(say(thing["counts"]) in page for thing in (*told["latest"], *pairs))
    assert all(f"{day['day']}: {day['reports']} report" in page for day in told["coverage"])


def test_a_relation_tells_its_level_periods_and_what_passed(desk: Client) -> None:
    page, told = read(desk, "/dyads/PRK-RUS"), desk.get("/v1/dyads/PRK-RUS").json()

    links = set(find_links(page))
    assert told["level"]["word"] in page and say(told["counts"]) in page
    for way in ("a_to_b", "b_to_a", "both"):
        assert say(told["balance"][way]) in page
    for point in told["series"]["points"]:
        if point["counts"]["events"]:
            assert say(point["counts"]) in page and f"/events/{point['events'][0]}" in links
    for entry in (*told["commitments"]["items"], *told["warnings"]["items"]):
        assert f"/claims/{entry['evidence'][0]['claim_id']}" in links
        assert entry["evidence"][0]["quote"] in unescape(page)
    assert {"/actors/PRK", "/actors/RUS"} <= links


def test_a_party_tells_its_events_and_whom_it_deals_with(desk: Client) -> None:
    page, told = read(desk, "/actors/North Korea"), desk.get("/v1/actors/PRK").json()

    links = find_links(page)
    assert say(told["counts"]) in page and told["partners"]
    for partner in told["partners"]:
        assert f"/dyads/PRK-{partner['code']}" in links and say(partner["counts"]) in page
    assert {f"/events/{e['id']}" for e in desk.items("/v1/events?either=PRK&limit=15")} <= set(links)


def test_a_report_leads_from_each_claim_to_its_sentence_in_the_text(desk: Client) -> None:
    report = next(told for told in desk.items("/v1/reports") if desk.get(f"/v1/reports/{told['id']}").json()["claims"])
    told = desk.get(f"/v1/reports/{report['id']}").json()
    page = read(desk, f"/reports/{report['id']}")

    for claim in told["claims"]:
        start = claim["at"][0]
        assert f"/reports/{report['id']}#at-{start}" in find_links(page)
        (marked,) = re.findall(rf'<mark class="told" id="at-{start}"><bdi>(.*?)</bdi></mark>', page)
        assert claim["sentence"].startswith(unescape(marked)) and marked
        assert not claim["event_id"] or f"/events/{claim['event_id']}" in find_links(page)


def test_events_are_told_by_the_filters_of_the_address(desk: Client) -> None:
    page, told = (
        read(desk, "/data?either=PRK&type=AID&type=COOPERATE&x=1"),
        desk.get("/v1/events?either=PRK&type=AID&type=COOPERATE").json(),
    )

    links = find_links(page)
    assert (
        [f"/events/{event['id']}" for event in told["items"]]
        == [link for link in links if link.startswith("/events/")]
        != []
    )
    assert say(told["count"]) in page and "/v1/events.csv?either=PRK&amp;type=AID&amp;type=COOPERATE" in page


def test_a_map_is_a_table_of_places_that_lead_to_their_events(desk: Client) -> None:
    page, told = read(desk, "/map?precision=point"), desk.get("/v1/places?precision=point").json()

    places = told["items"]
    assert f"{told['count']['places']} place" in page and len(places) > 1
    assert all(place["name"] in unescape(page) and say(place["counts"]) in page for place in places)
    first = desk.get("/v1/events", params={"place": places[0]["name"]}).json()["items"]
    assert {f"/events/{event['id']}" for event in first} <= set(
        find_links(read(desk, f"/data?place={quote(places[0]['name'])}"))
    )


@pytest.mark.parametrize("of", ["", "PRK", "North Korea"])
def test_a_network_is_a_table_of_ties(desk: Client, of: str) -> None:
    query = f"of={of}&least=1"
    page, told = (
        read(desk, f"/network?{query}&period=2024"),
        desk.get(f"/v1/network?{query if of else 'least=1'}").json(),
    )

    links = find_links(page)
    assert told["ties"] and ("Its ties" in page) == bool(of)
    for tie in told["ties"]:
        assert f"/dyads/{tie['actor']}-{tie['recipient']}" in links and say(tie["counts"]) in page
        assert f"/events/{tie['events'][0]}" in links


def test_a_search_is_a_form_whose_finds_open_to_their_reports(desk: Client) -> None:
    page, hits = read(desk, FOUND), desk.items(FOUND.replace("/search", "/v1/search"))

    assert '<form action="/search">' in page and '<input name="q" dir="auto" value="treaty">' in page and hits
    assert {f"/reports/{hit['report_id']}" for hit in hits} <= set(find_links(page))
    assert re.search("<mark><bdi>treat", page, re.IGNORECASE)
    assert "<h2>" not in read(desk, "/search")


def test_a_search_goes_on_and_what_cant_be_asked_is_said_beside_the_form(desk: Client) -> None:
    every = [hit["report_id"] for hit in desk.items("/v1/search?q=the OR a OR in&limit=200")]
    wrong = read(desk, '/search?q="half')

    assert "isn't closed" in unescape(wrong) and "<form" in wrong
    assert [link for link in find_links(read(desk, "/search?q=the OR a OR in")) if link.startswith("/reports/")] == [
        f"/reports/{name}" for name in every[:20]
    ]


def test_what_is_to_be_reviewed_is_a_list_of_claims(desk: Client) -> None:
    page, queue = read(desk, "/review"), desk.items("/v1/review/next?limit=50")

    claims = [link for link in find_links(page) if link.startswith("/claims/")]
    assert claims == [f"/claims/{claim['id']}" for claim in queue] and "needs JavaScript" in page


@pytest.mark.parametrize("path", [*PATHS, *LISTS, FOUND])
def test_every_link_of_a_readable_page_leads_somewhere(desk: Client, path: str) -> None:
    links = {link for link in find_links(read(desk, path)) if link.startswith("/")}

    assert len(links) > 5
    for link in links:
        assert desk.get(link, headers={"Accept": "text/html,*/*"}).status_code == 200, link


@pytest.mark.parametrize(
    "path", [*PATHS, *LISTS, "/search", FOUND, "/dyads/PRK-RUS?since=2024&unit=year&period=2024-06&theme=x"]
)
def test_a_page_can_be_had_without_the_desk(desk: Client, path: str) -> None:
    page = desk.get(f"{path}{'&' if '?' in path else '?'}plain=1").text

    check_page(page)
    assert "<h1>" in page and '<div id="desk">' not in page


@pytest.mark.parametrize(
    ("path", "status"), [("/dyads/PRK-PRK", 404), ("/actors/Atlantis", 404), ("/dyads/PRK-RUS?since=soon", 400), ("/?since=2024-99", 400)]
)  # fmt: skip
def test_what_cant_be_shown_is_said_on_the_page(desk: Client, path: str, status: int) -> None:
    response = desk.get(path, headers={"Accept": "text/html"})

    assert response.status_code == status and '<div id="desk">' in response.text
    assert "<h1>" in response.text.partition("<noscript>")[2]


def test_in_a_large_archive_the_readable_page_is_a_link_away(folder: Path, web: Path) -> None:
    large = open_client(folder, web=web, limits=Limits(burst=1e6, tally_from=1))
    try:
        for path in (*PATHS, *LISTS):
            (link,) = (link for link in find_links(read(large, f"{path}?since=2024")) if "plain" in link)
            assert link == f"{path}?since=2024&plain=1"
            check_page(large.get(link).text)
    finally:
        close_client(large)


def test_no_hostile_text_is_more_than_text(hostile: Client) -> None:
    pairs = [
        f"/dyads/{quote(d['actor'] + '-' + d['recipient'])}" for d in hostile.items("/v1/dyads?parties=all&limit=200")
    ]
    actors = [f"/actors/{quote(a['id'], safe='')}" for a in hostile.items("/v1/actors?limit=200")]
    found = [f"/search?q={quote(words, safe='')}&outlet={quote(words, safe='')}" for words in HOSTILE]
    lists = ["/data", "/map", "/network?parties=all&least=1", "/review", "/search?q=Russia", *found]
    paths = ["/?plain=1", "/dyads/PRK-RUS", *pairs, *actors, *lists]

    assert len(paths) > 20
    for path in paths:
        response = hostile.get(path, headers={"Accept": "text/html"})
        assert response.status_code == 200, path
        check_page(response.text)
        outside = re.sub(r"<bdi>.*?</bdi>|<title>.*?</title>|<input [^>]*>", "", response.text, flags=re.DOTALL)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", outside), path


def test_a_figure_is_told_once_with_all_who_give_it() -> None:
    sizes = [
        ("500 soldiers", "Seoul", "A"),
        ("500 soldiers", None, "B"),
        ("some 600", None, None),
        ("500 soldiers", "Seoul", "C"),
    ]
    told = [{"text": text, "claimant": who, "outlet": outlet} for text, who, outlet in sizes]

    assert find_figures({"sizes": told}) == {"500 soldiers": ["Seoul", "B"], "some 600": ["a report"]}


@pytest.mark.parametrize("text", ["One. Two.\nThree.", "\n\nOne.\n", "\U0001f600 one.\ntwo"])
def test_a_text_is_whole_whatever_is_marked_in_it(text: str) -> None:
    for ranges in ([], [(0, len(text))], [(0, 4), (5, 9)], [(0, 4), (2, 6)], [(len(text), len(text) + 9)]):
        page = show_text(text, ranges)
        shown = [unescape(re.sub(r"<[^>]+>", "", part)) for part in page.split("</p>") if part]
        assert shown == [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("how", "earliest", "latest", "words"),
    [
        ("act", "2026-01-01", "2026-12-31", "2026"),
        ("act", "2024-02-01", "2024-02-29", "2024-02"),
        ("act", "2024-02-01", "2024-02-07", "2024-02-01 to 2024-02-07"),
        ("act", "2024-02-01", "2024-02-01", "2024-02-01"),
        ("report", None, None, "reported 2024-02-01"),
    ],
)
def test_a_day_is_told_no_more_exactly_than_its_sentences_do(
    how: str, earliest: str | None, latest: str | None, words: str
) -> None:
    event = {"day": earliest or "2024-02-01", "day_how": how, "earliest": earliest, "latest": latest}

    assert say_when(event) == words
