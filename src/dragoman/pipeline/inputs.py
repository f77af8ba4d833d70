"""Inputs in bulk: split in one place, read wherever a hostile record may be given up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.domain import Report
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.reading import RawRecord as RawRecord


_BESIDE = re.compile(r"(?i)(readme|licen[cs]e|copying|changelog)(\.(md|rst|txt|html))?")
"""Names of files that tell of a folder and are no reports in it. Who names such a file itself has it read."""


def find_report_files(folder: Path) -> list[Path]:
    """The files in a folder and below, by name; hidden ones and those that only tell of the folder aside."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _BESIDE.fullmatch(path.name))
    return [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def split_source(
    source: Path | bytes | str, *, name: str = "", meta: Mapping[str, str] | None = None
) -> Iterator[RawRecord | InputError]:
    """The raw records of one input, one at a time: cheap, and nothing in them is looked into.

    Args:
        source: A path (``-`` is standard input), or the content itself as bytes.
        name: What to call the input in messages; the path where not given.
        meta: What is known of the whole input: ``url``, ``charset``.
    """
    from dragoman.reading import split_input

    try:
        yield from split_input(source, name=name, meta=meta)
    except InputError as error:
        yield error


def read_raw(record: RawRecord, *, date: str | None = None, outlet: str | None = None) -> Iterator[Report | InputError]:
    """The reports in one raw record. Hostile records may take long or much memory: run it where it can be ended."""
    from dragoman.reading import read_record

    return read_record(record, date=date, outlet=outlet)


def read_fields(
    fields: Mapping[str, Any], place: str, *, date: str | None = None, outlet: str | None = None
) -> Iterator[Report | InputError]:
    """The reports in one record whose fields are named as in JSON Lines; ``html`` may be bytes."""
    import json

    from dragoman.reading import RawRecord

    told = {key: value for key, value in fields.items() if value is not None}
    page = told.pop("html", None)
    if isinstance(page, bytes):
        meta = {"url": str(told["url"])} if "url" in told else {}
        yield from read_raw(RawRecord("html", place, page, meta), date=date, outlet=outlet)
        return
    told = {**told, "html": page} if page is not None else told
    data = json.dumps(told, default=str).encode()
    yield from read_raw(RawRecord("row", place, data), date=date, outlet=outlet)


def fetch_page(address: str, *, allow_private: bool = False) -> tuple[bytes, Mapping[str, str]]:
    """The content of one address that a user named, and what the server says of it, for ``split_source``.

    Raises:
        InputError: It is refused, or gives no page within the bounds.
    """
    from dragoman.reading.web import fetch

    fetched = fetch(address, allow_private=allow_private)
    return fetched.data, fetched.meta


def find_feeds(data: bytes, name: str) -> list[str]:
    """The addresses of the feeds in an OPML list, in its order.

    Raises:
        InputError: It is no such list, or broken.
    """
    return [address for address, _ in find_titled_feeds(data, name)]


def find_titled_feeds(data: bytes, name: str) -> list[tuple[str, str]]:
    """The same with the titles that the list gives them, empty where it gives none.

    Raises:
        InputError: It is no such list, or broken.
    """
    from dragoman.reading import read_opml

    return [(feed.address, feed.title) for feed in read_opml(data, name=name)]
