"""How to cite the software or a snapshot of an archive: a paragraph, BibTeX, a CITATION.cff, CSL-JSON.

Authors are names as they are given: which part of one is the family's isn't ours to guess, so no form splits them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml

_SOFTWARE_MESSAGE = (
    "If you use Dragoman, please cite it with the version and, for results, the model, roster and codebook that "
    "`dragoman --version --json` prints."
)
_SOFTWARE_ABSTRACT = (
    "Reads messy news reports and keeps a sourced record of who did what to whom, in the terms of PLOVER 2.0."
)
_KEYWORDS = ("political event data", "event extraction", "PLOVER", "international relations")
_CODEBOOK = {
    "type": "report",
    "title": "PLOVER Political Event Coding Ontology",
    "notes": "Version 2.0; the types, modes, contexts and scores of Dragoman's codebook.",
    "authors": [{"name": "Open Event Data Alliance"}],
}
DEVELOPERS = "The Dragoman developers"
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """All that a reader needs to find what was used again."""

    kind: Literal["software", "dataset"]
    key: str
    """Short name for lists of references: ``news-snapshot-3``."""
    title: str
    authors: tuple[str, ...]
    version: str
    text: str
    """The paragraph: with versions, and for a snapshot counts and checksum."""
    day: str | None = None
    """Day of the snapshot, ISO 8601, UTC."""
    sha256: str | None = None
    makers: tuple[Mapping[str, Any], ...] = ()
    """Version, model, roster, codebook and overlay of each coder."""


def cite_software(version: str, maker: Mapping[str, Any] | None = None) -> Citation:
    """How to cite Dragoman; with a maker, which model, roster and codebook made the claims."""
    told = say_maker(maker) if maker else f"Dragoman {version}"
    text = f"{DEVELOPERS}: {told}. {_SOFTWARE_ABSTRACT} Licence: Apache-2.0."
    makers = (maker,) if maker else ()
    return Citation("software", f"dragoman-{version}", "Dragoman", (DEVELOPERS,), version, text, makers=makers)


def say_maker(maker: Mapping[str, Any]) -> str:
    """A maker in one phrase: ``Dragoman 0.1.0 (model …, roster …, codebook …)``."""
    parts = [f"{name} {maker[name]}" for name in ("model", "roster", "codebook", "overlay") if maker.get(name)]
    return f"Dragoman {maker['version']} ({', '.join(parts)})"


def write_text(citations: Sequence[Citation]) -> str:
    """A paragraph each."""
    return "\n\n".join(citation.text for citation in citations)


def write_bibtex(citations: Sequence[Citation]) -> str:
    """An entry each, of the types ``software`` and ``dataset`` (biblatex; older styles read them as ``misc``).

    Source: biblatex manual, 2.1.1 and 2.2.
    """
    return "\n\n".join(_write_entry(citation) for citation in citations)


def _write_entry(citation: Citation) -> str:
    fields = {
        "author": " and ".join(f"{{{_escape(author)}}}" for author in citation.authors),
        "title": f"{{{_escape(citation.title)}}}",
        "version": _escape(citation.version),
        "date": citation.day,
        "year": citation.day and citation.day[:4],
        "note": _escape(citation.text),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{citation.kind}{{{citation.key},", *lines, "}"])


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in text)


def write_csl(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """Items of CSL-JSON 1.0, as Zotero and pandoc read them."""
    return [_make_item(citation) for citation in citations]


def _make_item(citation: Citation) -> dict[str, Any]:
    issued = {"issued": {"date-parts": [[int(part) for part in citation.day.split("-")]]}} if citation.day else {}
    return {
        "id": citation.key, "type": citation.kind, "title": citation.title,
        "author": [{"literal": author} for author in citation.authors], "version": citation.version, **issued,
        "note": citation.text,
    }  # fmt: skip


def write_cff(citation: Citation) -> str:
    """A CITATION.cff of version 1.2.0: one thing, with the software as a reference where it is a snapshot."""
    record = _describe_software(citation) if citation.kind == "software" else _describe_dataset(citation)
    return str(yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=1000))


def _describe_software(citation: Citation) -> dict[str, Any]:
    made = {"identifiers": [_identify(maker) for maker in citation.makers]} if citation.makers else {}
    return {
        "cff-version": "1.2.0", "message": _SOFTWARE_MESSAGE, "title": citation.title, "abstract": _SOFTWARE_ABSTRACT,
        "type": "software", "version": citation.version, **made, "license": "Apache-2.0",
        "authors": [{"name": author} for author in citation.authors], "keywords": list(_KEYWORDS),
        "references": [dict(_CODEBOOK)],
    }  # fmt: skip


def _identify(maker: Mapping[str, Any]) -> dict[str, str]:
    return {"type": "other", "value": str(maker["model"]), "description": f"What makes claims: {say_maker(maker)}"}


def _describe_dataset(citation: Citation) -> dict[str, Any]:
    return {
        "cff-version": "1.2.0",
        "message": "Please cite the snapshot, and the software with the versions that made its claims.",
        "type": "dataset", "title": citation.title, "authors": [{"name": author} for author in citation.authors],
        "version": citation.version, "date-released": citation.day, "abstract": citation.text,
        "identifiers": [
            {"type": "other", "value": f"sha256:{citation.sha256}", "description": "SHA-256 of the snapshot's content"}
        ],
        "references": [
            {"type": "software", "title": "Dragoman", "version": maker["version"], "authors": [{"name": DEVELOPERS}],
             "notes": say_maker(maker)}
            for maker in citation.makers
        ],
    }  # fmt: skip
