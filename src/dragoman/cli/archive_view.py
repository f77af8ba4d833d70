"""Claims, reports, hits and the state of an archive in a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from dragoman.cli.view import make_plain, open_console, print_wrapped, show_claim
from dragoman.domain import Claim, Report
from dragoman.interchange.words import say_claim

if TYPE_CHECKING:
    from dragoman.archive import Archive, ArchiveStatus, Hit

_KILO = 1000


def show_one_claim(archive: Archive, claim_id: str, stream: TextIO) -> None:
    """A claim with its sentence, its report, and who published it."""
    claim = archive.get_claim(claim_id)
    report = archive.get_report(claim.report_id)
    console = open_console(stream)
    _show_report_head(console, archive, report)
    show_claim(console, 1, claim, report.text, with_why=False)
    _print_fact(console, "claim", f"{claim.id}; 'dragoman explain {claim.id}' tells why")


def show_one_report(archive: Archive, report_id: str, stream: TextIO) -> None:
    """A report with its claims; of a copy, those of the report it copies."""
    report = archive.get_report(report_id)
    console = open_console(stream)
    _show_report_head(console, archive, report)
    row = next(archive.reports(report=report_id).rows())
    if row["copy_of"]:
        _print_fact(console, "copy of", f"{row['copy_of']}, whose claims these are")
    if row["version_of"]:
        _print_fact(console, "version of", row["version_of"])
    root = row["copy_of"] or report_id
    text = archive.get_report(root).text
    claims = archive.claims(report=root).order("sentence", "trigger_start")
    for number, claim in enumerate(claims, start=1):
        show_claim(console, number, claim, text, with_why=False)
        print_wrapped(console, Text(claim.id, style="dim"), "    ")


def explain_claim(archive: Archive, claim_id: str, stream: TextIO) -> None:
    """The reasons behind a claim, what made it, and how to make it again."""
    claim = archive.get_claim(claim_id)
    report = archive.get_report(claim.report_id)
    console = open_console(stream)
    print_wrapped(console, Text(make_plain(say_claim(claim)), style="bold"))
    for line in claim.why:
        print_wrapped(console, Text(make_plain(line)), "  - ", "    ")
    for name, value in asdict(claim.maker).items():
        _print_fact(console, name, value or "none of your own")
    _print_fact(console, "to make it again", _say_again(claim, report))


def show_hits(hits: Iterable[Hit], stream: TextIO) -> None:
    """Each report that holds the words, with the sentence and the words in it marked."""
    console = open_console(stream)
    is_empty = True
    for hit in hits:
        is_empty = False
        head = " · ".join(part for part in (hit.date, hit.outlet, hit.title) if part)
        print_wrapped(console, Text(make_plain(f"{head} ({hit.report_id})" if head else hit.report_id), style="bold"))
        print_wrapped(console, _light(hit), "    ")
    if is_empty:
        console.print("nothing found")


def show_status(status: ArchiveStatus, stream: TextIO) -> None:
    """Totals with their account, coders, sizes."""
    console = open_console(stream)
    name = f" ({status.name})" if status.name else ""
    print_wrapped(console, Text(f"{status.path}: snapshot {status.snapshot}{name} of {status.created}", style="bold"))
    parts = [f"{count:,} {what}" for what, count in status.totals.items() if what != "read"]
    sums = "=" if status.is_balanced else "is NOT the sum of"
    _print_fact(console, "read", f"{status.totals['read']:,} {sums} {' + '.join(parts)}")
    _print_fact(console, "rows", ", ".join(f"{count:,} {table}" for table, count in status.rows.items()))
    for coder, maker in status.coders.items():
        made = ", ".join(f"{key} {value}" for key, value in maker.items() if value is not None and key != "codings")
        _print_fact(console, f"coder {coder}", f"read {maker['codings']:,} reports: {made}")
    sizes = ", ".join(f"{table} {_say_size(size)}" for table, size in status.bytes.items())
    _print_fact(console, "on disk", f"{_say_size(sum(status.bytes.values()))}: {sizes}")
    _print_fact(console, "snapshots", str(status.snapshots))


def _show_report_head(console: Console, archive: Archive, report: Report) -> None:
    title = report.title or report.text.strip().partition("\n")[0][:200]
    print_wrapped(console, Text(make_plain(title), style="bold"))
    facts = [fact for fact in (report.outlet, report.date, report.url) if fact]
    if facts:
        print_wrapped(console, Text(make_plain(" · ".join(facts)), style="dim"))
    _print_fact(console, "report", report.id)
    others = [each for each in archive.find_carriers(report.id) if each["report_id"] != report.id]
    if others:
        words = [
            " ".join(str(each[key]) for key in ("outlet", "date") if each[key]) or each["report_id"] for each in others
        ]
        _print_fact(console, "also carried by", ", ".join(words))


def _print_fact(console: Console, label: str, words: str) -> None:
    print_wrapped(console, Text(make_plain(words)), f"  {label}: ", "    ")


def _say_again(claim: Claim, report: Report) -> str:
    from dragoman import __version__

    own = ", with the project folder that held your own actors and acts" if claim.maker.overlay else ""
    install = "this version" if claim.maker.version == __version__ else f"pip install dragoman=={claim.maker.version}"
    return f"{install}{own}; dragoman read --jsonl on {report.place or 'its input'} (sentence {claim.sentence.index})"


def _light(hit: Hit) -> Text:
    """The passage, the words looked for as ``[words]``: marks that need no colour."""
    lit, at = Text(), hit.passage_start
    end = hit.passage_start + len(hit.passage)
    for span in hit.spans:
        if at <= span.start and span.end <= end:
            lit.append(make_plain(hit.passage[at - hit.passage_start : span.start - hit.passage_start]))
            words = hit.passage[span.start - hit.passage_start : span.end - hit.passage_start]
            lit.append("[", style="dim").append(make_plain(words), style="bold").append("]", style="dim")
            at = span.end
    return lit.append(make_plain(hit.passage[at - hit.passage_start :]))


def _say_size(size: float) -> str:
    units = ["bytes", "kB", "MB", "GB"]
    while size >= _KILO and len(units) > 1:
        size /= _KILO
        units.pop(0)
    return f"{size:.0f} {units[0]}" if units[0] == "bytes" or size >= 100 else f"{size:.1f} {units[0]}"
