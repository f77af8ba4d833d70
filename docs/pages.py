"""What the site needs beyond the pages: those that lie elsewhere in the repository, and links that lead out of it told as paths."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BORROWED = {"training/MODEL_CARD.md": "model-card.md"}
"""File of the repository → page of the site."""
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that lie elsewhere."""
    from mkdocs.structure.files import File

    for source, page in BORROWED.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:
    """Turn links that leave the site into the file's path, where there is such a file; what is wrong stays wrong and is told."""
    place = next(
        (source for source, name in BORROWED.items() if name == page.file.src_uri), f"docs/{page.file.src_uri}"
    )
    known = {file.src_uri for file in files}

    def mend(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        path = PurePosixPath(os.path.normpath(PurePosixPath(place).parent / target))
        inside = BORROWED.get(str(path), str(path).removeprefix("docs/"))
        if inside in known and (str(path) in BORROWED or str(path).startswith("docs/")):
            return f"[{words}]({os.path.relpath(inside, PurePosixPath(page.file.src_uri).parent)}{anchor})"
        return f"{words} (`{path}`)" if (ROOT / path).exists() else found[0]

    return _LINK.sub(mend, markdown)
