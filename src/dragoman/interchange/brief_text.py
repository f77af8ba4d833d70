"""A brief as plain text and as Markdown: sentences with numbered citations, each of which opens to its sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from dragoman.domain import Brief, BriefSentence, Evidence, Manner

MANNERS: Mapping[Manner, str] = {
    "fact": "", "said": "", "planned": "planned", "conditional": "conditional", "denied": "denied", "contested": "contested",
    "note": "",
}  # fmt: skip
"""Marks put before sentences whose act isn't told as done."""
_WIDTH = 96


class Citations:
    """Numbers for what is cited, in the order of first use."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.cited: list[Evidence] = []

    def number(self, evidence: Evidence) -> int:
        """The number of a claim's sentence, a new one where it wasn't cited before."""
        if evidence.claim_id not in self.numbers:
            self.cited.append(evidence)
            self.numbers[evidence.claim_id] = len(self.cited)
        return self.numbers[evidence.claim_id]

    def mark(self, sentence: BriefSentence) -> list[int]:
        return sorted({self.number(evidence) for evidence in sentence.evidence})


def write_text(brief: Brief, *, width: int = _WIDTH) -> str:
    """A brief for a terminal."""
    citations = Citations()
    lines = [brief.title.upper(), *_wrap(say_frame(brief), width), ""]
    for section in brief.sections:
        lines.append(section.title)
        for sentence in section.sentences:
            marks = "".join(f"[{n}]" for n in citations.mark(sentence))
            lines += _wrap(f"{_mark(sentence)}{sentence.text} {marks}".rstrip(), width, first="  · ", rest="    ")
        lines.append("")
    if citations.cited:
        lines.append("Sources")
    for number, evidence in enumerate(citations.cited, 1):
        head = f"  [{number}] "
        words = f"{say_source(evidence)} {evidence.event_id} {evidence.claim_id}: “{evidence.quote}”"
        lines += _wrap(words, width, first=head, rest=" " * len(head))
    return "\n".join(lines).rstrip() + "\n"


def write_markdown(brief: Brief, *, quote_words: int | None = None) -> str:
    """A brief as Markdown with footnotes.

    Args:
        brief: The brief.
        quote_words: At most so many words of a report are quoted in a footnote; ``None`` for whole sentences.
    """
    citations = Citations()
    lines = [f"# {escape(brief.title)}", "", escape(say_frame(brief)), ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        for sentence in section.sentences:
            marks = "".join(f"[^{n}]" for n in citations.mark(sentence))
            lines.append(f"* {_mark(sentence)}{escape(sentence.text)}{marks}")
        lines.append("")
    for number, evidence in enumerate(citations.cited, 1):
        source = (
            f"[{escape(say_source(evidence))}]({evidence.url})"
            if is_web(evidence.url)
            else escape(say_source(evidence))
        )
        quote = escape(cut(evidence.quote, quote_words))
        lines.append(f"[^{number}]: {source}, `{evidence.event_id}`, `{evidence.claim_id}`: “{quote}”")
    return "\n".join(lines).rstrip() + "\n"


def say_frame(brief: Brief) -> str:
    """What the brief is of: kind, window, counts, archive."""
    counts = brief.counts
    window = f"{brief.since or 'the beginning'} to {brief.until or 'now'}" if brief.since or brief.until else "all days"
    parts = [
        f"A brief on {'a relation' if brief.kind == 'dyad' else 'an actor' if brief.kind == 'actor' else 'a bloc'}",
        window,
        f"{counts.events:,} events, {counts.reports:,} reports, {counts.outlets:,} outlets",
    ]
    words = "; ".join(parts) + "."
    words += f" Drawn from {brief.snapshot}." if brief.snapshot else ""
    return words + " Every sentence is made from events; numbers lead to the sentences of reports that bear it out."


def say_source(evidence: Evidence) -> str:
    """Outlet, day, and on whose word."""
    words = f"{evidence.outlet or 'outlet not told'}, {evidence.date or 'day not told'}"
    return f"{words}, in the words of {evidence.claimant}" if evidence.claimant else words


def is_web(url: str | None) -> bool:
    """Whether an address may be made a link: http and https alone."""
    return bool(url) and str(url).startswith(("http://", "https://")) and not any(c in str(url) for c in "()<> \"'\n")


def cut(words: str, most: int | None) -> str:
    """At most so many words."""
    parts = words.split()
    return words if most is None or len(parts) <= most else " ".join(parts[:most]) + " …"


def escape(words: str) -> str:
    """Text in which Markdown sees no marks and no tags."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in " ".join(words.split()))


def _mark(sentence: BriefSentence) -> str:
    mark = MANNERS[sentence.manner]
    return f"({mark}) " if mark else ""


def _wrap(words: str, width: int, *, first: str = "", rest: str = "") -> Iterator[str]:
    yield from textwrap.wrap(words, width, initial_indent=first, subsequent_indent=rest, break_long_words=False)
