"""What an archive follows: addresses, and the feeds of OPML lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from dragoman.archive.feeds import add_feeds, find_feeds
from dragoman.archive.writer import make_folder
from dragoman.batch.asking import write_time
from dragoman.batch.inputs import is_address
from dragoman.errors import InputError

_MAX_LIST_BYTES = 20_000_000


def follow(archive: Path, sources: Sequence[str]) -> list[str]:
    """Have an archive follow addresses and the feeds of OPML files; gives their addresses.

    Raises:
        InputError: A source is neither address nor list, or nothing is followed at all.
        ArchiveError: The folder is no archive and not empty.
    """
    named = [feed for source in sources for feed in _find_source(source)]
    make_folder(archive)
    add_feeds(archive, named, write_time(datetime.now(UTC)))
    if not named and not find_feeds(archive):
        raise InputError("no feed is followed yet; name addresses or an OPML file", place=str(archive))
    return list(dict.fromkeys(address for address, _ in named))


def _find_source(source: str) -> list[tuple[str, str]]:
    from dragoman.pipeline.inputs import find_titled_feeds

    if is_address(source):
        return [(source, "")]
    path = Path(source)
    if not path.is_file():
        raise InputError("no such file; name an OPML file or a web address", place=source, reason="no such file")
    if path.stat().st_size > _MAX_LIST_BYTES:
        raise InputError("larger than 20 MB, the limit for a list of feeds", place=source, reason="too large")
    return find_titled_feeds(path.read_bytes(), source)
