"""Readable pages of events, places, ties, what a search finds and what is to be reviewed, without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.http.pages import (
    isolate,
    link_address,
    link_claim,
    make_address,
    make_facts,
    make_link,
    make_section,
    make_table,
    mark_sentence,
    say,
    say_count,
    say_counts,
)
from dragoman.http.relation_pages import link_pair, link_party, say_net, show_event_line, show_links

_TIES = 100
_FIELDS = (("q", "Words"), ("since", "From"), ("until", "To"), ("outlet", "Outlet"))
Told = Mapping[str, Any]


def show_events(told: Told) -> str:
    """Events that meet the filters of the address."""
    files = " · ".join(
        link_address(make_address(f"/v1/{table}.csv", told["asked"]), f"{table} as CSV")
        for table in ("events", "claims", "reports")
    )
    items = [show_event_line(event) for event in told["items"]]
    newest = f"The newest {len(items)} are shown." if len(items) < told["counts"]["events"] else ""
    return "".join(
        (
            "<h1>Events</h1>", _show_filters(told["asked"]), make_facts([say_counts(told["counts"])]),
            f"<p>{newest} All of them: {files}</p>", make_section("Newest events", items),
        )
    )  # fmt: skip


def show_map(told: Told) -> str:
    """Where it happened, as a table. What is known of a state alone is said to be known so."""
    rows = [
        [
            link_address(make_address("/data", {**_without_place(told["asked"]), "place": place["name"]}), place["name"]),
            isolate(place["country"]), isolate(_say_precision(place["precision"])), say_counts(place["counts"]),
        ]
        for place in told["items"]
    ]  # fmt: skip
    most = f" The {len(rows):,} with the most events are shown." if len(rows) < told["count"] else ""
    table = make_table("Places of events", ("place", "state", "known as", "counts"), rows)
    files = " · ".join(
        link_address(make_address(f"/v1/places.{form}", told["asked"]), words)
        for form, words in (("csv", "CSV"), ("geojson", "GeoJSON"))
    )
    return (
        f"<h1>Where it happened</h1>{_show_filters(told['asked'])}<p>{say_count(told['count'], 'place')}.{most} "
        f"All of them: {files}</p>{table or '<p>No event that meets the filters names a place.</p>'}"
    )


def show_network(told: Told) -> str:
    """Ties of all days, those of most events first; those of one party first where one is asked for."""
    of = told["of"]
    own = [tie for tie in told["ties"] if of and of["code"] in (tie["actor"], tie["recipient"])]
    others = [tie for tie in told["ties"] if tie not in own]
    title = f"The network of {isolate(of['name'])}" if of else "Who stands with whom"
    tables = (("Its ties", own), ("Ties among those around it", others)) if of else (("Ties", others),)
    parties = [
        f"<li>{link_address(make_address('/network', {'of': node['code']}), node['name'])}: its network</li>"
        for node in sorted(told["nodes"], key=lambda node: (-node["events"], node["code"]))
        if not of or node["code"] != of["code"]
    ]
    asked = {"least": told["least"], **({"of": of["code"]} if of else {})}
    files = " · ".join(
        link_address(make_address(f"/v1/{path}", given), words)
        for path, given, words in (
            ("network.csv", asked, "ties as CSV"), ("network.gexf", asked, "GEXF"), ("blocs.csv", {"least": told["least"]}, "blocs as CSV"),
        )
    )  # fmt: skip
    least = f"{say_count(told['least'], 'event')} {'is' if told['least'] == 1 else 'are'} told"
    none = "" if told["ties"] else f"<p>No two parties have {say_count(told['least'], 'event')} or more.</p>"
    return "".join(
        (
            f"<h1>{title}</h1>", f"<p>{link_party(of['code'], of['name'])}</p>" if of else "",
            f"<p>Two parties have a tie where {least} or more between them, both ways together. {files}</p>",
            *(_show_ties(name, ties) for name, ties in tables), none, make_section("Parties", parties[:_TIES]),
        )
    )  # fmt: skip


def show_search(told: Told, *, is_plain: bool = False) -> str:
    """A form, and what is found: each report with the passage that holds the words, and the claims there."""
    given, found = told["given"], told["found"]
    parties = [f"<li>{link_party(p['code'], p['name'])} {say(p['code'])}</li>" for p in told["parties"]]
    pieces = ["<h1>Search</h1>", _show_form(given, is_plain=is_plain)]
    if told["problem"]:
        pieces.append(f"<p>{isolate(told['problem'])}</p>")
    if found:
        number = found["count"]["reports"]
        few = f"{say_count(number, 'report')} hold{'s' if number == 1 else ''} these words."
        pieces += [
            f"<p>{few if found['is_counted'] else f'More than {number:,} reports hold these words.'} {_link_files(given)}</p>",
            make_section("Reports", [_show_hit(hit) for hit in found["items"]]),
            _link_next(told, is_plain=is_plain),
        ]
    return "".join((*pieces, make_section("Parties", parties)))


def show_review(told: Told) -> str:
    """What reviewing is, and the claims that are to be looked at."""
    items = [
        f"<li>{link_claim(claim['id'], claim['words'])} {mark_sentence(claim['sentence'], claim['spans'])}"
        f"{make_facts([claim['type'], claim['status'], _say_confidence(claim), *_say_report(claim)])}</li>"
        for claim in told["items"]
    ]
    return (
        "<h1>Claims worth a look</h1><p>Here a person says of claims whether they are right, wrong, or how they should be. The "
        "doubtful ones of events that many texts tell come first. Judging them needs JavaScript, or "
        f"{make_link('/docs', 'the API')} (POST /v1/reviews); without it the claims can be read, each with why it is so. What was "
        f"judged: {make_link('/v1/reviews.jsonl', 'as coded reports')}.</p>"
        f"{make_section('To be looked at', items) or '<p>Nothing is left to look at.</p>'}"
    )


def _show_ties(title: str, ties: Sequence[Told]) -> str:
    ranked = sorted(ties, key=lambda tie: (-tie["counts"]["events"], tie["actor"], tie["recipient"]))
    rows = [
        [
            link_pair(tie["actor"], tie["recipient"], f"{tie['actor_name']} and {tie['recipient_name']}"),
            f"{tie['coop']:.1f}", f"{tie['conf']:.1f}", say_net(tie), say_counts(tie["counts"]), show_links(tie["events"]),
        ]
        for tie in ranked[:_TIES]
    ]  # fmt: skip
    more = f"<p>The {_TIES} of most events of {len(ties):,}.</p>" if len(ties) > _TIES else ""
    return make_table(title, ("relation", "cooperation", "conflict", "net", "counts", "events"), rows) + more


def _show_form(given: Mapping[str, str], *, is_plain: bool) -> str:
    fields = " ".join(
        f'<label>{title} <input name="{name}" dir="auto" value="{say(given[name])}"></label>' for name, title in _FIELDS
    )
    kept = '<input type="hidden" name="plain" value="1">' if is_plain else ""
    return (
        f'<form action="/search"><p>{fields} {kept}<button>Search</button></p></form><p class="facts">Words, "a phrase", begin*, '
        "AND, OR, NOT and brackets. A day is written 2024-06-19, a month 2024-06, a year 2024.</p>"
    )


def _show_hit(hit: Told) -> str:
    (snippet,) = hit["snippets"]
    text, at, pieces = snippet["text"], 0, []
    for start, end in snippet["marks"]:
        pieces += [isolate(text[at:start]), f"<mark>{isolate(text[start:end])}</mark>"]
        at = end
    passage = "".join((*pieces, isolate(text[at:])))
    claims = " ".join(link_claim(claim, f"claim {n}") for n, claim in enumerate(snippet["claims"], 1))
    source = f"{isolate(hit['outlet'])} <time>{say(hit['date'] or 'no day')}</time>"
    return (
        f"<li>{make_link(f'''/reports/{hit['report_id']}''', hit['title'] or 'A report without a title')} <small>{source}</small>"
        f'<blockquote dir="auto">{passage}</blockquote>{claims}</li>'
    )


def _link_next(told: Told, *, is_plain: bool) -> str:
    following = told["found"]["next"]
    if following is None:
        return ""
    given = {name: value for name, value in told["given"].items() if value}
    more = {"cursor": following, **({"plain": "1"} if is_plain else {})}
    return f"<p>{link_address(make_address('/search', {**given, **more}), 'The next reports')}</p>"


def _link_files(given: Mapping[str, str]) -> str:
    asked = {name: value for name, value in given.items() if value}
    words = "".join(character if character.isalnum() else " " for character in given["q"]).strip()
    events = link_address(make_address("/data", {"text": words}), "Events whose sentence holds them") if words else ""
    return f"{link_address(make_address('/v1/search.csv', asked), 'All as CSV')} · {events}"


def _show_filters(asked: Told) -> str:
    """The filters that are set, and the way back to all."""
    told = [f"{name} {', '.join(map(str, each)) if isinstance(each, list) else each}" for name, each in asked.items()]
    return make_facts([f"Only: {'; '.join(told)}"]) if told else ""


def _without_place(asked: Told) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name not in ("place", "precision")}


def _say_precision(precision: str | None) -> str:
    return {"point": "town or site", "country": "state only"}.get(precision or "", precision or "not told")


def _say_confidence(claim: Told) -> str:
    return f"confidence {claim['confidence']:.2f}"


def _say_report(claim: Told) -> list[str]:
    return [claim[name] for name in ("outlet", "date", "title") if claim[name]]
