"""Readable pages of the overview, a relation and a party, without JavaScript. Every count is events, reports and outlets, and
every event leads to its page, where its sentences stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from dragoman.http.pages import (
    isolate,
    link_address,
    link_claim,
    link_data,
    make_address,
    make_facts,
    make_link,
    make_section,
    make_table,
    say,
    say_count,
    say_counts,
    say_when,
)
from dragoman.relations.levels import WINDOW_DAYS

_MOST_LINKS = 6
"""Events of a number that are linked one by one."""
_LEAST = 0.05
"""A score under it is told as 0."""
_MOST_ENTRIES = 12
"""Entries of a ledger and the like on a page; its address as a table gives the others."""
Told = Mapping[str, Any]


def show_overview(told: Told) -> str:
    """The last days: the newest events, the relations most told of, what moved, where, and how much was read."""
    moved = [
        f"<li>{link_pair(m['actor'], m['recipient'], f'''{m['actor_name']} to {m['recipient_name']}''')}: net "
        f"{say_net(m['now'])}, {say_net(m['before'])} before {show_links(m['events'])}</li>"
        for m in told["movers"]
    ]
    days = {"since": told["from"], "until": told["to"]}
    places = [
        f"<li>{link_address(make_address('/data', {'place': p['name'], **days}), p['name'])}: {say_counts(p['counts'])}</li>"
        for p in told["places"][:_MOST_ENTRIES]
    ]
    read = [f"<li>{say(c['day'])}: {say_count(c['reports'], 'report')}</li>" for c in told["coverage"]]
    return "".join(
        (
            "<h1>What the reports tell</h1>", f"<p>{isolate(told['sentence'])}</p>",
            make_section("Newest events", [show_event_line(event) for event in told["latest"]]),
            _show_pairs(told["dyads"], since=told["since"]), make_section("What changed", moved), make_section("Where", places),
            make_section("Reports read", read), link_data("/v1/overview"),
        )
    )  # fmt: skip


def show_dyad(told: Told) -> str:
    """A relation: where it stands and by which rule, its periods, when it changed, what passed, who deals with both."""
    a, b, level, balance = told["a"], told["b"], told["level"], told["balance"]
    names = {"a": told["a_name"], "b": told["b_name"]}
    ways = [
        f"<li>{isolate(names['a'])} to {isolate(names['b'])}: {say_counts(balance['a_to_b'])}</li>",
        f"<li>{isolate(names['b'])} to {isolate(names['a'])}: {say_counts(balance['b_to_a'])}</li>",
        f"<li>with one another: {say_counts(balance['both'])}</li>",
    ]
    changes = [
        f"<li>{say(c['period'])}: {isolate(c['words'])} {show_links(c['events'])}</li>" for c in told["changes"] or ()
    ]
    thirds = [
        f"<li>{link_party(t['code'], t['name'])}: net {link_pair(a, t['code'], _say_signed(t['with_a']))} with "
        f"{isolate(names['a'])}, {link_pair(b, t['code'], _say_signed(t['with_b']))} with {isolate(names['b'])} "
        f"{show_links(t['events'])}</li>"
        for t in told["third_parties"]
    ]
    return "".join(
        (
            f"<h1>{link_party(a, names['a'])} and {link_party(b, names['b'])}</h1>",
            f"<p>{isolate(level['word'])}: {isolate(level['why'])}</p>", make_facts([say_counts(told["counts"])]),
            make_section("Which way", ways), _show_periods(told["series"]), make_section("When it changed", changes),
            make_section("Newest events", [show_event_line(event) for event in told["latest"]]), _show_exchanges(told),
            make_section("Who deals with both", thirds), _link_brief(a, b), link_data(f"/v1/dyads/{a}-{b}"),
        )
    )  # fmt: skip


def show_actor(told: Told) -> str:
    """A party: how often it is told of, with whom it deals, and its newest events."""
    rows = [
        [
            link_pair(told["code"], p["code"], p["name"]) if told["code"] else isolate(p["name"]),
            f"{p['coop']:.1f}", f"{p['conf']:.1f}", say_net(p), say_counts(p["counts"]),
        ]
        for p in told["partners"]
    ]  # fmt: skip
    seen = ", ".join(told["seen_as"][:_MOST_ENTRIES])
    return "".join(
        (
            f"<h1>{isolate(told['name'])}</h1>", make_facts([told["code"] or "", say_counts(told["counts"])]),
            f"<p>Seen here as {isolate(seen)}</p>" if seen else "",
            make_section("Newest events", [show_event_line(event) for event in told["latest"]]),
            make_table("Whom it deals with", ("party", "cooperation", "conflict", "net", "counts"), rows),
            _link_brief(told["code"]) if told["code"] else "", link_data(f"/v1/actors/{told['code'] or told['id']}"),
        )
    )  # fmt: skip


def link_party(code: str, name: str) -> str:
    """A link to a party's page."""
    return link_address(f"/actors/{quote(code, safe='')}", name)


def link_pair(a: str, b: str, words: str) -> str:
    """A link to a relation's page."""
    return link_address(f"/dyads/{quote(f'{a}-{b}', safe='')}", words)


def _link_brief(a: str, b: str | None = None) -> str:
    pair = f"?a={quote(a, safe='')}" + (f"&b={quote(b, safe='')}" if b else "")
    return f"<p>{link_address(f'/v1/brief.html{pair}', 'The brief')}: one page in sentences, each cited</p>"


def show_links(ids: Sequence[str]) -> str:
    """Events by number; how many more there are is told."""
    links = " ".join(make_link(f"/events/{name}", str(number)) for number, name in enumerate(ids[:_MOST_LINKS], 1))
    more = f" and {len(ids) - _MOST_LINKS:,} more" if len(ids) > _MOST_LINKS else ""
    word = "event" if len(ids) == 1 else "events"
    return f"<small>{word} {links}{more}</small>" if ids else ""


def show_event_line(event: Told) -> str:
    """An event on a line of a list."""
    facts = f"{event['type']}, {event['status']}, {say_counts(event['counts'])}"
    contested = ", contested" if event["contested"] else ""
    words = make_link(f"/events/{event['id']}", event["words"])
    return f"<li>{say(say_when(event))}: {words} <small>{say(facts)}{contested}</small></li>"


def _show_pairs(pairs: Iterable[Told], *, since: str | None) -> str:
    """Relations; a level is of a year, the net score of all days asked for, and each says so."""
    days = f"since {since}" if since else "all days"
    rows = [
        [
            link_pair(p["actor"], p["recipient"], f"{p['actor_name']} and {p['recipient_name']}"),
            isolate((p["level"] or {}).get("word")), say_net(p), say_counts(p["counts"]),
        ]
        for p in pairs
    ]  # fmt: skip
    return make_table(
        f"Relations most told of, {days}",
        ("relation", f"level: their last {WINDOW_DAYS} days", f"net: {days}", "counts"), rows,
    )  # fmt: skip


def _show_periods(series: Told) -> str:
    """The periods of which anything is told. The others are counted: where nothing was read, nothing can be told."""
    told = [p for p in series["points"] if p["counts"]["events"] or p["beside"]]
    quiet = [p for p in series["points"] if not (p["counts"]["events"] or p["beside"])]
    rows = [
        [
            f"<time>{say(p['period'])}</time>", f"{p['coop']:.1f}", f"{p['conf']:.1f}", say_net(p), say_counts(p["counts"]),
            say_count(p["read"], "report"), show_links(p["events"]),
        ]
        for p in told
    ]  # fmt: skip
    unread = sum(not p["read"] for p in quiet)
    left_out = f"<p>Nothing is told of {say_count(len(quiet), 'other ' + series['unit'])}; of {unread:,} of them nothing was read.</p>"
    return make_table(
        "Through time", ("period", "cooperation", "conflict", "net", "counts", "read", "events"), rows
    ) + (left_out if quiet else "")  # fmt: skip


def _show_exchanges(told: Told) -> str:
    """What passed, was promised and threatened, the newest first, each with a sentence that says so."""
    passed = [_show_entry(e, e["givers"], e["receivers"], e["told"], e["what"]) for e in told["transfers"]]
    promised = [_show_entry(e, e["by"], e["to"], e["fate"], e["topic"]) for e in told["commitments"]["items"]]
    warned = [_show_entry(e, e["by"], e["to"], e["answer"], e["condition"]) for e in told["warnings"]["items"]]
    sections = (
        ("ledger", "What passed from whom to whom", passed, told["ledger"]["transfers"]),
        ("commitments", "Treaties, pledges and offers", promised, told["commitments"]["count"]),
        ("warnings", "Warnings and demands", warned, told["warnings"]["count"]),
    )
    pieces = []
    for name, title, items, count in sections:
        pieces.append(make_section(title, items))
        if count > len(items):
            table = link_address(f"/v1/{name}.csv?a={quote(told['a'], safe='')}&b={quote(told['b'], safe='')}", "CSV")
            pieces.append(f"<p>The newest {len(items)} of {count:,}; all of them as {table}</p>")
    return "".join(pieces)


def _show_entry(entry: Told, by: Sequence[str], to: Sequence[str], fate: str, what: str | None) -> str:
    way = f"{', '.join(by)} → {', '.join(to) or '?'}"
    day = make_link(f"/events/{entry['event_id']}", entry["day"] or "no day")
    figures = "; ".join(f"{text} ({', '.join(who)})" for text, who in find_figures(entry).items())
    told = (entry["kind"], fate, "" if figures else what, "contested" if entry["is_contested"] else "", figures)
    facts = ", ".join(part for part in told if part)
    three = say_counts({"events": 1, "reports": entry["reports"], "outlets": entry["outlets"]})
    quotes = [
        f'<blockquote dir="auto">{isolate(e["quote"])} {link_claim(e["claim_id"])}</blockquote>'
        for e in entry["evidence"][:1]
    ]
    return f"<li>{day}: {isolate(way)}: {isolate(facts)} <small>{say(three)}</small>{''.join(quotes)}</li>"


def find_figures(entry: Told) -> dict[str, list[str]]:
    """Each figure once, with all who give it."""
    found: dict[str, list[str]] = {}
    for size in entry.get("sizes", ()):
        who = size["claimant"] or size["outlet"] or "a report"
        known = found.setdefault(size["text"], [])
        if who not in known:
            known.append(who)
    return found


def say_net(scores: Told) -> str:
    """Cooperation less conflict."""
    return _say_signed(scores["coop"] - scores["conf"])


def _say_signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "\N{MINUS SIGN}") if abs(number) >= _LEAST else "0"
