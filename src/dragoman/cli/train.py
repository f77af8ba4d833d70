"""``dragoman train``: the heads that make claims, fitted to corrections of your own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.errors import InputError


def train_heads(files: list[Path], project: Path | None, *, keep_anyway: bool) -> int:
    """Fit, tell what it did to reports kept aside, and save where it helps. Gives the exit code."""
    from dragoman.pipeline import fit_claims
    from dragoman.settings import find_settings

    folder = find_settings(project).project
    if folder is None:
        raise InputError(
            "there is no dragoman.toml here or above; make one, or name its folder with --project", place="."
        )
    reports = [item for file in files for item in read_corrections(file)]
    fit = fit_claims(reports, folder, keep_anyway=keep_anyway)
    print(f"fitted on {fit.lessons} sentences, checked on {fit.held_out} kept aside")
    print(
        f"loss {fit.loss_before:.3f} → {fit.loss_after:.3f}, acts right {fit.right_before:.1%} → {fit.right_after:.1%}"
    )
    if fit.helps or keep_anyway:
        print(f"saved in {folder / 'model'}; it is used from now on in this project. Remove the folder to go back.")
        return 0
    print("not saved: it doesn't help on the sentences kept aside; more corrections might", file=sys.stderr)
    return 1


def read_corrections(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each coded report with its place: one JSON object, a list of them, or one a line.

    Raises:
        InputError: The file can't be read, or a record is no coded report.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't be read as UTF-8 text: {error}", place=str(path)) from error
    for place, record in _split(text, path):
        if not isinstance(record, dict) or not {"sentences", "claims"} <= set(record):
            raise InputError('is no coded report; an object with "sentences" and "claims" is expected', place=place)
        yield place, record


def _split(text: str, path: Path) -> Iterator[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except ValueError:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield f"{path}:{number}", _load(line, f"{path}:{number}")
    else:
        yield from (
            ((f"{path}#{n}", r) for n, r in enumerate(whole)) if isinstance(whole, list) else [(str(path), whole)]
        )


def _load(line: str, place: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise InputError(f"isn't JSON ({error})", place=place) from error
