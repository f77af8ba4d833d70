"""A brief as Markdown: headings, sentences with footnotes, sources at the end."""

from __future__ import annotations

import re

from dragoman.domain import Brief, Evidence
from dragoman.relations.brief_text import METHOD, list_evidence, number_evidence, say_place, say_scope

_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")


def write_markdown(brief: Brief) -> str:
    """The whole brief; footnotes in the manner of GitHub and Pandoc."""
    numbers = number_evidence(brief)
    lines = [f"# {_escape(brief.title)}", "", _escape(say_scope(brief)), ""]
    for section in brief.sections:
        lines += [f"## {_escape(section.title)}", ""]
        for sentence in section.sentences:
            cited = "".join(f"[^{n}]" for n in dict.fromkeys(numbers[e.claim_id] for e in sentence.evidence))
            lines.append(f"- {_escape(sentence.text)}{f' {cited}' if cited else ''}")
        lines.append("")
    lines += ["---", "", _escape(METHOD), ""]
    lines += [f"[^{n}]: {_write_source(evidence)}" for n, evidence in enumerate(list_evidence(brief), 1)]
    return "\n".join(lines) + "\n"


def _write_source(evidence: Evidence) -> str:
    place = _escape(say_place(evidence))
    if evidence.url and re.fullmatch(r"https?://[^\s<>()]+", evidence.url):
        place = f"[{place}](<{evidence.url}>)"
    told = "" if evidence.status == "occurred" else f" ({evidence.status})"
    return f"{place}{told}: “{_escape(evidence.quote)}” (`{evidence.event_id}`, `{evidence.claim_id}`)"


def _escape(words: str) -> str:
    """Words in which no sign means anything to Markdown or HTML."""
    return _MARKS.sub(r"\\\1", words)
