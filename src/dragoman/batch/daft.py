"""The same job on Daft: one task a file, on this machine or on a Ray cluster (``DAFT_RUNNER=ray``).

Nothing of Daft or Ray is told to anybody: their telemetry is switched off before they are imported.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive.rows import Row, find_coder
from dragoman.batch.arrow import make_table
from dragoman.batch.inputs import find_inputs
from dragoman.batch.pool import Limits, Outcome, Pool
from dragoman.batch.tasks import CodingOne, NewReport, ReadingOne
from dragoman.batch.units import RawUnit, group_records
from dragoman.errors import DragomanError, InputError

if TYPE_CHECKING:
    import pyarrow as pa

SILENT = {
    "DAFT_ANALYTICS_ENABLED": "0", "SCARF_NO_ANALYTICS": "true", "DO_NOT_TRACK": "1", "RAY_USAGE_STATS_ENABLED": "0",
}  # fmt: skip
_MOST_PARTITIONS = 1_000


@dataclass(slots=True)
class FileCount:
    """What came of one file."""

    path: str
    parts: int = 0
    """Parts written now."""
    skipped: int = 0
    """Parts that were there already."""
    reports: int = 0
    claims: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class FileOptions:
    """How files are coded, and where the parts go. It can be sent to another machine."""

    out: str
    coder: str
    project: str | None = None
    date: str | None = None
    outlet: str | None = None
    limits: Limits = field(default_factory=Limits)


def code_files(
    paths: Sequence[str],
    out: str | Path,
    *,
    project: Path | None = None,
    date: str | None = None,
    outlet: str | None = None,
    limits: Limits | None = None,
    workers: int | None = None,
) -> list[FileCount]:
    """Code the reports of files (all kinds that ``dragoman add`` reads, such as Parquet, JSON Lines, WARC) on Daft.

    Every 500 records make one Parquet part of claims in ``out``, named by the hash of the records and the coder's id: a
    part that is there is not made again, so a job that was killed goes on where it was. The columns are those of
    ``code_batch``. Copies are not looked for: every report is coded. On a cluster all machines must see the same files.

    Args:
        paths: Files, folders and patterns.
        out: Folder of the parts.
        project: Folder with your own actors, acts and outlets.
        date: Publication day for reports that don't tell.
        outlet: Outlet for reports that don't tell.
        limits: What one report may take.
        workers: Files at a time; Daft decides where not given.

    Raises:
        InputError: A path can't be had; nothing was coded.
        DragomanError: Daft isn't installed.
    """
    from dragoman.pipeline import find_maker

    daft = _import_daft()
    files = [str(Path(each.name).resolve()) for each in find_inputs(paths) if not each.is_address and each.name != "-"]
    Path(out).mkdir(parents=True, exist_ok=True)
    coder = find_coder(find_maker(project))
    home = str(project.resolve()) if project else None
    options = FileOptions(str(Path(out).resolve()), coder, home, date, outlet, limits or Limits())
    coding = daft.cls(FileCoder, max_concurrency=workers, use_process=False)(options)
    frame = daft.from_pydict({"path": files})
    if os.environ.get("DAFT_RUNNER", "").lower() == "ray":
        frame = frame.into_partitions(max(1, min(len(files), _MOST_PARTITIONS)))
    counted = frame.select(coding(frame["path"]).alias("count")).to_pydict()["count"]
    return sorted((FileCount(**json.loads(count)) for count in counted), key=lambda count: files.index(count.path))


class FileCoder:
    """Codes files, each in a worker process that may be ended. Several threads may call it, as those of a Ray actor do."""

    def __init__(self, options: FileOptions) -> None:
        self.options = options
        self._idle: list[Pool] = []
        """Pools whose worker has its model loaded. Each is of one thread at a time: outcomes would go astray."""

    def __call__(self, path: str) -> str:
        """Code a file; gives its ``FileCount`` as JSON."""
        home = self.options.project
        try:
            pool = self._idle.pop()
        except IndexError:
            pool = Pool(1, self.options.limits, Path(home) if home else None)
        try:
            told = self._code_file(path, pool)
        except BaseException:
            pool.close()
            raise
        self._idle.append(pool)
        return told

    def _code_file(self, path: str, pool: Pool) -> str:
        from dragoman.pipeline.inputs import split_source

        count, options = FileCount(path), self.options
        for unit in group_records(split_source(Path(path)), (options.date, options.outlet)):
            target = Path(options.out) / f"{unit.key}-{options.coder}.parquet"
            if target.exists():
                count.skipped += 1
            else:
                _write(target, self._code_unit(unit, count, pool))
                count.parts += 1
        return json.dumps(asdict(count))

    def _code_unit(self, unit: RawUnit, count: FileCount, pool: Pool) -> pa.Table:
        claims: list[Row] = []
        rejected: list[dict[str, str | None]] = []
        for found in self._read_unit(unit, pool):
            if isinstance(found, InputError):
                rejected.append({"id": found.place, "step": "read", "reason": found.reason, "detail": found.message})
                continue
            count.reports += 1
            outcome = pool.ask(CodingOne(found.report, self.options.coder, unit.key))
            if outcome.failure:
                rejected.append(_tell_failure(found.record_id, outcome))
                continue
            coded = outcome.found[0]
            claims += [{**row, "id": found.record_id} for row in coded.claims]
            keys = ("step", "reason", "detail")
            rejected += [{"id": found.record_id, **{key: row[key] for key in keys}} for row in coded.rejected]
        count.claims += len(claims)
        count.rejected += len(rejected)
        return make_table(claims, rejected)

    def _read_unit(self, unit: RawUnit, pool: Pool) -> Iterator[NewReport | InputError]:
        for record in unit.records:
            if isinstance(record, InputError):
                yield record
                continue
            outcome = pool.ask(ReadingOne(record, self.options.date, self.options.outlet))
            yield from outcome.found
            if outcome.failure:
                yield InputError(outcome.failure.reason, place=record.place)

    def __del__(self) -> None:
        for pool in self._idle:
            pool.close()


def _tell_failure(identity: str, outcome: Outcome) -> dict[str, str | None]:
    failure = outcome.failure
    return {
        "id": identity,
        "step": "limits",
        "reason": failure.reason if failure else None,
        "detail": failure.detail if failure else None,
    }


def _write(target: Path, table: pa.Table) -> None:
    """A part is there whole or not at all."""
    import pyarrow.parquet as pq

    beside = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        pq.write_table(table, beside, compression="zstd")
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _import_daft() -> Any:
    for name, value in SILENT.items():
        os.environ.setdefault(name, value)
    try:
        import daft
    except ImportError as error:
        raise DragomanError("this needs Daft: pip install 'dragoman[daft]'") from error
    return daft
