"""The page in the browser: its files, its fallback for every address, and the readable pages in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Client, close_client, open_client

INDEX = (
    '<!doctype html><html><head><title>Dragoman</title><script src="/assets/theme.js"></script></head>'
    '<body class="desk"><div id="desk"></div><noscript><p>Needs JavaScript.</p></noscript></body></html>'
)


@pytest.fixture(scope="module")
def desk(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The examples with a build of a page beside them."""
    web = tmp_path_factory.mktemp("desk") / "_web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text(INDEX)
    (web / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (web / "assets" / "index-B4x9_k2Z.js").write_text("1")
    (web / "assets" / "page-overview.js").write_text("2")
    (web / "assets" / "secret.py").write_text("3")
    (web.parent / "outside.js").write_text("4")
    (web / "assets" / "link.js").symlink_to(web.parent / "outside.js")
    client = open_client(folder, web=web)
    yield client
    close_client(client)


@pytest.mark.parametrize("path", ["/dyads", "/actors", "/sources?since=2024", "/method", "/index.html"])
def test_every_address_of_the_page_gives_the_page(desk: Client, path: str) -> None:
    response = desk.get(path)

    assert (response.status_code, response.text) == (200, INDEX)
    assert response.headers["cache-control"] == "no-cache"


def test_files_whose_names_change_with_their_content_are_kept_for_ever(desk: Client) -> None:
    hashed, plain = desk.get("/assets/index-B4x9_k2Z.js", token=None), desk.get("/assets/page-overview.js", token=None)

    assert "immutable" in hashed.headers["cache-control"] and hashed.headers["content-type"].startswith(
        "text/javascript"
    )
    assert plain.headers["cache-control"] == "no-cache"
    assert desk.get("/favicon.svg", token=None).headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize("path", ["/assets/secret.py", "/assets/link.js", "/assets/none.js", "/none.js", "/v1/none"])
def test_what_is_no_file_of_the_page_isnt_sent(desk: Client, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_a_record_can_be_read_in_the_page_without_javascript(desk: Client) -> None:
    (event,) = desk.items("/v1/events?limit=1")

    page = desk.get(f"/events/{event['id']}", headers={"Accept": "text/html"})

    before, _, rest = page.text.partition("<noscript>")
    assert '<div id="desk">' in rest and "Needs JavaScript" not in page.text
    assert event["id"] in rest.partition("</noscript>")[0] and before.endswith('<body class="desk">')
    assert page.headers["etag"]


def test_a_record_that_isnt_there_is_a_problem_on_its_page_too(desk: Client) -> None:
    assert desk.get("/events/ev_0000000000000000").status_code == 404
    assert desk.get("/claims/xx").status_code == 404


def test_people_are_told_what_is_wrong_on_a_page(desk: Client, client: Client) -> None:
    browser = {"Accept": "text/html,*/*;q=0.8"}

    for asked, path, token, status, words in (
        (desk, "/events/ev_0000000000000000", "write-secret", 404, "no event"),
        (client, "/events/ev_0000000000000000", "write-secret", 404, "no event"),
        (client, "/", None, 401, "open the link"),
        (desk, "/?token=spent", None, 401, "used already"),
    ):
        response = asked.get(path, token=token, headers=browser)
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (status, "text/html")
        assert words in response.text
    assert client.get("/v1/health", token=None, headers=browser).headers["content-type"] == "application/problem+json"


def test_without_a_build_the_page_says_so(folder: Path, tmp_path: Path) -> None:
    bare = open_client(folder, web=tmp_path / "none")
    response, other = bare.get("/"), bare.get("/sources")
    close_client(bare)

    assert response.status_code == 200 and "isn't built into this installation" in response.text.replace("&#x27;", "'")
    assert other.status_code == 404
