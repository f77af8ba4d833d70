"""Readable pages of an event, claim and report, without JavaScript. All text is escaped and stands isolated in ``<bdi>``.

Where the desk is there, these pages are its ``<noscript>``; else they are the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from dragoman.domain import Brief
from dragoman.http.briefs import find_link
from dragoman.http.errors import Problem
from dragoman.http.formats import clean

_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>\s*", re.DOTALL)
"""What the desk tells those without JavaScript: the readable page takes its place."""


def write_page(title: str, body: str) -> str:
    """A whole page. ``body`` is HTML of ours, ``title`` is text."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{say(title)}</title><link rel="stylesheet" href="/static/page.css"></head><body><main>{body}</main></body></html>'
    )


def put_into_desk(index: str, title: str, body: str) -> str:
    """The desk's page with the readable one in it for those without JavaScript."""
    head = '<link rel="stylesheet" href="/static/page.css">'
    told = f"<noscript>{head}<main>{body}</main></noscript>"
    index = _NOSCRIPT.sub("", index)
    start = index.find("<body")
    end = index.find(">", start) + 1 if start >= 0 else 0
    page = index[:end] + told + index[end:] if end else index + told
    before, opened, rest = page.partition("<title>")
    return f"{before}{opened}{say(title)}</title>{rest.partition('</title>')[2]}" if opened else page


def show_problem(problem: Problem) -> str:
    """What is wrong, for people."""
    told = problem.tell()
    return f"<h1>{say(str(told['title']).capitalize())}</h1><p>{_bdi(told['detail'])}</p>"


def wants_page(path: str, accept: str) -> bool:
    """Whether a person asks with a browser, for a page and not for data."""
    return not path.startswith("/v1/") and "text/html" in accept


def show_event(event: Mapping[str, Any]) -> str:
    """An event: what, when, where, on whose word; its figures side by side; its reports with the sentences."""
    counts = event["counts"]
    facts = [
        event["type"] + (f" / {event['mode']}" if event["mode"] else ""), event["status"],
        event["day"] or "no day told", f"confidence {event['confidence']:.2f}",
        f"{_count(counts['reports'], 'report')}, {_count(counts['outlets'], 'outlet')}, {_count(event['texts'], 'independent text')}",
    ]  # fmt: skip
    if event["place"]:
        facts.append(f"{event['place']['name']} ({event['place']['precision']})")
    figures = [
        f"<li>{_bdi(f['text'])}, says {_bdi(f['claimant'] or 'the report')} {_claim_link(f['claim_id'])}</li>"
        for f in event["figures"]
    ]
    history = [
        f"<li>{say(c['day'] or 'no day')}: {say(c['status'])}, says {_bdi(c['claimant'] or 'the report')}</li>"
        for c in event["history"]
    ]
    return "".join(
        (
            f"<h1>{_bdi(event['words'])}</h1>", _facts(facts), _moved(event), _section("Figures", figures),
            _section("How its status came about", history), "<h2>Reports</h2>", *map(_show_report_of, event["reports"]),
            _section("Why", [f"<li>{_bdi(reason)}</li>" for reason in event["why"]]), _raw(f"/v1/events/{event['id']}"),
        )
    )  # fmt: skip


def show_claim(claim: Mapping[str, Any]) -> str:
    """A claim: its sentence with the evidence marked, and why it is as it is."""
    facts = [claim["type"], claim["status"], claim["day"] or "no day told", f"confidence {claim['confidence']:.2f}"]
    links = [_link(f"/reports/{claim['report_id']}", "the report")]
    if claim["event_id"]:
        links.append(_link(f"/events/{claim['event_id']}", "the event"))
    return "".join(
        (
            f"<h1>{_bdi(claim['words'])}</h1>", _facts(facts), mark_sentence(claim["sentence"], claim["spans"]),
            _source(claim), f"<p>{' · '.join(links)}</p>",
            _section("Why", [f"<li>{_bdi(reason)}</li>" for reason in claim["why"]]), _raw(f"/v1/claims/{claim['id']}"),
        )
    )  # fmt: skip


def show_report(report: Mapping[str, Any]) -> str:
    """A report: its text, and its claims below."""
    title = report["title"] or report["text"][:80]
    paragraphs = [f"<p>{_bdi(part)}</p>" for part in report["text"].split("\n") if part.strip()]
    claims = [
        f"<li>{_claim_link(claim['id'], claim['words'])} {mark_sentence(claim['sentence'], claim['spans'])}</li>"
        for claim in report["claims"]
    ]
    return "".join(
        (
            f"<h1>{_bdi(title)}</h1>", _source({**report, "title": None}),
            _section(f"{len(claims)} claims", claims), f"<h2>Text</h2><article>{''.join(paragraphs)}</article>",
            _raw(f"/v1/reports/{report['id']}"),
        )
    )  # fmt: skip


def write_brief(brief: Brief, scope: str) -> str:
    """A brief as HTML: each sentence with numbers that lead to the claims that bear it out."""
    numbers: dict[str, int] = {}
    for evidence in (e for section in brief.sections for sentence in section.sentences for e in sentence.evidence):
        numbers.setdefault(evidence.claim_id, len(numbers) + 1)
    sections = []
    for section in brief.sections:
        told = [
            f'<li class="{say(sentence.manner)}">{_bdi(sentence.text)} '
            + " ".join(_claim_link(e.claim_id, f"[{numbers[e.claim_id]}]") for e in sentence.evidence)
            + "</li>"
            for sentence in section.sentences
        ]
        sections.append(_section(section.title, told))
    return f'<h1>{_bdi(brief.title)}</h1><p class="facts">{_bdi(scope)}</p>{"".join(sections)}'


def mark_sentence(sentence: str, spans: Sequence[Mapping[str, Any]]) -> str:
    """A sentence with its spans marked, each with its role written beside it."""
    runs: dict[tuple[int, int], list[str]] = {}
    for span in spans:
        runs.setdefault((span["start"], span["end"]), []).append(span["role"])
    at, pieces = 0, []
    for (start, end), roles in sorted(runs.items()):
        if start < at:
            continue
        label = ", ".join(roles)
        pieces += [
            _bdi(sentence[at:start]),
            f'<mark class="{say(roles[0])}">{_bdi(sentence[start:end])}<small>{say(label)}</small></mark>',
        ]
        at = end
    inside = "".join([*pieces, _bdi(sentence[at:])])
    return f'<blockquote dir="auto">{inside}</blockquote>'


def _show_report_of(report: Mapping[str, Any]) -> str:
    sentences = [
        f"{mark_sentence(claim['sentence'], claim['spans'])}<p>{_claim_link(claim['id'])}</p>"
        for claim in report["claims"]
    ]
    copy = " (a copy)" if report["copy_of"] else ""
    source = _source({**report, "id": report["report_id"]})
    return f"<section><h3>Text {report['independent']}{copy}</h3>{source}{''.join(sentences)}</section>"


def _source(record: Mapping[str, Any]) -> str:
    """Outlet, day, title and address. Links lead to http and https alone."""
    words = [_bdi(word) for word in (record["outlet"], record["date"], record["title"]) if word]
    url = find_link(record["url"])
    if url:
        words.append(f'<a href="{escape(url, quote=True)}" rel="noopener noreferrer nofollow">{_bdi(url)}</a>')
    elif record.get("url"):
        words.append(_bdi(record["url"]))
    shown = " · ".join(words)
    return f'<p class="source">{shown}</p>'


def _facts(words: Iterable[str]) -> str:
    shown = " · ".join(_bdi(word) for word in words)
    return f'<p class="facts">{shown}</p>'


def _moved(event: Mapping[str, Any]) -> str:
    return f"<p>{say(event['moved_from'])} was merged into this event.</p>" if "moved_from" in event else ""


def _section(title: str, items: Sequence[str]) -> str:
    return f"<h2>{say(title)}</h2><ul>{''.join(items)}</ul>" if items else ""


def _raw(path: str) -> str:
    return f"<p>{_link(path, 'JSON')}</p>"


def _link(path: str, words: str) -> str:
    return f'<a href="{escape(quote(path), quote=True)}">{_bdi(words)}</a>'


def _claim_link(claim_id: str, words: str = "claim") -> str:
    return _link(f"/claims/{claim_id}", words)


def _bdi(text: Any) -> str:
    """Text of others: escaped, and isolated, so that no right-to-left mark in it turns what stands beside it."""
    return f"<bdi>{say(text)}</bdi>" if text else ""


def say(text: Any) -> str:
    """Text as HTML."""
    return escape(clean(str(text)), quote=True)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
