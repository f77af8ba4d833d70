"""What can go wrong, as one small tree. Each message says what is wrong, where, what was expected, what to do.

DragomanError
├── InputError          a report, file or record that can't be read
│   └── NotAReport      readable, but no report in English prose
├── ResourceError       a roster, codebook or overlay entry that is wrong
├── ModelError          weights that are missing, damaged or of another version
└── ArchiveError        an archive that is missing, damaged, busy, of a newer version, or asked what it can't answer
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of all errors Dragoman raises on purpose."""


class InputError(DragomanError):
    """A file or record that can't be read. ``place`` is file and line (``"news.jsonl:17"``)."""

    def __init__(self, message: str, *, place: str = "", reason: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place
        self.reason = reason or message
        self.message = message


class NotAReport(InputError):
    """The input was decoded, but it isn't a report Dragoman can read (empty, another language, no prose)."""


class ResourceError(DragomanError):
    """A resource or overlay file with a wrong entry."""


class ModelError(DragomanError):
    """The model's files are missing, damaged or of another version."""


class ArchiveError(DragomanError):
    """The archive is missing, damaged, being written by another process, of a newer version, or asked what it can't answer."""
