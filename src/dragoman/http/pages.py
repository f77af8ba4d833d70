"""Readable pages of an event, claim and report, without JavaScript, and what all readable pages are made of.

All text is escaped and stands isolated in ``<bdi>``. Where the desk is there, these pages are its ``<noscript>``; else they
are the page.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from dragoman.domain import Brief
from dragoman.http.briefs import find_link
from dragoman.http.errors import Problem
from dragoman.http.formats import clean

_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>\s*", re.DOTALL)
"""What the desk tells those without JavaScript: the readable page takes its place."""


_ROLE_NAMES = {"trigger": "act", "magnitude": "size"}
"""What the words of a sentence are to its claim, as people say it; the others are called as they are."""
_SCREENS = (
    ("/", "Overview"), ("/data", "Events"), ("/network", "Network"), ("/map", "Map"), ("/search", "Search"), ("/review", "Review"),
    ("/docs", "The API"),
)  # fmt: skip
_WAYS = f"""<p class="facts">{" · ".join(f'<a href="{path}">{name}</a>' for path, name in _SCREENS)}</p>"""


def write_page(title: str, body: str) -> str:
    """A whole page. ``body`` is HTML of ours, ``title`` is text."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{say(title)}</title><link rel="stylesheet" href="/static/page.css"></head><body><main>{_WAYS}{body}</main></body></html>'
    )


def put_into_desk(index: str, title: str, body: str) -> str:
    """The desk's page with the readable one in it for those without JavaScript."""
    head = '<link rel="stylesheet" href="/static/page.css">'
    told = f"<noscript>{head}<main>{_WAYS}{body}</main></noscript>"
    index = _NOSCRIPT.sub("", index)
    start = index.find("<body")
    end = index.find(">", start) + 1 if start >= 0 else 0
    page = index[:end] + told + index[end:] if end else index + told
    before, opened, rest = page.partition("<title>")
    return f"{before}{opened}{say(title)}</title>{rest.partition('</title>')[2]}" if opened else page


def show_problem(problem: Problem, path: str = "") -> str:
    """What is wrong, for people; at ``path``, an address of ours, shorter spans may be asked for."""
    told = problem.tell()
    spans = [_link_span(path, each) for each in told.get("spans", ())]
    shorter = make_section("Shorter spans", spans) if path else ""
    return f"<h1>{say(str(told['title']).capitalize())}</h1><p>{isolate(told['detail'])}</p>{shorter}"


def _link_span(path: str, span: Mapping[str, Any]) -> str:
    address = f"{path}?since={span['since']}&until={span['until']}&plain=1"
    words = f"{span['since']} to {span['until']}: {say_count(span['events'], 'event')}"
    return f"<li>{link_address(address, words)}</li>"


def wants_page(path: str, accept: str) -> bool:
    """Whether a person asks with a browser, for a page and not for data."""
    return not path.startswith("/v1/") and "text/html" in accept


def show_event(event: Mapping[str, Any]) -> str:
    """An event: what, when, where, on whose word; its figures side by side; its reports with the sentences."""
    facts = [
        event["type"] + (f" / {event['mode']}" if event["mode"] else ""), event["status"],
        say_when(event), f"confidence {event['confidence']:.2f}", say_counts(event["counts"]),
        say_count(event["texts"], "independent text"),
    ]  # fmt: skip
    if event["place"]:
        facts.append(f"{event['place']['name']} ({event['place']['precision']})")
    figures = [
        f"<li>{isolate(f['text'])}, says {isolate(f['claimant'] or 'the report')} {link_claim(f['claim_id'])}</li>"
        for f in event["figures"]
    ]
    history = [
        f"<li>{say(c['day'] or 'no day')}: {say(c['status'])}, says {isolate(c['claimant'] or 'the report')}</li>"
        for c in event["history"]
    ]
    return "".join(
        (
            f"<h1>{isolate(event['words'])}</h1>", make_facts(facts), _moved(event), make_section("Figures", figures),
            make_section("How its status came about", history), "<h2>Reports</h2>", *map(_show_report_of, event["reports"]),
            make_section("Why", [f"<li>{isolate(reason)}</li>" for reason in event["why"]]), link_data(f"/v1/events/{event['id']}"),
        )
    )  # fmt: skip


def show_claim(claim: Mapping[str, Any]) -> str:
    """A claim: its sentence with the evidence marked, and why it is as it is."""
    facts = [claim["type"], claim["status"], claim["day"] or "no day told", f"confidence {claim['confidence']:.2f}"]
    links = [make_link(f"/reports/{claim['report_id']}", "the report")]
    if claim["event_id"]:
        links.append(make_link(f"/events/{claim['event_id']}", "the event"))
    return "".join(
        (
            f"<h1>{isolate(claim['words'])}</h1>", make_facts(facts), mark_sentence(claim["sentence"], claim["spans"]),
            _source(claim), f"<p>{' · '.join(links)}</p>",
            make_section("Why", [f"<li>{isolate(reason)}</li>" for reason in claim["why"]]), link_data(f"/v1/claims/{claim['id']}"),
        )
    )  # fmt: skip


def show_report(report: Mapping[str, Any]) -> str:
    """A report: its claims, each with its sentence, its event and the place in the text; copies, versions; and the text."""
    title = report["title"] or report["text"][:80]
    is_own = report["offsets_of"] == report["id"]
    page = f"/reports/{report['id']}" if is_own else ""
    claims = [_show_claim_of(claim, page) for claim in report["claims"]]
    outlets = {each["outlet"] for each in (report, *report["copies"]) if each["outlet"]}
    events = {claim["event_id"] for claim in report["claims"] if claim["event_id"]}
    told = say_counts({"events": len(events), "reports": 1 + len(report["copies"]), "outlets": len(outlets)})
    copies = [f"<li>{_link_report(each['report_id'], each)}</li>" for each in report["copies"]]
    versions = [f"<li>{_link_report(each['id'], each)}</li>" for each in report["versions"]]
    text = show_text(report["text"], [claim["at"] for claim in report["claims"]] if is_own else ())
    return "".join(
        (
            f"<h1>{isolate(title)}</h1>", _source({**report, "title": None}),
            make_facts([told]),
            make_section(say_count(len(claims), "claim"), claims), make_section("The same text", copies),
            make_section("Other versions", versions), f"<h2>Text</h2><article>{text}</article>",
            link_data(f"/v1/reports/{report['id']}"),
        )
    )  # fmt: skip


def show_text(text: str, sentences: Iterable[Sequence[int]]) -> str:
    """A text by its paragraphs, with marks around sentences to which links lead (``#at-120``).

    Args:
        text: The report's.
        sentences: Half-open ranges of code points in it.
    """
    ranges, paragraphs, at = sorted({(start, end) for start, end in sentences}), [], 0
    for line in text.split("\n"):
        stop, pieces, here = at + len(line), [], at
        for start, end in ranges:
            if max(start, here) >= min(end, stop):
                continue
            left, right = max(start, here), min(end, stop)
            name = f' id="at-{start}"' if left == start else ""
            pieces += [isolate(text[here:left]), f'<mark class="told"{name}>{isolate(text[left:right])}</mark>']
            here = right
        if line.strip():
            paragraphs.append(f"<p>{''.join(pieces)}{isolate(text[here:stop])}</p>")
        at = stop + 1
    return "".join(paragraphs)


def _show_claim_of(claim: Mapping[str, Any], page: str) -> str:
    """A claim of a report; ``page`` is the report's address where its text holds the sentence."""
    links = [make_link(f"/events/{claim['event_id']}", "its event")] if claim["event_id"] else []
    if page:
        links.append(link_address(f"{page}#at-{claim['at'][0]}", "in the text"))
    sentence = mark_sentence(claim["sentence"], claim["spans"])
    return f"<li>{link_claim(claim['id'], claim['words'])} {sentence}<p>{' · '.join(links)}</p></li>"


def _link_report(report_id: str, record: Mapping[str, Any]) -> str:
    words = " · ".join(record[key] for key in ("outlet", "date", "title") if record.get(key))
    return make_link(f"/reports/{report_id}", words or report_id)


def write_brief(brief: Brief, scope: str) -> str:
    """A brief as HTML: each sentence with numbers that lead to the claims that bear it out."""
    numbers: dict[str, int] = {}
    for evidence in (e for section in brief.sections for sentence in section.sentences for e in sentence.evidence):
        numbers.setdefault(evidence.claim_id, len(numbers) + 1)
    sections = []
    for section in brief.sections:
        told = [
            f'<li class="{say(sentence.manner)}">{isolate(sentence.text)} '
            + " ".join(link_claim(e.claim_id, f"[{numbers[e.claim_id]}]") for e in sentence.evidence)
            + "</li>"
            for sentence in section.sentences
        ]
        sections.append(make_section(section.title, told))
    return f'<h1>{isolate(brief.title)}</h1><p class="facts">{isolate(scope)}</p>{"".join(sections)}'


def mark_sentence(sentence: str, spans: Sequence[Mapping[str, Any]]) -> str:
    """A sentence with its spans marked, each with its role written beside it."""
    runs: dict[tuple[int, int], list[str]] = {}
    for span in spans:
        runs.setdefault((span["start"], span["end"]), []).append(span["role"])
    at, pieces = 0, []
    for (start, end), roles in sorted(runs.items()):
        if start < at:
            continue
        label = ", ".join(_ROLE_NAMES.get(role, role) for role in roles)
        pieces += [
            isolate(sentence[at:start]),
            f'<mark class="{say(roles[0])}">{isolate(sentence[start:end])}<small>{say(label)}</small></mark>',
        ]
        at = end
    inside = "".join([*pieces, isolate(sentence[at:])])
    return f'<blockquote dir="auto">{inside}</blockquote>'


def _show_report_of(report: Mapping[str, Any]) -> str:
    sentences = [
        f"{mark_sentence(claim['sentence'], claim['spans'])}<p>{link_claim(claim['id'])}</p>"
        for claim in report["claims"]
    ]
    copy = " (a copy)" if report["copy_of"] else ""
    source = _source({**report, "id": report["report_id"]})
    return f"<section><h3>Text {report['independent']}{copy}</h3>{source}{''.join(sentences)}</section>"


def _source(record: Mapping[str, Any]) -> str:
    """Outlet, day, title and address. Links lead to http and https alone."""
    words = [isolate(word) for word in (record["outlet"], record["date"], record["title"]) if word]
    url = find_link(record["url"])
    if url:
        words.append(f'<a href="{escape(url, quote=True)}" rel="noopener noreferrer nofollow">{isolate(url)}</a>')
    elif record.get("url"):
        words.append(isolate(record["url"]))
    shown = " · ".join(words)
    return f'<p class="source">{shown}</p>'


def make_facts(words: Iterable[str]) -> str:
    """Short facts on a line."""
    shown = " · ".join(isolate(word) for word in words)
    return f'<p class="facts">{shown}</p>'


def _moved(event: Mapping[str, Any]) -> str:
    return f"<p>{say(event['moved_from'])} was merged into this event.</p>" if "moved_from" in event else ""


def make_section(title: str, items: Sequence[str]) -> str:
    """A heading and its list; nothing where there are no items."""
    return f"<h2>{say(title)}</h2><ul>{''.join(items)}</ul>" if items else ""


def make_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A heading and a table of cells that are HTML of ours; nothing where there are no rows."""
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{say(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<h2>{say(title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def link_data(path: str) -> str:
    """Where the same is to be had as JSON."""
    return f"<p>{make_link(path, 'JSON')}</p>"


def make_link(path: str, words: str) -> str:
    """A link to a page of ours."""
    return link_address(quote(path), words)


def link_address(address: str, words: str) -> str:
    """A link to an address of ours, whose parts are quoted."""
    return f'<a href="{escape(address, quote=True)}">{isolate(words)}</a>'


def make_address(path: str, asked: Mapping[str, Any]) -> str:
    """An address with what is asked for; a list of values stands several times."""
    return f"{path}?{urlencode(dict(asked), doseq=True, quote_via=quote)}" if asked else path


def link_claim(claim_id: str, words: str = "claim") -> str:
    """A link to the claim: its sentence with what bears it out."""
    return make_link(f"/claims/{claim_id}", words)


def isolate(text: Any) -> str:
    """Text of others: escaped, and isolated, so that no right-to-left mark in it turns what stands beside it."""
    return f"<bdi>{say(text)}</bdi>" if text else ""


def say(text: Any) -> str:
    """Text as HTML."""
    return escape(clean(str(text)), quote=True)


def say_when(event: Mapping[str, Any]) -> str:
    """When it was, no more exactly than is told: a day, month, year or span; or that only its first report has a day."""
    day, first, last = (event[name] for name in ("day", "earliest", "latest"))
    if day is None:
        return "no day told"
    if event["day_how"] == "report":
        return f"reported {day}"
    if not first or not last or first == last:
        return str(day)
    if first.endswith("-01-01") and last == f"{first[:4]}-12-31":
        return str(first[:4])
    month = dt.date.fromisoformat(first)
    is_month = month.day == 1 and last == f"{first[:8]}{calendar.monthrange(month.year, month.month)[1]}"
    return str(first[:7]) if is_month else f"{first} to {last}"


def say_count(number: int, what: str) -> str:
    """A number with its word: ``1 event``, ``2 events``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def say_counts(counts: Mapping[str, int]) -> str:
    """The three counts."""
    return ", ".join(say_count(counts[name], name.removesuffix("s")) for name in ("events", "reports", "outlets"))
