"""A brief as one HTML page that needs nothing else: no script, no fetch; light, dark and on paper; everything escaped."""

from __future__ import annotations

import re
from html import escape

from dragoman.domain import Brief, BriefSection, BriefSentence, Evidence, Manner
from dragoman.relations.brief_text import METHOD, list_evidence, number_evidence, say_place, say_scope
from dragoman.relations.picture import DARK, LIGHT
from dragoman.relations.picture import write_svg as draw_svg
from dragoman.relations.plots import draw_ledger, draw_months

MANNERS: dict[Manner, tuple[str, str]] = {
    "fact": ("●", "told by several outlets"), "said": ("“", "on somebody's word, or one outlet's"),
    "planned": ("○", "planned"), "conditional": ("◌", "conditional"), "denied": ("⊘", "denied"),
    "contested": ("≠", "contested"), "note": ("", "about the record"),
}  # fmt: skip
"""A sign and its meaning for each manner of a sentence."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI","Helvetica Neue",
Arial,sans-serif}
main{max-width:46rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.15rem;margin:2.2rem 0 .5rem;padding-bottom:.25rem;
border-bottom:1px solid var(--grid)}
.scope,.key,footer,.meta{color:var(--soft);font-size:.88rem}
ul{list-style:none;margin:0;padding:0}li{margin:.55rem 0;padding-left:1.6rem;position:relative;overflow-wrap:anywhere}
li .sign{position:absolute;left:0;color:var(--soft);width:1.2rem;text-align:center}
li.note{color:var(--ink)}li.planned,li.conditional{font-style:italic}li.denied .said{text-decoration:line-through
var(--soft) 1px}
sup{line-height:0;font-size:.72em;white-space:nowrap}a{color:var(--cooperation)}
a:focus-visible{outline:2px solid var(--cooperation);outline-offset:2px}
ol{padding-left:2.2rem}ol li{padding-left:.2rem;font-size:.88rem}q{quotes:"“" "”"}mark{background:none;color:inherit;
font-weight:650;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:2px}
figure{margin:1rem 0;overflow-x:auto}figure svg{max-width:100%;height:auto}
ol li:target{outline:2px solid var(--cooperation);outline-offset:3px}
code{font-size:.85em;overflow-wrap:anywhere}
@media screen and (min-width:62rem){figure{margin-inline:-6rem}}
@media print{main{max-width:none;padding:0}body{font-size:10.5pt}li,figure{break-inside:avoid}h2{break-after:avoid}
a{color:inherit;text-decoration:none}}
"""


def write_html(brief: Brief) -> str:
    """The whole page."""
    numbers = number_evidence(brief)
    body = "".join(_write_section(section, brief, numbers) for section in brief.sections)
    sources = "".join(_write_source(evidence, n) for n, evidence in enumerate(list_evidence(brief), 1))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(brief.title)}</title>'
        f"<style>{_write_colours()}{_STYLE}</style></head><body><main>"
        f'<header><h1>{escape(brief.title)}</h1><p class="scope">{escape(say_scope(brief))}</p></header>'
        f"{_draw_months(brief)}{body}"
        f"{_write_sources(sources)}"
        f"<footer><p>{_write_key()}</p><p>{escape(METHOD)}</p></footer></main></body></html>\n"
    )


def _write_sources(sources: str) -> str:
    return f'<section><h2 id="sources">Sources</h2><ol>{sources}</ol></section>' if sources else ""


def _write_colours() -> str:
    light, dark = (";".join(f"--{name}:{value}" for name, value in palette.items()) for palette in (LIGHT, DARK))
    return f":root{{color-scheme:light dark;{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _draw_months(brief: Brief) -> str:
    if len(brief.months) < 2:
        return ""
    return f"<figure>{draw_svg(draw_months(brief.months, 'Events by month'), has_paper=False, key='months')}</figure>"


def _write_section(section: BriefSection, brief: Brief, numbers: dict[str, int]) -> str:
    items = "".join(_write_sentence(sentence, numbers) for sentence in section.sentences)
    figure = ""
    if section.key == "exchanges" and brief.kind == "dyad" and brief.ledger and len(brief.ledger.transfers) > 2:
        picture = draw_ledger(brief.ledger, brief.names)
        figure = f"<figure>{draw_svg(picture, has_paper=False, key='ledger')}</figure>"
    return f'<section><h2 id="{escape(section.key)}">{escape(section.title)}</h2>{figure}<ul>{items}</ul></section>'


def _write_sentence(sentence: BriefSentence, numbers: dict[str, int]) -> str:
    sign, meaning = MANNERS[sentence.manner]
    cited = dict.fromkeys(numbers[evidence.claim_id] for evidence in sentence.evidence)
    links = " ".join(f'<a href="#s{n}">[{n}]</a>' for n in cited)
    mark = f'<span class="sign" title="{escape(meaning)}" aria-label="{escape(meaning)}">{sign}</span>' if sign else ""
    return f'<li class="{sentence.manner}">{mark}{escape(sentence.text)}{f" <sup>{links}</sup>" if links else ""}</li>'


def _write_source(evidence: Evidence, number: int) -> str:
    place = escape(say_place(evidence))
    if evidence.url and re.match(r"https?://", evidence.url):
        place = f'<a href="{escape(evidence.url)}" rel="noreferrer noopener">{place}</a>'
    told = "" if evidence.status == "occurred" else f" ({evidence.status})"
    claimant = f", on the word of {escape(evidence.claimant)}" if evidence.claimant else ""
    return (
        f'<li id="s{number}" value="{number}">{place}{told}{claimant}: <q>{_mark(evidence)}</q> '
        f'<span class="meta"><code>{escape(evidence.event_id)}</code> <code>{escape(evidence.claim_id)}</code></span></li>'
    )


def _mark(evidence: Evidence) -> str:
    """The quoted sentence with the words of the act marked."""
    start = evidence.quote.find(evidence.act) if evidence.act else -1
    if start < 0:
        return escape(evidence.quote)
    end = start + len(evidence.act)
    act = f"<mark>{escape(evidence.act)}</mark>"
    return escape(evidence.quote[:start]) + act + escape(evidence.quote[end:])


def _write_key() -> str:
    return " · ".join(f"{sign} {escape(meaning)}" for sign, meaning in MANNERS.values() if sign)
