"""Dragoman reads news reports and records who did what to whom, on whose word.

    >>> import dragoman
    >>> reading = dragoman.read("report.html")
    >>> reading.claims[0].actors

Everything public is here; nothing is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.archive import Archive, open
    from dragoman.batch.arrow import code_batch
    from dragoman.domain import Block, Claim, Magnitude, Maker, Party, Reading, Rejected, Report, Sentence, Span
    from dragoman.errors import ArchiveError, DragomanError, InputError
    from dragoman.interchange.claims_json import to_json
    from dragoman.pipeline import Parts, load_parts, read, read_all

__version__ = "0.1.0"

__all__ = [
    "Archive",
    "ArchiveError",
    "Block",
    "Claim",
    "DragomanError",
    "InputError",
    "Magnitude",
    "Maker",
    "Parts",
    "Party",
    "Reading",
    "Rejected",
    "Report",
    "Sentence",
    "Span",
    "__version__",
    "code_batch",
    "load_parts",
    "open",
    "read",
    "read_all",
    "to_json",
]

_ROOMS = {
    "dragoman.archive": {"Archive", "open"},
    "dragoman.batch.arrow": {"code_batch"},
    "dragoman.domain": {
        "Block", "Claim", "Magnitude", "Maker", "Party", "Reading", "Rejected", "Report", "Sentence", "Span",
    },
    "dragoman.errors": {"ArchiveError", "DragomanError", "InputError"},
    "dragoman.interchange.claims_json": {"to_json"},
    "dragoman.pipeline": {"Parts", "load_parts", "read", "read_all"},
}  # fmt: skip


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(room), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
