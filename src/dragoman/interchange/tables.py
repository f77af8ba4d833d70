"""Rows as lines of CSV, TSV and what spreadsheets open safely: the conventions that every table of ours keeps.

Lists are joined with ``"; "`` and keep their empty places. Missing is empty. Runs of white space become one space: one
row, one line.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Literal

JOIN = "; "
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
"""A cell that starts so is run as a formula by spreadsheets."""

Dialect = Literal["csv", "tsv", "excel"]


def write_header(columns: Sequence[str], dialect: Dialect) -> str:
    """The first line; for ``excel`` with a byte order mark."""
    return ("\ufeff" if dialect == "excel" else "") + write_cells(columns, dialect)


def write_cells(cells: Sequence[str], dialect: Dialect) -> str:
    """One line: ``csv`` (RFC 4180, ends in LF), ``tsv``, or ``excel``: CSV with an apostrophe before what looks like a formula."""
    if dialect == "excel":
        cells = [f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not _is_number(cell) else cell for cell in cells]
    line = io.StringIO()
    csv.writer(line, delimiter="\t" if dialect == "tsv" else ",", lineterminator="\n").writerow(cells)
    return line.getvalue()


def find_cell(value: Any) -> str:
    """A value as its cell: whole numbers without ``.0``, days as ``YYYY-MM-DD``, ``true`` and ``false``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return " ".join(JOIN.join(find_cell(item) for item in value).split())
    return " ".join(value.split()) if isinstance(value, str) else str(value)


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdigit()
