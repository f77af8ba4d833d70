"""Raw records in units of work. The same records always make the same units, whatever file holds them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.pipeline.inputs import RawRecord

UNIT_RECORDS = 500
"""Records in one unit: what a killed run reads again, some seconds of work, against five files a commit."""
UNIT_BYTES = 16_000_000
_KEY_DIGITS = 32


@dataclass(frozen=True, slots=True)
class RawUnit:
    """A run of raw records, with an error in the place of each that could not be had."""

    key: str
    """SHA-256 (first 32 hex digits) over the records and the options they are read with."""
    records: tuple[RawRecord | InputError, ...]
    bytes: int


def group_records(
    records: Iterable[RawRecord | InputError], options: tuple[str | None, ...], *, most: int = UNIT_RECORDS
) -> Iterator[RawUnit]:
    """Units of up to ``most`` records and 16 MB, in the order of the records, across files.

    Args:
        records: Of all inputs, one after the other.
        options: What the records are read with beside themselves: date and outlet.
        most: Records in a unit.
    """
    waiting: list[RawRecord | InputError] = []
    size = 0
    for record in records:
        length = 0 if isinstance(record, InputError) else len(record.data)
        if waiting and (len(waiting) >= most or size + length > UNIT_BYTES):
            yield _make_unit(waiting, options, size)
            waiting, size = [], 0
        waiting.append(record)
        size += length
    if waiting:
        yield _make_unit(waiting, options, size)


def make_key(*pieces: bytes) -> str:
    """The key of a unit: pieces are told apart by their lengths."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "little") + piece)
    return digest.hexdigest()[:_KEY_DIGITS]


def _make_unit(records: list[RawRecord | InputError], options: tuple[str | None, ...], size: int) -> RawUnit:
    pieces = [json.dumps(options).encode()]
    for record in records:
        if isinstance(record, InputError):
            pieces.append(b"error " + record.message.encode("utf-8", "replace"))
        else:
            pieces += [record.kind.encode(), json.dumps(dict(record.meta), sort_keys=True).encode(), record.data]
    return RawUnit(make_key(*pieces), tuple(records), size)
