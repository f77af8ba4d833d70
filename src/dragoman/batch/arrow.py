"""One table of reports in, one table of claims out, over Arrow: for notebooks, and for engines that hand out batches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive.rows import Row, find_coder, make_claim_rows, name_report
from dragoman.archive.schema import TABLES
from dragoman.domain import Rejected, Report
from dragoman.errors import DragomanError, InputError

if TYPE_CHECKING:
    import pyarrow as pa

    from dragoman.pipeline import Parts

TEXT_COLUMNS = ("text", "html")
GIVEN_COLUMNS = ("title", "date", "outlet", "url")
REJECTED_KEY = b"rejected"
"""Key in the schema's metadata of what was read and not kept: a JSON list of ``id``, ``step``, ``reason``, ``detail``."""


def code_batch(table: Any, *, project: Path | None = None, parts: Parts | None = None) -> pa.Table:
    """The claims of a table of reports: those that ``dragoman add`` would keep of the same rows.

    Args:
        table: A ``pyarrow.Table``, or anything that speaks the Arrow PyCapsule interface (Polars, DuckDB, pandas 2.2).
            Columns: ``text``, or ``html`` (string, or the page's bytes); as far as there are any ``title``, ``date``
            (publication day), ``outlet``, ``url`` and ``id``.
        project: Folder with your own actors, acts and outlets.
        parts: From ``load_parts``; without them they are loaded at the first call and kept.

    Returns:
        A ``pyarrow.Table`` with the columns of ``claims`` and, before them, ``id``: that of the input row, its number
        (from 0) where the input has none. What was not kept stands in ``schema.metadata[b"rejected"]``, as JSON.

    Raises:
        DragomanError: pyarrow isn't installed, or the table has no column to read.
    """
    from dragoman.pipeline import get_parts

    taken = _take_table(table)
    loaded = parts or get_parts(project)
    rejected: list[dict[str, str | None]] = []
    claims = [
        {**row, "id": identity}
        for number, fields in enumerate(taken.to_pylist())
        for identity in (str(number if fields.get("id") is None else fields["id"]),)
        for row in _code_row(fields, identity, loaded, rejected)
    ]
    return make_table(claims, rejected)


def _take_table(table: Any) -> pa.Table:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise DragomanError("code_batch needs pyarrow: pip install 'dragoman[arrow]'") from error
    found = table if isinstance(table, pa.Table) else pa.table(table)
    if not any(name in found.column_names for name in TEXT_COLUMNS):
        names = ", ".join(found.column_names[:8])
        raise DragomanError(f"a table without a column 'text' or 'html' (it has {names}); rename the one to be read")
    columns = [name for name in found.column_names if name in (*TEXT_COLUMNS, *GIVEN_COLUMNS, "id")]
    return found.select(columns)


def _code_row(
    fields: Mapping[str, Any], identity: str, parts: Parts, rejected: list[dict[str, str | None]]
) -> Iterator[Row]:
    """The claims of one input row; what isn't kept is added to ``rejected``."""
    from dragoman.pipeline import read_report

    coder = find_coder(parts.maker)
    for found in _read_row(fields, identity):
        if isinstance(found, InputError):
            rejected.append(_tell(identity, Rejected("read", found.reason, found.message)))
            continue
        reading = read_report(name_report(found), parts)
        rejected += [_tell(identity, each) for each in reading.rejected]
        yield from make_claim_rows(reading, coder)


def _read_row(fields: Mapping[str, Any], identity: str) -> Iterator[Report | InputError]:
    from dragoman.pipeline.inputs import read_fields

    told = {key: value for key, value in fields.items() if value is not None and key != "id"}
    if not any(told.get(name) for name in TEXT_COLUMNS):
        return iter([InputError("the row has no text", place=identity, reason="empty")])
    return read_fields(told, identity)


def _tell(identity: str, rejected: Rejected) -> dict[str, str | None]:
    return {"id": identity, "step": rejected.step, "reason": rejected.reason, "detail": rejected.detail}


def make_table(claims: list[Row], rejected: list[dict[str, str | None]]) -> pa.Table:
    """Claim rows that carry the ``id`` of their input as a table, with what was rejected in its metadata."""
    import pyarrow as pa

    metadata = {REJECTED_KEY: json.dumps(rejected, ensure_ascii=False).encode()}
    schema = make_schema().with_metadata(metadata)
    days = ("report_date", "day")
    rows = [{**claim, **{key: _as_day(claim.get(key)) for key in days}} for claim in claims]
    return pa.Table.from_pylist(rows, schema=schema)


def make_schema() -> pa.Schema:
    """The columns of ``claims`` as Arrow types, after ``id``."""
    import pyarrow as pa

    types = {
        "VARCHAR": pa.string(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "DATE": pa.date32(),
    }  # fmt: skip
    fields = [pa.field("id", pa.string())]
    for column in TABLES["claims"].columns:
        item = types[column.type.removesuffix("[]")]
        fields.append(pa.field(column.name, pa.list_(item) if column.type.endswith("[]") else item))
    return pa.schema(fields)


def _as_day(day: str | None) -> Any:
    from datetime import date

    return date.fromisoformat(day) if day else None
