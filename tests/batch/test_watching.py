"""Feeds are followed politely and safely, an item comes once, and state outlives the process. Servers are real, on loopback."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dragoman.archive import open_archive
from dragoman.archive.feeds import Feed, find_feeds, forget_feed
from dragoman.archive.ledger import FILE
from dragoman.archive.lock import hold_lock
from dragoman.batch.alerts import Alert
from dragoman.batch.asking import DAY, Clock, Stopped, find_backoff, find_retry
from dragoman.batch.following import follow
from dragoman.batch.run import Options
from dragoman.batch.watching import Listener, Round, Watching, WatchOptions
from dragoman.errors import ArchiveError, InputError

KENYA = "Kenya signed a treaty on fishing with Uganda on Monday. The lake lies two hours from the old lighthouse."
NORWAY = "Norway imposed sanctions on Finland on Tuesday. Timber and herring were dear in the market that week."
PERU = "Peru sent food aid to Chile on Friday. Lorries with grain and blankets left the harbour at noon."
EMPTY = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Quiet Days</title></channel></rss>'
"""A feed that has nothing to tell yet: quick to read."""


@dataclass
class Reply:
    """What the site answers at one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    is_slow: bool = False


class Site:
    """A site on loopback; what it is asked is written down."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[Any] = []
        self.times: list[float] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.times.append(time.monotonic())
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                site.answer(self, site.replies.get(self.path, Reply(b"nothing here", 404)))

            def do_POST(self) -> None:
                reply = site.replies.get(self.path, Reply(b"", 204))
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if reply.status < 300:
                    site.posted.append(json.loads(body))
                site.answer(self, reply)

            def log_message(self, *_: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        told = {name.lower(): value for name, value in handler.headers.items()}
        tag = reply.headers.get("ETag")
        is_same = bool(tag) and told.get("if-none-match") == tag
        handler.send_response(304 if is_same else reply.status)
        body = b"" if is_same else reply.body
        for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        try:
            for at in range(len(body) if reply.is_slow else 0):
                handler.wfile.write(body[at : at + 1])
                handler.wfile.flush()
                time.sleep(0.1)
            if not reply.is_slow:
                handler.wfile.write(body)
        except OSError:
            return

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def forget(self) -> None:
        """Answer nothing and remember nothing, as when it was opened."""
        self.replies.clear()
        self.asked.clear()
        self.posted.clear()
        self.times.clear()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def opened_site() -> Iterator[Site]:
    opened = Site()
    yield opened
    opened.close()


@pytest.fixture
def site(opened_site: Site) -> Iterator[Site]:
    yield opened_site
    opened_site.forget()


@dataclass
class Ear(Listener):
    """Remembers what it is told."""

    feeds: list[Feed] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    most_rounds: int = 10**6

    def is_stopped(self) -> bool:
        return len(self.rounds) >= self.most_rounds

    def tell_feed(self, feed: Feed) -> None:
        self.feeds.append(feed)

    def tell_round(self, done: Round) -> None:
        self.rounds.append(done)

    def tell_trouble(self, message: str) -> None:
        self.troubles.append(message)

    def alert(self, alert: Alert) -> None:
        self.alerts.append(alert)


def make_feed(*texts: str) -> bytes:
    items = "".join(
        f"<item><title>Report {text[:12]}</title><link>https://harbour.example/{abs(hash(text))}</link>"
        f"<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>{text}</description></item>"
        for text in texts
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Gazette</title>{items}</channel></rss>'.encode()


def watch(archive: Path, *sources: str, ear: Listener | None = None, private: bool = True, **changes: Any) -> Round:
    """One round, as ``--once`` does it, in a process that knows nothing but the archive."""
    follow(archive, sources)
    adding = Options(workers=1, allow_private=private, with_events=True)
    options = WatchOptions(adding, **{"pace": 0.0, "wait": 0.0, "timeout": 2.0, **changes})
    return Watching(archive, options, ear).run(once=True)


@pytest.fixture(scope="module")
def made(opened_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What following a feed with one report for one round leaves."""
    archive = tmp_path_factory.mktemp("watching") / "a"
    opened_site.replies["/feed"] = Reply(make_feed(KENYA))
    done = watch(archive, opened_site.at("/feed"))
    opened_site.forget()
    assert (done.reports, done.events) == (1, 1)
    return archive


@pytest.fixture
def known(made: Path, tmp_path: Path) -> Path:
    """A copy of it: an archive that follows ``/feed``, whose first report it has."""
    return Path(shutil.copytree(made, tmp_path / "a"))


def get_feed(archive: Path) -> Feed:
    (feed,) = find_feeds(archive)
    return feed


def count_reports(archive: Path) -> int:
    with open_archive(archive) as opened:
        return opened.reports().count_rows()


def test_an_item_comes_once_and_a_new_one_comes_too(site: Site, known: Path) -> None:
    site.replies["/feed"] = Reply(make_feed(NORWAY, KENYA))
    before = count_reports(known)

    done = watch(known)

    assert (before, done.reports, count_reports(known)) == (1, 1, 2)


def test_a_page_and_a_json_feed_are_followed_too(site: Site, tmp_path: Path) -> None:
    page = f"<html><body><article><h1>Treaty</h1><p>{KENYA}</p></article></body></html>".encode()
    items = [{"id": "1", "content_text": NORWAY, "date_published": "2024-03-05T10:00:00Z"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Fjord Times", "items": items}
    site.replies["/page"] = Reply(page, headers={"Content-Type": "text/html"})
    site.replies["/feed.json"] = Reply(json.dumps(feed).encode(), headers={"Content-Type": "application/feed+json"})

    done = watch(tmp_path / "a", site.at("/page"), site.at("/feed.json"))

    assert (done.asked, done.failed, done.reports) == (2, 0, 2)


def test_a_list_names_the_feeds(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(make_feed(KENYA))
    outline = f'<outline text="Harbour" xmlUrl="{site.at("/feed")}"/>'
    (tmp_path / "feeds.opml").write_text(f"<opml version='2.0'><body>{outline}</body></opml>")

    done = watch(tmp_path / "a", str(tmp_path / "feeds.opml"))

    assert done.reports == 1
    assert get_feed(tmp_path / "a").title == "Harbour"


def test_what_the_server_knows_as_unchanged_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(EMPTY, headers={"ETag": '"one"', "Last-Modified": "a day"})
    watch(tmp_path / "a", site.at("/feed"))

    done = watch(tmp_path / "a")

    assert (done.asked, done.unchanged, done.failed) == (1, 1, 0)
    assert site.asked[-1][1]["if-none-match"] == '"one"'
    assert site.asked[-1][1]["if-modified-since"] == "a day"
    assert get_feed(tmp_path / "a").state == "ok"


def test_a_server_without_tags_is_known_by_what_it_gives(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(EMPTY)
    watch(tmp_path / "a", site.at("/feed"))
    before = len(list((tmp_path / "a").rglob("*")))

    done = watch(tmp_path / "a")

    assert (done.unchanged, done.reports) == (1, 0)
    assert len(list((tmp_path / "a").rglob("*"))) == before


def test_a_304_that_nobody_asked_for_is_a_failure(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(b"", 304)

    watch(tmp_path / "a", site.at("/feed"))

    assert (get_feed(tmp_path / "a").state, get_feed(tmp_path / "a").reason) == ("failing", "status 304")


def test_it_says_honestly_who_asks(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(EMPTY)

    watch(tmp_path / "a", site.at("/feed"))

    agents = {headers["user-agent"] for _, headers in site.asked}
    assert len(agents) == 1
    assert agents.pop().lower().startswith("dragoman/")


def test_a_server_that_bids_us_wait_is_left_alone_by_later_runs(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(b"", 429, {"Retry-After": "7200"})
    first = watch(tmp_path / "a", site.at("/feed"), every=60.0)
    feed = get_feed(tmp_path / "a")
    second = watch(tmp_path / "a", every=60.0)

    assert (first.failed, second.asked, second.waiting) == (1, 0, 1)
    assert site.paths() == ["/feed"]
    assert (feed.state, feed.failures, feed.reason, feed.last) == ("failing", 1, "status 429", None)
    assert feed.next is not None
    left = datetime.fromisoformat(feed.next) - datetime.now(UTC)
    assert timedelta(seconds=7_100) < left <= timedelta(seconds=7_201)


def test_a_feed_that_answers_again_is_well(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(b"", 503)
    watch(tmp_path / "a", site.at("/feed"), every=0.01)
    site.replies["/feed"] = Reply(EMPTY)
    ear = Ear()
    time.sleep(0.05)

    wait_until_due(tmp_path / "a")
    watch(tmp_path / "a", ear=ear, every=0.01)

    feed = get_feed(tmp_path / "a")
    assert (feed.state, feed.failures, feed.reason) == ("ok", 0, None)
    assert [told.state for told in ear.feeds] == ["ok"]


def wait_until_due(archive: Path) -> None:
    until = get_feed(archive).next
    assert until is not None
    time.sleep(max(0.0, (datetime.fromisoformat(until) - datetime.now(UTC)).total_seconds()))


def test_a_feed_that_is_gone_is_never_asked_again(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(b"", 410)
    watch(tmp_path / "a", site.at("/feed"))

    done = watch(tmp_path / "a")

    assert done.asked == 0
    assert (get_feed(tmp_path / "a").state, get_feed(tmp_path / "a").next) == ("gone", None)


def test_private_addresses_are_refused_without_leave(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(make_feed(KENYA))

    watch(tmp_path / "a", site.at("/feed"), private=False)

    assert site.asked == []
    assert (get_feed(tmp_path / "a").state, get_feed(tmp_path / "a").reason) == ("refused", "private address")


def test_a_redirect_into_a_private_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address is public to all appearances; each hop is vetted as the first, before a byte is sent there."""
    from dragoman.batch.asking import Asker
    from dragoman.pipeline.web import ask_address
    from dragoman.reading.web import Answer

    asked: list[str] = []

    def send(address: str, headers: Any) -> Answer:
        asked.append(address)
        if address.startswith("https://news.example/"):
            is_feed = address.endswith("/feed")
            place = "http://169.254.169.254/latest/meta-data/" if is_feed else ""
            return Answer(address, 302 if is_feed else 404, {}, location=place)
        return ask_address(address, headers)

    with pytest.raises(InputError) as caught:
        Asker(Clock(), 0.0).ask(send, "https://news.example/feed", {})

    assert caught.value.reason == "private address"
    assert asked == [
        "https://news.example/robots.txt",
        "https://news.example/feed",
        "http://169.254.169.254/robots.txt",
    ]


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/feed", "http://0x7f000001/"])
def test_a_redirect_to_no_web_address_is_refused(site: Site, tmp_path: Path, place: str) -> None:
    site.replies["/feed"] = Reply(b"", 302, {"Location": place})

    watch(tmp_path / "a", site.at("/feed"))

    assert get_feed(tmp_path / "a").state == "refused"


def test_a_feed_that_moved_for_good_is_asked_where_it_went(site: Site, tmp_path: Path) -> None:
    site.replies["/old"] = Reply(b"", 301, {"Location": "/new"})
    site.replies["/new"] = Reply(EMPTY)
    watch(tmp_path / "a", site.at("/old"))
    watch(tmp_path / "a")

    assert site.paths() == ["/old", "/new", "/new"]
    assert (get_feed(tmp_path / "a").address, get_feed(tmp_path / "a").moved) == (site.at("/old"), site.at("/new"))


def test_a_feed_that_is_elsewhere_for_now_is_asked_where_it_was(site: Site, tmp_path: Path) -> None:
    site.replies["/old"] = Reply(b"", 302, {"Location": "/new"})
    site.replies["/new"] = Reply(EMPTY)
    watch(tmp_path / "a", site.at("/old"))
    watch(tmp_path / "a")

    assert site.paths() == ["/old", "/new", "/old", "/new"]


def test_redirects_in_a_circle_end(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(b"", 301, {"Location": "/feed"})

    watch(tmp_path / "a", site.at("/feed"))

    assert len(site.paths()) == 6
    assert get_feed(tmp_path / "a").reason == "too many redirects"


def test_a_bomb_is_refused_and_the_others_are_read(site: Site, tmp_path: Path) -> None:
    site.replies["/bomb"] = Reply(gzip.compress(b"a" * 40_000_000), headers={"Content-Encoding": "gzip"})
    site.replies["/feed"] = Reply(make_feed(KENYA))

    done = watch(tmp_path / "a", site.at("/bomb"), site.at("/feed"))

    states = {feed.address: feed.state for feed in find_feeds(tmp_path / "a")}
    assert states == {site.at("/bomb"): "failing", site.at("/feed"): "ok"}
    assert done.reports == 1


def test_a_body_that_never_ends_is_given_up_in_time(site: Site, tmp_path: Path) -> None:
    site.replies["/slow"] = Reply(b"a" * 1_000, is_slow=True)
    start = time.monotonic()

    watch(tmp_path / "a", site.at("/slow"), timeout=0.5)

    assert time.monotonic() - start < 30  # the whole of it would take a hundred seconds
    assert get_feed(tmp_path / "a").reason == "timeout"


def test_a_large_answer_is_refused(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(b"a" * 5_100_000)

    watch(tmp_path / "a", site.at("/feed"))

    assert get_feed(tmp_path / "a").reason == "too large"


def test_a_broken_feed_fails_and_is_told(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><rss><channel></channel></rss>')

    watch(tmp_path / "a", site.at("/feed"))

    assert (get_feed(tmp_path / "a").state, get_feed(tmp_path / "a").reason) == ("failing", "entities in feed")


def test_a_feed_that_has_nothing_to_tell_is_well(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(EMPTY)

    done = watch(tmp_path / "a", site.at("/feed"))

    assert (done.failed, get_feed(tmp_path / "a").state) == (0, "ok")


def test_robots_keep_us_out(site: Site, tmp_path: Path) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /feed\n")
    site.replies["/feed"] = Reply(make_feed(KENYA))

    watch(tmp_path / "a", site.at("/feed"))

    assert site.paths() == []
    assert (get_feed(tmp_path / "a").state, get_feed(tmp_path / "a").reason) == ("refused", "robots.txt")


def test_robots_are_heeded_behind_a_redirect(site: Site, tmp_path: Path) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: dragoman\nDisallow: /closed/\n")
    site.replies["/feed"] = Reply(b"", 302, {"Location": "/closed/feed"})

    watch(tmp_path / "a", site.at("/feed"))

    assert site.paths() == ["/feed"]
    assert get_feed(tmp_path / "a").reason == "robots.txt"


def test_a_site_whose_robots_fail_is_not_asked(site: Site, tmp_path: Path) -> None:
    site.replies["/robots.txt"] = Reply(b"", 503, {"Retry-After": "600"})
    site.replies["/feed"] = Reply(make_feed(KENYA))

    watch(tmp_path / "a", site.at("/feed"), every=60.0)

    assert site.paths() == []
    assert get_feed(tmp_path / "a").reason == "robots.txt: status 503"


def test_robots_are_asked_once_for_a_site(site: Site, tmp_path: Path) -> None:
    site.replies["/one"], site.replies["/two"] = Reply(EMPTY), Reply(EMPTY)

    watch(tmp_path / "a", site.at("/one"), site.at("/two"))

    assert [path for path, _ in site.asked].count("/robots.txt") == 1


def test_a_host_is_asked_no_faster_than_its_pace(site: Site, tmp_path: Path) -> None:
    for path in ("/one", "/two"):
        site.replies[path] = Reply(b"", 404)

    watch(tmp_path / "a", site.at("/one"), site.at("/two"), pace=0.3)

    gaps = [later - sooner for sooner, later in zip(site.times, site.times[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.3


def test_what_could_not_be_added_is_fetched_again(site: Site, tmp_path: Path) -> None:
    """The archive is busy, or the process dies between fetching and adding: the server's tag isn't kept yet."""
    site.replies["/feed"] = Reply(make_feed(KENYA), headers={"ETag": '"one"'})
    follow(tmp_path / "a", [site.at("/feed")])
    with hold_lock(tmp_path / "a", "something else"):
        busy = watch(tmp_path / "a")
    then = watch(tmp_path / "a")

    assert busy.trouble is not None
    assert "is being written" in busy.trouble
    assert (busy.reports, then.reports) == (0, 1)


def test_new_events_that_were_asked_for_are_told_once_with_their_sentence(site: Site, known: Path) -> None:
    site.replies["/feed"] = Reply(make_feed(NORWAY, PERU, KENYA))
    ear = Ear()
    watch(known, ear=ear, alerts=("Norway,Finland", "PER"))
    watch(known, ear=ear, alerts=("Norway,Finland", "PER"))

    assert sorted(alert.why for alert in ear.alerts) == [("Norway,Finland",), ("PER",)]
    sentences = {alert.sentence for alert in ear.alerts}
    assert sentences == {NORWAY.split(". ")[0] + ".", PERU.split(". ")[0] + "."}


def test_a_pair_that_never_met_is_told_but_not_while_all_are_new(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(make_feed(KENYA))
    ear = Ear()
    watch(tmp_path / "a", site.at("/feed"), ear=ear, new_pairs=True)
    first = len(ear.alerts)
    site.replies["/feed"] = Reply(make_feed(NORWAY, KENYA, "Uganda condemned Kenya on Sunday over the detained crew."))
    watch(tmp_path / "a", ear=ear, new_pairs=True)

    assert first == 0
    assert [alert.why for alert in ear.alerts] == [("new pair: FIN,NOR",)]


def test_an_unknown_name_is_refused_before_anything_is_asked(site: Site, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="Atlantis"):
        watch(tmp_path / "a", site.at("/feed"), alerts=("Atlantis,Norway",))

    assert site.asked == []


def test_an_alert_waits_for_its_webhook(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"], site.replies["/hook"] = Reply(make_feed(KENYA)), Reply(b"", 503)
    ear = Ear()
    told = {"alerts": ("Kenya",), "webhook": site.at("/hook"), "ear": ear}
    watch(tmp_path / "a", site.at("/feed"), **told)
    before = list(site.posted)
    del site.replies["/hook"]
    watch(tmp_path / "a", **told)
    watch(tmp_path / "a", **told)

    assert before == []
    assert any("answers 503" in trouble for trouble in ear.troubles)
    (posted,) = site.posted
    assert (posted["kind"], posted["why"], posted["outlet"]) == ("alert", ["Kenya"], "Harbour Gazette")
    assert posted["sentence"] == KENYA.split(". ")[0] + "."


def test_a_webhook_in_a_private_network_is_refused_without_leave(site: Site, known: Path) -> None:
    site.replies["/feed"] = Reply(make_feed(KENYA))
    watch(known, alerts=("Norway",))
    site.replies["/feed"] = Reply(make_feed(NORWAY))
    watch(known)
    ear = Ear()

    watch(known, ear=ear, private=False, alerts=("Norway",), webhook=site.at("/hook"))

    assert site.posted == []
    assert "private network" in ear.troubles[-1]


def test_it_goes_round_until_it_is_stopped(site: Site, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(EMPTY, headers={"ETag": '"one"'})
    follow(tmp_path / "a", [site.at("/feed")])
    ear = Ear(most_rounds=3)
    options = WatchOptions(Options(workers=1, allow_private=True), every=0.3, pace=0.0)

    done = Watching(tmp_path / "a", options, ear).run()

    assert [each.unchanged for each in ear.rounds] == [0, 1, 1]
    assert done.is_stopped


def test_clocks_that_jump_move_nothing(site: Site, tmp_path: Path) -> None:
    """A calendar years ahead leaves a feed waiting for one interval at most; a failing one for a day."""
    site.replies["/feed"] = Reply(EMPTY)
    follow(tmp_path / "a", [site.at("/feed")])
    ahead = Clock(now=lambda: datetime(2099, 1, 1, tzinfo=UTC))
    options = WatchOptions(Options(workers=1, allow_private=True), every=1.0, pace=0.0)
    Watching(tmp_path / "a", options, clock=ahead).run(once=True)
    ear = Ear(most_rounds=1)

    Watching(tmp_path / "a", options, ear).run()

    assert get_feed(tmp_path / "a").next is not None
    assert ear.rounds[0].unchanged == 1


def test_a_forgotten_feed_is_not_asked(site: Site, known: Path) -> None:
    forget_feed(known, site.at("/feed"))

    assert find_feeds(known) == []
    with pytest.raises(InputError, match="no feed is followed"):
        follow(known, [])
    assert (count_reports(known), site.asked) == (1, [])


def test_an_archive_from_before_feeds_had_states_still_lists_them(tmp_path: Path) -> None:
    follow(tmp_path, ["https://example.org/feed"])
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("DROP TABLE feed_states")

    assert [(feed.address, feed.state, feed.failures) for feed in find_feeds(tmp_path)] == [
        ("https://example.org/feed", "new", 0)
    ]


def test_waits_double_up_to_a_day_and_vary_by_chance() -> None:
    assert [find_backoff(count, 60.0, lambda: 0.0) for count in (1, 2, 3)] == [120.0, 240.0, 480.0]
    assert find_backoff(60, 60.0, lambda: 0.0) == DAY
    assert find_backoff(1, 60.0, lambda: 1.0) == 60.0
    assert len({find_backoff(3, 60.0, random.Random(1).random) for _ in range(2)}) == 1


def test_retry_after_is_understood_in_seconds_and_days_of_the_servers_own_clock() -> None:
    now = datetime(2024, 3, 5, tzinfo=UTC)
    days = {"date": "Wed, 01 Jan 2020 00:00:00 GMT", "retry-after": "Wed, 01 Jan 2020 00:10:00 GMT"}

    assert find_retry({"retry-after": "90"}, now) == 90.0
    assert find_retry(days, now) == 600.0
    assert find_retry({"retry-after": "99999999999"}, now) == DAY
    assert find_retry({"retry-after": "soon"}, now) == 0.0
    assert find_retry({"retry-after": "Tue, 05 Mar 2024 00:01:00 GMT"}, now) == 60.0


def test_a_pause_ends_when_told_to() -> None:
    with pytest.raises(Stopped):
        Clock(is_stopped=lambda: True).pause(1_000)
