"""Keeping an archive from the command line: what is done, and how it is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from dragoman.archive import open_archive
from dragoman.archive.bundle import BundleOptions, export_bundle
from dragoman.archive.checks import Finding
from dragoman.archive.compact import compact, prune
from dragoman.archive.diff import diff
from dragoman.archive.doctor import examine
from dragoman.archive.export import export_table, find_form
from dragoman.archive.keeper import check_folder, open_keeper
from dragoman.archive.ledger import FILE
from dragoman.archive.repair import repair
from dragoman.archive.schema import TABLES, TableName
from dragoman.archive.snapshots import cite_snapshot, get_snapshot, list_snapshots
from dragoman.cli.ending import DONE, FAILED
from dragoman.errors import ArchiveError

_SHOWN = 20
"""Inputs told by name in the terminal."""


def examine_archive(archive: Path, is_thorough: bool, as_json: bool) -> int:
    """Tell what is wrong with an archive; 1 where an error is among it."""
    findings = examine(archive, is_thorough=is_thorough)
    if as_json:
        _print_json({"findings": [asdict(finding) for finding in findings]})
    else:
        _show_findings(archive, findings)
    return _choose_code(findings)


def repair_archive(archive: Path, is_thorough: bool, as_json: bool, wait: float) -> int:
    """Repair an archive and look at it again; 1 where an error is left."""
    before = examine(archive, is_thorough=is_thorough)
    done = repair(archive, redraw=any(finding.where == FILE for finding in before), wait=wait)
    after = examine(archive, is_thorough=is_thorough)
    if as_json:
        _print_json({**asdict(done), "findings": [asdict(finding) for finding in after]})
        return _choose_code(after)
    for line in done.lines:
        print(line)
    if done.inputs:
        more = f" … and {len(done.inputs) - _SHOWN} more (--json tells all)" if len(done.inputs) > _SHOWN else ""
        print(f"what this brought was taken out; add it again: {'; '.join(done.inputs[:_SHOWN])}{more}")
    _show_findings(archive, after)
    return _choose_code(after)


def show_snapshots(archive: Path, as_json: bool) -> int:
    """List the snapshots, the oldest first."""
    check_folder(archive)
    entries = list(list_snapshots(archive))
    if as_json:
        _print_json([asdict(entry) for entry in entries])
        return DONE
    for entry in entries:
        counts = f"{entry.reports:>9} reports {entry.claims:>9} claims"
        print(f"{entry.number:>5}  {entry.created[:19]}  {counts}  {entry.name or '':<16}  {entry.note}".rstrip())
    return DONE


def name_one(archive: Path, name: str, note: str, wait: float, *, as_json: bool) -> int:
    """Name a snapshot of what is there now, and tell how to cite it."""
    with open_keeper(archive, "snapshot", wait=wait) as keeper:
        keeper.name_snapshot(name, note)
    return cite_one(archive, name, as_json)


def cite_one(archive: Path, which: str, as_json: bool) -> int:
    """Tell how to cite a snapshot."""
    with open_archive(archive, snapshot=which) as opened:
        found, citation = opened.snapshot, cite_snapshot(opened.engine)
    if as_json:
        _print_json({
            "number": found.number, "name": found.name, "created": found.created, "sha256": citation.sha256,
            "coders": found.coders, "text": citation.text,
        })  # fmt: skip
    else:
        print(citation.text)
    return DONE


def show_diff(archive: Path, old: str, new: str | None, limit: int, *, as_json: bool) -> int:
    """Tell what changed between two snapshots."""
    check_folder(archive)
    found = diff(archive, get_snapshot(archive, old), get_snapshot(archive, new))
    if as_json:
        _print_json(
            {"old": found.old, "new": found.new, "counts": found.count(), "rows": [asdict(r) for r in found.rows]}
        )
        return DONE
    print(f"from snapshot {found.old} to {found.new}")
    for name, count in found.count().items():
        print(f"{count:>9} {name}")
    shown = found.rows[: limit or None]
    for row in shown:
        columns = f" ({', '.join(row.columns)})" if row.columns else ""
        print(f"{row.what:<9} {row.id}  {row.reason}{columns}")
    for name in found.unreadable:
        print(f"{name} is damaged: what only it held is not told")
    if len(shown) < len(found.rows):
        print(f"… and {len(found.rows) - len(shown)} more; --limit 0 or --json shows them")
    return DONE


def compact_archive(archive: Path, keep: int | None, memory: str, wait: float, *, is_full: bool, as_json: bool) -> int:
    """Merge small parts, and prune where ``keep`` is given."""
    with open_keeper(archive, "compact", wait=wait) as keeper:
        done = compact(keeper, memory=memory, is_full=is_full)
        gone = prune(keeper, keep=keep) if keep is not None else None
    if as_json:
        _print_json({"compacted": asdict(done), "pruned": asdict(gone) if gone else None})
        return DONE
    print(f"{done.before} parts are {done.after} now (snapshot {done.snapshot})")
    if gone:
        print(f"{len(gone.snapshots)} snapshots and {gone.parts} parts deleted, {gone.bytes / 1e6:.1f} MB")
    return DONE


def export_one(
    archive: Path, which: str | None, coder: str | None, target: tuple[str, Path], options: BundleOptions
) -> int:
    """Write one table to a file."""
    table, path = target
    if table not in TABLES:
        raise ArchiveError(f"{table!r} is no table of an archive; there are {', '.join(TABLES)}")
    with open_archive(archive, snapshot=which, coder=coder) as opened:
        export_table(
            opened.engine, cast(TableName, table), path, form=find_form(path),
            with_text=options.with_text, guarded=options.is_guarded,
        )  # fmt: skip
    return DONE


def export_all(archive: Path, which: str | None, coder: str | None, folder: Path, options: BundleOptions) -> int:
    """Write a bundle and tell what is in it."""
    with open_archive(archive, snapshot=which, coder=coder) as opened:
        rows = export_bundle(opened.engine, folder, options)
    print(f"{folder}: {', '.join(f'{count} {table}' for table, count in rows.items())}")
    return DONE


def _show_findings(archive: Path, findings: Sequence[Finding]) -> None:
    for finding in findings:
        print(f"{finding.severity}: {finding.where}: {finding.what}. {finding.way_out}")
    if not findings:
        print(f"{archive}: sound")


def _choose_code(findings: Sequence[Finding]) -> int:
    return FAILED if any(finding.severity == "error" for finding in findings) else DONE


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
