"""Readings in a terminal: claims in plain words, each above its sentence with the telling runs marked and named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from dragoman.cli.output import OutputOptions
from dragoman.domain import SPEAKING, Block, Claim, Reading, Rejected
from dragoman.interchange.words import cut_sentence, find_marks, find_named_before, say_circumstances, say_claim

MAX_WIDTH = 100
"""Columns; longer lines are hard to read."""
_INDENT = "    "
_KIND_WIDTH = 12
_STYLES = {
    "act": "bold underline",
    "actor": "bold cyan",
    "recipient": "bold cyan",
    "claimant": "bold magenta",
}
_OTHER_STYLE = "bold"


def show_readings(readings: Iterable[Reading], stream: TextIO, options: OutputOptions) -> None:
    """Print readings one after another as they come."""
    console = open_console(stream)
    for number, reading in enumerate(readings):
        if number:
            console.print()
        if options.only_blocks:
            _show_head(console, reading, (_count(len(reading.blocks), "block"),))
            _show_blocks(console, reading)
            continue
        _show_head(console, reading, (_count(len(reading.claims), "claim"), f"{len(reading.rejected)} rejected"))
        for place, claim in enumerate(reading.claims, start=1):
            show_claim(console, place, claim, reading.report.text, with_why=options.why)
        if options.rejected:
            _show_rejected(console, reading)


def open_console(stream: TextIO) -> Console:
    """A console that shows words as they are, in lines that can be read."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(console.width, MAX_WIDTH)
    return console


def _show_head(console: Console, reading: Reading, counts: tuple[str, ...]) -> None:
    report = reading.report
    title = report.title or next((sentence.text for sentence in reading.sentences), report.id)
    print_wrapped(console, Text(make_plain(title), style="bold"))
    how = f"{report.date} ({report.date_how})" if report.date and report.date_how else report.date
    marks = ["translated"] if report.translated else ["looks machine-translated"] if report.machine_translated else []
    agencies = f"cites {', '.join(report.agencies)}" if report.agencies else None
    facts = [fact for fact in (report.outlet, how, report.language, agencies, *marks) if fact]
    if facts:
        print_wrapped(console, Text(make_plain(" · ".join(facts)), style="dim"))
    print_wrapped(console, Text(", ".join([_count(len(reading.sentences), "sentence"), *counts]), style="dim"))


def show_claim(console: Console, place: int, claim: Claim, text: str, *, with_why: bool) -> None:
    """One claim in plain words above its sentence. ``text`` is its report's."""
    console.print()
    print_wrapped(console, Text(make_plain(say_claim(claim)), style="bold"), f"{place:>2}. ", _INDENT)
    kind = f"{claim.event_type} ({claim.mode})" if claim.mode else claim.event_type
    print_wrapped(console, Text(" · ".join([kind, claim.status, f"confidence {claim.confidence:.2f}"])), _INDENT)
    circumstances = [f"{label} {words}" for label, words in say_circumstances(claim)]
    if circumstances:
        print_wrapped(console, Text(make_plain(" · ".join(circumstances))), _INDENT)
    print_wrapped(console, _evidence(claim, text), _INDENT + "│ ")
    before = [f"[{label}: {words}]" for label, words in find_named_before(claim)]
    if before:
        print_wrapped(console, Text(make_plain(f"named before: {' '.join(before)}"), style="dim"), _INDENT + "│ ")
    if with_why:
        for line in claim.why:
            print_wrapped(console, Text(make_plain(line), style="dim"), f"{_INDENT}why: ", f"{_INDENT}     ")


def _evidence(claim: Claim, text: str) -> Text:
    """The sentence, each telling run as ``[actor: North Korea]``."""
    evidence = Text()
    for words, label in cut_sentence(claim.sentence, text, find_marks(claim)):
        if not label:
            evidence.append(make_plain(words))
            continue
        evidence.append(f"[{label}: ", style="dim")
        evidence.append(make_plain(words), style=_STYLES.get(label.split(", ")[0], _OTHER_STYLE))
        evidence.append("]", style="dim")
    return evidence


def _show_rejected(console: Console, reading: Reading) -> None:
    if not reading.rejected:
        return
    console.print()
    print_wrapped(console, Text("Read and not kept", style="bold"))
    for rejected in reading.rejected:
        print_wrapped(console, Text(make_plain(_say_rejected(rejected, reading.report.text))), "  - ", _INDENT)


def _say_rejected(rejected: Rejected, text: str) -> str:
    quoted = f" “{rejected.span.cut(text)}”" if rejected.span else ""
    detail = f": {rejected.detail}" if rejected.detail else ""
    return f"{rejected.step} · {rejected.reason}{quoted}{detail}"


def _show_blocks(console: Console, reading: Reading) -> None:
    """Speaking blocks as their numbered sentences, others as their text with the rule that named them."""
    console.print()
    for number, block in enumerate(reading.blocks):
        if block.kind not in SPEAKING:
            _show_silent(console, block, reading)
            continue
        kind: str = block.kind
        for sentence in (each for each in reading.sentences if each.paragraph == number):
            style = "bold" if block.kind == "headline" else ""
            lead = f"{kind:<{_KIND_WIDTH}}{sentence.index:>3}  "
            print_wrapped(console, Text(make_plain(sentence.text), style=style), lead, " " * len(lead))
            kind = ""


def _show_silent(console: Console, block: Block, reading: Reading) -> None:
    why = f" ({block.why})" if block.why else ""
    lead = f"{block.kind:<{_KIND_WIDTH}}  –  "
    print_wrapped(
        console, Text(make_plain(block.span.cut(reading.report.text) + why), style="dim"), lead, " " * len(lead)
    )


def print_wrapped(console: Console, text: Text, first: str = "", rest: str | None = None) -> None:
    """Print wrapped lines, ``first`` before the first and ``rest`` before the others, without trailing blanks."""
    for number, line in enumerate(text.wrap(console, console.width - len(first))):
        line.rstrip()
        row = Text().append(first if rest is None or not number else rest, style="dim")
        console.print(row.append_text(line), soft_wrap=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def make_plain(words: str) -> str:
    """One line without control or bidirectional marks: what a report holds must not steer the terminal."""
    return re.sub(r"\s+", " ", "".join(" " if _steers(character) else character for character in words))


def _steers(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")
