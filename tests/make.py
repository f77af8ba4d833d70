"""Builders of real domain objects for tests: sensible defaults, spans found in the text by their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from dragoman.archive.copies import make_fingerprint
from dragoman.archive.rows import (
    hash_text,
    make_claim_rows,
    make_coding_row,
    make_rejected_row,
    make_report_row,
    name_report,
)
from dragoman.archive.writer import Work, Writer, open_writer
from dragoman.domain import (
    Block,
    Claim,
    Entity,
    Magnitude,
    Maker,
    Party,
    PlaceMention,
    Reading,
    Rejected,
    Report,
    Sentence,
    Span,
    Token,
)

TEXT = "Envoys gather\n\nKCNA said North Korea sent 500 tons of rice to Russia on Monday. No one else took part.\n"
"""A report in two sentences under a headline."""
MAKER = Maker(version="0.1.0", model="0123456789abcdef", roster="r1", codebook="c1")


def make_span(text: str, words: str) -> Span:
    """The span of the first place where ``words`` stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_report(text: str = TEXT, **changes: Any) -> Report:
    return replace(
        Report(
            id="r-1", text=text, title="Envoys gather", date="2024-10-22", outlet="The Strait Courier", language="en"
        ),
        **changes,
    )


def make_plain_sentence(text: str, words: str, index: int = 0, paragraph: int = 1) -> Sentence:
    """A sentence of ``text`` by its words, without analysis."""
    return Sentence(index, make_span(text, words), words, "body", paragraph=paragraph)


def make_sentence(rows: str, *, start: int = 0, index: int = 0, entities: tuple[Entity, ...] = ()) -> Sentence:
    """An analysed sentence from rows in the manner of CoNLL-U: ``word UPOS head relation [feats]``, one a line.

    Heads count from 1, 0 is the root, as in CoNLL-U. Words stand one space apart; ``start`` is where the text begins.
    """
    cells = [row.split() for row in rows.strip().splitlines()]
    tokens, at = [], start
    for word, upos, head, relation, *feats in cells:
        lemma = word if upos == "PROPN" else word.lower()
        tokens.append(Token(word, at, at + len(word), lemma, upos, "|".join(feats) or "_", int(head) - 1, relation))
        at += len(word) + 1
    text = " ".join(cell[0] for cell in cells)
    return Sentence(index, Span(start, start + len(text)), text, "body", tuple(tokens), entities, paragraph=1)


def make_party(text: str, words: str, code: str, name: str | None = None, **changes: Any) -> Party:
    span = make_span(text, words)
    party = Party(words, span.start, span.end, f"state:{code}", name or words, code, country=code, sector="GOV")
    return replace(party, **changes)


def make_claim(text: str = TEXT, **changes: Any) -> Claim:
    """North Korea sent rice to Russia, on KCNA's word."""
    rice = make_span(text, "500 tons of rice")
    claim = Claim(
        id="c-1",
        sentence=make_plain_sentence(
            text, "KCNA said North Korea sent 500 tons of rice to Russia on Monday.", index=1, paragraph=1
        ),
        trigger=make_span(text, "sent"),
        event_type="AID",
        mode=None,
        context=("humanitarian",),
        quad="material cooperation",
        intensity=6.4,
        actors=(make_party(text, "North Korea", "PRK"),),
        recipients=(make_party(text, "Russia", "RUS"),),
        mutual=False,
        status="occurred",
        claimant=make_party(text, "KCNA", "PRK-MED", id="org:kcna", country="PRK", sector="JRN"),
        magnitudes=(Magnitude("500 tons of rice", rice.start, rice.end, 500.0, 500.0, 500.0, "tons of rice", "items"),),
        date="2024-10-21",
        date_span=make_span(text, "on Monday"),
        place=None,
        confidence=0.83,
        why=("type: 'sent' + goods", "actor: subject"),
        maker=MAKER,
    )
    return replace(claim, **changes)


def make_place(text: str, words: str, country: str | None = None, **changes: Any) -> PlaceMention:
    return replace(PlaceMention(make_span(text, words), words, country), **changes)


def make_reading(text: str = TEXT, claims: tuple[Claim, ...] | None = None, **changes: Any) -> Reading:
    """A reading of ``TEXT``: a headline, two sentences, one claim, one thing rejected."""
    reading = Reading(
        report=make_report(text),
        blocks=(
            Block("headline", make_span(text, "Envoys gather"), "first line"),
            Block("body", Span(text.index("KCNA"), len(text.rstrip()))),
        ),
        sentences=(
            Sentence(0, make_span(text, "Envoys gather"), "Envoys gather", "headline"),
            make_plain_sentence(text, "KCNA said North Korea sent 500 tons of rice to Russia on Monday.", index=1),
            make_plain_sentence(text, "No one else took part.", index=2),
        ),
        claims=(make_claim(text),) if claims is None else claims,
        rejected=(Rejected("code", "no actor", "an act without a party", make_span(text, "took part")),),
    )
    return replace(reading, **changes)


def make_archive(folder: Path, readings: Iterable[Reading], maker: Maker = MAKER, unit: str = "u1") -> Path:
    """A real archive of these readings; a report whose text is known becomes a copy or version, as in adding."""
    with open_writer(folder, maker, "tests") as writer:
        work = Work(unit)
        for reading in readings:
            _keep(reading, work, writer)
        writer.commit(work, note="tests")
    return folder


def _keep(reading: Reading, work: Work, writer: Writer) -> None:
    report = name_report(reading.report)
    mark = make_fingerprint(report.text, hash_text(report.text), report.url)
    standing = writer.find_standing(report.id, mark)
    if standing.verdict == "known":
        return work.count("known")
    row = make_report_row(report, record_id=reading.report.id, unit=work.key)
    row["likeness"] = standing.likeness
    work.marks[report.id] = mark
    work.reports.append(row)
    if standing.verdict == "copy":
        row |= {"copy_of": standing.other, "text": None if standing.likeness == 1.0 else report.text}
        return work.count("copies")
    row["version_of"] = standing.other
    kept = replace(reading, report=report, claims=tuple(replace(c, report_id=report.id) for c in reading.claims))
    work.codings.append(make_coding_row(kept, writer.coder))
    work.claims += make_claim_rows(kept, writer.coder)
    work.rejected += [
        make_rejected_row(rejected, report, coder=writer.coder, unit=work.key) for rejected in kept.rejected
    ]
    work.count("coded")
