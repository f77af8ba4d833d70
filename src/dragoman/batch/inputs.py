"""What the user named, as raw records: files, folders, patterns, standard input, addresses, lists of feeds."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.pipeline.inputs import RawRecord

Fetch = Callable[[str], "Page | InputError"]
_HEAD_BYTES = 2_000
_MAX_LIST_BYTES = 20_000_000
_PACKED = {".gz", ".zst", ".parquet"}
"""Suffixes of files whose size doesn't tell how much there is to read."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: its bytes, and what the server says of them."""

    address: str
    data: bytes
    meta: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: a file, ``-``, or an address."""

    name: str
    size: int | None = None
    """Bytes to read, where that is known beforehand."""

    @property
    def is_address(self) -> bool:
        return is_address(self.name)


class InputStream:
    """The raw records of all inputs, one after the other; it tells how far it is."""

    def __init__(self, inputs: Sequence[Input], fetch: Fetch) -> None:
        self.done = 0
        """Bytes of inputs handed on."""
        sizes = [each.size for each in inputs]
        self.total = None if None in sizes else sum(size or 0 for size in sizes)
        self._inputs, self._fetch = inputs, fetch

    def __iter__(self) -> Iterator[RawRecord | InputError]:
        before = 0
        for each in self._inputs:
            for record in self._split_safely(each):
                self.done += 0 if isinstance(record, InputError) else len(record.data)
                yield record
            before += each.size or 0
            self.done = before if self.total is not None else self.done

    def _split_safely(self, each: Input) -> Iterator[RawRecord | InputError]:
        """A fault of ours in one input is told in the place of its remaining records, and the next input is read."""
        try:
            yield from self._split(each)
        except Exception as error:
            message = f"unexpected error ({type(error).__name__}: {error}); what follows in this input isn't read"
            yield InputError(message, place=each.name, reason="unexpected error")

    def _split(self, each: Input) -> Iterator[RawRecord | InputError]:
        from dragoman.pipeline.inputs import split_source

        if each.is_address:
            yield from self._split_address(each.name)
        elif each.name != "-" and _is_list(_read_head(each.name)):
            yield from self._split_list(each.name, Path(each.name).read_bytes())
        else:
            yield from split_source(Path(each.name))

    def _split_address(self, address: str) -> Iterator[RawRecord | InputError]:
        from dragoman.pipeline.inputs import split_source

        page = self._fetch(address)
        if isinstance(page, InputError):
            yield page
        elif _is_list(page.data[:_HEAD_BYTES]):
            yield from self._split_list(address, page.data)
        else:
            yield from split_source(page.data, name=address, meta=page.meta)

    def _split_list(self, name: str, data: bytes) -> Iterator[RawRecord | InputError]:
        from dragoman.pipeline.inputs import find_feeds, split_source

        try:
            addresses = find_feeds(data, name)
        except InputError as error:
            yield error
            return
        for address in addresses:
            page = self._fetch(address)
            if isinstance(page, InputError):
                yield page
            else:
                yield from split_source(page.data, name=address, meta=page.meta)


def find_inputs(sources: Iterable[str], *, without: Path | None = None) -> list[Input]:
    """The inputs that paths, folders, patterns and addresses stand for, in the order given, each folder's by name.

    Args:
        sources: What the user named. Of folders, hidden files and a README, LICENSE or the like are passed over.
        without: A folder in which nothing is read: the archive itself.

    Raises:
        InputError: Something can't be read; all such things are named.
    """
    inputs: list[Input] = []
    wrong: list[str] = []
    for source in sources:
        try:
            inputs += _find(source, without.resolve() if without else None)
        except InputError as error:
            wrong.append(str(error))
    if wrong:
        more = f"\n{len(wrong)} inputs can't be read; nothing was added" if len(wrong) > 1 else "; nothing was added"
        raise InputError("\n".join(wrong) + more, reason="no such input")
    return inputs


def is_address(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _find(source: str, without: Path | None) -> list[Input]:
    if source == "-" or is_address(source):
        return [Input(source)]
    path = Path(source)
    if path.is_dir():
        return [_measure(file) for file in _find_files(path, without)]
    if path.exists():
        return [_measure(path)]
    found = sorted(glob.glob(source, recursive=True)) if glob.has_magic(source) else []
    if not found:
        what = "no file fits the pattern" if glob.has_magic(source) else "no such file; check the path"
        raise InputError(what, place=source, reason="no such file")
    return [each for name in found for each in _find(name, without)]


def _find_files(folder: Path, without: Path | None) -> list[Path]:
    """The reports in a folder and below, by name; see ``find_report_files``."""
    from dragoman.pipeline.inputs import find_report_files

    return [path for path in find_report_files(folder) if without is None or without not in path.resolve().parents]


def _measure(path: Path) -> Input:
    if not os.access(path, os.R_OK):
        raise InputError("can't be opened (no right to read it)", place=str(path), reason="can't be opened")
    is_known = path.is_file() and path.suffix.lower() not in _PACKED
    return Input(str(path), path.stat().st_size if is_known else None)


def _read_head(name: str) -> bytes:
    try:
        if not Path(name).is_file() or Path(name).stat().st_size > _MAX_LIST_BYTES:
            return b""
        with open(name, "rb") as stream:
            return stream.read(_HEAD_BYTES)
    except OSError:
        return b""


def _is_list(head: bytes) -> bool:
    return b"<opml" in head.lower() and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
