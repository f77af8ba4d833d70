"""What a splitter hands to a reader: one record's bytes, not yet parsed, small enough to send to another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

RawKind = Literal["text", "html", "feed", "json", "row"]


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as it lies in its input. It can be pickled, and reading it needs nothing else."""

    kind: RawKind
    """``text``, ``html`` and ``feed`` hold a whole file, ``json`` one value, ``row`` a table's row as a JSON object."""
    place: str
    """Where it lies, for messages: file and line (``news.jsonl:17``), row or byte offset."""
    data: bytes
    """At most ``limits.MAX_RECORD_BYTES``."""
    meta: Mapping[str, str] = field(default_factory=dict)
    """What the container says of it: ``url``, ``charset``, ``content_type``, ``crawled`` (ISO 8601, UTC), ``cut``."""
