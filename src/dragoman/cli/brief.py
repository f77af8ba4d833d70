"""``dragoman brief``: one page on a relation, an actor or a bloc."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive.dossiers import make_dossier
from dragoman.cli.ending import DONE
from dragoman.cli.output import open_output
from dragoman.domain import Brief
from dragoman.errors import ArchiveError
from dragoman.relations.brief import find_standing, write_brief
from dragoman.relations.brief_html import write_html
from dragoman.relations.brief_markdown import write_markdown
from dragoman.relations.brief_text import write_text

if TYPE_CHECKING:
    from dragoman.archive import Archive

FORMS = ("text", "markdown", "html", "json")
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".json": "json"}


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """All that ``dragoman brief`` can be told."""

    parties: tuple[str, ...]
    is_bloc: bool = False
    form: str | None = None
    output: Path | None = None


def show_brief(archive: Archive, filters: Mapping[str, Any], options: BriefOptions) -> int:
    """Write the brief to a file or the terminal."""
    form = options.form or _SUFFIXES.get(options.output.suffix.lower() if options.output else "", "text")
    if form not in FORMS:
        raise ArchiveError(f"format {form!r} can't be; there are {', '.join(FORMS)}")
    brief = make_brief(archive, options.parties, filters, is_bloc=options.is_bloc)
    if form == "json":
        text = json.dumps(asdict(brief), ensure_ascii=False, default=str) + "\n"
    else:
        text = {"text": write_text, "markdown": write_markdown, "html": write_html}[form](brief)
    with open_output(options.output) as stream:
        stream.write(text)
    return DONE


def make_brief(archive: Archive, names: tuple[str, ...], filters: Mapping[str, Any], *, is_bloc: bool = False) -> Brief:
    """The brief of parties by code or name, from an archive's events.

    Raises:
        ArchiveError: Nobody is called so, or there are too many parties for a relation.
    """
    codes = tuple(dict.fromkeys(archive.directory.get_code(name) for name in names))
    if len(codes) != len(names) or (len(codes) > 2 and not is_bloc) or (is_bloc and len(codes) < 2):
        raise ArchiveError(
            f"a brief is of one party, of two different ones, or with --bloc of several; there are {', '.join(names)}"
        )
    given = {name: value for name, value in filters.items() if value is not None}
    query = archive.events(either=list(codes), **given)
    events = sorted(query, key=lambda event: (event.day or "", event.id))
    is_pair = len(codes) == 2 and not is_bloc
    return write_brief(
        make_dossier(archive.engine, events), codes, since=given.get("since"), until=given.get("until"),
        standing=find_standing(query.acts(), codes[0], codes[1], archive.coverage("month")) if is_pair else None,
        snapshot=f"{archive.path.name}, snapshot {archive.snapshot.number}",
    )  # fmt: skip
