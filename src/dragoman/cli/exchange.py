"""``dragoman import`` and ``sets``: others' event data beside the archive's own, and what became of each file."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dragoman.archive import open_archive
from dragoman.archive.imported_rows import Source
from dragoman.archive.importing import (
    ImportedFile,
    check_set_name,
    drop_set,
    find_sets,
    has_file,
    hash_file,
    import_file,
)
from dragoman.archive.keeper import open_keeper
from dragoman.archive.parties import load_listed
from dragoman.archive.writer import make_folder
from dragoman.cli.ending import DONE, SOME_FAILED
from dragoman.errors import ArchiveError
from dragoman.interchange.names import Names
from dragoman.interchange.readers import get_reader
from dragoman.settings import find_settings

_SECONDS_BETWEEN_LINES = 10.0
_SHOWN = 3
"""Bad rows of a file told one by one in the terminal."""


def import_all(
    archive: Path | None, form: str, files: Sequence[Path], set_name: str, *, wait: float, as_json: bool, is_quiet: bool
) -> int:
    """Import files into a set, one commit each; 3 where rows were bad."""
    reader = get_reader(form)
    check_set_name(set_name)
    folder = archive or find_settings().find_archive()
    make_folder(folder)
    names = Names((named.id, named.code, named.names) for named in load_listed())
    done = []
    with open_keeper(folder, f"importing into {set_name}", wait=wait) as keeper:
        _check_form(folder, set_name, form)
        for path in files:
            source = Source(set_name, form, path.name, hash_file(path))
            if has_file(keeper.snapshot, source):
                done.append(ImportedFile(path.name, is_known=True))
            else:
                rows = reader(path, names)
                done.append(import_file(keeper, source, rows, tell=_make_teller(path.name, is_quiet)))
            if not as_json:
                _tell_file(done[-1])
    if as_json:
        _print([{**asdict(each), "bad": dict(each.bad), "without": dict(each.without)} for each in done])
    return SOME_FAILED if any(each.bad for each in done) else DONE


def show_sets(archive: Path | None, name: str | None, *, as_json: bool) -> int:
    """List sets, or the files of one."""
    with open_archive(archive) as opened:
        rows = [row for row in find_sets(opened.engine) if name in (None, row["set_name"])]
    if name is not None and not rows:
        raise ArchiveError(f"no imported set {name!r}; 'dragoman sets' lists them")
    if as_json:
        _print([{**row, "first_day": _day(row["first_day"]), "last_day": _day(row["last_day"])} for row in rows])
        return DONE
    if name is not None:
        for row in rows:
            print(f"{row['file']}  {row['rows']:,} rows, {row['bad_rows']:,} bad, {_span(row)}  sha256 {row['sha256']}")
        return DONE
    for each in dict.fromkeys(row["set_name"] for row in rows):
        print(_say_set(each, [row for row in rows if row["set_name"] == each]))
    if not rows:
        print("no imported sets; 'dragoman import FORMAT FILE --set NAME' makes one")
    return DONE


def show_row(archive: Path | None, row_id: str, *, as_json: bool) -> int:
    """Print one imported row: what was made of it, and its own columns."""
    with open_archive(archive) as opened:
        rows = opened.engine.find_rows("SELECT * FROM imported WHERE imported_id = ?", [row_id], tables=["imported"])
    if not rows:
        raise ArchiveError(f"no imported row {row_id!r}")
    row = {**rows[0], "day": _day(rows[0]["day"]), "last_day": _day(rows[0]["last_day"])}
    row["original"] = json.loads(row["original"])
    if as_json:
        _print(row)
        return DONE
    original = row.pop("original")
    for key, value in row.items():
        if value not in (None, [], ""):
            print(f"{key}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    print("its own columns:")
    for key, value in original.items():
        print(f"  {key}: {value}")
    return DONE


def drop_one(archive: Path | None, name: str, *, wait: float) -> int:
    """Take a set out."""
    with open_keeper(archive or find_settings().find_archive(), f"dropping {name}", wait=wait) as keeper:
        rows = drop_set(keeper, name)
    print(f"{name}: {rows:,} rows taken out; snapshots before this one keep them")
    return DONE


def _check_form(folder: Path, set_name: str, form: str) -> None:
    """A set has one format: its rows are counted together."""
    with open_archive(folder) as opened:
        forms = {row["format"] for row in find_sets(opened.engine) if row["set_name"] == set_name}
    if forms - {form}:
        raise ArchiveError(f"the set {set_name!r} holds {', '.join(sorted(forms))}; choose another name for {form}")


def _make_teller(name: str, is_quiet: bool) -> Callable[[int, int], None]:
    """Tells how far a file is, a line every ten seconds."""
    last = began = time.monotonic()

    def tell(rows: int, bad: int) -> None:
        nonlocal last
        now = time.monotonic()
        if not is_quiet and now - last >= _SECONDS_BETWEEN_LINES:
            last = now
            speed = (rows + bad) / max(now - began, 0.001)
            print(f"{name}: {rows:,} rows, {bad:,} bad ({speed:,.0f}/s)", file=sys.stderr, flush=True)

    return tell


def _tell_file(done: ImportedFile) -> None:
    if done.is_known:
        print(f"{done.file}: in the set already")
        return
    days = f", {done.first_day} to {done.last_day}" if done.first_day else ""
    print(f"{done.file}: {done.rows:,} rows imported{days}")
    if done.without:
        print("  without " + ", ".join(f"{what}: {count:,}" for what, count in done.without.most_common()))
    for reason, count in done.bad.most_common():
        print(f"  {count:,} bad: {reason}")
    for line, reason, detail in done.first_bad[:_SHOWN]:
        print(f"    {done.file}:{line}: {reason}{f' ({detail})' if detail else ''}")


def _say_set(name: str, rows: Sequence[dict[str, Any]]) -> str:
    total, bad = sum(row["rows"] for row in rows), sum(row["bad_rows"] for row in rows)
    days = [row[key] for row in rows for key in ("first_day", "last_day") if row[key]]
    span = _span({"first_day": min(days, default=None), "last_day": max(days, default=None)})
    files = f"{len(rows):,} file{'' if len(rows) == 1 else 's'}"
    return f"{name}  {rows[0]['format']}, {files}, {total:,} rows, {bad:,} bad, {span}"


def _span(row: dict[str, Any]) -> str:
    return f"{row['first_day']} to {row['last_day']}" if row["first_day"] else "no days"


def _day(value: Any) -> str | None:
    return None if value is None else str(value)


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
