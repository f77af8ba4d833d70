"""Where readings go: in which format, to stdout or to a file that appears when it is whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO, cast

import typer

from dragoman.domain import Reading
from dragoman.errors import DragomanError

Format = Literal["json", "jsonl", "csv", "tsv", "excel", "table"]
_SUFFIXES: Mapping[str, Format] = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".tsv": "tsv", ".txt": "table"}


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """What is written, where."""

    format: Format
    path: Path | None = None
    with_text: bool = False
    why: bool = False
    rejected: bool = False
    only_blocks: bool = False


def choose_format(flags: Mapping[str, bool], path: Path | None) -> Format:
    """The flag that was set, else what the file's suffix says, else plain words in a terminal and JSONL in a pipe."""
    chosen = [name for name, is_set in flags.items() if is_set]
    if len(chosen) > 1:
        raise typer.BadParameter(f"choose one of {' and '.join('--' + name for name in chosen)}.")
    if chosen:
        return cast(Format, chosen[0])
    if path is not None and str(path) != "-":
        return _SUFFIXES.get(path.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def write_readings(readings: Iterable[Reading], options: OutputOptions) -> None:
    """Write readings as they come."""
    with open_output(options.path) as stream:
        if options.format == "table":
            from dragoman.cli.view import show_readings

            show_readings(readings, stream, options)
        else:
            for piece in _pieces(readings, options):
                stream.write(piece)
                if options.path is None:
                    stream.flush()


def _pieces(readings: Iterable[Reading], options: OutputOptions) -> Iterable[str]:
    if options.format in ("csv", "tsv", "excel"):
        from dragoman.interchange.claims_table import write_table

        return write_table(readings, dialect=options.format)
    from dragoman.interchange.claims_json import to_json, write_document, write_line

    records = (to_json(reading, with_text=options.with_text) for reading in readings)
    return write_document(records) if options.format == "json" else (write_line(record) + "\n" for record in records)


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Stdout, or a file that is written under a temporary name beside it and renamed when whole."""
    if path is None or str(path) == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
        yield sys.stdout
        sys.stdout.flush()
        return
    with _open_beside(path) as stream:
        try:
            yield stream
        except BaseException:
            os.unlink(stream.name)
            raise
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(stream.name, 0o666 & ~mask)  # temporary files are private; what a user asked for has the usual rights
    os.replace(stream.name, path)


def _open_beside(path: Path) -> TextIO:
    """A new file under a temporary name in the folder of ``path``."""
    try:
        return cast(
            TextIO,
            tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
            ),
        )
    except OSError as error:
        raise DragomanError(f"{path}: can't be written ({error.strerror}). Name a folder that is there.") from error
