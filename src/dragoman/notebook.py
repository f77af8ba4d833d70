"""A reading as self-contained HTML for notebooks: claims in plain words, each above its sentence with the runs marked.

Runs differ by the style of their underline and by a written label, never by colour alone. No script, no request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from dragoman.domain import Claim, Reading
from dragoman.interchange.words import cut_sentence, find_marks, find_named_before, say_circumstances, say_claim

MAX_BYTES = 20_000
"""Notebooks keep every view they showed: claims beyond this size are counted, not shown."""
_DARK = "--ink:#e6edf3;--soft:#9aa4af;--line:#3d444d;--act:#fdba74;--who:#93c5fd;--oth:#5eead4"
_STYLE = f"""
.drg{{--ink:#1b1f24;--soft:#59636e;--line:#d1d9e0;--act:#9a3412;--who:#1d4ed8;--oth:#0f766e;
color:var(--ink);font:15px/1.5 system-ui,sans-serif;max-width:46rem}}
@media(prefers-color-scheme:dark){{.drg{{{_DARK}}}}}
[data-jp-theme-light=true] .drg,.vscode-light .drg{{--ink:#1b1f24;--soft:#59636e;--line:#d1d9e0;
--act:#9a3412;--who:#1d4ed8;--oth:#0f766e}}
[data-jp-theme-light=false] .drg,.vscode-dark .drg{{{_DARK}}}
.drg h4{{margin:0;font-size:1.05rem}}.drg p{{margin:.15rem 0}}.drg .m{{color:var(--soft);font-size:.85rem}}
.drg ol{{margin:.5rem 0;padding-left:1.6rem}}
.drg li{{margin:.5rem 0;padding-bottom:.4rem;border-bottom:1px solid var(--line)}}
.drg blockquote{{margin:.3rem 0 0;padding-left:.7rem;border-left:3px solid var(--line);line-height:1.9}}
.drg mark{{background:none;color:inherit;text-decoration:underline 2px;text-underline-offset:.25em}}
.drg mark small{{display:inline-block;text-decoration:none;font-size:.68rem;color:var(--soft);padding-left:.2em}}
.drg .act{{text-decoration-style:double;text-decoration-color:var(--act);font-weight:600}}
.drg .actor{{text-decoration-style:solid;text-decoration-color:var(--who)}}
.drg .recipient{{text-decoration-style:dashed;text-decoration-color:var(--who)}}
.drg .claimant{{text-decoration-style:wavy;text-decoration-color:var(--oth);text-decoration-thickness:1px}}
.drg .size,.drg .date,.drg .place{{text-decoration-style:dotted;text-decoration-color:var(--oth)}}
"""


def to_html(reading: Reading) -> str:
    """A reading as one self-contained piece of HTML, under 20 KB for a report of ordinary length.

    All text is escaped. It follows the page's dark mode.
    """
    report = reading.report
    facts = " · ".join(escape(word) for word in (report.outlet, report.date, report.language) if word)
    counts = f"{len(reading.sentences)} sentences · {len(reading.claims)} claims · {len(reading.rejected)} rejected"
    heading = report.title or next((sentence.text for sentence in reading.sentences), report.id)
    title = f'<h4 dir="auto">{escape(heading)}</h4>'
    facts = f'<p class="m">{facts}</p>' if facts else ""
    head = f'<div class="drg"><style>{_STYLE}</style>{title}{facts}<p class="m">{counts}</p>'
    claims = _fitting((_claim(claim, report.text) for claim in reading.claims), MAX_BYTES - len(head.encode()) - 200)
    more = len(reading.claims) - len(claims)
    rest = f'<p class="m">and {more} more in <code>.claims</code></p>' if more else ""
    return f"{head}<ol>{''.join(claims)}</ol>{rest}</div>"


def _fitting(pieces: Iterable[str], room: int) -> list[str]:
    """The first pieces that fit in ``room`` bytes together."""
    fitting = []
    for piece in pieces:
        room -= len(piece.encode())
        if room < 0:
            break
        fitting.append(piece)
    return fitting


def _claim(claim: Claim, text: str) -> str:
    told = [claim.event_type, claim.mode or "", claim.status, f"confidence {claim.confidence:.2f}"]
    told += [f"{label} {words}" for label, words in say_circumstances(claim)]
    return (
        f"<li><strong>{escape(say_claim(claim))}</strong>"
        f'<p class="m">{escape(" · ".join(word for word in told if word))}</p>'
        f'<blockquote dir="auto">{"".join(_runs(claim, text))}{_before(claim)}</blockquote></li>'
    )


def _before(claim: Claim) -> str:
    named = ", ".join(f"{words} ({label})" for label, words in find_named_before(claim))
    return f'<p class="m">named before: {escape(named)}</p>' if named else ""


def _runs(claim: Claim, text: str) -> Iterator[str]:
    for words, label in cut_sentence(claim.sentence, text, find_marks(claim)):
        if label:
            kind = label.split(", ")[0]
            yield f'<mark class="{kind}">{escape(words)}<small>{escape(label)}</small></mark>'
        else:
            yield escape(words)
