"""JSON Feeds, and lists of feeds."""

import json

import pytest

from dragoman.domain import Report
from dragoman.errors import InputError
from dragoman.reading import FeedAddress, read_input, read_opml

TEXT = "Kenya and Uganda signed a treaty on the river on Monday. The two ministers met in Nairobi."
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Press Releases - Ministry of Example",
    "items": [
        {
            "id": 7,
            "url": "https://example.org/7",
            "title": "Treaty signed",
            "content_html": f"<p>Office of the Spokesperson</p><p>{TEXT}</p>",
            "date_published": "2024-03-04T10:00:00+03:00",
            "authors": [{"name": "Jane Doe"}, {"name": "John Doe"}],
        },
        {"id": "8", "title": "Only a title"},
        {"id": "9", "content_text": TEXT, "author": {"name": "Jane Doe"}},
        "no item",
    ],
}
OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline type="rss" text="Example" title="Example Daily" xmlUrl="https://example.org/feed"/>
<outline type="rss" text="Second" xmlUrl="https://example.org/2?a=1&amp;b=2"/></outline>
<outline type="rss" text="Again" xmlUrl="https://example.org/feed"/><outline text="A folder"/></body></opml>"""


def test_items_of_a_json_feed_are_reports() -> None:
    first, empty, last, wrong = read_input(json.dumps(JSON_FEED).encode(), name="f.json")

    assert isinstance(first, Report) and isinstance(last, Report)
    assert (first.id, first.text, first.title) == ("7", f"Office of the Spokesperson\n{TEXT}", "Treaty signed")
    assert (first.date, first.date_how, first.outlet) == ("2024-03-04", "feed: date_published", "Ministry of Example")
    assert (first.url, first.extra) == ("https://example.org/7", {"author": "Jane Doe, John Doe"})
    assert (last.text, last.extra) == (TEXT, {"author": "Jane Doe"})
    assert [(error.reason, error.place) for error in (empty, wrong) if isinstance(error, InputError)] == [
        ("empty", "f.json:1:item 2"),
        ("no record", "f.json:1:item 4"),
    ]


def test_a_json_feed_without_items_is_told() -> None:
    (told,) = read_input(b'{"version": "https://jsonfeed.org/version/1", "title": "x"}')

    assert isinstance(told, InputError) and told.reason == "broken feed"


def test_a_list_of_feeds_gives_addresses_with_titles() -> None:
    assert read_opml(OPML) == [
        FeedAddress("https://example.org/feed", "Example Daily"),
        FeedAddress("https://example.org/2?a=1&b=2", "Second"),
    ]


def test_a_list_of_feeds_is_no_report_and_says_what_to_do() -> None:
    with pytest.raises(InputError, match="dragoman add"):
        list(read_input(OPML))


BAD_LISTS = {
    "cut": (OPML[:-40], "broken OPML"),
    "entities": (b'<!DOCTYPE o [<!ENTITY a "b">]><opml><outline xmlUrl="&a;"/></opml>', "broken OPML"),
    "an entity from outside": (
        b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml>&a;</opml>',
        "broken OPML",
    ),
    "another root": (b"<rss/>", "no OPML"),
    "nothing": (b"", "broken OPML"),
}


@pytest.mark.parametrize("name", BAD_LISTS)
def test_bad_lists_are_told(name: str) -> None:
    data, reason = BAD_LISTS[name]
    with pytest.raises(InputError) as told:
        read_opml(data, name="in")
    assert (told.value.reason, told.value.place) == (reason, "in")


def test_a_list_nested_a_hundred_thousand_deep_is_read() -> None:
    deep = b"<outline text='a'>" * 100_000 + b"<outline xmlUrl='https://example.org/'/>" + b"</outline>" * 100_000

    assert read_opml(b"<opml>" + deep + b"</opml>") == [FeedAddress("https://example.org/")]
