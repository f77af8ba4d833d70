"""Whether an archive is as it should be: its files, what its rows say of one another, and its ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from dragoman.archive.checks import Finding, check_rows, check_units
from dragoman.archive.drawing import draw_reports
from dragoman.archive.engine import Engine
from dragoman.archive.keeper import check_folder
from dragoman.archive.ledger import FILE, VERSION, Ledger
from dragoman.archive.lock import is_locked
from dragoman.archive.manifest import FOLDER, Part, Snapshot, find_numbers, load_snapshot, read_part, walk_records
from dragoman.archive.parts import connect, find_faulty, quote
from dragoman.archive.schema import KEPT
from dragoman.errors import ArchiveError

_REDRAW = "'dragoman doctor --repair' draws it anew from the parts."
ASIDE = ".damaged"
"""What is put behind the name of a snapshot that was set aside."""


def examine(archive: Path, *, is_thorough: bool = False) -> list[Finding]:
    """All that is wrong with an archive, errors first; nothing is changed.

    Args:
        archive: Its folder.
        is_thorough: Also draw the ledger anew and compare every fingerprint and word: slow, some thousand reports a second.

    Raises:
        ArchiveError: There is no archive, or one of a newer version.
    """
    check_folder(archive)
    findings = [*_check_snapshots(archive)]
    snapshot = find_last_whole(archive)
    faulty = find_faulty_parts(archive)
    findings += [_tell_faulty(archive, snapshot, *item) for item in faulty.items()]
    findings += [*_check_counts(archive, snapshot, faulty), *check_units(snapshot)]
    if not any(part.name in faulty for part in snapshot.parts):
        engine = Engine(archive, snapshot, check=False)
        engine.connection.execute(f"SET temp_directory = {quote(str(archive / 'work'))}")
        findings += check_rows(engine)
        engine.connection.close()
        findings += _check_ledger(archive, snapshot, is_thorough)
    findings += [
        Finding("warning", name, "belongs to no snapshot; a run that was killed left it",
                "'dragoman doctor --repair' deletes it.")
        for name in _find_left(archive)
    ]  # fmt: skip
    return sorted(findings, key=lambda finding: finding.severity)


def find_last_whole(archive: Path) -> Snapshot:
    """The newest snapshot that can be loaded; the empty one where none can."""
    for number in reversed(find_numbers(archive)):
        try:
            return load_snapshot(archive, number)
        except ArchiveError:
            continue
    return Snapshot()


def find_named(archive: Path) -> dict[str, Part]:
    """The parts that any readable snapshot names, by name."""
    records = [record for _, record in walk_records(archive) if not isinstance(record, ArchiveError)]
    return {part["name"]: read_part(part) for record in records for part in record["parts"]}


def find_faulty_parts(archive: Path) -> dict[str, str]:
    """Parts of any snapshot that are missing or damaged, with what is wrong."""
    return dict(find_faulty(archive, list(find_named(archive).values())))


def find_orphans(archive: Path) -> list[str]:
    """Files in the folders of parts, and unfinished ones, that no snapshot names. Whoever asks holds the lock.

    Parts may be all that is left of a snapshot that can't be read: while there is such, there are no orphans.
    """
    broken = any(isinstance(record, ArchiveError) for _, record in walk_records(archive))
    if broken or list((archive / FOLDER).glob(f"*{ASIDE}")):
        return []
    named = find_named(archive)
    return [name for name in _list_files(archive) if name not in named]


def _find_left(archive: Path) -> list[str]:
    """The same without the lock: files are listed first, so that those of a run that ends meanwhile have their snapshot."""
    names = set(_list_files(archive))
    return [] if is_locked(archive) else [name for name in find_orphans(archive) if name in names]


def _list_files(archive: Path) -> list[str]:
    paths = [path for table in (*KEPT, "work") for path in (archive / table).rglob("*") if path.is_file()]
    paths += (archive / FOLDER).glob(".*.tmp")
    return sorted(path.relative_to(archive).as_posix() for path in paths)


def _tell_faulty(archive: Path, snapshot: Snapshot, name: str, message: str) -> Finding:
    what, _, way_out = message.removeprefix(f"{archive / name}: ").partition("; ")
    if any(part.name == name for part in snapshot.parts):
        return Finding("error", name, what, f"{way_out[:1].upper()}{way_out[1:]}.")
    return Finding("warning", name, f"{what}; only earlier snapshots hold it",
                   "Restore it from a copy of the archive, or let go of those with 'dragoman compact --prune'.")  # fmt: skip


def _check_snapshots(archive: Path) -> Iterator[Finding]:
    """Each file whole, and each that builds on another with that before it."""
    way_out = (
        "Restore it from a copy of the archive, or 'dragoman doctor --repair' goes back to the last that is whole."
    )
    shas: dict[str, str] = {}
    last: int | None = None
    for number, record in walk_records(archive):
        where = f"{FOLDER}/{number:08}.json"
        if isinstance(record, ArchiveError):
            if "newer Dragoman" in str(record):
                raise record
            yield Finding("error", where, str(record), way_out)
            continue
        if not record["complete"] and last != number - 1:
            yield Finding("error", where, f"builds on snapshot {number - 1}, which is missing or damaged", way_out)
            continue
        last = number
        for part in record["parts"]:
            if shas.setdefault(part["name"], part["sha256"]) != part["sha256"]:
                yield Finding("error", where, f"{part['name']} is another file in an earlier snapshot", way_out)
    for path in sorted((archive / FOLDER).glob(f"*{ASIDE}")):
        yield Finding("warning", f"{FOLDER}/{path.name}", "a damaged snapshot was set aside; files that only it names are kept",
                      "Restore it from a copy, or delete it to give it up.")  # fmt: skip


def _check_counts(archive: Path, snapshot: Snapshot, faulty: Mapping[str, str]) -> Iterator[Finding]:
    """Rows that each part says it has, and no part twice."""
    names = [part.name for part in snapshot.parts]
    for name in sorted({name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ()):
        yield Finding("error", name, "stands twice in the snapshot", "Restore the snapshot from a copy of the archive.")
    whole = {str(archive / part.name): part for part in snapshot.parts if part.name not in faulty}
    if not whole:
        return
    with connect() as connection:
        files = ", ".join(map(quote, whole))
        found = connection.execute(f"SELECT file_name, num_rows FROM parquet_file_metadata([{files}])").fetchall()
    for path, rows in found:
        if whole[path].rows != rows:
            what = f"holds {rows} rows, its snapshot says {whole[path].rows}"
            yield Finding("error", whole[path].name, what, "Restore the archive from a copy.")


def _check_ledger(archive: Path, snapshot: Snapshot, is_thorough: bool) -> Iterator[Finding]:
    if not (archive / FILE).exists():
        if snapshot.find_parts("reports"):
            yield Finding("warning", FILE, "missing", _REDRAW)
        return
    try:
        for what in _find_ledger_faults(archive, snapshot, is_thorough):
            yield Finding("error", FILE, what, _REDRAW)
    except (sqlite3.DatabaseError, ArchiveError) as error:
        yield Finding("error", FILE, f"can't be read ({error})", _REDRAW)


def _find_ledger_faults(archive: Path, snapshot: Snapshot, is_thorough: bool) -> Iterator[str]:
    db = sqlite3.connect(f"{(archive / FILE).resolve().as_uri()}?mode=ro", uri=True, timeout=30)
    try:
        if (version := db.execute("PRAGMA user_version").fetchone()[0]) != VERSION:
            yield f"is of version {version}, not {VERSION}"
        broken = [line for (line,) in db.execute("PRAGMA integrity_check") if line != "ok"]
        if broken:
            yield f"damaged ({broken[0]})"
            return
        indexed = {name for (name,) in db.execute("SELECT part FROM indexed")}
        missing = [part.name for part in snapshot.find_parts("reports") if part.name not in indexed]
        if missing:
            yield f"doesn't know {len(missing)} parts yet, the first {missing[0]} (the next run that adds takes them in)"
            return
        yield from _compare_known(db, archive, snapshot)
    finally:
        db.close()
    if is_thorough:
        yield from _compare_drawn(archive, snapshot)


def _compare_known(db: sqlite3.Connection, archive: Path, snapshot: Snapshot) -> Iterator[str]:
    """Reports and texts that it knows against those of the parts."""
    db.execute("CREATE TEMP TABLE there (report_id TEXT, text_id TEXT, root TEXT)")
    parts = snapshot.find_parts("reports")
    if parts:
        files = ", ".join(quote(str(archive / part.name)) for part in parts)
        with connect() as connection:
            found = connection.execute(
                f"SELECT report_id, text_id, coalesce(copy_of, report_id) FROM read_parquet([{files}])"
            )
            while rows := found.fetchmany(10_000):
                db.executemany("INSERT INTO there VALUES (?, ?, ?)", rows)
    mine, theirs = "SELECT report_id, text_id, root FROM known", "SELECT report_id, text_id, root FROM there"
    yield from _compare(db, {"reports": (mine, theirs)})
    hashed = db.execute("SELECT 20 * count(*) FROM known WHERE length(hashes) > 0").fetchone()[0]
    banded = db.execute("SELECT count(*) FROM bands").fetchone()[0]
    if banded > hashed:
        yield f"has {banded} bands of {hashed}"


def _compare_drawn(archive: Path, snapshot: Snapshot) -> Iterator[str]:
    """Every fingerprint, band and word against those of a ledger drawn anew."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="dragoman-") as folder:
        fresh = Ledger(Path(folder))
        draw_reports(fresh, archive, snapshot)
        fresh.close()
        db = sqlite3.connect((Path(folder) / FILE).as_uri(), uri=True)
        try:
            db.execute("ATTACH ? AS theirs", (f"{(archive / FILE).resolve().as_uri()}?mode=ro",))
            yield from _compare(db, {what: _both(db, what) for what in ("fingerprints", "bands", "words")})
        finally:
            db.close()


def _both(db: sqlite3.Connection, what: str) -> tuple[str, str]:
    """The query for one kind of content, over the fresh ledger and over that of the archive."""
    if what == "words":
        for schema in ("main", "theirs"):
            db.execute(f"CREATE VIRTUAL TABLE temp.{schema}_words USING fts5vocab({schema}, words, instance)")
    queries = {
        "fingerprints": "SELECT report_id, text_id, root, address, hashes FROM {0}.known",
        "bands": "SELECT report_id, key FROM {0}.bands JOIN {0}.known USING (number)",
        "words": "SELECT report_id, term, col, offset FROM temp.{0}_words w JOIN {0}.known k ON k.number = w.doc",
    }
    return queries[what].format("theirs"), queries[what].format("main")


def _compare(db: sqlite3.Connection, queries: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    for what, (mine, theirs) in queries.items():
        for one, other, how in ((mine, theirs, "that the parts don't hold"), (theirs, mine, "of the parts missing")):
            count = db.execute(f"SELECT count(*) FROM ({one} EXCEPT {other})").fetchone()[0]
            if count:
                yield f"{count} {what} {how}"
