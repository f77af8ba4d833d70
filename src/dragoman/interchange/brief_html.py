"""A brief as one HTML page: no script, nothing fetched, ready to print, light and dark. All texts are escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dragoman.domain import Brief, BriefSentence, Evidence, MonthBar
from dragoman.interchange.brief_text import Citations, is_web, say_frame, say_source

_STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1b; --paper: #fffefb; --quiet: #6a675f; --line: #ddd8cc; --coop: #1f6fb2;
  --conf: #c8600a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9e1; --paper: #191917; --quiet: #a19c90; --line: #3a3832;
  --coop: #6cb2ee; --conf: #f0a050; } }
body { font: 17px/1.55 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--paper); max-width: 46rem;
  margin: 2.5rem auto; padding: 0 1.2rem; }
h1 { font-size: 2rem; line-height: 1.15; margin: 0 0 .3rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .4rem;
  border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
.frame, .note { color: var(--quiet); } .frame { font-size: .9rem; }
ul { padding-left: 1.1rem; margin: 0; } li { margin: .35rem 0; }
sup a { text-decoration: none; color: var(--coop); padding: 0 .1em; font-size: .75em; }
.manner { font: 600 .68rem/1.6 system-ui, sans-serif; letter-spacing: .04em; text-transform: uppercase; border: 1px solid
  currentColor; border-radius: 3px; padding: 0 .35em; margin-right: .45em; color: var(--quiet); }
.manner.planned { border-style: dashed; } .manner.denied { text-decoration: line-through; }
.manner.contested { color: var(--conf); }
ol.sources { font-size: .85rem; padding-left: 1.6rem; } ol.sources q { font-style: italic; } code { font-size: .8em; color: var(--quiet); }
li:target { outline: 2px solid var(--coop); outline-offset: 3px; }
figure { margin: 1.2rem 0; } svg { width: 100%; height: auto; display: block; }
svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
.good { fill: var(--coop); } .bad { fill: var(--conf); } .open { fill: none; stroke-width: 1.2; } .open.good { stroke: var(--coop); }
.open.bad { stroke: var(--conf); } .axis { stroke: var(--ink); stroke-width: 1; } figcaption { font-size: .82rem; color: var(--quiet); }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } h2 { break-after: avoid; } li { break-inside: avoid; } }
""".strip()
_WIDTH, _HEIGHT, _MIDDLE = 720, 190, 95
_CAPTION = "Events a month: cooperation above the line, conflict below; hollow: planned, conditional or denied."


def write_html(brief: Brief) -> str:
    """A brief as a page of its own."""
    citations = Citations()
    body = [f"<h1>{escape(brief.title)}</h1>", f'<p class="frame">{escape(say_frame(brief))}</p>']
    body += _draw_months(brief.months)
    for section in brief.sections:
        body.append(f'<section id="{section.key}"><h2>{escape(section.title)}</h2><ul>')
        body += [_write_sentence(sentence, citations) for sentence in section.sentences]
        body.append("</ul></section>")
    if citations.cited:
        body.append('<section id="sources"><h2>Sources</h2><ol class="sources">')
        body += [_write_source(number, evidence) for number, evidence in enumerate(citations.cited, 1)]
        body.append("</ol></section>")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(brief.title)}</title><style>\n{_STYLE}\n</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _write_sentence(sentence: BriefSentence, citations: Citations) -> str:
    marks = "".join(f'<sup><a href="#s{n}" aria-label="source {n}">{n}</a></sup>' for n in citations.mark(sentence))
    manner = sentence.manner
    mark = (
        f'<span class="manner {manner}">{manner}</span>'
        if manner in ("planned", "conditional", "denied", "contested")
        else ""
    )
    kind = ' class="note"' if manner == "note" else ""
    return f"<li{kind}>{mark}<bdi>{escape(sentence.text)}</bdi>{marks}</li>"


def _write_source(number: int, evidence: Evidence) -> str:
    source = escape(say_source(evidence))
    if is_web(evidence.url):
        source = f'<a href="{escape(str(evidence.url))}" rel="noopener noreferrer">{source}</a>'
    return (
        f'<li id="s{number}">{source}: <q><bdi>{escape(evidence.quote)}</bdi></q> '
        f"<code>{escape(evidence.event_id)} {escape(evidence.claim_id)}</code></li>"
    )


def _draw_months(months: tuple[MonthBar, ...]) -> Iterator[str]:
    """Bars of events a month: cooperation up, conflict down; what isn't told as done is hollow."""
    if len(months) < 2:
        return
    most = max(1, *(max(bar.cooperation, bar.conflict) for bar in months))
    step = (_WIDTH - 40) / len(months)
    width = max(1.0, min(step * 0.8, 18.0))
    yield f'<figure><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{_CAPTION}">'
    for n, bar in enumerate(months):
        x = 34 + n * step
        yield f"<g><title>{_say_bar(bar)}</title>"
        yield from _draw_bar(x, width, most, bar.cooperation - bar.open_cooperation, bar.open_cooperation, up=True)
        yield from _draw_bar(x, width, most, bar.conflict - bar.open_conflict, bar.open_conflict, up=False)
        yield "</g>"
    yield f'<line class="axis" x1="30" x2="{_WIDTH}" y1="{_MIDDLE}" y2="{_MIDDLE}"/>'
    yield f'<text x="0" y="14">+{most}</text><text x="0" y="{_HEIGHT - 18}">−{most}</text>'
    for n in sorted({0, len(months) // 2, len(months) - 1}):
        anchor = "start" if n == 0 else "end" if n == len(months) - 1 else "middle"
        yield f'<text x="{34 + n * step + width / 2:.1f}" y="{_HEIGHT - 2}" text-anchor="{anchor}">{months[n].month}</text>'
    yield f"</svg><figcaption>{_CAPTION}</figcaption></figure>"


def _say_bar(bar: MonthBar) -> str:
    return f"{bar.month}: {bar.cooperation} cooperative, {bar.conflict} of conflict; {bar.reports} reports, {bar.outlets} outlets"


def _draw_bar(x: float, width: float, most: int, done: int, undone: int, *, up: bool) -> Iterator[str]:
    unit = (_MIDDLE - 22) / most
    kind = "good" if up else "bad"
    for count, before, shape in ((done, 0, kind), (undone, done, f"open {kind}")):
        if count:
            height, offset = count * unit, before * unit
            y = _MIDDLE - offset - height if up else _MIDDLE + offset
            yield f'<rect class="{shape}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
