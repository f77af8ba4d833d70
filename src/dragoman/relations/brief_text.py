"""A brief as plain text for a terminal: sentences with numbers, and below them what each number cites."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from dragoman.domain import Brief, Evidence
from dragoman.relations.brief_words import count, say_day, trim

WIDTH = 96
"""Characters a line."""
METHOD = (
    "Sentences are made from events, events from claims, claims from single sentences of reports; a coder made them and "
    "errs. Read the sentence before you cite it."
)


def write_text(brief: Brief, *, width: int = WIDTH) -> str:
    """The whole brief."""
    return "\n".join(_write_lines(brief, width)) + "\n"


def say_scope(brief: Brief) -> str:
    """What the brief is drawn from, in one line."""
    counts = brief.counts
    parts = [count(counts.events, "event"), count(counts.reports, "report"), count(counts.outlets, "outlet")]
    window = f" from {say_day(brief.since)}" if brief.since else ""
    window += f" until {say_day(brief.until)}" if brief.until else ""
    return f"{', '.join(parts)}{window}{f' · {brief.snapshot}' if brief.snapshot else ''}"


def number_evidence(brief: Brief) -> dict[str, int]:
    """Claim id → its number, in the order of first citing."""
    numbers: dict[str, int] = {}
    for section in brief.sections:
        for sentence in section.sentences:
            for evidence in sentence.evidence:
                numbers.setdefault(evidence.claim_id, len(numbers) + 1)
    return numbers


def list_evidence(brief: Brief) -> list[Evidence]:
    """What is cited, by number."""
    held: dict[str, Evidence] = {}
    for section in brief.sections:
        for sentence in section.sentences:
            for evidence in sentence.evidence:
                held.setdefault(evidence.claim_id, evidence)
    return list(held.values())


def say_place(evidence: Evidence) -> str:
    """Outlet and day: ``kcna.kp, 19 July 2024``."""
    return f"{evidence.outlet or 'no outlet'}, {say_day(evidence.date)}"


def _write_lines(brief: Brief, width: int) -> Iterator[str]:
    numbers = number_evidence(brief)
    yield from (brief.title, "=" * len(brief.title), say_scope(brief))
    for section in brief.sections:
        yield from ("", section.title, "-" * len(section.title))
        for sentence in section.sentences:
            cited = "".join(f"[{n}]" for n in dict.fromkeys(numbers[e.claim_id] for e in sentence.evidence))
            yield from textwrap.wrap(
                f"{sentence.text} {cited}".rstrip(), width, initial_indent="- ", subsequent_indent="  "
            )
    if numbers:
        yield from ("", "Sources", "-------")
    for number, evidence in enumerate(list_evidence(brief), 1):
        told = "" if evidence.status == "occurred" else f" ({evidence.status})"
        words = f"{say_place(evidence)}{told}: “{trim(evidence.quote, 240)}”"
        yield from textwrap.wrap(words, width, initial_indent=f"[{number}] ", subsequent_indent="     ")
        yield f"     {evidence.event_id} {evidence.claim_id}{f' {evidence.url}' if evidence.url else ''}"
    yield ""
    yield from textwrap.wrap(METHOD, width)
